"""From SKOS files to the harvest of a scheme."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from skillatlas.taxonomy import Concept, Entity, MapsTo, Store, check_key

from ...errors import UnreadableError
from ...findings import Finding, ordered, warning
from ...progress import NoProgress, Progress, Step
from ..draft import draft_schemes
from ..files import unreadable
from ..harvest import Harvest, covers_source, retired
from ..mappings import Stated, read_ends, settle_mappings
from ..rdf import MATCHES
from .concepts import build_concepts, shared_labels
from .members import assign_ids, find_members
from .relations import SOURCE, Relations
from .scheme import SkosOptions, build_scheme, check_options, choose_schemes, guess_namespace
from .statements import Statement, statements
from .vocabulary import Vocabulary

_CHUNK = 20_000  # statements told to the progress at a time


def read_skos(
    paths: Iterable[Path],
    key: str,
    options: SkosOptions | None = None,
    *,
    store: Store | None = None,
    progress: Progress | None = None,
) -> Harvest:
    """The vocabulary that the files are together, as the whole of the scheme `key`.

    Without a namespace in the options it is that of the scheme in `store`, else what the concepts' IRIs have in
    common. Raises UnreadableError for files that cannot be read, InvalidIdError for a key that can be none.
    """
    check_key(key)
    options = options or SkosOptions()
    files = _named([Path(path) for path in paths])
    shown = ", ".join(name for name, _ in files)
    watcher = progress or NoProgress()
    vocabulary = _gather(files, watcher)
    findings = check_options(key, options, shown)
    members = find_members(vocabulary)
    findings += members.findings
    schemes = choose_schemes(vocabulary, members.sizes(), options, shown)
    chosen = {
        iri: inside for iri, inside in members.schemes.items()
        if options.concept_scheme is None or options.concept_scheme in inside
    }  # fmt: skip
    if not chosen:
        raise unreadable(shown, None, "holds no concept (skos:Concept)")
    namespace, said = _namespace(chosen, key, options, store, shown)
    findings += said
    with watcher.task("building concepts", len(chosen)) as step:
        ids, bad = assign_ids(chosen, key, namespace, vocabulary)
        relations = Relations(vocabulary, ids, members.tops)
        concepts, mended = build_concepts(vocabulary, ids, key, namespace, parents=relations.parents, lang=options.lang)
        if len(schemes) > 1:
            _note_schemes(concepts, chosen)
        edges: list[Entity] = [*relations.broader(concepts), *relations.related(concepts)]
        step(len(chosen))
    scheme, of_scheme = build_scheme(key, namespace, vocabulary, schemes, options, shown)
    findings += [
        *bad, *mended, *relations.findings, *of_scheme, *vocabulary.not_kept(),
        *shared_labels(concepts, vocabulary.places),
    ]  # fmt: skip
    harvest = Harvest(
        key=key,
        entities=(*concepts.values(), *edges),
        findings=ordered(findings),
        scheme=scheme,
        covers=covers_source(SOURCE),
        successor=retired("no longer in the source"),
    )
    stated = list(_mappings(vocabulary, ids))
    return replace(harvest, beside=lambda draft: _beside(draft, harvest, stated, concepts))


def _named(paths: Sequence[Path]) -> list[tuple[str, Path]]:
    """The files by the names that findings give them, sorted: their order must not matter."""
    found: dict[str, Path] = {}
    for path in paths:
        found[path.name if path.name not in found else str(path)] = path
    if not found:
        raise unreadable("skos", None, "no file was named")
    return sorted(found.items())


def _gather(files: Sequence[tuple[str, Path]], progress: Progress) -> Vocabulary:
    """All statements of all files. Raises UnreadableError with every file that cannot be read."""
    vocabulary = Vocabulary()
    broken: list[Finding] = []
    with progress.task("reading SKOS statements") as step:
        for number, (name, path) in enumerate(files):
            try:
                vocabulary.add(_told(statements(path, name, number), step))
            except UnreadableError as error:
                broken += error.findings
    if broken:
        raise UnreadableError(ordered(broken))
    return vocabulary


def _told(items: Iterator[Statement], step: Step) -> Iterator[Statement]:
    count = 0
    for count, item in enumerate(items, start=1):
        yield item
        if count % _CHUNK == 0:
            step(_CHUNK)
    step(count % _CHUNK)


def _namespace(
    iris: Iterable[str], key: str, options: SkosOptions, store: Store | None, file: str
) -> tuple[str, list[Finding]]:
    """The namespace, and a warning that says how it was found where it was guessed."""
    if options.namespace is not None:
        return options.namespace, []
    held = draft_schemes(store).get(key) if store is not None else None
    if held is not None:
        return held.namespace, []
    namespace = guess_namespace(iris, file)
    text = f"the namespace of {key!r} is taken to be {namespace}, which all concepts share; --namespace sets another"
    return namespace, [warning(file, None, text, rule="namespace")]


def _note_schemes(concepts: dict[str, Concept], schemes: dict[str, set[str]]) -> None:
    """Keep at each concept in which of several concept schemes it is."""
    for iri, concept in concepts.items():
        if schemes[iri]:
            concepts[iri] = replace(concept, data={**(concept.data or {}), "inScheme": sorted(schemes[iri])})


def _mappings(vocabulary: Vocabulary, ids: dict[str, str]) -> Iterator[Stated]:
    for predicate, kind in MATCHES.items():
        for iri, target, (file, line) in vocabulary.pairs(predicate):
            if iri in ids and not target.startswith("_:"):
                edge = MapsTo(from_id=ids[iri], to_id=target, predicate=kind, iri=target, source=SOURCE)
                yield Stated(edge, file, line)


def _beside(store: Store, harvest: Harvest, stated: Sequence[Stated], concepts: dict[str, Concept]) -> Harvest:
    """The harvest with its mappings: their ends are in other schemes of the draft, or in the vocabulary itself."""
    if not stated:
        return replace(harvest, beside=None)
    ends = read_ends(store)
    assert harvest.scheme is not None
    ends.namespaces[harvest.key] = harvest.scheme.namespace
    ends.loaded |= {harvest.key}
    prefix = f"{harvest.key}:"
    ends.active = {name: active for name, active in ends.active.items() if not name.startswith(prefix)}
    ends.active |= {concept.id: concept.active for concept in concepts.values()}
    edges, findings = settle_mappings(store, harvest.key, ends, stated, keep_unknown=True)
    return replace(
        harvest,
        entities=(*harvest.entities, *edges),
        findings=ordered([*harvest.findings, *findings]),
        beside=None,
    )
