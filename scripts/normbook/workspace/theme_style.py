"""The style sheets of the theme without what no page shows: a first visit loads less."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

# parts that only the text of a page can bring in, by the beginning of their classes: a page without the class has no use for their rules
PARTS = (
    "admonition", "arithmatex", "critic", "footnote", "highlight", "keys", "linenos", "md-annotation", "md-author", "md-consent", "md-feedback",
    "md-post", "md-social", "mermaid", "tabbed-", "task-list",
)  # fmt: skip
RIGHT_TO_LEFT = "[dir=rtl]"
DIRECTION = re.compile(r'\bdir="?rtl\b')
CLASSES = re.compile(r'\bclass="?([^">]+)')
ICON = re.compile(
    r'--md-(?!(?:details|nav|toc)-|admonition-icon--note:)[\w-]+:url\((?:"[^"]*"|[^"()]*)\);?'
)  # but for those that our pages show
RULE = re.compile(r"([^{}]+)\{[^{}]*\}")
EMPTY = re.compile(r"@(?:media|supports)[^{}]*\{\}")
GROUP = re.compile(r":(?:is|not|where)\([^()]*\)")
COMMA = re.compile(r",(?![^()\[\]]*[)\]])")


def used_parts(pages: Iterable[str]) -> frozenset[str]:
    """The parts that some page has, judged by the classes in its HTML; `[dir=rtl]` if a page is read from the right."""
    names: set[str] = set()
    used: set[str] = set()
    for page in pages:
        names.update(name for value in CLASSES.findall(page) for name in value.split())
        if DIRECTION.search(page):
            used.add(RIGHT_TO_LEFT)
    return frozenset(used.union(part for part in PARTS if any(name.startswith(part) for name in names)))


def without_parts(style: str, used: Collection[str]) -> str:
    """A minified style sheet of the theme without its icons and without the selectors of parts that are not used.

    A selector is left alone if the part is only one of its alternatives, or what it excludes.

    >>> without_parts(".md-typeset .tabbed-set,.md-typeset details{margin:0}.tabbed-labels{top:0}p:not(.tabbed-set){top:1px}", ())
    '.md-typeset details{margin:0}p:not(.tabbed-set){top:1px}'
    >>> without_parts(':root{--md-tag-icon:url("data:image/svg+xml;x");--md-details-icon:url("data:y")}', ())
    ':root{--md-details-icon:url("data:y")}'
    """
    unused = [rf"\.{re.escape(part)}" for part in PARTS if part not in used]
    if RIGHT_TO_LEFT not in used:
        unused.append(re.escape(RIGHT_TO_LEFT))
    part_of = re.compile("|".join(unused)) if unused else None

    def kept(rule: re.Match[str]) -> str:
        selectors = COMMA.split(rule[1])
        left = [each for each in selectors if part_of is None or not part_of.search(GROUP.sub("", each))]
        return rule[0] if len(left) == len(selectors) else ",".join(left) + rule[0][len(rule[1]) :] if left else ""

    shorter = RULE.sub(kept, ICON.sub("", style))
    while (without := EMPTY.sub("", shorter)) != shorter:
        shorter = without
    return shorter
