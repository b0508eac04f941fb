"""Questions and answers: the turns of a transcript, by their labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from normbook.languages.language import Words, pattern, vocabulary
from normbook.languages.phrases import first_words
from normbook.structure.labels import is_person, read_label
from normbook.text.line_cache import LineCache
from normbook.text.lines import Line

BEHIND_LABEL = r"\s?(?:[:：]|\.-|\.(?=\s|$)|[-–—](?=\s))\s*"
QUESTION = pattern(rf"<dialogue.questions>{BEHIND_LABEL}", number=r"(?: ?\d{1,2})?")
BOXED = pattern(
    r"(?:[<\[【〈＜]|（(?=[\u4e00-\u9fff\uac00-\ud7af]))(?:(?P<asked><dialogue.questions>)|<dialogue.answers>)[>\]】〉＞）]\s*",
    number=r"(?: ?\d{1,2})?",
)
JAPANESE_LABEL = re.compile(r"(?:【(?=[^【】\d]{2,24}】)|（(?=[^（）\d]{1,12}）[^\s（]))(?P<label>[^【】（）\d]+)[】）]\s*")
JAPANESE_HOLDER = pattern(r"(?P<named>[\u4e00-\u9fff\u3005]{1,4}?)(?P<office><people.roles:ja>)")
NO_SURNAME = pattern(r"<people.no-surname-ends:ja>$")
# an office and a name, or a name alone, before a Chinese colon: "Deputy-Minister Li:"
HAN_HELD = re.compile(
    r"【?(?P<label>[\u4e00-\u9fff·]{3,24}[ \u3000](?P<named>[\u4e00-\u9fff·]{2,4}))】?\s?[:：](?=\s|$|[\u4e00-\u9fff“])\s*"
)
ARABIC_LABEL = re.compile(r"(?P<label>[\u0621-\u064a]{2,}(?: [\u0621-\u064a]{2,}){0,4})\s?[:：](?=\s|$)\s*")
QUESTION_OF = pattern(r"<dialogue.questions>\s?(?:[(（]|(?<=\s))[^\W\d_][^:：\d\n]{1,50}[:：]\s*", number="")  # "Question from the Tide:"
ANSWER = pattern(r"<dialogue.answers>\s?(?:[:：]|\.-|\.(?=\s|$)|(?<!A )[-–—](?=\s))\s*", number=r"(?: ?\d{1,2})?")
CAPITAL = r"[A-ZÀ-Þ\u0401\u0410-\u042f]"
NAME_IN_LABEL = rf"(?:>> )?{CAPITAL}[\w.’'-]*"
MORE_OF_LABEL = rf"(?:(?:,? |,)(?:\(?{CAPITAL}[\w.’'/-]*\)?|«[^«»\n]{{2,40}}»|<dialogue.label-links>)){{0,7}}(?: \d{{1,2}})?"
NOTES = r"(?:\s?[(（\[][^()（）\[\]\n]{1,60}[)）\]]){0,2}"  # a time, a language, what happens meanwhile
LABEL = pattern(
    rf"(?P<label>{NAME_IN_LABEL}{MORE_OF_LABEL}|[\u4e00-\u9fff·《》]{{2,14}}){NOTES}\s?(?:[:：](?=\s|$|[\u4e00-\u9fff“「（(《])|\.[-–—](?=\s))\s*"
)
ASKS = pattern(r"(?i)\b<dialogue.asking>\b|<dialogue.asking-words:dense>|<dialogue.asking-ends:dense>$")
LEADS = pattern(r"(?i)\b<dialogue.leading>\b")
FIELDS = Words("dialogue.fields")
INITIALED = re.compile(rf"(?:{CAPITAL}\.\s?){{1,3}}{CAPITAL}[\w’'-]+$")  # a person who asks in a talk of two
ALONE_FIELDS = Words("dialogue.fields", "dialogue.alone-fields")  # a whole label that is no speaker's
REMARK = re.compile(r"\([^()]+\)|\[[^\[\]]+\]|（[^（）]+）")
BARE_Q = re.compile(r"Q\s+(?=[A-ZÀ-Þ(“\"—–])")
BARE_A = re.compile(r"A\s+(?=[A-ZÀ-Þ(“\"])")
LEAST_BARE = 2  # questions marked by a letter only, or labels in capitals next to one such question
INDENT = " \t\u3000▲△●○◆■▶►"  # before a label
# a label inside a paragraph, after the end of a sentence or a space
GLUED = re.compile(r"(?:^|(?<=[\u3002\uff1f\uff01”」…\s]))(?P<label>[\u4e00-\u9fff·《》]{1,14})[:：]")
SHORTEST_GLUED = 40  # code points of a paragraph that may hold a transcript
MOST_ANSWERING = 3  # answers in such a paragraph
LEAST_RECORD = 6  # labels in a record of many turns
LEAST_PRESS = 2  # other speakers who ask; then one who speaks before the answering speaker asks too
LEAST = 3  # named turns that make a transcript


class Turn(NamedTuple):
    """A turn: question or answer, the span from its label to its end, and where its words start (code points)."""

    kind: Literal["question", "answer"]
    start: int
    end: int
    words: int
    label: str


def find_turns(lines: Sequence[Line], headings: frozenset[int] = frozenset()) -> list[Turn]:
    """The questions and answers of a text, in order; a turn ends where the next one starts. Empty unless the text is a transcript.

    A heading above the next turn and a remark in brackets below the last one do not belong to a turn. Labels are Q and A in
    several languages, or names of speakers if at least three lines start with one and some names recur or ask.
    """
    matter = [line for line in lines if line.role != "blank"]
    marks = _marks.numbered([line.text for line in matter])
    marked = [(k, mark[0], len(mark[1]) + _indent(matter[k].text), mark[1]) for k, mark in marks if mark]
    bare = _bare_letters(matter)
    marked = [*marked, *(each for k, each in bare.items() if k not in {k for k, *_ in marked})]
    named = _named(matter, {k for k, *_ in marked}, bool(marked))
    turns = sorted([*marked, *named])
    if len({kind for _, kind, _, _ in turns if kind}) < 2:
        return [turn for line in matter for turn in _glued(line)]
    found = []
    for number, (k, kind, size, label) in enumerate(turns):
        if not kind:
            continue
        limit = turns[number + 1][0] if number + 1 < len(turns) else len(matter)
        end = k
        while end + 1 < limit and matter[end + 1].role in ("paragraph", "item", "dateline"):
            end += 1
        while end > k and (matter[end].start in headings or (number + 1 == len(turns) and REMARK.fullmatch(matter[end].text.strip()))):
            end -= 1  # a heading above the next turn, a remark below the last one
        found.append(Turn(kind, matter[k].start, matter[end].end, matter[k].start + size, label.strip().rstrip(":：. ")))
    return found


def _glued(line: Line) -> list[Turn]:
    """The turns of a Chinese transcript that a copy put into one paragraph: labels of the press after sentence ends, and one that recurs or answers."""
    if len(line.text) < SHORTEST_GLUED or line.text.count("\uff1a") + line.text.count(":") < LEAST:
        return []
    labels = list(GLUED.finditer(line.text))
    asks = [bool(QUESTION.match(f"{each['label']}:") or ASKS.search(each["label"])) for each in labels]
    others = {each["label"] for each, asked in zip(labels, asks, strict=True) if not asked}
    if len(labels) < LEAST or not any(asks) or not others or len(others) > MOST_ANSWERING:
        return []
    ends = [*(each.start() for each in labels[1:]), len(line.text)]
    return [
        Turn(
            "question" if asked else "answer",
            line.start + each.start(),
            line.start + len(line.text[:end].rstrip()),
            line.start + each.end(),
            each["label"],
        )
        for each, asked, end in zip(labels, asks, ends, strict=True)
    ]


def answering(rows: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines that start with the label of a speaker who is not of the press and speaks more than once, with the label as written.

    A label that mostly asks is of the press, unless it has the initials of a person.
    """
    found = [
        (k, match["label"], match.end())
        for k, row in enumerate(rows)
        if ":" in row[:90] or "\uff1a" in row[:90]
        if (match := LABEL.match(row[:90], _indent(row)))
    ]
    counts = Counter(label for _, label, _ in found)
    if len(counts) < LEAST_BARE and _marks.are_silent(rows):
        return
    asked = Counter(label for k, label, _ in found if rows[k].rstrip(' ”"»').endswith(("?", "\uff1f")))
    for k, label, _ in found:
        if (
            counts[label] > 1
            and (asked[label] * 2 <= counts[label] or INITIALED.match(label))
            and not ASKS.search(label)
            and label.lower() not in FIELDS
        ):
            yield k, label


