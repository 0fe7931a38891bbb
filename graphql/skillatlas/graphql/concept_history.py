"""A concept's history: its changes up to a release, and which releases contain it."""

from dataclasses import dataclass

import orjson

from skillatlas.taxonomy import ChangeOperation, ConceptStatus, EntityType, Store

from .changes import ChangePage
from .connections import Scope, paginate
from .views import ConceptView


@dataclass(frozen=True, slots=True)
class StatusRange:
    """Releases, both ends included, in which a concept stood with one status."""

    from_release: int
    to_release: int
    status: ConceptStatus


def history_page(store: Store, view: ConceptView, *, edges: bool, first: int, after: str | None) -> ChangePage:
    """A page of the concept's changes by seq, up to the graph's release; with `edges`, of the edges from it too."""
    end = view.graph.release.number
    concept_id = view.concept.id
    found = store.history(EntityType.CONCEPT, concept_id)
    if edges:
        found = sorted([*found, *store.edge_history(concept_id)], key=lambda change: change.seq)
    scope = Scope("Concept.history", {"of": concept_id, "edges": edges}, end)
    page = paginate(
        [change for change in found if change.release <= end],
        lambda change: (change.seq,),
        lambda change: change,
        scope,
        first=first,
        after=after,
    )
    return ChangePage(page.edges, page.page_info, page.total_count, 0, end)


def status_ranges(store: Store, view: ConceptView) -> list[StatusRange]:
    """The ranges of releases that contain the concept, oldest first, up to the graph's release."""
    end = view.graph.release.number
    starts: list[tuple[int, ConceptStatus]] = []
    for change in store.history(EntityType.CONCEPT, view.concept.id):
        if change.release > end or change.operation is ChangeOperation.UPDATE or change.after is None:
            continue
        starts.append((change.release, ConceptStatus(orjson.loads(change.after)["status"])))
    ends = [release - 1 for release, _status in starts[1:]] + [end]
    return [StatusRange(start, stop, status) for (start, status), stop in zip(starts, ends, strict=True)]
