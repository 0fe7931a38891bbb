"""Rules of own content that go beyond one concept: ids, the ladder of kinds, ends of edges, cycles, replacements."""

import re
from collections.abc import Iterable, Mapping

from skillatlas.taxonomy import (
    ATLAS_NAMESPACE,
    Broader,
    Concept,
    ConceptKind,
    Eases,
    Edge,
    MapsTo,
    Needs,
    PrerequisiteKind,
    Requires,
    edge_type,
)

from .content import Content

_LOCALS: Mapping[ConceptKind, re.Pattern[str]] = {
    ConceptKind.AREA: re.compile(r"area\.[a-z0-9-]+"),
    ConceptKind.DOMAIN: re.compile(r"domain\.[a-z0-9-]+"),
    ConceptKind.SKILL_GROUP: re.compile(r"group\.[a-z0-9-]+"),
    ConceptKind.SKILL: re.compile(r"[a-z0-9-]+"),
    ConceptKind.ROLE_GROUP: re.compile(r"roles\.[a-z0-9-]+"),
    ConceptKind.ROLE: re.compile(r"role\.[a-z0-9-]+"),
}
_PARENTS: Mapping[ConceptKind, frozenset[ConceptKind]] = {
    ConceptKind.AREA: frozenset(),
    ConceptKind.DOMAIN: frozenset({ConceptKind.AREA}),
    ConceptKind.SKILL_GROUP: frozenset({ConceptKind.DOMAIN}),
    ConceptKind.SKILL: frozenset({ConceptKind.SKILL_GROUP}),
    ConceptKind.ROLE_GROUP: frozenset({ConceptKind.ROLE_GROUP, ConceptKind.DOMAIN}),
    ConceptKind.ROLE: frozenset({ConceptKind.ROLE_GROUP, ConceptKind.DOMAIN}),
}


def check_ids(content: Content) -> None:
    """Own ids are `[a-z0-9-]+` for skills, and carry their kind in front for all others."""
    own = content.scheme.namespace == ATLAS_NAMESPACE
    for concept in content.concepts.values():
        if not concept.uri.startswith(content.scheme.namespace):
            content.fault(concept.id, "id", f"lies outside the namespace {content.scheme.namespace}")
        elif own and not _LOCALS[concept.kind].fullmatch(concept.id.partition(":")[2]):
            form = _LOCALS[concept.kind].pattern.replace("\\", "")
            content.fault(concept.id, "id", f"the local name of a {concept.kind} has the form {form}")


def check_edges(content: Content, *, partial: bool) -> None:
    """Ends exist, are of the kind that the edge wants, and are not deprecated.

    `partial`: what is missing may be in the store; the import looks there.
    """
    for edge in content.edges:
        if isinstance(edge, MapsTo):
            continue
        start = content.concepts.get(edge.from_id)
        for end_id in edge.any_of if isinstance(edge, Requires) else (edge.to_id,):
            end = content.concepts.get(end_id)
            name = edge_type(edge)
            if end_id == edge.from_id:
                content.fault(edge.from_id, "self", f"{name} names the concept itself")
            elif end is None:
                if not partial or not end_id.startswith(f"{content.scheme.key}:"):
                    content.fault(edge.from_id, "dangling", f"{name} names {end_id}, which does not exist")
            elif start is None:
                # RELATED begins at the smaller id, which may be the one that does not exist.
                if not partial:
                    content.fault(end_id, "dangling", f"{name} names {edge.from_id}, which does not exist")
            else:
                _check_end(content, edge, start, end)


