"""The page of a report: what stands in it, what must never get into it, and how it is built."""

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api_graphs import concept, publish_entities, small_graph
from asking import Api
from skillatlas.graphql import ErrorCode
from skillatlas.service import reporting
from skillatlas.service.reporting import POLICY, ReportError, ReportRequest, make_report, read_request
from skillatlas.taxonomy import ConceptKind, Course, Money, Necessity, Needs, Scheme, TaughtSkill, open_store

DAY = date(2027, 1, 4)
EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
STYLE = (Path(reporting.__file__).parent / "templates" / "report.css").read_text(encoding="utf-8")
VOID = {"meta", "br", "img", "link", "input", "rect"}


class Page(HTMLParser):
    """The elements of a page with their attributes; fails where they do not close as they open."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page.decode("utf-8"))
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('report') / 'store.db'}")
    hostile: list[Any] = [
        Scheme(
            "evil", "https://example.org/evil/", f"title {EVIL}", "1", f"licence {EVIL}", f"by {EVIL}", "javascript:1"
        ),
        concept("atlas:evil-skill", ConceptKind.SKILL, f"skill {EVIL}", f"技能 {EVIL}"),
        concept("atlas:role.evil", ConceptKind.ROLE, f"role {EVIL}", definitions={"en": f"definition {EVIL}"}),
        Needs(from_id="atlas:role.evil", to_id="atlas:evil-skill", necessity=Necessity.ESSENTIAL, level=2),
        Needs(from_id="atlas:role.evil", to_id="atlas:sql", necessity=Necessity.ESSENTIAL, level=2),
        Needs(from_id="atlas:role.evil", to_id="atlas:cpp", necessity=Necessity.ESSENTIAL),
        Course(
            id="demo:evil",
            catalogue="demo",
            title=f"course {EVIL}",
            hours=10.0,
            provider=f"provider {EVIL}",
            url="javascript:alert(1)",
            price=Money(9.5, "EUR"),
            teaches=(TaughtSkill("atlas:evil-skill", 2),),
        ),
    ]
    publish_entities(store, [*small_graph(), *hostile])
    yield Api.over(store)
    store.close()


def report(api: Api, role: str = "atlas:role.data-analyst", **fields: Any) -> bytes:
    profile = fields.pop("profile", {"skills": [{"skillId": "atlas:python", "level": 2}], "text": "I know SQL well."})
    settings = {"plan": {"startDate": "2027-01-04"}, "label": "A. Person", **fields}
    return make_report(api.context, ReportRequest(profile=profile, target={"roleId": role}, day=DAY, **settings))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_has_all_its_parts_and_fetches_nothing(api: Api, lang: str) -> None:
    page = Page(report(api, lang=lang))
    assert page.all("html") == [{"lang": {"en": "en", "zh": "zh-Hans"}[lang]}]
    parts = {attributes["id"] for attributes in page.all("h2")}
    assert parts == {"glance", "skills", "first", "chain", "ask", "plan", "near", "sources", "parameters"}
    named = {attributes["aria-labelledby"] for attributes in page.all("section")}
    assert named == parts
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(attributes.get("scope") for attributes in page.all("th"))
    assert not [tag for tag, _ in page.elements if tag in {"script", "img", "link", "iframe", "object", "form"}]
    for tag, attributes in page.elements:
        assert not {"src", "style", "srcset", "background"} & attributes.keys(), tag
        assert not [name for name in attributes if name.startswith("on")], tag
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    policy = [attributes["content"] for attributes in page.all("meta") if "http-equiv" in attributes]
    assert policy == [POLICY]


def test_the_figures_are_those_of_the_api(api: Api) -> None:
    profile = {"skills": [{"skillId": "atlas:python", "level": 2}], "text": "I know SQL well."}
    target = {"roleId": "atlas:role.data-analyst"}
    answer = api.ask(
        """query ($gap: SkillGapInput!, $plan: LearningPathsInput!, $near: RoleTransitionsInput!) {
          release { number contentHash }
          schemes { title version licence attribution contentHash }
          skillGap(input: $gap) {
            id explanation skills { skill { label } evidence { source text } } questions { text }
            parameters { name meaning }
          }
          learningPaths(input: $plan) { id plans { hours steps { course { title url } why } } parameters { meaning } }
          roleTransitions(input: $near) { id transitions { role { label } explanation } }
        }""",
        gap={"profile": profile, "target": target},
        plan={"profile": profile, "target": target, "startDate": "2027-01-04"},
        near={"profile": profile, "first": 5},
    )
    page = Page(report(api))
    gap, paths, near = answer["skillGap"], answer["learningPaths"], answer["roleTransitions"]
    steps = [step for plan in paths["plans"][:1] for step in plan["steps"]]
    wanted = [
        *gap["explanation"],
        *(question["text"] for question in gap["questions"]),
        *(entry["skill"]["label"] for entry in gap["skills"]),
        *(item["text"] for entry in gap["skills"] for item in entry["evidence"] if item["source"] == "text"),
        *(row["meaning"] for row in (*gap["parameters"], *paths["parameters"])),
        *(step["why"] for step in steps),
        *(step["course"]["title"] for step in steps),
        *(line for row in near["transitions"] for line in row["explanation"]),
        *(answer[field]["id"] for field in ("skillGap", "learningPaths", "roleTransitions")),
        answer["release"]["contentHash"],
        *(str(scheme[key]) for scheme in answer["schemes"] for key in ("title", "contentHash")),
        "A. Person",
        "4 January 2027",
    ]
    assert steps
    assert near["transitions"]
    for text in wanted:
        assert re.sub(r"\s+", " ", text) in page.text, text
    linked = {attributes["href"] for attributes in page.all("a")}
    assert "https://example.org/sql" in linked


def test_hostile_text_stays_text(api: Api) -> None:
    page = report(api, "atlas:role.evil", label=EVIL, profile={"text": f"SQL {EVIL}"})
    shown = Page(page)
    assert b"<script" not in page
    assert b"<img" not in page
    assert shown.text.count("alert(1)</script>") >= 8
    assert {str(attributes["href"]).partition(":")[0] for attributes in shown.all("a")} <= {"http", "https"}
    assert "no course teaches it" in shown.text


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1&c=%20", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https:///path", False),
        ("https://[bad", False),
        ("java\nscript:1", False),
        (" https://example.org", False),
        ("https://exa\u202emple.org", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, linked: bool) -> None:
    from skillatlas.service.reporting.page import link

    assert link(url) == (url if linked else None)


@given(st.text())
def test_no_text_becomes_another_kind_of_link(url: str) -> None:
    from skillatlas.service.reporting.page import link

    assert link(url) is None or url.lower().startswith(("http://", "https://"))


@given(st.floats(min_value=0, max_value=1e12, allow_nan=False), st.integers(min_value=0, max_value=4))
def test_numbers_are_rounded_and_nothing_else(value: float, places: int) -> None:
    from skillatlas.service.reporting.page import number

    text = number(value, places)
    assert abs(float(text.replace("\N{NARROW NO-BREAK SPACE}", "")) - value) <= 0.5 * 10**-places + value * 1e-12
    assert "e" not in text
    assert not text.endswith(".")


def test_the_same_request_gives_the_same_bytes(api: Api) -> None:
    assert report(api) == report(api)
    assert b"A. Person" not in report(api, label=None)


def test_parts_can_be_left_out(api: Api) -> None:
    page = Page(report(api, plan=None, near=0))
    parts = {attributes["id"] for attributes in page.all("h2")}
    assert not parts & {"plan", "unreached", "near"}
    assert "Skill gap and learning plan" not in page.text


def test_what_is_not_known_is_said(api: Api) -> None:
    idle = Page(report(api, "atlas:role.idle"))
    assert "not known: nothing that has any weight is required" in idle.text
    met = Page(report(api, "atlas:role.data-analyst", profile={"roleIds": ["atlas:role.data-analyst"]}))
    assert "Nothing has to be learnt" in met.text


def test_half_of_a_pair_does_not_break_the_file(api: Api) -> None:
    page = report(api, label="x\ud800y")
    assert "x?y" in Page(page).text


def test_both_languages_have_the_same_words() -> None:
    from skillatlas.service.reporting.words import words

    assert words("en").keys() == words("zh").keys()


def test_colours_can_be_read_on_white() -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", STYLE))
    text = set(re.findall(r"[^-]color: (?:var\(--([a-z-]+)\)|#[0-9a-f]+)", STYLE)) - {""}
    assert text >= {"met", "level-gap", "level-unknown", "transferable", "unknown", "missing", "soft", "ink", "accent"}
    for name in text:
        assert 1.05 / (luminance(colours[name]) + 0.05) >= 4.5, name


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


PROFILE: dict[str, Any] = {"profile": {"skills": []}, "target": {"roleId": "atlas:role.data-analyst"}}


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        ([], ErrorCode.BAD_INPUT, "must be a JSON object"),
        ({"profile": {}}, ErrorCode.BAD_INPUT, "target: must be given"),
        ({**PROFILE, "colour": 1}, ErrorCode.BAD_INPUT, "colour: there is no such field"),
        ({**PROFILE, "near": True}, ErrorCode.BAD_INPUT, "near: must be"),
        ({**PROFILE, "near": 21}, ErrorCode.BAD_INPUT, "near: must be 0 to 20"),
        ({**PROFILE, "date": "tomorrow"}, ErrorCode.BAD_INPUT, "date: must be a day"),
        ({**PROFILE, "lang": "fr"}, ErrorCode.BAD_INPUT, "lang: a report is written in"),
        ({**PROFILE, "label": "x" * 201}, ErrorCode.LIMIT_EXCEEDED, "label: at most 200"),
        ({**PROFILE, "plan": {"profile": {}}}, ErrorCode.BAD_INPUT, "plan.profile"),
        ({**PROFILE, "gender": "f", "near": 99}, ErrorCode.SENSITIVE_INPUT, "gender"),
        ({"profile": {"dateOfBirth": "x"}}, ErrorCode.SENSITIVE_INPUT, "dateOfBirth"),
        ({**PROFILE, "target": {"skills": [{"年龄": 1}]}}, ErrorCode.SENSITIVE_INPUT, "年龄"),
    ],
)
def test_a_body_that_does_not_fit_is_refused(body: Any, code: ErrorCode, words: str) -> None:
    with pytest.raises(ReportError, match=re.escape(words)) as caught:
        read_request(body, DAY)
    assert caught.value.code is code


@pytest.mark.parametrize(
    ("fields", "code", "words"),
    [
        ({"target": {"roleId": "atlas:role.none"}}, ErrorCode.NOT_FOUND, "atlas:role.none"),
        ({"release": 99}, ErrorCode.NOT_FOUND, "99"),
        ({"profile": {"skills": [{"skillId": "atlas:sql", "level": 9}]}}, ErrorCode.BAD_INPUT, "level"),
        ({"profile": {"wishes": []}}, ErrorCode.BAD_INPUT, "wishes"),
        ({"plan": {"hoursPerWeek": 500}}, ErrorCode.BAD_INPUT, "hoursPerWeek"),
        ({"plan": {"deadline": "2027-02-01"}}, ErrorCode.BAD_INPUT, "startDate"),
    ],
)
def test_what_the_api_refuses_is_refused(api: Api, fields: dict[str, Any], code: ErrorCode, words: str) -> None:
    with pytest.raises(ReportError, match=re.escape(words)) as caught:
        make_report(api.context, read_request({**PROFILE, **fields}, DAY))
    assert caught.value.code is code
    assert "$" not in str(caught.value)
