"""The diff of an upgrade as a page of Markdown: all of it, suspicious things first."""

from collections.abc import Iterable, Iterator

from skillatlas.taxonomy import preferred_label

from .diff import UpgradeDiff


def diff_markdown(key: str, diff: UpgradeDiff) -> Iterator[str]:
    """The lines of the page, each with its end."""
    versions = f" {diff.version_before or '?'} → {diff.version_after or '?'}" if diff.version_after else ""
    yield f"# {key}{versions}\n"
    for title, rows in _sections(diff):
        lines = list(rows)
        if lines:
            yield f"\n## {title} ({len(lines):,})\n\n"
            yield from (f"- {line}\n" for line in lines)


def _sections(diff: UpgradeDiff) -> Iterator[tuple[str, Iterable[str]]]:
    yield "Suspicious", (f"**{item.rule}**: {_plain(item.text)}" for item in diff.suspicious)
    yield (
        "Conflicts with local edits",
        (f"`{item.entity_id}` **{item.rule}**: {_plain(item.text)}" for item in diff.conflicts),
    )
    yield "Mappings that turn stale", (f"`{name}`" for name in diff.turning_stale)
    yield "Created", (f"`{item.id}` {_plain(item.label)}" for item in diff.created)
    yield (
        "Relabelled",
        (
            f"`{item.id}` ({item.lang}): {_plain(item.before or 'none')} → {_plain(item.after or 'none')}"
            for item in diff.relabelled
        ),
    )
    yield (
        "Moved",
        (f"`{item.id}` {_plain(item.label)}: from {_ids(item.left)} to {_ids(item.came)}" for item in diff.moved),
    )
    yield (
        "Deprecated",
        (
            f"`{item.id}` {_plain(item.label)}: {'followed by ' if item.followers else ''}"
            f"{_ids(item.followers, 'nothing follows')} ({_plain(item.reason or 'no reason stated')})"
            for item in diff.deprecated
        ),
    )
    yield (
        "What may follow, to be decided",
        (
            f"`{item.concept.id}`: "
            + (
                "; ".join(
                    f"`{one.concept.id}` {_plain(preferred_label(one.concept))} {one.score:.2f}"
                    for one in item.candidates
                )
                or "nothing is alike"
            )
            for item in diff.suggestions
        ),
    )
    yield "Restored", (f"`{item.id}` {_plain(item.label)}" for item in diff.restored)
    yield "Otherwise changed", (f"`{item.id}` {_plain(item.label)}: {', '.join(item.fields)}" for item in diff.altered)
    for relation in diff.relations:
        yield f"{relation.type} added", (f"`{name}`" for name in relation.added)
        yield f"{relation.type} removed", (f"`{name}`" for name in relation.removed)
        yield f"{relation.type} changed", (f"`{name}`" for name in relation.changed)


def _ids(ids: Iterable[str], none: str = "no other") -> str:
    return ", ".join(f"`{name}`" for name in ids) or none


def _plain(text: str) -> str:
    """Foreign text in one line, in which nothing is taken for Markdown or HTML."""
    flat = " ".join(text.split())
    for mark in "\\`*_[]<>|#":
        flat = flat.replace(mark, f"\\{mark}")
    return flat
