"""The diff of an upgrade."""

from dataclasses import dataclass

from skillatlas.taxonomy import LocalConflict, Suggestion


@dataclass(frozen=True, slots=True, order=True)
class Suspicion:
    """Something that a person should look at before publishing; `rule` is a short fixed name.

    `older-version`, `label-taken`, `in-use`, `kind-changed`, `many-deprecated`, `many-removed`, `case-only`.
    """

    rule: str
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A concept and its label."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, order=True)
class Relabelled:
    """A preferred label that differs; None: there is none in the language."""

    id: str
    lang: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, order=True)
class Moved:
    """Parents left and parents that came, after replaced parents are followed."""

    id: str
    label: str
    left: tuple[str, ...]
    came: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Deprecated:
    """A concept that is deprecated, what follows it, and why."""

    id: str
    label: str
    followers: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True, order=True)
class Altered:
    """A concept of which other fields differ: kind, skillType, labels (not preferred ones), definitions, data, uri."""

    id: str
    label: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelationDiff:
    """Relations of one type, by edge id.

    `before` is how many there were. `renewed` is how many of those removed stand again at what replaced their ends.
    """

    type: str
    before: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    renewed: int


@dataclass(frozen=True, slots=True)
class UpgradeDiff:
    """All that an import changes in a scheme that the store has; every list by id.

    `turning_stale` are mappings of other schemes whose other end changes: publishing marks them. `conflicts` are
    local edits that do not go together with what the source says now. `suggestions` are for deprecated concepts that
    nothing follows; they are never applied by the import.
    """

    version_before: str | None
    version_after: str | None
    suspicious: tuple[Suspicion, ...]
    conflicts: tuple[LocalConflict, ...]
    created: tuple[Named, ...]
    relabelled: tuple[Relabelled, ...]
    moved: tuple[Moved, ...]
    deprecated: tuple[Deprecated, ...]
    restored: tuple[Named, ...]
    altered: tuple[Altered, ...]
    relations: tuple[RelationDiff, ...]
    turning_stale: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
