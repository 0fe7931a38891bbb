"""What a process needs to answer: the store, the snapshots, the extractors, and the API's context, made once."""

from dataclasses import dataclass

from skillatlas.graphql import Context, Limits
from skillatlas.ingest import Extractors
from skillatlas.taxonomy import Graph, Snapshots, Store, open_store

from .settings import Settings, ensure_store_folder, index_folder


@dataclass(frozen=True, slots=True)
class Runtime:
    """The slow things of a process; close it at the end."""

    settings: Settings
    store: Store
    snapshots: Snapshots
    extractors: Extractors
    context: Context

    def prepare(self, graph: Graph) -> None:
        """Make what requests on a graph need, as far as the settings ask for it beforehand."""
        self.context.prepare(graph, self.settings.warm_schemes)

    def close(self) -> None:
        """Close the store."""
        self.store.close()


def open_runtime(settings: Settings) -> Runtime:
    """Open the store of the settings; nothing is loaded yet. Raises StoreError."""
    ensure_store_folder(settings.store)
    store = open_store(settings.store)
    snapshots = Snapshots(store, keep_older=settings.keep_older_releases)
    extractors = Extractors(cache=index_folder(settings))
    context = Context(store, snapshots, extractors, limits=limits_of(settings), introspection=settings.dev)
    return Runtime(settings, store, snapshots, extractors, context)


def limits_of(settings: Settings) -> Limits:
    """The limits of the API that the settings ask for."""
    return Limits(
        depth=settings.max_depth,
        cost=settings.max_cost,
        aliases=settings.max_aliases,
        directives=settings.max_directives,
        root_fields=settings.max_root_fields,
        tokens=settings.max_tokens,
        text=settings.max_text,
        string=settings.max_string,
        body=settings.max_body_bytes,
        page_size=settings.max_page_size,
        ids=settings.max_ids,
        releases=settings.max_releases,
        changes=settings.max_changes,
        operations=settings.max_operations,
        fragments=settings.max_fragments,
        plan_effort=settings.plan_effort,
        plan_seconds=settings.plan_seconds,
    )
