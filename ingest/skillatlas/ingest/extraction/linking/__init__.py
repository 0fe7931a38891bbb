"""Linking by meaning: skills near a sentence, whatever words it is said in.

Needs numpy and scipy; importing `skillatlas.ingest.extraction` does not import this.
"""

from .linker import Linker
from .making import make_linker
from .near import Near
from .sentences import Sentence, sentences_of
from .words import Word, WordRules, load_rules

__all__ = ["Linker", "Near", "Sentence", "Word", "WordRules", "load_rules", "make_linker", "sentences_of"]
