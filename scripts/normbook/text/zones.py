"""The page around the matter: which lines it says of itself, read from each line and from where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from normbook.text.furniture import AROUND, FORWARDED, LIST_FOOTER, LONGEST, MAIL_HEADER, RULE, SLASHED, furniture, is_stamp, spam, spam_in
from normbook.text.lexicon import is_function_word
from normbook.text.lines import BYLINE, CLOSERS, CRAWL_HEADER, CREDIT, ITEM, Role, is_dateline
from normbook.text.vocabulary import PLAIN_SPAM, RARE_SPAM

NAVIGATION = frozenset({"menu", "breadcrumb", "subscription"})
CLOSING = frozenset(
    {"read-also", "menu", "breadcrumb", "copyright", "contact", "subscription", "comments", "list-footer", "share", "pagination"}
)  # after one of these below the last prose nothing of the matter follows
WEAK = frozenset(
    {"menu", "subscription", "publication-line", "contact", "copyright"}
)  # in the midst of prose these may be headings or sentences
OFFER = re.compile(
    r"(?i)\b(?:subscri\w+|member(?:ship)?|donat\w+|newsletters?|inbox|journalism|reporting|sign up|free|today|now|app|e-?mail|per month|a month|a week|abonn\w+|suscr\w+|boletín|подпис\w+|telegram|facebook|twitter|whatsapp|channels?)\b"
)
TURN = re.compile(r"(?:Q|A|Question|Answer|问|答|問)\s?[:：.]")
TITLE_TAIL = re.compile(r"\s+(?:[-–—|_·»:]|>>)\s+")
PRESS = re.compile(r"(?i)(?:for )?(?:media|press|further|more|all|any)\b.{0,40}\b(?:contact|enquir\w+|inquir\w+|information)")
TOP_OF_MAIL = 80  # lines that may hold the headers of a mail
LONGEST_FOOT = 120
ENDING = frozenset({"read-also", "copyright", "subscription"})
FOOT = frozenset({"menu", "pagination", "comments", "copyright", "contact", "subscription"})
POINTER = re.compile(r"\W*\w[\w ]{2,24}[:：]\s?\S")
LONGEST_TITLE = 200
LONGEST_AD = 160
PLAIN_PROSE = 60  # code points from which a closed sentence is taken for prose
MOST_LINES = 1 << 12  # lines that are remembered to hold no word of spam
REPEATS = 24  # lines among which a second copy of the title is looked for
SITE = re.compile(r"\w\.[a-z]{2,}|(?i:\bpage\b)")
FOREIGN_SPAM = tuple(word for word in PLAIN_SPAM if not word.isascii())
SPAM_HEADS = frozenset(form(word + end) for word in RARE_SPAM for end in ("", "s", ",", ".") for form in (str.lower, str.title, str.upper))
NUMBERED_HEAD = re.compile(r"\s*(?:\d{1,3}\s{3,}[A-Z]\S*[^.!?]*|[A-Z][^.!?]*\S\s{3,}\d{1,3})\s*$")
STOPS = frozenset(".。!！;；…")


_unspammed: set[str] = set()


class Row(NamedTuple):
    """A line that is not blank: its number, its words, what it says of the page, whether it is prose, and whether the line before it is blank."""

    number: int
    text: str
    kind: Role | None
    prose: bool
    apart: bool


@lru_cache(maxsize=4)
def page_roles(text: str) -> dict[int, Role]:
    """The roles of the lines that are no part of the matter, by the line's number; empty for a text without a page around it.

    1. A line that may be prose is never among them unless its own words say that it is the page's.
    2. Above the first prose, what stands over the last menu or breadcrumb is the page's; the headline stands below.
    3. Below the last prose, everything after a list of other stories, a menu, a copyright or contact line is the page's.
    """
    lines = text.split("\n")
    spammed = may_hold_spam(text)
    kinds = [line and (len(line) < PLAIN_PROSE or spammed or not _is_plain_prose(line)) and _own_kind(line, spammed) for line in lines]
    if not any(kinds) and not any(MAIL_HEADER.match(line) for line in lines[:TOP_OF_MAIL] if ": " in line[:24] and line[0].isupper()):
        return _repeated(_rows(lines[:REPEATS], kinds), {}) if _may_repeat(lines[:REPEATS]) else {}
    rows = _rows(lines, kinds)
    rows = list(_between(rows))
    found: dict[int, Role] = {}
    _mail(rows, found)
    first = next((k for k, row in enumerate(rows) if row.prose and row.number not in found), len(rows))
    last = _last(rows, found)
    _top(rows[:first], found, first == len(rows))
    _middle(rows, first, last, found)
    _running_heads(rows, found)
    if last >= 0:
        _bottom(rows[last + 1 :], found)
    return _repeated(rows, found)


def _between(rows: list[Row]) -> Iterator[Row]:
    """The rows, with a short line between two of the page's in one block taken for one of them."""
    for k, row in enumerate(rows):
        if row.kind is None and 0 < k < len(rows) - 1 and _is_short(row) and not row.apart and not rows[k + 1].apart:
            before, after = rows[k - 1].kind, rows[k + 1].kind
            if before and before == after and before in ("menu", "share"):
                yield row._replace(kind=before, prose=False)
                continue
        yield row


