"""Validation beyond the GraphQL specification: input fields about a person, in literals and in variables."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    ObjectFieldNode,
    OperationDefinitionNode,
    Undefined,
    ValidationRule,
    get_named_type,
    is_input_type,
    type_from_ast,
)
from graphql.utilities import coerce_input_value

from .errors import ErrorCode
from .sensitive import is_sensitive


def _sensitive_error(name: str, type_name: str) -> GraphQLError:
    return GraphQLError(
        f"{name}: {type_name} takes no such field, and facts of this kind must not matter; leave it out",
        extensions={"code": ErrorCode.SENSITIVE_INPUT},
    )


class SensitiveFieldsRule(ValidationRule):
    """Reports an unknown field of an input object that is about a person."""

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> None:
        """Called by graphql-core for each field of an input object's literal."""
        parent = get_named_type(self.context.get_parent_input_type())
        name = node.name.value
        if isinstance(parent, GraphQLInputObjectType) and name not in parent.fields and is_sensitive(name):
            self.report_error(_sensitive_error(name, parent.name))


def variable_errors(
    schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Mapping[str, Any], most: int
) -> list[GraphQLError]:
    """Why variables do not fit an operation: each with its path, none with its value; facts about a person first.

    Only worth calling once execution has refused them.
    """
    sensitive: list[GraphQLError] = []
    errors: list[GraphQLError] = []
    for definition in operation.variable_definitions:
        name = definition.variable.name.value
        kind: Any = type_from_ast(schema, definition.type)
        if not is_input_type(kind):
            continue
        given = variables.get(name, Undefined)
        if given is Undefined or given is None:
            if isinstance(kind, GraphQLNonNull) and (given is None or definition.default_value is None):
                errors.append(GraphQLError(f"${name}: must be given, and not be null"))
            continue
        sensitive.extend(_sensitive_fields(given, kind))

        def note(path: list[str | int], _value: Any, error: GraphQLError, name: str = name) -> None:
            place = ".".join([f"${name}", *map(str, path)])
            errors.append(GraphQLError(f"{place}: {_without_value(error)}"))

        coerce_input_value(given, kind, note)
    return sensitive[:1] or errors[:most]


def _sensitive_fields(value: Any, kind: GraphQLInputType) -> Iterable[GraphQLError]:
    if isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    if isinstance(kind, GraphQLList):
        for item in value if isinstance(value, (list, tuple)) else (value,):
            yield from _sensitive_fields(item, kind.of_type)
    elif isinstance(kind, GraphQLInputObjectType) and isinstance(value, Mapping):
        for name, inner in value.items():
            field = kind.fields.get(name)
            if field is not None:
                yield from _sensitive_fields(inner, field.type)
            elif is_sensitive(str(name)):
                yield _sensitive_error(str(name)[:100], kind.name)


def _without_value(error: GraphQLError) -> str:
    """The message of a coercion less the value that it repeats: a value may be a person's text."""
    head, found, tail = error.message.partition(" cannot represent ")
    if found:
        return f"{head}{found}{tail.partition(':')[0]}"
    if error.message.startswith("Value "):
        return f"is no {error.message.rpartition(' in ')[2].removesuffix('.')}"
    return error.message.partition(" Did you mean")[0][:200]
