"""The reader of the simplest YAML answers only where the strict reader gives the same value without a finding."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normbook.records.yaml.hidden import OTHER_SPACE, is_plain
from normbook.records.yaml.quick import quick, read_simple
from normbook.records.yaml.reader import load
from normbook.records.yaml.scalars import NUMERIC, ODD_WORDS, NotSimpleError, read_elsewhere
from normbook.records.yaml.writer import dump
from tests.conftest import ROOT
from tests.shared import examples

RECORDS = sorted((ROOT / "data").glob("*/*.yaml"))
PIECES = [
    "a: b", "- ", "  ", "    ", "\n", "\n  ", "\n    ", "\n  - ", "\nk: ", "\nk:", "\nb:\n  ", "'", "''", '"', "\\n", '\\"', "\\", "[]", "{}", "[", "#", " #", ":", ": ", "?", "-", "|", ">", "&a",
    "*a", "!t", "%", "@", "`", "~", "null", "no", "12", "-1", "1e3", "2020-01-02", "12:30", "---", "...", "<<", "=", "x", "é", "数", "“", "”", "…", "\t", ",",
]  # fmt: skip
WORDS = st.text(alphabet=st.sampled_from([*"ab:#-'\"\\ \n0.,[{~?!&*|>%@`=<é数“"]), max_size=24)
VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | WORDS | st.text(alphabet="word, or two ", min_size=100, max_size=300),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "bc", "on", "null", "a-b"]), inner, max_size=3),
    max_leaves=10,
)


def simple(text: str) -> Any:
    """The value by the reader of the simplest form, None where it refuses."""
    if "\r" in text or OTHER_SPACE.search(text) or not is_plain(text):
        return None
    try:
        return read_simple(text)
    except NotSimpleError:
        return None


def agrees(text: str) -> bool:
    """True if the simple reader answers, and then as the strict one does; the types of the values and the order of the keys count."""
    value = simple(text)
    if value is None:
        return False
    loaded = load(text, "x.yaml")
    assert not loaded.problems or {each.code for each in loaded.problems} == {"N134"}, text  # comments, which `quick` looks for itself
    assert repr(loaded.value) == repr(value), text
    return True


@settings(max_examples=examples(100), deadline=None)
@given(st.dictionaries(st.sampled_from(["id", "a", "b_c"]), VALUES, min_size=1))
def test_what_our_writer_writes_is_read_alike_or_refused(value: dict[str, Any]) -> None:
    agrees(dump(value))


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=16).map(lambda pieces: f"a: b{''.join(pieces)}\n"))
def test_other_texts_are_read_alike_or_refused(text: str) -> None:
    agrees(text)


def test_records_with_a_line_or_a_character_changed_are_read_alike_or_refused() -> None:
    chance, answered = random.Random(17), 0
    for _ in range(examples(400)):
        lines = chance.choice(RECORDS).read_text("utf-8").split("\n")[:40]
        at = chance.randrange(len(lines))
        place = chance.randrange(len(lines[at]) + 1)
        match chance.randrange(4):
            case 0:
                lines[at] = lines[at][:place] + chance.choice(PIECES) + lines[at][place:]
            case 1:
                lines[at] = lines[at][:place] + lines[at][place + 1 :]
            case 2:
                lines.insert(at, chance.choice(lines))
            case _:
                lines[at] = " " * chance.randrange(7) + lines[at].lstrip(" ")
        answered += agrees("\n".join(lines).rstrip("\n ") + "\n")
    assert answered > examples(400) // 5  # the comparison is not an empty one


def test_nearly_all_records_of_the_project_are_in_the_simple_form() -> None:
    texts = [path.read_text("utf-8") for path in RECORDS]
    assert sum(map(agrees, texts)) > len(texts) * 0.95


@pytest.mark.parametrize("text", ["a: ''\n  b: c\n", "a:\n", "a:\n  - b\n c\n", "a: b\n  - c\n", "a: b\n  c: d\n", "a: 1\na: 2\n", "null: a\n", "a: no\n", "", "\n", "- a\n", "a: b #c\n", "a: 'b\n  c\n", "a:\n    b: c\n"])  # fmt: skip
def test_whatever_is_unusual_is_refused(text: str) -> None:
    with pytest.raises(NotSimpleError):
        read_simple(text)


def test_the_short_words_that_older_readers_misread_are_all_listed() -> None:
    first = "yYnNoO=<tTfF~"
    words = ["".join(each) for length in (1, 2, 3) for each in product(first, *["abefnoOsStEFNu=<~"] * (length - 1))]
    assert not any(word[0] in NUMERIC for word in words)
    assert {word for word in words if read_elsewhere(word)} == ODD_WORDS & set(words)


def test_a_plain_text_does_not_need_the_library_of_yaml() -> None:
    assert quick("id: a\nnames:\n  - text: One name\n    lang: fr\n") == {"id": "a", "names": [{"text": "One name", "lang": "fr"}]}
