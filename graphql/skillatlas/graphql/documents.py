"""From a query's text to a document that may be executed: parsed, within the limits, valid; kept for the next time."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    parse,
    specified_rules,
    validate,
)

from .costs import QueryCost
from .errors import ErrorCode
from .limits import Limits
from .rules import SensitiveFieldsRule
from .shapes import excess

LOOK_UPS = frozenset({"concept", "concepts", "topConcepts", "schemes", "course"})
QUICK_COST = 60  # objects; about 0.5 ms


class InvalidQueryError(Exception):
    """Raised inside when a request does not parse, validate or fit its variables: HTTP 400, with these errors."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(errors[0].message)
        self.errors = errors


def invalid(code: ErrorCode, message: str) -> InvalidQueryError:
    """One error of a code."""
    return InvalidQueryError([GraphQLError(message, extensions={"code": code})])


@dataclass(slots=True)
class Prepared:
    """A valid document; `fixed_costs` holds the costs, by operation, that no variable changes.

    `only_look_ups`: one operation, whose root fields all read the newest release in memory by an id.
    """

    document: DocumentNode
    operations: Mapping[str | None, OperationDefinitionNode]
    fixed_costs: dict[str | None, int]
    only_look_ups: bool = False

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation to run. Raises InvalidQueryError where the name does not say which."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        found = self.operations.get(name) if name is not None else None
        if found is None:
            known = "must be given" if name is None else "names no operation of the query"
            raise invalid(ErrorCode.BAD_INPUT, f"operationName: {known}")
        return found


class Documents:
    """Parses and validates, and remembers what was valid: the least recently used are forgotten first.

    Cached by text, so by identity of the document; costs that depend on variables are counted each time.
    """

    def __init__(self, limits: Limits, *, introspection: bool = False) -> None:
        self._limits = limits
        self._introspection = introspection
        extra = () if introspection else (NoSchemaIntrospectionCustomRule,)
        self.rules = (*specified_rules, *extra)
        self._lock = threading.Lock()
        self._prepared: OrderedDict[str, Prepared] = OrderedDict()
        self._characters = 0

    def prepare(self, schema: GraphQLSchema, query: str) -> Prepared:
        """Raises InvalidQueryError for what does not parse, is too large or does not validate."""
        with self._lock:
            held = self._prepared.get(query)
            if held is not None:
                self._prepared.move_to_end(query)
                return held
        prepared = self._prepare(schema, query)
        with self._lock:
            if query not in self._prepared:
                self._prepared[query] = prepared
                self._characters += len(query)
            while self._characters > self._limits.cached_characters:
                forgotten, _ = self._prepared.popitem(last=False)
                self._characters -= len(forgotten)
        return prepared

    def is_quick(self, query: str) -> bool:
        """Whether answering this text is known to take well under a millisecond: seen before, cheap, look-ups only."""
        with self._lock:
            held = self._prepared.get(query)
        if held is None or not held.only_look_ups:
            return False
        return all(0 <= held.fixed_costs.get(name, -1) <= QUICK_COST for name in held.operations)

    def _prepare(self, schema: GraphQLSchema, query: str) -> Prepared:
        document = self.parse(query)
        over = excess(document, self._limits)
        if over is not None:
            raise invalid(ErrorCode.LIMIT_EXCEEDED, over)
        errors = validate(schema, document, self.rules, max_errors=self._limits.errors)
        if errors:
            # Looked for alone: the search for other faults ends at the limit, and this one comes before them all.
            errors = validate(schema, document, (SensitiveFieldsRule,), max_errors=1) or errors
            raise InvalidQueryError(errors[: self._limits.errors])  # less the one that says there are more
        operations = {
            (node.name.value if node.name else None): node
            for node in document.definitions
            if isinstance(node, OperationDefinitionNode)
        }
        if not operations:
            raise invalid(ErrorCode.BAD_INPUT, "query: holds no operation")
        return Prepared(document, operations, {}, _only_look_ups(document, operations))

    def parse(self, query: str) -> DocumentNode:
        """The document of a text. Raises InvalidQueryError."""
        if len(query) > self._limits.string:
            raise invalid(ErrorCode.LIMIT_EXCEEDED, f"query: at most {self._limits.string} characters")
        try:
            return parse(query, no_location=False, max_lexical_tokens=self._limits.tokens)
        except RecursionError:
            raise invalid(ErrorCode.LIMIT_EXCEEDED, "query: nested too deeply") from None
        except GraphQLError as error:
            if "tokens" in error.message and "Parsing aborted" in error.message:
                raise invalid(ErrorCode.LIMIT_EXCEEDED, f"query: at most {self._limits.tokens} tokens") from None
            raise InvalidQueryError([error]) from None

    def check_cost(
        self, schema: GraphQLSchema, prepared: Prepared, name: str | None, variables: Mapping[str, Any]
    ) -> int:
        """The cost of an operation under its variables. Raises InvalidQueryError where it is beyond the limit."""
        operation = prepared.operation(name)
        if operation.operation is not OperationType.QUERY:
            return 0
        key = operation.name.value if operation.name else None
        cost = prepared.fixed_costs.get(key)
        if cost is None:
            counter = QueryCost(schema, prepared.document)
            cost = counter.of(operation, variables)
            if not counter.depends_on_variables:
                prepared.fixed_costs[key] = cost
        if cost > self._limits.cost:
            raise invalid(
                ErrorCode.LIMIT_EXCEEDED, f"query: may touch {cost} objects; at most {self._limits.cost} are allowed"
            )
        return cost


def _only_look_ups(document: DocumentNode, operations: Mapping[str | None, OperationDefinitionNode]) -> bool:
    return len(operations) == len(document.definitions) == 1 and all(
        isinstance(field, FieldNode)
        and field.name.value in LOOK_UPS
        and all(argument.name.value != "release" for argument in field.arguments)
        for operation in operations.values()
        for field in operation.selection_set.selections
    )