def _last(rows: list[Row], found: dict[int, Role]) -> int:
    """The last line of prose; a short sentence at the foot, between lines that only a page has, is none."""
    k = len(rows) - 1
    while k >= 0:
        if rows[k].prose and rows[k].number not in found:
            before = rows[k - 1] if k else None
            near = next((j for j in range(k - 1, max(0, k - 8) - 1, -1) if rows[j].prose or _ends_matter(rows[j])), None)
            ended = near is not None and not rows[near].prose
            beside = (
                before is not None
                and before.kind in FOOT
                and not POINTER.match(before.text)
                and not is_stamp(before.text)
                and not _is_heading(rows, k - 1)
            )
            if (
                len(rows[k].text) >= LONGEST_FOOT
                or k * 2 < len(rows)
                or not (ended or beside)
                or sum(row.kind is not None for row in rows[max(k - 8, 0) :]) < 3 - ended
            ):
                return k
        k -= 1
    return k


def _ends_matter(row: Row) -> bool:
    """True for a line below which, at the foot of a page, nothing of the matter stands."""
    return (
        row.kind in ENDING
        and not READ_POINTER.match(row.text.strip(AROUND))
        and (row.kind != "subscription" or bool(OFFER.search(row.text)))
    )


@lru_cache(maxsize=2)
def may_hold_spam(text: str) -> bool:
    """False if no word of spam stands in a text: a look."""
    for row in text.split("\n"):
        if row not in _unspammed:
            if (
                not SPAM_HEADS.isdisjoint(row.split())
                or (not row.isascii() and any(word in row for word in FOREIGN_SPAM))
                or "[url=" in row
            ):
                return True
            _unspammed.add(row)
    if len(_unspammed) > MOST_LINES:
        _unspammed.clear()
    return False


def _rows(lines: list[str], kinds: list[Any]) -> list[Row]:
    rows: list[Row] = []
    before = ""
    for number, line in enumerate(lines):
        if line and not line.isspace():
            kind = (kinds[number] or None) if number or not CRAWL_HEADER.match(line) else None
            prose = not kind and _may_be_prose(line, number, lines)
            rows.append(Row(number, line, kind, prose, not before or before.isspace()))
        before = line
    return rows


def _is_closed(line: str) -> bool:
    """True if a line ends as a sentence ends."""
    end = line[-1]
    return end in STOPS or (end in CLOSERS and line.rstrip(CLOSERS + " ")[-1:] in STOPS) or (end in "?:：？" and len(line) > 100)


def _is_plain_prose(line: str) -> bool:
    """True for a sentence of some length that no cue of a page opens: most lines of most texts, told by their ends."""
    return (
        line[-1] in ".。"
        and line[0] not in "(<[•*>-_FSNRUTDLOGCAБПИ版来扫关"
        and "/" not in line[-40:]
        and not ("©" in line or "ookie" in line)
    )


@lru_cache(maxsize=1 << 12)
def _own_kind(line: str, spammed: bool) -> Role | None:
    """What a line says of the page, by itself."""
    size = len(line)
    if size > LONGEST:
        return None
    if spammed and spam(line.casefold()) and not (line[0].isupper() and spam_in(line)):
        return "advertisement"
    if size > PLAIN_PROSE and _is_closed(line) and not ("©" in line or "ookie" in line or line[0] in "(<[•*>-_FSNRUTDLOGCAБПИ版来扫关Ss"):
        return "caption" if (line[-1] in ")]" or "/" in line[-40:]) and furniture(line) == "caption" else None
    return furniture(line) or ("publication-line" if is_stamp(line) else None)


