"""The graph of one release; networkx is the oracle for what is reached along the edges."""

import dataclasses
import math
from collections.abc import Sequence
from random import Random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs import concept, graph_of
from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    ConceptStatus,
    Course,
    Eases,
    Graph,
    Label,
    LabelType,
    MappingPredicate,
    MapsTo,
    Necessity,
    Needs,
    Related,
    Requires,
    Scheme,
    TaughtSkill,
)

NODES = [f"atlas:n{number}" for number in range(9)]
pairs = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=25, unique=True)


def deprecated(item: Concept) -> Concept:
    return dataclasses.replace(item, status=ConceptStatus.DEPRECATED)


def ids(items: Sequence[Concept | Course]) -> list[str]:
    return [item.id for item in items]


@settings(deadline=None)
@given(pairs)
def test_under_is_what_networkx_reaches(links: list[tuple[str, str]]) -> None:
    graph = graph_of([*map(concept, NODES), *(Broader(from_id=low, to_id=high) for low, high in links)])
    oracle: nx.DiGraph[str] = nx.DiGraph()
    oracle.add_nodes_from(NODES)
    oracle.add_edges_from((high, low) for low, high in links)
    for node in NODES:
        assert graph.under(node) == nx.descendants(oracle, node) | {node}
        assert graph.under(node) is graph.under(node), "asked again, it is not walked again"
        assert ids(graph.narrower(node)) == sorted(oracle.successors(node))
        assert ids(graph.broader(node)) == sorted(oracle.predecessors(node))
        assert graph.count_under(node, ConceptKind.SKILL) == len(graph.under(node)) - 1
        assert graph.count_under(node, ConceptKind.ROLE) == 0
    assert ids(graph.top_concepts("atlas")) == sorted(node for node, degree in oracle.in_degree() if degree == 0)


@settings(deadline=None)
@given(st.permutations(NODES), st.data())
def test_ancestors_are_the_path_of_primary_parents(order: list[str], data: st.DataObject) -> None:
    """A random tree, with random further parents that are not primary."""
    parents = {node: data.draw(st.sampled_from(order[:at])) for at, node in enumerate(order) if at}
    extra = data.draw(pairs)
    links = [Broader(from_id=low, to_id=high) for low, high in parents.items()]
    links += [
        Broader(from_id=low, to_id=high, primary=False)
        for low, high in extra
        if parents.get(low) not in (None, high) and low != high
    ]
    graph = graph_of([*map(concept, NODES), *links])
    tree: nx.DiGraph[str] = nx.DiGraph((high, low) for low, high in parents.items())
    for node in NODES:
        assert ids(graph.ancestors(node)) == nx.shortest_path(tree, order[0], node)[:-1]
        parent = graph.primary_parent(node)
        assert (parent and parent.id) == parents.get(node)


def test_ancestors_end_at_a_repetition() -> None:
    ring = [Broader(from_id=NODES[at], to_id=NODES[(at + 1) % 3]) for at in range(3)]
    graph = graph_of([*map(concept, NODES[:3]), *ring])
    assert ids(graph.ancestors(NODES[0])) == [NODES[2], NODES[1]]
    assert graph.under(NODES[0]) == set(NODES[:3])


def test_without_a_primary_parent_the_smallest_is_the_parent() -> None:
    links = [Broader(from_id=NODES[0], to_id=NODES[at], primary=False) for at in (3, 1, 2)]
    parent = graph_of([*map(concept, NODES), *links]).primary_parent(NODES[0])
    assert parent is not None
    assert parent.id == NODES[1]


