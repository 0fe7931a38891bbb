"""The parts of the coverage report as tables for people: how much is met, then what is missed."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from skillatlas.ingest import AdvertCoverage, EscoCoverage, Measure, TechnologyCoverage
from skillatlas.taxonomy import Graph

from ..coverage import CourseCoverage, RoleCoverage
from .output import print_lines, print_table

_SHOWN_SKILLS = 3


def print_technologies(_graph: Graph, part: TechnologyCoverage, first: int) -> None:
    """O*NET's technologies."""
    print_measures(f"Technologies of O*NET {part.version or ''}".rstrip(), part.measures)
    print_table(
        _missed("Technologies", len(part.missed), first),
        ("technology", "occupations", "hot", "in demand"),
        ((one.name, one.occupations, _mark(one.hot), _mark(one.in_demand)) for one in part.missed[:first]),
    )


def print_esco(_graph: Graph, part: EscoCoverage, first: int) -> None:
    """ESCO's essential skills, and of which occupations."""
    occupations = sum(len(group.occupations) for group in part.selected)
    print_measures(
        f"Essential skills of {occupations} occupations of ESCO {part.version or ''} that are hired by the task",
        part.measures,
    )
    print_table(
        "The occupations, by ISCO unit group",
        ("ISCO", "occupations", "chosen because"),
        ((group.isco, len(group.occupations), group.reason) for group in part.selected),
    )
    print_table(
        _missed("Essential skills without a mapping", len(part.missed), first),
        ("skill of ESCO", "occupations"),
        ((one.label, one.occupations) for one in part.missed[:first]),
    )


def print_adverts(_graph: Graph, part: AdvertCoverage, first: int) -> None:
    """Phrases of adverts."""
    print_measures(f"Knowledge in adverts: {part.spans} spans, {part.general} of them general", part.measures)
    print_table(
        _missed("Concrete phrases without a form", len(part.missed), first),
        ("phrase", "spans"),
        ((one.text, one.spans) for one in part.missed[:first]),
    )


def print_courses(graph: Graph, part: CourseCoverage, first: int) -> None:
    """Courses: those without a subject or a way first."""
    print_measures("Courses of curricula", part.measures)
    rows = sorted(part.courses, key=lambda one: one.chain is not None)
    print_table(
        f"Courses{_shown(len(rows), first)}, those without a way first",
        ("course", "subject", "stated", "skills before it", "hours of a plan"),
        (
            (
                one.course.title,
                _labels(graph, one.skills) or None,
                _mark(one.stated),
                None if one.chain is None else len(one.chain),
                one.hours,
            )
            for one in rows[:first]
        ),
    )


def print_roles(graph: Graph, part: RoleCoverage, first: int) -> None:
    """Roles, least taught first."""
    print_measures(
        f"Roles and the {part.courses} courses of {part.catalogue}, which teach skills of {part.domains} domains",
        part.measures,
    )
    print_table(
        f"Roles{_shown(len(part.roles), first)}, least taught first",
        ("role", "essential", "taught", "at the level", "not taught"),
        (
            (
                graph.label(graph.concepts[one.role_id]),
                one.essential,
                one.taught,
                one.at_level,
                _labels(graph, one.untaught) or None,
            )
            for one in part.roles[:first]
        ),
    )


def print_measures(title: str, measures: Iterable[Measure]) -> None:
    """How much of each list is met, and how much should be."""
    print_table(
        title,
        ("of", "met", "total", "share", "wanted", "reached"),
        ((one.name, one.met, one.total, _percent(one.share), _percent(one.wanted), _yes(one)) for one in measures),
    )
    print_lines(("",))


PRINTERS: Mapping[str, Callable[[Graph, Any, int], None]] = MappingProxyType(
    {
        "technologies": print_technologies,
        "esco": print_esco,
        "adverts": print_adverts,
        "courses": print_courses,
        "roles": print_roles,
    }
)
"""How each part is printed."""


def _missed(what: str, count: int, first: int) -> str:
    return f"{what}: {count} missed{_shown(count, first)}"


def _shown(count: int, first: int) -> str:
    return f", the first {first} of {count}" if count > first else ""


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{share:.1%}"


def _yes(measure: Measure) -> str | None:
    return None if measure.reached is None else "✓ yes" if measure.reached else "✗ no"


def _mark(flag: bool) -> str | None:
    return "✓" if flag else None


def _labels(graph: Graph, skills: tuple[str, ...]) -> str:
    shown = ", ".join(graph.label(graph.concepts[skill]) for skill in skills[:_SHOWN_SKILLS])
    more = len(skills) - _SHOWN_SKILLS
    return f"{shown} and {more} more" if more > 0 else shown
