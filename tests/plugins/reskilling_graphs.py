"""Small graphs for the tests of reskilling, built in memory from the taxonomy's own dataclasses."""

from collections.abc import Iterable, Sequence

from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    ConceptStatus,
    Course,
    CourseClause,
    Edge,
    Graph,
    Label,
    LabelType,
    Money,
    Necessity,
    Needs,
    PrerequisiteKind,
    Release,
    Replacement,
    Requires,
    Scheme,
    SchemeState,
    SkillAtLevel,
    TaughtSkill,
)


def concept(
    concept_id: str,
    kind: ConceptKind = ConceptKind.SKILL,
    *,
    label: str | None = None,
    zh: str | None = None,
    replacement: Replacement | None = None,
) -> Concept:
    """A concept; one with a replacement is deprecated."""
    scheme, local = concept_id.split(":")
    labels = [Label(LabelType.PREFERRED, "en", label or local)]
    if zh:
        labels.append(Label(LabelType.PREFERRED, "zh", zh))
    return Concept(
        id=concept_id,
        uri=f"https://example.org/{scheme}/{local}",
        scheme=scheme,
        kind=kind,
        labels=tuple(sorted(labels)),
        status=ConceptStatus.DEPRECATED if replacement else ConceptStatus.ACTIVE,
        replacement=replacement,
    )


def skills(*names: str, scheme: str = "atlas") -> list[Concept]:
    """Skills of a scheme by their local names."""
    return [concept(f"{scheme}:{name}") for name in names]


def role(role_id: str) -> Concept:
    """A role."""
    return concept(role_id, ConceptKind.ROLE)


def need(
    role_id: str, skill_id: str, level: int | None = None, importance: float | None = None, *, optional: bool = False
) -> Needs:
    """A need of a role."""
    necessity = Necessity.OPTIONAL if optional else Necessity.ESSENTIAL
    return Needs(from_id=role_id, to_id=skill_id, necessity=necessity, level=level, importance=importance)


def requires(
    skill_id: str, *any_of: str, level: int | None = None, kind: PrerequisiteKind = PrerequisiteKind.HARD
) -> Requires:
    """A clause of a skill."""
    return Requires(from_id=skill_id, any_of=tuple(sorted(any_of)), kind=kind, level=level)


def below(child: str, parent: str) -> Broader:
    """A broader edge."""
    return Broader(from_id=child, to_id=parent)


def clause(*options: str | tuple[str, int], kind: PrerequisiteKind = PrerequisiteKind.HARD) -> CourseClause:
    """A clause of a course: ids, or ids with a level."""
    any_of = [SkillAtLevel(o) if isinstance(o, str) else SkillAtLevel(*o) for o in options]
    return CourseClause(tuple(sorted(any_of, key=lambda o: (o.skill, o.level or 0))), kind)


def course(
    course_id: str,
    teaches: Sequence[str | tuple[str, int | None]],
    hours: float = 10.0,
    *,
    price: float | None = 0.0,
    currency: str = "EUR",
    assumes: Sequence[CourseClause] = (),
    lang: str | None = "en",
    confidence: float = 1.0,
) -> Course:
    """A course; its catalogue is what stands before the colon."""
    taught = [TaughtSkill(t, None, confidence) if isinstance(t, str) else TaughtSkill(*t, confidence) for t in teaches]
    return Course(
        id=course_id,
        catalogue=course_id.split(":", maxsplit=1)[0],
        title=course_id,
        hours=hours,
        lang=lang,
        price=None if price is None else Money(price, currency),
        teaches=tuple(sorted(taught, key=lambda t: t.skill)),
        assumes=tuple(assumes),
    )


def build_graph(concepts: Iterable[Concept], edges: Iterable[Edge] = (), courses: Iterable[Course] = ()) -> Graph:
    """The graph of release 7."""
    listed, taught = list(concepts), list(courses)
    keys = sorted({item.scheme for item in listed})
    catalogues = sorted({item.catalogue for item in taught})
    return Graph(
        Release(7, "2026-01-01T00:00:00Z", None, "sha256:0", len(listed), 0, 0, 0),
        [SchemeState(key, "sha256:0", 0, 7) for key in keys + catalogues],
        [Scheme(key, f"https://example.org/{key}/", key) for key in keys],
        listed,
        edges,
        taught,
    )
