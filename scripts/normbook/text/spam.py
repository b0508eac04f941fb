"""Spam that was set into a copy: words that offer what no policy text offers."""

from __future__ import annotations

from normbook.text.cues import BEHIND_A_SENTENCE, FORUM_LINK, SPAM_WORD
from normbook.text.lexicon import is_function_word
from normbook.text.vocabulary import PLAIN_SPAM


def spam(low: str) -> bool:
    """True for words (in lower case) that offer what no policy text offers, twice over or beside an address.

    >>> spam("best online casino free spins"), spam("the casino was taxed by the state, and pills were banned.")
    (True, False)
    """
    hits = SPAM_WORD.findall(low)
    size = sum(map(len, hits))
    if len(low) > 160 or not any(hit in PLAIN_SPAM or hit.rstrip("s") in PLAIN_SPAM for hit in hits):
        return False
    words = low.split()
    if sum(map(is_function_word, words)) * (3 if "http" in low or "www." in low else 5) > len(words):
        return False
    return (
        len(set(hits)) >= 2 or low.startswith(PLAIN_SPAM.ends) or (bool(hits) and (size * 3 > len(low) or "http" in low or "www." in low))
    )


def spam_in(line: str) -> list[tuple[int, int]]:
    """The spans of a line of prose that are spam set behind a sentence, and links in the markup of forums.

    >>> [ "It was signed. buy cheap pills www.pills.example"[a:b] for a, b in spam_in("It was signed. buy cheap pills www.pills.example") ]
    [' buy cheap pills www.pills.example']
    """
    found = [(match.start(), match.end()) for match in FORUM_LINK.finditer(line)] if "[url" in line else []
    behind = [match for match in BEHIND_A_SENTENCE.finditer(line) if spam(match["words"].casefold())]
    return sorted([*found, *((match.start("words") - 1, match.end("words")) for match in behind)])
