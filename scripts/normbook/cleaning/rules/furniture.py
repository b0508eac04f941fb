"""Rules for what a page says about itself: dropped whole lines, each by an edit that can be shown and undone."""

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
from normbook.text.line_cache import remembered
from normbook.text.lines import CRAWL_HEADER

SUBJECT = pattern(r"(?i)<page.subject-labels>:[ \t]+")
# role -> what it is, and when dropping it would be wrong: the rule of each drops the whole lines that have it
ROLES = {
    "menu": ("a menu, a chooser of languages, a search or login line", "a heading of one such word stands between other lines of the page"),
    "breadcrumb": ("the path through a site's menu above an article", "a first line uses > to mean something else between capitalised words"),
    "publication-line": ("the line that tells when, from which source or by which editor a page was published", "the body of a document begins with such a line"),
    "caption": ("a line that ends in or opens with a photo credit: its dates and people are the picture's", "a sentence of the body ends in a bracketed remark that opens with the word photo"),
    "read-also": ("a pointer to another article, and the titles under a list of such", "a document tells its reader what else to read in those words, on a line of its own"),
    "share": ("a control of the page: share, print, text size, back to top", "such words stand alone on a line as a heading"),
    "advertisement": ("an advertisement, with its label, and spam that was injected", "a text on gambling or loans lists such words without a sentence"),
    "subscription": ("a call to subscribe or to follow, and a notice on cookies", "a speech ends in such a call on a line of its own"),
    "comments": ("counters and the form for comments", "a document is a set of comments under that heading"),
    "copyright": ("copyright, licence and disclaimer lines", "a pact on copyright opens a line with the sign"),
    "contact": ("an address or telephone number at the foot", "it belongs to a signature and no other line of the page stands above it"),
    "pagination": ("page numbers", "a text counts pages in those words on a line of its own"),
    "mail-header": ("the header lines of a mail", "a text lists such lines as an example"),
    "list-footer": ("what a mailing list puts around a mail, and marks of forwarding", "a mail holds such a rule between its parts"),
    "end-mark": ("the mark that a release ends here", "a text quotes such a mark on a line of its own"),
    "repeated-title": ("a second copy of the title", "a text repeats its first line on purpose"),
    "furniture-by-model": ("a line that a model, trained on public pages, holds for the page's own by its words, its form and the lines around it", "a list of names or headings stands among lines that every page has"),
}  # fmt: skip


def _is_crawled(text: str, _: frozenset[str]) -> bool:
    return CRAWL_HEADER.match(text) is not None


@rule(
    "crawl-header",
    layer="boilerplate",
    summary="The date that a crawler wrote before the first line is dropped.",
    wrong_when='Wrong when a document really begins with the word "date" and an ISO date.',
    may_find=_is_crawled,
    order=10,
)
def crawl_headers(text: str) -> Iterator[Edit]:
    """The edit that drops a crawler’s date.

    >>> [edit.raw for edit in crawl_headers(" date 2031-05-06 Pilots met.")]
    [' date 2031-05-06 ']
    """
    if match := CRAWL_HEADER.match(text):
        yield Edit(0, match.end(), match[0], "")


def _may_hold(text: str, _: frozenset[str]) -> bool:
    """False if no line of a text is the page's and none holds spam."""
    return bool(page_roles(text)) or may_hold_spam(text)


def drop(role: str) -> Callable[[str], Iterable[Edit]]:
    """The function that drops the lines of one role.

    >>> [edit.raw for edit in drop("breadcrumb")("Home > News\\nTitle of the text")]
    ['Home > News\\n']
    """

    def find(text: str) -> Iterable[Edit]:
        spans = _plan(text).get(role, ())
        found = [Edit(start, end, text[start:end], "") for start, end in spans] if spans else []
        return [*found, *_spam(text)] if role == "advertisement" and may_hold_spam(text) else found

    return find


for number, (role, (what, wrong)) in enumerate(ROLES.items()):
    rule(
        role,
        layer="boilerplate",
        summary=f"{what[0].upper()}{what[1:]}, is dropped.",
        wrong_when=f"Wrong when {wrong}.",
        may_find=_may_hold,
        order=20 + number,
    )(drop(role))


def _spam(text: str) -> Iterator[Edit]:
    """The spam inside lines that are kept."""
    for line in read_lines(text):
        if line.role not in ROLES and line.role != "blank":
            for start, end in spam_in(line.text):
                yield Edit(line.start + start, line.start + end, line.text[start:end], "")


@remembered(2)
def _plan(text: str) -> dict[str, list[tuple[int, int]]]:
    """What is dropped by each role's rule, with the blank lines that would be left behind; a run at the end takes those before it.

    Where a page ended inside a sentence nothing but a line end is left, at which the sentence is joined.
    """
    if not page_roles(text):
        return {}
    lines = [line for line in read_lines(text) if line.role != "blank"]
    dropped = [line.role in ROLES for line in lines]
    plan: list[tuple[str, int, int]] = []
    for i, line in enumerate(lines):
        if line.role == "mail-header" and (label := SUBJECT.match(line.text)) and label.end() < len(line.text):
            dropped[i] = _is_later_subject(lines[:i])
            if not dropped[i]:
                plan.append((line.role, line.start, line.start + label.end()))
    last_kept = max((i for i, gone in enumerate(dropped) if not gone), default=len(lines))
    backwards = False  # a run takes the break before it where the one after it is the longer: that one stays
    closes = -1  # the last line of a run inside a sentence
    for i, line in enumerate(lines):
        if not dropped[i]:
            continue
        if i and not dropped[i - 1]:
            after = next((k for k in range(i, len(lines)) if not dropped[k]), len(lines))
            before_run = text.count("\n", lines[i - 1].end, line.start)
            if after < len(lines) and all(line.role == "pagination" for line in lines[i:after]):
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
