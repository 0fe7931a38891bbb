"""Every number and rule that a plan stands on, as the answer returns them."""

from importlib.metadata import version

from .gap_model import Parameter
from .gap_parameters import number, rule
from .path_model import PathRequest
from .settings import PathSettings


def path_parameters(
    request: PathRequest, currency: str | None, offered: int, searched: int, settings: PathSettings
) -> tuple[Parameter, ...]:
    """The parameters of a plan, in a fixed order."""
    gap = settings.gap
    money = (rule("currency", currency, "in which prices are compared"),) if currency else ()
    return (
        rule("objective", request.objective, "what the first plan is best in; ties: fewer hours, then fewer courses"),
        number("hoursPerWeek", request.hours_per_week, "hours of study in a week"),
        rule(
            "day",
            "floor((h - e) x 7 / hoursPerWeek)",
            "number of the day, from the start date, on which the h-th hour of the plan falls",
        ),
        *money,
        rule("includeOptional", _yes(request.include_optional), "whether optional requirements are planned for too"),
        rule("assumeUnknownHeld", _yes(request.assume_unknown_held), "whether what is not known is taken as held"),
        rule(
            "respectSkillPrerequisites",
            _yes(request.respect_skill_prerequisites),
            "whether the hard prerequisites of each skill that a course is taken for bind the order",
        ),
        number("levelIfUnknown", gap.level_if_unknown, "level at which a held skill of unknown level meets a clause"),
        number("evidenceFloor", gap.evidence_floor, "what a course teaches with less confidence is not relied on"),
        number("essentialWeight", gap.essential_weight, "r of an essential requirement; weights as in the skill gap"),
        number("optionalWeight", gap.optional_weight, "r of an optional requirement"),
        number("courses", offered, "courses of this release"),
        number("coursesSearched", searched, "of them those that could matter, all of which the proof covers"),
        rule("solver", f"OR-Tools CP-SAT {version('ortools')}", "what searched and proved"),
        number("seed", settings.seed, "seed of the solver, which runs on one thread and repeats its choices"),
        number(
            "effort",
            settings.effort,
            "deterministic units that all searches of this answer may take",
        ),
    )


def _yes(value: bool) -> str:
    return "true" if value else "false"
