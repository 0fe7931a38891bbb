"""From overlay files to a harvest of what is local in one scheme."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rdflib import URIRef

from skillatlas.taxonomy import Store, compact, is_iri

from ...errors import ImportFaultsError, UnreadableError
from ...findings import Finding, fault, ordered
from ...progress import NoProgress, Progress
from ..draft import draft_schemes
from ..files import unreadable
from ..harvest import Harvest
from ..ontology.turtle import TurtleFile, parse_turtle
from .laying import beside_scheme


def read_overlay(paths: Iterable[Path] | Path, store: Store, *, progress: Progress | None = None) -> Harvest:
    """Own labels, definitions, relations and mappings for concepts of a scheme that the store has, from Turtle files.

    Subjects are the full IRIs of concepts of one scheme. A folder is all that is local in the scheme; single files
    are all that is local at the concepts that they describe. Raises UnreadableError for files that cannot be read,
    ImportFaultsError where they do not name concepts of one scheme; other faults are in the harvest.
    """
    given = (paths,) if isinstance(paths, Path) else tuple(Path(path) for path in paths)
    named, whole = _named(given)
    watcher = progress or NoProgress()
    files: list[TurtleFile] = []
    broken: list[Finding] = []
    with watcher.task("reading overlay files", len(named)) as step:
        for name, path in named:
            try:
                files.append(parse_turtle(path, name))
            except UnreadableError as error:
                broken += error.findings
            step(1)
    if broken:
        raise UnreadableError(ordered(broken))
    namespaces = {key: scheme.namespace for key, scheme in draft_schemes(store).items()}
    key = _scheme_of(files, namespaces, ", ".join(str(path.name) for path in given))
    return Harvest(
        key,
        (),
        beside=lambda opened: beside_scheme(opened, key, namespaces[key], files, whole=whole),
        overlay=True,
    )


def _named(paths: Sequence[Path]) -> tuple[list[tuple[str, Path]], bool]:
    """The files with the names that findings give them, and whether they are the whole overlay."""
    found: dict[str, Path] = {}
    whole = False
    for path in paths:
        if path.is_dir():
            whole = True
            inside = sorted(item for item in path.rglob("*.ttl") if item.is_file())
            if not inside:
                raise unreadable(str(path), None, "holds no .ttl file")
            found |= {item.relative_to(path).as_posix(): item for item in inside}
        else:
            found[path.name if path.name not in found else str(path)] = path
    return sorted(found.items()), whole


def _scheme_of(files: Sequence[TurtleFile], namespaces: Mapping[str, str], name: str) -> str:
    """The one scheme of all subjects."""
    longest = sorted(namespaces.items(), key=lambda item: (-len(item[1]), item[0]))
    found: dict[str, tuple[str, int | None]] = {}
    faults: list[Finding] = []
    for file in files:
        for iri in sorted(subject for subject in file.values if isinstance(subject, URIRef)):
            line = file.line(iri)
            key = next((key for key, namespace in longest if not is_iri(compact(str(iri), key, namespace))), None)
            if key is None:
                text = f"<{iri}> lies in no scheme that the store has: {', '.join(sorted(namespaces)) or 'none'}"
                faults.append(fault(file.name, line, text, rule="scheme"))
            else:
                found.setdefault(key, (file.name, line))
    if len(found) > 1:
        faults += (
            fault(place, line, f"an overlay is of one scheme; here it is of {key}", rule="scheme")
            for key, (place, line) in found.items()
        )
    if not found and not faults:
        faults.append(fault(name, None, "describes no concept", rule="scheme"))
    if faults:
        raise ImportFaultsError(ordered(faults))
    return next(iter(found))