def _may_be_prose(line: str, number: int, lines: list[str]) -> bool:
    """True for a sentence, for a line of a broken one, and for a long line."""
    if number == 0 and CRAWL_HEADER.match(line):
        return len(line) > LONGEST
    shape = _shape(line)
    if shape == "broken":
        following = lines[number + 1] if number + 1 < len(lines) else ""
        return following[:1].islower() or (line[0].islower() and number > 0 and lines[number - 1] != "")
    return shape == "prose"


@lru_cache(maxsize=1 << 12)
def _shape(line: str) -> Literal["prose", "broken", "other"]:
    """What a line is by its own form: prose, prose if its neighbours go on with it, or something else."""
    size = len(line)
    closed = size <= LONGEST and _is_closed(line)
    if size >= LONGEST_TITLE or (closed and (size > PLAIN_PROSE or line.count(" ") >= 5 or (line[0] > "\u2e80" and size > 14))):
        return "prose"
    if TURN.match(line) or (line[0].isupper() and is_dateline(line)):
        return "prose"
    if size <= 30 or line.isupper():
        return "other"
    words = line.split()
    return "broken" if len(words) >= 4 and any(map(is_function_word, words)) else "other"


def _top(rows: list[Row], found: dict[int, Role], alone: bool) -> None:
    """The lines above the first prose; `alone` if there is no prose at all."""
    anchors = _anchors(rows)
    anchors = sorted({*anchors, *_menus(rows, anchors)})
    head = _headline(rows, anchors)
    anchor = max((k for k in anchors if head is None or k < head), default=-1)
    sure = len(anchors) > 1 or any(rows[k].kind == "breadcrumb" for k in anchors)
    for k, row in enumerate(rows):
        if row.number in found:
            continue
        if row.kind and row.kind != "contact":
            found[row.number] = row.kind
        elif k in anchors or (
            (k < anchor or (head is not None and anchor >= 0 and k < head))
            and (sure or len(row.text) < 40)
            and not BYLINE.match(row.text)
            and not CREDIT.match(row.text)
        ):
            found[row.number] = "menu"
    if alone and len(found) * 2 > len(rows):
        for row in rows:
            if row.number not in found and not _may_be_headline(row.text) and row.text.rstrip()[-1:] not in STOPS:
                found[row.number] = "menu"


def _headline(rows: list[Row], anchors: list[int]) -> int | None:
    """Where the headline stands: above a date, byline or share bar, or else the first line below the last menu that may be one."""
    titles = [
        k
        for k, row in enumerate(rows)
        if row.kind is None and k not in anchors and _may_be_headline(row.text) and not BYLINE.match(row.text)
    ]
    if not titles:
        return None
    last = anchors[-1] if anchors else -1
    below = [k for k in titles if k > last]
    if not below:  # nothing below the menus can be the headline: it may stand higher, or be lost
        higher = [k for k in titles if rows[k].text.count(" ") >= 3 and not rows[k].text.isupper()]
        return higher[-1] if higher else None
    if not anchors:
        return below[0]
    marks = [k for k in range(below[0], len(rows)) if rows[k].kind in ("publication-line", "share") or BYLINE.match(rows[k].text)]
    if marks and rows[below[0]].text.count(" ") < 3:  # a short line may be the name of a section above the headline
        nearer = [k for k in below if k < marks[0] and rows[k].text.count(" ") >= 3]
        return nearer[0] if nearer else below[0]
    return below[0]


def _anchors(rows: list[Row]) -> list[int]:
    """The menus and paths above the headline: those below a headline's byline, date or share bar are no guide to where it stands."""
    anchors: list[int] = []
    title = False
    for k, row in enumerate(rows):
        if row.kind in NAVIGATION:
            if title and row.kind != "breadcrumb" and not any(other.kind in NAVIGATION for other in rows[k + 1 :]):
                break  # a single one below what may be the headline proves nothing
            anchors.append(k)
            title = False
        elif title and (row.kind in ("publication-line", "share") or BYLINE.match(row.text)):
            break
        elif row.kind is None and _may_be_headline(row.text):
            title = True
    return anchors


def _menus(rows: list[Row], anchors: list[int]) -> Iterator[int]:
    """The short lines that go on below the last known item of a menu, in the same block, and the path that repeats an item."""
    if not anchors:
        return
    k = anchors[-1] + 1
    rest: list[int] = []
    while k < len(rows) and not rows[k].apart:
        rest.append(k)
        k += 1
    if len(anchors) > 1 and rest and k < len(rows) and all(_is_short(rows[j]) for j in rest):
        yield from rest
    else:
        k = anchors[-1] + 1
    items = {row.text.strip(AROUND).casefold() for row in rows[:k]}
    for j in range(k, min(k + 3, len(rows))):
        if SLASHED.match(rows[j].text) and any(part.strip().casefold() in items for part in rows[j].text.split("/")):
            yield j


