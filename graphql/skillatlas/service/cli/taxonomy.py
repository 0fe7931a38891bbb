"""Commands on the taxonomy itself: init, search, check, publish."""

from pathlib import Path
from typing import Annotated

import typer

from .importing import WarningsFile
from .options import JsonOption, LangOption, SchemeOption, StoreOption, choice


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(init)
    app.command()(search)
    app.command()(check)
    app.command("format")(format_files)
    app.command()(publish)


def init(
    store: StoreOption = None,
    upgrade: Annotated[
        bool, typer.Option("--upgrade", help="Bring an older shipped ontology up to date, and show what changes.")
    ] = False,
) -> None:
    """Create the schema, and load and publish the shipped ontology.

    On a store that has the ontology already nothing changes. Example: skillatlas init
    """
    from skillatlas.ingest import read_ontology, run_import, shipped_ontology

    from ..publishing import publish_release
    from .errors import UsageError
    from .output import say
    from .reports import print_report
    from .running import opened_store

    with opened_store(store) as opened:
        head = opened.head()
        present = head is not None and any(state.key == "atlas" for state in opened.scheme_states(head.number))
        if present and not upgrade:
            assert head is not None
            say(f"{opened.url} has the ontology (release {head.number}); nothing changed. See init --upgrade.")
            return
        if next(opened.edits(), None) is not None:
            raise UsageError("there are unpublished edits: publish them first (skillatlas publish --note …)")
        report = run_import(opened, read_ontology([shipped_ontology()]))
        if present:
            print_report(report)
        published = publish_release(opened, note="skillatlas ontology as shipped")
        if published.release is None:
            say("the store has the shipped ontology already; nothing changed")
            return
        release = published.release
        say(
            f"published release {release.number}: {release.concept_count} concepts, {release.edge_count} edges, "
            f"{release.content_hash}"
        )


def search(
    text: Annotated[str, typer.Argument(help="Words to look for, in any language.")],
    store: StoreOption = None,
    scheme: SchemeOption = "atlas",
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Only this kind, such as SKILL; may be repeated.")
    ] = None,
    lang: LangOption = "en",
    first: Annotated[int, typer.Option("--first", min=1, max=100, help="How many.")] = 20,
    json: JsonOption = False,
) -> None:
    """Find ids by words; --scheme '*' looks in all schemes.

    Example: skillatlas search "machine learning" --kind SKILL
    """
    from skillatlas.taxonomy import ConceptKind

    from .output import print_json, print_table
    from .running import ask, opened_runtime

    query = """
    query Search($text: String!, $scheme: String, $kinds: [ConceptKind!], $lang: String, $first: Int) {
      search(text: $text, scheme: $scheme, kinds: $kinds, lang: $lang, first: $first) {
        release totalCount
        edges { node {
          score matchedText matchedLabel { value lang type } concept { id kind status label(lang: $lang) }
        } }
      }
    }"""
    variables = {
        "text": text,
        "scheme": scheme,
        "kinds": [choice("--kind", name, ConceptKind) for name in kind] if kind else None,
        "lang": lang,
        "first": first,
    }
    with opened_runtime(store) as runtime:
        found = ask(runtime, query, variables)["search"]
    hits = [edge["node"] for edge in found["edges"]]
    if json:
        print_json({"release": found["release"], "totalCount": found["totalCount"], "hits": hits})
        return
    print_table(
        f"{found['totalCount']} found in release {found['release']}",
        ("id", "kind", "label", "met", "score"),
        (
            (
                hit["concept"]["id"],
                hit["concept"]["kind"],
                hit["concept"]["label"],
                hit["matchedText"] or f"{hit['matchedLabel']['value']} ({hit['matchedLabel']['lang']})",
                hit["score"],
            )
            for hit in hits
        ),
    )


def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Turtle files or folders; default: the shipped ontology.")
    ] = None,
    warnings: WarningsFile = None,
) -> None:
    """Validate ontology files: syntax, SHACL shapes, rules across files. Needs no store. Warnings are no faults.

    Example: skillatlas check my-ontology/
    """
    from skillatlas.ingest import check_ontology, shipped_ontology

    from .reports import print_findings, write_findings

    findings = check_ontology(files or [shipped_ontology()])
    if warnings is not None:
        write_findings(warnings, findings)
    if print_findings(findings):
        raise typer.Exit(1)


def format_files(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Turtle files or folders; default: the shipped ontology.")
    ] = None,
    check_only: Annotated[bool, typer.Option("--check", help="Write nothing; 1 if a file would change.")] = False,
) -> None:
    """Bring ontology files into the one layout: sorted, a line a value, so that a change is a readable diff.

    Example: skillatlas format my-ontology/
    """
    from skillatlas.ingest import format_ontology, shipped_ontology

    from .output import say

    changed = format_ontology(files or [shipped_ontology()], write=not check_only)
    for name in changed:
        say(f"{'would change' if check_only else 'formatted'}: {name}")
    if changed and check_only:
        raise typer.Exit(1)


def publish(
    note: Annotated[str, typer.Option("--note", help="What this release brings.")],
    store: StoreOption = None,
) -> None:
    """Publish all unpublished edits as the next release.

    Example: skillatlas publish --note "ESCO 1.1.1"
    """
    from ..publishing import publish_release
    from .output import say
    from .reports import print_published
    from .running import opened_store

    with opened_store(store) as opened:
        published = publish_release(opened, note=note)
        if published.release is None:
            head = opened.head()
            say(f"nothing to publish; the newest release is {head.number if head else 'none'}")
        print_published(published)
