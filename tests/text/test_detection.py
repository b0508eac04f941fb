"""The short way to tell that a text is English agrees with the library that the long way asks."""

from __future__ import annotations

from itertools import pairwise

from py3langid import classify

from normbook.text.detection import ENOUGH, is_plainly_english, recognise
from tests.conftest import ROOT

LEAST_PLAIN = 100  # texts for which the short way decides


def test_plainly_english_texts_are_english_for_the_library() -> None:
    """On all documents of the cases, on their halves, and on English beside another language."""
    paths = [*sorted((ROOT / "tests/cases").rglob("*.txt")), *sorted((ROOT / "seeds").glob("*.txt"))]
    texts = [path.read_bytes().decode("utf-8", "replace") for path in paths]
    halves = [half for text in texts for half in (text[: len(text) // 2], text[len(text) // 2 :])]
    mixed = [one[:600] + "\n" + two[:1200] for one, two in pairwise(texts)]
    plain = [text[:ENOUGH] for text in [*texts, *halves, *mixed] if is_plainly_english(text[:ENOUGH])]
    assert len(plain) > LEAST_PLAIN
    assert [text[:80] for text in plain if classify(text)[0] != "en"] == []


def test_languages_are_recognised() -> None:
    """Long and short texts, with and without spaces; a few letters could be in any language."""
    english = "The ministers of the parties agreed to report to the board on the state of the ports and of the roads. " * 3
    assert recognise(english) == recognise(english.upper()) == "en"
    assert recognise("Die Minister der Staaten haben sich am Montag auf einen Bericht über die Häfen geeinigt.") == "de"
    assert recognise("数据安全是全球性问题，需要国际社会共同讨论。") == "zh"
    assert recognise("OK 12") is None


def test_a_translation_in_another_alphabet_does_not_decide() -> None:
    """The language is that of the alphabet that most letters have, on either side."""
    french = "Les ministres des États se sont mis d'accord sur un rapport au sujet des ports et des routes de la région. "
    armenian = "Նախարարները համաձայնեցին զեկույցի շուրջ։ "
    russian = "Министры государств договорились о докладе о портах и дорогах региона и о его издании. "
    assert recognise(french * 3 + armenian * 2) == "fr"
    assert recognise(russian * 4 + french) == "ru"
