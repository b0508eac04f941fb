"""The laws of the ledger, on hostile texts. NORMBOOK_FUZZ sets how many; `make fuzz` runs a hundred thousand."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from normbook.cleaning.clean import clean
from normbook.extraction.report import report, revert
from normbook.text.decoding import decode, encode
from normbook.text.ledger import IDENTITY, TOKEN, Edit, Ledger, LedgerError, trim

EXAMPLES = int(os.environ.get("NORMBOOK_FUZZ", "120"))
settings.register_profile(
    "normbook",
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="NORMBOOK_FUZZ" not in os.environ,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("normbook")

HOSTILE = st.sampled_from(
    [
        "\r\n", "\r", "\n", "\n\n", "\n\n\n", "\x85", "\u2028", "\u2029", "\ufeff", "\x00", "\xa0", "\u200b", "\xad", "\u0301", "\u1161", "e\u0301", "\u202e", "\ud800", "\udcff", "”", "“", "‘", "’",
        " ", "  ", "\t", "。", "数据", "Home > News\n", "<Suggest To A Friend>", "Published: 11:47, March 1, 2024\n", "(PHOTO / AGENCY)\n", "ALSO READ: A bill\n", " date 2024-11-20 ", "5 G users", "Xinhua) 22:40, November 20, 2024\n",
        "It must be dismissed by all the parties and\n", "Should be opposed.", "the parties agreed.The text", "lÃ©gislation", "â€™", "One is to do", "The second is to do", "BEIJING, Nov. 20 (Xinhua) -- ", "principles of a, b, c and d", ";\n", ":\n",
        "¡°pact¡±", "ÖÐ¹ú·ç", "China鈥檚", "the State?s role", "&amp;", "數(shù)", "caf\udce9", "Home | About | News | Contact\n", "Contact us\n", "From: a@b.example\nSubject: [x] data\n", "> the parties\n", "-- \n", "_" * 30 + "\n",
        "1. Keep it.\n", "(i) share;\n", "Q: Why?\n", "A: Because the parties agreed.\n", "what ofthe thegovernment said in the town", "a\"b c\"d", "buy cheap pills casino www.x.example", "[url=x]y[/url]", "2021-05-03 10:22\n", "© 2021 Harbour Daily\n",
        "Most read\n", "3 comments " * 30, "read more " * 30, "a (1)|" * 30, "Page 2 of 5\n", "\x0c", "implemen-\ntation of the", "ADVERTISEMENT\nBerths from 40 crowns!\n", "The ministers of the six states agreed on Monday to share all of their charts.\n",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(HOSTILE, st.text(max_size=12), st.text(alphabet=st.characters(codec="utf-8"), max_size=8)), max_size=14).map(
    "".join
)


def edits_of(data: st.DataObject, text: str) -> Ledger:
    """Some ledger that fits a text."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        edits.append(Edit(start, end, text[start:end], data.draw(st.text(max_size=4)), (data.draw(st.sampled_from("pqr")),)))
    return Ledger.from_edits(edit for edit in edits if edit.raw != edit.new)


