"""Rules that remove page furniture: whole lines, each removed by an edit that can be shown and undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from normbook.cleaning.rule import rule
from normbook.languages.language import pattern
from normbook.page.classify import spam_in
from normbook.page.layout import page_roles
from normbook.page.line import may_hold_spam
from normbook.page.page_breaks import is_interrupted
from normbook.structure.line_roles import read_lines
from normbook.text.ledger import Edit
from normbook.text.line_cache import lines_of, remembered, starts_of
from normbook.text.lines import CRAWL_HEADER, Line

PRINTED = frozenset(("pagination", "running-head"))  # what stands around the text of a printed page
SUBJECT = pattern(r"(?i)<page.subject-labels>:[ \t]+")
# role -> what it is, and when removing it would be wrong; each role has a rule, which removes the lines with that role
ROLES = {
    "menu": ("Menus, language choosers, search and login lines", "a heading of one such word is between other furniture"),
    "breadcrumb": ("Breadcrumbs (the path through a site's menu) above an article", "the first line uses > between capitalised words to mean something else"),
    "publication-line": ("Lines with the date, source or editor of publication", "the body of a document starts with such a line"),
    "caption": ("Captions that start or end with a photo credit, whose dates and people belong to the picture,", "a sentence of the body ends with a remark in brackets that starts with the word photo"),
    "read-also": ("Pointers to other articles, and the titles listed below them,", "a document refers its readers to other texts in those words, on a line of its own"),
    "share": ("Buttons of the page (share, print, text size, back to top)", "such words are a heading on a line of their own"),
    "advertisement": ("Advertisements with their labels, and injected spam,", "a text on gambling or loans lists such words without a sentence"),
    "subscription": ("Calls to subscribe or follow, and cookie notices,", "a speech ends with such a call on a line of its own"),
    "comments": ("Comment counters and comment forms", "a document is a set of comments under that heading"),
    "copyright": ("Copyright, licence and disclaimer lines", "a line of a treaty on copyright starts with the sign"),
    "contact": ("Addresses and telephone numbers at the end", "they belong to a signature and no other furniture is above them"),
    "pagination": ("Page numbers", "a text counts pages in those words on a line of its own"),
    "running-head": ("Lines that stand at the top or foot of most pages of a file", "a text begins or ends each of its pages with the same line on purpose"),
    "mail-header": ("The header lines of an e-mail", "a text lists such lines as an example"),
    "list-footer": ("Headers and footers of a mailing list, and forwarding marks,", "an e-mail has such a rule between its parts"),
    "end-mark": ("End marks of press releases (###, ENDS)", "a text quotes such a mark on a line of its own"),
    "repeated-title": ("Second copies of the title", "a text repeats its first line on purpose"),
    "furniture-by-model": ("Lines that a model, trained on public pages, recognises as page furniture by their words, form and surroundings, and by the tags of a web page", "a list of names or headings is surrounded by furniture"),
}  # fmt: skip


def _is_crawled(text: str, _: frozenset[str]) -> bool:
    return CRAWL_HEADER.match(text) is not None


@rule(
    "crawl-header",
    layer="boilerplate",
    summary="A date that a crawler wrote before the first line is removed.",
    wrong_when='Wrong when a document really starts with the word "date" and an ISO date.',
    may_find=_is_crawled,
    order=10,
)
def crawl_headers(text: str) -> Iterator[Edit]:
    """The edit that removes a crawler’s date.

    >>> [edit.raw for edit in crawl_headers(" date 2031-05-06 Pilots met.")]
    [' date 2031-05-06 ']
    """
    if match := CRAWL_HEADER.match(text):
        yield Edit(0, match.end(), match[0], "")


def _may_hold(text: str, _: frozenset[str]) -> bool:
    """False if a text has no furniture and no spam."""
    return bool(page_roles(text)) or may_hold_spam(text)


def drop(role: str, thorough: bool = False) -> Callable[[str], Iterable[Edit]]:
    """The rule function that removes the lines with one role; with `thorough` more lines have one.

    >>> [edit.raw for edit in drop("breadcrumb")("Home > News\\nTitle of the text")]
    ['Home > News\\n']
    """

    def find(text: str) -> Iterable[Edit]:
        spans = _plan(text, thorough).get(role, ())
        found = [Edit(start, end, text[start:end], "") for start, end in spans] if spans else []
        return [*found, *_spam(text)] if role == "advertisement" and may_hold_spam(text) else found

    return find


for number, (role, (what, wrong)) in enumerate(ROLES.items()):
    rule(
        role,
        layer="boilerplate",
        summary=f"{what} are removed.",
        wrong_when=f"Wrong when {wrong}.",
        may_find=_may_hold,
        order=20 + number,
        thorough=drop(role, thorough=True),
    )(drop(role))


def _spam(text: str) -> Iterator[Edit]:
    """Edits that remove spam inside lines that are not removed."""
    for line in read_lines(text):
        if line.role not in ROLES and line.role != "blank":
            for start, end in spam_in(line.text):
                yield Edit(line.start + start, line.start + end, line.text[start:end], "")


@remembered(2)
def _plan(text: str, thorough: bool) -> dict[str, list[tuple[int, int]]]:
    """Role -> the spans that its rule removes, with the blank lines that would be left over; at the end of the text, those before it.

    If a page ended in mid-sentence, only a line end is left, at which another rule joins the sentence.
    """
    roles = page_roles(text, thorough)
    if not roles:
        return {}
    numbered = enumerate(zip(starts_of(text), lines_of(text), strict=False))
    lines = [
        Line(start, start + len(row), row, roles.get(number, "paragraph"))
        for number, (start, row) in numbered
        if (row and not row.isspace()) or number in roles
    ]
    dropped = [line.role in ROLES for line in lines]
    plan: list[tuple[str, int, int]] = []
    for i, line in enumerate(lines):
        if line.role == "mail-header" and (label := SUBJECT.match(line.text)) and label.end() < len(line.text):
            dropped[i] = _is_later_subject(lines[:i])
            if not dropped[i]:
                plan.append((line.role, line.start, line.start + label.end()))
    last_kept = max((i for i, gone in enumerate(dropped) if not gone), default=len(lines))
    backwards = False  # a run takes the blank lines before it if there are more after it: those stay
    closes = -1  # the last line of a run that interrupts a sentence
    for i, line in enumerate(lines):
        if not dropped[i]:
            continue
        if i and not dropped[i - 1]:
            after = next((k for k in range(i, len(lines)) if not dropped[k]), len(lines))
            before_run = text.count("\n", lines[i - 1].end, line.start)
            if after < len(lines) and all(line.role in PRINTED for line in lines[i:after]):
                closes = after - 1 if is_interrupted(lines[i - 1].text, lines[after].text) else closes
            backwards = (
                closes == after - 1 or after == len(lines) or before_run < text.count("\n", lines[after - 1].end, lines[after].start)
            )
        if (backwards or i > last_kept) and i:
            plan.append((line.role, lines[i - 1].end, lines[i + 1].start - 1 if i == closes else line.end))
        else:
            plan.append((line.role, line.start, lines[i + 1].start if i + 1 < len(lines) else line.end))
    spans: dict[str, list[tuple[int, int]]] = {}
    for role, start, end in sorted(plan, key=lambda each: each[1]):
        spans.setdefault(role, []).append((start, end))
    return spans


def _is_later_subject(lines) -> bool:  # type: ignore[no-untyped-def]
    return any(line.role == "mail-header" and SUBJECT.match(line.text) for line in lines)