def _is_short(row: Row) -> bool:
    """True for what may be an item of a menu: at most three words, no stop."""
    if len(row.text) > 32:
        return False
    wide = sum(c > "\u2e80" for c in row.text)
    return (
        row.kind in (None, "menu", "share")
        and len(row.text) + wide < 32
        and row.text.count(" ") < 3
        and row.text[-1] not in STOPS
        and not BYLINE.match(row.text)
    )


def _may_be_headline(line: str) -> bool:
    wide = 0 if line.isascii() else sum(c > "\u2e80" for c in line)
    return len(line.strip()) + wide > 14 and (line.count(" ") >= 2 or wide > 5)


def _middle(rows: list[Row], first: int, last: int, found: dict[int, Role]) -> None:
    """The lines between the first prose and the last."""
    for k in range(first, last + 1):
        row = rows[k]
        if row.number in found or not row.kind:
            continue
        beside = any(
            0 <= j < len(rows) and rows[j].kind and rows[j].text != row.text and len(rows[j].text) < LONGEST_FOOT for j in (k - 1, k + 1)
        )
        if row.kind in WEAK and len(row.text) > LONGEST_FOOT and ". " in row.text:
            continue
        if row.kind in WEAK and not beside and not (row.kind == "subscription" and OFFER.search(row.text)):
            continue
        bare = row.text.strip(AROUND)
        if _is_heading(rows, k):
            continue
        if (
            row.kind == "read-also"
            and len(bare) < 34
            and ":" not in bare.rstrip(":")
            and not _leads(rows, k)
            and not READ_POINTER.match(bare)
        ):
            continue
        found[row.number] = row.kind
        if row.kind == "read-also":
            _follow(rows, k, last, found)
        elif row.kind == "advertisement" and len(bare) < 20:
            _advert(rows, k, found)
        elif row.kind in ("caption", "subscription"):
            _block(rows, k, found, row.kind)


def _is_heading(rows: list[Row], k: int) -> bool:
    """True for a label that stands alone above a paragraph which takes its word up: the heading of that paragraph."""
    bare = rows[k].text.strip(AROUND)
    if len(bare) > 40 or k + 1 >= len(rows) or not (rows[k + 1].prose or len(rows[k + 1].text) > 24) or ":" in bare:
        return False
    word = bare.split()[0].casefold()
    return len(word) > 3 and word[:6] in rows[k + 1].text[:300].casefold()


READ_POINTER = re.compile(
    r"(?i)(?:also read|read also|see also|read more|read (?:the )?full.*|continue reading|more|full (?:story|text|article)|lire la suite|leer más|weiterlesen|阅读全文|читать далее)\W*$"
)


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
    for j in range(k + 1, len(rows)):
        if rows[j].apart and j > k + 1:
            break
        group.append(j)
    return group


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
    if len(group) <= 3 and all(len(rows[j].text) <= LONGEST_AD for j in group):
        for j in group:
            found[rows[j].number] = "advertisement"


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
        end != k or any(row.text[-1:] in STOPS for row in block[:-1]) or sum(len(row.text) for row in block) > LONGEST
    ):
        return
    if role == "subscription" and (start != k or any(row.prose and row.text[0].isupper() for row in block[1:])):
        return
    for row in block:
        found.setdefault(row.number, role)


def _bottom(rows: list[Row], found: dict[int, Role]) -> None:
    """The lines below the last prose."""
    if all(row.kind in (None, "contact") and not PRESS.match(row.text) for row in rows):
        return  # an address or telephone below a signature
    close = next((k for k, row in enumerate(rows) if row.kind in CLOSING), len(rows))
    close = min(close, _unlabelled(rows, close))
    for k, row in enumerate(rows):
        if row.number in found:
            continue
        if k < close and (row.kind == "contact" or (row.kind == "publication-line" and is_stamp(row.text))):
            continue
        if row.kind:
            found[row.number] = row.kind
        elif row.prose or k >= close:
            found[row.number] = "read-also" if len(row.text) > 30 else "menu"


def _unlabelled(rows: list[Row], close: int) -> int:
    """Where titles of other stories begin that stand without a label between the last prose and the foot of the page; `close` if none do."""
    run = 0
    while run < close and rows[run].kind is None and _is_story(rows[run].text):
        run += 1
    return 0 if run > 2 and run == close < len(rows) else close


