"""Date, DateTime and JSON."""

import re
from datetime import date
from typing import Any

import graphene
from graphql import GraphQLError, StringValueNode, ValueNode, value_from_ast_untyped

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _date(value: Any) -> date:
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise GraphQLError("Date cannot represent this value: give YYYY-MM-DD")


class Date(graphene.Scalar):
    """A calendar day, `YYYY-MM-DD`."""

    @staticmethod
    def serialize(value: date) -> str:
        """To ISO 8601."""
        return value.isoformat()

    @staticmethod
    def parse_value(value: Any) -> date:
        """From a variable."""
        return _date(value)

    @staticmethod
    def parse_literal(node: ValueNode, _variables: Any = None) -> date:
        """From a query's text."""
        return _date(node.value if isinstance(node, StringValueNode) else None)


class DateTime(graphene.Scalar):
    """RFC 3339 in UTC with `Z`, whole seconds."""

    @staticmethod
    def serialize(value: str) -> str:
        """The store keeps it in this form."""
        return value


class JSON(graphene.Scalar):
    """A JSON value, never a string that holds one."""

    @staticmethod
    def serialize(value: Any) -> Any:
        """As it is."""
        return value

    @staticmethod
    def parse_value(value: Any) -> Any:
        """As it is."""
        return value

    @staticmethod
    def parse_literal(node: ValueNode, variables: Any = None) -> Any:
        """From a query's text."""
        return value_from_ast_untyped(node, variables)
