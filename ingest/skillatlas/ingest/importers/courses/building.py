"""From one row of a catalogue to a course, with every fault of the row."""

import math
import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from skillatlas.taxonomy import (
    Course,
    CourseClause,
    InvalidIdError,
    Money,
    PrerequisiteKind,
    SkillAtLevel,
    TaughtSkill,
    make_id,
)

from ...settings import DEFAULT_SETTINGS
from .skills import SkillNameError, SkillNames

_CURRENCY = re.compile(r"[A-Z]{3}")
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_URL = re.compile(r"https?://\S+")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


class CourseBuilder:
    """Builds a course from the values of a row; `say` gets the field and the text of each fault."""

    def __init__(self, catalogue: str, names: SkillNames, say: Callable[[str, str], None]) -> None:
        self._catalogue = catalogue
        self._names = names
        self._say = say

    def identifier(self, values: Mapping[str, Any]) -> str | None:
        """The course's full id; None where the row has none."""
        local = self._text(values, "id", required=True)
        if local is None:
            return None
        try:
            return make_id(self._catalogue, local)
        except (InvalidIdError, UnicodeEncodeError):
            self._say("id", f"the id {local!r} is none")
            return None

    def build(self, identifier: str, values: Mapping[str, Any], teaches: tuple[TaughtSkill, ...]) -> Course:
        """The course; what is faulty has been said, and is left out."""
        return Course(
            id=identifier,
            catalogue=self._catalogue,
            title=self._text(values, "title", required=True) or "",
            hours=self._hours(values),
            provider=self._text(values, "provider"),
            url=self._text(values, "url", pattern=_URL, form="begins with https:// or http://"),
            lang=self._text(values, "lang", pattern=_LANG, form="is a language tag such as en or zh-CN"),
            price=self._price(values.get("price")),
            teaches=teaches,
            assumes=self.assumes(values.get("assumes")),
            description=self._text(values, "description", limit=DEFAULT_SETTINGS.text_limit),
            outcomes=self.outcomes(values.get("outcomes")),
        )

    def outcomes(self, value: Any) -> tuple[str, ...]:
        """The texts of what is learned."""
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._say("outcomes", "outcomes is a list of texts")
            return ()
        return tuple(item.strip() for item in value if item.strip())

    def teaches(self, value: Any) -> tuple[TaughtSkill, ...]:
        """What a course is stated to teach."""
        found: dict[str, TaughtSkill] = {}
        for entry in self._list(value, "teaches"):
            skill = self._skill(entry, "teaches")
            if skill is None:
                continue
            if skill.skill in found:
                self._say("teaches", f"teaches names {skill.skill} twice")
            found[skill.skill] = TaughtSkill(skill.skill, skill.level)
        return tuple(found[skill] for skill in sorted(found))

    def assumes(self, value: Any) -> tuple[CourseClause, ...]:
        """What a course assumes: clauses of alternatives."""
        clauses: list[CourseClause] = []
        for entry in self._list(value, "assumes"):
            if not isinstance(entry, dict) or entry.keys() - {"anyOf", "kind"}:
                self._say("assumes", 'assumes holds clauses {"anyOf": [{"skill", "level"}], "kind"}')
                continue
            options = [self._skill(option, "assumes") for option in self._list(entry.get("anyOf"), "anyOf")]
            if not options:
                self._say("assumes", "a clause of assumes has no anyOf")
                continue
            kind = entry.get("kind")
            if kind is not None and kind not in list(PrerequisiteKind):
                self._say("assumes", f"the kind {kind!r} of a clause is none of {', '.join(PrerequisiteKind)}")
                continue
            known = sorted(
                {option for option in options if option is not None}, key=lambda one: (one.skill, one.level or 0)
            )
            for first, second in pairwise(known):
                if first.skill == second.skill:
                    self._say("assumes", f"a clause of assumes names {first.skill} at two levels")
            clause = CourseClause(tuple(known), PrerequisiteKind(kind) if kind else PrerequisiteKind.HARD)
            if clause not in clauses:
                clauses.append(clause)
        return tuple(clauses)

    def _list(self, value: Any, field: str) -> list[Any]:
        if value is None:
            return []
        if not isinstance(value, list):
            self._say(field, f"{field} is a list")
            return []
        return value

    def _skill(self, entry: Any, field: str) -> SkillAtLevel | None:
        if not isinstance(entry, dict) or not isinstance(entry.get("skill"), str) or entry.keys() - {"skill", "level"}:
            self._say(field, f'{field} holds skills as {{"skill": id, IRI or preferred label, "level": 1 to 5}}')
            return None
        level = entry.get("level")
        if level is not None and (isinstance(level, bool) or not isinstance(level, int) or not 1 <= level <= 5):
            self._say(field, f"the level {level!r} of {entry['skill']!r} is none of 1 to 5")
            level = None
        try:
            return SkillAtLevel(self._names.find(entry["skill"].strip()), level)
        except SkillNameError as error:
            self._say(field, str(error))
            return None

    def _hours(self, values: Mapping[str, Any]) -> float:
        value = values.get("hours")
        hours = number(value)
        if value is None or value == "":
            self._say("hours", "hours is missing")
        elif hours is None:
            self._say("hours", f"hours is a number, not {value!r}")
        elif hours <= 0:
            self._say("hours", f"hours is more than 0, not {value!r}")
        return hours if hours is not None and hours > 0 else 1.0

    def _price(self, value: Any) -> Money | None:
        if value is None:
            return None
        if not isinstance(value, dict) or value.keys() - {"amount", "currency"}:
            self._say("price", 'price is {"amount": a number, "currency": a code such as EUR}')
            return None
        amount, currency = number(value.get("amount")), value.get("currency")
        if amount is None or amount < 0:
            self._say("price", f"the price is a number from 0, not {value.get('amount')!r}")
        elif not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
            self._say("price", f"the price needs a currency code such as EUR, not {currency!r}")
        else:
            return Money(amount, currency)
        return None

    def _text(
        self,
        values: Mapping[str, Any],
        field: str,
        *,
        required: bool = False,
        pattern: re.Pattern[str] | None = None,
        form: str = "",
        limit: int = DEFAULT_SETTINGS.label_limit,
    ) -> str | None:
        value = values.get(field)
        if value is None or (isinstance(value, str) and not value.strip()):
            if required:
                self._say(field, f"{field} is missing")
            return None
        if not isinstance(value, str):
            self._say(field, f"{field} is a text, not {value!r}")
            return None
        text = value.strip()
        if len(text) > limit:
            self._say(field, f"{field} is longer than {limit:,} characters")
            return None
        if pattern is not None and not pattern.fullmatch(text):
            self._say(field, f"{field} {form}, not {text!r}")
            return None
        return text


def number(value: Any) -> float | None:
    """A finite number, or one written as text; None for anything else."""
    if isinstance(value, str):
        return float(value) if len(value) <= 30 and _NUMBER.fullmatch(value.strip()) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    found = float(value) if abs(value) < 1e12 else math.inf
    return found if math.isfinite(found) else None
