"""The end of a page: change logs, signatures below share buttons, archives, and titles of other stories without a label.

Not everything below the last prose is furniture: a statement ends with a signature, a report with a table.
"""

from __future__ import annotations

from functools import cache

from normbook.languages.calendar_words import ANY_MONTH, DATE
from normbook.languages.language import Words, pattern, vocabulary
from normbook.languages.phrases import first_words
from normbook.page.body import LONGEST_FOOT, is_story
from normbook.page.classify import is_stamp, may_be_dated
from normbook.page.line import LONGEST_TITLE, Row
from normbook.page.patterns import AROUND, MAIL_HEADER
from normbook.text.line_cache import MOST_LINES, remembered
from normbook.text.lines import Role
from normbook.text.offices import ROLES

CHANGES = pattern("(?i)<page.change-logs>$")
LONGEST_LABEL, LONGEST_CHANGE, MOST_CHANGES = 44, 160, 40
CELLS = pattern(r"\s{2,}|\t")
POINT_TIME = pattern(r"\s*(\d{1,2})(?:[:.]|(?P<h> ?h ?))((?(h)(?:\d\d)?|\d\d))(?![\d.])[^\n\d]{0,12}?\s+[^\W\d_]")
LEAST_POINTS, WITHIN_AGENDA = 3, 3  # points of an agenda, and lines from one to the next
BARS = pattern(r"\s*\|\s*")
NUMBER = pattern(r"[±+-]?[$€£]?\d[\d.,:/]*\s?%?")
PLACE_AND_DAY = pattern(rf"(?i)(?-i:[A-ZÀ-Þ\u0410-\u042f])[\w’'. -]{{1,30}},? (?:<page.signature-days> )?{DATE}\.?$")
OF, SMALL = Words("page.signature-links"), Words("page.small-in-offices")
NAME_PART = r"(?:[A-ZÀ-Þ\u0410-\u042f][\w.’'-]*|<page.name-particles>)"
NAME = pattern(rf"{NAME_PART}(?: {NAME_PART}){{1,4}}$")
HAN_MONTH = r"\d{4}<dates.year-marks>\d{1,2}<dates.month-marks>(?: ?[(（]\d+[)）])?$"
MONTH_OF_YEAR = pattern(rf"(?i){ANY_MONTH},? \d{{4}}(?: ?\(\d+\))?$|{HAN_MONTH}")
MONTH_ENDS = frozenset("0123456789)）")
MONTH_MARKS = Words("dates.month-marks")
LONGEST_MONTH, LEAST_MONTHS = 28, 4
MOST_POINTS = 12  # items of a list whose last ones may look like titles
FOLLOWING = pattern(r"(?i)\b<lists.following:spaced>\b|<lists.following:dense>", word=r"\w+")
COLONS = frozenset(":：")
LABEL_HEAD = 2  # letters
MOST_SIGNED = 6  # lines of a signature


def changes(rows: list[Row], found: dict[int, Role]) -> None:
    """Adds to `found` a change log of the page ("Document history") with its label, if other furniture is next to it."""
    for k, row in enumerate(rows):
        if not k or len(row.text) > LONGEST_LABEL or not _heads_changes(row.text.strip(AROUND)):
            continue
        end = k + 1
        while end < len(rows) and end - k < MOST_CHANGES and _is_change(rows, end):
            end += 1
        dated = [each for each in rows[k + 1 : end] if _is_dated(each)]
        beside = rows[k - 1].kind is not None or (end < len(rows) and rows[end].kind is not None)
        if dated and beside and (_is_dated(rows[k + 1])):
            for each in rows[k:end]:
                found.setdefault(each.number, "publication-line")


def _heads_changes(bare: str) -> bool:
    """True for the label of a change log; most lines are known by their first letters to be none."""
    first = bare[:LABEL_HEAD]
    return (not first.isascii() or first.lower() in _change_heads()) and CHANGES.match(bare) is not None


@cache
def _change_heads() -> frozenset[str]:
    """The first letters of such labels, in lower case."""
    phrases = vocabulary().phrases("page.change-logs")
    return frozenset(word[:LABEL_HEAD] for phrase in phrases for word in first_words(phrase, " "))


def _is_dated(row: Row) -> bool:
    return row.kind == "publication-line" or is_stamp(row.text)


def _is_change(rows: list[Row], k: int) -> bool:
    """True for a date, and for a short line directly below one."""
    row = rows[k]
    return _is_dated(row) or (row.kind is None and len(row.text) <= LONGEST_CHANGE and _is_dated(rows[k - 1]))


def issuers(rows: list[Row], found: dict[int, Role]) -> None:
    """Adds to `found` the line with the issuing office ("From: Ministry of Ports") above the line with the date of publication."""
    for k, row in enumerate(rows[:-1]):
        if row.text.startswith("From: ") and row.kind is None and "@" not in row.text:
            below = rows[k + 1]
            if below.kind == "publication-line" and not MAIL_HEADER.match(below.text):
                found.setdefault(row.number, "publication-line")


def tables(rows: list[Row]) -> list[Row]:
    """The same lines, with the rows of tables and their heads marked as prose, because they are not menus.

    A table has two rows of as many cells, a name and then a number, or three rows of as many cells of any kind without a cue.
    """
    counts = [_columns(row.text) if "  " in row.text or "\t" in row.text else 0 for row in rows]
    wide = [_cells(row.text) if _may_have_cells(row.text) and (row.kind is None or row.text[0].isdigit()) else 0 for row in rows]
    if not any(counts) and not any(wide):
        return rows
    matter = {k for k, here in enumerate(counts) if here and here in (_at(counts, k - 1), _at(counts, k + 1))}
    matter |= {k - 1 for k in matter if k and k - 1 not in matter and len(CELLS.split(rows[k - 1].text.strip())) == counts[k]}
    for k in range(1, len(rows) - 1):
        if wide[k] and wide[k] == wide[k - 1] == wide[k + 1]:
            matter |= {k - 1, k, k + 1}
            if k > 1 and _cells(rows[k - 2].text) == wide[k]:
                matter.add(k - 2)  # a head that may look like a menu
    return [row._replace(kind=None, prose=True) if k in matter else row for k, row in enumerate(rows)] if matter else rows


