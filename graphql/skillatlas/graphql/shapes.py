"""Limits on a document's shape: depth, aliases, directives, root fields, fragments, operations, repeated fields."""

from collections import Counter

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from .limits import Limits

_INTROSPECTION = frozenset({"__schema", "__type"})


class _Shape:
    """Counts over a document that has only been parsed: fragments may be missing or go round in circles."""

    def __init__(self, document: DocumentNode) -> None:
        self._fragments = {
            node.name.value: node.selection_set
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self._depths: dict[str, int] = {}
        self._widths: dict[str, int] = {}
        self.aliases = 0
        self.directives = 0
        self.repeated = 0

    def count(self, selection: SelectionSetNode) -> None:
        """Add what stands in a selection, written out once."""
        stack = [selection]
        while stack:
            names: Counter[str] = Counter()
            flat = [stack.pop()]
            while flat:
                for node in flat.pop().selections:
                    self.directives += len(node.directives)
                    if isinstance(node, FieldNode):
                        self.aliases += node.alias is not None
                        names[(node.alias or node.name).value] += 1
                        if node.selection_set:
                            stack.append(node.selection_set)
                    elif isinstance(node, InlineFragmentNode):
                        flat.append(node.selection_set)
            self.repeated = max(self.repeated, max(names.values(), default=0))

    def depth(self, selection: SelectionSetNode) -> int:
        """Levels of fields, fragments followed; what only introspection asks is not counted."""
        deepest = 0
        for node in selection.selections:
            if isinstance(node, FieldNode):
                if node.name.value in _INTROSPECTION:
                    continue
                below = self.depth(node.selection_set) if node.selection_set else 0
                deepest = max(deepest, 1 + below)
            elif isinstance(node, InlineFragmentNode):
                deepest = max(deepest, self.depth(node.selection_set))
            elif isinstance(node, FragmentSpreadNode):
                deepest = max(deepest, self._fragment(node.name.value))
        return deepest

    def _fragment(self, name: str) -> int:
        if name not in self._depths:
            self._depths[name] = 0
            if name in self._fragments:
                self._depths[name] = self.depth(self._fragments[name])
        return self._depths[name]

    def width(self, selection: SelectionSetNode) -> int:
        """Fields of one level, fragments followed."""
        total = 0
        for node in selection.selections:
            if isinstance(node, FieldNode):
                total += 1
            elif isinstance(node, InlineFragmentNode):
                total += self.width(node.selection_set)
            elif isinstance(node, FragmentSpreadNode):
                name = node.name.value
                if name not in self._widths:
                    self._widths[name] = 0
                    if name in self._fragments:
                        self._widths[name] = self.width(self._fragments[name])
                total += self._widths[name]
        return total


def excess(document: DocumentNode, limits: Limits) -> str | None:
    """Which limit on its shape a document exceeds; None if none. Linear in the document."""
    shape = _Shape(document)
    depth = root_fields = fragments = operations = 0
    for node in document.definitions:
        if isinstance(node, FragmentDefinitionNode):
            fragments += 1
        if isinstance(node, (OperationDefinitionNode, FragmentDefinitionNode)):
            shape.directives += len(node.directives)
            shape.count(node.selection_set)
        if isinstance(node, OperationDefinitionNode):
            operations += 1
            depth = max(depth, shape.depth(node.selection_set))
            root_fields = max(root_fields, shape.width(node.selection_set))
    for name, found, most in (
        ("levels", depth, limits.depth),
        ("aliases", shape.aliases, limits.aliases),
        ("directives", shape.directives, limits.directives),
        ("root fields", root_fields, limits.root_fields),
        ("fragments", fragments, limits.fragments),
        ("operations", operations, limits.operations),
        ("repetitions of one field", shape.repeated, limits.repeated_fields),
    ):
        if found > most:
            return f"query: {found} {name}; at most {most} are allowed"
    return None
