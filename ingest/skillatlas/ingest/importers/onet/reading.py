"""From the tables of O*NET to a harvest of the scheme `onet`."""

from collections.abc import Iterable
from pathlib import Path

from skillatlas.taxonomy import ONET_NAMESPACE, Concept, Edge, Entity, Scheme, edge_id

from ...findings import Finding, ordered, warning
from ...progress import NoProgress, Progress
from ..harvest import Harvest, covers_source, retired
from .differences import table_differences
from .elements import read_content_model, read_elements
from .gathering import KEY, SOURCE, Gathering
from .occupations import read_occupations
from .ratings import read_ratings
from .tables import KNOWLEDGE, SKILLS, OnetPackage
from .technologies import read_technologies


def read_onet(paths: Iterable[Path], *, progress: Progress | None = None) -> Harvest:
    """The whole of O*NET as far as the zips, or folders, have its tables; together they are one harvest.

    A table that several of them have is read from the first named; what the others say differently is listed.
    Raises UnreadableError for what cannot be read at all.
    """
    package = OnetPackage(tuple(Path(path) for path in paths))
    watcher = progress or NoProgress()
    found = Gathering(findings=[*package.findings, *_unknown_version(package)])
    for other in package.others:
        read = package.table(other.name)
        assert read is not None
        with watcher.task(f"comparing {other.place}"):
            found.findings += table_differences(read, other)
    with watcher.task("reading O*NET's occupations") as step:
        codes = read_occupations(found, package)
        step(len(codes))
    with watcher.task("reading O*NET's skills and knowledge") as step:
        model = read_content_model(found, package)
        read_elements(found, package, model)
        for table in package.tables(SKILLS, KNOWLEDGE):
            before = len(found.edges)
            read_ratings(found, table, codes)
            step(len(found.edges) - before)
    with watcher.task("reading O*NET's technologies") as step:
        before = len(found.edges)
        read_technologies(found, package, codes, model)
        step(len(found.edges) - before)
    return Harvest(
        key=KEY,
        entities=tuple(_entities(found)),
        findings=ordered(found.findings),
        scheme=_scheme(package),
        covers=covers_source(SOURCE),
        successor=retired(f"not in O*NET {package.version}" if package.version else "no longer in O*NET"),
        left_out=frozenset(found.left_out),
    )


def _entities(found: Gathering) -> Iterable[Entity]:
    """What is free of faults."""
    concepts: list[Concept] = [one for one in found.concepts.values() if one.id not in found.left_out]
    edges: list[Edge] = found.edges
    if found.left_out:
        edges = [edge for edge in edges if not {edge.from_id, edge_id(edge)} & found.left_out]
    return [*concepts, *edges]


def _unknown_version(package: OnetPackage) -> Iterable[Finding]:
    for table in {table.source: table for table in package.all_tables}.values():
        name = table.source.path.name
        if "." not in package.releases.get(name, ""):
            known = package.releases.get(name)
            text = f"its name does not tell the release{f' after {known}' if known else ''} (as in 29_2)"
            yield warning(name, None, text, rule="version")


def _scheme(package: OnetPackage) -> Scheme:
    releases = sorted(set(package.releases.values()), key=lambda one: (-len(one), one))
    named = " and ".join(releases) + (" Databases" if len(releases) > 1 else " Database")
    return Scheme(
        key=KEY,
        namespace=ONET_NAMESPACE,
        title="O*NET: Occupational Information Network",
        version=package.version,
        licence="CC BY 4.0",
        attribution=(
            f"This product includes information from the O*NET {named.strip()} by the U.S. Department of Labor, "
            "Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a "
            "trademark of USDOL/ETA. skillatlas has modified all or some of this information. USDOL/ETA has not "
            "approved, endorsed, or tested these modifications."
        ),
        source_url="https://www.onetcenter.org/database.html",
    )
