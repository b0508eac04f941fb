"""Line breaks at which a sentence may have been broken, and the evidence at each.

"The parties agree to the" / "Charter of the Harbours" is one sentence on two lines; "Members" / "Norvale" are two entries.
The forms of the two lines decide most cases; the rule that joins lines asks the rest of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, takewhile
from typing import NamedTuple

from normbook.languages.language import Words, pattern
from normbook.page.patterns import MAIL_HEADER, RULE
from normbook.text.event_words import PLACE_AND_DAY
from normbook.text.lexicon import is_function_word, is_word
from normbook.text.line_cache import remembered
from normbook.text.lines import BYLINE, BYLINE_HEADS, CLOSERS, OPENERS, Line, Role, is_title

CLOSING = CLOSERS + " "
STOPS = frozenset(".!?。！？…।۔؟\u0589\u1362\u104b\u17d4")
LISTED = pattern(r"[;；](?: <wraps.list-conjunctions:en>)?\Z")
LISTED_ENDS = frozenset(";；dr")  # the last characters of its matches
SPEAKER = pattern(r"(?:[A-Z][\w.’-]*(?: (?:[A-Z][\w.’-]*|<wraps.speaker-links>)){0,6}|[\u4e00-\u9fff]{1,14}) ?[:：](?: |$|(?<=：))")
SET_TO_THE_RIGHT = 16  # spaces before a line that is not part of a column
SHORTEST = 50  # code points; a shorter line above a break may be verse, an address or a menu
SHORTEST_IN_PROSE = 30  # unless the sentence plainly continues
SHORTEST_HAN = 20
LONGEST_WORD = 40
LEAST_INDENT, MOST_INDENT, LEAST_FIRST = (
    3,
    8,
    3,
)  # spaces before the first line of a paragraph, more before a centred line; paragraphs that show that a text is set so
GAPS, WIDE_GAP, WIDEST_GAP = pattern(r"(?<=[^\s.!?:;”)]) +(?=\S)"), 3, 8  # spaces between words, not behind a stop
STOPPED_LETTER = pattern(r"(?P<mark>[a-z]|[ivx]{2,4})\. [A-ZÀ-Þ]")
STARTERS = Words("wraps.starters")
LONGEST_TITLE = 100
LONGEST_ENTRY = 72  # code points; a longer line may be one of a paragraph that is broken to a width
OTHER_OPENERS = Words("wraps.openers")
CONJUNCTIONS = Words("wraps.list-conjunctions")
PARTICLES = Words("wraps.title-ends")
BARE = pattern(r"(?:[-–•·▪‣◦●○■*]|\d{1,2}[.)]|\((?:\d{1,2}|[a-z])\))\Z")  # the mark of a list item on a line of its own
LONGEST_MARK = 4
DAY_MARKS = Words("dates.day-marks")
ENTRY = pattern(r"[\w.’'-]+(?: [\w.’'-]+){0,2} [–—-] (?=\S)")  # a term and its definition
WORK = pattern(r"(?:[A-Z]\. ?){1,3}[A-Z][\w’-]+, [A-Z]")  # the bibliographic entry of a book: its author with initials
CLOCKED = pattern(r"\d{1,2}[.:h]\d{2}\b")  # a time in a programme
TITLES = Words("abbreviations.titles")
NUMBERED = Words("abbreviations.numbered")
NOTE_HEAD = pattern(r"\[\d{1,3}\]")
NOTE_MARKS = pattern(r"(?:\[\d{1,3}\])+\Z")
ADDRESS = pattern(r"\s*(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+)\s*$")  # an e-mail or web address on a line of its own
ENUMERATED = pattern(r"[,;](?: <wraps.list-conjunctions>)?\Z")
QUOTED = pattern(r">[> ]*")
CAPITAL_MARK = pattern(r"\((?:[A-Z]|[IVX]{1,4})\) \S")  # the indentation of the rest of a list item that starts with a dash
REFERRED = pattern(
    r"\([a-z0-9]{1,4}\)(?:,|,? (?:<wraps.list-conjunctions:en>|<grammar.to:en>))\Z"
)  # the end of a reference to an item, if another item follows
LETTER_MARK = pattern(r"\((?:[a-z]|[ivx]{2,4}|\d{1,2})\) [a-z]")
NUMBER_MARK = pattern(r"(\d{1,2})\. \S")
LONGEST_COUNT = 200  # lines above a number in which the preceding number is looked for
DASH_MARK = pattern(r"[–—] [^\W\d_]")


class Break(NamedTuple):
    """A line break between two lines of prose, and the evidence at it."""

    one: Line
    two: Line
    ends: bool  # the first line ends a sentence, or ends with a colon
    runs_on: bool  # the sentence continues: the second line starts in lower case, or the first ends with a function word
    first_word: int  # length of the second line's first word, in code points
    below_prose: bool  # a sentence has ended above, so this is not a title


def breaks_in(lines: Sequence[Line]) -> Iterator[Break]:
    """The line breaks of a text at which a sentence may have been broken."""
    near = [k for k in range(len(lines) - 1) if lines[k].role in ABOVE and lines[k + 1].role in BELOW]
    seams = [(k, seam) for k in near if (seam := _seam(lines[k].text, lines[k].role, lines[k + 1].text, lines[k + 1].role))]
    if not seams:
        return
    meant = unmarked(lines)
    indented = _has_indents(seams, lines)
    entries = any(seam.entry for _, seam in seams) and sum([_is_entry(line.text) for line in lines]) > 2
    marked = not all(seam.first_word for _, seam in seams) and sum([is_bare(line.text) for line in lines]) > 1
    prose = next(
        (line.start for line in lines if len(line.text) > LONGEST_TITLE or (len(line.text) > SHORTEST and ends_sentence(line.text))),
        lines[-1].end,
    )
    for k, seam in seams:
        one = lines[k]
        if indented and _indent(lines[k + 1].text) >= LEAST_INDENT:
            continue
        if one.start in meant or (seam.entry and entries) or (not seam.first_word and not marked):
            continue
        if seam.label and k + 2 < len(lines) and lines[k + 2].role not in ("blank", "item") and not lines[k + 2].text[:1].islower():
            continue
        yield Break(one, lines[k + 1], seam.ends, seam.runs_on, seam.first_word, one.start >= prose)


def _has_indents(seams: Sequence[tuple[int, Seam]], lines: Sequence[Line]) -> bool:
    """True for a text whose paragraphs start with an indentation, while their other lines start at the margin."""
    first = [k for k, seam in seams if seam.runs_on and LEAST_INDENT <= _indent(lines[k].text) <= MOST_INDENT]
    at_margin = sum(not _indent(lines[k + 1].text) for k in first)
    return at_margin >= max(LEAST_FIRST, len(first) - at_margin)


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


ABOVE: frozenset[Role] = frozenset({"paragraph", "dateline", "item", "headline"})
BELOW: frozenset[Role] = frozenset({"paragraph", "headline"})


class Seam(NamedTuple):
    """The evidence at the break between two lines of prose, from these lines alone."""

    ends: bool  # the first ends a sentence, or ends with a colon
    runs_on: bool  # the sentence continues
    first_word: int  # length of the second line's first word, in code points
    entry: bool  # the second is a term and its definition
    label: bool  # the second is a short title below a sentence


@remembered(1 << 12)
def _seam(one: str, role: Role, two: str, role_below: Role) -> Seam | None:
    """The evidence between two lines, cached by the pair; None if no sentence can have been broken there."""
    if role == "headline" and not (two[:1].islower() or opens_more(one) or _is_hyphened(one)):
        return None
    if (role_below == "headline" and role != "headline") or _stands_alone(two) or _is_indented_han(two):
        return None
    last, head = one.rstrip(), two.lstrip()
    if _are_rows(last, head):
        return None
    if len(two) - len(head) >= SET_TO_THE_RIGHT and _is_set_apart(one, two, head):
        return None
    open_end = not ends_sentence(last) and (last[-1:] in ",，、" or opens_more(last))
    colon = last[-1:] in (":", "：")
    if (
        (colon and not head[:1].islower())
        or last.endswith(("——", "――"))
        or (not open_end and (":" in head or "：" in head) and SPEAKER.match(head))
    ):
        return None
    if (head[0] == "[" and NOTE_HEAD.match(head)) or (head[0] in BYLINE_HEADS and BYLINE.match(head)):
        return None
    if (CAPITAL_MARK.match(head) and not open_end) or (last[-1:] == ";" and len(two) - len(head) >= LEAST_INDENT):
        return None
    if is_bare(head) and not (open_end and head[0].isdigit()):
        return None
    if is_bare(last):
        return Seam(False, True, 0, False, False)
    if head[:1] == ">" or last[:1] == ">":
        if not (head[:1] == ">" and last[:1] == ">"):
            return None
        head, above = QUOTED.sub("", head, count=1), QUOTED.sub("", last, count=1)
        if not head or not above or any(MAIL_HEADER.match(each) or RULE.match(each) for each in (head, above)):
            return None
    if (head[0].isdigit() and not open_end and CLOCKED.match(head)) or (head[1:2] == "." and WORK.match(head)):
        return None
    shortened = is_shortened(last, head)
    ends = colon or (ends_sentence(last) and not shortened)
    label = ends and len(head) < SHORTEST_IN_PROSE and not ends_sentence(head) and is_title(head)
    dashed = len(last) >= SHORTEST and DASH_MARK.match(head) is not None and head[2].islower()
    runs_on = (
        head[:1].islower()
        or dashed
        or (last[-1:] in ",，、-" and (len(last) >= SHORTEST or not head[:1].isupper()))
        or opens_more(last)
        or shortened
    )
    entry = _is_entry(head) and (_is_entry(last) or not (open_end or head[:1].islower()))
    return Seam(ends, runs_on and not colon, len(head.split(" ", 1)[0]), entry, label)


def _are_rows(last: str, head: str) -> bool:
    """True if one of two lines is the row of a table."""
    if not ("   " in last or "   " in head or "¦" in last or "¦" in head):
        return False
    return is_table_row(last.lstrip()) or is_table_row(head.rstrip())


def unmarked(lines: Sequence[Line]) -> set[int]:
    """The starts of the lines of unmarked lists, which are not joined to the next line.

    Such lines start in lower case with the same few words, and follow a colon or end with a comma or semicolon. Or they are short, in a text
    whose paragraphs are lines of any length, and follow a colon.
    """
    found: set[int] = set()
    low = [k for k, line in enumerate(lines) if line.role == "paragraph" and line.text[0].islower()]
    wide = any(len(line.text) > LONGEST_TITLE for line in lines)
    if len(low) < 2:
        return found
    k = low[0]
    while k <= low[-1]:
        run: list[Line] = []
        while k < len(lines) and lines[k].role == "paragraph" and lines[k].text[:1].islower() and len(lines[k].text) < LONGEST_TITLE:
            run.append(lines[k])
            k += 1
        k += not run
        if len(run) < 2:
            continue
        before = next((line for line in reversed(lines[: k - len(run)]) if line.role != "blank"), None)
        heads = [line.text.partition(" ")[0] for line in run]
        inner = [line.text.rstrip() for line in run[:-1]]
        if len(set(heads)) == 1 and len(run) > 2 and all(map(ENUMERATED.search, inner)):
            found.update(line.start for line in run)
            found.update([before.start] if before else [])
        elif (before and before.text.rstrip()[-1:] in (":", "：") and wide and _are_entries(run)) or (
            before
            and before.text.rstrip()[-1:] in (":", "：")
            and len(set(heads)) * 2 <= len(run) + 1
            and not any(opens_more(line) or line[-1] in ".,;-" for line in inner)
        ):
            found.update(line.start for line in run)
    return found


def _are_entries(run: Sequence[Line]) -> bool:
    """True for short lines in lower case of unlike lengths, none of which ends inside a phrase or a sentence."""
    rows = [line.text.rstrip() for line in run]
    lengths = sorted(map(len, rows))
    return (
        lengths[-1] < LONGEST_ENTRY
        and not any(opens_more(row) or row[-1] in ",-" for row in rows)
        and (lengths[0] < lengths[-1] - 2 or len(rows) > 2)
    )


def is_table_row(row: str) -> bool:
    """True for a line in columns: with the bars of a table, or with gaps between words that are wider than others by more than spacing out a line.

    >>> is_table_row("Tarvik lamp   North   1,250  new"), is_table_row("to   keep   the   lamps   of  the   piers"), is_table_row("One.   Two")
    (True, False, False)
    """
    if "¦" in row:
        return True
    gaps = [len(match[0]) for match in GAPS.finditer(row)]
    wide = [gap for gap in gaps if gap >= WIDE_GAP]
    return (len(wide) > 1 and max(gaps) - min(gaps) > 1) or (bool(wide) and max(wide) >= WIDEST_GAP)


def _stands_alone(row: str) -> bool:
    """True for a place and date, an e-mail address or a web address on a line of its own."""
    if " " not in row:
        return ADDRESS.match(row) is not None
    return (
        len(row) < LONGEST_TITLE
        and (row[-1].isdigit() or row[-1] in "）)" or row[-1] in DAY_MARKS)
        and PLACE_AND_DAY.match(row) is not None
    )


def _is_indented_han(row: str) -> bool:
    """True for a line that starts a Chinese paragraph: it is indented."""
    return row[0].isspace() and "\u2e80" <= row.lstrip()[0] <= "\u9fff"


def is_bare(row: str) -> bool:
    """True for the mark of a list item that a copy put on a line of its own, above the words.

    >>> is_bare("-"), is_bare("(b)"), is_bare("- data")
    (True, True, False)
    """
    return len(row) <= LONGEST_MARK and BARE.match(row) is not None


@remembered(1 << 12)
def _is_entry(row: str) -> bool:
    if not (" - " in row or " – " in row or " — " in row) or ENTRY.match(row) is None:
        return False
    term = row.partition(" ")[0]
    return not term.isdigit() and not is_function_word(term)


def opens_more(row: str) -> bool:
    """True for a line whose last word must be followed by more words ("of", "the")."""
    word = row.rpartition(" ")[2]
    if len(word) == 2 and word.isupper() and not row.isupper():
        return False  # the abbreviation of a US state: "Norvale, IN"
    return (
        (is_function_word(word) and word.lower() not in PARTICLES)
        or word in OTHER_OPENERS.members
        or (word[1:].islower() and word.lower() in OTHER_OPENERS.members)
    )


def wrapped_marks(rows: Sequence[str], roles: Sequence[Role]) -> set[int]:
    """The numbers of the lines that look like list items but continue the sentence above: wrapping put a reference, number or dash first.

    Wrong for a list whose items continue a sentence after the word "and".
    """
    found: set[int] = set()
    latest = 0
    for k in range(1, len(rows)):
        if roles[k] != "item" or roles[k - 1] not in ("paragraph", "dateline", "item"):
            continue
        last, head = rows[k - 1].rstrip(), rows[k].lstrip()
        if not last or last[-1] in ":：;；" or ends_sentence(last):
            continue
        if (
            (LETTER_MARK.match(head) and REFERRED.search(last))
            or _is_wrapped_number(rows, k, last, head)
            or _is_wrapped_letter(rows, k, last, head)
        ):
            found.add(k)
            latest = k
        elif DASH_MARK.match(head) and len(last) >= SHORTEST:
            conjunction = head[2:].partition(" ")[0] in CONJUNCTIONS and not DASH_MARK.match(last)
            conjunction = conjunction or (head[2].islower() and last[-1] != "," and _is_alone(rows, k))
            if conjunction or (last[-1] == "," and latest and _is_one_block(rows, latest, k)):
                found.add(k)
                latest = k
    return found


def _is_wrapped_number(rows: Sequence[str], k: int, last: str, head: str) -> bool:
    """True for a number greater than one that starts a line and ends a sentence, if no line above has the preceding number."""
    match = NUMBER_MARK.match(head)
    if not match or match[1] == "1" or not (opens_more(last) or len(last) >= SHORTEST):
        return False
    before = str(int(match[1]) - 1)
    return not any(row.lstrip().startswith((f"{before}.", f"{before})", f"({before})")) for row in rows[max(k - LONGEST_COUNT, 0) : k])


def _is_wrapped_letter(rows: Sequence[str], k: int, last: str, head: str) -> bool:
    """True for a small letter with a stop that starts a line inside a sentence ("Holm" / "v. Lund"), if no line of the text starts with "a." or "i."."""
    match = STOPPED_LETTER.match(head)
    if not match or match["mark"] in ("a", "i") or len(last) < SHORTEST:
        return False
    return not any(row.lstrip().startswith(("a.", "i.")) for row in rows[max(k - LONGEST_COUNT, 0) : k])


def _is_alone(rows: Sequence[str], k: int) -> bool:
    """True for the only line of its paragraph that starts with a dash."""
    above = takewhile(str.strip, reversed(rows[max(k - LONGEST_COUNT, 0) : k]))
    below = takewhile(str.strip, rows[k + 1 : k + LONGEST_COUNT])
    return not any(DASH_MARK.match(row.lstrip()) for row in chain(above, below))


def _is_one_block(rows: Sequence[str], first: int, last: int) -> bool:
    return all(row.strip() for row in rows[first:last])


def _is_set_apart(one: str, two: str, head: str) -> bool:
    """True for a right-aligned or centred line: far from the left, and from the start of the line above unless both are short."""
    above = one.lstrip()
    apart = abs(len(one) - len(above) - len(two) + len(head)) > 1
    return (apart or len(above) < SHORTEST > len(head)) and not head[:1].islower()


def _is_hyphened(row: str) -> bool:
    """True for a line that ends with a word and a hyphen."""
    return row[-1:] == "-" and row[-2:-1].isalnum()


def is_shortened(row: str, below: str) -> bool:
    """True for a line whose last full stop shortens a title before a name or a word before a number.

    >>> is_shortened("was read by Dr.", "Ina Kessel"), is_shortened("as told in Art.", "12 of it"), is_shortened("He read the art.", "She slept")
    (True, True, False)
    """
    if row[-1:] != "." or not (below[:1].isupper() or below[:1].isdigit()):
        return False
    word = row[:-1].rpartition(" ")[2].lstrip(OPENERS)
    if below[0].isdigit():
        return word in NUMBERED or word[:1].lower() + word[1:] in NUMBERED
    return word in TITLES and len(word) > 1 and (word[0].isupper() or not is_word(word))


def is_listed(row: str) -> bool:
    """True for a line that ends with a semicolon, like a list item."""
    return row[-1:] in LISTED_ENDS and LISTED.search(row[-6:]) is not None


def ends_sentence(row: str) -> bool:
    """True for a line that ends like a sentence, ignoring footnote marks and closing marks."""
    bare = (NOTE_MARKS.sub("", row) if row[-1:] == "]" else row).rstrip(CLOSING)
    return bare[-1:] in STOPS and not (bare[-1:] == "." and bare[-3:-2] in ("", " ") and bare[-2:-1].islower() and bare[-2:-1].isascii())
