"""Short texts of our own and what is to be read in them: each case names all skills that are there, and no other is.

A reading is `skill REQUIREMENT`, then `L` and a level and `Y` and years where the text says them.
"""

import pytest

from extraction_forms import imported_extractor, own_extractor
from skillatlas.ingest.extraction import DocumentKind, LinkPolicy, SkillMention

JOB, TASK, CV, COURSE = DocumentKind


def reading(mention: SkillMention) -> str:
    parts = [mention.skill_id.removeprefix("atlas:"), str(mention.requirement)]
    if mention.level is not None:
        parts.append(f"L{mention.level}")
    if mention.min_years is not None:
        parts.append(f"Y{mention.min_years:g}")
    return " ".join(parts)


def check(text: str, expected: list[str], kind: DocumentKind = JOB) -> None:
    found = own_extractor().extract(text, kind=kind, policy=LinkPolicy.SENSITIVE).mentions
    assert [reading(mention) for mention in found] == expected
    assert all(text[mention.start : mention.end] == mention.text for mention in found)


def names(text: str) -> list[str]:
    found = own_extractor().extract(text, policy=LinkPolicy.SENSITIVE).mentions
    return [mention.skill_id.removeprefix("atlas:") for mention in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our Python service talks to C++ and C# code.", ["python", "c-plus-plus", "c-sharp"]),
        ("Services in F#/.NET, pages in Vue.js.", ["f-sharp", "dot-net", "vue"]),
        ("(Node.js), [Docker]; \"Kotlin\": 'Java'!", ["node-js", "docker", "kotlin", "java"]),
        ("C++/C#", ["c-plus-plus", "c-sharp"]),
        ("You maintain CI/CD, that is CI / CD.", ["ci-cd", "ci-cd"]),
        ("JavaScript is not Java; Javanese neither; java_home, java8", ["javascript", "java"]),
        ("Kotlin+ and Java# are other things", []),
        ("ASP.NET pages, mail to me@example.net", []),
        ("用Python写爬虫，懂Java开发", ["python", "java"]),
        ("精通Ｃ＋＋与Ｊａｖａ。", ["c-plus-plus", "java"]),
        ("熟悉Node.js、Vue，会用C#。", ["node-js", "vue", "c-sharp"]),
        ("机器学习与数据分析", ["machine-learning", "data-analysis"]),
        ("machine-learning, machine\nlearning, Machine  Learning", ["machine-learning"] * 3),
        ("machine\r\nlearning", ["machine-learning"]),
        ("machine\n\nlearning", []),
        ("machine - learning", []),
        ("web services and relational databases", ["web-services", "relational-databases"]),
        ("accounting policies", ["accounting-policy"]),
        ("We run on Amazon Web Services.", ["aws"]),
        ("K8s, AWS", ["kubernetes", "aws"]),
        ("Pythonic, cPython", []),
        ("See https://java.com/sql and www.docker.com/sql.", []),
        ("Write to sql@python.com, git@git.example.org:docker/java.git or python.org!", []),
        ("Our site (https://kotlin.example.com/java) runs on Java.", ["java"]),
        ("官网https://java.com/sql，使用Python", ["python"]),
        ("C#/.NET, Node.js/Java; Java.Docker", ["c-sharp", "dot-net", "node-js", "java", "java", "docker"]),
    ],
)
def test_boundaries(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Look under the floor for rust before you sell the car.", []),
        ("Rust on the hinges must be removed.", []),
        ("The new parser is written in Rust, its tools in Go.", ["rust", "go"]),
        ("You plan how we go to market next year.", []),
        ("Go live is planned for May; our Go to Market lead sails.", []),
        ("Python, Go, Java", ["python", "go", "java"]),
        ("GO, ask them!", []),
        ("Experience with Go and goroutines", ["go"]),
        ("Go developer wanted", ["go"]),
        ("Golang", ["go"]),
        ("Our R&D department reports to the C-suite; eat vitamin C.", []),
        ("Statistics with R and the tidyverse", ["r"]),
        ("Write firmware in C.", ["c"]),
        ("嵌入式C开发", ["c"]),
        ("Grade C and R. Miller", []),
        ("The Spring term begins in March.", []),
        ("In Spring we plant trees.", []),
        ("Java with Spring", ["java", "spring"]),
        ("You excel at sports.", []),
        ("Excel", ["excel"]),
        ("Do not git it. Use Git!", ["git"]),
        ("sql, python and git", ["sql", "python", "git"]),
        ("- Java\n- Go\n- Kotlin", ["java", "go", "kotlin"]),
        ("Go编程，用Go语言", ["go", "go"]),
        ("React required", ["react"]),
        ("Build user interfaces in React.", ["react"]),
        ("- React\n- Rust\n- Spring", ["react", "rust", "spring"]),
        ("Any of React, Rust or Go.", ["react", "rust", "go"]),
        ("React, Spring", ["react", "spring"]),
        ("Word required.", ["word"]),
        ("You must know Word.", ["word"]),
        ("Prerequisites: basic Word.", ["word"]),
        ("Skills\n- Word\n- R\n- Go", ["word", "r", "go"]),
        ("技能：\n- Word\n- R\n- Go", ["word", "r", "go"]),
        ("Requirements:\n- patience\n- React", ["react"]),
        ("Skills: Word (expert), R, basic Git", ["word", "r", "git"]),
        ("C++ is a plus; R preferred.", ["c-plus-plus", "r"]),
        ("Nice to have: R", ["r"]),
        ("We go to market in spring and summer, and excel at it in the long go.", []),
        ("Check every van for rust; react quickly. You must go.", []),
        ("React quickly! Spring and summer sales. Word of mouth is a plus.", []),
        ("The Spring and Word of the year. Grades C, R.", []),
        ("- Spring is here\n- Word is out", []),
        ("Requirements:\n- React to what customers say\n- Word of mouth", []),
        ("Must React To Change. Basic Rust removal.", []),
    ],
)
def test_sense(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No Java needed.", ["java NOT_REQUIRED"]),
        ("Java is not required.", ["java NOT_REQUIRED"]),
        ("You do not need to know Docker, but Python is essential.", ["docker NOT_REQUIRED", "python REQUIRED"]),
        ("Neither Terraform nor Ansible is in use here.", ["terraform NOT_REQUIRED", "ansible NOT_REQUIRED"]),
        ("There is no better place to practise Kotlin.", ["kotlin REQUIRED"]),
        ("Not only Java but also Kotlin is required.", ["java REQUIRED", "kotlin REQUIRED"]),
        ("Without Git nothing works; no doubt Docker helps.", ["git REQUIRED", "docker PREFERRED"]),
        ("No Java, Kotlin or Docker needed.", ["java NOT_REQUIRED", "kotlin NOT_REQUIRED", "docker NOT_REQUIRED"]),
        ("We do not use Java, we write Kotlin.", ["java NOT_REQUIRED", "kotlin REQUIRED"]),
        ("Python required, Java not required", ["python REQUIRED", "java NOT_REQUIRED"]),
        ("不要求会Java，但必须熟悉Python", ["java NOT_REQUIRED", "python REQUIRED L3"]),
        ("无需Docker经验", ["docker NOT_REQUIRED"]),
        ("Java不作要求", ["java NOT_REQUIRED"]),
        ("不仅要会Java，还要会Kotlin", ["java REQUIRED", "kotlin REQUIRED"]),
        ("包括但不限于Docker、Kubernetes", ["docker REQUIRED", "kubernetes REQUIRED"]),
        ("不需要Java、Kotlin经验", ["java NOT_REQUIRED", "kotlin NOT_REQUIRED"]),
        ("非必须：Docker", ["docker NOT_REQUIRED"]),
        ("Not required: Docker", ["docker NOT_REQUIRED"]),
        ("You will not be using Java.", ["java NOT_REQUIRED"]),
        ("无Python经验者勿投", ["python REQUIRED"]),
        ("不接受没有Python基础的候选人", ["python REQUIRED L2"]),
        ("Candidates without Python need not apply.", ["python REQUIRED"]),
        ("无需Python经验，非诚勿扰", ["python NOT_REQUIRED"]),
        ("Java is not required, Docker will not be considered.", ["java NOT_REQUIRED", "docker REQUIRED"]),
        ("无需Java基础", ["java NOT_REQUIRED"]),
        ("不要求精通Java", ["java NOT_REQUIRED"]),
    ],
)
def test_negation(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Python is a must, Kotlin a plus.", ["python REQUIRED", "kotlin PREFERRED"]),
        ("Strong Java, Kotlin a plus", ["java REQUIRED L4", "kotlin PREFERRED"]),
        (
            "Experience with Java, Kotlin or Docker is a plus.",
            ["java PREFERRED", "kotlin PREFERRED", "docker PREFERRED"],
        ),
        ("Must have: Python. Nice to have: Docker.", ["python REQUIRED", "docker PREFERRED"]),
        ("Ideally you have worked with Terraform.", ["terraform PREFERRED"]),
        ("Docker (required), Kubernetes (preferred)", ["docker REQUIRED", "kubernetes PREFERRED"]),
        ("Docker, preferably also Kubernetes", ["docker REQUIRED", "kubernetes PREFERRED"]),
        ("Java必备，有Docker经验者优先", ["java REQUIRED", "docker PREFERRED"]),
        ("会Docker、Kubernetes者优先", ["docker PREFERRED", "kubernetes PREFERRED"]),
        ("会Kotlin加分", ["kotlin PREFERRED"]),
        ("最好会Kotlin", ["kotlin PREFERRED"]),
        ("须掌握Python；有Terraform经验更佳。", ["python REQUIRED L3", "terraform PREFERRED"]),
        ("Willingness to learn Kotlin", ["kotlin MENTIONED"]),
        ("优先考虑有Kubernetes经验者", ["kubernetes PREFERRED"]),
        ("有Kubernetes经验者优先考虑，Docker必备", ["kubernetes PREFERRED", "docker REQUIRED"]),
        ("Skills：Python、Git，Docker is a plus", ["python REQUIRED", "git REQUIRED", "docker PREFERRED"]),
        ("Skills: Java and Git, Docker is a plus", ["java REQUIRED", "git REQUIRED", "docker PREFERRED"]),
        ("Java, Git, Docker are a plus", ["java PREFERRED", "git PREFERRED", "docker PREFERRED"]),
        ("Requirements\n- Python\nNice to have 加分项\n- Docker", ["python REQUIRED", "docker PREFERRED"]),
        ("任职要求 / Requirements\nPython\n加分项（Nice to have）\nDocker", ["python REQUIRED", "docker PREFERRED"]),
    ],
)
def test_requirement(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("basic Python and advanced SQL", ["python REQUIRED L2", "sql REQUIRED L4"]),
        ("Expert in Kotlin; familiar with Docker", ["kotlin REQUIRED L5", "docker REQUIRED L2"]),
        ("working knowledge of Git", ["git REQUIRED L3"]),
        (
            "Advanced knowledge of relational databases such as SQL",
            ["relational-databases REQUIRED L4", "sql REQUIRED L4"],
        ),
        ("Python (advanced), SQL (basic)", ["python REQUIRED L4", "sql REQUIRED L2"]),
        (
            "精通Java，熟悉Python，掌握SQL，了解Docker",
            ["java REQUIRED L5", "python REQUIRED L3", "sql REQUIRED L3", "docker REQUIRED L2"],
        ),
        ("熟练使用Git和Docker", ["git REQUIRED L4", "docker REQUIRED L4"]),
        ("英语流利，德语（母语）", ["english REQUIRED L4", "german REQUIRED L5"]),
        ("Excellent Python, with experience in SQL", ["python REQUIRED L4", "sql REQUIRED"]),
        ("fluent English", ["english REQUIRED L4"]),
        ("Advanced Excel", ["excel REQUIRED L4"]),
        ("working knowledge of Git, fluent English", ["git REQUIRED L3", "english REQUIRED L4"]),
        ("Deep learning", ["deep-learning REQUIRED"]),  # not a level of "learning"
        ("熟悉Git，Docker优先", ["git REQUIRED L3", "docker PREFERRED"]),
    ],
)
def test_level(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3+ years of Java", ["java REQUIRED Y3"]),
        ("3-5 years of experience with Java", ["java REQUIRED Y3"]),
        ("3 to 5 years Java", ["java REQUIRED Y3"]),
        ("Five years with Amazon Web Services", ["aws REQUIRED Y5"]),
        ("minimum two years' experience in project management", ["project-management REQUIRED Y2"]),
        ("at least 1.5 years of SQL", ["sql REQUIRED Y1.5"]),
        ("8-10 years of Java, including 2 years with Kotlin", ["java REQUIRED Y8", "kotlin REQUIRED Y2"]),
        ("5 years of Java, Python and SQL", ["java REQUIRED Y5", "python REQUIRED Y5", "sql REQUIRED Y5"]),
        ("4 years of bookkeeping and knowledge of Excel", ["bookkeeping REQUIRED Y4", "excel REQUIRED"]),
        ("Java (5 years), Python (2+ years)", ["java REQUIRED Y5", "python REQUIRED Y2"]),
        ("Java, 3 years of Python", ["java REQUIRED", "python REQUIRED Y3"]),
        ("18 months of Java", ["java REQUIRED Y1.5"]),
        ("half a year of Docker", ["docker REQUIRED Y0.5"]),
        ("18个月以上Java经验", ["java REQUIRED Y1.5"]),
        ("Within 6 months of joining you know Java.", ["java REQUIRED"]),
        ("For the last 20 years we have shipped Java.", ["java REQUIRED"]),
        ("You are 18 years old and know Java.", ["java REQUIRED"]),
        ("负责用Kotlin开发安卓应用，须有五年以上经验。", ["kotlin REQUIRED Y5", "android REQUIRED Y5"]),
        ("3年以上Java开发经验", ["java REQUIRED Y3"]),
        ("3-5年Python经验", ["python REQUIRED Y3"]),
        ("两年及以上SQL经验", ["sql REQUIRED Y2"]),
        ("具有十年项目管理经验", ["project-management REQUIRED Y10"]),
        ("Java经验3年以上", ["java REQUIRED Y3"]),
    ],
)
def test_years(text: str, expected: list[str]) -> None:
    check(text, expected)


