"""The parts beside the pipeline: cue files, sections, years, tokens, languages, forms, ranking, version."""

import importlib.metadata
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction_forms import FORMS, own_extractor
from skillatlas.ingest.extraction import CueFileError, ExtractionSettings, Extractor, Form, LinkPolicy, SectionKind
from skillatlas.ingest.extraction.cue_files import CueKind, load_languages, parse_cues
from skillatlas.ingest.extraction.languages import detect
from skillatlas.ingest.extraction.layout import Sectioner
from skillatlas.ingest.extraction.tokenizer import LinearTokenizer
from skillatlas.ingest.extraction.years import YearReader

LANGUAGES = load_languages()


# -- cue files -------------------------------------------------------------------------------------------------------


def test_both_languages_say_everything() -> None:
    for cues in LANGUAGES.sets.values():
        kinds = {cue.kind for readings in cues.phrases.values() for cue in readings}
        assert kinds == set(CueKind)
        assert set(cues.headings.values()) == set(SectionKind)
        levels = {cue.value for readings in cues.phrases.values() for cue in readings if cue.kind is CueKind.LEVEL}
        assert levels == {1, 2, 3, 4, 5}


def test_language_tags() -> None:
    assert LANGUAGES.read_with("en-GB") == ("en",)
    assert LANGUAGES.read_with("zh-Hant-HK") == ("zh", "en")
    assert LANGUAGES.read_with("ZH_CN") == ("zh", "en")
    assert LANGUAGES.read_with("sw") == ("en", "zh")


@pytest.mark.parametrize("content", [b"lang = 1", b"\xff", b"lang = ", b'lang = "xx"\nalso = []\n[words]\nseries = []'])
def test_a_broken_cue_file_is_named(content: bytes) -> None:
    with pytest.raises(CueFileError, match=r"xx\.toml"):
        parse_cues("xx.toml", content)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Python developer", "en"),
        ("", "en"),
        ("123", "en"),
        ("招聘Java工程师", "zh"),
        ("要求：Java, Python, Docker, Kubernetes, PostgreSQL，三年经验者优先", "zh"),
        ("You live near 上海 and write Java for banks all over the world, from nine to five", "en"),
    ],
)
def test_detection(text: str, lang: str) -> None:
    assert detect(text) == lang
    assert own_extractor().extract(text).lang == lang


def test_a_language_given_is_kept_and_an_unknown_one_reads_all_cues() -> None:
    text = "Docker a plus，Java不要求"
    assert own_extractor().extract(text, lang="en-US").lang == "en-US"
    readings = [str(one.requirement) for one in own_extractor().extract(text, lang="sw").mentions]
    assert readings == ["PREFERRED", "NOT_REQUIRED"]


# -- sections --------------------------------------------------------------------------------------------------------


def kinds(text: str) -> list[str]:
    sets = [LANGUAGES.sets[lang] for lang in ("en", "zh")]
    sectioner = Sectioner([one.headings for one in sets], "".join(one.enumerators for one in sets))
    return [str(section.kind) for section in sectioner.read(text).sections]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Java\nRequirements\nJava", ["OTHER", "REQUIREMENTS", "REQUIREMENTS"]),
        ("## **Nice-to-have**\nx", ["PREFERRED", "PREFERRED"]),
        ("YOUR RESPONSIBILITIES\nx", ["DUTIES", "DUTIES"]),
        ("Your responsibilities will include:\nx", ["DUTIES", "DUTIES"]),
        ("Requirements:\nx\nThe odd bit:\nx", ["REQUIREMENTS", "REQUIREMENTS", "OTHER", "OTHER"]),
        ("JAVA, PYTHON\nx", ["OTHER", "OTHER"]),
        ("Requirements: Java\n- SQL\nWe meet on Fridays", ["REQUIREMENTS", "REQUIREMENTS", "OTHER"]),
        ("Duties\nx\nBenefits: lunch\nx", ["DUTIES", "DUTIES", "BENEFITS", "DUTIES"]),
        ("二、任职要求：\n1、会Java", ["REQUIREMENTS", "REQUIREMENTS"]),
        ("【加分项】\nx\n■ 公司简介\nx", ["PREFERRED", "PREFERRED", "ABOUT", "ABOUT"]),
        ("Java工程师任职要求：\nx", ["REQUIREMENTS", "REQUIREMENTS"]),
        ("\r\nSkills\r\n\r\nx", ["REQUIREMENTS", "REQUIREMENTS"]),
        ("", []),
    ],
)
def test_sections(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


# -- years -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("3+ years", 3.0),
        ("3 5 years", 3.0),
        ("three to five years", 3.0),
        ("five (5) years", 5.0),
        ("10 or more years", 10.0),
        ("in the last 5 years", None),
        ("2020 years", None),
        ("99 years", None),
        ("$5 years", None),
        ("years", None),
        ("十五年", 15.0),
        ("半年", 0.5),
        ("3-5年", 3.0),
        ("2019年", None),
    ],
)
def test_years(text: str, years: float | None) -> None:
    reader = YearReader(LANGUAGES.sets.values())
    unit = text.index("years") if "years" in text else text.index("年")
    read = reader.read(text, unit, 0)
    assert (read and read[0]) == years


# -- tokens ----------------------------------------------------------------------------------------------------------


