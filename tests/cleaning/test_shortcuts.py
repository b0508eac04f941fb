"""What is done here a shorter way says what the longer one says: ftfy's own heuristic and repair."""

from __future__ import annotations

import ftfy
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad
from hypothesis import example, given
from hypothesis import strategies as st

from normbook.cleaning.rules.encoding import BAD, is_sound, is_suspicious, read_again
from normbook.cleaning.rules.spacing.rule import is_whole
from normbook.cleaning.rules.spacing.tokens import gaps_of
from normbook.languages.english import common_words, frequency
from normbook.page.patterns import CUES
from normbook.structure.lists.declared import Counts, declared
from tests.text.test_ledger_laws import TEXTS

LETTERS = sorted({*"".join(MOJIBAKE_CATEGORIES.values()), *"abzAZ .,?!0°œŒÃÂÎÐØÙ×²³à√±≈‚ÄвѓЂГўВЂβ€āΒΓ\x1a\ufffd\xed\xc0"})
COUNTERS = "three|two|12|principles|point|rule |Article |no. |per cent|data|third-party|三|点|建议|’s| |: |：|. |。|\n|\t|，|-".split("|")
COUNTING = st.lists(st.sampled_from(COUNTERS), max_size=24).map("".join)
SOUND = st.text(alphabet="abc é’“”–ü中ж", max_size=16)
CODECS = st.sampled_from(["latin-1", "sloppy-windows-1252", "sloppy-windows-1251", "macroman"])


def misread(text: str, codec: str) -> str:
    """A text in UTF-8 as a reader with another codec shows it, where it can show it."""
    try:
        return text.encode("utf-8").decode(codec)
    except UnicodeDecodeError:
        return text


@given(st.text(alphabet=st.sampled_from(LETTERS), max_size=12), st.sampled_from(["", "a ", "x. ", "the end "]))
@example("Ã ", "").via("anchored at the start of a line")
@example("Ã b", "a")
def test_a_line_is_suspicious_where_ftfy_finds_it_bad(middle: str, edge: str) -> None:
    for row in (edge + middle, edge + middle + edge, middle + edge + middle):
        assert is_suspicious(row) == is_bad(row)


HARMLESS = "".join(character for character in map(chr, range(0x10000)) if not BAD.match(character))


@given(st.lists(st.one_of(st.sampled_from("—’ВГРСвЂβΒΓΞΟ€ \xa0"), st.sampled_from(HARMLESS)), max_size=12).map("".join))
def test_a_line_of_harmless_characters_is_not_bad(row: str) -> None:
    assert not is_bad(row) or BAD.search(row)
    assert not is_bad(row) or not is_sound(row)


@given(
    st.lists(st.tuples(SOUND, CODECS), max_size=4), st.booleans(), st.sampled_from(["", "\x1a", "\xa0", "\ufffd", "\udc80", "\xed\xa0\x80"])
)
def test_a_line_is_read_again_as_ftfy_reads_it(parts: list[tuple[str, str]], twice: bool, odd: str) -> None:
    row = "".join(misread(text, codec) for text, codec in parts) + odd
    row = misread(row, "latin-1") if twice and "\udc80" not in row else row
    if is_bad(row):
        assert read_again(row) == ftfy.fix_encoding(row)


def test_every_cue_is_a_pattern_that_can_be_compiled() -> None:
    assert all(cue.match("\0") is None for rows in CUES.values() for _, cue in rows)


def test_in_a_word_in_use_nothing_is_glued() -> None:
    for word in sorted(common_words())[::60]:
        for token in (word, word.title(), word.upper(), f"“{word},", f"({word})"):
            assert not is_whole(token) or gaps_of(token) == (), token
    assert not is_whole("thegovernment") and frequency("ofthe") > 0 and not is_whole("ofthe")


@given(COUNTING)
@example("Article 2 of three\npoints point two third-party data: data")
def test_what_is_declared_before_a_place_is_what_the_words_before_it_declare(words: str) -> None:
    counts = Counts(words)
    for end in range(len(words) + 1):
        assert counts.before(end) == declared(words[:end])


@given(TEXTS)
def test_every_line_of_any_text_is_suspicious_where_ftfy_finds_it_bad(text: str) -> None:
    for row in text.split("\n"):
        assert is_suspicious(row) == is_bad(row)
        if is_bad(row):
            assert read_again(row) == ftfy.fix_encoding(row)
