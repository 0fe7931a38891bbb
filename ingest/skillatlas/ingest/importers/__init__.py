"""Importers: a reader for each source (a module or package of its own), and one way to bring its harvest in.

A reader gives a `Harvest`; `run_import` compares it with the store's draft and writes what differs. Nothing is
imported here: the readers of ontologies and overlays load rdflib, the others do not need it.
"""
