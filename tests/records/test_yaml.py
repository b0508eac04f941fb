"""Strict loading and canonical writing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normbook.findings.finding import format_problem
from normbook.records.yaml.loaded import Mark
from normbook.records.yaml.reader import load
from normbook.records.yaml.writer import dump

KEYS = st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f\x85"), min_size=1, max_size=8)
TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"], include_characters="\n"), max_size=40)
VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False, width=32) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5))
def test_what_is_dumped_loads_as_it_was(value: dict[str, Any]) -> None:
    loaded = load(dump(value), "x.yaml")
    assert not loaded.problems
    assert loaded.value == value


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "y", "2020-09-11", "12:30", "0o17", "1_000", "0x1F", "NaN", ".inf"])
def test_words_stay_words(word: str) -> None:
    assert load(f"key: {word}\n", "x.yaml").value == {"key": word}


def test_marks_name_lines_and_columns_of_values_and_keys() -> None:
    loaded = load("id: a\nnames:\n  - text: Ünïcode name\n    lang: en\n", "x.yaml")
    assert loaded.marks["/names/0/lang"] == Mark(4, 11, 4, 5)
    assert loaded.marks["/names/0"] == Mark(3, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "id: a\nid: b\n",
            "x.yaml:2:1: error[N102]: duplicate key 'id'; it is first used on line 1\n  | id: b\n  | ^\n  = remove one of the two",
        ),
        (
            "a: b: c\n",
            "x.yaml:1:5: error[N101]: invalid YAML: a value contains a colon followed by a space\n  | a: b: c\n  |     ^\n  = put the value in quotation marks",
        ),
        ("a:\n\tb: 1\n", "x.yaml:2:1: error[N117]: found a tab in the indentation\n  |  b: 1\n  | ^\n  = indent with spaces"),
        ("a: &x 1\n", "x.yaml:1:4: error[N103]: anchors and aliases are not allowed\n  | a: &x 1\n  |    ^\n  = write out the value"),
        (
            "a: !!python/object:os.system x\n",
            "x.yaml:1:4: error[N104]: the tag tag:yaml.org,2002:python/object:os.system is not allowed\n  | a: !!python/object:os.system x\n  |    ^\n  = remove the tag; put text in quotation marks",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "x.yaml:2:1: error[N105]: a second document starts here\n  | ---\n  | ^\n  = keep one record per file: remove the line ---",
        ),
        ("", "x.yaml: error[N106]: the file is empty\n  = write a record, or delete the file"),
        (
            "? [a, b]\n: c\n",
            "x.yaml:1:3: error[N108]: expected a plain key, found a list or a mapping\n  | ? [a, b]\n  |   ^\n  = write `key: value`",
        ),
    ],
)
def test_each_fault_has_its_place_and_remedy(text: str, expected: str) -> None:
    assert expected in [format_problem(problem) for problem in load(text, "x.yaml").problems]


def test_deep_nesting_is_a_finding_and_no_crash() -> None:
    found = load("[" * 5000 + "]" * 5000, "x.yaml")
    assert [problem.code for problem in found.problems] == ["N107"]


@given(st.text(max_size=60))
def test_any_text_gives_a_value_or_findings(text: str) -> None:
    load(text, "x.yaml")
