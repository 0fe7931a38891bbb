"""Options for a person's profile and for a target, and the inputs of the API that they make."""

from pathlib import Path
from typing import Annotated, Any

import typer

Has = Annotated[
    list[str] | None, typer.Option("--has", metavar="ID[=LEVEL]", help="A skill that is held; may be repeated.")
]
NotHeld = Annotated[list[str] | None, typer.Option("--not-held", metavar="ID", help="A skill that is not held.")]
HeldRole = Annotated[list[str] | None, typer.Option("--held-role", metavar="ID", help="A role once held.")]
Cv = Annotated[Path | None, typer.Option("--cv", help="A file with a CV to read.")]
Complete = Annotated[bool, typer.Option("--complete", help="What is not named is not held.")]
Role = Annotated[str | None, typer.Option("--role", metavar="ID", help="The target: a role.")]
Advert = Annotated[Path | None, typer.Option("--advert", help="The target: a file with a job or task post.")]
Needs = Annotated[
    list[str] | None, typer.Option("--needs", metavar="ID[=LEVEL]", help="The target: a skill; may be repeated.")
]
Scheme = Annotated[str, typer.Option("--scheme", help="Scheme in which texts are read.")]


def profile_input(
    has: list[str] | None, not_held: list[str] | None, roles: list[str] | None, cv: Path | None, complete: bool
) -> dict[str, Any]:
    """A ProfileInput. Raises UsageError for a level that is no number, what reading raises for the CV."""
    return {
        "skills": [skill_input(text, "--has") for text in has or ()],
        "notHeld": not_held or [],
        "roleIds": roles or [],
        "text": read_text(cv),
        "complete": complete,
    }


def target_input(role: str | None, advert: Path | None, needs: list[str] | None) -> dict[str, Any]:
    """A TargetInput. Raises UsageError unless one target is named."""
    from .errors import UsageError

    if sum(given is not None for given in (role, advert, needs)) != 1:
        raise UsageError("name one target: --role ID, --advert FILE, or --needs ID (repeated)")
    if role is not None:
        return {"roleId": role}
    if advert is not None:
        return {"text": read_text(advert)}
    return {"skills": [skill_input(text, "--needs") for text in needs or ()]}


def skill_input(text: str, option: str) -> dict[str, Any]:
    """`ID` or `ID=LEVEL`; the last = before a whole number parts them. Raises UsageError."""
    from .errors import UsageError

    skill, equals, level = text.rpartition("=")
    if not equals:
        return {"skillId": text}
    if not (level.isascii() and level.isdigit()):
        raise UsageError(f"{option} {text}: the level after = must be 1 to 5")
    return {"skillId": skill, "level": int(level)}


def read_text(path: Path | None) -> str | None:
    """The text of a document's file; None where there is none."""
    from skillatlas.ingest import read_documents

    if path is None:
        return None
    return "\n\n".join(document.text for document in read_documents([path]))
