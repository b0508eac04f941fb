"""The numbers of paragraphs in a Word document, which no run of it holds: computed from its lists and styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from normbook.intake.numerals import numeral

LEVELS = 9
DEEPEST = 20  # styles that rest on each other
STYLES = {"upperRoman": "I", "lowerRoman": "i", "upperLetter": "A", "lowerLetter": "a"}
CHINESE = ("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCountingThousand")
DIGITS, TEN = "\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d", "\u5341"
PLACE = re.compile(r"%([1-9])")


def local(element: etree._Element) -> str:
    """The name of an element of WordprocessingML without its namespace; empty for comments and for other vocabularies."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    space, _, name = tag.rpartition("}")
    return name if space.endswith(("/wordprocessingml/2006/main", "/wordprocessingml/main", "/markup-compatibility/2006")) else ""


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The descendant at the end of a path of names, the first at each step; None if there is none."""
    for name in names:
        element = next((each for each in element if local(each) == name), None) if element is not None else None
    return element


def value(element: etree._Element | None, name: str = "val") -> str:
    """An attribute of WordprocessingML; empty without the element or the attribute."""
    if element is None:
        return ""
    return next((str(words) for key, words in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def is_on(element: etree._Element | None) -> bool:
    """True for a switch such as `w:vanish` that is present and not turned off."""
    return element is not None and value(element) not in ("0", "false", "off")


def rows(root: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The children with a name."""
    for each in root if root is not None else ():
        if local(each) == name:
            yield each


class _Level(NamedTuple):
    start: int
    style: str
    text: str
    restarts: bool


class Lists:
    """Numbers the paragraphs of a document, which are asked for in their order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self.styles = {value(each, "styleId"): each for each in rows(styles, "style")}
        abstract = {value(each, "abstractNumId"): each for each in rows(numbering, "abstractNum")}
        self.levels: dict[str, list[_Level]] = {}
        self.shared: dict[str, str] = {}
        self.first: dict[tuple[str, int], int] = {}  # where a list begins anew when it is first used
        self.of_style: dict[tuple[str, str], int] = {}
        for each in rows(numbering, "num"):
            id, kept = value(each, "numId"), value(child(each, "abstractNumId"))
            self.shared[id] = kept
            levels = {_integer(value(level, "ilvl"), 0): level for level in rows(abstract.get(kept), "lvl")}
            for override in rows(each, "lvlOverride"):
                at = _integer(value(override, "ilvl"), 0)
                if (begins := child(override, "startOverride")) is not None:
                    self.first[id, at] = _integer(value(begins), 1)
                levels[at] = child(override, "lvl") if child(override, "lvl") is not None else levels.get(at)
            self.levels[id] = [_level(levels.get(at)) for at in range(LEVELS)]
            for at, level in levels.items():
                if level is not None and (style := value(child(level, "pStyle"))):
                    self.of_style[id, style] = at
        self.counts: dict[str, list[int | None]] = {}

    def number(self, paragraph: etree._Element) -> str | None:
        """The number of a paragraph with what stands around it; empty for a bullet, None outside lists."""
        found = self._place(paragraph)
        if found is None:
            return None
        id, at = found
        levels = self.levels[id]
        counts = self.counts.setdefault(self.shared[id], [None] * LEVELS)
        begins = self.first.pop((id, at), None)
        count = counts[at]
        counts[at] = begins if begins is not None else levels[at].start if count is None else count + 1
        for deeper in range(at + 1, LEVELS):
            if levels[deeper].restarts:
                counts[deeper] = None
        if levels[at].style in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            count = counts[level]
            return _shown(levels[level].start if count is None else count, levels[level].style)

        return PLACE.sub(shown, levels[at].text)

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The list and the level of a paragraph, from itself or from its style."""
        own = child(paragraph, "pPr", "numPr")
        style = value(child(paragraph, "pPr", "pStyle"))
        id, at = value(child(own, "numId")), value(child(own, "ilvl"))
        named = style
        for _ in range(DEEPEST):
            if id or not style:
                break
            held = self.styles.get(style)
            given = child(held, "pPr", "numPr")
            id = value(child(given, "numId"))
            at = at or value(child(given, "ilvl"))
            style = value(child(held, "basedOn"))
        if id not in self.levels:
            return None
        level = _integer(at, self.of_style.get((id, named), 0))
        return (id, level) if 0 <= level < LEVELS else None

    def hides(self, style: str) -> bool:
        """True for a style of characters or paragraphs that hides its words."""
        for _ in range(DEEPEST):
            held = self.styles.get(style)
            if held is None:
                return False
            if (switch := child(held, "rPr", "vanish")) is not None:
                return is_on(switch)
            style = value(child(held, "basedOn"))
        return False


def _integer(words: str, otherwise: int) -> int:
    return int(words) if re.fullmatch(r"-?[0-9]{1,9}", words) else otherwise


def _level(level: etree._Element | None) -> _Level:
    if level is None:
        return _Level(1, "none", "", True)
    style = value(child(level, "numFmt")) or "decimal"
    restart = child(level, "lvlRestart")
    return _Level(
        _integer(value(child(level, "start")), 1), style, value(child(level, "lvlText")), restart is None or value(restart) != "0"
    )


def _shown(number: int, style: str) -> str:
    """A number in a style of Word, which repeats letters after z; in digits for styles that are not known here.

    >>> _shown(28, "lowerLetter"), _shown(4, "upperRoman"), _shown(7, "decimalZero"), _shown(12, "chineseCounting") == TEN + DIGITS[2]
    ('bb', 'IV', '07', True)
    """
    if style.endswith("Letter") and style in STYLES and number > 0:
        return numeral((number - 1) % 26 + 1, STYLES[style]) * min((number - 1) // 26 + 1, 30)
    if style == "decimalZero":
        return f"{number:02}"
    if style in CHINESE and 0 < number < 100:
        if style == "ideographDigital":
            return "".join(DIGITS[int(digit)] for digit in str(number))
        tens, ones = divmod(number, 10)
        return (DIGITS[tens] if tens > 1 else "") + (TEN if tens else "") + (DIGITS[ones] if ones else "")
    return numeral(number, STYLES.get(style, "1"))
