"""Answering a request: from a query's text and variables to the body and the HTTP status."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import ExecutionResult, FieldNode, GraphQLError
from graphql.execution import execute as graphql_execute

from .context import Context, Request
from .documents import InvalidQueryError, invalid
from .errors import ErrorCode, classify
from .rules import variable_errors
from .schema import get_schema

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send: `body` is JSON (see `encode`), `status` 200 or 400.

    `internal` are the exceptions behind INTERNAL, for the log of the caller, which knows the request's id.
    `fields` are the root fields answered, with the code of their error or None.
    """

    status: int
    body: JsonObject
    internal: tuple[BaseException, ...] = ()
    fields: Mapping[str, ErrorCode | None] | None = None
    cost: int = 0


def answer(
    context: Context,
    query: Any,
    variables: Any = None,
    operation_name: Any = None,
) -> Answer:
    """Answer one request; never raises. Arguments may be any JSON value: what is not fitting is BAD_INPUT.

    Runs to the end in the caller's thread (a learning path may take seconds).
    """
    try:
        return _answer(context, *_checked(query, variables, operation_name))
    except InvalidQueryError as error:
        return Answer(400, {"errors": [format_error(one) for one in error.errors]})
    except Exception as error:  # a fault of ours, outside of any resolver
        code, message = classify(error)
        return Answer(200, {"data": None, "errors": [_error(code, message)]}, (error,))


def execute(
    context: Context, query: str, variables: Mapping[str, Any] | None = None, operation_name: str | None = None
) -> JsonObject:
    """The body alone, `{"data", "errors"}`: for use within the process."""
    return answer(context, query, variables, operation_name).body


def _checked(query: Any, variables: Any, operation_name: Any) -> tuple[str, Mapping[str, Any], str | None]:
    if not isinstance(query, str):
        raise invalid(ErrorCode.BAD_INPUT, "query: must be a string")
    if variables is not None and not isinstance(variables, Mapping):
        raise invalid(ErrorCode.BAD_INPUT, "variables: must be an object")
    if operation_name is not None and not isinstance(operation_name, str):
        raise invalid(ErrorCode.BAD_INPUT, "operationName: must be a string")
    return query, variables or {}, operation_name or None


def _answer(context: Context, query: str, variables: Mapping[str, Any], operation_name: str | None) -> Answer:
    schema = get_schema()
    prepared = context.documents.prepare(schema, query)
    operation = prepared.operation(operation_name)
    cost = context.documents.check_cost(schema, prepared, operation_name, variables)
    result = graphql_execute(
        schema,
        prepared.document,
        context_value=Request(context),
        variable_values=dict(variables),
        operation_name=operation_name,
        is_awaitable=_never,
    )
    assert isinstance(result, ExecutionResult)
    if result.data is None:
        # All root fields may be null, so this is never a resolver's doing: the variables do not fit.
        errors = variable_errors(schema, operation, variables, context.limits.errors)
        raise InvalidQueryError(errors or result.errors or [GraphQLError("does not fit")])
    body: JsonObject = {"data": result.data}
    if not result.errors:
        return Answer(200, body, fields=dict.fromkeys(result.data), cost=cost)
    outcomes: dict[str, ErrorCode | None] = dict.fromkeys(result.data)
    internal: list[BaseException] = []
    listed: list[JsonObject] = []
    for error in result.errors:
        root = str(error.path[0]) if error.path else ""
        code, message = _outcome(error)
        if code is ErrorCode.INTERNAL:
            internal.append(error.original_error or error)
        if outcomes.get(root) is not None:
            continue  # one error a root field, the first
        outcomes[root] = code
        result.data[root] = None
        listed.append(_error(code, message, path=[root], error=error))
    body = {"data": result.data, "errors": listed}
    return Answer(200, body, tuple(internal), outcomes, cost)


def _outcome(error: GraphQLError) -> tuple[ErrorCode, str]:
    """The code and message of an error within a field."""
    origin = error.original_error
    if isinstance(origin, GraphQLError) and origin.nodes and not isinstance(origin.nodes[0], FieldNode):
        # graphql-core's own, of an argument that only its variable's value spoils: null where null may not be.
        return ErrorCode.BAD_INPUT, origin.message
    return classify(origin)


def _never(_value: Any) -> bool:
    """No resolver is asynchronous: graphql-core need not look at every value."""
    return False


def _code(error: GraphQLError) -> ErrorCode:
    code = (error.extensions or {}).get("code")
    return code if isinstance(code, ErrorCode) else ErrorCode.BAD_INPUT


def format_error(error: GraphQLError) -> JsonObject:
    """An error of parsing, validation or variables as clients see it: without suggestions of what does exist."""
    message = error.message.partition(" Did you mean")[0]
    return _error(_code(error), message[:500], error=error)


def _error(
    code: ErrorCode, message: str, *, path: list[str] | None = None, error: GraphQLError | None = None
) -> JsonObject:
    formatted: JsonObject = {"message": message}
    if error is not None and error.locations:
        formatted["locations"] = [location.formatted for location in error.locations]
    if path is not None:
        formatted["path"] = path
    formatted["extensions"] = {"code": str(code)}
    return formatted


def encode(body: JsonObject) -> bytes:
    """The body's bytes. Text with lone surrogates (offsets count what was sent) is escaped as JSON allows."""
    try:
        return orjson.dumps(body)
    except TypeError:
        import json

        return json.dumps(body, ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode()
