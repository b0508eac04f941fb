"""What a page says of itself in the midst of its matter: stories to read also, advertisements, boxes."""

from __future__ import annotations

import re

from normbook.text.cues import AROUND, BREADCRUMB, LONGEST, READ_ON
from normbook.text.forms import columns
from normbook.text.lexicon import is_function_word
from normbook.text.line_cache import MOST_LINES, remembered
from normbook.text.lines import CLOSERS
from normbook.text.rows import ADDRESS, LONGEST_TITLE, STOPS, Row
from normbook.text.segments import Role

WEAK = frozenset(
    {"menu", "subscription", "publication-line", "contact", "copyright"}
)  # in the midst of prose these may be headings or sentences
LONGEST_AD = 160
LONGEST_GROUP = 300  # lines under one label
LONGEST_FOOT = 120
LEAST_SPACES = 5
LEAST_TITLES = 2
OFFER = re.compile(
    r"(?i)\b(?:subscri\w+|member(?:ship)?|donat\w+|newsletters?|inbox|journalism|reporting|sign up|free|today|now|app|e-?mail|per month|a month|a week|abonn\w+|suscr\w+|boletín|подпис\w+|telegram|facebook|twitter|whatsapp|channels?)\b"
)


OFFERED = re.compile(
    r"(?i)www\.|https?:|\.(?:com|net|org|example)\b|[$€£¥%]|\b(?:you|your|our|ours|call|visit|buy|book|order|shop|sale|prices?|from only|ihre?|vous|votre|su)\b|您"
)


def middle(rows: list[Row], first: int, last: int, found: dict[int, Role]) -> None:
    """The lines between the first prose and the last."""
    for k in range(first, last + 1):
        row, titles = rows[k], range(0)
        if row.number in found or not row.kind:
            continue
        beside = any(
            0 <= j < len(rows)
            and rows[j].kind
            and rows[j].text != row.text
            and len(rows[j].text) < LONGEST_FOOT
            and not is_statement(rows[j].text)
            for j in (k - 1, k + 1)
        )
        if row.kind in WEAK and len(row.text) > LONGEST_FOOT and ". " in row.text:
            continue
        if _is_of_a_list(rows, k):
            continue
        if row.kind in WEAK and not beside and not (row.kind == "subscription" and OFFER.search(row.text)):
            continue
        bare = row.text.strip(AROUND)
        if is_heading(rows, k) or (row.kind == "menu" and _is_table(rows, k)):
            continue
        if (
            row.kind == "read-also"
            and len(bare) < 34
            and ":" not in bare.rstrip(":")
            and not _leads(rows, k)
            and not (titles := _titles(rows, k, last))
            and not READ_POINTER.match(bare)
            and not OF_A_PAGE.match(bare)
        ):
            continue
        found[row.number] = row.kind
        if row.kind == "read-also":
            _follow(rows, k, last, found)
            found.update({rows[j].number: "read-also" for j in titles})
        elif row.kind == "advertisement" and len(bare) < 20:
            _advert(rows, k, found)
        elif row.kind in ("caption", "subscription"):
            _block(rows, k, found, row.kind)


def _is_of_a_list(rows: list[Row], k: int) -> bool:
    """True for a path or an address that no other line of the page stands beside: examples and sources of the matter."""
    kind = rows[k].kind
    if (kind == "breadcrumb" and not BREADCRUMB.match(rows[k].text)) or (kind == "publication-line" and ADDRESS.match(rows[k].text)):
        return not any(0 <= j < len(rows) and rows[j].kind not in (None, kind) for j in (k - 1, k + 1))
    return False


def is_statement(line: str) -> bool:
    """True for a whole sentence of six words or more: beside another such line it is no proof that this one is the page's."""
    return line[-1:] in STOPS and line.count(" ") >= LEAST_SPACES


def is_heading(rows: list[Row], k: int) -> bool:
    """True for a label that stands alone above a paragraph which takes its word up: the heading of that paragraph."""
    bare = rows[k].text.strip(AROUND)
    if len(bare) > 40 or k + 1 >= len(rows) or not (rows[k + 1].prose or len(rows[k + 1].text) > 24) or ":" in bare:
        return False
    word = bare.split()[0].casefold()
    return len(word) > 3 and word[:6] in rows[k + 1].text[:300].casefold()


READ_POINTER = re.compile(
    r"(?i)(?:also read|read also|see also|read more|read (?:the )?full.*|continue reading|more|full (?:story|text|article)|lire la suite|leer más|weiterlesen|阅读全文|читать далее)\W*$"
)


