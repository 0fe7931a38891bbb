"""`skillatlas coverage`: the ontology held against real text and other lists, and what of them it misses."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import JsonOption, ReleaseOption, SchemeOption, StoreOption

if TYPE_CHECKING:
    from skillatlas.taxonomy import Graph

Onet = Annotated[list[Path] | None, typer.Option("--onet", help="O*NET's text zip: its technologies.")]
Esco = Annotated[
    list[Path] | None,
    typer.Option("--esco", help="ESCO's zips, classification and relations: essential skills of chosen occupations."),
]
Adverts = Annotated[
    list[Path] | None,
    typer.Option("--adverts", help="Annotated adverts (JSON Lines with tokens and tags_knowledge): concrete phrases."),
]
Courses = Annotated[
    list[Path] | None, typer.Option("--courses", help="Curricula in Markdown: subjects of courses, and ways to them.")
]
Catalogue = Annotated[
    str | None, typer.Option("--catalogue", metavar="KEY", help="An imported catalogue: what of each role it teaches.")
]
First = Annotated[int, typer.Option("--first", min=1, help="How many missed rows a table shows; --json has all.")]
Beginner = Annotated[str, typer.Option("--beginner", metavar="ID", help="The one skill a learner starts with.")]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(coverage)


def coverage(
    onet: Onet = None,
    esco: Esco = None,
    adverts: Adverts = None,
    courses: Courses = None,
    catalogue: Catalogue = None,
    scheme: SchemeOption = "atlas",
    beginner: Beginner = "atlas:school-mathematics",
    first: First = 100,
    release: ReleaseOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Hold the ontology against real text and other lists: what it meets, and what it misses, most frequent first.

    Example: skillatlas coverage --onet onet_29_2_text.zip --first 20
    """
    from . import coverage_tables
    from .coverage_json import plain
    from .errors import UsageError
    from .output import print_json
    from .running import opened_store

    if not (onet or esco or adverts or courses or catalogue):
        raise UsageError("name what to hold it against: --onet, --esco, --adverts, --courses, or --catalogue KEY")
    with opened_store(store) as opened:
        from skillatlas.taxonomy import NotFoundError, load_graph

        graph = load_graph(opened, release)
        if scheme not in graph.schemes:
            raise NotFoundError(f"release {graph.release.number} has no scheme {scheme!r}")
        parts = _parts(graph, scheme, onet, esco, adverts, courses, catalogue, beginner)
    if json:
        print_json({"release": graph.release.number, "scheme": scheme, **plain(parts)})
        return
    for name, part in parts.items():
        coverage_tables.PRINTERS[name](graph, part, first)


def _parts(
    graph: "Graph",
    scheme: str,
    onet: list[Path] | None,
    esco: list[Path] | None,
    adverts: list[Path] | None,
    courses: list[Path] | None,
    catalogue: str | None,
    beginner: str,
) -> dict[str, Any]:
    """The parts that were asked for, by name, in the report's order."""
    from skillatlas.ingest import advert_coverage, esco_coverage, technology_coverage

    from ..coverage import course_coverage, role_coverage

    parts: dict[str, Any] = {}
    if catalogue:  # first, since a wrong key costs nothing then
        parts["roles"] = role_coverage(graph, catalogue, scheme=scheme)
    if onet:
        parts["technologies"] = technology_coverage(graph, onet, scheme=scheme)
    if esco:
        parts["esco"] = esco_coverage(graph, esco, scheme=scheme)
    if adverts:
        parts["adverts"] = advert_coverage(graph, adverts, scheme=scheme)
    if courses:
        parts["courses"] = course_coverage(graph, courses, scheme=scheme, beginner=beginner, catalogue=catalogue)
    return parts
