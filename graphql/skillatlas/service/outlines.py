"""Reading what a course teaches from its outline, where its provider does not say."""

from collections.abc import Iterable
from functools import cached_property

from skillatlas.ingest import DocumentKind, Extractor, Requirement, build_extractor, said_at
from skillatlas.taxonomy import NotFoundError, Store, load_graph


class OutlineReader:
    """Reads outlines in a scheme of the newest release; the extractor is made at the first outline.

    Without a published scheme nothing is read: the importer says of each such course that its skills are not known.
    """

    def __init__(self, store: Store, scheme: str) -> None:
        self._store = store
        self._scheme = scheme

    def __call__(self, text: str, lang: str | None) -> Iterable[tuple[str, int | None, float]]:
        """Each skill that the outline teaches, once, with its highest level and confidence; by id."""
        if self._extractor is None:
            return []
        found: dict[str, tuple[int | None, float]] = {}
        for mention in self._extractor.extract(text, lang=lang, kind=DocumentKind.COURSE).mentions:
            if mention.requirement is Requirement.TAUGHT:
                level, confidence = found.get(mention.skill_id, (None, 0.0))
                levels = [one for one in (level, mention.level) if one is not None]
                found[mention.skill_id] = (max(levels, default=None), max(confidence, mention.confidence))
        return [(skill, *found[skill]) for skill in sorted(found)]

    @cached_property
    def _extractor(self) -> Extractor | None:
        try:
            graph = load_graph(self._store)
        except NotFoundError:
            return None
        if self._scheme not in graph.schemes:
            return None
        said = said_at(graph, self._store.overrides(scheme=self._scheme), self._scheme)
        return build_extractor(graph, self._scheme).overridden(said)
