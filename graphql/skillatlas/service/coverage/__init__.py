"""The report that holds the ontology against real text and other lists, put together from its parts."""

from .courses import CourseCoverage, CourseSubject, course_coverage
from .roles import RoleCoverage, role_coverage

__all__ = ["CourseCoverage", "CourseSubject", "RoleCoverage", "course_coverage", "role_coverage"]
