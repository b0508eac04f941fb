"""Rules for punctuation and for spaces inside numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from normbook.cleaning.rule import rule
from normbook.languages.language import Words, pattern
from normbook.text.characters import matches_at
from normbook.text.ledger import Edit, Flag
from normbook.text.line_cache import LineCache, lines_of, starts_of
from normbook.text.lines import CREDIT

CLOSING_BEFORE_LETTER = pattern(r"”(?=[A-Za-z])")
OPENER_AT_END = pattern(r"(?<=[\w.,!?])“(?=[\s.,;:)]|\Z)")
LONGEST_QUOTED = 2_000  # code points of a paragraph that are searched backwards
STRAY_OPENER = pattern(r"‘(?=\w+ \w+[’”])")
MARKS = (("”", CLOSING_BEFORE_LETTER), ("“", OPENER_AT_END), ("‘", STRAY_OPENER))
STRAY = "this quotation mark may be misplaced; it is not changed"
PARENTHESIS = pattern(r"[()]")
INITIAL = pattern(r"[^\W\d_]+(?:[’'.][^\W\d_]+)*")
ACRONYM = r"[A-Z]{2,8}"
LOST_OPENER = pattern(rf" (?P<acronym>{ACRONYM})\)")  # Organization WHO) said
LOST_CLOSER = pattern(rf" \((?P<acronym>{ACRONYM})(?= [a-z]|[.!?]?\Z)")  # Organization (WHO said
LIST_MARK = pattern(r"[A-Z]\)|[IVX]+\)")
DATELINE_HEAD = r"(?P<place>[A-ZÀ-Þ\u0410-\u042f][A-ZÀ-Þ\u0410-\u042f'’. -]{1,40}),? (?:[A-Z][a-z]{2,8}\.? \d{1,2} )?"
UNOPENED_DATELINE = pattern(rf"{DATELINE_HEAD}(?P<agency>[A-Z][A-Za-z]*[a-z][A-Za-z]*)\) (?:--|[-–—]) ")
UNCLOSED_DATELINE = pattern(rf"{DATELINE_HEAD}\((?P<agency>[A-Z][A-Za-z]+)(?= (?:--|[-–—]) )")
SMALL_WORDS = Words("spacing.skipped-by-acronyms")  # words that an acronym may skip
LONGEST_NAME = 160  # code points before an acronym in which its words are looked for


@rule(
    "lost-parenthesis",
    layer="token",
    summary="A lost parenthesis is restored around an acronym after the words it abbreviates, or around an agency in a credit line or dateline.",
    wrong_when="Wrong when the remaining parenthesis is the mistake, or when it enclosed more. So all other parentheses of the line must be paired, and the acronym must abbreviate the words before it, or the credit or dateline must otherwise be complete. Then only one position is possible.",
    needs="()",
    by_line=True,
    order=10,
)
def lost_parenthesis(row: str) -> Iterator[Edit]:
    """Edits that restore the one parenthesis that is missing from a line.

    >>> [(edit.start, edit.new) for edit in lost_parenthesis("The Harbour Pilots Union HPU) met in May.")]
    [(25, '(')]
    >>> [(edit.start, edit.new) for edit in lost_parenthesis("The Harbour Pilots Union (HPU met in May.")]
    [(29, ')')]
    """
    lone = _lone_parenthesis(row)
    if lone < 0:
        return
    if row[lone] == ")":
        if (match := LOST_OPENER.match(row, row.rfind(" ", 0, lone))) and _abbreviates(match["acronym"], row[: match.start()]):
            yield Edit(match.start() + 1, match.start() + 1, "", "(")
        elif (match := UNOPENED_DATELINE.match(row)) and match.end("agency") == lone:
            yield Edit(match.start("agency"), match.start("agency"), "", "(")
        elif CREDIT.match(row) and not LIST_MARK.match(row):
            yield Edit(0, 0, "", "(")
    elif ((match := LOST_CLOSER.match(row, lone - 1)) and row[-1] in ".!?" and _abbreviates(match["acronym"], row[: match.start()])) or (
        (match := UNCLOSED_DATELINE.match(row)) and match.start("agency") == lone + 1
    ):
        yield Edit(match.end(), match.end(), "", ")")


def _lone_parenthesis(row: str) -> int:
    """The offset of the only unpaired parenthesis of a line; -1 if there is none or more than one."""
    if abs(row.count("(") - row.count(")")) != 1:
        return -1
    open_at: list[int] = []
    lone: list[int] = []
    for match in PARENTHESIS.finditer(row):
        if match[0] == "(":
            open_at.append(match.start())
        elif open_at:
            open_at.pop()
        else:
            lone.append(match.start())
    lone += open_at
    return lone[0] if len(lone) == 1 else -1


def _abbreviates(acronym: str, before: str) -> bool:
    """True if an acronym abbreviates the last words of a line; if they are in lower case, at least three of them.

    >>> _abbreviates("WHO", "the World Health Organization"), _abbreviates("WHO", "the head of the health office")
    (True, False)
    """
    words = [word for word in INITIAL.findall(before[-LONGEST_NAME:]) if word not in SMALL_WORDS][-len(acronym) :]
    if "".join(word[0] for word in words).upper() != acronym:
        return False
    return len(acronym) > 2 or all(word[0].isupper() for word in words)


MOBILE = r"<spacing.generation-nouns>|<grammar.coordinators:en> [2-6] ?G\b"
BEFORE_DECADE = r"\b(?i:<spacing.before-decades:en>)"
ENDS = "(?:1(?P<first> )<grammar.ending-of-one:en>|2(?P<second> )<grammar.ending-of-two:en>|3(?P<third> )<grammar.ending-of-three:en>)"
OTHER_END = "<grammar.ending-of-others:en>"
GROUP = "<spacing.group-nouns>"
DRAWN = "<spacing.drawn-things>"
HINTS = (" G ", " D ", "0 s", " st ", " nd ", " rd ", " th ")  # every match contains one of these
TORN = (
    pattern(rf"(?<![\w.,])[2-6](?P<gap> )G(?= (?:{MOBILE})\b)"),
    pattern(rf"(?<![\w.,])[23](?P<gap> )D(?= (?:{DRAWN})\b)"),
    pattern(rf"\b<grammar.articles-as-written:en> G(?P<gap> )(?:7|8|20|77)(?= (?:{GROUP})\b)"),
    pattern(rf"{BEFORE_DECADE} (?:1[5-9]|20)\d0(?P<gap> )s(?=[\s,.;:)]|\Z)"),
    pattern(rf"(?<![\w.,])(?:\d{{0,3}}(?:1[1-3](?P<teen> ){OTHER_END}|(?<!1){ENDS}|[04-9](?P<other> ){OTHER_END}))(?= [A-Za-z])"),
)


def _may_be_torn(text: str, _: frozenset[str] = frozenset()) -> bool:
    return any(map(text.__contains__, HINTS))


@rule(
    "split-generation",
    layer="token",
    summary="A space between a number and the letters that belong to it (5 G users, 3 D printing, the 21 st century, in the 1990 s, the G 20 summit) is removed.",
    wrong_when="Wrong when the letter is a unit or a label (a load of 4 G, section 4 G). So the noun after it, the right ending of an ordinal or the words before a decade must prove it; otherwise nothing is changed.",
    needs="0123456789",
    may_find=_may_be_torn,
    by_line=True,
    order=20,
)
def split_generation(row: str) -> Iterator[Edit]:
    """Edits that remove the space inside such numbers.

    >>> [edit.start for edit in split_generation("on the 3 rd floor, where 4 G phones were sold in the 2010 s")]
    [8, 26, 57]
    """
    if not _may_be_torn(row):
        return
    found = [match for pattern in TORN for match in pattern.finditer(row)]
    for at in sorted(max(match.start(name) for name in match.re.groupindex) for match in found):
        yield Edit(at, at + 1, " ", "")


@rule(
    "quote-direction",
    layer="token",
    summary=(
        "A closing quotation mark where only an opening one is possible (before a letter, at a line start or after a space) becomes an opening one."
    ),
    wrong_when=(
        "Wrong when the text opens quotations with ”, as Swedish and Finnish do: a text that never uses “ and "
        "opens with ” more than twice, or has their letters, is not changed. A mark between two words without a space is flagged. An "
        "opening mark after a word becomes a closing one if a quotation is open in its paragraph, unless the text "
        "quotes as German does."
    ),
    needs="”“‘",
    order=60,
)
def quote_direction(text: str) -> Iterator[Edit | Flag]:
    """Edits that correct the direction of quotation marks, and flags at misplaced ones.

    >>> [edit.new for edit in quote_direction("”Look at it.") if isinstance(edit, Edit)]
    ['“']
    """
    rows = lines_of(text)
    numbered = _ill.numbered(rows)
    if not numbered:
        return
    starts = starts_of(text)
    ill = [(starts[number], rows[number]) for number, _ in numbered]
    closers = [(at + match.start(), row, match) for at, row in ill for match in matches_at(CLOSING_BEFORE_LETTER, row, "”")]
    opening = [place for place, row, match in closers if row[match.start() - 1 : match.start()] in ("", " ", "(")]
    opening = opening if "“" in text or (len(opening) <= 2 and "ä" not in text and "å" not in text) else []
    for place in opening:
        yield Edit(place, place + 1, "”", "“")
    for place, row, match in closers:
        if row[match.start() - 1 : match.start()] in (",", ";") and not row[match.end()].islower():
            yield Flag("N612", place, place + 1, STRAY)
    if "„" not in text and "‟" not in text:
        for at, row in ill:
            for match in matches_at(OPENER_AT_END, row, "“"):
                place = at + match.start()
                low = max(0, match.start() - LONGEST_QUOTED)
                before = row[low : match.start()]
                turned = bisect_left(opening, place) - bisect_left(opening, at + low)
                if before.count("“") + 2 * turned == before.count("”") + 1:
                    yield Edit(place, place + 1, "“", "”")
                else:
                    yield Flag("N612", place, place + 1, STRAY)
    for at, row in ill:
        for match in matches_at(STRAY_OPENER, row, "‘"):
            before = row[max(0, match.start() - 2) : match.start()]
            if before[-1:] == " " and before[:1] == "s":
                yield Flag("N612", at + match.start(), at + match.start() + 1, STRAY)


def _may_face_the_wrong_way(row: str) -> bool:
    """True if a line has a quotation mark that may have the wrong direction."""
    return not row.isascii() and any(next(matches_at(pattern, row, mark), None) for mark, pattern in MARKS)


_ill = LineCache(_may_face_the_wrong_way)
