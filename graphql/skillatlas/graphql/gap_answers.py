"""Gaps from the API's inputs: one target, several texts, several roles; each gap named as `skillGap` names it."""

from collections.abc import Mapping, Sequence
from typing import Any

from skillatlas import reskilling
from skillatlas.taxonomy import Graph

from . import answers
from .context import Request
from .errors import LimitError
from .finding import find_scheme
from .types.gap import GapView
from .types.gaps import ComparisonView, DemandGapView

Fields = Mapping[str, Any]

_NO_TARGET: Fields = {"role_id": None, "skills": None, "text": None, "lang": None}


def skill_gap(request: Request, graph: Graph, given: Fields) -> GapView:
    """The gap to one target."""
    scheme = answers.text_scheme(graph, given["target"], given["scheme"])
    target = answers.read_target(request, graph, given["target"], scheme)
    profile = answers.read_profile(request, graph, given["profile"], scheme)
    demand = read_demand(request, given["demand"], scheme)
    standing = reskilling.read_standing(graph, profile, target, scheme=scheme, demand=demand)
    return _view(request, given, standing, reskilling.gap_of(standing))


def demand_gap(request: Request, graph: Graph, given: Fields) -> DemandGapView:
    """The gap over several texts, all read in one scheme. Raises LimitError where they are too long together."""
    scheme = find_scheme(graph, given["scheme"], argument="input.scheme")
    length, most = sum(len(text["text"]) for text in given["texts"]), request.limits.text
    if length > most:
        raise LimitError(f"input.texts: at most {most} code points together, not {length}")
    profile = answers.read_profile(request, graph, given["profile"], scheme)
    targets = [{**_NO_TARGET, "text": text["text"], "lang": text["lang"]} for text in given["texts"]]
    texts = [
        reskilling.AdvertText(
            answers.read_target(request, graph, target, scheme).text_skills or (), text["name"], text["weight"]
        )
        for target, text in zip(targets, given["texts"], strict=True)
    ]
    found = reskilling.demand_gap(graph, profile, texts, scheme=scheme)
    views = [
        _view(request, _question(given["profile"], target, given["scheme"]), advert.standing, advert.gap)
        for target, advert in zip(targets, found.adverts, strict=True)
    ]
    return DemandGapView(graph, answers.name_answer(request, graph, "demandGap", given), found, tuple(views))


def compare_roles(request: Request, graph: Graph, profile: Fields, role_ids: Sequence[str]) -> ComparisonView:
    """Roles side by side; the profile's text is read in the scheme of each."""
    targets = [{**_NO_TARGET, "role_id": role_id} for role_id in role_ids]
    schemes = [answers.text_scheme(graph, target, answers.DEFAULT_SCHEME) for target in targets]
    # Mostly all roles are of one scheme, and its extractor reads the text once.
    read = {scheme: answers.read_profile(request, graph, profile, scheme) for scheme in dict.fromkeys(schemes)}
    found = reskilling.compare_roles(graph, [read[scheme] for scheme in schemes], role_ids)
    views = [
        _view(request, _question(profile, target, answers.DEFAULT_SCHEME), role.standing, role.gap)
        for target, role in zip(targets, found.roles, strict=True)
    ]
    # The order of the columns is part of the answer, so the roles are named as a list.
    named = {"profile": profile, "roles": [{"role_id": role_id} for role_id in role_ids]}
    return ComparisonView(graph, answers.name_answer(request, graph, "compareRoles", named), found, tuple(views))


def _question(profile: Fields, target: Fields, scheme: str) -> Fields:
    return {"profile": profile, "target": target, "scheme": scheme, "demand": None}


def _view(request: Request, given: Fields, standing: reskilling.Standing, gap: reskilling.SkillGap) -> GapView:
    graph, demand = standing.graph, standing.demand
    if demand is not None:
        # Documents come and go within a release: what was counted is part of the question.
        required = [item.skill_id for item in standing.requirements.items]
        seen = {skill: demand.seen[skill] for skill in sorted(required) if skill in demand.seen}
        given = {**given, "observed": {"documents": demand.documents, "seen": seen}}
    return GapView(graph, answers.name_answer(request, graph, "skillGap", given), gap, standing)


def read_demand(request: Request, given: Fields | None, scheme: str) -> reskilling.Demand | None:
    """The documents that demand is taken from, as far as they were read in the scheme of the target."""
    if given is None:
        return None
    collection, kind = given["collection"], given["kind"]
    found = request.store.observed(scheme=scheme, collection=collection, kind=str(kind))
    where = f"of the collection {collection}" if collection is not None else "of all collections"
    return reskilling.Demand(
        scheme, found.documents, {row.skill: row.documents for row in found.skills}, f"{kind} documents {where}"
    )
