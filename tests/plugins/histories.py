"""Random histories of edits, for properties that must hold on every store.

A history is a tuple of batches, a batch a tuple of edits that are made and then published together. The universe
is small on purpose, so that edits meet: two schemes and two catalogues, ids that sort differently in UTF-8 and
UTF-16, own and imported edges of every type, concepts that are deprecated and restored, edges and courses that
are removed and come back, edits that change nothing.
"""

import dataclasses
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    ConceptStatus,
    Course,
    CourseClause,
    Eases,
    Edge,
    Edit,
    Entity,
    EntityType,
    Label,
    LabelType,
    MappingPredicate,
    MapsTo,
    Money,
    Necessity,
    Needs,
    PrerequisiteKind,
    Related,
    Replacement,
    ReplacementKind,
    Requires,
    Scheme,
    SkillAtLevel,
    SkillType,
    TaughtSkill,
    entity_id,
    entity_type,
    record,
)

CONCEPT_IDS = {
    "atlas": ("atlas:a", "atlas:b-1", "atlas:group.c", "atlas:%E4%BC%9A"),
    # U+FF5E comes before U+1F600 by code point, after it in UTF-16.
    "esco": ("esco:skill/1", "esco:skill/2", "https://example.org/\uff5e", "https://example.org/\U0001f600"),
}
SCHEME_OF = {concept_id: scheme for scheme, ids in CONCEPT_IDS.items() for concept_id in ids}
COURSE_IDS = {"moocs": ("moocs:1", "moocs:2"), "samples": ("samples:1",)}
CATALOGUE_OF = {course_id: key for key, ids in COURSE_IDS.items() for course_id in ids}

History = tuple[tuple[Edit, ...], ...]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
short_texts = st.sampled_from(["", "x", "a\u0000b", "数据", "\U0001f600", 'q"\\\n', "\u2028"]) | texts
levels = st.none() | st.integers(1, 5)
shares = st.sampled_from([0.0, 0.5, 1.0]) | st.floats(0, 1)
sources = st.sampled_from(["esco"] * 5 + ["curated"])
concept_ids = st.sampled_from(sorted(SCHEME_OF))
data = st.none() | st.dictionaries(
    short_texts,
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.lists(short_texts, max_size=2),
    max_size=2,
)


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """A scheme of the universe."""
    key = draw(st.sampled_from(sorted(CONCEPT_IDS)))
    return Scheme(key, f"https://example.org/{key}/", draw(short_texts), version=draw(st.none() | short_texts))


@st.composite
def concepts(draw: st.DrawFn) -> Concept:
    """A concept, active two times in three."""
    concept_id = draw(concept_ids)
    active = draw(st.sampled_from([True, True, False]))
    labels = st.builds(Label, st.sampled_from(LabelType), st.sampled_from(["en", "zh", "zh-Hant"]), short_texts)
    replacement = None
    if not active:
        others = st.lists(concept_ids, max_size=2, unique=True).map(tuple)
        replacement = draw(st.builds(Replacement, st.sampled_from(ReplacementKind), others, st.none() | short_texts))
    return Concept(
        id=concept_id,
        uri=f"https://example.org/uri/{concept_id}",
        scheme=SCHEME_OF[concept_id],
        kind=draw(st.sampled_from(ConceptKind)),
        labels=tuple(draw(st.lists(labels, max_size=3))),
        skill_type=draw(st.none() | st.sampled_from(SkillType)),
        status=ConceptStatus.ACTIVE if active else ConceptStatus.DEPRECATED,
        definitions=draw(st.dictionaries(st.sampled_from(["en", "zh"]), short_texts, max_size=2)),
        replacement=replacement,
        data=draw(data),
    )


