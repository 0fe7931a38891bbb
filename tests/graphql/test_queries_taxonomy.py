"""Every field of the taxonomy's types, read from a small published graph."""

import pytest

from api_graphs import concept
from asking import Api
from skillatlas.taxonomy import ConceptKind, ConceptStatus, Replacement, ReplacementKind, Store

PYTHON = "https://w3id.org/skillatlas/id/python"


def test_scalar_fields_of_a_concept(api: Api) -> None:
    data = api.ask(
        """{ concept(id: "atlas:python") {
            __typename id uri release kind status label zh: label(lang: "zh-CN") definition
            zhDefinition: definition(lang: "zh-CN")
            scheme { key namespace title version licence attribution sourceUrl conceptCount contentHash }
            ... on Skill { type }
        } }"""
    )["concept"]
    assert data.pop("scheme")["contentHash"].startswith("sha256:")
    assert data == {
        "__typename": "Skill",
        "id": "atlas:python",
        "uri": PYTHON,
        "release": 1,
        "kind": "SKILL",
        "status": "ACTIVE",
        "label": "Python",
        "zh": "Python",
        "definition": "A programming language.",
        "zhDefinition": "一种编程语言。",
        "type": "TOOL",
    }


def test_scheme_fields(api: Api) -> None:
    schemes = api.ask("{ schemes { key namespace title version licence attribution sourceUrl conceptCount } }")
    assert schemes["schemes"] == [
        {
            "key": "atlas",
            "namespace": "https://w3id.org/skillatlas/id/",
            "title": "skillatlas",
            "version": "1",
            "licence": "CC BY 4.0",
            "attribution": "us",
            "sourceUrl": "https://example.org/",
            "conceptCount": 15,
        },
        {
            "key": "onet",
            "namespace": "https://w3id.org/skillatlas/onet/",
            "title": "O*NET",
            "version": None,
            "licence": None,
            "attribution": None,
            "sourceUrl": None,
            "conceptCount": 2,
        },
    ]


def test_labels_by_language(api: Api) -> None:
    data = api.ask('{ concept(id: "atlas:sql") { labels { value lang type } zh: labels(langs: ["zh-TW"]) { value } } }')
    assert data["concept"] == {
        "labels": [
            {"value": "SQL", "lang": "en", "type": "PREFERRED"},
            {"value": "结构化查询语言", "lang": "zh", "type": "PREFERRED"},
        ],
        "zh": [{"value": "结构化查询语言"}],
    }


@pytest.mark.parametrize("name", ["atlas:python", PYTHON])
def test_a_concept_is_found_by_id_and_iri(api: Api, name: str) -> None:
    assert api.ask("query($id: ID!) { concept(id: $id) { id } }", id=name) == {"concept": {"id": "atlas:python"}}


@pytest.mark.parametrize("name", ["atlas:nothing", "", "\0", "atlas:", "http://", "x" * 100_000, "数据"])
def test_an_id_that_never_existed_is_null(api: Api, name: str) -> None:
    assert api.ask("query($id: ID!) { concept(id: $id) { id } }", id=name) == {"concept": None}


def test_concepts_in_the_order_asked(api: Api) -> None:
    data = api.ask(
        "query($ids: [ID!]!) { concepts(ids: $ids) { id } }", ids=["atlas:sql", "atlas:no", PYTHON, "atlas:sql"]
    )
    assert data["concepts"] == [{"id": "atlas:sql"}, None, {"id": "atlas:python"}, {"id": "atlas:sql"}]


def test_tree_fields(api: Api) -> None:
    data = api.ask(
        """{ concept(id: "atlas:python") { broader { id } ancestors { id kind } }
             group: concept(id: "atlas:domain.data") {
                __typename narrower { totalCount release edges { node { id } } }
                skills: narrower(kinds: [SKILL, ROLE_GROUP]) { edges { node { id } } }
                ... on Group { skillCount roleCount } } }"""
    )
    assert data["concept"]["broader"] == [{"id": "atlas:group.languages"}]
    assert [row["id"] for row in data["concept"]["ancestors"]] == [
        "atlas:area.tech",
        "atlas:domain.data",
        "atlas:group.languages",
    ]
    group = data["group"]
    assert (group["__typename"], group["skillCount"], group["roleCount"]) == ("Group", 8, 2)
    assert group["narrower"]["totalCount"] == 7
    assert group["narrower"]["release"] == 1
    assert [edge["node"]["id"] for edge in group["skills"]["edges"]] == [
        "atlas:data-analysis",
        "atlas:machine-learning",
        "atlas:pandas",
        "atlas:polars",
        "atlas:roles.analysts",
        "atlas:statistics",
    ]


