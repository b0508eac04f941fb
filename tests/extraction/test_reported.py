"""What people are reported to have said: direct and indirect, denied, told of others; and what must not be given to anybody."""

from __future__ import annotations

import pytest

from normbook.extraction.reported import Reported, find_reported
from normbook.extraction.speakers import find_speakers
from normbook.structure.segments import segment

PEOPLE = "Harbour Minister Ana Reyl and Tomas Verre, spokesperson of the River Council, met on Monday in the old town hall of Osthaven with others."


def read(text: str, language: str = "en") -> list[tuple[str, str, str, str]]:
    """Name or holder in brackets, stance, speech and words of everything reported below a paragraph that names two people with their offices."""
    whole = f"{PEOPLE}\n\n{text}" if language == "en" else text
    return [_row(whole, each) for each in find_reported(whole, segment(whole, language).segments, find_speakers(whole))]


def _row(text: str, each: Reported) -> tuple[str, str, str, str]:
    assert all(0 <= start < end <= len(text) for start, end in ((each.start, each.end), *each.frames))
    who = f"{each.name}({each.holder})" if each.holder else each.name
    return who, each.stance, each.speech, text[each.start : each.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reyl said that every port keeps a tide table.", [("Ana Reyl", "asserted", "indirect", "every port keeps a tide table")]),
        ("Reyl said every port keeps a tide table.", [("Ana Reyl", "asserted", "indirect", "every port keeps a tide table")]),
        ("Every port keeps a tide table, Reyl said on Tuesday.", [("Ana Reyl", "asserted", "indirect", "Every port keeps a tide table")]),
        ("Reyl told the assembly of ports that every port keeps a tide table.", [("Ana Reyl", "asserted", "indirect", "every port keeps a tide table")]),
        ("Reyl, who had come by ship, said that every port keeps a tide table.", [("Ana Reyl", "asserted", "indirect", "every port keeps a tide table")]),
        ("Reyl on Tuesday denied that the ministry sells the letters of pilots.", [("Ana Reyl", "denied", "indirect", "the ministry sells the letters of pilots")]),
        (
            "Reyl rejected the claim that her officials sell the letters of pilots, and urged the council to open its books.",
            [
                ("Ana Reyl", "denied", "indirect", "her officials sell the letters of pilots"),
                ("Ana Reyl", "proposed", "indirect", "urged the council to open its books"),
            ],
        ),
        (
            "Noting that the river had risen twice this year, Verre said the council would meet again in June.",
            [
                ("Tomas Verre", "asserted", "indirect", "the river had risen twice this year"),
                ("Tomas Verre", "asserted", "indirect", "the council would meet again in June"),
            ],
        ),
        ("“The charts are open. Nobody has to pay for a copy,” said Reyl.", [("Ana Reyl", "asserted", "direct", "The charts are open. Nobody has to pay for a copy,")]),
        (
            "“We call on all ports to publish their charts,” Reyl said, adding that pilots should not wait for them.",
            [
                ("Ana Reyl", "proposed", "direct", "We call on all ports to publish their charts,"),
                ("Ana Reyl", "asserted", "indirect", "pilots should not wait for them"),
            ],
        ),
        (
            "Reyl said that the charts of the bay are open.\n\nShe added that nobody had to pay for them.",
            [
                ("Ana Reyl", "asserted", "indirect", "the charts of the bay are open"),
                ("Ana Reyl", "asserted", "indirect", "nobody had to pay for them"),
            ],
        ),
        ("Reyl noted that Verre said the council would meet again in June.", [("Ana Reyl(Tomas Verre)", "attributed", "indirect", "the council would meet again in June")]),
    ],
)  # fmt: skip
def test_what_a_person_said_is_found_with_its_words(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Reyl's deputy said that every port keeps a tide table.",
        "The council said that every port keeps a tide table.",
        "Every port keeps a tide table. Reyl met the pilots on Tuesday and went home by ship.",
        "Reyl told reporters on Tuesday.",
        "Reyl addressed the assembly of the ports of the coast.",
        "Reyl read a letter from the pilots of the coast.",
        "She said that every port keeps a tide table.",
        "A sailor wrote: “Reyl said that every port keeps a tide table, and so she did.”",
        "Everybody knows the “charts of the bay that Reyl made when she was young”.",
        "Reyl said so again.",
        "“A port is no island,” said Reyl, harbour minister of Osthaven since the spring.",
        "“A port is no island,” Reyl said, quoting a saying of the pilots of the coast.",
    ],
)
def test_nothing_is_given_to_a_person_whom_the_words_do_not_name_as_its_speaker(text: str) -> None:
    assert [each for each in read(text) if "no island" not in each[3]] == []


