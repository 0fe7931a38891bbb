"""Release notes: net over random histories, every word in both languages, and Markdown that nothing breaks."""

import dataclasses
import html
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from graphs import concept
from histories import History, histories, populated, put, removal
from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    ConceptStatus,
    Course,
    Entity,
    EntityType,
    Label,
    LabelType,
    Necessity,
    Needs,
    PublishFaultsError,
    Replacement,
    ReplacementKind,
    Scheme,
    Store,
    TaughtSkill,
    describe_change,
    dump_lines,
    find_net_changes,
    open_store,
    publish,
    write_notes,
)
from skillatlas.taxonomy.release_notes.markdown import escape


def release(store: Store, entities: Iterable[Entity], gone: Iterable[Entity] = (), note: str | None = None) -> int:
    with store.writer() as writer:
        writer.edit([*map(put, entities), *map(removal, gone)])
    published = publish(store, note=note).release
    assert published is not None
    return published.number


def deprecated(one: Concept, kind: ReplacementKind, *after: str, reason: str | None = None) -> Concept:
    return dataclasses.replace(one, status=ConceptStatus.DEPRECATED, replacement=Replacement(kind, after, reason))


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """Three releases: 2 has one of everything, 3 takes a part of it back."""
    group, other = concept("atlas:g", ConceptKind.SKILL_GROUP, "tools"), concept("atlas:h", ConceptKind.SKILL_GROUP)
    skills = [concept(f"atlas:{name}") for name in "abcdefg" if name != "g"]
    broader = [Broader(from_id=one.id, to_id="atlas:g") for one in skills]
    need = Needs(from_id="atlas:r", to_id="atlas:a", necessity=Necessity.ESSENTIAL, level=2)
    role = concept("atlas:r", ConceptKind.ROLE, "analyst")
    course = Course(id="moocs:1", catalogue="moocs", title="Course", hours=2.0, teaches=(TaughtSkill("atlas:a"),))
    scheme = Scheme("atlas", "https://example.org/", "Atlas", "1")
    release(sqlite_store, [scheme, group, other, *skills, role, *broader, need, course], note="first")
    a, b, c, d, e, _f = skills
    two = (Label(LabelType.PREFERRED, "en", "new | <b>name</b>"), Label(LabelType.PREFERRED, "zh", "新名"))
    release(
        sqlite_store,
        [
            dataclasses.replace(scheme, version="2"),
            concept("atlas:new", label="# not a heading\n- nor a list"),
            Broader(from_id="atlas:new", to_id="atlas:g"),
            dataclasses.replace(a, labels=(*two, Label(LabelType.ALTERNATIVE, "en", "old name"))),
            Broader(from_id="atlas:b", to_id="atlas:h"),
            dataclasses.replace(b, definitions={"en": "text"}),
            deprecated(c, ReplacementKind.MERGED, "atlas:d", reason="the same"),
            deprecated(d, ReplacementKind.SPLIT, "atlas:a", "atlas:b"),
            deprecated(e, ReplacementKind.RETIRED),
            dataclasses.replace(need, level=3),
            Needs(from_id="atlas:r", to_id="atlas:b", necessity=Necessity.OPTIONAL),
            dataclasses.replace(course, hours=3.0, teaches=(TaughtSkill("atlas:b"),)),
            Course(id="moocs:2", catalogue="moocs", title="Another", hours=1.0),
        ],
        [Broader(from_id="atlas:b", to_id="atlas:g"), *(Broader(from_id=f"atlas:{x}", to_id="atlas:g") for x in "cde")],
        note="second | release",
    )
    release(sqlite_store, [dataclasses.replace(a, labels=(*two,)), e], note="third")
    return sqlite_store


def test_a_page_tells_everything_once(store: Store) -> None:
    page = write_notes(store, find_net_changes(store, 1, 2))
    for line in (
        "# Changes from release 1 to 2",
        r"second \| release",
        "| atlas | concepts | 1 | 2 | 3 | 0 | 0 |",
        "| atlas | relations | 3 | 1 | 0 | 0 | 4 |",
        "| moocs | courses | 1 | 1 | 0 | 0 | 0 |",
        "- Atlas `atlas`: version: 1 → 2",
        r"- \# not a heading - nor a list `atlas:new`: skill; under tools",
        r"- `atlas:a` label (en): atlas:a → new \| \<b\>name\</b\>; label (zh): none → 新名",
        "- atlas:b `atlas:b`: from tools to atlas:h",
        r"- atlas:c `atlas:c`: merged into atlas:d; reason: the same; now new \| \<b\>name\</b\>, atlas:b",
        r"- atlas:d `atlas:d`: split into new \| \<b\>name\</b\>, atlas:b",
        "- atlas:e `atlas:e`: retired",
        r"- new \| \<b\>name\</b\> `atlas:a`: other labels (en) added: old name",
        "- atlas:b `atlas:b`: definition (en) changed",
        "- analyst → atlas:b (optional)",
        r"- analyst → new \| \<b\>name\</b\>: level: 2 → 3",
        "- Another `moocs:2`",
        r"- Course `moocs:1`: hours: 2 → 3; skills taught added: atlas:b; skills taught removed: new \| \<b\>name",
    ):
        assert line in page, line
    for heading in ("New concepts (1)", "Renamed concepts (1)", "Moved concepts (1)", "Deprecated concepts (3)"):
        assert f"\n## {heading}\n" in page
    assert "Restored" not in page


