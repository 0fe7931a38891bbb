"""Every number and rule that a gap stands on, as the answer returns them."""

from skillatlas.taxonomy import ConceptKind, Graph

from .demand import Demand
from .gap_model import Parameter
from .requirements import Requirements
from .settings import GapSettings


def gap_parameters(
    graph: Graph, requirements: Requirements, settings: GapSettings, demand: Demand | None = None
) -> tuple[Parameter, ...]:
    """The parameters of a gap, in a fixed order."""
    roles = [
        number(
            f"roles.{scheme}",
            len(graph.of_kind(ConceptKind.ROLE, scheme=scheme)),
            f"active roles of {scheme} in this release: N of the idf of its skills",
        )
        for scheme in sorted({graph.concepts[item.skill_id].scheme for item in requirements.items})
    ]
    return (
        number("essentialWeight", settings.essential_weight, "r of an essential requirement"),
        number("optionalWeight", settings.optional_weight, "r of an optional requirement"),
        rule("weight", "r x importance/100 x idf", "weight of a requirement; importance counts only where it is known"),
        rule("idf", "1 + ln((1 + N) / (1 + n))", "N active roles of the skill's scheme, n of them that need the skill"),
        *roles,
        rule(
            "credit",
            "max(confidence x min(1, held level / required level), transfer)",
            "credit of a requirement; with no level required the first term is the confidence",
        ),
        number("levelIfUnknown", settings.level_if_unknown, "level at which a held skill of unknown level counts"),
        number("levelIfUnknownLow", settings.level_if_unknown_low, "the same in readinessLow"),
        number("evidenceFloor", settings.evidence_floor, "evidence of less confidence is shown and counts for nothing"),
        number(
            "sureConfidence",
            settings.sure_confidence,
            "least confidence of evidence that counts in readinessLow, and with which what a text denies is ruled out "
            "of readinessHigh",
        ),
        number("transferShare", settings.transfer_share, "transfer = this x the best relatedness to a held skill"),
        number("transferFloor", settings.transfer_floor, "a lower relatedness gives no transfer"),
        rule(
            "relatedness",
            "EASES, CLOSE",
            "transfer of an EASES edge, confidence of a CLOSE mapping; no other pair counts yet",
        ),
        rule(
            "strength",
            "named > notHeld > text > role > prerequisite",
            "of all evidence for a skill the strongest counts; the same through a mapping comes right after it",
        ),
        rule("priority", "weight x (1 - credit) x demand x value / hours", "order of the priorities"),
        *_demand(demand, settings),
        number("priorityValue", 1, "not known in this release: neutral"),
        rule(
            "priorityHours",
            "hours of the shortest course that teaches the skill at the level required",
            "one that can be begun from what is held comes first; where there is none: the median of the known ones "
            "of this answer, 1 if there are none",
        ),
    )


def _demand(demand: Demand | None, settings: GapSettings) -> tuple[Parameter, ...]:
    if demand is None:
        return (number("priorityDemand", 1, "not known, no documents are named to take it from: neutral"),)
    return (
        rule(
            "priorityDemand",
            "(documents that name the skill + 0.5) / (documents + 1)",
            f"{demand.source}, read in {demand.scheme}; where it is not known: the median of the known ones of this "
            "answer, 1 if there are none",
        ),
        number("priorityDocuments", demand.documents, "documents that demand was taken from"),
        number("priorityDocumentsNeeded", settings.demand_documents, "of fewer documents no demand is told"),
    )


def number(name: str, value: float, meaning: str) -> Parameter:
    """A parameter whose value is a number."""
    return Parameter(name, f"{value:g}", float(value), meaning)


def rule(name: str, value: str, meaning: str) -> Parameter:
    """A parameter whose value is a rule."""
    return Parameter(name, value, None, meaning)