def _check_end(content: Content, edge: Edge, start: Concept, end: Concept) -> None:
    name = edge_type(edge)
    # Of an edge that the store has, only the end may stand in these files.
    blamed = start.id if start.id in content.places else end.id
    if start.active and not end.active:
        instead = ", ".join(end.replacement.concepts) if end.replacement else ""
        content.fault(blamed, "deprecated-end", f"{name} names {end.id}, which is deprecated ({instead or 'retired'})")
    elif isinstance(edge, Broader):
        if start.active and end.kind not in _PARENTS[start.kind]:
            allowed = " or ".join(sorted(_PARENTS[start.kind])) or "nothing"
            content.fault(blamed, "ladder", f"a {start.kind} lies below {allowed}; {end.id} is a {end.kind}")
    elif isinstance(edge, Needs | Requires | Eases) and end.kind is not ConceptKind.SKILL:
        content.fault(blamed, "not-a-skill", f"{name} ends at skills; {end.id} is a {end.kind}")


def check_tree(content: Content) -> None:
    """Everything but an area lies below something; of several parents one is primary."""
    parents: dict[str, list[str]] = {}
    for edge in content.edges:
        if isinstance(edge, Broader):
            parents.setdefault(edge.from_id, []).append(edge.to_id)
    for concept in content.concepts.values():
        above, primary = sorted(parents.get(concept.id, ())), content.primary.get(concept.id, ())
        if not above and concept.active and concept.kind is not ConceptKind.AREA:
            content.fault(concept.id, "orphan", "has no skos:broader")
        if len(above) > 1 and not primary:
            content.fault(concept.id, "primary", f"has the parents {', '.join(above)}: name one by sa:primaryBroader")
        for parent in primary:
            if parent not in above:
                content.fault(concept.id, "primary", f"its sa:primaryBroader {parent} is not among its skos:broader")


def check_cycles(content: Content) -> None:
    """No cycle of broader, nor of hard prerequisites over all their alternatives."""
    broader: dict[str, set[str]] = {}
    hard: dict[str, set[str]] = {}
    for edge in content.edges:
        if isinstance(edge, Broader):
            broader.setdefault(edge.from_id, set()).add(edge.to_id)
        elif isinstance(edge, Requires) and edge.kind is PrerequisiteKind.HARD:
            hard.setdefault(edge.from_id, set()).update(edge.any_of)
    for graph, name in ((broader, "skos:broader"), (hard, "hard sa:requires")):
        for members in _cycles(graph):
            path = " → ".join(_path(graph, members))
            for member in sorted(members):
                content.fault(member, "cycle", f"stands in a cycle of {name}: {path}")


def _cycles(graph: Mapping[str, set[str]]) -> Iterable[frozenset[str]]:
    """Strongly connected components of more than one member (an edge to itself is reported elsewhere)."""
    import networkx as nx

    directed = nx.DiGraph((start, end) for start in sorted(graph) for end in sorted(graph[start]))
    found = [frozenset(part) for part in nx.strongly_connected_components(directed) if len(part) > 1]
    return sorted(found, key=min)


def _path(graph: Mapping[str, set[str]], members: frozenset[str]) -> list[str]:
    """A shortest cycle through the smallest member."""
    start = min(members)
    before: dict[str, str] = {}
    waiting = [start]
    for current in waiting:
        for end in sorted(graph.get(current, set()) & members):
            if end == start:
                path = [start, current] if current != start else [start]
                while path[-1] != start:
                    path.append(before[path[-1]])
                return path[::-1] if path[-1] == start and len(path) > 1 else [start, start]
            if end not in before:
                before[end] = current
                waiting.append(end)
    return sorted(members)


def check_replacements(content: Content, *, partial: bool) -> None:
    """What replaces a deprecated concept exists in the scheme, and following it comes to an end."""
    for concept in content.concepts.values():
        for successor in concept.replacement.concepts if concept.replacement else ():
            if successor not in content.concepts:
                if not partial:
                    content.fault(concept.id, "replacement", f"is replaced by {successor}, which does not exist")
                continue
            seen, waiting = {concept.id}, [successor]
            while waiting:
                current = waiting.pop()
                if current in seen:
                    content.fault(concept.id, "replacement", f"its replacements come back to {current}")
                    break
                seen.add(current)
                following = content.concepts.get(current)
                waiting += following.replacement.concepts if following and following.replacement else ()
