"""From the API's inputs to the questions of `reskilling`: texts are read here, and handed over as evidence.

Inputs come as arguments.py leaves them: Python names, all keys present, defaults filled in.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from skillatlas import reskilling
from skillatlas.taxonomy import Graph, Money, Necessity, canonical_json

from .context import Request
from .errors import BadInputError
from .finding import find_scheme

if TYPE_CHECKING:
    from skillatlas.ingest import DocumentKind, Extraction

Fields = Mapping[str, Any]

DEFAULT_SCHEME = reskilling.DEFAULT_SCHEME
"""In which texts are read where no scheme is named."""

TEXT_SOURCE = "text"
"""The source of evidence that was read in a profile's text, for and against."""


def text_scheme(graph: Graph, target: Fields, scheme: str) -> str:
    """The scheme in which texts are read: that of the target role, else the one asked for.

    Raises AbsentError for an unknown scheme.
    """
    checked = find_scheme(graph, scheme, argument="input.scheme") if scheme != DEFAULT_SCHEME else scheme
    role = None if target["role_id"] is None else graph.find(target["role_id"])
    return checked if role is None else role.scheme


def read_profile(request: Request, graph: Graph, profile: Fields, scheme: str) -> reskilling.Profile:
    """The profile; its text, unless blank, is read as a CV in `scheme`."""
    from skillatlas.ingest import DocumentKind, Requirement

    read: dict[Requirement, list[reskilling.EvidenceItem]] = {Requirement.HELD: [], Requirement.NOT_HELD: []}
    if not _blank(profile["text"]):
        found = _read(request, graph, profile["text"], profile["lang"], DocumentKind.CV, scheme, "profile.text")
        for mention in found.mentions:
            if mention.requirement in read:
                read[mention.requirement].append(
                    reskilling.EvidenceItem(
                        mention.skill_id,
                        mention.level,
                        mention.confidence,
                        TEXT_SOURCE,
                        mention.text,
                        mention.start,
                        mention.end,
                    )
                )
    return reskilling.Profile(
        named=tuple(
            reskilling.EvidenceItem(_compact(graph, row["skill_id"]), row["level"], row["confidence"])
            for row in profile["skills"]
        ),
        not_held=frozenset(_compact(graph, one) for one in profile["not_held"]),
        text=tuple(read[Requirement.HELD]),
        text_not_held=tuple(read[Requirement.NOT_HELD]),
        role_ids=tuple(profile["role_ids"]),
        complete=profile["complete"],
    )


def _blank(text: str | None) -> bool:
    return text is None or not text.strip()


def read_target(request: Request, graph: Graph, target: Fields, scheme: str) -> reskilling.Target:
    """The target; a text is read as a job post in `scheme`. Raises BadInputError unless exactly one field is given."""
    given = [name for name in ("role_id", "skills", "text") if target[name] is not None]
    if len(given) != 1:
        raise BadInputError("target: exactly one of roleId, skills and text is needed")
    if target["text"] is not None:
        return reskilling.Target(text_skills=_required_by_text(request, graph, target, scheme))
    if target["skills"] is not None:
        return reskilling.Target(
            skills=tuple(
                reskilling.RequiredSkill(row["skill_id"], row["level"], row["necessity"], row["importance"])
                for row in target["skills"]
            )
        )
    return reskilling.Target(role_id=target["role_id"])


def _required_by_text(
    request: Request, graph: Graph, target: Fields, scheme: str
) -> tuple[reskilling.RequiredSkill, ...]:
    """One requirement a skill: essential where the text requires it anywhere, at the highest level it asks for."""
    from skillatlas.ingest import DocumentKind, Requirement

    found = _read(request, graph, target["text"], target["lang"], DocumentKind.JOB, scheme, "target.text")
    levels: dict[str, int | None] = {}
    essential: set[str] = set()
    for mention in found.mentions:
        if mention.requirement in (Requirement.REQUIRED, Requirement.PREFERRED):
            levels[mention.skill_id] = max(levels.get(mention.skill_id) or 0, mention.level or 0) or None
            if mention.requirement is Requirement.REQUIRED:
                essential.add(mention.skill_id)
    return tuple(
        reskilling.RequiredSkill(
            skill, levels[skill], Necessity.ESSENTIAL if skill in essential else Necessity.OPTIONAL
        )
        for skill in sorted(levels)
    )


