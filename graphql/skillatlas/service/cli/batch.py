"""`skillatlas batch …`: many learners from a file against one target, a row for each and what they have in common."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import JsonOption, LangOption, ReleaseOption, StoreOption, choice
from .planning import Budget, Catalogue, CourseLang, Currency, Deadline, HoursPerWeek, IncludeOptional, Objective, Start
from .profiles import Advert, Needs, Role, Scheme, target_input

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skillatlas.reskilling import LearnerGap, PathRequest
    from skillatlas.taxonomy import Graph

    from ..runtime import Runtime
    from .learners import LearnerFile, LearnerRow

Learners = Annotated[
    Path, typer.Option("--learners", metavar="FILE", help="CSV, one learner a row: learner, skills, not_held, text …")
]
Plan = Annotated[bool, typer.Option("--plan", help="Also plan for each learner: hours, price, courses.")]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write the rows as CSV; then only the summary is printed.")
]


def register(app: typer.Typer) -> None:
    """Add the command to `skillatlas batch`."""

    @app.callback()
    def batch() -> None:
        """Many learners from a file against one target."""

    app.command()(gap)


def gap(
    learners: Learners,
    role: Role = None,
    advert: Advert = None,
    needs: Needs = None,
    plan: Plan = False,
    objective: Objective = "fastest",
    hours_per_week: HoursPerWeek = 8.0,
    start: Start = None,
    deadline: Deadline = None,
    budget: Budget = None,
    currency: Currency = None,
    catalogue: Catalogue = None,
    course_lang: CourseLang = None,
    include_optional: IncludeOptional = False,
    out: Out = None,
    scheme: Scheme = "atlas",
    lang: LangOption = "en",
    release: ReleaseOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """The gap of each learner of a file, with --plan the best plan too, and a summary of all. Faulty rows are named.

    Example: skillatlas batch gap --learners learners.csv --role atlas:role.data-analyst --plan
    """
    from skillatlas.reskilling import PathObjective, summarise

    from . import batch_output
    from .learners import read_learners
    from .output import print_json, say
    from .planning import path_request
    from .running import opened_runtime

    target = target_input(role, advert, needs)
    file = read_learners(learners)
    request = None
    if plan:
        request = path_request(
            choice("--objective", objective, PathObjective),
            hours_per_week=hours_per_week,
            start=start,
            deadline=deadline,
            budget=budget,
            currency=currency,
            catalogues=catalogue,
            langs=course_lang,
            include_optional=include_optional,
        )
    with opened_runtime(store) as runtime:
        graph = runtime.snapshots.newest() if release is None else runtime.snapshots.at(release)
        faults = list(file.faults)
        rows = list(_measured(runtime, graph, file, target, scheme, request, faults))
        summary = summarise(found for _, found in rows)
        answer = batch_output.Batch(graph, lang, file, tuple(rows), tuple(sorted(faults)), summary, with_plans=plan)
    for name in file.ignored:
        say(f"{learners.name}: the column {name!r} is not known; ignored")
    if out is not None:
        batch_output.write_csv(out, answer)
    if json:
        print_json(batch_output.as_json(answer))
    else:
        batch_output.print_batch(answer, rows_too=out is None)
    for line, text in answer.faults:
        say(f"{learners.name}:{line}: {text}")
    if answer.faults:
        say(f"{len(answer.faults)} faulty row(s) were left out, {len(rows)} done")
        raise typer.Exit(1)


def _measured(
    runtime: "Runtime",
    graph: "Graph",
    file: "LearnerFile",
    target: dict[str, Any],
    scheme: str,
    request: "PathRequest | None",
    faults: list[tuple[int, str]],
) -> "Iterator[tuple[LearnerRow, LearnerGap]]":
    """Each learner with the figures of a single call. Raises what the target or the request is refused with.

    The target and the request are tried first with an empty profile, so that what is wrong with them is said once.
    """
    from skillatlas.graphql import ApiError, Request, read_profile, read_target, text_scheme
    from skillatlas.ingest import progress_for
    from skillatlas.reskilling import PathSettings, Profile, ReskillingError, learner_gap

    from .errors import AnswerError
    from .learners import ProfileReader

    asked = Request(runtime.context)
    fields = _target_fields(target)
    limits = runtime.context.limits
    settings = PathSettings(effort=limits.plan_effort, clock_limit=limits.plan_seconds)
    try:
        home = text_scheme(graph, fields, scheme)
        wanted = read_target(asked, graph, fields, home)
        learner_gap(graph, Profile(complete=True), wanted, request=request, scheme=home, settings=settings)
    except (ApiError, ReskillingError) as error:
        raise AnswerError(str(error)) from None
    reader = ProfileReader(graph, home)
    with progress_for().task("learners") as step:
        for row in file.rows:
            try:
                profile = read_profile(asked, graph, reader.fields(row), home)
                found = learner_gap(graph, profile, wanted, request=request, scheme=home, settings=settings)
            except (ApiError, ReskillingError, ValueError) as error:
                faults.append((row.line, str(error)))
            else:
                yield row, found
            step(1)


def _target_fields(target: dict[str, Any]) -> dict[str, Any]:
    """A TargetInput as the API's resolvers get it."""
    from skillatlas.taxonomy import Necessity

    skills = target.get("skills")
    return {
        "role_id": target.get("roleId"),
        "text": target.get("text"),
        "lang": None,
        "skills": None
        if skills is None
        else [
            {
                "skill_id": one["skillId"],
                "level": one.get("level"),
                "necessity": Necessity.ESSENTIAL,
                "importance": None,
            }
            for one in skills
        ],
    }
