"""What a query costs before it runs: about how many objects it may touch.

The map is in Saleor's format: `complexity` is what one answer of the field costs, `multipliers` are the arguments
whose value (or, of a list, its length) multiplies the field and all below it. A number among the multipliers is
the size assumed of a list without `first`. A field that is not listed costs nothing and multiplies by one.
"""

from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

CostMap = Mapping[str, Mapping[str, Mapping[str, Any]]]

_ONE: Mapping[str, Any] = {"complexity": 1}
_PAGE: Mapping[str, Any] = {"complexity": 1, "multipliers": ["first"]}
_FEW: Mapping[str, Any] = {"complexity": 1, "multipliers": [3]}
_SOME: Mapping[str, Any] = {"complexity": 1, "multipliers": [10]}

_CONCEPT: Mapping[str, Mapping[str, Any]] = {
    "scheme": _ONE,
    "labels": _FEW,
    "broader": _FEW,
    "narrower": _PAGE,
    "ancestors": _FEW,
    "mappings": _FEW,
    "replacement": _ONE,
    "history": _PAGE,
    "releases": _ONE,
}

COST_MAP: CostMap = {
    "Query": {
        "releases": _PAGE,
        "release": _ONE,
        "schemes": _FEW,
        "concept": _ONE,
        "concepts": {"complexity": 1, "multipliers": ["ids"]},
        "topConcepts": _SOME,
        "search": _PAGE,
        "suggest": _PAGE,
        "extractSkills": {"complexity": 200},
        "rankSkills": _PAGE,
        "observedSkills": _PAGE,
        # Every document of the selection is looked at, whatever the page.
        "candidates": {"complexity": 100, "multipliers": ["first"]},
        "skillGap": {"complexity": 200},
        "demandGap": {"complexity": 4000},
        "compareRoles": {"complexity": 200, "multipliers": ["roleIds"]},
        "learningPaths": {"complexity": 2000},
        "roleTransitions": {"complexity": 200},
        "openingSkills": {"complexity": 2000},
        "openedRoles": _PAGE,
        "readyToLearn": _PAGE,
        "course": _ONE,
        "courses": _PAGE,
        # The outline of each is read again.
        "unconfirmedCourses": {"complexity": 20, "multipliers": ["first"]},
        "curriculumCoverage": {"complexity": 100},
        "catalogueGaps": _PAGE,
        "changes": _PAGE,
        "releaseDiff": {"complexity": 1000},
        "resolve": {"complexity": 1, "multipliers": ["ids"]},
        # The history of both the mapping and its end is read.
        "staleMappings": {"complexity": 3, "multipliers": ["first"]},
        "impact": {"complexity": 500},
        # All courses are looked at, whatever the page.
        "affectedCourses": {"complexity": 100, "multipliers": ["first"]},
    },
    "Concept": _CONCEPT,
    "Group": {**_CONCEPT, "skillCount": _SOME, "roleCount": _SOME},
    "Skill": {
        **_CONCEPT,
        "prerequisites": _FEW,
        "eases": _FEW,
        "related": _FEW,
        "neededBy": _PAGE,
        "taughtBy": _PAGE,
    },
    "Role": {**_CONCEPT, "needs": _PAGE},
    "Prerequisite": {"anyOf": _FEW},
    "Transfer": {"skill": _ONE},
    "Mapping": {"target": _ONE},
    "StaleMapping": {"source": _ONE, "target": _ONE, "changes": _FEW, "followers": _FEW},
    "Replacement": {"concepts": _FEW},
    "Need": {"role": _ONE, "skill": _ONE},
    "SearchHit": {"concept": _ONE, "matchedLabel": _ONE},
    "Extraction": {"mentions": _SOME, "unlinked": _SOME},
    "SkillMention": {"skill": _ONE, "alternatives": _FEW},
    "RankedSkill": {"skill": _ONE},
    "ObservedSkill": {"skill": _ONE},
    "SkillGap": {
        "target": _ONE,
        "skills": _SOME,
        "priorities": _PAGE,
        # Each is tried with all its answers.
        "questions": {"complexity": 50, "multipliers": ["first"]},
        "explanation": _ONE,
    },
    "SkillGapEntry": {
        "skill": _ONE,
        "transferableFrom": _ONE,
        "evidence": _FEW,
        "prerequisitesMissing": _FEW,
        "prerequisiteChain": _FEW,
        "priority": _ONE,
    },
    "PrerequisiteStep": {"skill": _ONE, "neededFor": _FEW, "alternatives": _FEW},
    "GapQuestion": {"skill": _ONE, "answers": _FEW},
    "DemandGap": {"adverts": _SOME, "skills": _PAGE, "explanation": _ONE},
    "DemandedSkill": {"skill": _ONE},
    "RoleComparison": {"roles": _FEW, "rows": _SOME, "shared": _SOME, "differing": _SOME, "explanation": _ONE},
    "ComparedSkill": {"skill": _ONE, "cells": _FEW},
    "Course": {"teaches": _FEW, "assumes": _FEW, "price": _ONE},
    "TaughtSkill": {"skill": _ONE},
    "CoursePrerequisite": {"anyOf": _FEW},
    "RequiredSkill": {"skill": _ONE},
    "LearningPaths": {"target": _ONE, "plans": _FEW, "uncovered": _SOME},
    "LearningPlan": {"steps": _SOME},
    "LearningStep": {"unlocks": _FEW, "course": _ONE, "teaches": _FEW, "throughMappings": _FEW, "prerequisites": _FEW},
    "SatisfiedPrerequisite": {"clause": _ONE, "by": _ONE},
    "UncoveredSkill": {"skill": _ONE},
    "ThroughMapping": {"skill": _ONE, "taught": _ONE},
    "CurriculumCoverage": {"covered": _SOME, "uncovered": _SOME, "untargeted": _SOME, "needs": _SOME},
    "CoveredNeed": {"skill": _ONE, "courses": _FEW, "through": _FEW},
    "CatalogueGap": {"skill": _ONE},
    "UnconfirmedCourse": {"course": _ONE, "skills": _FEW},
    "ReadSkill": {"skill": _ONE, "evidence": _FEW},
    # `first` stands in the input object, where it is not looked for: so the default is taken.
    "RoleTransitions": {"transitions": {"complexity": 1, "multipliers": [20]}, "excluded": _PAGE},
    "RoleTransition": {"role": _ONE, "missing": _SOME, "counterfactual": _SOME, "explanation": _SOME},
    "ExcludedRole": {"role": _ONE, "filters": _FEW},
    "OpeningSkills": {"skills": _SOME},
    "OpeningSkill": {"skill": _ONE, "roles": _PAGE},
    "OpenedRole": {"role": _ONE},
    "ReleaseDiff": {"changes": _PAGE, "counts": _SOME, "markdown": {"complexity": 2000}},
    # What each counts or names is looked up in the store.
    "Release": dict.fromkeys(("created", "updated", "deprecated", "restored", "removed"), _ONE),
    "Change": {"words": _FEW},
    "Resolution": {"candidates": _FEW},
    "ImpactReport": {"affected": _SOME},
    "AffectedCourse": {"course": _ONE, "skills": _FEW},
    "AffectedSkill": {"resolution": _ONE},
    "AffectedCourseConnection": {"catalogues": _SOME},
}

