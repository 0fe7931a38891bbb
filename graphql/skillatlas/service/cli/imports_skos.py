"""`skillatlas import skos`."""

from pathlib import Path
from typing import Annotated

import typer

from .importing import (
    AllowRemoval,
    DiffFile,
    DryRun,
    ImportOptions,
    JsonReport,
    PublishNote,
    SkipFaulty,
    WarningsFile,
    import_harvest,
)
from .options import StoreOption


def skos(
    files: Annotated[
        list[Path],
        typer.Argument(help="Turtle, RDF/XML, JSON-LD or N-Triples, each also as .gz; together they are the scheme."),
    ],
    scheme: Annotated[str, typer.Option("--scheme", help="Key of the scheme; its concepts become KEY:LOCAL.")],
    store: StoreOption = None,
    namespace: Annotated[
        str | None,
        typer.Option("--namespace", metavar="IRI", help="What the concepts' IRIs begin with; default: what all share."),
    ] = None,
    concept_scheme: Annotated[
        str | None,
        typer.Option("--concept-scheme", metavar="IRI", help="Of several skos:ConceptSchemes only this; default: all."),
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of texts that state none.")] = "und",
    title: Annotated[str | None, typer.Option("--title", help="Title, instead of the one in the file.")] = None,
    version: Annotated[str | None, typer.Option("--version", help="Version, instead of the one in the file.")] = None,
    licence: Annotated[str | None, typer.Option("--licence", help="Licence, instead of the one in the file.")] = None,
    attribution: Annotated[
        str | None, typer.Option("--attribution", help="Whom to name, instead of what the file says.")
    ] = None,
    source_url: Annotated[str | None, typer.Option("--source-url", help="Where the vocabulary comes from.")] = None,
    dry_run: DryRun = False,
    allow_removal: AllowRemoval = False,
    skip_faulty: SkipFaulty = False,
    publish: PublishNote = None,
    json: JsonReport = False,
    warnings: WarningsFile = None,
    diff: DiffFile = None,
) -> None:
    """Import any SKOS vocabulary as a scheme of its own; nothing is fetched.

    Example: skillatlas import skos vocabulary.ttl --scheme acme --dry-run
    """
    from skillatlas.ingest import SkosOptions, read_skos

    options = SkosOptions(
        namespace=namespace,
        concept_scheme=concept_scheme,
        lang=lang,
        title=title,
        version=version,
        licence=licence,
        attribution=attribution,
        source_url=source_url,
    )
    import_harvest(
        lambda opened, progress: read_skos(files, scheme, options, store=opened, progress=progress),
        ImportOptions(store, dry_run, allow_removal, skip_faulty, publish, json, warnings, diff),
    )
