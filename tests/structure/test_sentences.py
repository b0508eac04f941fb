"""Where sentences end: each case is the sentences of one paragraph, in order. A case added to cases/structure/sentences.yaml adds a test."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normbook.structure.sentences import sentences
from tools.projects import ROOT, read_yaml

CASES = read_yaml(ROOT / "tests" / "cases" / "structure" / "sentences.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_paragraph_has_these_sentences(case: dict[str, Any]) -> None:
    language = case.get("language", "en")
    text = ("" if language in ("zh", "ja") else " ").join(case["sentences"])
    assert [text[start:end] for start, end in sentences(text, language)] == case["sentences"]


@given(st.text(alphabet="Aa.N o1?!”“(。：《》\n\t\u3000", max_size=60), st.sampled_from(["en", "de", "zh", "ru", "xx"]))
def test_sentences_and_the_spaces_between_them_tile_the_text(text: str, language: str) -> None:
    spans = sentences(text, language)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip() and text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()
