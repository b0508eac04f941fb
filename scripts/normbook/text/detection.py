"""Which language a text is in: by its script where that decides, else by the library py3langid."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from normbook.languages.language import Words, pattern
from normbook.text.lexicon import is_function_word
from normbook.text.line_cache import remembered

HAN = pattern("[\u3400-\u9fff]")
KANA = pattern("[\u3040-\u30ff]")
LATIN, OTHER_SCRIPT = pattern("[A-Za-zÀ-\u024f]+"), pattern("[\u0370-\u10ff]+")  # words of the Latin script, and of other alphabets
AN_ADDRESS = pattern(r"\S*://\S*")
MAINLY = 1.5  # times as many letters as of other alphabets: then the words of these are not in the language of the text
# tags of the library -> the same written language in `languages/`, or the one of official texts where hardly any are written in the first
SAME = {
    "no": "nb", "yue": "zh", "wuu": "zh", "pcm": "en", "arz": "ar", "ary": "ar", "hbo": "he", "grc": "el", "ext": "es", "an": "es", "gcf": "fr", "gcr": "fr",
    "wa": "fr", "vec": "it", "lij": "it", "ltg": "lv", "uzs": "uz",
}  # fmt: skip
NO_LANGUAGE = "zxx"  # the library's tag of numbers and names
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
ENOUGH = 4_000  # code points that are enough to identify the language
SHORTEST = 20  # letters; a shorter text could be in any language
# a text is plainly English if so many words, and this share of all, are such words, and hardly any letter lies beyond ASCII
PLAIN_WORDS, PLAIN_SHARE, PLAIN_ODD = 16, 0.18, 0.008
PLAIN_MARKS = Words("grammar.plain-marks", part="en")
ODD_LETTER = pattern(r"[^\W\d_a-zA-Z]")


@remembered(4)
def recognise(text: str) -> str | None:
    """The language tag of a text (BCP 47), or None if it is too short to identify.

    >>> recognise("数据安全是全球性问题，需要国际社会共同讨论。")
    'zh'
    """
    if not text.isascii() and (han := len(HAN.findall(text))) > 8 and not KANA.search(text) and han * 3 > sum(map(str.isalpha, text)):
        return "zh"
    sample = text[:ENOUGH]
    if is_plainly_english(sample):
        return "en"
    if not sample.isascii():
        sample = _in_its_script(sample)
    if sum(map(str.isalpha, sample)) < SHORTEST and sum(map(str.isalpha, text)) < SHORTEST:
        return None
    found = str(_classify()(sample.translate(FULL_WIDTH).encode("utf-8", "replace").decode("utf-8"))[0])
    return None if found == NO_LANGUAGE else SAME.get(found, found)


def _in_its_script(text: str) -> str:
    """A text in two scripts without the words of the one that fewer of its letters have: a translation beside it, for instance.

    >>> _in_its_script("Die Häfen sind offen. Порт")
    'Die Häfen sind offen. '
    """
    other = sum(map(len, OTHER_SCRIPT.findall(text)))
    if not other:
        return text
    latin = sum(map(len, LATIN.findall(AN_ADDRESS.sub("", text))))
    return OTHER_SCRIPT.sub("", text) if latin > MAINLY * other else text


def is_plainly_english(text: str) -> bool:
    """True for a text that has so many of the commonest English words that the library would say the same, which takes a hundred times as long.

    >>> is_plainly_english("It is the duty of the parties to report to the board on the state of the ports. " * 2)
    True
    """
    words = text.lower().split()
    marks = PLAIN_MARKS.members
    hits = len([word for word in words if word in marks])
    if hits < PLAIN_WORDS or hits < PLAIN_SHARE * len(words):
        return False
    return text.isascii() or len(ODD_LETTER.findall(text)) < PLAIN_ODD * len(text)


@cache
def _classify() -> Callable[[str], tuple[str, float]]:
    """The library's classifier, imported on first use because its model takes a second to load."""
    from py3langid import classify

    return classify  # type: ignore[no-any-return]


GLUED = 10
SHORT, SAMPLE = 300, 20_000  # code points
ENGLISH_MARKS, ARTICLES = Words("grammar.marks", part="en"), Words("grammar.definite-articles", part="en")
LEAST_MARKS = 3


@remembered(4)
def is_english(text: str) -> bool:
    """True if a text is English, judged by common English words near its start: much cheaper than `recognise`.

    >>> is_english("It is the duty of the parties."), is_english("Les parties s’en tiennent à l’accord.")
    (True, False)
    """
    if len(text) < SHORT:
        words = re.findall(r"[a-z]+", text.lower())
        known = sum(map(is_function_word, words))
        if known * 5 >= max(len(words), 10):
            return True
        return (
            not ARTICLES.isdisjoint(words) and known > 1 and known * GLUED >= len(words) and text.isascii()
        )  # in a copy that runs words together
    sample = text[:SAMPLE]
    return _is_marked(sample) or _is_marked(sample.lower())


@cache
def _marks() -> tuple[str, ...]:
    """Common English words between blanks, the most frequent first."""
    return tuple(f" {word} " for word in ENGLISH_MARKS.ends)


def _is_marked(sample: str) -> bool:
    marks = _marks()
    if marks[0] not in sample:
        return False
    count = 0
    for mark in marks:
        count += mark in sample
        if count == LEAST_MARKS:
            return True
    return False
