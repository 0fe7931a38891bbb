"""Commands on texts: ingest, extract, rank."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import StoreOption, choice

if TYPE_CHECKING:
    from skillatlas.ingest import DocumentKind, Finding

Kind = Annotated[str, typer.Option("--kind", help="job, task, cv or course, where a document does not say its own.")]

EXTRACT = """
query Extract($input: ExtractSkillsInput!) {
  extractSkills(input: $input) {
    lang release extractorVersion
    mentions {
      text start end skill { id label } confidence section requirement level minYears
      alternatives { skill { id label } score } evidence
    }
    unlinked { text start end section }
  }
}"""


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(ingest)
    app.command()(extract)
    app.command()(rank)


def ingest(
    files: Annotated[
        list[Path],
        typer.Argument(help="Documents (.txt .md .html .pdf .docx .odt .rtf .jsonl, also with .gz), and folders."),
    ],
    store: StoreOption = None,
    kind: Kind = "job",
    collection: Annotated[str, typer.Option("--collection", help="Key of the collection they belong to.")] = "default",
    scheme: Annotated[str, typer.Option("--scheme", help="Scheme to read in.")] = "atlas",
    lang: Annotated[str | None, typer.Option("--lang", help="Language; detected if omitted.")] = None,
    skip_faulty: Annotated[
        bool, typer.Option("--skip-faulty", help="List documents that cannot be read, and store the rest.")
    ] = False,
) -> None:
    """Read documents, extract their skills, and store both. Unchanged documents change nothing.

    Example: skillatlas ingest adverts.jsonl --kind job --collection adverts
    """
    from skillatlas.ingest import ingest_documents, progress_for, read_documents

    from .reports import print_findings, print_ingest
    from .running import opened_runtime

    unread: list[Finding] = []
    with opened_runtime(store) as runtime:
        graph = runtime.snapshots.newest()
        extractor = runtime.extractors.get(graph, scheme)
        on_fault = unread.append if skip_faulty else None
        documents = read_documents(files, kind=_kind(kind), lang=lang, on_fault=on_fault)
        report = ingest_documents(
            runtime.store,
            graph,
            extractor,
            documents,
            collection=collection,
            scheme=scheme,
            progress=progress_for(),
        )
        print_findings(unread)
        print_ingest(report)


def extract(
    files: Annotated[list[Path] | None, typer.Argument(help="Documents; default: standard input.")] = None,
    store: StoreOption = None,
    scheme: Annotated[str, typer.Option("--scheme", help="Scheme to read in.")] = "atlas",
    policy: Annotated[str, typer.Option("--policy", help="precise, balanced or sensitive.")] = "balanced",
    kind: Kind = "job",
    lang: Annotated[str | None, typer.Option("--lang", help="Language; detected if omitted.")] = None,
    collection: Annotated[
        str | None, typer.Option("--collection", help="Heed also what curators said of forms in this collection.")
    ] = None,
) -> None:
    """Extract skills without storing: one JSON object a document and line, in the order given.

    Example: skillatlas extract advert.txt
    """
    import sys

    from skillatlas.ingest import LinkPolicy, SourceDocument, read_documents

    from .output import print_json
    from .running import ask, opened_runtime

    chosen = _kind(kind)
    chosen_policy = choice("--policy", policy, LinkPolicy)
    if files:
        documents = read_documents(files, kind=chosen, lang=lang)
    else:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
        documents = iter([SourceDocument(id="-", text=text, kind=chosen, lang=lang)])
    with opened_runtime(store) as runtime:
        for document in documents:
            question: dict[str, Any] = {
                "text": document.text,
                "kind": document.kind,
                "lang": document.lang,
                "scheme": scheme,
                "policy": chosen_policy,
                "collection": collection,
                "document": None if collection is None else document.id,
            }
            answer = ask(runtime, EXTRACT, {"input": question})["extractSkills"]
            print_json({"id": document.id, **answer}, indent=False)


def rank(
    scheme: Annotated[str, typer.Option("--scheme", help="Scheme to rank in.")] = "atlas",
    first: Annotated[int, typer.Option("--first", min=1, max=100, help="How many a line.")] = 10,
    lang: Annotated[str | None, typer.Option("--lang", help="Language; detected if omitted.")] = None,
    store: StoreOption = None,
) -> None:
    """Rank the skills nearest to each line of standard input; one JSON array a line on standard output.

    Example: echo "kept the books of a small shop" | skillatlas rank --first 3
    """
    import sys

    from skillatlas.ingest import said_at

    from .output import print_json
    from .running import opened_runtime

    with opened_runtime(store) as runtime:
        graph = runtime.snapshots.newest()
        said = said_at(graph, runtime.store.overrides(scheme=scheme), scheme)
        extractor = runtime.extractors.get(graph, scheme, said)
        for raw in sys.stdin.buffer:
            ranked = extractor.rank(raw.decode("utf-8").rstrip("\r\n"), lang=lang, first=first)
            print_json(
                [
                    {
                        "id": row.skill_id,
                        "label": graph.label(graph.concepts[row.skill_id], lang or "en"),
                        "score": row.score,
                    }
                    for row in ranked
                ],
                indent=False,
            )


def _kind(text: str) -> "DocumentKind":
    from skillatlas.ingest import DocumentKind

    return choice("--kind", text, DocumentKind)
