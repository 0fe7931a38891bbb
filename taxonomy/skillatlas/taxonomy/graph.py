"""The snapshot: one release as an immutable graph in memory, shared by everyone who asks."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from .graph_edges import EdgeIndex
from .labels import preferred_label
from .languages import choose, lookup
from .model import Concept, ConceptKind, Course, Edge, Label, MapsTo, Needs, Scheme
from .store.port import Release, SchemeState


class Graph:
    """Schemes, concepts, edges and courses of one release.

    Ids that are asked for may be compact or full IRIs where a method says so. Methods that take an id of a
    concept that does not exist answer with nothing, not with an error. All answers have a fixed order: needs by
    importance (highest first, unknown last) then id, everything else by id.
    """

    def __init__(
        self,
        release: Release,
        states: Iterable[SchemeState],
        schemes: Iterable[Scheme],
        concepts: Iterable[Concept],
        edges: Iterable[Edge],
        courses: Iterable[Course],
    ) -> None:
        self.release = release
        self.schemes: Mapping[str, Scheme] = {scheme.key: scheme for scheme in schemes}
        self.scheme_states: Mapping[str, SchemeState] = {state.key: state for state in states}
        self.concepts: Mapping[str, Concept] = {concept.id: concept for concept in concepts}
        self.courses: Mapping[str, Course] = {course.id: course for course in courses}
        self.edges = EdgeIndex(edges)
        self._by_uri = {concept.uri: concept.id for concept in self.concepts.values()}
        self._under: dict[str, frozenset[str]] = {}
        self._idf: dict[str, float] = {}

    # -- finding -----------------------------------------------------------------------------------------

    def find(self, id_or_iri: str) -> Concept | None:
        """The concept of a compact id or a full IRI; None where it never existed."""
        return self.concepts.get(id_or_iri) or self.concepts.get(self._by_uri.get(id_or_iri, ""))

    def find_course(self, id_or_iri: str) -> Course | None:
        """The course of an id."""
        return self.courses.get(id_or_iri)

    @cached_property
    def catalogues(self) -> frozenset[str]:
        """Keys of the course catalogues; a catalogue that has become empty counts."""
        return frozenset(self.scheme_states.keys() - self.schemes.keys())

    def of_kind(self, kind: ConceptKind, *, scheme: str | None = None) -> tuple[Concept, ...]:
        """Active concepts of a kind, by id, of one scheme if named."""
        return self._active_by_kind.get((kind, scheme), ())

    @cached_property
    def _active_by_kind(self) -> Mapping[tuple[ConceptKind, str | None], tuple[Concept, ...]]:
        grouped: dict[tuple[ConceptKind, str | None], list[Concept]] = {}
        for concept_id in sorted(self.concepts):
            concept = self.concepts[concept_id]
            if concept.active:
                grouped.setdefault((concept.kind, None), []).append(concept)
                grouped.setdefault((concept.kind, concept.scheme), []).append(concept)
        return {key: tuple(group) for key, group in grouped.items()}

    # -- labels ------------------------------------------------------------------------------------------

    def label(self, concept: Concept, lang: str = "en") -> str:
        """The preferred label by RFC 4647 look-up, then English, then the smallest tag; the id if there is none."""
        return preferred_label(concept, lang)

    def labels(self, concept: Concept, langs: Sequence[str] | None = None) -> tuple[Label, ...]:
        """All labels, or those in the tags that look-up finds for `langs`; by type, language, value."""
        if langs is None:
            return concept.labels
        tags = {label.lang for label in concept.labels}
        wanted = {lookup(lang, tags) for lang in langs}
        return tuple(label for label in concept.labels if label.lang in wanted)

    def definition(self, concept: Concept, lang: str = "en") -> str | None:
        """The definition in the language chosen as for labels; None if there is none."""
        tag = choose(lang, concept.definitions)
        return None if tag is None else concept.definitions[tag]

    # -- the tree ----------------------------------------------------------------------------------------

    def broader(self, concept_id: str) -> tuple[Concept, ...]:
        """Direct parents, by id."""
        return tuple(
            self.concepts[edge.to_id] for edge in self.edges.broader.get(concept_id, ()) if edge.to_id in self.concepts
        )

    def narrower(self, concept_id: str, kinds: Iterable[ConceptKind] | None = None) -> tuple[Concept, ...]:
        """Direct children, by id, active and deprecated."""
        allowed = None if kinds is None else frozenset(kinds)
        return tuple(
            self.concepts[child]
            for child in self.edges.narrower.get(concept_id, ())
            if child in self.concepts and (allowed is None or self.concepts[child].kind in allowed)
        )

    def primary_parent(self, concept_id: str) -> Concept | None:
        """The parent in the tree; None for a top concept."""
        parents = self.edges.broader.get(concept_id, ())
        edge = next((edge for edge in parents if edge.primary), parents[0] if parents else None)
        return self.concepts.get(edge.to_id) if edge else None

    def ancestors(self, concept_id: str) -> tuple[Concept, ...]:
        """From the top concept down to the nearest parent, along the primary parents; ends at a repetition."""
        path: list[Concept] = []
        seen = {concept_id}
        parent = self.primary_parent(concept_id)
        while parent is not None and parent.id not in seen:
            seen.add(parent.id)
            path.append(parent)
            parent = self.primary_parent(parent.id)
        return tuple(reversed(path))

    def under(self, concept_id: str) -> frozenset[str]:
        """The ids of the concept and of all below it, along every broader edge."""
        found = self._under.get(concept_id)
        if found is None:
            reached = {concept_id}
            stack = [concept_id]
            while stack:
                for child in self.edges.narrower.get(stack.pop(), ()):
                    if child not in reached:
                        reached.add(child)
                        stack.append(child)
            # Idempotent, so two threads that come here at once do no harm.
            found = self._under[concept_id] = frozenset(reached)
        return found

    def count_under(self, concept_id: str, kind: ConceptKind) -> int:
        """How many active concepts of a kind lie below, at any depth."""
        return sum(
            1
            for below in self.under(concept_id)
            if below != concept_id
            and (concept := self.concepts.get(below)) is not None
            and concept.kind is kind
            and concept.active
        )

    def top_concepts(self, scheme: str, kinds: Iterable[ConceptKind] | None = None) -> tuple[Concept, ...]:
        """Active concepts of a scheme without a parent, by id."""
        allowed = None if kinds is None else frozenset(kinds)
        return tuple(concept for concept in self._tops.get(scheme, ()) if allowed is None or concept.kind in allowed)

    @cached_property
    def _tops(self) -> Mapping[str, tuple[Concept, ...]]:
        grouped: dict[str, list[Concept]] = {}
        for concept_id in sorted(self.concepts):
            concept = self.concepts[concept_id]
            if concept.active and not self.edges.broader.get(concept_id):
                grouped.setdefault(concept.scheme, []).append(concept)
        return {key: tuple(group) for key, group in grouped.items()}

    # -- roles, mappings, courses ------------------------------------------------------------------------

    def needs(self, role_id: str) -> tuple[Needs, ...]:
        """What a role needs: by importance (highest first, unknown last), then the skill's id."""
        return self.edges.needs.get(role_id, ())

    def needed_by(self, skill_id: str) -> tuple[Needs, ...]:
        """Which roles need a skill, in the same order, by the role's id."""
        return self.edges.needed_by.get(skill_id, ())

    def mappings(self, concept_id: str) -> tuple[MapsTo, ...]:
        """Mappings to concepts of other schemes, by edge id."""
        return self.edges.mappings.get(concept_id, ())

    def mapped_from(self, concept_id: str) -> tuple[MapsTo, ...]:
        """Mappings of other schemes' concepts to this one, by the id of the concept that they begin at."""
        return self._mapped_from.get(concept_id, ())

    @cached_property
    def _mapped_from(self) -> Mapping[str, tuple[MapsTo, ...]]:
        grouped: dict[str, list[MapsTo]] = {}
        for start in sorted(self.edges.mappings):
            for edge in self.edges.mappings[start]:
                target = self.mapping_target(edge)
                if target is not None:
                    grouped.setdefault(target.id, []).append(edge)
        return {target: tuple(edges) for target, edges in grouped.items()}

    def mapping_target(self, edge: MapsTo) -> Concept | None:
        """The mapped concept where it is in this graph."""
        return self.find(edge.to_id) or self.find(edge.iri)

    def taught_by(self, skill_id: str) -> tuple[Course, ...]:
        """Courses that teach a skill, by id."""
        return self._teachers.get(skill_id, ())

    @cached_property
    def _teachers(self) -> Mapping[str, tuple[Course, ...]]:
        grouped: dict[str, list[Course]] = {}
        for course_id in sorted(self.courses):
            course = self.courses[course_id]
            for skill in sorted({taught.skill for taught in course.teaches}):
                grouped.setdefault(skill, []).append(course)
        return {skill: tuple(courses) for skill, courses in grouped.items()}

    def idf(self, skill_id: str) -> float:
        """`1 + ln((1 + N) / (1 + n))`: N active roles of the skill's scheme, n of them that need it."""
        found = self._idf.get(skill_id)
        if found is None:
            # Idempotent, as above. A skill that a thousand roles need would be counted anew by every gap.
            found = self._idf[skill_id] = self._count_idf(skill_id)
        return found

    def _count_idf(self, skill_id: str) -> float:
        skill = self.concepts.get(skill_id)
        total = len(self.of_kind(ConceptKind.ROLE, scheme=skill.scheme)) if skill else 0
        needing = sum(
            1
            for edge in self.needed_by(skill_id)
            if (role := self.concepts.get(edge.from_id)) is not None
            and role.active
            and skill is not None
            and role.scheme == skill.scheme
        )
        return 1.0 + math.log((1 + total) / (1 + needing))
