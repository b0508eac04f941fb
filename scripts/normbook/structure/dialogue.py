"""Questions and answers: the turns of a transcript, by their labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from normbook.languages.language import Words, pattern
from normbook.text.lines import Line

BEHIND_LABEL = r"\s?(?:[:：]|\.(?=\s|$)|[-–—](?=\s))\s*"
QUESTION = pattern(rf"<dialogue.questions>{BEHIND_LABEL}", number=r"(?: ?\d{{1,2}})?")
ANSWER = pattern(r"<dialogue.answers>\s?(?:[:：]|\.(?=\s|$)|(?<!A )[-–—](?=\s))\s*", number=r"(?: ?\d{1,2})?")
NAME_IN_LABEL = r"(?:>> )?(?:[A-ZÀ-Þ][\w.’'À-ÿ-]*|Dr\.|[A-ZÀ-Þ]{2,})"
MORE_OF_LABEL = r"(?:[ ,](?:\(?[A-ZÀ-Þ][\w.’'/À-ÿ-]*\)?|<dialogue.label-links>)){0,7}(?: \d{1,2})?"
TIME = r"(?: \(\d{1,2}:\d\d(?::\d\d)?\))?"
LABEL = pattern(
    rf"(?P<label>{NAME_IN_LABEL}{MORE_OF_LABEL}|[\u4e00-\u9fff·《》]{{2,14}}){TIME}\s?(?:[:：](?=\s|$|[\u4e00-\u9fff“])|\.[-–—](?=\s))\s*"
)
ASKS = pattern(r"(?i)\b<dialogue.asking>\b|<dialogue.asking-words:dense>|<dialogue.asking-ends:dense>$")
FIELDS = Words("dialogue.fields")
REMARK = re.compile(r"\([^()]+\)|\[[^\[\]]+\]|（[^（）]+）")
BARE_Q = re.compile(r"Q\s+(?=[A-ZÀ-Þ(“\"])")
BARE_A = re.compile(r"A\s+(?=[A-ZÀ-Þ(“\"])")
LEAST_BARE = 2  # questions marked by a letter alone
INDENT = " \t\u3000"  # before a label
LEAST = 3  # named turns that make a transcript


class Turn(NamedTuple):
    """One turn: question or answer, the code points from its label to its end, and where its words begin."""

    kind: Literal["question", "answer"]
    start: int
    end: int
    words: int
    label: str


def find_turns(lines: Sequence[Line], headings: frozenset[int] = frozenset()) -> list[Turn]:
    """The questions and answers of a text, in order; a turn runs to the next one. Empty for a text that is no transcript.

    A heading above the next turn, and a remark in brackets below the last one, belong to none. Labels are Q and A in several languages, or the names of the speakers where at least three lines open with such and some recur or ask.
    """
    matter = [line for line in lines if line.role != "blank"]
    marked = [(k, kind, match.end() + _indent(line.text), match[0]) for k, line in enumerate(matter) for kind, match in _marks(line.text)]
    bare = _bare_letters(matter)
    marked = [*marked, *(each for k, each in bare.items() if k not in {k for k, *_ in marked})]
    named = _named(matter, {k for k, *_ in marked}, bool(marked))
    turns = sorted([*marked, *named])
    if len({kind for _, kind, _, _ in turns}) < 2:
        return []
    found = []
    for number, (k, kind, size, label) in enumerate(turns):
        limit = turns[number + 1][0] if number + 1 < len(turns) else len(matter)
        end = k
        while end + 1 < limit and matter[end + 1].role in ("paragraph", "item", "dateline"):
            end += 1
        while end > k and (matter[end].start in headings or (number + 1 == len(turns) and REMARK.fullmatch(matter[end].text.strip()))):
            end -= 1  # a heading above the next turn, a remark below the last one
        found.append(Turn(kind, matter[k].start, matter[end].end, matter[k].start + size, label.strip().rstrip(":：. ")))
    return found


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(INDENT))


def _said(lines: Sequence[Line], k: int, match: re.Match[str]) -> str:
    """The words behind a label, those of the line below it where the label stands alone."""
    alone = match.end() >= len(lines[k].text.rstrip()) and k + 1 < len(lines)
    return lines[k + 1 if alone else k].text


def _bare_letters(matter: Sequence[Line]) -> dict[int, tuple[int, Literal["question", "answer"], int, str]]:
    """Turns marked by a letter and a space alone ("Q  Thank you"), where two questions at least are so marked; an A only behind such a Q."""
    asked = [k for k, line in enumerate(matter) if line.role in ("paragraph", "headline") and BARE_Q.match(line.text)]
    if len(asked) < LEAST_BARE:
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


def _marks(row: str) -> list[tuple[Literal["question", "answer"], re.Match[str]]]:
    head = row.lstrip(INDENT)[:24]
    if match := QUESTION.match(head):
        return [("question", match)]
    if match := ANSWER.match(head):
        return [("answer", match)]
    return []


def _named(lines: Sequence[Line], taken: set[int], beside: bool) -> list[tuple[int, Literal["question", "answer"], int, str]]:
    """The turns that open with a speaker's name."""
    labels = []
    for k, line in enumerate(lines):
        match = LABEL.match(line.text[:90]) if k not in taken and line.role in ("paragraph", "heading", "headline", "dateline") else None
        if match and match["label"].lower() not in FIELDS and match["label"].split()[0].lower() not in FIELDS:
            labels.append((k, match))
    counts = Counter(match["label"] for _, match in labels)
    if len(labels) < (1 if beside else LEAST) or not (beside or (max(counts.values()) > 1 and len(counts) > 1)):
        return []
    asking = Counter(match["label"] for k, match in labels if _said(lines, k, match).rstrip(' ”"»').endswith(("?", "？")))
    most = counts.most_common(1)[0][0]
    if asking[most] * 2 > counts[most] and not any(asking[label] for label in counts if label != most):
        most = next((label for label, _ in counts.most_common() if label != most), most)  # who speaks oftenest may be the one that asks
    found = []
    for k, match in labels:
        label = match["label"]
        asks = (
            bool(ASKS.search(label)) or (asking[label] * 2 > counts[label] and label != most) or (counts[label] == 1 and asking[label] == 1)
        )
        if not beside and counts[label] == 1 and not asks and not ASKS.search(label) and len(counts) > len(labels) * 0.8:
            continue
        kind: Literal["question", "answer"] = "question" if asks and not (label == most and not ASKS.search(label)) else "answer"
        found.append((k, kind, match.end(), label))
    return found
