"""Reported speech: what a text says that named people said, in their own words or in the reporter's.

Only attributions on the surface count: a name or a pronoun next to a verb of saying ("Reyl said that …", "…, she added",
"… 雷尔表示，…"), and the label of a turn in a transcript. No sentence is given to somebody because of its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from normbook.extraction.people.finder import Speaker
from normbook.extraction.speakers import find_quotes
from normbook.extraction.stance import Denied, find_denied
from normbook.languages.language import pattern, vocabulary
from normbook.structure.segmented import Segment

Span = tuple[int, int]
Stance = Literal["asserted", "proposed", "denied", "attributed"]

LEAST_WORDS = 5  # of a clause or quotation that is worth a record
LEAST_HAN = 10  # code points of such a clause in Chinese
OPENING = 48  # code points at the beginning of words in which their verb stands
MEMORY = 2  # paragraphs after the one that names a speaker in which a pronoun may stand for the name
MASK = "\0"  # stands for each character inside quotation marks, so that nothing in them is read as the reporter's

THAT_WORD, LY = "<grammar.that:en>", r"\w+<grammar.adverb-endings:en>"
VERB = r"(?P<verb><speech.said:en>|<speech.also-said:en>)(?!\w)"
PRONOUN = r"(?P<pronoun>(?i:<speech.pronouns>))"
APPOSED = r"(?:,? <speech.relatives> [^,.;\0]{1,90}?,?|, [^,.;\0]{1,80},)?"
WHEN = r"(?: (?:<speech.circumstances>|<weekdays.wide:en>)(?: [\w’'-]+){0,3}?)?"
NAME_THEN_VERB = rf"(?<!\w)(?:(?P<who>%s)(?![’']s?\b)|{PRONOUN})(?!\w){APPOSED}{WHEN},? (?:(?:<speech.adverbs>|{LY}) ){{0,2}}{VERB}"
VERB_THEN_NAME = rf"(?<!\w){VERB} (?:[^\W\d_][\w’'-]* ){{0,6}}?(?<!\w)(?P<who>%s)(?!\w)(?![’']s?\b)"
OCCASION_IN_HAN = r"(?:\d{1,2}<dates.day-marks:zh>)?(?:<speech.at:zh>[^，。；：、“”\0]{1,25}?<speech.occasion-ends:zh>)?(?:<speech.between-name-and-verb:zh>)?"
NAME_THEN_VERB_IN_HAN = (
    rf"(?P<who>%s){OCCASION_IN_HAN}(?:(?P<denies><speech.denies-clause:zh>)|(?:<speech.said:zh>){{1,2}}(?:，|：|:|,)?)(?P<quoted>[“「『]?)"
)
TITLE_IN_HAN = re.compile(r"《[^《》]*》")
END_OF_CLAUSE_IN_HAN = re.compile(r"[，。；！？,;]")
CIRCUMSTANCE = r"(?: (?:<speech.circumstances>|<weekdays.wide:en>)\b[^,.;:\0]{0,60}?)"
THAT = pattern(rf"{CIRCUMSTANCE}?,? (?:<grammar.and:en> )?{THAT_WORD} ")
NO_CLAUSE = r"(?!\w+<grammar.gerund-endings:en>\b|<speech.relatives>\b|<speech.circumstances>\b|<speech.goes-on>\b)"
CLAUSE = pattern(rf"{CIRCUMSTANCE}?,? {THAT_WORD} |{CIRCUMSTANCE}?[,:] {NO_CLAUSE}(?=\w)")
BARE_CLAUSE = pattern(rf"(?!{CIRCUMSTANCE}) (?=[\w“\"])")
TAKES_BARE_CLAUSE = pattern(r"<speech.takes-bare-clause>")
TOLD = pattern(rf" (?:[^\W\d_][\w’'-]* ){{1,8}}?{THAT_WORD} ")
AND_PROPOSES = pattern(rf",? <grammar.and:en> (?=(?:(?:{LY}|<grammar.also:en>) )*<acts.propose:en>(?!\w))")
TELLS = pattern(r"<speech.tells>")
PROPOSES = pattern(r"<acts.propose:en>(?!\w)")
TAIL = pattern(rf"(?:{CIRCUMSTANCE}|, [^.;:\0]{{1,80}})?[.!?\s\0”\"]*$")
PARTICIPLE = pattern(rf"(?i)(?P<cue><speech.participles>)(?: {THAT_WORD})? (?P<words>[^\0]+), $")
REMARK = re.compile(r"[(\[（][^()\[\]（）]*[)\]）]")
ANOTHER_LABEL = re.compile(r"(?:[A-Z][\w.’'-]*,? ?){1,8}: ")  # a label, at the start of a paragraph of an answer
ADDING = pattern(rf",? (?P<cue><speech.participles>)(?: {THAT_WORD})? ")
BEFORE_TAIL = re.compile(r"(?P<words>[^\0]+), (?:[^\W\d_][\w’'-]* ){0,9}$")
VERB_OF = {  # not "the toll proposed by Holm"
    key: (pattern(rf"(?i)(?<![\w-])<acts.{key}:spaced>(?![\w-]| <acts.agents:spaced>\b)"), pattern(rf"<acts.{key}:dense>"))
    for key in ("propose", "say")
}


class Reported(NamedTuple):
    """What someone is said to have said: code points [start, end), and the spans that it has to be read with to see who says it, and how.

    `name` is as `find_speakers` gives it, "" for someone who asks in a transcript; `holder` is the person whose view the speaker gives.
    """

    name: str
    start: int
    end: int
    stance: Stance
    speech: Literal["direct", "indirect"]
    frames: tuple[Span, ...]
    holder: str = ""
    turn: int = -1  # where the answer starts of which the words are a paragraph


class _Attribution(NamedTuple):
    """A name or pronoun and its verb of saying, at the code points [start, end), the verb last or, with `verb_first`, first."""

    name: str
    start: int
    end: int
    verb: str
    pronoun: str
    verb_first: bool


def find_reported(text: str, segments: Sequence[Segment], people: Sequence[Speaker], begin: int = 0) -> list[Reported]:
    """What the named people are said to have said, in the order of the text; words that the text repeats count once.

    No words before `begin`, such as those of a dateline, are part of it.

    >>> from normbook.structure.segments import segment
    >>> from normbook.extraction.speakers import find_speakers
    >>> text = "Minister Ana Reyl said that all ports should publish their tide tables, adding that charts of the bay are free."
    >>> [(each.name, text[each.start : each.end], each.speech) for each in find_reported(text, segment(text).segments, find_speakers(text))]
    [('Ana Reyl', 'all ports should publish their tide tables', 'indirect'), ('Ana Reyl', 'charts of the bay are free', 'indirect')]
    """
    found: dict[tuple[str, str], Reported] = {}
    for each in _Reader(text, segments, people, begin).read():
        found.setdefault((each.name or each.holder, text[each.start : each.end]), each)
    return sorted(found.values(), key=lambda each: each.start)


def stance_of(words: str) -> Literal["asserted", "proposed"]:
    """Whether words propose, as their first verb of saying or proposing tells, or else assert.

    >>> stance_of("We urge all ports to publish their charts"), stance_of("The charts are open to all who ask for them")
    ('proposed', 'asserted')
    """
    places = {
        key: min((match.start() for each in patterns if (match := each.search(words[:OPENING]))), default=len(words))
        for key, patterns in VERB_OF.items()
    }
    return "proposed" if places["propose"] < min(places["say"], len(words)) else "asserted"


class _Reader:
    """Reads a text paragraph by paragraph, and remembers who spoke last for the pronouns that follow."""

    def __init__(self, text: str, segments: Sequence[Segment], people: Sequence[Speaker], begin: int) -> None:
        self.text, self.segments, self.begin = text, segments, begin
        self.names = {part: name for name in dict.fromkeys(each.name for each in people) for part in _parts(name, people)}
        self.offices = {(each.name, each.start) for each in people}
        self.last: tuple[str, Span, int] | None = None  # name, the span that names the speaker, the number of the paragraph
        self.pronouns: dict[str, str] = {}  # the pronoun by which each person has been called

    def read(self) -> Iterator[Reported]:
        """What is reported, paragraph by paragraph."""
        if not self.names:
            return
        who = "|".join(re.escape(part) for part in sorted(self.names, key=len, reverse=True))
        self.patterns = [re.compile(vocabulary().fill(each) % who) for each in (NAME_THEN_VERB, VERB_THEN_NAME)]
        self.han = re.compile(vocabulary().fill(NAME_THEN_VERB_IN_HAN) % who)
        turns = [each for each in self.segments if each.kind in ("question", "answer")]
        end = 0
        for number, block in enumerate(each for each in self.segments if each.kind in ("para", "item")):
            if block.end <= end:
                continue  # an item inside a paragraph
            end = block.end
            turn = next((each for each in turns if each.start <= block.start and block.end <= each.end), None)
            if turn and turn.kind == "answer":
                yield from self._answer(turn, block)
                continue
            found = [*self._paragraph(block, number)]
            yield from (_asked(each) for each in found) if turn else found

    def _answer(self, turn: Segment, block: Segment) -> Iterator[Reported]:
        """A paragraph of an answer whose label names the speaker; none of another label, and no remark in brackets."""
        label = re.match(r"[^:：\n]{1,90}[:：]", self.text[turn.start : turn.end])
        name = next((name for part, name in self.names.items() if label and part in label[0]), "")
        if not name or not label or (block.start > turn.start and ANOTHER_LABEL.match(self.text, block.start, block.end)):
            return
        start, end = _bare_of_spaces(self.text, max(block.start, turn.start + label.end()), block.end)
        words = self.text[start:end]
        if len(words.split()) >= LEAST_WORDS and not REMARK.fullmatch(words):
            yield Reported(name, start, end, stance_of(words), "direct", ((turn.start, turn.start + label.end()),), turn=turn.start)

    def _paragraph(self, block: Segment, number: int) -> Iterator[Reported]:
        """What is reported in a paragraph: quotations and clauses, each by its own sentence."""
        words = self.text[block.start : block.end]
        quotes = [(block.start + start, block.start + end) for start, end in find_quotes(words)]
        masked = words
        for start, end in quotes:
            masked = masked[: start - block.start] + MASK * (end - start) + masked[end - block.start :]
        for sentence in (each for each in self.segments if each.kind == "sent" and block.start <= each.start and each.end <= block.end):
            row = masked[sentence.start - block.start : sentence.end - block.start]
            found = self._attributions(row, sentence.start, number)
            inside = [each for each in quotes if sentence.start < each[1] < sentence.end]
            yield from self._quotations(row, sentence.start, found, inside)
            if outer := _outer(row, sentence.start, found):
                yield from self._clauses(row, sentence.start, outer, found)
                self.last = (outer.name, (outer.start, outer.end), number) if not outer.pronoun else self._still(number)
            yield from self._han(row, sentence.start, quotes)

    def _still(self, number: int) -> tuple[str, Span, int] | None:
        """The speaker whom a pronoun has just named again."""
        return (*self.last[:2], number) if self.last else None

    def _attributions(self, row: str, at: int, number: int) -> list[_Attribution]:
        """The attributions of a sentence to people who are known, in order."""
        found: list[_Attribution] = []
        for match in sorted((match for each in self.patterns for match in each.finditer(row)), key=lambda match: match.start()):
            if found and at + match.start() < found[-1].end:
                continue
            pronoun = (match.groupdict().get("pronoun") or "").lower()
            name = self._meant(pronoun, at + match.start(), number) if pronoun else self.names[match["who"]]
            if not name:
                continue
            start, verb_first = at + match.start(), not pronoun and match.start("who") > match.start("verb")
            if not pronoun and not verb_first:
                start = next((start for each, start in self.offices if each == name and at <= start < at + match.start()), start)
            found.append(_Attribution(name, start, at + match.end(), match["verb"], pronoun, verb_first))
        return found

    def _meant(self, pronoun: str, at: int, number: int) -> str:
        """The person whom a pronoun stands for: the last speaker, if nobody else was named since and no other pronoun was used for them; else ""."""
        if not self.last or number - self.last[2] > MEMORY or self.pronouns.get(self.last[0], pronoun) != pronoun:
            return ""
        name, (_, end), _ = self.last
        between = self.text[end:at]
        if any(part in between for part, each in self.names.items() if each != name):
            return ""
        self.pronouns[name] = pronoun
        return name

    def _frames(self, attribution: _Attribution, *more: Span) -> tuple[Span, ...]:
        """The spans with which words are read: the attribution, and for a pronoun the place that names the speaker."""
        named = (self.last[1],) if attribution.pronoun and self.last else ()
        return (*more, (attribution.start, attribution.end), *named)

    def _quotations(self, row: str, at: int, found: Sequence[_Attribution], quotes: Sequence[Span]) -> Iterator[Reported]:
        """The quotations that end in a sentence with an attribution."""
        for start, end in quotes:
            words = self.text[start:end]
            near = [each for each in found if each.end <= start or each.start >= end]
            if near and len(words.split()) > LEAST_WORDS:
                said = min(near, key=lambda each: each.start - end if each.start >= end else start - each.end)
                yield Reported(said.name, start, end, stance_of(words), "direct", self._frames(said))

    def _clauses(self, row: str, at: int, outer: _Attribution, found: Sequence[_Attribution]) -> Iterator[Reported]:
        """The clauses of a sentence that its main attribution reports."""
        denials = find_denied(row)
        done = outer.end  # where the words that were read end
        for first, end, cue in _spans(row, at, outer):
            start, done = self._behind_dateline(first), max(done, end)
            frames = self._frames(outer, *([cue] if cue else []))
            nested = next((each for each in found if start <= each.start and each.end <= end and each.name != outer.name), None)
            if nested:
                yield from self._nested(row, at, outer, nested, frames)
                continue
            inside = [each for each in denials if start <= at + each.start and at + each.end <= end]
            if not inside and MASK not in row[start - at : end - at]:
                yield Reported(outer.name, start, end, stance_of(self.text[start:end]), "indirect", frames)
            yield from (self._denied(outer.name, each, at, start, frames) for each in inside if _counts(row, each))
            if inside:
                yield from self._proposed(row, at, outer.name, at + inside[-1].end, end, frames)
        for each in denials:  # "Reyl rejected the claim that …"
            if at + each.start > done and _counts(row, each):
                yield self._denied(outer.name, each, at, done, self._frames(outer))
                yield from self._proposed(row, at, outer.name, at + each.end, at + len(row), self._frames(outer))

    def _nested(self, row: str, at: int, outer: _Attribution, nested: _Attribution, frames: tuple[Span, ...]) -> Iterator[Reported]:
        """What somebody is reported to have said that another person said."""
        if (inner := _clause(row, at, nested)) and not nested.pronoun:
            words = _bare(self.text, *inner)
            yield Reported(outer.name, *words, "attributed", "indirect", ((nested.start, nested.end), *frames), nested.name)

    def _behind_dateline(self, start: int) -> int:
        """Where the words of a sentence begin: behind the dateline in front of it."""
        if start >= self.begin:
            return start
        words = re.compile(r"\w").search(self.text, self.begin)
        return words.start() if words else self.begin

    def _proposed(self, row: str, at: int, name: str, start: int, end: int, frames: tuple[Span, ...]) -> Iterator[Reported]:
        """What someone also proposes in a sentence, after the words that they deny."""
        if match := AND_PROPOSES.search(row, start - at, end - at):
            for first, last, _ in _if_long(row, at, (match.end(), end - at)):
                yield Reported(name, first, last, "proposed", "indirect", frames)

    def _denied(self, name: str, denied: Denied, at: int, start: int, frames: tuple[Span, ...]) -> Reported:
        """Denied words, with the words that deny them: those from `start` on, or those behind."""
        first, last = at + denied.start, at + denied.end
        cue = _bare(self.text, *((start, first) if denied.cue_start < denied.start else (last, at + denied.cue_end)))
        return Reported(name, first, last, "denied", "indirect", (*([cue] if cue[0] < cue[1] else []), *frames))

    def _han(self, row: str, at: int, quotes: Sequence[Span]) -> Iterator[Reported]:
        """What stands after a name and a verb of saying in Chinese: a quotation, or the clause to the end of the sentence; after one of denying the clause alone."""
        for match in self.han.finditer(row):
            start, end = match.end(), len(row.rstrip('。！？”" '))
            if match["denies"]:
                stop = END_OF_CLAUSE_IN_HAN.search(row, start)
                end = stop.start() if stop else end
            quoted = next((each for each in quotes if match["quoted"] and each[0] == at + start), None)
            first, last = quoted or (at + start, at + end)
            if last - first < LEAST_HAN or TITLE_IN_HAN.fullmatch(row, start, end) or (not quoted and MASK in row[start:end]):
                continue
            frame = (at + match.start(), at + match.start("quoted"))
            stance = "denied" if match["denies"] else stance_of(self.text[first:last])
            yield Reported(self.names[match["who"]], first, last, stance, "direct" if quoted else "indirect", (frame,))


def _counts(row: str, denied: Denied) -> bool:
    """True for words that are surely denied and many enough for a record."""
    return denied.certain and len(row[denied.start : denied.end].split()) >= LEAST_WORDS and MASK not in row[denied.start : denied.end]


def _parts(name: str, people: Sequence[Speaker]) -> Iterator[str]:
    """A name, and those of its words by which the text may call its bearer and nobody else."""
    yield name
    others = {word for each in people if each.name != name for word in each.name.split()}
    yield from (word for word in name.split() if len(word) > 1 and word[0].isupper() and word not in others)


def _asked(reported: Reported) -> Reported:
    """What somebody who asks says of a named person: that person's view, told by the one who asks."""
    return reported._replace(name="", holder=reported.name, stance="attributed")


