"""Validation of one file by the SHACL shapes of the ontology."""

from collections.abc import Iterator
from importlib.resources import files

from rdflib import RDF, SH, Graph, Literal, URIRef

from ...findings import Finding, fault
from .terms import short
from .turtle import TurtleFile, quiet


def load_shapes() -> Graph:
    """The shipped shapes."""
    text = files("skillatlas.ontologies").joinpath("shapes.ttl").read_text(encoding="utf-8")
    return Graph().parse(data=text, format="turtle")


def shape_faults(file: TurtleFile, shapes: Graph) -> Iterator[tuple[URIRef | None, Finding]]:
    """Each breach of a shape, with the concept in whose block it stands."""
    from pyshacl import validate

    # One file at a time: all files in one graph take longer, and the faults need their file.
    with quiet():
        conforms, report, _text = validate(file.graph, shacl_graph=shapes, inference="none", meta_shacl=False)
    if conforms or not isinstance(report, Graph):
        return
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        owner = file.owner(focus) if focus is not None else None  # type: ignore[arg-type]
        message = report.value(result, SH.resultMessage)
        value = report.value(result, SH.value)
        text = str(message)
        if isinstance(value, Literal):
            text += f" (found: {str(value)!r})"
        elif isinstance(value, URIRef):
            text += f" (found: {short(str(value))})"
        name = "" if owner is None else f"{short(str(owner))}: "
        line = None if focus is None else file.line(focus)  # type: ignore[arg-type]
        yield owner, fault(file.name, line, name + text, rule="shape")