@st.composite
def edges(draw: st.DrawFn) -> Edge:
    """An edge of any type between any two concepts, its ends there or not."""
    start, end = draw(concept_ids), draw(concept_ids)
    common: dict[str, Any] = {"confidence": draw(shares), "source": draw(sources), "data": draw(data)}
    kind = draw(st.sampled_from([Broader, Related, Requires, Eases, Needs, MapsTo]))
    if kind is Broader:
        return Broader(from_id=start, to_id=end, primary=draw(st.booleans()), **common)
    if kind is Related:
        return Related(from_id=min(start, end), to_id=max(start, end), **common)
    if kind is Requires:
        any_of = tuple(sorted(draw(st.sets(concept_ids, min_size=1, max_size=2))))
        return Requires(
            from_id=start, any_of=any_of, kind=draw(st.sampled_from(PrerequisiteKind)), level=draw(levels), **common
        )
    if kind is Eases:
        return Eases(from_id=start, to_id=end, transfer=draw(shares), **common)
    if kind is Needs:
        return Needs(
            from_id=start,
            to_id=end,
            necessity=draw(st.sampled_from(Necessity)),
            importance=draw(st.none() | st.floats(0, 100)),
            level=draw(levels),
            **common,
        )
    target = draw(st.sampled_from([end, "https://example.org/elsewhere"]))
    return MapsTo(
        from_id=start,
        to_id=target,
        predicate=draw(st.sampled_from(MappingPredicate)),
        iri=f"https://example.org/uri/{target}",
        stale=draw(st.booleans()),
        **common,
    )


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """A course; what it teaches and assumes need not exist."""
    course_id = draw(st.sampled_from(sorted(CATALOGUE_OF)))
    teaches = st.builds(TaughtSkill, concept_ids, levels, shares)
    at_level = st.builds(SkillAtLevel, concept_ids, levels)
    clauses = st.builds(
        CourseClause, st.lists(at_level, min_size=1, max_size=2).map(tuple), st.sampled_from(PrerequisiteKind)
    )
    return Course(
        id=course_id,
        catalogue=CATALOGUE_OF[course_id],
        title=draw(short_texts),
        hours=draw(st.sampled_from([1.0, 0.5, 60.0]) | st.floats(1e-3, 1e4)),
        price=draw(st.none() | st.builds(Money, st.floats(0, 1e6), st.sampled_from(["EUR", "CNY"]))),
        teaches=tuple(draw(st.lists(teaches, max_size=2, unique_by=lambda taught: taught.skill))),
        assumes=tuple(draw(st.lists(clauses, max_size=2))),
        outcomes=tuple(draw(st.lists(short_texts, max_size=2))),
    )


def scheme_of(entity: Entity) -> str:
    """The key under which an entity stands: of an edge, the scheme of its beginning."""
    match entity:
        case Scheme():
            return entity.key
        case Concept():
            return entity.scheme
        case Course():
            return entity.catalogue
        case _:
            return SCHEME_OF.get(entity.from_id) or entity.from_id.partition(":")[0]


def put(entity: Entity, reason: str | None = None) -> Edit:
    """The edit that wants an entity as it is."""
    row = record(entity, scheme_of(entity))
    return Edit(row.entity_type, row.entity_id, row.scheme, row.body, reason)


def removal(entity: Entity, reason: str | None = None) -> Edit:
    """The edit that wants an entity gone."""
    row = record(entity, scheme_of(entity))
    return Edit(row.entity_type, row.entity_id, row.scheme, None, reason)


def _turned(concept: Concept) -> Concept:
    """The concept deprecated if it is active, restored if not."""
    if concept.active:
        return dataclasses.replace(
            concept, status=ConceptStatus.DEPRECATED, replacement=Replacement(ReplacementKind.RETIRED)
        )
    return dataclasses.replace(concept, status=ConceptStatus.ACTIVE, replacement=None)


def populated() -> tuple[Entity, ...]:
    """All concepts of the universe, active, each with an imported edge to the next one, and one own edge."""
    ids = sorted(SCHEME_OF)
    nodes = [Concept(i, f"https://example.org/uri/{i}", SCHEME_OF[i], ConceptKind.SKILL, ()) for i in ids]
    links = [Broader(from_id=a, to_id=b, source="esco") for a, b in pairwise(ids)]
    mapping = MapsTo(
        from_id="atlas:a",
        to_id="esco:skill/1",
        predicate=MappingPredicate.CLOSE,
        iri="https://example.org/uri/esco:skill/1",
    )
    return (*nodes, *links, Related(from_id=ids[0], to_id=ids[2]), mapping)


_NEW: tuple[st.SearchStrategy[Any], ...] = (edges(), edges(), edges(), concepts(), courses(), schemes())


@st.composite
def histories(draw: st.DrawFn, start: tuple[Entity, ...] = (), max_batches: int = 7, max_edits: int = 7) -> History:
    """A history that begins with `start`. Later edits take up entities of earlier ones: change, repeat, remove."""
    known = {(entity_type(entity), entity_id(entity)): entity for entity in start}
    batches = [tuple(put(entity) for entity in start)] if start else []
    reasons = st.none() | short_texts
    for _ in range(draw(st.integers(2, max_batches))):
        batch: list[Edit] = []
        for _ in range(draw(st.integers(1, max_edits))):
            entity: Entity
            choice = draw(st.sampled_from(["turn", "turn", "remove", "repeat", "new", "new", "new"]))
            standing = [entity for entity in known.values() if isinstance(entity, Concept)]
            removable = [entity for entity in known.values() if not isinstance(entity, (Scheme, Concept))]
            if choice == "remove" and removable:
                batch.append(removal(draw(st.sampled_from(removable)), draw(reasons)))
                continue
            if choice == "turn" and standing:
                entity = _turned(draw(st.sampled_from(standing)))
            elif choice == "repeat" and known:
                entity = draw(st.sampled_from(list(known.values())))
            else:
                entity = draw(st.one_of(_NEW))
            known[entity_type(entity), entity_id(entity)] = entity
            batch.append(put(entity, draw(reasons)))
        batches.append(tuple(batch))
    return tuple(batches)


ENTITY_ORDER = (EntityType.SCHEME, EntityType.CONCEPT, EntityType.EDGE, EntityType.COURSE)