# What an unreadable number or list costs: validation or execution will refuse it anyway.
_UNREADABLE = 0


class QueryCost:
    """The cost of one operation under given variables; fragments are walked once each."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, costs: CostMap = COST_MAP) -> None:
        self._schema = schema
        self._costs = costs
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._variables: Mapping[str, Any] = {}
        self._defaults: dict[str, Any] = {}
        self._done: dict[str, int] = {}
        self.depends_on_variables = False
        """After `of`: whether other variables may cost something else."""

    def of(self, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> int:
        """The cost of a validated operation."""
        self._variables = variables
        self._defaults = {node.variable.name.value: node.default_value for node in operation.variable_definitions}
        self._done = {}
        return self._selection(operation.selection_set, self._schema.query_type)

    def _selection(self, selection: SelectionSetNode | None, parent: Any) -> int:
        if selection is None:
            return 0
        total = 0
        for node in selection.selections:
            if isinstance(node, FieldNode):
                total += self._field(node, parent)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                inner = self._schema.get_type(condition.name.value) if condition else parent
                total += self._selection(node.selection_set, inner)
            elif isinstance(node, FragmentSpreadNode):
                total += self._fragment(node.name.value)
        return total

    def _fragment(self, name: str) -> int:
        if name not in self._done:
            fragment = self._fragments[name]
            self._done[name] = 0  # a cycle would not have validated
            condition = self._schema.get_type(fragment.type_condition.name.value)
            self._done[name] = self._selection(fragment.selection_set, condition)
        return self._done[name]

    def _field(self, node: FieldNode, parent: Any) -> int:
        if not isinstance(parent, (GraphQLObjectType, GraphQLInterfaceType)):
            return 0
        field = parent.fields.get(node.name.value)
        if field is None:  # __typename and introspection
            return 0
        rule = self._costs.get(parent.name, {}).get(node.name.value)
        below = self._selection(node.selection_set, get_named_type(field.type)) if node.selection_set else 0
        if rule is None:
            return below
        factor = 1
        names = rule.get("multipliers", ())
        if names:
            factor = sum(name if isinstance(name, int) else self._size(node, field, name) for name in names)
        # A page of none is an answer too.
        return max(factor, 1) * (int(rule["complexity"]) + below)

    def _size(self, node: FieldNode, field: Any, name: str) -> int:
        for argument in node.arguments:
            if argument.name.value == name:
                size = self._value(argument.value)
                if size is not None:
                    return size
        default = field.args[name].default_value
        return default if isinstance(default, int) else _UNREADABLE

    def _value(self, value: Any) -> int | None:
        """The number or the length that an argument's value stands for; None for null."""
        if isinstance(value, IntValueNode):
            return max(0, int(value.value))
        if isinstance(value, ListValueNode):
            return len(value.values)
        if isinstance(value, VariableNode):
            self.depends_on_variables = True
            name = value.name.value
            if name not in self._variables:
                default = self._defaults.get(name)
                return None if default is None else self._value(default)
            given = self._variables[name]
            if isinstance(given, (int, float)) and not isinstance(given, bool):
                return max(0, int(given)) if abs(given) < 1e9 else 10**9
            return len(given) if isinstance(given, (list, tuple)) else (None if given is None else 1)
        return None
