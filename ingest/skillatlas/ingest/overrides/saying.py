"""Writing down what a person says of forms, once it is clear that it can hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from skillatlas.taxonomy import ConceptKind, Graph, NotFoundError, Override, Store, Verdict, load_graph, successors

from ..errors import ImportFaultsError, OverrideError
from ..extraction import ExtractionSettings, fold_form, source_of
from ..findings import Finding, fault


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to say of a form. `file` and `line` say where it stands, if it was read from a file."""

    form: str
    verdict: Verdict
    skill: str | None = None
    scheme: str = "atlas"
    collection: str | None = None
    document: str | None = None
    reason: str | None = None
    file: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class SaidReport:
    """The overrides written, and those that stood already; each in the order of the wishes."""

    written: tuple[Override, ...]
    unchanged: tuple[Override, ...]


def say_overrides(
    store: Store, wishes: Sequence[Wish], *, replace: bool = False, settings: ExtractionSettings | None = None
) -> SaidReport:
    """Keep what is said of forms; it holds from now on, in every release that has the skill.

    `replace`: take the place of what was said of the same form at the same place before; else that is a contradiction.
    Raises OverrideError for one wish that cannot hold (no form, no such skill, a contradiction), ImportFaultsError
    with all that cannot where they come from a file, NotFoundError without a release, StoreBusyError.
    """
    settings = settings or ExtractionSettings()
    graph = load_graph(store)
    findings: list[Finding] = []
    written: dict[tuple[str, str, str, str], Override] = {}
    unchanged: list[Override] = []
    with store.writer() as writer:
        standing = {one.place: one for one in store.overrides()}
        for wish in wishes:
            try:
                override = _override(graph, wish, settings)
                _check_standing(written.get(override.place), override, replace=False)
                before = standing.get(override.place)
                _check_standing(before, override, replace=replace)
            except OverrideError as error:
                if not wish.file:
                    raise
                findings.append(fault(wish.file, wish.line, str(error)))
                continue
            if before is not None and _same(before, override) and override.reason in (None, before.reason):
                unchanged.append(before)
            else:
                written[override.place] = override
        if findings:
            raise ImportFaultsError(findings)
        writer.put_overrides(written.values())
    return SaidReport(tuple(written.values()), tuple(unchanged))


def take_back(
    store: Store, form: str, *, scheme: str = "atlas", collection: str | None = None, document: str | None = None
) -> Override:
    """Forget what was said of a form at a place, and return it. Raises NotFoundError where nothing was, StoreBusyError.

    The form is compared as extraction does: without regard to case, hyphens and full width.
    """
    asked = Override(scheme, collection, document, fold_form(form), form, Verdict.NEVER, None, 0)
    with store.writer() as writer:
        found = next((one for one in store.overrides(scheme=scheme) if one.place == asked.place), None)
        if found is None:
            raise NotFoundError(f"nothing was said of {form!r} in the {source_of(asked)}")
        writer.remove_overrides([found])
    return found


def _override(graph: Graph, wish: Wish, settings: ExtractionSettings) -> Override:
    key = fold_form(wish.form)
    if not any(char.isalnum() for char in key):
        raise OverrideError("a form is a word or phrase, and this one is empty")
    if len(key) > settings.max_form:
        raise OverrideError(f"{wish.form[:40]!r}…: a form has at most {settings.max_form} characters")
    if wish.scheme not in graph.schemes:
        raise OverrideError(f"release {graph.release.number} has no scheme {wish.scheme!r}")
    if wish.document is not None and wish.collection is None:
        raise OverrideError(f"{wish.form!r}: a document is one of a collection; name that too")
    if wish.verdict is not Verdict.MEANS and wish.skill is not None:
        raise OverrideError(f"{wish.form!r}: only MEANS goes with a skill")
    skill = _skill(graph, wish) if wish.verdict is Verdict.MEANS else None
    form = " ".join(wish.form.split())
    return Override(
        wish.scheme,
        wish.collection,
        wish.document,
        key,
        form,
        wish.verdict,
        skill,
        graph.release.number,
        wish.reason or None,
    )


def _skill(graph: Graph, wish: Wish) -> str:
    """The id of the skill as it was named: what comes after it later is followed when texts are read."""
    concept = graph.find(wish.skill or "")
    if concept is None or concept.kind is not ConceptKind.SKILL:
        raise OverrideError(f"{wish.form!r}: release {graph.release.number} has no skill {wish.skill or ''!r}")
    if concept.scheme != wish.scheme:
        raise OverrideError(f"{wish.form!r}: {concept.id} is of the scheme {concept.scheme!r}, not {wish.scheme!r}")
    if not concept.active:
        after = successors(graph.concepts, concept)
        names = ", ".join(one.id for one in after.concepts)
        if len(after.concepts) != 1 or after.choice:
            what = f"choose among {names}" if names else "nothing follows it"
            raise OverrideError(f"{wish.form!r}: {concept.id} is deprecated; {what}")
    return concept.id


def _check_standing(before: Override | None, override: Override, *, replace: bool) -> None:
    if before is None or replace or _same(before, override):
        return
    stands = f"means {before.skill}" if before.verdict is Verdict.MEANS else str(before.verdict).lower()
    raise OverrideError(
        f"{override.form!r}: in the {source_of(before)} it was said already: {before.form!r} {stands}; "
        "take that back, or say it anew with --replace"
    )


def _same(before: Override, override: Override) -> bool:
    return (before.verdict, before.skill) == (override.verdict, override.skill)
