"""Documents: reading them from files, and keeping what is read in them."""

from .ingesting import IngestReport, extraction_json, ingest_documents
from .reading import SourceDocument, read_documents

__all__ = ["IngestReport", "SourceDocument", "extraction_json", "ingest_documents", "read_documents"]
