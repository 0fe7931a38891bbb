"""A small published graph for the API's tests: two schemes, a catalogue, a deprecated concept."""

from collections.abc import Iterable
from datetime import UTC, datetime

from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    ConceptStatus,
    Course,
    CourseClause,
    Eases,
    Edit,
    Entity,
    Label,
    LabelType,
    MappingPredicate,
    MapsTo,
    Money,
    Necessity,
    Needs,
    PrerequisiteKind,
    Published,
    Related,
    Replacement,
    ReplacementKind,
    Requires,
    Scheme,
    SkillAtLevel,
    SkillType,
    Store,
    TaughtSkill,
    publish,
    record,
)

ATLAS = "https://w3id.org/skillatlas/id/"
ONET = "https://w3id.org/skillatlas/onet/"


def concept(
    concept_id: str,
    kind: ConceptKind,
    en: str,
    zh: str | None = None,
    *,
    alt: Iterable[str] = (),
    hidden: Iterable[str] = (),
    status: ConceptStatus = ConceptStatus.ACTIVE,
    replacement: Replacement | None = None,
    definitions: dict[str, str] | None = None,
    data: dict[str, object] | None = None,
) -> Concept:
    scheme, local = concept_id.split(":", 1)
    labels = [Label(LabelType.PREFERRED, "en", en)]
    labels += [Label(LabelType.PREFERRED, "zh", zh)] if zh else []
    labels += [Label(LabelType.ALTERNATIVE, "en", value) for value in alt]
    labels += [Label(LabelType.HIDDEN, "en", value) for value in hidden]
    return Concept(
        id=concept_id,
        uri=(ATLAS if scheme == "atlas" else ONET) + local,
        scheme=scheme,
        kind=kind,
        labels=tuple(sorted(labels)),
        skill_type=SkillType.TOOL if kind is ConceptKind.SKILL else None,
        status=status,
        definitions=definitions or {},
        replacement=replacement,
        data=data,
    )