def _read(
    request: Request, graph: Graph, text: str, lang: str | None, kind: "DocumentKind", scheme: str, field: str
) -> "Extraction":
    from skillatlas.ingest import LinkPolicy

    extractor = request.extractor(graph, find_scheme(graph, scheme, argument=field))
    found: Extraction = extractor.extract(text, lang=lang, kind=kind, policy=LinkPolicy.BALANCED)
    return found


def read_request(graph: Graph, given: Fields) -> reskilling.PathRequest:
    """How to plan."""
    budget = given["budget"]
    return reskilling.PathRequest(
        objective=given["objective"],
        hours_per_week=given["hours_per_week"],
        start_date=given["start_date"],
        deadline=given["deadline"],
        budget=None if budget is None else Money(budget["amount"], budget["currency"]),
        currency=given["currency"],
        langs=_tuple(given["langs"]),
        catalogues=_tuple(given["catalogues"]),
        exclude_course_ids=tuple(_compact(graph, one) for one in given["exclude_course_ids"]),
        alternatives=given["alternatives"],
        include_optional=given["include_optional"],
        assume_unknown_held=given["assume_unknown_held"],
        respect_skill_prerequisites=given["respect_skill_prerequisites"],
    )


def unlocked_roles(
    request: Request, graph: Graph, profile: reskilling.Profile, scheme: str
) -> Callable[[reskilling.LearningPlan], tuple[tuple[str, ...], ...]]:
    """What tells, of a plan, which roles of a scheme each step makes viable; where the profile stands is read once."""

    @cache
    def position() -> reskilling.Position:
        return reskilling.read_position(request.context.role_spaces.get(graph, scheme), profile)

    def unlocked(plan: reskilling.LearningPlan) -> tuple[tuple[str, ...], ...]:
        if scheme not in graph.schemes:
            return ((),) * len(plan.steps)
        return reskilling.unlocked_roles(position(), plan)

    return unlocked


def _tuple(values: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


def _compact(graph: Graph, id_or_iri: str) -> str:
    concept = graph.find(id_or_iri)
    return id_or_iri if concept is None else concept.id


# Lists whose order means nothing; of two questions that differ in it the answer has one name.
_SETS = frozenset({"skills", "not_held", "role_ids", "langs", "catalogues", "exclude_course_ids"})
_IDS = frozenset({"skill_id", "role_id", "not_held", "role_ids"})
_PROFILE_ONLY = "not_held"  # a field that every profile has, and no other input


def name_answer(request: Request, graph: Graph, operation: str, given: Fields) -> str:
    """The id of an answer: of the operation, the canonical input, the release and the program's version."""
    canonical = canonical_input(graph, given)
    return reskilling.answer_id(operation, canonical, graph.release.number, request.context.version)


def canonical_input(graph: Graph, given: Fields) -> Any:
    """An input as a JSON value that is the same for the same question: ids compact, sets sorted, texts by digest.

    A profile with a blank text is one without a text.
    """
    return _canonical(graph, given, "")


def _canonical(graph: Graph, value: Any, name: str) -> Any:
    if isinstance(value, Mapping):
        blank = _PROFILE_ONLY in value and _blank(value["text"])
        return {key: None if blank and key == "text" else _canonical(graph, inner, key) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        items = [_canonical(graph, inner, name) for inner in value]
        if name not in _SETS:
            return items
        return [item for _, item in sorted({canonical_json(item): item for item in items}.items())]
    if name == "text" and value is not None:
        # By its digest: canonical JSON has no room for lone surrogates, and an id need not hold a CV.
        return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
    if isinstance(value, date):
        return value.isoformat()
    return _compact(graph, value) if name in _IDS and value is not None else value
