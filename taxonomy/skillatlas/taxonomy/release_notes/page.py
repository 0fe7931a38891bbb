"""Release notes as a page of Markdown."""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from ..entities import TYPE_RANK
from ..model import EdgeType, EntityType
from ..store.port import ChangeOperation, Store
from .items import ConceptItems, course_item, edge_item, edge_type_of, scheme_item
from .markdown import bullets, escape, table
from .names import Names
from .net import NetChange, NetChanges
from .words import Words

_OPERATIONS = tuple(ChangeOperation)


def write_notes(store: Store, net: NetChanges, *, lang: str = "en", most: int | None = 50) -> str:
    """The net changes between two releases as Markdown, ended by a newline; what labels hold is escaped.

    `lang`: of labels, and of the words (English or Chinese). `most`: how many items each list shows, None for all.
    """
    words = Words(lang)
    names = Names(store, (net.end, net.start), lang)
    title = "title" if net.scheme is None else "title.scheme"
    blocks = [f"# {escape(words.say(title, start=net.start, end=net.end, scheme=net.scheme))}"]
    blocks += _releases(store, net, words)
    if not net.changes:
        blocks.append(escape(words.say("nothing")))
    else:
        blocks.append(f"## {words.say('summary')}")
        blocks.append("\n".join(_summary(net, words)))
        blocks += _sections(net, names, words, most)
    return "\n\n".join(blocks) + "\n"


def _releases(store: Store, net: NetChanges, words: Words) -> list[str]:
    """The releases in between, with their dates and notes, newest first."""
    lines = []
    for release in store.releases():
        if net.start < release.number <= net.end:
            said = escape(words.say("release", number=release.number, date=release.published_at[:10]))
            lines.append(f"- {said}: {escape(release.note)}" if release.note else f"- {said}")
    return ["\n".join(lines)] if lines else []


def _summary(net: NetChanges, words: Words) -> list[str]:
    rows: dict[tuple[str, int], dict[ChangeOperation, int]] = {}
    for count in net.counts():
        rows.setdefault((count.scheme, TYPE_RANK[count.entity_type]), {})[count.operation] = count.count
    kinds = list(EntityType)
    return table(
        [words.say("scheme"), words.say("what"), *(words.say(operation) for operation in _OPERATIONS)],
        (
            [scheme, words.say(kinds[rank]), *(counts.get(operation, 0) for operation in _OPERATIONS)]
            for (scheme, rank), counts in sorted(rows.items())
        ),
    )


def _sections(net: NetChanges, names: Names, words: Words, most: int | None) -> list[str]:
    by_type: dict[EntityType, list[NetChange]] = {kind: [] for kind in EntityType}
    for change in net.changes:
        by_type[change.entity_type].append(change)
    edges = by_type[EntityType.EDGE]
    concepts = ConceptItems(by_type[EntityType.CONCEPT], edges, names, words)
    blocks: list[str] = []

    def section(heading: str, rows: list[Any], item: Callable[[Any], str], level: str = "##", **values: str) -> None:
        if rows:
            blocks.append(f"{level} {escape(words.say(heading, count=len(rows), **values))}")
            more = escape(words.say("more", count=len(rows) - (most or 0)))
            blocks.append("\n".join(bullets(map(item, islice(rows, most)), len(rows), more, most=most)))

    section("schemes.changed", by_type[EntityType.SCHEME], lambda change: scheme_item(change, words))
    section("concepts.created", concepts.created, concepts.create_item)
    section("concepts.relabelled", concepts.relabelled, concepts.relabel_item)
    section("concepts.moved", concepts.moved, concepts.move_item)
    section("concepts.deprecated", concepts.deprecated, concepts.deprecate_item)
    section("concepts.restored", concepts.restored, concepts.restore_item)
    section("concepts.updated", concepts.updated, concepts.update_item)
    for heading, operation in _EDGE_SECTIONS:
        chosen = _only(edges, operation)
        if not chosen:
            continue
        blocks.append(f"## {escape(words.say(heading, count=len(chosen)))}")
        counts = Counter(map(edge_type_of, chosen))
        for kind in EdgeType:
            if counts[kind]:
                rows = [change for change in chosen if edge_type_of(change) is kind]
                kind_name = words.say(kind)
                section("edges.type", rows, lambda change: edge_item(change, names, words), "###", type=kind_name)
    for heading, operation in _COURSE_SECTIONS:
        section(
            heading,
            _only(by_type[EntityType.COURSE], operation),
            lambda change: course_item(change, names, words),
        )
    return blocks


_EDGE_SECTIONS = (
    ("edges.created", ChangeOperation.CREATE),
    ("edges.removed", ChangeOperation.REMOVE),
    ("edges.updated", ChangeOperation.UPDATE),
)
_COURSE_SECTIONS = (
    ("courses.created", ChangeOperation.CREATE),
    ("courses.updated", ChangeOperation.UPDATE),
    ("courses.removed", ChangeOperation.REMOVE),
)


def _only(changes: Iterable[NetChange], operation: ChangeOperation) -> list[NetChange]:
    return [change for change in changes if change.operation is operation]
