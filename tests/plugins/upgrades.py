"""A small scheme that others keep (`far`), a scheme of our own (`own`) that maps to it, and their imports."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from skillatlas.ingest import Harvest, ImportReport, read_overlay, run_import
from skillatlas.ingest.importers.harvest import covers_source
from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    Edge,
    Label,
    LabelType,
    MappingPredicate,
    MapsTo,
    Necessity,
    Needs,
    Scheme,
    Store,
    publish,
)

FAR = "https://example.org/far/"
OWN = "https://example.org/own/"
PREFIXES = f"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sa: <https://w3id.org/skillatlas/ns#> .
@prefix far: <{FAR}> .
@prefix own: <{OWN}> .
"""


def far(name: str, label: str, kind: ConceptKind = ConceptKind.SKILL, *others: Label) -> Concept:
    labels = (Label(LabelType.PREFERRED, "en", label), *others)
    return Concept(f"far:{name}", FAR + name, "far", kind, labels, definitions={"en": f"about {name}"})


def alternative(value: str, lang: str = "en") -> Label:
    return Label(LabelType.ALTERNATIVE, lang, value)


def preferred(value: str, lang: str) -> Label:
    return Label(LabelType.PREFERRED, lang, value)


def needs(role: str, *skills: str) -> list[Edge]:
    return [
        Needs(from_id=f"far:{role}", to_id=f"far:{name}", necessity=Necessity.ESSENTIAL, source="far")
        for name in skills
    ]


def below(child: str, parent: str) -> Broader:
    return Broader(from_id=f"far:{child}", to_id=f"far:{parent}", source="far")


def first_version() -> dict[str, Concept]:
    """Two groups, six skills, a role."""
    return {
        "g": far("g", "tools", ConceptKind.SKILL_GROUP),
        "h": far("h", "methods", ConceptKind.SKILL_GROUP),
        "saw": far("saw", "sawing wood"),
        "plane": far("plane", "planing wood"),
        "glue": far("glue", "gluing boards"),
        "plan": far("plan", "planning work"),
        "price": far("price", "pricing offers"),
        "draw": far("draw", "drawing by hand"),
        "joiner": far("joiner", "joiner", ConceptKind.ROLE),
    }


def first_edges() -> list[Edge]:
    return [
        *(below(name, "g") for name in ("saw", "plane", "glue")),
        *(below(name, "h") for name in ("plan", "price", "draw")),
        *needs("joiner", "saw", "plane", "glue", "plan", "price", "draw"),
    ]


def upgrade(
    store: Store,
    concepts: Mapping[str, Concept],
    edges: Iterable[Edge],
    version: str = "2.0",
    *,
    dry_run: bool = False,
) -> ImportReport:
    """Import a version of the scheme `far`."""
    present = {f"far:{name}" for name in concepts}
    kept = [edge for edge in edges if not isinstance(edge, MapsTo) and _ends(edge) <= present]
    harvest = Harvest(
        "far", (*concepts.values(), *kept), scheme=Scheme("far", FAR, "Far", version), covers=covers_source("far")
    )
    return run_import(store, harvest, allow_removal=True, dry_run=dry_run)


def _ends(edge: Edge) -> set[str]:
    assert isinstance(edge, Broader | Needs)
    return {edge.from_id, edge.to_id}


def own_scheme(store: Store, *targets: str) -> ImportReport:
    """Import our scheme, of which one skill maps to each target."""
    mine = [
        Concept(f"own:{name}", OWN + name, "own", ConceptKind.SKILL, (Label(LabelType.PREFERRED, "en", name),))
        for name in targets
    ]
    mappings = [
        MapsTo(from_id=f"own:{name}", to_id=f"far:{name}", predicate=MappingPredicate.EXACT, iri=FAR + name)
        for name in targets
    ]
    harvest = Harvest("own", (*mine, *mappings), scheme=Scheme("own", OWN, "Own"), covers=covers_source("curated"))
    return run_import(store, harvest, allow_removal=True)


def mapping_id(name: str, to: str | None = None) -> str:
    return f"MAPS_TO|own:{name}|EXACT|{FAR}{to or name}"


def started(store: Store, *targets: str) -> None:
    """Release 1: the first version of `far`, and our own scheme."""
    upgrade(store, first_version(), first_edges(), "1.0")
    own_scheme(store, *targets)
    publish(store)


def lay(store: Store, folder: Path, text: str, *, whole: bool = False, skip_faulty: bool = False) -> ImportReport:
    """Import an overlay whose file holds `text`."""
    folder.mkdir(exist_ok=True)
    path = folder / "overlay.ttl"
    path.write_text(PREFIXES + text, encoding="utf-8")
    return run_import(
        store, read_overlay(folder if whole else path, store), allow_removal=True, skip_faulty=skip_faulty
    )