def test_tokens() -> None:
    doc = LinearTokenizer()("C++, C# and 用Java开发!!! \n")
    assert [token.text for token in doc] == ["C++", ",", "C#", "and", "用", "Java", "开", "发", "!!!", "\n"]


@given(st.text(st.characters(categories=None)))
def test_a_doc_has_the_characters_of_its_text(text: str) -> None:
    doc = LinearTokenizer()(text)
    assert doc.text == "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def test_sections_lie_on_the_doc() -> None:
    doc = own_extractor().annotate("Requirements\nJava\n\nBenefits\nlunch")
    assert [(span.label_, span.text) for span in doc.spans["sections"]] == [
        ("REQUIREMENTS", "Requirements\nJava"),
        ("BENEFITS", "Benefits\nlunch"),
    ]


# -- evidence and version ----------------------------------------------------------------------------------------------


def test_evidence_says_why() -> None:
    text = "Requirements\n3 years of Go with goroutines a plus"
    (mention,) = own_extractor().extract(text).mentions
    assert mention.evidence == {
        "form": "Go",
        "labelType": "PREFERRED",
        "lang": "en",
        "rule": "context",
        "ruleDetail": "goroutines",
        "section": {"kind": "REQUIREMENTS", "heading": "Requirements", "start": 0, "end": 12},
        "cues": [
            {"kind": "unit", "text": "3 years", "start": 13, "end": 20},
            {"kind": "preferred", "text": "a plus", "start": 43, "end": 49},
        ],
        "company": False,
    }


def test_version_names_the_settings() -> None:
    extractor = own_extractor()
    assert extractor.version.startswith(importlib.metadata.version("skillatlas"))
    assert extractor.extract("Java").extractor_version == extractor.version
    other = Extractor.build(scheme="atlas", forms=FORMS, settings=replace(ExtractionSettings(), gap=20))
    assert other.version != extractor.version


def test_importing_loads_no_heavy_library() -> None:
    code = "import sys, skillatlas.ingest.extraction; print(sorted({'spacy', 'sklearn', 'numpy'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# -- forms that share a spelling -------------------------------------------------------------------------------------


def test_a_shared_form_goes_to_the_skill_that_its_context_speaks_for() -> None:
    forms = [
        Form("welding", "en", "x:weld", "PREFERRED", domain="x:metal"),
        Form("sewing", "en", "x:sew", "PREFERRED", domain="x:cloth"),
        Form("pattern cutting", "en", "x:cut-metal", "PREFERRED", needs_context=True, domain="x:metal"),
        Form("pattern cutting", "en", "x:cut-cloth", "PREFERRED", needs_context=True, domain="x:cloth"),
    ]
    extractor = Extractor.build(scheme="x", forms=forms)
    for neighbour, skill, other in (
        ("welding", "x:cut-metal", "x:cut-cloth"),
        ("sewing", "x:cut-cloth", "x:cut-metal"),
    ):
        found = extractor.extract(f"Pattern cutting at home: {neighbour}", policy=LinkPolicy.SENSITIVE).mentions
        assert found[0].skill_id == skill
        assert [one.skill_id for one in found[0].alternatives] == [other]
    assert extractor.extract("Pattern cutting").mentions == ()


def test_a_longer_form_that_is_refused_gives_way() -> None:
    forms = [
        Form("Java", "en", "x:java", "PREFERRED"),
        Form("Java Island", "en", "x:island", "PREFERRED", needs_context=True, context=("travel",)),
    ]
    extractor = Extractor.build(scheme="x", forms=forms)
    assert [one.skill_id for one in extractor.extract("Java Island").mentions] == ["x:java"]
    assert [one.skill_id for one in extractor.extract("travel to Java Island").mentions] == ["x:island"]


def test_no_forms() -> None:
    empty = Extractor.build(scheme="x", forms=[])
    assert empty.extract("Requirements: Java").mentions == ()
    assert empty.rank("Java") == ()


# -- ranking ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Experience with Java", "atlas:java"),
        ("managing projects", "atlas:project-management"),
        ("keeps the books of small firms", "atlas:bookkeeping"),
        ("communicate with skill", "atlas:communication"),
        ("会做机器学习模型", "atlas:machine-learning"),
        ("做过数据的分析", "atlas:data-analysis"),
    ],
)
def test_rank(text: str, first: str) -> None:
    assert own_extractor().rank(text)[0].skill_id == first


@pytest.mark.parametrize("text", ["", " \n", "?!", "\ud800", "zzzz", "a" * 50_000, "Java. " * 20_000])
def test_rank_takes_any_text(text: str) -> None:
    ranked = own_extractor().rank(text, first=5)
    assert len(ranked) <= 5
    order = [(-one.score, one.skill_id) for one in ranked]
    assert order == sorted(order)
    assert all(0 < one.score <= 1 and one.score == round(one.score, 6) for one in ranked)


def test_definitions_speak_for_their_skill() -> None:
    forms = [Form("alpha", "en", "x:a", "PREFERRED"), Form("beta", "en", "x:b", "PREFERRED")]
    extractor = Extractor.build(scheme="x", forms=forms, definitions={"x:b": "mending broken shoes"})
    assert [one.skill_id for one in extractor.rank("who mends shoes")] == ["x:b"]