OF_A_PAGE = re.compile(
    r"(?i)(?:(?:related|popular|recent|latest|trending|more) (?:stories|posts|headlines)|you (?:may|might) also (?:like|be interested in)|recommended for you|trending now|(?:ähnliche|verwandte|neueste|beliebte|weitere) (?:beiträge|meldungen)|das könnte (?:sie|dich) auch interessieren|lesen sie auch|(?:à )?lire (?:aussi|également)|te puede interesar|también te puede interesar|veja também|leia também|читайте (?:также|ещё)|猜你喜欢|大家都在看)\W*$"
)  # no heading of a matter reads so


def _is_table(rows: list[Row], k: int) -> bool:
    """True for a row of columns between two paragraphs with another of as many beside it: a table of the matter."""
    count = columns(rows[k].text)
    return count > 0 and any(0 <= j < len(rows) and columns(rows[j].text) == count for j in (k - 1, k + 1))


def _leads(rows: list[Row], k: int) -> bool:
    """True if the lines after a label are titles of other texts: two at least, or marked, and no prose."""
    group = _group(rows, k)
    return (
        bool(group)
        and all(not rows[j].prose and len(rows[j].text) < LONGEST_TITLE for j in group)
        and (len(group) > 1 or not rows[k + 1].apart)
    )


def _group(rows: list[Row], k: int) -> list[int]:
    """The lines that follow a line without a blank one between, or the next such group where a blank line stands behind it."""
    group: list[int] = []
    for j in range(k + 1, min(k + 1 + LONGEST_GROUP, len(rows))):
        if rows[j].apart and j > k + 1:
            break
        group.append(j)
    return group


def _titles(rows: list[Row], k: int, last: int) -> range:
    """The titles under a label of other stories that no blank line sets apart from the prose below, or that all stand apart.

    The last of them may be the heading of what follows: it is left.
    """
    end = k + 1
    while end <= last and rows[end].kind is None and _may_be_title(rows[end]) and rows[end].apart == rows[k + 1].apart:
        end += 1
    if (
        not rows[k].text.strip()[:1].isupper()
        or READ_ON.match(rows[k].text.strip(AROUND))
        or end - k <= LEAST_TITLES
        or end > last
        or not rows[end].prose
    ):
        return range(0)
    return range(k + 1, end - 1)


def _may_be_title(row: Row) -> bool:
    return (
        not row.prose
        and row.text[0].isupper()
        and row.text[-1] not in STOPS
        and row.text[-1] not in ":：,"
        and len(row.text) < LONGEST_FOOT
    )


@remembered(MOST_LINES)
def is_story(line: str) -> bool:
    """True for a title with a sentence in it: five words at least, two of them lower-case words of matter, no stop."""
    words = line.split()
    return (
        len(words) > 4
        and len(line) < LONGEST_FOOT
        and line[-1] not in STOPS
        and line[0].isupper()
        and sum(word[0].islower() and not is_function_word(word) for word in words) > 1
    )


def _follow(rows: list[Row], k: int, last: int, found: dict[int, Role]) -> None:
    """The titles under a label of other stories."""
    bare = rows[k].text.strip(AROUND)
    if len(bare) > 40 or (":" in bare.rstrip(":：") and len(bare) > 24):
        return
    if _leads(rows, k):
        for j in _group(rows, k):
            if rows[j].number not in found:
                found[rows[j].number] = "read-also"


def _advert(rows: list[Row], k: int, found: dict[int, Role]) -> None:
    """The words of an advertisement under its label, where blank lines set them apart."""
    group = [j for j in _group(rows, k) if not rows[k + 1].apart]
    if len(group) <= 3 and all(len(rows[j].text) <= LONGEST_AD and not is_told(rows[j]) for j in group):
        for j in group:
            found[rows[j].number] = "advertisement"


def is_told(row: Row) -> bool:
    """True for a sentence that offers nothing: below the label of an advertisement it may be the next of the matter."""
    return row.prose and row.text[-1] != "!" and not OFFER.search(row.text) and not OFFERED.search(row.text)


def _block(rows: list[Row], k: int, found: dict[int, Role], role: Role) -> None:
    """The other lines of a broken caption or call, which stands apart."""
    start = k
    while start > 0 and not rows[start].apart and start > k - 4:
        start -= 1
    end = k
    while end + 1 < len(rows) and not rows[end + 1].apart and end < k + 3:
        end += 1
    if not rows[start].apart or (end + 1 < len(rows) and not rows[end + 1].apart):
        return
    block = rows[start : end + 1]
    if role == "caption" and (
        end != k
        or any(row.text.rstrip(CLOSERS + " ")[-1:] in STOPS | {"?", "？"} for row in block[:-1])
        or sum(len(row.text) for row in block) > LONGEST
    ):
        return
    if role == "subscription" and (start != k or any(row.prose and row.text[0].isupper() for row in block[1:])):
        return
    for row in block:
        found.setdefault(row.number, role)
