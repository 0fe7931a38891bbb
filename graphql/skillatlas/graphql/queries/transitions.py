"""Root fields on where a profile could lead."""

from collections.abc import Mapping, Sequence
from typing import Any

import graphene

from skillatlas import reskilling
from skillatlas.taxonomy import Graph

from .. import answers
from ..connections import Page, Scope, cursor_release, page_size, paginate
from ..finding import find_scheme, find_under
from ..types.inputs import HeldSkillInput, ProfileInput
from ..types.transitions import (
    OpeningSkills,
    OpeningSkillView,
    OpeningView,
    RoleConnection,
    RoleTransitions,
    RoleTransitionsInput,
    TransitionsView,
    TransitionView,
)
from ..views import ConceptView


class TransitionQueries:
    """`roleTransitions`, `openingSkills`, `openedRoles`."""

    role_transitions = graphene.Field(
        RoleTransitions,
        input_=graphene.Argument(RoleTransitionsInput, name="input", required=True),
        release=graphene.Int(),
        description="Where a profile could lead. A role in `roleIds` stands with all its needs and is no destination.",
    )
    opening_skills = graphene.Field(
        OpeningSkills,
        profiles=graphene.List(graphene.NonNull(ProfileInput), required=True),
        scheme=graphene.String(default_value="atlas"),
        under=graphene.ID(),
        release=graphene.Int(),
        first=graphene.Int(default_value=20),
        after=graphene.String(),
        description="What if: which single skill would make most roles that need it (under a concept) viable, for one "
        "person or for a group of up to 100.",
    )
    opened_roles = graphene.Field(
        RoleConnection,
        profile=graphene.Argument(ProfileInput, required=True),
        skills=graphene.List(graphene.NonNull(HeldSkillInput), required=True),
        scheme=graphene.String(default_value="atlas"),
        under=graphene.ID(),
        release=graphene.Int(),
        first=graphene.Int(default_value=20),
        after=graphene.String(),
        description="What if: which roles that need any of these skills would become viable if the profile held them "
        "too, by id.",
    )

    @staticmethod
    def resolve_role_transitions(
        _root: Any, info: Any, input_: dict[str, Any], release: int | None = None
    ) -> TransitionsView:
        request = info.context
        first = page_size(input_["first"], request.limits.page_size)
        graph = request.graph(cursor_release(release, input_["after"]))
        scheme = find_scheme(graph, input_["scheme"], argument="input.scheme")
        profile = answers.read_profile(request, graph, input_["profile"], scheme)
        question = _question(graph, input_)
        asked = reskilling.TransitionRequest(question["under"], input_["min_coverage"], input_["max_zone_distance"])
        found = reskilling.role_transitions(request.context.role_spaces.get(graph, scheme), profile, asked)
        scope = Scope("Query.roleTransitions", _arguments(graph, question), graph.release.number)
        page = paginate(
            found.ranked,
            lambda ranked: ranked.order,
            lambda ranked: TransitionView.of(graph, found, ranked),
            scope,
            first=first,
            after=input_["after"],
        )
        name = answers.name_answer(request, graph, "roleTransitions", question)
        return TransitionsView(graph, name, found, page, scope)

    @staticmethod
    def resolve_opening_skills(
        _root: Any,
        info: Any,
        profiles: Sequence[Mapping[str, Any]],
        scheme: str,
        first: int,
        under: str | None = None,
        release: int | None = None,
        after: str | None = None,
    ) -> OpeningView:
        request = info.context
        page_size(first, request.limits.page_size)
        graph = request.graph(cursor_release(release, after))
        find_scheme(graph, scheme)
        space = request.context.role_spaces.get(graph, scheme)
        people = [answers.read_profile(request, graph, profile, scheme) for profile in profiles]
        found = reskilling.opening_skills(space, people, under)
        given = _question(graph, {"profiles": profiles, "scheme": scheme, "under": under})
        page = paginate(
            found.skills,
            lambda skill: skill.order,
            lambda skill: OpeningSkillView(graph, found, skill),
            Scope("Query.openingSkills", _arguments(graph, given), graph.release.number),
            first=first,
            after=after,
        )
        return OpeningView(graph, found, page, space.calibration)

    @staticmethod
    def resolve_opened_roles(
        _root: Any,
        info: Any,
        profile: Mapping[str, Any],
        skills: Sequence[Mapping[str, Any]],
        scheme: str,
        first: int,
        under: str | None = None,
        release: int | None = None,
        after: str | None = None,
    ) -> Page[ConceptView]:
        request = info.context
        page_size(first, request.limits.page_size)
        graph = request.graph(cursor_release(release, after))
        find_scheme(graph, scheme)
        held = answers.read_profile(request, graph, profile, scheme)
        further = [reskilling.EvidenceItem(row["skill_id"], row["level"], row["confidence"]) for row in skills]
        found = reskilling.opened_roles(request.context.role_spaces.get(graph, scheme), held, further, under)
        given = _question(graph, {"profile": profile, "skills": skills, "scheme": scheme, "under": under})
        return paginate(
            sorted(ranked.role_id for ranked in found),
            lambda role: (role,),
            lambda role: ConceptView(graph, graph.concepts[role]),
            Scope("Query.openedRoles", _arguments(graph, given), graph.release.number),
            first=first,
            after=after,
        )


def _question(graph: Graph, given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments with the id of `under` as the graph has it. Raises AbsentError."""
    under = given["under"]
    return {**given, "under": None if under is None else find_under(graph, under).id}


def _arguments(graph: Graph, question: Mapping[str, Any]) -> dict[str, Any]:
    """What a cursor is bound to: all of the question but the page."""
    bound = {name: value for name, value in question.items() if name not in ("first", "after")}
    canonical: dict[str, Any] = answers.canonical_input(graph, bound)
    return canonical