@given(pairs, st.randoms(use_true_random=False))
def test_the_order_of_edges_is_that_of_the_rules_not_of_their_coming(
    links: list[tuple[str, str]], random: Random
) -> None:
    importances = [None, 0.0, 50.0, 50.0, 99.5]
    needs = [
        Needs(from_id=start, to_id=end, necessity=Necessity.OPTIONAL, importance=importances[at % 5])
        for at, (start, end) in enumerate(links)
    ]
    requires = [Requires(from_id=start, any_of=(end,)) for start, end in links]
    eases = [Eases(from_id=start, to_id=end, transfer=0.5) for start, end in links]
    shuffled: list[Needs | Requires | Eases] = [*needs, *requires, *eases]
    random.shuffle(shuffled)
    graph = graph_of([*map(concept, NODES), *shuffled])

    def rule(edge: Needs, other: str) -> tuple[bool, float, str]:
        return edge.importance is None, -(edge.importance or 0.0), other

    for node in NODES:
        own = [edge for edge in needs if edge.from_id == node]
        assert list(graph.needs(node)) == sorted(own, key=lambda edge: rule(edge, edge.to_id))
        theirs = [edge for edge in needs if edge.to_id == node]
        assert list(graph.needed_by(node)) == sorted(theirs, key=lambda edge: rule(edge, edge.from_id))
        assert [edge.any_of[0] for edge in graph.edges.requires.get(node, ())] == sorted(
            end for start, end in links if start == node
        )
        assert [edge.to_id for edge in graph.edges.eases.get(node, ())] == sorted(
            end for start, end in links if start == node
        )
        assert [edge.from_id for edge in graph.edges.eased_by.get(node, ())] == sorted(
            start for start, end in links if end == node
        )
    assert graph.edges.count == len(shuffled)


def test_related_is_symmetric() -> None:
    graph = graph_of([*map(concept, NODES), Related(from_id=NODES[0], to_id=NODES[1])])
    assert graph.edges.related == {NODES[0]: (NODES[1],), NODES[1]: (NODES[0],)}


def test_concepts_are_found_by_id_and_by_iri() -> None:
    graph = graph_of([concept("atlas:a")])
    found = graph.find("atlas:a")
    assert found is not None
    assert graph.find(found.uri) is found
    assert graph.find("atlas:b") is None
    assert graph.find("") is None


def test_what_does_not_exist_is_answered_with_nothing() -> None:
    graph = graph_of([])
    assert graph.under("atlas:x") == {"atlas:x"}
    for ask in (graph.needs, graph.needed_by, graph.broader, graph.narrower, graph.ancestors, graph.mappings):
        assert ask("atlas:x") == ()
    assert graph.primary_parent("atlas:x") is None
    assert graph.find_course("moocs:1") is None
    assert graph.taught_by("atlas:x") == ()


def test_deprecated_concepts_are_narrower_but_counted_and_listed_nowhere() -> None:
    old = deprecated(concept("atlas:old"))
    graph = graph_of([concept("atlas:top"), old, Broader(from_id="atlas:old", to_id="atlas:top")])
    assert ids(graph.narrower("atlas:top")) == ["atlas:old"]
    assert graph.count_under("atlas:top", ConceptKind.SKILL) == 0
    assert ids(graph.of_kind(ConceptKind.SKILL)) == ["atlas:top"]
    assert ids(graph_of([old]).top_concepts("atlas")) == []


def test_kinds_and_schemes_narrow_the_lists() -> None:
    graph = graph_of(
        [
            concept("esco:b", ConceptKind.ROLE),
            concept("atlas:a", ConceptKind.ROLE),
            concept("atlas:c"),
            Broader(from_id="atlas:c", to_id="atlas:a"),
        ]
    )
    assert ids(graph.of_kind(ConceptKind.ROLE)) == ["atlas:a", "esco:b"]
    assert ids(graph.of_kind(ConceptKind.ROLE, scheme="esco")) == ["esco:b"]
    assert graph.of_kind(ConceptKind.AREA) == ()
    assert ids(graph.top_concepts("atlas", [ConceptKind.SKILL])) == []
    assert ids(graph.narrower("atlas:a", [ConceptKind.ROLE])) == []
    assert ids(graph.narrower("atlas:a", [ConceptKind.SKILL])) == ["atlas:c"]