ADVERT = """Data engineer

About us
We build maps, and Python is our mother tongue.

Your tasks
- Keep pipelines in Python alive

What you bring:
- 3+ years of SQL
- Git

Nice to have
- Docker
- Kubernetes

Frobnication:
- Kotlin

What we offer
- English lessons
"""

ADVERT_ZH = """一、岗位职责：
1、负责Java开发
二、任职要求：
1、3年以上Python经验
2、熟悉SQL，有Docker经验者优先
【加分项】
Kubernetes
福利待遇：
免费英语培训
"""


def test_sections() -> None:
    found = own_extractor().extract(ADVERT, policy=LinkPolicy.SENSITIVE).mentions
    assert [(reading(mention), str(mention.section)) for mention in found] == [
        ("python MENTIONED", "ABOUT"),
        ("python REQUIRED", "DUTIES"),
        ("sql REQUIRED Y3", "REQUIREMENTS"),
        ("git REQUIRED", "REQUIREMENTS"),
        ("docker PREFERRED", "PREFERRED"),
        ("kubernetes PREFERRED", "PREFERRED"),
        ("kotlin MENTIONED", "OTHER"),
        ("english MENTIONED", "BENEFITS"),
    ]
    by_section = {str(mention.section): mention.confidence for mention in found}
    assert by_section["BENEFITS"] < by_section["ABOUT"] < by_section["REQUIREMENTS"]


