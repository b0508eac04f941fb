"""What can be asserted of a cleaner's answer about a short text, and which of the assertions do not hold.

An answer is a JSON object with `text` and, as far as the cleaner can tell, `segments`, `lists`, `dates`, `speakers`, `initiatives`,
`edits` and `problems`, in the form of `normbook clean --json`. README.md lists the assertions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

TITLE = re.compile(r"(?:(?:mr|mrs|ms|miss|mme|mm|dr|hon|sir|herr|frau|m|sr|sra|el señor|la señora|señor|señora)\b\.?\s+)+", re.IGNORECASE)
NUMBER = re.compile(r"\d+(?:\.\d+)+\.?\s+")
Value = Any
# the key of an answer without which an assertion cannot be asked
NEEDS = {
    "event": "dates", "published": "dates", "dateline": "dates", "speaker": "speakers", "no_speaker": "speakers", "speakers": "speakers",
    "lists": "lists", "items": "lists", "no_item": "lists", "initiative": "initiatives", "initiatives": "initiatives", "sentence": "segments", "no_sentence": "segments",
    "heading": "segments", "not_heading": "segments", "turns": "segments",
}  # fmt: skip


def many(value: Value) -> list[Value]:
    """A list as it is, anything else as a list of one."""
    return value if isinstance(value, list) else [value]


def fold(text: str) -> str:
    """The text with single spaces inside its lines and none at their ends."""
    return "\n".join(re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))


def plain(name: str) -> str:
    """A name in lower case, without titles and full stops.

    >>> plain("Dr. Ina Kessel"), plain("El señor HEREDIA")
    ('ina kessel', 'heredia')
    """
    return fold(TITLE.sub("", name.strip(), count=1).replace(".", " ")).casefold()


class Answer:
    """A cleaner's answer about one received text."""

    def __init__(self, said: Mapping[str, Any], received: str) -> None:
        self.said, self.received = said, received
        self.text = fold(said["text"])
        self.speakers = [(plain(each["name"] or ""), (each.get("office") or "").casefold()) for each in said.get("speakers", [])]
        words = {each["eid"]: self._words(each) for each in said.get("segments", []) if "eid" in each}
        self.lists = [[NUMBER.sub("", words[eid]) for eid in each["items"]] for each in said.get("lists", [])]

    def missed(self, asserted: Value) -> list[dict[str, Value]]:
        """The assertions that do not hold. One about something that the answer leaves out does not hold."""
        return [{key: value} for each in many(asserted) for key, value in each.items() if not self._holds(key, value)]

    def reverts(self) -> bool:
        """Whether the edits, if there are any, turn the received text into the cleaned text."""
        if "edits" not in self.said:
            return True
        parts: list[str] = []
        at = 0
        for edit in self.said["edits"]:
            if edit["start"] < at or self.received[edit["start"] : edit["end"]] != edit["raw"]:
                return False
            parts += [self.received[at : edit["start"]], edit["new"]]
            at = edit["end"]
        return bool("".join(parts) + self.received[at:] == self.said["text"])

    def _holds(self, key: str, value: Value) -> bool:
        return NEEDS.get(key, "text") in self.said and bool(CHECKS[key](self, value))

    def _words(self, segment: Mapping[str, Any]) -> str:
        return " ".join(self.said["text"][segment["start"] : segment["end"]].split())

    def of_kind(self, *kinds: str) -> list[str]:
        return [self._words(each) for each in self.said["segments"] if each["kind"] in kinds]

    def day(self, which: str) -> Value:
        return (self.said["dates"].get(which) or {}).get("value")

    def is_flagged(self, words: str) -> bool:
        spans = [match.span() for match in re.finditer(re.escape(words), self.received)]
        return any(
            words in problem["message"] or any(problem.get("start", 0) < end and start < problem.get("end", 0) for start, end in spans)
            for problem in self.said.get("problems", [])
        )

    def speaks(self, want: Mapping[str, Any]) -> bool:
        names = [plain(name) for name in many(want["name"])]
        offices = [office.casefold() for office in many(want.get("office", ""))]
        return any(name in names and any(each in office for each in offices) for name, office in self.speakers)

    def dateline(self, want: Mapping[str, Any]) -> bool:
        line = self.said["dates"].get("dateline") or {}
        if "value" in want and line.get("value") not in many(want["value"]):
            return False
        if want.get("place", "").casefold() not in (line.get("place") or "").casefold():
            return False
        return not any(words in (line.get("derivation") or "") for words in many(want.get("derivation_lacks", [])))

    def lists_items(self, want: list[str]) -> bool:
        return any(len(items) == len(want) and all(map(str.startswith, items, want)) for items in self.lists)

    def has_turns(self, want: Mapping[str, Any]) -> bool:
        return all(len(self.of_kind(kind.removesuffix("s"))) in many(number) for kind, number in want.items())

    def has_heading(self, words: str) -> bool:
        return any(words in heading for heading in self.of_kind("heading", "headline"))


def _each(check: Callable[[Answer, str], bool]) -> Callable[[Answer, Value], bool]:
    return lambda answer, value: all(check(answer, words) for words in many(value))


def _none(found: Callable[[Answer, str], bool]) -> Callable[[Answer, Value], bool]:
    return lambda answer, value: not any(found(answer, words) for words in many(value))


CHECKS: Mapping[str, Callable[[Answer, Value], bool]] = {
    "any_of": lambda answer, value: any(not answer.missed(each) for each in value),
    "text_has": _each(lambda answer, words: fold(words) in answer.text),
    "text_lacks": _none(lambda answer, words: fold(words) in answer.text),
    "flagged": _each(Answer.is_flagged),
    "event": lambda answer, value: answer.day("event") in many(value),
    "published": lambda answer, value: answer.day("published") in many(value),
    "dateline": Answer.dateline,
    "sentence": _each(lambda answer, words: words in answer.of_kind("sent")),
    "no_sentence": _none(lambda answer, words: words in answer.of_kind("sent")),
    "speaker": Answer.speaks,
    "no_speaker": _none(lambda answer, words: any(words.casefold() in name for name, _ in answer.speakers)),
    "speakers": lambda answer, value: len(answer.speakers) == value,
    "turns": Answer.has_turns,
    "lists": lambda answer, value: len(answer.lists) == value,
    "items": Answer.lists_items,
    "no_item": _none(lambda answer, words: any(item.startswith(words) for items in answer.lists for item in items)),
    "heading": _each(Answer.has_heading),
    "not_heading": _none(Answer.has_heading),
    "initiatives": lambda answer, value: len(answer.said["initiatives"]) == value,
    "initiative": _each(lambda answer, words: words in [each["name"] for each in answer.said["initiatives"]]),
}


def keys_of(asserted: Value) -> Iterable[str]:
    """The names of the assertions in an `expect`, with those inside `any_of`."""
    for each in many(asserted):
        for key, value in each.items():
            yield key
            if key == "any_of":
                for choice in value:
                    yield from keys_of(choice)
