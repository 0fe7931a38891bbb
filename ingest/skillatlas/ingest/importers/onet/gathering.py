"""What is gathered from O*NET's tables: concepts, edges, and what was found on the way."""

from dataclasses import dataclass, field

from skillatlas.taxonomy import Concept, Edge

from ...findings import Finding, fault, warning
from .rows import Cells

KEY = "onet"
LANG = "en"
SOURCE = "O*NET"
"""The source of all edges; the release stands at the scheme, else an upgrade would change every edge."""


def need_id(role: str, skill: str) -> str:
    """The id of the edge from a role to a skill that it needs."""
    return f"NEEDS|{role}|{skill}"


@dataclass(slots=True)
class Gathering:
    """Entities read so far. `left_out`: ids of what has faults; it stays in the store as it is."""

    concepts: dict[str, Concept] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)

    def note(self, place: str, cells: Cells, text: str, rule: str) -> None:
        """List a row, or what of it is left out, as a warning."""
        self.findings.append(warning(place, cells.line, f"{text}; left out", rule=rule))

    def fault(self, place: str, cells: Cells, cell: int, text: str, *left_out: str, rule: str = "row") -> None:
        """Report what the cell of that number (from 0, in the order asked for) holds, and leave out these ids."""
        self.findings.append(fault(place, cells.line, text, rule=rule, column=cells.columns[cell]))
        self.left_out.update(left_out)