@given(TEXTS)
def test_applying_gives_the_cleaned_text_and_reverting_the_received_one(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.ledger.apply(text) == cleaned.text
    assert cleaned.ledger.revert(cleaned.text) == text


@given(TEXTS)
def test_cleaning_a_cleaned_text_changes_nothing(text: str) -> None:
    once = clean(text)
    again = clean(once.text)
    assert again.text == once.text
    assert not again.ledger.edits


@given(TEXTS)
def test_every_text_has_a_report_that_leads_back_to_its_bytes(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    value = report("x", content)
    assert revert(value) == content
    for segment in value["segments"]:
        assert 0 <= segment["start"] <= segment["end"] <= len(value["text"])
        assert 0 <= segment["raw_start"] <= segment["raw_end"] <= value["raw_length"]
    assert len({segment["eid"] for segment in value["segments"]}) == len(value["segments"])


@given(TEXTS)
def test_edits_are_minimal_and_name_their_rules(text: str) -> None:
    for edit in clean(text).ledger.edits:
        assert edit.rules
        assert trim(edit) == edit
        old, new = set(TOKEN.findall(edit.raw)), set(TOKEN.findall(edit.new))
        assert not any(token.isalnum() for token in old & new), edit


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read_and_written_again(content: bytes) -> None:
    received = decode(content)
    assert encode(received.text, received.encoding) == content
    cleaned = clean(received.text)
    assert encode(cleaned.ledger.revert(cleaned.text), received.encoding) == content


@given(st.data(), TEXTS)
def test_composing_does_what_one_after_the_other_does(data: st.DataObject, text: str) -> None:
    one = edits_of(data, text)
    two = edits_of(data, one.apply(text))
    both = one.compose(two)
    assert both.apply(text) == two.apply(one.apply(text))
    assert both.revert(both.apply(text)) == text


@given(st.data(), TEXTS)
def test_composing_is_associative(data: st.DataObject, text: str) -> None:
    one = edits_of(data, text)
    two = edits_of(data, one.apply(text))
    three = edits_of(data, two.apply(one.apply(text)))
    assert one.compose(two).compose(three) == one.compose(two.compose(three))
    assert IDENTITY.compose(one) == one == one.compose(IDENTITY)


@given(st.data(), TEXTS)
def test_making_a_ledger_minimal_does_not_change_what_it_does(data: st.DataObject, text: str) -> None:
    ledger = edits_of(data, text)
    assert ledger.minimal().apply(text) == ledger.apply(text)
    assert ledger.minimal().revert(ledger.apply(text)) == text


@given(st.data(), TEXTS)
def test_kept_characters_map_to_themselves_and_back(data: st.DataObject, text: str) -> None:
    ledger = edits_of(data, text)
    changed = ledger.apply(text)
    covered = {i for edit in ledger.edits for i in range(edit.start, edit.end)}
    last = -1
    for i in range(len(text)):
        start, end = ledger.forth(i, i + 1)
        assert start >= last
        last = start
        if i not in covered:
            assert changed[start:end] == text[i]
            assert ledger.back(start, end) == (i, i + 1)


def test_a_ledger_that_does_not_fit_says_so() -> None:
    ledger = Ledger((Edit(0, 1, "a", "b", ("r",)),))
    with pytest.raises(LedgerError, match=r"expected .*, found"):
        ledger.apply("x")
    with pytest.raises(LedgerError, match=r"expected .*, found"):
        ledger.revert("x")
    with pytest.raises(LedgerError, match="overlap"):
        Ledger.from_edits([Edit(0, 2, "ab", "", ("r",)), Edit(1, 3, "bc", "", ("r",))])


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([(0, 0, "", "xy")], [(1, 1, "", "-")], [(0, 0, "", "x-y")]),
        ([(2, 4, "cd", "")], [(1, 3, "be", "")], [(1, 5, "bcde", "")]),
        ([(1, 2, "b", "BBB")], [(2, 3, "B", "")], [(1, 2, "b", "BB")]),
        ([(0, 1, "a", "x")], [(5, 6, "f", "y")], [(0, 1, "a", "x"), (5, 6, "f", "y")]),
        ([(0, 3, "abc", "")], [(0, 0, "", "new")], [(0, 3, "abc", "new")]),
    ],
)
def test_compositions_worked_out_by_hand(
    first: list[tuple[int, int, str, str]], second: list[tuple[int, int, str, str]], expected: list[tuple[int, int, str, str]]
) -> None:
    def ledger(rows: list[tuple[int, int, str, str]]) -> Ledger:
        return Ledger(tuple(Edit(*row, ("r",)) for row in rows))

    assert ledger(first).compose(ledger(second)) == ledger(expected)