def small_graph() -> list[Entity]:
    skill, role = ConceptKind.SKILL, ConceptKind.ROLE
    entities: list[Entity] = [
        Scheme("atlas", ATLAS, "skillatlas", "1", "CC BY 4.0", "us", "https://example.org/"),
        Scheme("onet", ONET, "O*NET"),
        concept("atlas:area.tech", ConceptKind.AREA, "technology", "技术"),
        concept("atlas:domain.data", ConceptKind.DOMAIN, "data", "数据"),
        concept("atlas:group.languages", ConceptKind.SKILL_GROUP, "programming languages", "编程语言"),
        concept(
            "atlas:python",
            skill,
            "Python",
            alt=["Python 3", "Python programming"],
            hidden=["pyhton"],
            definitions={"en": "A programming language.", "zh": "一种编程语言。"},
        ),
        concept("atlas:pandas", skill, "pandas", alt=["pandas library"]),
        concept("atlas:polars", skill, "polars"),
        concept("atlas:sql", skill, "SQL", "结构化查询语言"),
        concept("atlas:cpp", skill, "C++"),
        concept("atlas:statistics", skill, "statistics", "统计学"),
        concept("atlas:data-analysis", skill, "data analysis", "数据分析", alt=["analysis of data"]),
        concept("atlas:machine-learning", skill, "machine learning", "机器学习"),
        concept(
            "atlas:ml-old",
            skill,
            "machine intelligence",
            status=ConceptStatus.DEPRECATED,
            replacement=Replacement(ReplacementKind.REPLACED, ("atlas:machine-learning",), "renamed"),
        ),
        concept("atlas:roles.analysts", ConceptKind.ROLE_GROUP, "data analysts"),
        concept("atlas:role.data-analyst", role, "data analyst", "数据分析师", data={"jobZone": 4}),
        concept("atlas:role.idle", role, "idler"),
        concept("onet:group", ConceptKind.SKILL_GROUP, "technologies"),
        concept("onet:tech.Python", skill, "Python"),
        Broader(from_id="atlas:domain.data", to_id="atlas:area.tech"),
        Broader(from_id="atlas:group.languages", to_id="atlas:domain.data"),
        Broader(from_id="atlas:python", to_id="atlas:group.languages"),
        Broader(from_id="atlas:cpp", to_id="atlas:group.languages"),
        Broader(from_id="atlas:sql", to_id="atlas:group.languages"),
        *(
            Broader(from_id=f"atlas:{local}", to_id="atlas:domain.data")
            for local in ("pandas", "polars", "statistics", "data-analysis", "machine-learning")
        ),
        Broader(from_id="atlas:roles.analysts", to_id="atlas:domain.data"),
        Broader(from_id="atlas:role.data-analyst", to_id="atlas:roles.analysts"),
        Broader(from_id="atlas:role.idle", to_id="atlas:roles.analysts"),
        Broader(from_id="onet:tech.Python", to_id="onet:group"),
        Requires(from_id="atlas:pandas", any_of=("atlas:python",), level=2),
        Requires(
            from_id="atlas:machine-learning",
            any_of=("atlas:data-analysis", "atlas:statistics"),
            kind=PrerequisiteKind.COREQUISITE,
        ),
        Eases(from_id="atlas:pandas", to_id="atlas:polars", transfer=0.7),
        Related(from_id="atlas:pandas", to_id="atlas:statistics"),
        Needs(
            from_id="atlas:role.data-analyst",
            to_id="atlas:sql",
            necessity=Necessity.ESSENTIAL,
            importance=90.0,
            level=3,
            data={"hot": True},
        ),
        Needs(from_id="atlas:role.data-analyst", to_id="atlas:pandas", necessity=Necessity.ESSENTIAL, importance=70.0),
        Needs(from_id="atlas:role.data-analyst", to_id="atlas:statistics", necessity=Necessity.ESSENTIAL, level=2),
        Needs(from_id="atlas:role.data-analyst", to_id="atlas:polars", necessity=Necessity.OPTIONAL),
        MapsTo(
            from_id="atlas:python",
            to_id="onet:tech.Python",
            predicate=MappingPredicate.EXACT,
            iri=f"{ONET}tech.Python",
        ),
        Course(
            id="demo:sql-1",
            catalogue="demo",
            title="SQL from scratch",
            hours=20.0,
            provider="Open School",
            url="https://example.org/sql",
            lang="en",
            price=Money(0.0, "EUR"),
            teaches=(TaughtSkill("atlas:sql", 3),),
        ),
        Course(
            id="demo:pandas-1",
            catalogue="demo",
            title="Working with pandas",
            hours=15.0,
            price=Money(49.0, "EUR"),
            teaches=(TaughtSkill("atlas:pandas", 3), TaughtSkill("atlas:data-analysis", 2)),
            assumes=(CourseClause((SkillAtLevel("atlas:python", 2),)),),
        ),
        Course(
            id="demo:stats-1",
            catalogue="demo",
            title="Statistics",
            hours=30.0,
            price=Money(10.0, "EUR"),
            teaches=(TaughtSkill("atlas:statistics", 3),),
        ),
        Course(
            id="demo:python-1", catalogue="demo", title="Python", hours=25.0, teaches=(TaughtSkill("atlas:python", 2),)
        ),
    ]
    return entities


def scheme_of(entity: Entity) -> str:
    match entity:
        case Scheme():
            return entity.key
        case Concept():
            return entity.scheme
        case Course():
            return entity.catalogue
        case _:
            return entity.from_id.split(":", 1)[0]


def publish_entities(store: Store, entities: Iterable[Entity], note: str = "") -> Published:
    edits = []
    for entity in entities:
        row = record(entity, scheme_of(entity))
        edits.append(Edit(row.entity_type, row.entity_id, row.scheme, row.body))
    with store.writer() as writer:
        writer.edit(edits)
    return publish(store, note=note or None, clock=lambda: datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
