"""What a set of ontology files says, as entities of the taxonomy, each concept with its place."""

from dataclasses import dataclass, field

from skillatlas.taxonomy import Concept, Edge, Scheme

from ...findings import Finding, fault, warning


@dataclass(frozen=True, slots=True)
class Place:
    """Where a concept's block begins."""

    file: str
    line: int | None


@dataclass(slots=True)
class Content:
    """Concepts and edges of one scheme, and the faults found in them.

    `stated`: the files describe the scheme itself. `places` names the concepts that these files describe; what is
    beside them in `concepts` and `edges` comes from the store, and is not judged. `primary` has what each concept
    states as its primary parents. `faulty` are the concepts with a fault.
    """

    scheme: Scheme
    scheme_iri: str
    stated: bool
    concepts: dict[str, Concept] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    primary: dict[str, tuple[str, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)

    def fault(self, concept_id: str, rule: str, text: str) -> None:
        """Report a fault of a concept; one that these files do not describe is passed over."""
        place = self.places.get(concept_id)
        if place is None:
            return
        self.faulty.add(concept_id)
        self.findings.append(fault(place.file, place.line, f"{concept_id}: {text}", rule=rule))

    def warn(self, concept_id: str, rule: str, text: str) -> None:
        """Say what a curator should look at; it can be published as it is."""
        place = self.places.get(concept_id)
        if place is not None:
            self.findings.append(warning(place.file, place.line, f"{concept_id}: {text}", rule=rule))
