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
from normbook.page.classify import PART, WIDE, _parts
from normbook.page.features import TO_SPACES, WORD
from normbook.page.footer import CHANGES, _heads_changes
from normbook.page.patterns import AROUND, CUES, PARTS
from normbook.structure.lists.declared import Counts, declared
from normbook.structure.lists.inline import INLINE, may_hold_marks
from normbook.structure.sentences import BEFORE_NUMBER, FOOTNOTE, LETTERED, SHORTENED, TOKEN, _is_lettered, _shortened
from normbook.text.event_words import PLACE_AND_DAY, place_and_day
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


WORDS_OF_LISTS = "First|first|secondly|(1) |1) |b) |iv) |(a|①|（一）|首先，|The last |One is | is |, |; |Erstens|En primer lugar |во-первых|note) |(see |: |zweitens:|x".split(
    "|"
)
MARKED_ROWS = st.lists(st.sampled_from(WORDS_OF_LISTS), max_size=9).map("".join)
BARS = st.lists(st.sampled_from([*"abA.,-|/·»:]*[> \t\u3000\xa0–", ", ", ". ", " - ", "> > ", "::"]), max_size=14).map("".join)
ENDS_OF_WORDS = st.lists(st.sampled_from([*"aéB.1²_ \xa0-", "z. B", "U.S.", "etc"]), max_size=20).map("".join)


@given(MARKED_ROWS)
def test_a_row_that_cannot_hold_marks_of_a_list_has_none(row: str) -> None:
    assert may_hold_marks(row) or not INLINE.search(row)


@given(BARS)
def test_the_parts_of_a_line_are_those_of_the_pattern(row: str) -> None:
    bare = row.strip(AROUND)
    joint = WIDE if len(WIDE.findall(bare)) > 1 else PARTS
    parts = [part for part in joint.split(bare) if part.strip(AROUND)]
    assert (found if len(found := _parts(bare)) > 1 else []) == (parts if len(parts) > 1 and PART.search(bare) else [])


@given(ENDS_OF_WORDS)
def test_an_abbreviation_is_found_near_the_end_as_in_the_whole(left: str) -> None:
    match = SHORTENED.search(left)
    words = match[0] if match else ""
    assert _shortened(left) == {words[each.start() :].replace(" ", "").replace("\xa0", "") for each in TOKEN.finditer(words)}
    assert _is_lettered(f"{left} Annex B") and _is_lettered(left) == (LETTERED.search(left) is not None)


@given(st.lists(st.sampled_from([*"ab.!。1[①”²", "abc.1 A", "。[2]", "abc.¹ A", "abc.[1] A"]), max_size=12).map("".join))
def test_where_no_number_follows_a_sentence_there_is_no_footnote(text: str) -> None:
    assert BEFORE_NUMBER.search(text) or not FOOTNOTE.search(text)


@given(st.lists(st.sampled_from(["Wien", ", ", "den ", "3 May 2021", "二〇二一年五月三日", " a", "2021", "."]), max_size=6).map("".join))
def test_a_line_without_a_digit_is_no_place_and_day(row: str) -> None:
    assert (place_and_day(row) is None) == (PLACE_AND_DAY.match(row) is None)


@given(st.text(alphabet="abC 12_-.,~\t\x00", max_size=20))
def test_words_of_ascii_are_those_of_the_pattern(text: str) -> None:
    assert text.lower().translate(TO_SPACES).split() == WORD.findall(text.lower())


@given(st.lists(st.sampled_from([*"abc", "History", "Page ", "history", "Change ", "log", "更新记录", "Ä"]), max_size=4).map("".join))
def test_the_label_of_a_change_log_is_that_of_the_pattern(bare: str) -> None:
    assert _heads_changes(bare) == (CHANGES.match(bare) is not None)