def test_sections_in_chinese() -> None:
    found = own_extractor().extract(ADVERT_ZH, policy=LinkPolicy.SENSITIVE)
    assert found.lang == "zh"
    assert [(reading(mention), str(mention.section)) for mention in found.mentions] == [
        ("java REQUIRED", "DUTIES"),
        ("python REQUIRED Y3", "REQUIREMENTS"),
        ("sql REQUIRED L3", "REQUIREMENTS"),
        ("docker PREFERRED", "REQUIREMENTS"),
        ("kubernetes PREFERRED", "PREFERRED"),
        ("english MENTIONED", "BENEFITS"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Skills: Java (5 years), Docker", ["java HELD Y5", "docker HELD"]),
        ("I have no experience with Kotlin. I know Python.", ["kotlin NOT_HELD", "python HELD"]),
        ("I want to learn Kotlin", ["kotlin MENTIONED"]),
        ("I'm learning SQL. Currently studying Docker.", ["sql MENTIONED", "docker MENTIONED"]),
        ("I am learning SQL for fun, proficient in Java", ["sql MENTIONED", "java HELD L4"]),
        ("I know machine learning, Python.", ["machine-learning HELD", "python HELD"]),
        ("正在学习Docker。Kotlin学习中。想学Git。", ["docker MENTIONED", "kotlin MENTIONED", "git MENTIONED"]),
        ("会机器学习中的Python", ["machine-learning HELD", "python HELD"]),
        ("I am not proficient in Java.", ["java NOT_HELD"]),
        ("English: fluent; German: basic", ["english HELD L4", "german HELD L2"]),
        ("About me\nI write Java.", ["java HELD"]),
        ("精通Java，没有Docker经验", ["java HELD L5", "docker NOT_HELD"]),
        ("工作经历\n用Python三年，也做数据分析", ["python HELD Y3", "data-analysis HELD"]),
    ],
)
def test_cv(text: str, expected: list[str]) -> None:
    check(text, expected, CV)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Prerequisites: basic Python.\nYou will learn machine learning.",
            ["python REQUIRED L2", "machine-learning TAUGHT"],
        ),
        ("This course covers SQL and Git. No prior Java needed.", ["sql TAUGHT", "git TAUGHT", "java NOT_REQUIRED"]),
        (
            "Prerequisites\n- Python\n- SQL is a plus\nSyllabus\n- Docker",
            ["python REQUIRED", "sql PREFERRED", "docker TAUGHT"],
        ),
        ("About the instructor\nShe wrote Java for years.", ["java MENTIONED"]),
        ("先修要求：\nPython\n课程内容：\n机器学习", ["python REQUIRED", "machine-learning TAUGHT"]),
    ],
)
def test_course(text: str, expected: list[str]) -> None:
    check(text, expected, COURSE)


