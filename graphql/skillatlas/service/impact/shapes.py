"""Judgements as JSON, for programs: the command's and the route's."""

from collections.abc import Mapping
from typing import Any

from skillatlas.taxonomy import Graph

from .facts import Fact, FactKind
from .judging import JudgedId, Judgement

_MOST_IDS = 100  # of a fact: an upgrade may rename thousands, and every answer from a text stands on their names

FACT_WORDS: Mapping[FactKind, str] = {
    FactKind.NEEDS: "the role needs other skills, or these otherwise",
    FactKind.WEIGHTS: "the skills weigh otherwise, by how many roles need them",
    FactKind.PREREQUISITES: "other prerequisites",
    FactKind.TRANSFERS: "other skills ease these",
    FactKind.MAPPINGS: "other mappings",
    FactKind.COURSES: "courses came, went or changed",
    FactKind.ROLES: "roles came, went, need other skills or have other data",
    FactKind.GROUPS: "these lie in other groups, by which roles are compared",
    FactKind.TEXTS: "a text may be read otherwise: concepts came or have other names",
}


def judgement_json(graph: Graph, judgement: Judgement, lang: str = "en") -> dict[str, Any]:
    """A judgement, without the file."""
    record = judgement.record
    return {
        "record": record.place,
        "kind": record.kind,
        "answerId": record.answer_id,
        "fromRelease": judgement.start,
        "outcome": judgement.outcome,
        "fault": judgement.fault,
        "ids": [_id_json(graph, one, lang) for one in judgement.ids],
        "facts": [_fact_json(fact) for fact in judgement.facts],
    }


def _id_json(graph: Graph, one: JudgedId, lang: str) -> dict[str, Any]:
    resolution = one.resolution
    return {
        "id": resolution.id,
        "at": list(one.at),
        "status": resolution.status,
        "automatic": resolution.automatic,
        "kindChanged": resolution.kind_changed,
        "candidates": [
            {"id": candidate.id, "label": graph.label(candidate, lang)} for candidate in resolution.candidates
        ],
        "detail": resolution.detail,
    }


def _fact_json(fact: Fact) -> dict[str, Any]:
    return {
        "kind": fact.kind,
        "detail": FACT_WORDS[fact.kind],
        "count": len(fact.ids),
        "ids": list(fact.ids[:_MOST_IDS]),
    }