def _outer(row: str, at: int, found: Sequence[_Attribution]) -> _Attribution | None:
    """The attribution that a sentence as a whole has: the last, if the sentence ends with it, else the first."""
    if found and BEFORE_TAIL.match(row[: found[-1].start - at]) and TAIL.match(row, found[-1].end - at):
        return found[-1]
    return found[0] if found else None


def _spans(row: str, at: int, said: _Attribution) -> Iterator[tuple[int, int, Span | None]]:
    """The clauses that an attribution reports: after it, or before it at the end of a sentence, and those after "adding that" and "noting that"."""
    lead = row[: said.start - at]
    if match := PARTICIPLE.match(lead):
        yield from _if_long(row, at, match.span("words"), (at + match.start("cue"), at + match.end("cue")))
    elif TAIL.match(row, said.end - at) and (match := BEFORE_TAIL.match(lead)):
        yield from _if_long(row, at, match.span("words"))
    if clause := _clause(row, at, said):
        start, end = clause[0] - at, clause[1] - at
        if adding := ADDING.search(row, start, end):
            yield from _if_long(row, at, (start, adding.start()))
            yield from _if_long(row, at, (adding.end(), end), (at + adding.start("cue"), at + adding.end("cue")))
        else:
            yield from _if_long(row, at, (start, end))
    elif adding := ADDING.match(row, said.end - at):
        yield from _if_long(row, at, (adding.end(), len(row)), (at + adding.start("cue"), at + adding.end("cue")))