@pytest.mark.parametrize(
    "text",
    [
        "We handle your data as our privacy notice says.",
        "IT is a pity. Access to the space is through the yard, and processes change.",
        "You will have access to data and to IT.",
        "The shop floor is noisy.",
    ],
)
def test_raw_aliases_of_imported_schemes_do_not_fire(text: str) -> None:
    assert imported_extractor().extract(text, policy=LinkPolicy.SENSITIVE).mentions == ()


def test_imported_schemes_still_find_their_skills() -> None:
    text = "Welding, Access, Java. Experience with joinery. Lathe work and glass cutting."
    found = imported_extractor().extract(text, policy=LinkPolicy.SENSITIVE).mentions
    assert [(mention.text, mention.skill_id) for mention in found] == [
        ("Welding", "esco:weld"),
        ("Access", "esco:access"),
        ("Java", "esco:java"),
        ("joinery", "esco:carpentry"),
        ("Lathe work", "esco:turning-b"),
        ("glass cutting", "esco:y1"),
    ]
    assert [other.skill_id for other in found[4].alternatives] == ["esco:turning-a"]
    assert [other.skill_id for other in found[5].alternatives] == ["esco:y2"]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Requirements:\n- Kafka2, PyTorch and Java", "PyTorch"),
        ("Requirements:\n- Experience with stream processing", "stream processing"),
        ("任职要求：\n熟悉Flink、Java", "Flink"),
        ("You have experience with Haskell and Java.", "Haskell"),
    ],
)
def test_unlinked(text: str, phrase: str) -> None:
    found = own_extractor().extract(text)
    assert phrase in [one.text for one in found.unlinked]
    assert all(text[one.start : one.end] == one.text for one in found.unlinked)
    taken = {place for mention in found.mentions for place in range(mention.start, mention.end)}
    assert not any(place in taken for one in found.unlinked for place in range(one.start, one.end))


def test_what_the_scheme_knows_is_not_unlinked() -> None:
    text = "Requirements:\n- experience with spring, Haskell and react\n- REACT, GO!"
    found = own_extractor().extract(text)
    assert found.mentions == ()
    assert [one.text for one in found.unlinked] == ["Haskell"]


def test_each_part_of_a_mixed_advert_is_read_in_its_language() -> None:
    check(
        "Must have: 3+ years of Python; no Java needed for this position. 有Kotlin经验者优先。",
        ["python REQUIRED Y3", "java NOT_REQUIRED", "kotlin PREFERRED"],
    )
