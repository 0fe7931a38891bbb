"""A tokenizer for spaCy that takes linear time on any text, where the stock one is quadratic on runs of marks."""

import re
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# Words of letters and digits with the marks that names end in (C++, C#); a run of one mark or blank, so that a million
# of them are one token; of the scripts that write without spaces each character. Each character fits one branch.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"([^\W{_UNSPACED}]+[+#]*|(\W)\2*|\w)( ?)")
_SURROGATE = re.compile("[\ud800-\udfff]")


_MOST_WORDS = 50_000  # a vocabulary of more is let go; about 10 MB


class LinearTokenizer:
    """Makes a `Doc` of the very characters given; a lone surrogate, which spaCy cannot hold, becomes U+FFFD.

    Each thread has a `Vocab` of its own, since one for all would be written to by all, and a new one replaces it
    before it grows large. It is a cache: no answer depends on it (0.6 against 1.0 ms for an advert with a new one).
    """

    def __init__(self) -> None:
        # spaCy takes a second to import, so it is here that it is first needed.
        from spacy.tokens import Doc
        from spacy.vocab import Vocab

        self._doc = Doc
        self._new_vocab = Vocab
        self._local = threading.local()

    def __call__(self, text: str) -> "Doc":
        """The `Doc` of a text of any length; `doc.text` has its length, so offsets are the same."""
        if not text.isascii():
            text = _SURROGATE.sub("\ufffd", text)
        found = _TOKEN.findall(text)
        if not found:
            return self._doc(self._vocab())
        words, _, spaces = zip(*found, strict=True)
        return self._doc(self._vocab(), words=list(words), spaces=list(map(bool, spaces)))

    def _vocab(self) -> "Vocab":
        vocab: Vocab | None = getattr(self._local, "vocab", None)
        if vocab is None or len(vocab) > _MOST_WORDS:
            vocab = self._local.vocab = self._new_vocab()
        return vocab