def test_a_pronoun_stands_for_nobody_far_from_the_last_speaker() -> None:
    between = "\n\n".join(f"The ships of line {name} came in late and left again the next day." for name in ("one", "two", "three", "four"))
    found = read(f"Reyl said that the charts of the bay are open.\n\n{between}\n\nShe added that nobody had to pay for them.")
    assert [words for *_, words in found] == ["the charts of the bay are open"]


@pytest.mark.parametrize(
    "between", ["Reyl's deputy and Verre left early.", "He added that nobody had to pay for them."], ids=["another name", "another pronoun"]
)
def test_a_pronoun_stands_for_nobody_if_it_may_mean_another(between: str) -> None:
    found = read(f"Reyl said that the charts of the bay are open. {between} She added that the pilots should not wait for them.")
    assert "the pilots should not wait for them" not in [words for *_, words in found]


def test_an_answer_is_its_speakers_and_what_a_question_says_of_somebody_is_told_by_nobody_named() -> None:
    text = """Spokesperson Mira Holt's Regular Press Conference on June 3, 2022

River Wire: Minister Ana Reyl said yesterday that the stations hide their spills from the ports. What is your comment?

Mira Holt: We have taken note of these words. Each station reports every spill within one hour.

We hope that the ports will read our reports.

[The lights went out for a short while.]

Port Times, Osthaven: The stations say that they are honest. Are they?

Tide Daily: Will the council meet next week?

Mira Holt: I have nothing to announce on this today."""
    found = [_row(text, each) for each in find_reported(text, segment(text, "en").segments, find_speakers(text))]
    assert found == [
        ("(Ana Reyl)", "attributed", "indirect", "the stations hide their spills from the ports"),
        ("Mira Holt", "asserted", "direct", "We have taken note of these words. Each station reports every spill within one hour."),
        ("Mira Holt", "asserted", "direct", "We hope that the ports will read our reports."),
        ("Mira Holt", "asserted", "direct", "I have nothing to announce on this today."),
    ]


def test_chinese_clauses_after_a_name_and_a_verb_of_saying() -> None:
    more = "港口事务部部长安娜出席沿海论坛。\n\n安娜14日在沿海论坛上表示，各港口应当公开潮汐表和航道图。安娜坚决否认挪兰曾经封锁苏里亚的港口，并表示愿意谈判。安娜说：“灯塔的灯光属于所有过往的船只。”安娜在论坛上提出《开放港口数据倡议》。"
    assert read(more, "zh") == [
        ("安娜", "asserted", "indirect", "各港口应当公开潮汐表和航道图"),
        ("安娜", "denied", "indirect", "挪兰曾经封锁苏里亚的港口"),
        ("安娜", "asserted", "direct", "灯塔的灯光属于所有过往的船只。"),
    ]
    text = "外交部发言人毛宁主持例行记者会。\n\n毛宁表示，各港口应当公开潮汐表。有人提问，毛宁没有回答。"
    assert read(text, "zh") == [("毛宁", "asserted", "indirect", "各港口应当公开潮汐表")]


def test_no_words_of_a_dateline_are_part_of_what_is_said() -> None:
    text = "OSTHAVEN, May 4 (Port News) -- Every port keeps a tide table, Harbour Minister Ana Reyl said on Tuesday."
    (found,) = find_reported(text, segment(text, "en").segments, find_speakers(text), text.index(" -- "))
    assert text[found.start : found.end] == "Every port keeps a tide table"
