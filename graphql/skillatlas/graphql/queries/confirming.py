"""The root field on what was read in outlines and waits for confirmation."""

from typing import Any

import graphene

from skillatlas.taxonomy import Course, Graph

from ..connections import Page, Scope, cursor_release, page_size, paginate
from ..context import Request
from ..finding import find_catalogue
from ..types.confirming import ReadSkillView, UnconfirmedCourseConnection, UnconfirmedView

Places = dict[str, list[tuple[str, int, int]]]


class ConfirmingQueries:
    """`unconfirmedCourses`."""

    unconfirmed_courses = graphene.Field(
        UnconfirmedCourseConnection,
        catalogue=graphene.String(),
        release=graphene.Int(),
        first=graphene.Int(default_value=20),
        after=graphene.String(),
        description="Courses that name no skills, so that these were read in their outlines (confidence below 1), with "
        "where each was read; by id.",
    )

    @staticmethod
    def resolve_unconfirmed_courses(
        _root: Any,
        info: Any,
        first: int,
        catalogue: str | None = None,
        release: int | None = None,
        after: str | None = None,
    ) -> Page[UnconfirmedView]:
        from skillatlas.ingest import unconfirmed

        request = info.context
        page_size(first, request.limits.page_size)
        graph = request.graph(cursor_release(release, after))
        if catalogue is not None:
            find_catalogue(graph, catalogue)
        courses = (graph.courses[one] for one in sorted(graph.courses))
        return paginate(
            unconfirmed(course for course in courses if catalogue in (None, course.catalogue)),
            lambda course: (course.id,),
            lambda course: _view(request, graph, course),
            Scope("Query.unconfirmedCourses", {"catalogue": catalogue}, graph.release.number),
            first=first,
            after=after,
        )


def _view(request: Request, graph: Graph, course: Course) -> UnconfirmedView:
    from skillatlas.ingest import outline_of

    outline = outline_of(course)
    read = [taught for taught in course.teaches if taught.confidence < 1.0]
    places: Places = {}
    for scheme in sorted({concept.scheme for taught in read if (concept := graph.find(taught.skill)) is not None}):
        places |= _places(request, graph, scheme, outline, course.lang)
    views = tuple(ReadSkillView(graph, taught, tuple(places.get(taught.skill, ()))) for taught in read)
    return UnconfirmedView(graph, course, outline, views)


def _places(request: Request, graph: Graph, scheme: str, outline: str, lang: str | None) -> Places:
    from skillatlas.ingest import DocumentKind, Requirement

    found: Places = {}
    for mention in request.extractor(graph, scheme).extract(outline, lang=lang, kind=DocumentKind.COURSE).mentions:
        if mention.requirement is Requirement.TAUGHT:
            found.setdefault(mention.skill_id, []).append((mention.text, mention.start, mention.end))
    return found
