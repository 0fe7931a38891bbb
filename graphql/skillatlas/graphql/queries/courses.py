"""Root fields on courses."""

from typing import Any

import graphene

from skillatlas.taxonomy import Course as CourseEntity

from ..connections import Page, Scope, cursor_release, page_size, paginate
from ..finding import find_catalogue, find_skill
from ..types.courses import Course, CourseConnection
from ..views import CourseView


class CourseQueries:
    """`course`, `courses`."""

    course = graphene.Field(
        Course, id_=graphene.Argument(graphene.ID, name="id", required=True), release=graphene.Int()
    )
    courses = graphene.Field(
        CourseConnection,
        catalogue=graphene.String(),
        text=graphene.String(),
        skill_id=graphene.ID(),
        release=graphene.Int(),
        first=graphene.Int(default_value=20),
        after=graphene.String(),
        description="`text`: every word stands in the title, provider or description.",
    )

    @staticmethod
    def resolve_course(_root: Any, info: Any, id_: str, release: int | None = None) -> CourseView | None:
        graph = info.context.graph(release)
        found = graph.find_course(id_)
        return None if found is None else CourseView(graph, found)

    @staticmethod
    def resolve_courses(
        _root: Any,
        info: Any,
        first: int,
        catalogue: str | None = None,
        text: str | None = None,
        skill_id: str | None = None,
        release: int | None = None,
        after: str | None = None,
    ) -> Page[CourseView]:
        page_size(first, info.context.limits.page_size)
        graph = info.context.graph(cursor_release(release, after))
        if catalogue is not None:
            find_catalogue(graph, catalogue)
        skill = None if skill_id is None else find_skill(graph, skill_id, argument="skillId").id
        words = [] if text is None else text.casefold().split()
        courses = (
            [graph.courses[one] for one in sorted(graph.courses)] if skill is None else list(graph.taught_by(skill))
        )
        found = [
            course
            for course in courses
            if (catalogue is None or course.catalogue == catalogue) and _holds(course, words)
        ]
        return paginate(
            found,
            lambda course: (course.id,),
            lambda course: CourseView(graph, course),
            Scope("Query.courses", {"catalogue": catalogue, "text": text, "skill": skill}, graph.release.number),
            first=first,
            after=after,
        )


def _holds(course: CourseEntity, words: list[str]) -> bool:
    if not words:
        return True
    text = " ".join(filter(None, (course.title, course.provider, course.description))).casefold()
    return all(word in text for word in words)
