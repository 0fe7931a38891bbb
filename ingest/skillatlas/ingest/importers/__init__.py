"""Importers: a reader for each source (a module or package of its own), and one way to bring its harvest in.

A reader gives a `Harvest`; `run_import` compares it with the store's draft and writes what differs. Nothing is
imported here: the ontology's reader loads rdflib, the others do not need it.
"""