def test_top_concepts(api: Api) -> None:
    data = api.ask(
        '{ topConcepts { id } onet: topConcepts(scheme: "onet") { id } none: topConcepts(kinds: [ROLE]) { id } }'
    )
    assert data == {"topConcepts": [{"id": "atlas:area.tech"}], "onet": [{"id": "onet:group"}], "none": []}


def test_skill_fields(api: Api) -> None:
    data = api.ask(
        """{ concept(id: "atlas:pandas") { ... on Skill {
            prerequisites { anyOf { id } kind level source confidence }
            eases { skill { id } transfer source }
            related { id }
            neededBy { totalCount edges { node { role { id } necessity importance level source data } } }
            taughtBy { totalCount edges { node { id title } } }
        } }
        ml: concept(id: "atlas:machine-learning") { ... on Skill { prerequisites { kind level anyOf { id } } } } }"""
    )
    assert data["concept"] == {
        "prerequisites": [
            {"anyOf": [{"id": "atlas:python"}], "kind": "HARD", "level": 2, "source": "curated", "confidence": 1.0}
        ],
        "eases": [{"skill": {"id": "atlas:polars"}, "transfer": 0.7, "source": "curated"}],
        "related": [{"id": "atlas:statistics"}],
        "neededBy": {
            "totalCount": 1,
            "edges": [
                {
                    "node": {
                        "role": {"id": "atlas:role.data-analyst"},
                        "necessity": "ESSENTIAL",
                        "importance": 70.0,
                        "level": None,
                        "source": "curated",
                        "data": None,
                    }
                }
            ],
        },
        "taughtBy": {"totalCount": 1, "edges": [{"node": {"id": "demo:pandas-1", "title": "Working with pandas"}}]},
    }
    assert data["ml"]["prerequisites"] == [
        {"kind": "COREQUISITE", "level": None, "anyOf": [{"id": "atlas:data-analysis"}, {"id": "atlas:statistics"}]}
    ]


def test_role_fields(api: Api) -> None:
    role = api.ask(
        """{ concept(id: "atlas:role.data-analyst") { __typename ... on Role { jobZone
            needs { totalCount edges { node { skill { id } data } } }
            optional: needs(necessity: OPTIONAL) { edges { node { skill { id } } } } } } }"""
    )["concept"]
    assert (role["__typename"], role["jobZone"]) == ("Role", 4)
    # Importance first, the unknown ones last, then by id.
    assert [edge["node"]["skill"]["id"] for edge in role["needs"]["edges"]] == [
        "atlas:sql",
        "atlas:pandas",
        "atlas:polars",
        "atlas:statistics",
    ]
    assert role["needs"]["edges"][0]["node"]["data"] == {"hot": True}  # JSON, no string
    assert role["optional"] == {"edges": [{"node": {"skill": {"id": "atlas:polars"}}}]}


def test_mappings(api: Api) -> None:
    data = api.ask(
        """{ concept(id: "atlas:python") { mappings {
            predicate target { id scheme { key } } targetId confidence source stale } } }"""
    )
    assert data["concept"]["mappings"] == [
        {
            "predicate": "EXACT",
            "target": {"id": "onet:tech.Python", "scheme": {"key": "onet"}},
            "targetId": "onet:tech.Python",
            "confidence": 1.0,
            "source": "curated",
            "stale": False,
        }
    ]


def test_replacement_names_the_release_that_deprecated(own_api: Api) -> None:
    retired = concept(
        "atlas:cpp",
        ConceptKind.SKILL,
        "C++",
        status=ConceptStatus.DEPRECATED,
        replacement=Replacement(ReplacementKind.RETIRED, (), "nobody asks"),
    )
    own_api.publish([retired])
    own_api.publish([concept("atlas:extra", ConceptKind.SKILL, "extra")])
    data = own_api.ask(
        """{ old: concept(id: "atlas:ml-old") { status replacement { kind reason release concepts { id } } }
             cpp: concept(id: "atlas:cpp") { release replacement { kind reason release concepts { id } } }
             before: concept(id: "atlas:cpp", release: 1) { release status replacement { kind } }
             active: concept(id: "atlas:python") { replacement { kind } } }"""
    )
    assert data["old"]["status"] == "DEPRECATED"
    assert data["old"]["replacement"] == {
        "kind": "REPLACED",
        "reason": "renamed",
        "release": 1,
        "concepts": [{"id": "atlas:machine-learning"}],
    }
    assert data["cpp"] == {
        "release": 3,
        "replacement": {"kind": "RETIRED", "reason": "nobody asks", "release": 2, "concepts": []},
    }
    assert data["before"] == {"release": 1, "status": "ACTIVE", "replacement": None}
    assert data["active"] == {"replacement": None}