def test_a_page_is_net_and_of_one_scheme(store: Store) -> None:
    both = write_notes(store, find_net_changes(store, 1, 3))
    assert "Deprecated concepts (2)" in both
    assert "atlas:e`: retired" not in both, "it was restored"
    assert "old name" not in both
    restored = write_notes(store, find_net_changes(store, 2, 3))
    assert "## Restored concepts (1)" in restored
    assert "other labels (en) removed: old name" in restored
    courses = write_notes(store, find_net_changes(store, 1, 2, scheme="moocs"))
    assert "Changes of moocs" in courses
    assert "concepts" not in courses
    assert "Nothing changed." in write_notes(store, find_net_changes(store, 2, 2))
    whole = write_notes(store, find_net_changes(store, 0, 1))
    assert "## New concepts (9)" in whole
    assert "Moved" not in whole


def test_long_lists_are_cut_and_say_so(store: Store) -> None:
    net = find_net_changes(store, 0, 3)
    cut = write_notes(store, net, most=2)
    assert "- … and 8 more" in cut
    assert "… and" not in write_notes(store, net, most=None)
    assert "… and" not in write_notes(store, net, most=10)
    assert "- … and 10 more" in write_notes(store, net, most=0)


def test_the_chinese_page_has_no_english_words_of_ours(store: Store) -> None:
    page = write_notes(store, find_net_changes(store, 1, 3), lang="zh-CN")
    assert "# 版本 1 至 3 的变更" in page
    assert "- `atlas:a` 名称（en）：atlas:a → new" in page
    assert "并入" in page
    assert "拆分为 新名、atlas:b" in page
    for word in ("concept", "created", "relation", "label", "level", "skill", "hours", "reason"):
        assert word not in page, word


def test_every_change_of_a_history_has_words(store: Store) -> None:
    said = {change.entity_id: describe_change(store, change) for change in store.changes(1, 2)}
    assert said["atlas:c"] == ["deprecated", "merged into atlas:d; reason: the same"]
    assert said["NEEDS|atlas:r|atlas:a"] == ["needs: analyst → new | <b>name</b>", "level: 2 → 3"]
    assert said["BROADER|atlas:b|atlas:g"] == ["removed", "broader: atlas:b → tools"]
    assert said["atlas:new"] == ["created"]
    assert describe_change(store, store.history(EntityType.SCHEME, "atlas")[-1], lang="zh") == ["版本号：1 → 2"]


@settings(max_examples=15, deadline=None)
@given(histories(populated()))
def test_net_changes_lead_from_one_dump_to_another(history: History) -> None:
    with TemporaryDirectory() as name:
        store = open_store(f"sqlite:///{Path(name) / 'store.db'}")
        try:
            for batch in history:
                with store.writer() as writer:
                    writer.edit(batch)
                try:
                    publish(store)
                except PublishFaultsError:
                    with store.writer() as writer:
                        writer.discard_edits()
            head = store.head()
            assert head is not None
            for start in range(head.number + 1):
                old, new = ({row.order: row for row in store.records(number)} if number else {}
                            for number in (start, head.number))  # fmt: skip
                net = find_net_changes(store, start, head.number)
                keys = [(["SCHEME", "CONCEPT", "EDGE", "COURSE"].index(one.entity_type), one.entity_id)
                        for one in net.changes]  # fmt: skip
                assert keys == sorted(set(keys))
                assert set(keys) == {key for key in old.keys() | new.keys()
                                     if (old[key].body if key in old else None)
                                     != (new[key].body if key in new else None)}  # fmt: skip
                assert sum(row.count for row in net.counts()) == len(net.changes) == sum(net.totals().values())
                for lang in ("en", "zh"):
                    page = write_notes(store, net, lang=lang, most=None)
                    assert page == write_notes(store, net, lang=lang, most=None)
                    assert_harmless(page)
                for change in store.changes(start, head.number):
                    assert describe_change(store, change)
            assert b"".join(dump_lines(store, head.number))
        finally:
            store.close()


def assert_harmless(page: str) -> None:
    """No HTML, no links, no nested lists: only headings, one list level and the table."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(page)
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
    kinds |= {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"heading", "inline", "bullet_list", "list_item", "paragraph", "text", "code_inline",
                     "table", "thead", "tbody", "tr", "th", "td", "text_special"}, kinds  # fmt: skip
    assert max(token.level for token in tokens) <= 4


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab#*_`[]()<>|~&;!\\\"'-+=1.) \n\t\u2028\x00:$") | st.characters()))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    rendered = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(f"x {escape(text)}")
    shown = html.unescape(rendered.removeprefix("<p>").removesuffix("</p>\n"))
    assert "<" not in rendered.removeprefix("<p>").removesuffix("</p>\n")
    visible = "".join(" " if ord(sign) < 32 or sign in "\x7f\u2028\u2029" or 127 < ord(sign) < 160 else sign
                      for sign in text)  # fmt: skip
    assert shown.split() == f"x {visible}".split()
