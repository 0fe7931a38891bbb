"""What a release does to stored answers, lists of ids and course catalogues. They are read here and sent nowhere.

`Judge(snapshots, resolvers, graph, since=1).judge_all(read_files(paths))` gives one judgement a record.
"""

from .errors import ImpactError, UnreadableFileError
from .facts import Fact, FactKind
from .files import read_files, read_records
from .judging import Judge, JudgedId, Judgement, Outcome
from .naming import NamedId, Names
from .records import Record, RecordKind, find_records
from .shapes import FACT_WORDS, judgement_json

__all__ = [
    "FACT_WORDS",
    "Fact",
    "FactKind",
    "ImpactError",
    "Judge",
    "JudgedId",
    "Judgement",
    "NamedId",
    "Names",
    "Outcome",
    "Record",
    "RecordKind",
    "UnreadableFileError",
    "find_records",
    "judgement_json",
    "read_files",
    "read_records",
]
