"""Findings: what a reader has to say about its input, each with its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """A fault keeps an import from being written; a warning is listed."""

    FAULT = "FAULT"
    WARNING = "WARNING"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or warning. `line` and `column` count from 1, None where there is none.

    `rule` is a short fixed name of the rule that found it, by which findings can be grouped and counted.
    """

    severity: Severity
    file: str
    line: int | None
    column: int | None
    text: str
    rule: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f":{self.line}"
            if self.column is not None:
                place += f":{self.column}"
        return f"{place}: {self.severity.lower()}: {self.text}"


def fault(file: str, line: int | None, text: str, *, rule: str = "", column: int | None = None) -> Finding:
    """A fault at a place."""
    return Finding(Severity.FAULT, file, line, column, text, rule)


def warning(file: str, line: int | None, text: str, *, rule: str = "", column: int | None = None) -> Finding:
    """A warning at a place."""
    return Finding(Severity.WARNING, file, line, column, text, rule)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Without repetitions, by file, line, column, then text."""
    return tuple(
        sorted(
            set(findings),
            key=lambda item: (item.file, item.line or 0, item.column or 0, item.severity, item.rule, item.text),
        )
    )