def marked_lines(rows: Sequence[str]) -> list[int]:
    """The numbers of the lines that are marked as a question or an answer."""
    return [number for number, _ in _marks.numbered(rows)]


def persons_in_record(rows: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines that start with the full name of a person who speaks but once in a record of many turns, with the name."""
    found = [(k, match["label"]) for k, row in enumerate(rows) if ":" in row[:90] and (match := LABEL.match(row[:90], _indent(row)))]
    counts = Counter(label for _, label in found)
    if len(found) < LEAST_RECORD or max(counts.values()) < LEAST:
        return
    for k, label in found:
        if counts[label] == 1 and is_person(label) and not ASKS.search(label) and label.split()[0].lower() not in FIELDS:
            yield k, label


def held_in_han(rows: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """The lines that start with a Chinese office, a space and a name before a colon, with the match of the whole label and the name."""
    for k, row in enumerate(rows):
        if ":" in row[:40] or "\uff1a" in row[:40]:
            match = HAN_HELD.match(row[:90], _indent(row))
            if match and not ASKS.search(match["label"]):
                yield k, match


def held_in_japanese(rows: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """The lines that start with a Japanese label in brackets of a surname and an office, with the match of both."""
    for k, row in enumerate(rows):
        indent = _indent(row)
        if row.startswith(("【", "（"), indent) and (label := JAPANESE_LABEL.match(row, indent)) and not ASKS.search(label["label"]):
            match = JAPANESE_HOLDER.fullmatch(row, label.start("label"), label.end("label"))
            if match and not NO_SURNAME.search(match["named"]):
                yield k, match


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(INDENT))


def _speaker(row: str) -> tuple[str, int] | None:
    """The name in a speaker's label at the start of a line and where the words after it start; None for a field ("Date:")."""
    indent = _indent(row)
    match = LABEL.match(row[:90], indent) or _other_label(row, indent)
    if match and match["label"].lower() not in ALONE_FIELDS and match["label"].split()[0].lower() not in FIELDS:
        return match["label"], match.end()
    named = None if match else read_label(row)
    return (named.name, named.end) if named else None


def _other_label(row: str, indent: int) -> re.Match[str] | None:
    """The label of a Japanese or Arabic transcript, or a Chinese one with an office."""
    if row.startswith(("【", "（"), indent):
        return JAPANESE_LABEL.match(row, indent)
    if not row[:90].isascii() and (":" in row[:90] or "：" in row[:90]):
        return HAN_HELD.match(row[:90], indent) or ARABIC_LABEL.match(row[:90], indent)
    return None


def _is_exchange(lines: Sequence[Line], labels: Sequence[tuple[int, str, int]]) -> bool:
    """True if the text is just a question of the press and the answer under another label."""
    asks = [bool(ASKS.search(label)) and "?" in _said(lines, k, end).replace("\uff1f", "?") for k, label, end in labels]
    return len(labels) > 1 and any(first and not ASKS.search(labels[k + 1][1]) for k, first in enumerate(asks[:-1]))


def _said(lines: Sequence[Line], k: int, end: int) -> str:
    """The words after a label, or the next line if the label has a line of its own."""
    alone = end >= len(lines[k].text.rstrip()) and k + 1 < len(lines)
    return lines[k + 1 if alone else k].text


def _bare_letters(matter: Sequence[Line]) -> dict[int, tuple[int, Literal["question", "answer"], int, str]]:
    """Turns marked by a letter and a space only ("Q  Thank you"), if at least two questions are; an A counts only after such a Q."""
    asked = [k for k, line in enumerate(matter) if line.role in ("paragraph", "headline") and BARE_Q.match(line.text)]
    answered = [line for line in matter if (label := read_label(line.text)) and label.name.isupper()]
    if len(asked) < (LEAST_BARE if len(answered) < LEAST_BARE else 1):
        return {}
    found: dict[int, tuple[int, Literal["question", "answer"], int, str]] = {
        k: (k, "question", _size(BARE_Q, matter[k]), "Q") for k in asked
    }
    open_question = False
    for k, line in enumerate(matter):
        if k in found:
            open_question = True
        elif open_question and line.role == "paragraph" and BARE_A.match(line.text):
            found[k] = (k, "answer", _size(BARE_A, line), "A")
            open_question = False
    return found


def _size(pattern: re.Pattern[str], line: Line) -> int:
    match = pattern.match(line.text)
    return match.end() if match else 0


def _mark(row: str) -> tuple[Literal["question", "answer"], str] | None:
    """The kind of a line that is marked as a question or an answer, and its mark as written; None for another line."""
    bare = row.lstrip(INDENT)
    head = bare[:24]
    if head[:1] in "<[【〈＜（" and (match := BOXED.match(head)):
        return "question" if match["asked"] else "answer", match[0]
    if head[:1].isascii() and head[:1].lower() not in _mark_heads():
        return None
    if match := QUESTION.match(head) or QUESTION_OF.match(bare[:90]):
        return "question", match[0]
    if match := ANSWER.match(head):
        return "answer", match[0]
    return None


_marks = LineCache(_mark)


@cache
def _mark_heads() -> frozenset[str]:
    """The first letters of the labels of questions and answers, in lower case."""
    phrases = (phrase for key in ("dialogue.questions", "dialogue.answers") for phrase in vocabulary().phrases(key))
    return frozenset(word[:1] for phrase in phrases for word in first_words(phrase, " "))


def _named(lines: Sequence[Line], taken: set[int], beside: bool) -> list[tuple[int, Literal["question", "answer", ""], int, str]]:
    """The turns that start with a speaker's name; a moderator who asks nothing has neither kind where questions have labels of their own."""
    labels = [
        (k, label, end)
        for k, line in enumerate(lines)
        if k not in taken and line.role in ("paragraph", "heading", "headline", "dateline") and (named := _speaker(line.text))
        for label, end in [named]
    ]
    counts = Counter(label for _, label, _ in labels)
    recur = max(counts.values(), default=0) > 1 and len(counts) > 1
    if not beside and not (len(labels) >= LEAST and recur) and not _is_exchange(lines, labels):
        return []
    if not labels:
        return []
    starts = sorted([*taken, *(k for k, _, _ in labels), len(lines)])
    closing = {k: lines[next(each for each in starts if each > k) - 1].text for k, _, _ in labels}  # the last line of each turn
    asking = Counter(
        label for k, label, end in labels if any(each.rstrip(' ”"»').endswith(("?", "？")) for each in (_said(lines, k, end), closing[k]))
    )
    most = counts.most_common(1)[0][0]
    if asking[most] * 2 > counts[most] and not any(asking[label] for label in counts if label != most):
        most = next(
            (label for label, _ in counts.most_common() if label != most), most
        )  # the most frequent speaker may be the one who asks
    labels = [each for each in labels if each[0] or counts[each[1]] > 1 or not beside]  # a title: "In full: the briefing of today"
    found = []
    exchange = not recur and not beside
    press = sum(label != most and asking[label] > 0 for label in counts)
    alone = press >= LEAST_PRESS and all(asking[label] * 2 > count for label, count in counts.items() if count > 1 and label != most)
    following = {k: other for (k, _, _), (_, other, _) in pairwise(labels)}
    for k, label, end in labels:
        asks = (
            bool(ASKS.search(label))
            or (asking[label] * 2 > counts[label] and label != most)
            or (counts[label] == 1 and (asking[label] == 1 or (alone and label != most and following.get(k) == most)))
        )
        if not beside and not exchange and counts[label] == 1 and not asks and not ASKS.search(label) and len(counts) > len(labels) * 0.8:
            continue
        kind: Literal["question", "answer", ""] = "question" if asks and not (label == most and not ASKS.search(label)) else "answer"
        if taken and LEADS.search(label) and not any(mark in lines[k].text for mark in "?？"):
            kind = ""
        found.append((k, kind, end, label))
    return found
