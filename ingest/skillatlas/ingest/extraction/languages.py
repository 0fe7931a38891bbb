"""Which language a text is in: Chinese where enough of its letters are, else English."""

import re

_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_CHINESE_WORD = re.compile(_CHINESE.pattern * 2)
_LETTER = re.compile(r"[^\W\d_]")
# A Chinese advert for developers may be half Latin names; an English one with a Chinese address stays far below.
_SHARE = 0.15
_SAMPLE = 20_000  # characters that are looked at


def detect(text: str) -> str:
    """`zh` or `en`, by the share of Chinese among the letters of the first 20,000 characters."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return "en"
    chinese = len(_CHINESE.findall(sample))
    return "zh" if chinese and chinese / max(chinese, len(_LETTER.findall(sample))) >= _SHARE else "en"


def is_mixed(text: str) -> bool:
    """Whether a text that is not Chinese as a whole holds Chinese words, as adverts with a part for each reader do."""
    return not text.isascii() and _CHINESE_WORD.search(text) is not None
