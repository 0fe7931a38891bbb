"""Dumps of a release in four formats, each reproducible to the byte."""

from .lines import dump_document, dump_lines
from .manifest import manifest_of
from .tables import dump_tables
from .turtle import dump_turtle

__all__ = ["dump_document", "dump_lines", "dump_tables", "dump_turtle", "manifest_of"]
