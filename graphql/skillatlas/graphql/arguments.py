"""Arguments as resolvers get them: null made the default, texts and lists within the limits, strings representable.

`guard` wraps every resolver that takes arguments, once, when the schema is built.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    Undefined,
    default_field_resolver,
)

from .errors import BadInputError, LimitError
from .limits import Limits

# Texts to read may be long; every other string is a name, an id or a few words.
LONG_TEXTS = frozenset(
    {"AdvertInput.text", "ExtractSkillsInput.text", "ProfileInput.text", "TargetInput.text", "rankSkills.text"}
)

Cleaner = Callable[[Any, str, Limits], Any]


def guard(schema: GraphQLSchema) -> None:
    """Wrap the resolvers of all fields with arguments of a schema under construction."""
    for kind in schema.type_map.values():
        if isinstance(kind, (GraphQLObjectType, GraphQLInterfaceType)) and not kind.name.startswith("__"):
            for name, field in kind.fields.items():
                if field.args:
                    field.resolve = _guarded(name, field)


def _guarded(field_name: str, field: GraphQLField) -> Callable[..., Any]:
    resolve = field.resolve or default_field_resolver
    cleaners = {
        argument.out_name or name: (name, _cleaner(argument, f"{field_name}.{name}"))
        for name, argument in field.args.items()
    }

    def resolver(root: Any, info: Any, **given: Any) -> Any:
        limits = info.context.limits
        for key, value in given.items():
            name, clean = cleaners[key]
            given[key] = clean(value, name, limits)
        return resolve(root, info, **given)

    return resolver


def _cleaner(slot: GraphQLArgument | GraphQLInputField, path: str) -> Cleaner:
    default = None if slot.default_value is Undefined else slot.default_value
    inner = _of_type(slot.type, path)

    def clean(value: Any, name: str, limits: Limits) -> Any:
        if value is None:
            value = default
            if value is None:
                return None
        return inner(value, name, limits)

    return clean


def _of_type(kind: Any, path: str) -> Cleaner:
    if isinstance(kind, GraphQLNonNull):
        return _of_type(kind.of_type, path)
    if isinstance(kind, GraphQLList):
        return _list_cleaner(_of_type(kind.of_type, path))
    if isinstance(kind, GraphQLInputObjectType):
        return _object_cleaner(kind)
    return _text_cleaner if path in LONG_TEXTS else _scalar_cleaner


def _list_cleaner(item: Cleaner) -> Cleaner:
    def clean(value: Any, name: str, limits: Limits) -> Any:
        if len(value) > limits.ids:
            raise LimitError(f"{name}: at most {limits.ids} entries, not {len(value)}")
        return [None if entry is None else item(entry, name, limits) for entry in value]

    return clean


def _object_cleaner(kind: GraphQLInputObjectType) -> Cleaner:
    cleaners: dict[str, tuple[str, Cleaner]] = {}

    def clean(value: Mapping[str, Any], name: str, limits: Limits) -> dict[str, Any]:
        if not cleaners:  # made late, so that an input may hold itself
            for field_name, field in kind.fields.items():
                cleaners[field.out_name or field_name] = (field_name, _cleaner(field, f"{kind.name}.{field_name}"))
        return {
            key: clean_field(value.get(key), f"{name}.{field_name}", limits)
            for key, (field_name, clean_field) in cleaners.items()
        }

    return clean


def _text_cleaner(value: Any, name: str, limits: Limits) -> Any:
    if len(value) > limits.text:
        raise LimitError(f"{name}: at most {limits.text} code points, not {len(value)}")
    return value


def _scalar_cleaner(value: Any, name: str, limits: Limits) -> Any:
    if type(value) is str:
        if len(value) > limits.string:
            raise LimitError(f"{name}: at most {limits.string} code points, not {len(value)}")
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            raise BadInputError(f"{name}: holds half of a surrogate pair, which is no character")
    elif type(value) is float and not math.isfinite(value):
        raise BadInputError(f"{name}: must be a finite number")
    return value
