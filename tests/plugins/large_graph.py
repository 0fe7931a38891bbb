"""Entities of ESCO's size and shape, for tests and measurements that must not depend on the real files."""

from collections.abc import Iterator

from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    Edit,
    Entity,
    Label,
    LabelType,
    Necessity,
    Needs,
    PrerequisiteKind,
    Related,
    Requires,
    Scheme,
    record,
)

NAMESPACE = "https://example.org/large/"
_FILLER = "perform the work that this phrase describes with care and according to the applicable rules"


def large_edits(*, skills: int = 14_000, roles: int = 3_000, groups: int = 640, needs: int = 42) -> Iterator[Edit]:
    """About 18,000 concepts and 153,000 edges by default, as unpublished edits in the order of dumps' types."""
    for entity in _entities(skills, roles, groups, needs):
        row = record(entity, "large")
        yield Edit(row.entity_type, row.entity_id, row.scheme, row.body)


def _concept(local: str, kind: ConceptKind, alternatives: int) -> Concept:
    labels = [Label(LabelType.PREFERRED, "en", f"{local} preferred label")]
    labels += [Label(LabelType.ALTERNATIVE, "en", f"{local} alternative {n}") for n in range(alternatives)]
    return Concept(
        id=f"large:{local}",
        uri=f"{NAMESPACE}{local}",
        scheme="large",
        kind=kind,
        labels=tuple(labels),
        definitions={"en": f"{_FILLER} ({local})"},
    )


def _entities(skills: int, roles: int, groups: int, needs: int) -> Iterator[Entity]:
    yield Scheme("large", NAMESPACE, "Large")
    for n in range(groups):
        yield _concept(f"group.{n:05d}", ConceptKind.SKILL_GROUP, 0)
    for n in range(skills):
        yield _concept(f"skill.{n:05d}", ConceptKind.SKILL, 6)
    for n in range(roles):
        yield _concept(f"role.{n:05d}", ConceptKind.ROLE, 8)
    for n in range(1, groups):
        yield Broader(from_id=f"large:group.{n:05d}", to_id=f"large:group.{n // 8:05d}")
    for n in range(skills):
        yield Broader(from_id=f"large:skill.{n:05d}", to_id=f"large:group.{n % groups:05d}")
        if n % 3 == 0:
            other = f"large:skill.{(n * 7 + 1) % skills:05d}"
            yield Related(from_id=f"large:skill.{n:05d}", to_id=other)
        if n % 70 == 69:
            yield Requires(
                from_id=f"large:skill.{n:05d}",
                any_of=(f"large:skill.{n - 1:05d}", f"large:skill.{n - 2:05d}"),
                kind=PrerequisiteKind.INFERRED,
            )
    for n in range(roles):
        for k in range(needs):
            yield Needs(
                from_id=f"large:role.{n:05d}",
                to_id=f"large:skill.{(n * 31 + k * 97) % skills:05d}",
                necessity=Necessity.ESSENTIAL if k % 2 else Necessity.OPTIONAL,
                importance=float(k),
            )
