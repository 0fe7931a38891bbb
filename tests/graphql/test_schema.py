"""The served schema is the contract less `contract_missing.txt`, plus what we add; `schema.graphql` is current."""

from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    Undefined,
    build_schema,
    get_named_type,
)

from skillatlas.graphql import get_schema, schema_text

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = ROOT.parent / "shared" / "contract" / "api.graphql"


def _missing() -> list[str]:
    return (ROOT / "contract_missing.txt").read_text(encoding="utf-8").split()


@pytest.fixture(scope="module")
def contract() -> GraphQLSchema:
    if not CONTRACT.is_file():
        pytest.skip("the contract is not beside the project")
    return build_schema(CONTRACT.read_text(encoding="utf-8"))


def _fields(kind: GraphQLNamedType | None) -> dict[str, Any]:
    if isinstance(kind, (GraphQLObjectType, GraphQLInterfaceType, GraphQLInputObjectType)):
        return dict(kind.fields)
    return {}


def _reachable(schema: GraphQLSchema, missing: list[str]) -> set[str]:
    """Names of types that the contract's root reaches without the missing fields."""
    assert schema.query_type is not None
    found: set[str] = set()
    todo: list[GraphQLNamedType] = [schema.query_type]
    while todo:
        kind = todo.pop()
        if kind.name in found:
            continue
        found.add(kind.name)
        if isinstance(kind, GraphQLInterfaceType):
            todo.extend(schema.get_possible_types(kind))
        for name, field in _fields(kind).items():
            if f"{kind.name}.{name}" not in missing:
                todo.append(get_named_type(field.type))
                todo.extend(get_named_type(argument.type) for argument in getattr(field, "args", {}).values())
    return found


def _narrower(served: Any, promised: Any, *, output: bool) -> bool:
    """Whether the served type takes less (input) or may give more nulls (output) than the promised one."""
    if output:
        if isinstance(promised, GraphQLNonNull):
            return not isinstance(served, GraphQLNonNull) or _narrower(served.of_type, promised.of_type, output=True)
        if isinstance(served, GraphQLNonNull):
            return True  # the contract's nullability is exact for now
    elif isinstance(served, GraphQLNonNull) != isinstance(promised, GraphQLNonNull):
        return True
    elif isinstance(served, GraphQLNonNull):
        return _narrower(served.of_type, promised.of_type, output=False)
    if isinstance(promised, GraphQLList):
        return not isinstance(served, GraphQLList) or _narrower(served.of_type, promised.of_type, output=output)
    return bool(served.name != promised.name)


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value if value is Undefined or value is None or isinstance(value, bool) else getattr(value, "value", value)


def _check_arguments(place: str, served: dict[str, Any], promised: dict[str, Any], faults: list[str]) -> None:
    for name, argument in promised.items():
        ours = served.get(name)
        if ours is None:
            faults.append(f"{place}: lacks {name}")
        elif _narrower(ours.type, argument.type, output=False):
            faults.append(f"{place}.{name}: is {ours.type}, not {argument.type}")
        elif _plain(ours.default_value) != _plain(argument.default_value):
            faults.append(f"{place}.{name}: has the default {ours.default_value}, not {argument.default_value}")
    faults.extend(
        f"{place}: demands {name}, which the contract does not know"
        for name in sorted(served.keys() - promised.keys())
        if isinstance(served[name].type, GraphQLNonNull) and served[name].default_value is Undefined
    )


def test_served_schema_is_the_contract_less_what_is_missing(contract: GraphQLSchema) -> None:
    served = get_schema()
    missing = _missing()
    faults: list[str] = []
    for type_name in sorted(_reachable(contract, missing)):
        kind, ours = contract.type_map[type_name], served.type_map.get(type_name)
        if ours is None or not isinstance(ours, type(kind)):
            faults.append(f"{type_name}: is not served as a {type(kind).__name__}")
            continue
        if isinstance(kind, GraphQLEnumType):
            assert isinstance(ours, GraphQLEnumType)
            faults.extend(f"{type_name}: lacks {value}" for value in kind.values.keys() - ours.values.keys())
        if isinstance(kind, GraphQLObjectType):
            assert isinstance(ours, GraphQLObjectType)
            faults.extend(
                f"{type_name}: does not implement {one.name}"
                for one in kind.interfaces
                if one.name not in {mine.name for mine in ours.interfaces}
            )
        if isinstance(kind, GraphQLInputObjectType):
            _check_arguments(type_name, _fields(ours), kind.fields, faults)
            continue
        for name, field in _fields(kind).items():
            place = f"{type_name}.{name}"
            mine = _fields(ours).get(name)
            if place in missing:
                if mine is not None:
                    faults.append(f"{place}: is served; take it off contract_missing.txt")
            elif mine is None:
                faults.append(f"{place}: is not served")
            else:
                if _narrower(mine.type, field.type, output=True):
                    faults.append(f"{place}: is {mine.type}, not {field.type}")
                _check_arguments(place, mine.args, field.args, faults)
    assert faults == []


def test_the_list_of_what_is_missing_is_sorted_and_of_the_contract(contract: GraphQLSchema) -> None:
    missing = _missing()
    assert missing == sorted(set(missing))
    for line in missing:
        type_name, _, field = line.partition(".")
        assert field in _fields(contract.type_map.get(type_name)), line


def test_scalars_are_the_contracts(contract: GraphQLSchema) -> None:
    promised = {name for name, kind in contract.type_map.items() if isinstance(kind, GraphQLScalarType)}
    served = {name for name, kind in get_schema().type_map.items() if isinstance(kind, GraphQLScalarType)}
    assert promised <= served


def test_schema_file_is_current() -> None:
    text = (ROOT / "schema.graphql").read_text(encoding="utf-8")
    assert text == schema_text(), "write it anew: skillatlas schema > schema.graphql"