def test_search_and_suggest(api: Api) -> None:
    data = api.ask(
        """{ search(text: "python") { totalCount release edges { node {
                score matchedLabel { value lang type } concept { id } } } }
             all: search(text: "python", scheme: "*") { totalCount }
             under: search(text: "data", under: "atlas:roles.analysts") { edges { node { concept { id } } } }
             roles: search(text: "data", kinds: [ROLE]) { edges { node { concept { id } } } }
             zh: search(text: "数据", lang: "zh") { edges { node { matchedLabel { lang } } } }
             nothing: search(text: "") { totalCount edges { cursor } }
             old: search(text: "machine intelligence") { edges { node { concept { id } } } }
             suggest(prefix: "pan", first: 1) { concept { id } matchedLabel { value } score } }"""
    )
    assert data["search"] == {
        "totalCount": 1,
        "release": 1,
        "edges": [
            {
                "node": {
                    "score": 1.0,
                    "matchedLabel": {"value": "Python", "lang": "en", "type": "PREFERRED"},
                    "concept": {"id": "atlas:python"},
                }
            }
        ],
    }
    assert data["all"] == {"totalCount": 2}
    assert [edge["node"]["concept"]["id"] for edge in data["under"]["edges"]] == [
        "atlas:role.data-analyst",
        "atlas:roles.analysts",
    ]
    assert data["roles"] == {"edges": [{"node": {"concept": {"id": "atlas:role.data-analyst"}}}]}
    assert {edge["node"]["matchedLabel"]["lang"] for edge in data["zh"]["edges"]} == {"zh"}
    assert data["nothing"] == {"totalCount": 0, "edges": []}
    assert "atlas:ml-old" not in [edge["node"]["concept"]["id"] for edge in data["old"]["edges"]]
    assert data["suggest"] == [{"concept": {"id": "atlas:pandas"}, "matchedLabel": {"value": "pandas"}, "score": 0.825}]


@pytest.mark.parametrize(
    ("field", "named"),
    [
        ('concept(id: "x", release: 9) { id }', "release 9"),
        ('concept(id: "x", release: 0) { id }', "release 0"),
        ('concept(id: "x", release: -3) { id }', "release -3"),
        ('concepts(ids: ["x"], release: 9) { id }', "release 9"),
        ("schemes(release: 9) { key }", "release 9"),
        ("release(number: 9) { number }", "release 9"),
        ('topConcepts(scheme: "nope") { id }', "nope"),
        ('topConcepts(scheme: "*") { id }', "'*'"),
        ('search(text: "x", scheme: "nope") { totalCount }', "nope"),
        ('search(text: "x", under: "atlas:nope") { totalCount }', "under: "),
        ('suggest(prefix: "x", scheme: "nope") { score }', "nope"),
        ('suggest(prefix: "x", under: "atlas:nope") { score }', "under: "),
        ('observedSkills(scheme: "nope") { documents }', "nope"),
        ('observedSkills(under: "atlas:nope") { documents }', "under: "),
        ('rankSkills(text: "x", scheme: "nope") { score }', "nope"),
        ('extractSkills(input: { text: "x", scheme: "nope" }) { lang }', "input.scheme"),
        ('courses(catalogue: "nope") { totalCount }', "nope"),
        ("changes(fromRelease: 0, toRelease: 9) { totalCount }", "release 9"),
        ("changes(fromRelease: 9, toRelease: 9) { totalCount }", "release 9"),
        ('changes(fromRelease: 0, scheme: "nope") { totalCount }', "nope"),
        ('changes(fromRelease: 0, under: "atlas:nope") { totalCount }', "under: "),
        ("releaseDiff(from: 0, to: 9) { created }", "release 9"),
    ],
)
def test_what_does_not_exist_is_not_found_and_named(api: Api, field: str, named: str) -> None:
    code, message = api.refuse(f"{{ {field} }}")
    assert code == "NOT_FOUND"
    assert named in message


def test_nothing_is_published_yet(sqlite_store: Store) -> None:
    empty = Api.over(sqlite_store)
    assert empty.refuse('{ concept(id: "x") { id } }')[0] == "NOT_FOUND"
    assert empty.refuse("{ release { number } }")[0] == "NOT_FOUND"
    assert empty.ask("{ releases { totalCount edges { cursor } } }") == {"releases": {"totalCount": 0, "edges": []}}