def _is_story(line: str) -> bool:
    """True for a title with a sentence in it: five words at least, two of them lower-case words of matter, no stop."""
    words = line.split()
    return (
        len(words) > 4
        and len(line) < LONGEST_FOOT
        and line[-1] not in STOPS
        and line[0].isupper()
        and sum(word[0].islower() and not is_function_word(word) for word in words) > 1
    )


def _mail(rows: list[Row], found: dict[int, Role]) -> None:
    """The headers of a mail, what a list puts around it, and the marks of forwarding."""
    heads = [k for k, row in enumerate(rows[:TOP_OF_MAIL]) if MAIL_HEADER.match(row.text)]
    names = {rows[k].text.partition(":")[0].lower() for k in heads}
    if len(heads) < 2 or not names & {"from", "subject", "date", "message-id", "to", "von", "de"} or len(names) < 2:
        return
    top = heads[0]
    if any(row.prose and len(row.text) > 60 for row in rows[:top]) and not any("subscri" in row.text.lower() for row in rows[:top]):
        return
    if any(LIST_FOOTER.match(row.text.strip()) or "subscri" in row.text.lower() for row in rows[:top]):
        for row in rows[:top]:
            found[row.number] = "list-footer"
    for k in heads:
        found[rows[k].number] = "mail-header"
        j = k + 1
        while j < len(rows) and rows[j].text[0] in " \t" and not rows[j].apart:
            found[rows[j].number] = "mail-header"
            j += 1
    for row in rows:
        bare = row.text.strip()
        if row.number not in found and (FORWARDED.match(bare) or RULE.match(bare)):
            found[row.number] = "list-footer"
    foot = next(
        (
            k
            for k in range(top, len(rows))
            if rows[k].text.rstrip() in ("--", "_" * 47) or re.match(r"_{20,}$|#\s{2}distributed", rows[k].text)
        ),
        None,
    )
    if foot is not None:
        for row in rows[foot:]:
            found.setdefault(row.number, "list-footer")


def _running_heads(rows: list[Row], found: dict[int, Role]) -> None:
    """The line that stands beside the number on every page, and the title with the number behind it."""
    numbered = [row for row in rows if not row.prose and "   " in row.text and NUMBERED_HEAD.match(row.text)]
    pages = [
        int(re.sub(r"\D", "", row.text.strip()[:4] if row.text.strip()[0].isdigit() else row.text.strip()[-4:]) or 0) for row in numbered
    ]
    if len(pages) > 1 and all(one < two for one, two in pairwise(pages)):
        found.update({row.number: "pagination" for row in numbered})
    counts = Counter(row.text for row in rows if not row.prose)
    often = {line for line, count in counts.items() if count > 2 and len(line) > 14 and line.rstrip()[-1] not in ":："}
    for k, row in enumerate(rows) if often else ():
        if row.text in often and (
            SITE.search(row.text) or any(0 <= j < len(rows) and rows[j].kind == "pagination" for j in (k - 1, k + 1))
        ):
            found.setdefault(row.number, "pagination")


def _may_repeat(lines: list[str]) -> bool:
    """False if no title among the first lines can stand there twice or with a site's name behind it: a look."""
    short = [line.strip().casefold() for line in lines if 12 <= len(line) <= LONGEST_TITLE]
    return len(set(short)) < len(short) or any(TITLE_TAIL.search(line) for line in short[:6])


def _repeated(rows: list[Row], found: dict[int, Role]) -> dict[int, Role]:
    """The second copy of a title, and the one that carries the site's name behind it."""
    kept = [row for row in rows if row.number not in found][:12]
    for k, row in enumerate(kept[:6]):
        if row.prose or len(row.text) < 12 or len(row.text) > LONGEST_TITLE or ITEM.match(row.text):
            continue
        words = _plain(row.text)
        for other in kept[k + 1 : k + 6]:
            if len(other.text) > LONGEST_TITLE:
                break
            again = _plain(other.text)
            if other.prose and again != words:
                break
            if again == words:
                found[other.number] = "repeated-title"
            elif words.startswith(again) and len(again) > 20 and TITLE_TAIL.match(row.text.strip()[len(other.text.strip()) :]):
                found[row.number] = "repeated-title"
            elif again.startswith(words) and len(words) > 20 and TITLE_TAIL.match(other.text.strip()[len(row.text.strip()) :]):
                found[other.number] = "repeated-title"
    return found


def _plain(line: str) -> str:
    return " ".join(line.casefold().strip(AROUND).split())
