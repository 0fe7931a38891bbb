"""A small scheme for the tests of extraction, and extractors over it and over a scheme without descriptions."""

from collections.abc import Iterator
from functools import cache

from skillatlas.ingest.extraction import Extractor, Form


def _skill(
    local: str,
    domain: str,
    en: tuple[str, ...],
    zh: tuple[str, ...] = (),
    *,
    match_case: bool | None = None,
    context: tuple[str, ...] | None = None,
    excluded: tuple[str, ...] = (),
) -> Iterator[Form]:
    for lang, labels in (("en", en), ("zh", zh)):
        for number, text in enumerate(labels):
            yield Form(
                text,
                lang,
                f"atlas:{local}",
                "ALTERNATIVE" if number else "PREFERRED",
                match_case=match_case,
                needs_context=context is not None,
                context=context or (),
                excluded=excluded,
                domain=f"atlas:domain.{domain}",
            )


FORMS: tuple[Form, ...] = (
    *_skill("python", "code", ("Python",), ("Python",)),
    *_skill("java", "code", ("Java",), ("Java",)),
    *_skill("kotlin", "code", ("Kotlin",)),
    *_skill("javascript", "code", ("JavaScript",)),
    *_skill("c-plus-plus", "code", ("C++",)),
    *_skill("c-sharp", "code", ("C#",)),
    *_skill("f-sharp", "code", ("F#",)),
    *_skill("dot-net", "code", (".NET",)),
    *_skill("node-js", "code", ("Node.js", "NodeJS")),
    *_skill("vue", "code", ("Vue.js", "Vue")),
    *_skill("git", "code", ("Git",)),
    *_skill("sql", "data", ("SQL",)),
    *_skill(
        "go", "code", ("Go",), match_case=True, context=("goroutines", "编程"), excluded=("go to market", "Go live")
    ),
    *_skill("go", "code", ("Golang",)),
    *_skill("rust", "code", ("Rust",), match_case=True, context=("cargo", "borrow checker")),
    *_skill("r", "data", ("R",), match_case=True, context=("tidyverse",), excluded=("R&D",)),
    *_skill("c", "code", ("C",), match_case=True, context=("firmware", "嵌入式"), excluded=("vitamin C", "C-suite")),
    *_skill("spring", "code", ("Spring",), match_case=True, context=("java",), excluded=("Spring term",)),
    *_skill("excel", "office", ("Microsoft Excel", "Excel"), match_case=True),
    *_skill("excel", "office", ("Advanced Excel",)),
    *_skill("word", "office", ("Word",), match_case=True, context=("Microsoft",)),
    *_skill("react", "web", ("React",), match_case=True, context=("JSX",), excluded=("react to", "react quickly")),
    *_skill("ci-cd", "cloud", ("CI/CD", "continuous integration")),
    *_skill("docker", "cloud", ("Docker",)),
    *_skill("kubernetes", "cloud", ("Kubernetes", "K8s")),
    *_skill("terraform", "cloud", ("Terraform",)),
    *_skill("ansible", "cloud", ("Ansible",)),
    *_skill("aws", "cloud", ("Amazon Web Services", "AWS")),
    *_skill("web-services", "code", ("web service",)),
    *_skill("relational-databases", "data", ("relational database",), ("关系型数据库",)),
    *_skill("machine-learning", "data", ("machine learning",), ("机器学习",)),
    *_skill("deep-learning", "data", ("deep learning",), ("深度学习",)),
    *_skill("data-analysis", "data", ("data analysis",), ("数据分析",)),
    *_skill("bookkeeping", "finance", ("bookkeeping", "keeping the books"), ("记账", "簿记")),
    *_skill("accounting-policy", "finance", ("accounting policy",)),
    *_skill("project-management", "office", ("project management",), ("项目管理",)),
    *_skill("communication", "office", ("communication skills",), ("沟通能力",)),
    *_skill("english", "language", ("English", "fluent English"), ("英语",)),
    *_skill("german", "language", ("German",), ("德语",)),
    *_skill("android", "code", ("Android development", "Android"), ("安卓开发", "安卓")),
)

# As an imported scheme brings them: no form is described, and many an alias is an ordinary word.
IMPORTED: tuple[Form, ...] = (
    Form("computer technology", "en", "esco:it", "PREFERRED"),
    Form("IT", "en", "esco:it", "ALTERNATIVE"),
    Form("statistics", "en", "esco:statistics", "PREFERRED"),
    Form("data", "en", "esco:statistics", "ALTERNATIVE"),
    Form("use Microsoft Access", "en", "esco:access", "PREFERRED"),
    Form("Access", "en", "esco:access", "ALTERNATIVE"),
    Form("design principles", "en", "esco:design", "PREFERRED"),
    Form("space", "en", "esco:design", "ALTERNATIVE"),
    Form("ground handling", "en", "esco:ground", "PREFERRED"),
    Form("processes", "en", "esco:ground", "ALTERNATIVE"),
    Form("Java (computer programming)", "en", "esco:java", "PREFERRED"),
    Form("welding", "en", "esco:weld", "PREFERRED"),
    Form("joinery", "en", "esco:carpentry", "ALTERNATIVE"),
    Form("carpentry", "en", "esco:carpentry", "PREFERRED"),
    Form("lathe work", "en", "esco:turning-a", "ALTERNATIVE"),
    Form("lathe work", "en", "esco:turning-b", "PREFERRED"),
    Form("shop floor", "en", "esco:x1", "ALTERNATIVE"),
    Form("shop floor", "en", "esco:x2", "ALTERNATIVE"),
    Form("shop floor", "en", "esco:x3", "ALTERNATIVE"),
    Form("glass cutting", "en", "esco:y1", "ALTERNATIVE"),
    Form("glass cutting", "en", "esco:y2", "ALTERNATIVE"),
)


@cache
def own_extractor() -> Extractor:
    """Over `FORMS`."""
    return Extractor.build(scheme="atlas", forms=FORMS)


@cache
def imported_extractor() -> Extractor:
    """Over `IMPORTED`."""
    return Extractor.build(scheme="esco", forms=IMPORTED)
