"""Root fields on texts and on what was read in documents."""

from typing import TYPE_CHECKING, Any

import graphene

from skillatlas import taxonomy

from ..connections import page_size
from ..errors import BadInputError
from ..finding import find_scheme, find_under
from ..types.enums import DocumentKind
from ..types.extraction import Extraction, ObservedSkill, RankedSkill
from ..types.inputs import ExtractSkillsInput
from ..views import RankedView, skill_view

if TYPE_CHECKING:
    from skillatlas import ingest


class ExtractionQueries:
    """`extractSkills`, `rankSkills`, `observedSkills`."""

    extract_skills = graphene.Field(
        Extraction, input_=graphene.Argument(ExtractSkillsInput, name="input", required=True), release=graphene.Int()
    )
    rank_skills = graphene.List(
        graphene.NonNull(RankedSkill),
        text=graphene.String(required=True),
        scheme=graphene.String(default_value="atlas"),
        lang=graphene.String(),
        release=graphene.Int(),
        first=graphene.Int(default_value=10),
        description="The skills nearest to a sentence, best first, with no threshold: for tagging by hand and for "
        "benchmarks.",
    )
    observed_skills = graphene.List(
        graphene.NonNull(ObservedSkill),
        collection=graphene.String(),
        kind=DocumentKind(),
        scheme=graphene.String(default_value="atlas"),
        under=graphene.ID(),
        first=graphene.Int(default_value=20),
        description="Skills read in ingested documents, most frequent first.",
    )

    @staticmethod
    def resolve_extract_skills(
        _root: Any,
        info: Any,
        input_: dict[str, Any],
        release: int | None = None,
    ) -> dict[str, Any]:
        graph = info.context.graph(release)
        scheme = find_scheme(graph, input_["scheme"], argument="input.scheme")
        collection, document = input_["collection"], input_["document"]
        if document is not None and collection is None:
            raise BadInputError("input.document: a document is one of a collection; name that too")
        extractor = info.context.extractor(graph, scheme, collection=collection, document=document)
        found = extractor.extract(input_["text"], lang=input_["lang"], kind=input_["kind"], policy=input_["policy"])
        return {
            "lang": found.lang,
            "release": graph.release.number,
            "extractor_version": found.extractor_version,
            "mentions": [row for mention in found.mentions if (row := _mention(graph, mention)) is not None],
            "unlinked": found.unlinked,
        }

    @staticmethod
    def resolve_rank_skills(
        _root: Any,
        info: Any,
        text: str,
        scheme: str,
        first: int,
        lang: str | None = None,
        release: int | None = None,
    ) -> list[RankedView]:
        page_size(first, info.context.limits.page_size)
        graph = info.context.graph(release)
        extractor = info.context.extractor(graph, find_scheme(graph, scheme))
        return _ranked(graph, extractor.rank(text, lang=lang, first=first)) if first else []

    @staticmethod
    def resolve_observed_skills(
        _root: Any,
        info: Any,
        scheme: str,
        first: int,
        collection: str | None = None,
        kind: "ingest.DocumentKind | None" = None,
        under: str | None = None,
    ) -> list[dict[str, Any]]:
        page_size(first, info.context.limits.page_size)
        graph = info.context.graph()
        find_scheme(graph, scheme)
        allowed = None if under is None else graph.under(find_under(graph, under).id)
        seen = info.context.store.observed(scheme=scheme, collection=collection, kind=kind and str(kind))
        rows: list[dict[str, Any]] = []
        for row in seen.skills:
            if len(rows) == first:
                break
            skill = skill_view(graph, row.skill)
            if skill is not None and (allowed is None or row.skill in allowed):
                rows.append(
                    {
                        "skill": skill,
                        "documents": row.documents,
                        "mentions": row.mentions,
                        "required": row.required,
                        "preferred": row.preferred,
                        "share": round(row.documents / seen.documents, 6),
                    }
                )
        return rows


def _ranked(graph: taxonomy.Graph, ranked: "tuple[ingest.RankedSkill, ...]") -> list[RankedView]:
    return [RankedView(skill, row.score) for row in ranked if (skill := skill_view(graph, row.skill_id)) is not None]


def _mention(graph: taxonomy.Graph, mention: "ingest.SkillMention") -> dict[str, Any] | None:
    skill = skill_view(graph, mention.skill_id)
    if skill is None:
        return None
    return {
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "skill": skill,
        "confidence": mention.confidence,
        "section": mention.section,
        "requirement": mention.requirement,
        "level": mention.level,
        "min_years": mention.min_years,
        "alternatives": _ranked(graph, mention.alternatives),
        "evidence": mention.evidence,
    }
