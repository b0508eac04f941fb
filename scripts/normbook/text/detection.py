"""Which language a text is in: by its script where that decides, else by the library py3langid."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from normbook.text.lexicon import is_function_word
from normbook.text.line_cache import remembered

HAN = re.compile("[\u3400-\u9fff]")
KANA = re.compile("[\u3040-\u30ff]")
ENOUGH = 4_000  # code points that are enough to identify the language
SHORTEST = 20  # letters; a shorter text could be in any language


def recognise(text: str) -> str | None:
    """The language tag of a text (BCP 47), or None if it is too short to identify.

    >>> recognise("数据安全是全球性问题，需要国际社会共同讨论。")
    'zh'
    """
    han = len(HAN.findall(text))
    if han > 8 and not KANA.search(text) and han * 3 > sum(map(str.isalpha, text)):
        return "zh"
    if sum(map(str.isalpha, text)) < SHORTEST:
        return None
    return str(_classify()(text[:ENOUGH].encode("utf-8", "replace").decode("utf-8"))[0])


@cache
def _classify() -> Callable[[str], tuple[str, float]]:
    """The library's classifier, imported on first use because its model takes a second to load."""
    from py3langid import classify

    return classify  # type: ignore[no-any-return]


SHORT, SAMPLE = 300, 20_000  # code points
ENGLISH_MARKS = (" the ", " of ", " and ", " to ", " in ", " is ", " that ")
LEAST_MARKS = 3


@remembered(4)
def is_english(text: str) -> bool:
    """True if a text is English, judged by common English words near its start: much cheaper than `recognise`.

    >>> is_english("It is the duty of the parties."), is_english("Les parties s’en tiennent à l’accord.")
    (True, False)
    """
    if len(text) < SHORT:
        words = re.findall(r"[a-z]+", text.lower())
        return sum(map(is_function_word, words)) * 5 >= max(len(words), 10)
    sample = text[:SAMPLE]
    return _is_marked(sample) or _is_marked(sample.lower())


def _is_marked(sample: str) -> bool:
    if " the " not in sample:
        return False
    count = 0
    for mark in ENGLISH_MARKS:
        count += mark in sample
        if count == LEAST_MARKS:
            return True
    return False
