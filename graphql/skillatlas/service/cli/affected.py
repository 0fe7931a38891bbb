"""`skillatlas courses affected`: which courses name concepts that are not as they were."""

from typing import Annotated, Any

import typer

from .options import JsonOption, LangOption, StoreOption

AFFECTED = """
query Affected($from: Int!, $to: Int, $catalogue: String, $automatic: Boolean, $after: String, $lang: String!) {
  affectedCourses(from: $from, to: $to, catalogue: $catalogue, automatic: $automatic, first: 100, after: $after) {
    fromRelease toRelease
    catalogues { catalogue courses affected automatic }
    pageInfo { hasNextPage endCursor }
    edges { node {
      course { id catalogue title } automatic rewritten
      skills { use level resolution { id status automatic detail candidates { id label(lang: $lang) } } }
    } }
  }
}"""


def register(app: typer.Typer) -> None:
    """Add the command to `skillatlas courses`."""
    app.command()(affected)


def affected(
    since: Annotated[
        int, typer.Option("--since", min=0, metavar="N", help="The release that the courses were looked through under.")
    ],
    to: Annotated[int | None, typer.Option("--to", metavar="N", help="A later release; default: the newest.")] = None,
    catalogue: Annotated[str | None, typer.Option("--catalogue", help="Only of this catalogue.")] = None,
    choices: Annotated[bool, typer.Option("--choices", help="Only courses that a person has to look at.")] = False,
    lang: LangOption = "en",
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Courses that teach or assume concepts which changed since a release, and what of it is automatic.

    Example: skillatlas courses affected --since 1 --choices
    """
    from .output import print_json, print_table
    from .running import ask_pages

    asked = {"from": since, "to": to, "catalogue": catalogue, "lang": lang, "automatic": False if choices else None}
    pages = list(ask_pages(store, AFFECTED, "affectedCourses", asked))
    courses = [edge["node"] for page in pages for edge in page["edges"]]
    page = pages[0]
    head = {name: page[name] for name in ("fromRelease", "toRelease", "catalogues")}
    if json:
        print_json({**head, "courses": courses})
        return
    print_table(
        f"Courses from release {page['fromRelease']} to {page['toRelease']}",
        ("catalogue", "courses", "affected", "all automatic"),
        ((row["catalogue"], row["courses"], row["affected"], row["automatic"]) for row in page["catalogues"]),
    )
    print_table(
        f"{len(courses)} affected" + (", where a person has to look" if choices else ""),
        ("course", "title", "use", "concept", "status", "automatic", "what"),
        (row for course in courses for row in _rows(course)),
    )


def _rows(course: dict[str, Any]) -> list[tuple[object, ...]]:
    """A line a concept; the course stands in the first."""
    rows: list[tuple[object, ...]] = []
    names: tuple[str, ...] = (course["course"]["id"], course["course"]["title"])
    for skill in course["skills"]:
        found = skill["resolution"]
        labels = "; ".join(f"{one['id']} {one['label']}" for one in found["candidates"] if one["id"] != found["id"])
        what = f"{found['detail']} [{labels}]" if labels else found["detail"]
        automatic = "yes" if found["automatic"] else "no"
        rows.append((*names, skill["use"].lower(), found["id"], found["status"], automatic, what))
        names = ("", "")
    if course["rewritten"]:
        rows.append((*names, "", "", "", "", "the course itself changed meanwhile"))
    return rows
