"""Options that several commands share."""

from enum import StrEnum
from typing import Annotated, TypeVar

import typer

_Choice = TypeVar("_Choice", bound=StrEnum)


def choice(option: str, text: str, values: type[_Choice]) -> _Choice:
    """The member that an option's text names, in any case. Raises UsageError with the names there are."""
    from .errors import UsageError

    if text.upper() not in values.__members__:
        raise UsageError(f"{option} {text}: must be {', '.join(name.lower() for name in values.__members__)}")
    return values[text.upper()]


StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        envvar="SKILLATLAS_STORE",
        show_default=False,
        help="Where the graph is: sqlite:///relative.db, sqlite:////absolute/path.db or "
        "neo4j://user:password@host:7687/database. Default: a SQLite file in the user's data directory.",
    ),
]
SchemeOption = Annotated[str, typer.Option("--scheme", help="Key of the scheme, such as atlas or esco.")]
LangOption = Annotated[str, typer.Option("--lang", help="Language of the answer (BCP 47).")]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON for programs instead of a table for people.")]
ReleaseOption = Annotated[int | None, typer.Option("--release", help="Number of a release; default: the newest.")]
