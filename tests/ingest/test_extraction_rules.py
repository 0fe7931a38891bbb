"""Single rules of matching and reading, each with what it must do and what it must leave alone."""

import pytest

from skillatlas.ingest.extraction import DocumentKind, Extractor, Form, LinkPolicy

JOB, TASK, CV, COURSE = DocumentKind


def _named(local: str, *labels: str, cased: bool = False, context: tuple[str, ...] = ()) -> list[Form]:
    return [
        Form(
            label,
            "en" if label.isascii() else "zh",
            f"atlas:{local}",
            "ALTERNATIVE" if number else "PREFERRED",
            match_case=True if cased else None,
            needs_context=bool(context),
            context=context,
        )
        for number, label in enumerate(labels)
    ]


EXTRACTOR = Extractor.build(
    scheme="atlas",
    forms=[
        *_named("photo-editing", "photo editing"),
        *_named("video-editing", "video editing"),
        *_named("front-end", "front-end development"),
        *_named("back-end", "back-end development"),
        *_named("risk", "risk management"),
        *_named("projects", "project management", "项目管理"),
        *_named("graphic-design", "平面设计能力"),
        *_named("web-design", "网页设计"),
        *_named("drafting", "合同起草"),
        *_named("review", "合同审查"),
        *_named("contract-talks", "合同谈判"),
        *_named("talks", "谈判"),
        *_named("records", "电子病历"),
        *_named("leading", "领导能力"),
        *_named("java", "Java"),
        *_named("sql", "SQL"),
        *_named("xero", "Xero", cased=True),
        *_named("vue", "Vue", cased=True, context=("JavaScript",)),
        *_named("v-ray", "V-Ray"),
        *_named("max", "3ds Max"),
        *_named("c-plus-plus", "C++"),
        *_named("cips", "CIPS证书"),
    ],
)


def readings(text: str, kind: DocumentKind = JOB) -> list[str]:
    """Skills at their places with what is said of them."""
    found = EXTRACTOR.extract(text, kind=kind, policy=LinkPolicy.SENSITIVE).mentions
    assert all(text[one.start : one.end] == one.text for one in found)
    return [
        " ".join(
            [one.skill_id.removeprefix("atlas:"), str(one.requirement)]
            + ([f"L{one.level}"] if one.level else [])
            + ([f"Y{one.min_years:g}"] if one.min_years else [])
        )
        for one in found
    ]


def names(text: str) -> list[str]:
    return [reading.split(" ")[0] for reading in readings(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Photo and video editing", ["photo-editing", "video-editing"]),
        ("Front- and back-end development", ["front-end", "back-end"]),
        ("photo/video editing", ["photo-editing", "video-editing"]),
        ("We need risk, data and project management.", ["projects"]),  # the nearest part names nothing: stop there
        ("Risk and project management", ["risk", "projects"]),
        ("photo without video editing", ["video-editing"]),
        ("photo video editing", ["video-editing"]),
        ("平面及网页设计", ["graphic-design", "web-design"]),
        ("合同起草、审查与谈判。", ["drafting", "review", "contract-talks"]),
        ("合同起草，谈判", ["drafting", "talks"]),
    ],
)
def test_parts_of_a_list_share_a_word(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_parts_are_found_in_linear_time() -> None:
    text = "photo, " * 20_000 + "photo and video editing"
    assert names(text)[-1] == "video-editing"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("熟悉電子病歷", ["records"]),
        ("①Java②SQL", ["java", "sql"]),
        ("3ds Max+V-Ray", ["max", "v-ray"]),
        ("C++", ["c-plus-plus"]),
        ("Java+ is another thing", []),
        ("BOOKKEEPING WITH XERO AND SQL", ["xero", "sql"]),
        ("Bookkeeping with XERO and SQL", ["sql"]),
        ("用vue开发前台", ["vue"]),
        ("the vue of the sea", []),
        ("平面设计", ["graphic-design"]),
        ("领导来视察", []),  # too short to be met without its ending
    ],
)
def test_writing(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("最好懂SQL，必须会Java。", ["sql PREFERRED", "java REQUIRED"]),
        ("会SQL，加分。", ["sql PREFERRED"]),
        ("SQL, a plus", ["sql PREFERRED"]),
        ("You cannot do this job without SQL.", ["sql REQUIRED"]),
        ("You can do this job without SQL.", ["sql NOT_REQUIRED"]),
        ("You need not know Java, without SQL you are welcome.", ["java NOT_REQUIRED", "sql NOT_REQUIRED"]),
        ("离不开SQL", ["sql REQUIRED"]),
        ("会Java更好；SQL可有可无。", ["java PREFERRED", "sql NOT_REQUIRED"]),
        ("Two and a half years of SQL", ["sql REQUIRED Y2.5"]),
        ("3-5年项目管理经验", ["projects REQUIRED Y3"]),
        ("满三年的SQL经验", ["sql REQUIRED Y3"]),
        ("具备2年（含）以上Java经验", ["java REQUIRED Y2"]),
        ("SQL at a basic level", ["sql REQUIRED L2"]),
        ("优先条件：\n● CIPS证书", ["cips PREFERRED"]),
    ],
)
def test_reading(text: str, expected: list[str]) -> None:
    assert readings(text) == expected


def test_a_skill_next_door_speaks_for_another_of_its_domain() -> None:
    forms = [
        Form("Danish", "en", "atlas:danish", "PREFERRED", True, True, domain="atlas:domain.languages"),
        Form("French language", "en", "atlas:french", "PREFERRED", domain="atlas:domain.languages"),
    ]
    extractor = Extractor.build(scheme="atlas", forms=forms)
    found = extractor.extract("The French language is of no use; Danish is.").mentions
    assert [(one.skill_id, str(one.requirement)) for one in found] == [
        ("atlas:french", "NOT_REQUIRED"),
        ("atlas:danish", "REQUIRED"),
    ]
    far = extractor.extract(f"French language lessons. {'We meet on Mondays. ' * 4}Our Danish office is new.").mentions
    assert [one.skill_id for one in far] == ["atlas:french"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("For people who already know Java. Topics: SQL.", ["java REQUIRED", "sql TAUGHT"]),
        ("适合已学过Java的学员，系统讲授SQL。", ["java REQUIRED", "sql TAUGHT"]),
    ],
)
def test_a_course_assumes_and_teaches(text: str, expected: list[str]) -> None:
    assert readings(text, COURSE) == expected
