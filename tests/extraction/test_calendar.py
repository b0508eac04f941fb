"""The words that are looked for before a pattern of days is tried are in every text in which the pattern finds something."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from normbook.extraction.dates.calendar import FIGURES as ALL_FIGURES
from normbook.extraction.dates.calendar import REACH, WORD_RUN, calendar, near_digits
from normbook.languages.language import vocabulary

KEYS = ("weekdays.wide", "weekdays.in-dates", "dates.day-before-yesterday", "dates.yesterday", "dates.today")
WORDS = sorted({word for key in KEYS for word in (*vocabulary().phrases(key), *vocabulary().row(key))})
PIECES = [
    *WORDS,
    "aujourd’hui",
    "today",
    "today's",
    "TODAY",
    "the day before yesterday",
    "Ayer",
    "ſunday",
    "frİday",
    "monday",
    " ",
    "-",
    "'",
    "’",
    ".",
    "x",
    "5",
    "_",
    "的",
    "如",
]


@given(st.lists(st.sampled_from([*PIECES, *map(str.upper, WORDS), *map(str.title, WORDS)]), max_size=6).map("".join))
def test_a_text_in_which_a_day_is_found_has_one_of_its_words(text: str) -> None:
    names = calendar()
    for pattern, heads in ((names.weekday, names.weekday_words), (names.relative, names.relative_words)):
        assert not pattern.search(text) or heads.may_be_in(text, WORD_RUN.findall(text.lower())), pattern.search(text)


FILLERS = [" ", "a long way between two dates, with words and words and words and words. ", "of ", "the ", "w" * (REACH - 2), "x " * REACH]
FIGURES = [
    "4 May 2020",
    "May 4, 2020",
    "8 and 9 May",
    "May 8-9",
    "2020-05-04",
    "4.5.2020",
    "2020年5月4日",
    "5月4日",
    "20日",
    "令和2年5月4日",
    "12. Dezember",
    "3rd of March",
    "in June 2019",
    "1 de septiembre de 2021",
    "6 มกราคม 2563",
    "’21",
    "1st",
    "17:30",
    "12",
    "2020",
    ", 2020",
]


@settings(deadline=None)  # the first call compiles the patterns
@given(st.lists(st.sampled_from([*FIGURES, *FILLERS]), max_size=9).map("".join))
def test_near_digits_the_same_dates_are_found_as_in_the_whole_text(text: str) -> None:
    names = calendar()
    for pattern in (names.full, names.no_year, names.day_alone, names.span_behind, names.month_alone):
        assert [each.span() for each in near_digits(pattern, text)] == [each.span() for each in pattern.finditer(text)], pattern


def assert_same_dates(text: str) -> None:
    """The places at which dates are looked for are those at which the patterns find some."""
    names = calendar()
    for pattern in (names.full, names.no_year, names.day_alone, names.span_behind):
        found = [each.span() for each in names.dates_at(pattern, text, names.months_at(text))]
        assert found == [each.span() for each in pattern.finditer(text)], pattern


@settings(deadline=None)  # the first call compiles the patterns
@given(st.lists(st.sampled_from([*FIGURES, *FILLERS]), max_size=9).map("".join))
def test_dates_at_numbers_and_months_are_those_of_the_whole_text(text: str) -> None:
    assert_same_dates(text)


MONTHS = sorted({word for key in ("months.wide", "months.short") for word in vocabulary().row(key)})
MONTH_PIECES = st.sampled_from(
    [*MONTHS, *map(str.upper, MONTHS), "4", " 4", "2020", ", 2020", "'21", ".", " ", "-", "/", "月", "年", "日", "st", "x", "ſ", "İ"]
)


@given(st.lists(MONTH_PIECES, max_size=7).map("".join))
def test_a_text_with_a_date_has_the_name_of_a_month_or_figures(text: str) -> None:
    names = calendar()
    months = names.months_at(text)
    for pattern in (names.no_year, names.span_behind):
        assert not pattern.search(text) or months != []
    assert not names.full.search(text) or months != [] or ALL_FIGURES.search(text)
    assert_same_dates(text)


def test_the_words_are_those_of_few_texts() -> None:
    """No word that stands in most texts keeps the patterns busy."""
    names = calendar()
    assert {"monday", "segunda", "yesterday", "aujourd", "ayer"} <= names.weekday_words.words | names.relative_words.words
    assert names.weekday_words.words.isdisjoint({"the", "of", "day", "i"}) and names.relative_words.words.isdisjoint(
        {"the", "of", "this", "i"}
    )