def test_labels_and_definitions_follow_the_language() -> None:
    labels = (
        Label(LabelType.ALTERNATIVE, "en", "ml"),
        Label(LabelType.PREFERRED, "de", "Lernen"),
        Label(LabelType.PREFERRED, "zh", "机器学习"),
    )
    item = dataclasses.replace(concept("atlas:ml"), labels=labels, definitions={"en": "E", "zh": "Z"})
    graph = graph_of([item])
    assert graph.label(item, "zh-CN") == "机器学习"
    assert graph.label(item, "en") == "Lernen", "no English preferred label: the smallest tag"
    assert graph.labels(item) == labels
    assert graph.labels(item, ["zh-Hans"]) == labels[2:]
    assert graph.labels(item, ["fr"]) == ()
    assert (graph.definition(item, "zh-CN"), graph.definition(item, "fr")) == ("Z", "E")
    bare = dataclasses.replace(item, labels=(), definitions={})
    assert (graph.label(bare), graph.definition(bare)) == ("atlas:ml", None)
    hidden = dataclasses.replace(item, labels=labels[:1])
    assert graph.label(hidden) == "ml"


def test_mappings_lead_to_concepts_that_are_there() -> None:
    def mapping(target: str, iri: str, predicate: MappingPredicate) -> MapsTo:
        return MapsTo(from_id="atlas:a", to_id=target, predicate=predicate, iri=iri)

    there = concept("esco:x")
    by_id = mapping("esco:x", "https://elsewhere.example.org/x", MappingPredicate.EXACT)
    by_iri = mapping(there.uri, there.uri, MappingPredicate.CLOSE)
    nowhere = mapping("https://example.org/none", "https://example.org/none", MappingPredicate.BROAD)
    graph = graph_of([concept("atlas:a"), there, by_id, by_iri, nowhere])
    assert graph.mappings("atlas:a") == (nowhere, by_iri, by_id), "by edge id"
    assert [graph.mapping_target(edge) for edge in graph.mappings("atlas:a")] == [None, there, there]


def test_courses_are_found_from_what_they_teach() -> None:
    twice = Course("moocs:2", "moocs", "t", 1.0, teaches=(TaughtSkill("atlas:a"), TaughtSkill("atlas:a", 3)))
    once = Course("moocs:1", "moocs", "t", 1.0, teaches=(TaughtSkill("atlas:a"),))
    graph = graph_of([Scheme("atlas", "https://example.org/", "t"), concept("atlas:a"), twice, once])
    assert graph.taught_by("atlas:a") == (once, twice)
    assert graph.find_course("moocs:1") is once
    assert graph.catalogues == {"moocs"}


def role_needs(graph_roles: Sequence[Concept], skill: str) -> Graph:
    needs = [Needs(from_id=role.id, to_id=skill, necessity=Necessity.ESSENTIAL) for role in graph_roles[:2]]
    return graph_of([concept(skill), *graph_roles, *needs])


@pytest.mark.parametrize(("active", "needing"), [(5, 2), (2, 2)])
def test_idf_counts_the_active_roles_of_the_scheme(active: int, needing: int) -> None:
    roles = [concept(f"atlas:role.{at}", ConceptKind.ROLE) for at in range(active)]
    others = [concept("esco:r", ConceptKind.ROLE), deprecated(concept("atlas:role.old", ConceptKind.ROLE))]
    graph = role_needs([*roles, *others], "atlas:s")
    assert graph.idf("atlas:s") == pytest.approx(1 + math.log((1 + active) / (1 + needing)), abs=1e-12)
    assert graph.idf("atlas:unknown") == 1.0


def test_idf_does_not_count_roles_that_are_gone_or_of_another_scheme() -> None:
    roles = [deprecated(concept("atlas:role.old", ConceptKind.ROLE)), concept("esco:r", ConceptKind.ROLE)]
    graph = role_needs([*roles, concept("atlas:role.1", ConceptKind.ROLE)], "atlas:s")
    assert graph.idf("atlas:s") == pytest.approx(1 + math.log(2), abs=1e-12)