def _clause(row: str, at: int, said: _Attribution) -> Span | None:
    """The clause after a verb of saying, to the end of its sentence; with the verb itself where it proposes something.

    Where the verb stands before the name or behind a quotation, only "that" begins a clause: "…", said Reyl, minister of Osthaven.
    """
    verb = said.end - at
    if said.verb_first or MASK in row[: said.start - at]:
        match = THAT.match(row, verb)
        return (at + match.end(), at + len(row)) if match else None
    if PROPOSES.match(row, verb - len(said.verb)):
        return said.end - len(said.verb), at + len(row)
    match = (TOLD if TELLS.fullmatch(said.verb) else CLAUSE).match(row, verb)
    if not match and TAKES_BARE_CLAUSE.fullmatch(said.verb):
        match = BARE_CLAUSE.match(row, verb)
    return (at + match.end(), at + len(row)) if match and not ADDING.match(row, verb) else None


def _bare_of_spaces(text: str, start: int, end: int) -> Span:
    """A span without the spaces at its ends."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _if_long(row: str, at: int, span: Span, cue: Span | None = None) -> Iterator[tuple[int, int, Span | None]]:
    """The span of a clause without the marks at its ends, if it is long enough."""
    start, end = _bare(row, *span)
    if len(row[start:end].split()) >= LEAST_WORDS:
        yield at + start, at + end, cue


def _bare(text: str, start: int, end: int) -> Span:
    """A span without the spaces and marks at its ends."""
    words = text[start:end]
    left = len(words) - len(words.lstrip(' ,.;:“”"'))
    return start + left, start + len(words.rstrip(' ,.;:!?“”"')) if words.strip(' ,.;:!?“”"') else start + left
