"""Turning the ids of a question into active concepts of the release, or saying why not."""

from collections.abc import Sequence

from skillatlas.taxonomy import Concept, ConceptKind, Graph, ReplacementKind

from .errors import BadInputError, NotFoundError


def successor(graph: Graph, concept: Concept) -> Concept | None:
    """The active concept of the same kind that a person need not choose: itself, or the end of its replacements.

    None where the chain ends, splits, or leads to another kind.
    """
    current, seen = concept, {concept.id}
    while not current.active:
        replacement = current.replacement
        if replacement is None or replacement.kind is ReplacementKind.SPLIT or len(replacement.concepts) != 1:
            return None
        following = graph.find(replacement.concepts[0])
        if following is None or following.id in seen:
            return None
        seen.add(following.id)
        current = following
    return current if current.kind is concept.kind else None


class Identifier:
    """Finds what the ids of one question name, and collects a warning for each that is deprecated."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._warnings: dict[str, None] = {}

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was replaced or left out, each said once, in the order in which it was met."""
        return tuple(self._warnings)

    def skill(self, field: str, skill_id: str) -> str | None:
        """The id of an active skill; None where it is deprecated and nothing follows it by itself.

        Raises BadInputError for an id that never existed or names no skill.
        """
        concept = self._graph.find(skill_id)
        if concept is None:
            raise BadInputError(field, f"there is no skill {skill_id!r} in release {self._graph.release.number}")
        if concept.kind is not ConceptKind.SKILL:
            raise BadInputError(field, f"{concept.id} is a {concept.kind}, no SKILL")
        return self._active(concept)

    def role(self, field: str, role_id: str) -> str | None:
        """The same for a role, but raises NotFoundError."""
        concept = self._graph.find(role_id)
        if concept is None or concept.kind is not ConceptKind.ROLE:
            raise NotFoundError(f"{field}: there is no role {role_id!r} in release {self._graph.release.number}")
        return self._active(concept)

    def _active(self, concept: Concept) -> str | None:
        if concept.active:
            return concept.id
        follower = successor(self._graph, concept)
        if follower is not None:
            self._warnings[f"{concept.id} is deprecated: {follower.id}, which replaced it, was taken instead"] = None
            return follower.id
        options = concept.replacement.concepts if concept.replacement else ()
        hint = f"; choose among {', '.join(options)}" if options else ""
        self._warnings[f"{concept.id} is deprecated and was left out{hint}"] = None
        return None


def check_count(field: str, items: Sequence[object] | frozenset[str], limit: int) -> None:
    """Raise BadInputError where a list of ids is longer than the limit."""
    if len(items) > limit:
        raise BadInputError(field, f"{len(items)} entries, at most {limit} are allowed")


def check_range(field: str, value: float | None, low: float, high: float) -> None:
    """Raise BadInputError where a number that is given lies outside; so does one that is not a number."""
    if value is not None and not low <= value <= high:
        raise BadInputError(field, f"{value:g} is not between {low:g} and {high:g}")


def check_level(field: str, level: int | None) -> None:
    """Raise BadInputError where a level that is given is none of 1 to 5."""
    if level is not None and level not in (1, 2, 3, 4, 5):
        raise BadInputError(field, f"{level} is no level: 1 (aware) to 5 (expert)")
