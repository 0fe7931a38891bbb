"""`skillatlas candidates`: phrases that look like skills and match none, and what a curator decides on them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import JsonOption, SchemeOption, StoreOption, choice
from .overrides import Collection, Reason, Replace, say_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from skillatlas.ingest import CandidateExample, CandidateReport, DocumentKind
    from skillatlas.taxonomy import Reading

    from ..runtime import Runtime

    TextOf = Callable[[CandidateExample], str | None]

CONTEXT = 40  # characters to either side of an example
FILES = "-"  # the collection of files that were given


def register(app: typer.Typer) -> None:
    """Add the commands to `skillatlas candidates`."""
    app.callback(invoke_without_command=True)(candidates)
    app.command()(accept)
    app.command()(reject)


def candidates(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Option("--file", metavar="FILE", help="Read this document or folder instead of what is stored; repeat."),
    ] = None,
    scheme: SchemeOption = "atlas",
    collection: Annotated[str | None, typer.Option("--collection", help="Only of this collection.")] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help="job, task, cv or course; CVs only where asked for.")
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="Only of documents in this language.")] = None,
    first: Annotated[int, typer.Option("--first", min=1, help="How many.")] = 50,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """List phrases of the ingested documents that look like skills and match none: most likely skills first.

    Example: skillatlas candidates --collection adverts --first 20
    """
    if context.invoked_subcommand is not None:
        return
    from .output import print_json, print_table
    from .running import opened_runtime

    wanted = None if kind is None else _kind(kind)
    with opened_runtime(store) as runtime:
        report, text_of = _gather(runtime, files, scheme, collection, wanted, lang)
        rows = [
            (one, [shown for at in one.examples if (shown := _shown(at, text_of))]) for one in report.candidates[:first]
        ]
    if json:
        print_json([_row(one, examples) for one, examples in rows])
        return
    print_table(
        f"{len(report.candidates)} candidates in {report.documents} documents",
        ("phrase", "score", "documents", "mentions", "listed", "example"),
        (
            (
                " | ".join((one.text, *one.variants)),
                one.score,
                one.documents,
                one.mentions,
                one.listed,
                examples[0]["context"] if examples else None,
            )
            for one, examples in rows
        ),
    )


def accept(
    phrase: Annotated[str, typer.Argument(help="The phrase, as `candidates` shows it.")],
    skill: Annotated[str, typer.Argument(help="Id of the skill it is.")],
    scheme: SchemeOption = "atlas",
    collection: Collection = None,
    reason: Reason = None,
    replace: Replace = False,
    store: StoreOption = None,
) -> None:
    """Say which skill a phrase is: the same as `override means`.

    Example: skillatlas candidates accept "kube clusters" atlas:kubernetes
    """
    from skillatlas.ingest import Wish
    from skillatlas.taxonomy import Verdict

    wish = Wish(phrase, Verdict.MEANS, skill, scheme, collection, None, reason)
    say_all(store, [wish], replace=replace)


def reject(
    phrase: Annotated[str, typer.Argument(help="The phrase, as `candidates` shows it.")],
    scheme: SchemeOption = "atlas",
    collection: Collection = None,
    reason: Reason = None,
    replace: Replace = False,
    store: StoreOption = None,
) -> None:
    """Say that a phrase is no candidate. A form of that name which the scheme gets later is met all the same.

    Example: skillatlas candidates reject "best practices"
    """
    from skillatlas.ingest import Wish
    from skillatlas.taxonomy import Verdict

    wish = Wish(phrase, Verdict.REJECTED, None, scheme, collection, None, reason)
    say_all(store, [wish], replace=replace)


def _kind(text: str) -> "DocumentKind":
    from skillatlas.ingest import DocumentKind

    return choice("--kind", text, DocumentKind)


def _gather(
    runtime: "Runtime",
    files: list[Path] | None,
    scheme: str,
    collection: str | None,
    kind: "DocumentKind | None",
    lang: str | None,
) -> "tuple[CandidateReport, TextOf]":
    """The candidates, and where to find the text of an example."""
    from skillatlas.ingest import DocumentKind, Vocabulary, gather_candidates
    from skillatlas.taxonomy import NotFoundError

    from .errors import UsageError

    graph = runtime.snapshots.newest()
    if scheme not in graph.schemes:
        raise NotFoundError(f"release {graph.release.number} has no scheme {scheme!r}")
    texts: dict[str, str] = {}
    if files:
        if collection is not None:
            raise UsageError("--collection is of stored documents, and cannot go with --file")
        readings = _read(runtime, files, scheme, kind or DocumentKind.JOB, texts)
    else:
        readings = runtime.store.readings(scheme=scheme, collection=collection, kind=kind and str(kind))
    report = gather_candidates(
        readings,
        Vocabulary.of(graph, scheme),
        runtime.store.overrides(scheme=scheme),
        lang=lang,
        cvs=kind is DocumentKind.CV,
    )

    def text_of(example: "CandidateExample") -> str | None:
        if example.collection == FILES:
            return texts.get(example.document)
        return runtime.store.text_of(example.collection, example.document, scheme)

    return report, text_of


def _read(
    runtime: "Runtime", files: list[Path], scheme: str, kind: "DocumentKind", texts: dict[str, str]
) -> "Iterator[Reading]":
    """Readings of files, whose texts are kept for the examples."""
    from skillatlas.ingest import extraction_json, read_documents, said_at
    from skillatlas.taxonomy import Reading, canonical_json

    graph = runtime.snapshots.newest()
    said = said_at(graph, runtime.store.overrides(scheme=scheme), scheme)
    extractor = runtime.extractors.get(graph, scheme, said)
    for document in read_documents(files, kind=kind):
        found = extractor.extract(document.text, lang=document.lang, kind=document.kind)
        texts[document.id] = document.text
        yield Reading(FILES, document.id, document.kind, found.lang, canonical_json(extraction_json(found)))


def _shown(example: "CandidateExample", text_of: "TextOf") -> dict[str, Any] | None:
    text = text_of(example)
    if text is None:  # it went meanwhile
        return None
    around = text[max(0, example.start - CONTEXT) : example.end + CONTEXT]
    return {
        "collection": example.collection,
        "document": example.document,
        "start": example.start,
        "end": example.end,
        "context": " ".join(around.split()),
    }


def _row(one: Any, examples: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "phrase": one.text,
        "variants": list(one.variants),
        "score": one.score,
        "documents": one.documents,
        "mentions": one.mentions,
        "listed": one.listed,
        "examples": examples,
    }
