"""Documents: reading them from files, and keeping what is read in them."""

from .ingesting import IngestReport, ingest_documents
from .reading import SourceDocument, read_documents

__all__ = ["IngestReport", "SourceDocument", "ingest_documents", "read_documents"]