def _may_have_cells(line: str) -> bool:
    return "|" in line or "\t" in line or "   " in line


def _at(counts: list[int], k: int) -> int:
    return counts[k] if 0 <= k < len(counts) else 0


def agendas(rows: list[Row]) -> list[Row]:
    """The same lines, with the points of an agenda marked as prose: three or more lines that start with ever later times."""
    clocks = [
        (k, int(match[1]) * 60 + int(match[3] or 0))
        for k, row in enumerate(rows)
        if not row.text[0].isalpha() and (match := POINT_TIME.match(row.text))
    ]
    if len(clocks) < LEAST_POINTS:
        return rows
    matter: set[int] = set()
    run: list[int] = []
    latest = 0
    for k, minutes in clocks:
        if run and (k - run[-1] > WITHIN_AGENDA or minutes <= latest):
            run = []
        run.append(k)
        latest = minutes
        if len(run) >= LEAST_POINTS:
            matter.update(run)
    return [row._replace(kind=None, prose=True) if k in matter else row for k, row in enumerate(rows)] if matter else rows


@remembered(MOST_LINES)
def _cells(line: str) -> int:
    """The number of cells of a line that may be the row of a table of at least three columns, else 0."""
    bare = line.strip()
    if "\t" not in bare and "   " not in bare and "|" not in bare:
        return 0
    cells = (BARS if "|" in bare else CELLS).split(bare.strip("| "))
    return len(cells) if len(cells) > 2 and all(cells) and sum(map(str.isalpha, bare)) > len(bare) // 3 else 0


@remembered(MOST_LINES)
def _columns(line: str) -> int:
    """The number of cells of a table line whose first cell has words and whose second is a number, else 0."""
    if "  " not in line.strip() and "\t" not in line.strip():
        return 0
    cells = CELLS.split(line.strip())
    return len(cells) if sum(map(str.isalpha, cells[0])) > 2 and NUMBER.fullmatch(cells[1]) else 0


def archives(rows: list[Row]) -> list[Row]:
    """The same lines, with lists of months ("May 2021 (3)") marked as menus: they are the archive of a site."""
    months = [
        row.kind is None
        and len(row.text) < LONGEST_MONTH
        and (row.text[-1] in MONTH_ENDS or row.text[-1] in MONTH_MARKS)
        and may_be_dated(row.text)
        and MONTH_OF_YEAR.match(row.text) is not None
        for row in rows
    ]
    if sum(months) < LEAST_MONTHS:
        return rows
    found = list(rows)
    start = 0
    for k, hit in enumerate([*months, False]):
        if not hit:
            if k - start >= LEAST_MONTHS:
                found[start:k] = [row._replace(kind="menu", prose=False) for row in rows[start:k]]
            start = k + 1
    return found


def signature(rows: list[Row]) -> int:
    """The number of lines at the start that form a signature: names, offices, a place with a date."""
    run = 0
    while run < min(len(rows), MOST_SIGNED) and rows[run].kind is None and _may_sign(rows[run].text):
        run += 1
    lines = [row.text.strip() for row in rows[:run]]
    return run if any(map(_is_office, lines)) or any(map(PLACE_AND_DAY.match, lines)) else 0


def _may_sign(line: str) -> bool:
    bare = line.strip()
    return len(bare) < 80 and (NAME.match(bare) is not None or PLACE_AND_DAY.match(bare) is not None or _is_office(bare))


def _is_office(line: str) -> bool:
    """True for a line with nothing but the title of an office: "Minister of Ports", "Deputy Foreign Minister"."""
    words = line.split()
    at = next((k for k, word in enumerate(words[:4]) if word.casefold().strip(",") in ROLES), None)
    if at is None or len(words) > 10 or not all(word[0].isupper() or word in SMALL for word in words[: at + 1]):
        return False
    return at + 1 == len(words) or words[at + 1].casefold() in OF or words[at].endswith(",")


def signed_below(rows: list[Row], close: int) -> range:
    """The indexes of a signature directly below the share buttons at `close`."""
    top = close
    while top < len(rows) and rows[top].kind == "share":
        top += 1
    return range(top, top + (signature(rows[top:]) if top > close else 0))


def unlabelled(rows: list[Row], close: int, introduced: bool) -> int:
    """The index at which unlabelled titles of other stories start, between the last prose and the footer; `close` if there are none.

    Lines that the text introduces, for instance with a colon, are a list of the text.
    """
    run = signed = min(signature(rows), close)
    while run < close and rows[run].kind is None and is_story(rows[run].text):
        run += 1
    return signed if run - signed > 2 and run == close < len(rows) and not introduced else close


@remembered(MOST_LINES)
def _announces(line: str) -> bool:
    return FOLLOWING.search(line[-LONGEST_FOOT:]) is not None


def is_introduced(rows: list[Row]) -> bool:
    """True if the last line announces a list, or if a line shortly before it does and the items run to the end."""
    if _announces(rows[-1].text):
        return True
    for row in reversed(rows[-MOST_POINTS:]):
        if row.text.rstrip()[-1:] in COLONS:
            return True
        if len(row.text) > LONGEST_TITLE or row.kind:
            return False
    return False
