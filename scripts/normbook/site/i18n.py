"""The labels of the site in one language, and how dates, names and pointers read in it."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from markupsafe import Markup, escape

from normbook.graph.graph import Brief
from normbook.site.page import Page

LAST_LATIN = "\u024f"  # the last letter of Latin Extended-B
ENGLISH = "en"  # the language that editors write records in
Words = str | Mapping[str, str]  # one text, or one for each plural form


def _singular(words: str) -> str:
    """A guess at the singular of a list's name, for an item without a label.

    >>> _singular("texts"), _singular("voting bodies"), _singular("press"), _singular("staff")
    ('text', 'voting body', 'press', 'staff')
    """
    return f"{words[:-3]}y" if words.endswith("ies") else words if words.endswith("ss") else words.removesuffix("s")


BARE = re.compile(r"[\w-]+", re.ASCII)  # a key that TOML takes without quotation marks


def lines_to_add(keys: Iterable[str], code: str) -> list[str]:
    """The lines of labels.toml that keys need in a language, each group below its section, with the words left empty.

    >>> lines_to_add(["field.texts/*", "type.source", "field.about"], "en")
    ['[field]', 'about.en = ""', '"texts/*".en = ""', '[type]', 'source.en = ""']
    """
    lines: list[str] = []
    for section, group in groupby(sorted(keys), key=lambda key: key.partition(".")[0]):
        lines.append(f"[{section}]")
        for key in group:
            name = key.partition(".")[2]
            quoted = name if BARE.fullmatch(name) else f'"{name}"'
            lines.append(f'{quoted}.{code} = ""')
    return lines


def _always_other(number: int) -> str:
    return "other"


@dataclass(frozen=True)
class Interface:
    """A language of the site: its code (BCP 47), the folder of its pages, its own name, and its labels by key (site/labels.toml).

    `theme` is its code in the site generator's theme, `open_graph` its code in previews. `months` are short month names, `long_months` full ones, and `plural` gives the
    plural form for a number, both from CLDR. `others` are the other languages of the site. `missing` collects requested keys that have no label:
    these are shown in English, or as the last part of the key if English lacks them too.
    """

    code: str = ENGLISH
    prefix: str = ""
    name: str = "English"
    words: Mapping[str, Words] = field(default_factory=dict)
    english: Mapping[str, Words] = field(default_factory=dict)
    theme: str = ENGLISH
    open_graph: str = ENGLISH
    months: tuple[str, ...] = ()
    plural: Callable[[int], str] = _always_other
    others: tuple[Interface, ...] = ()
    missing: set[str] = field(default_factory=set, compare=False)
    long_months: tuple[str, ...] = ()

    @property
    def is_english(self) -> bool:
        """Whether this is English, the language of the records."""
        return self.code == ENGLISH

    def say(self, key: str) -> str:
        """The words of a key in this language.

        >>> Interface("zh-Hans", words={"common.source": "来源"}).say("common.source")
        '来源'
        """
        return self.form(key, "other")

    def form(self, key: str, name: str) -> str:
        """The label of a key in one plural form, or in the form `other` if that form has none.

        >>> Interface(words={"common.records": {"one": "record", "other": "records"}}).form("common.records", "one")
        'record'
        """
        for words in (self.words, self.english):
            found = words.get(key)
            found = found if isinstance(found, str) else (found or {}).get(name) or (found or {}).get("other")
            if found:
                return found
            self.missing.add(key)
        name = key.partition(".")[2]
        spelt = name.removesuffix("/*").rpartition("/")[2].replace("-", " ").replace("_", " ")
        return _singular(spelt) if name.endswith("/*") else spelt

    def label(self, key: str, **values: object) -> Markup:
        """The label of a key as HTML, with escaped values inserted; the key itself, escaped, if it has no label.

        >>> print(Interface(words={"record.rule": "rule %(name)s"}).label("record.rule", name="<a>"), Interface().label("language.<b>"))
        rule &lt;a&gt; &lt;b&gt;
        """
        said = self.say(key)
        return Markup(said) % values if key in self.words or key in self.english else escape(said)  # noqa: S704 - our own labels

    def phrase(self, key: str) -> Markup:
        """The label of a key as the content of an element, marked as English if this language lacks it.

        >>> print(Interface("zh-Hans", words={"word.meeting": "会议"}).phrase("word.meeting"), Interface("zh-Hans").phrase("word.meeting"))
        会议 <span lang="en">meeting</span>
        """
        said = self.say(key)
        return escape(said) if self.is_english or key in self.words else Markup("<span{}>{}</span>").format(self.english_mark, said)

    def tongue_name(self, other: Interface) -> Markup:
        """The name of another language as HTML: its own name and, if that is not in Latin letters, its name in this language.

        >>> print(Interface(words={"language.zh": "Chinese"}).tongue_name(Interface("zh-Hans", name="\u4e2d\u6587")))
        <span lang="zh-Hans">\u4e2d\u6587</span> Chinese
        """
        own = Markup('<span lang="{}">{}</span>').format(other.code, other.name)
        return own if max(other.name) <= LAST_LATIN else own + " " + self.say(f"language.{other.code.partition('-')[0]}")

    def count(self, key: str, number: int) -> Markup:
        """The label of a key with the plural form for a number, as HTML; `%(num)s` is replaced by the number."""
        return Markup(self.form(key, self.plural(number))) % {"num": number}  # noqa: S704 - our own labels

    def field(self, path: str) -> Markup:
        """The label of a field of a record, by its path (`announced/date`) or else by the last part of the path.

        `/*` at the end of a path means one item of a list.
        """
        key = f"field.{path}"
        if key not in self.words and key not in self.english:
            item = "/*" if path.endswith("/*") else ""
            key = f"field.{path.removesuffix('/*').rpartition('/')[2]}{item}"
        return self.phrase(key)

    def pointer(self, pointer: str) -> str:
        """The JSON Pointer of a claim in words, with list items counted from 1.

        >>> Interface(words={"claim.names/*": "name"}).pointer("/names/0")
        'name 1'
        """
        shown: list[str] = []
        parts = list(filter(None, pointer.split("/")))
        for part, following in zip(parts, [*parts[1:], ""], strict=True):
            if part.isdigit() and shown:
                shown.append(str(int(part) + 1))
            else:
                shown.append(self.say(f"claim.{part}/*" if following.isdigit() else f"claim.{part}"))
        return " ".join(shown)

    def own(self, text: object) -> Markup:
        """The editors' text as HTML, marked as English if the page is in another language.

        Text without letters, such as a number or a date, has no language and is not marked.

        >>> print(Interface("zh-Hans").own("12 ports"), Interface("zh-Hans").own(12))
        <span lang="en">12 ports</span> 12
        """
        return self._marked(text, han(text))

    def value(self, text: object) -> Markup:
        """A value of a record as HTML, marked as `own` marks text. It may be a source's own words, so no sign in it is changed.

        >>> print(Interface().own("the port's list"), Interface().value("the port's list"))
        the port’s list the port&#39;s list
        """
        return self._marked(text, in_chinese(escape(text)))

    def _marked(self, text: object, shown: Markup) -> Markup:
        return shown if self.is_english or not any(map(str.isalpha, str(text))) else Markup('<span lang="en">{}</span>').format(shown)

    def plain_title(self, brief: Brief) -> str:
        """The name of a record: its name in this language, else its label, else its title."""
        return self._called(brief.id, brief.title, brief.names)

    def _called(self, id: str, title: str, names: Mapping[str, str]) -> str:
        words = self.words.get(f"title.{id}", "")
        return title if self.is_english else self.named(names) or (words if isinstance(words, str) else "") or title

    def named(self, names: Mapping[str, str]) -> str:
        """The first of some names, by language tag, that is in this language, with any script or country; empty if there is none.

        >>> Interface("zh-Hans").named({"fr": "Données", "zh": "数据"})
        '数据'
        """
        own = self.code.partition("-")[0]
        return next((name for tag, name in names.items() if tag.partition("-")[0] == own), "")

    def named_elsewhere(self, names: Mapping[str, str]) -> list[tuple[str, str]]:
        """Those of some names, by language tag, that are in the other languages of the site, with the language."""
        return [(each.code, name) for each in self.others if (name := each.named(names))]

    def title(self, brief: Brief) -> Markup:
        """The text of a link to a record, with its language marked if it is not that of the page."""
        text = self.plain_title(brief)
        return self.own(text) if text == brief.title else escape(text)

    def tongue(self, brief: Brief) -> Markup:
        """The lang attribute for an element with a record's name."""
        return self.english_mark if self.plain_title(brief) == brief.title else Markup("")

    @property
    def english_mark(self) -> Markup:
        """The lang attribute for an element with English text of a record; empty on an English page."""
        return Markup("") if self.is_english else Markup(' lang="en"')

    def page_title(self, page: Page) -> str:
        """The title of a page in this language."""
        if page.record or page.elsewhere:
            return self._called(page.record, page.elsewhere or page.title, page.names) if not self.is_english else page.title
        return self.say(page.title)

    def page_description(self, page: Page) -> str:
        """The description of a page in this language; for a record, in the words of its editors."""
        return page.description if page.record else self.say(page.description)

    def day(self, value: str) -> str:
        """A date for a figure, as precise as it is.

        >>> months = ("Jan", "Feb")
        >>> Interface(words={"date.month": "%(month)s %(year)s"}, months=months).day("2020-02")
        'Feb 2020'
        """
        return self._day(value, self.months)

    def date(self, value: str) -> Markup:
        """A date for prose, as precise as it is, in an element that keeps it on one line.

        >>> words = {"date.day": "%(day)s %(month)s %(year)s"}
        >>> print(Interface(words=words, long_months=("January", "February")).date("2020-02-09"))
        <time class="nb-date" datetime="2020-02-09">9 February 2020</time>
        """
        return Markup('<time class="nb-date" datetime="{}">{}</time>').format(value, self._day(value, self.long_months))

    def _day(self, value: str, names: tuple[str, ...]) -> str:
        year, month, day = (int(part) for part in [*value.split("-"), "0", "0"][:3])
        words = self.say(f"date.{'day' if day else 'month' if month else 'year'}")
        return words % {"year": year, "number": month, "day": day, "month": names[month - 1] if month and names else str(month)}

    def within(self, brief: Brief) -> Markup:
        """The name of a record for the middle of a sentence: an English one begins in lower case unless its first word has another capital.

        >>> brief = Brief("theme", "data-security", "Data security", "", "", "", "", "", "")
        >>> print(Interface().within(brief))
        data security
        """
        text = self.plain_title(brief)
        inside = text[:1].lower() + text[1:] if text == brief.title and text[1:2].islower() else text
        return self.own(inside) if text == brief.title else escape(text)


HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


QUOTED = re.compile("(\u201c[^\u201d]*\u201d)")  # words that the editors quote keep their own signs
APOSTROPHE = re.compile(r"(?<=\w)'")
DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(filter(None, month_name))})\b(?: (?=\d{{4}}\b))?")


def typeset(text: object) -> str:
    """An editor's English text as a printer sets it: curved apostrophes, and dates that stay on one line. Quoted words are not changed.

    >>> typeset("the ministers' meeting of 9 September 2020")
    'the ministers’ meeting of 9\xa0September\xa02020'
    >>> typeset("as in \u201cthe port's rules\u201d") == "as in \u201cthe port's rules\u201d"
    True
    """
    said = str(text)
    if "'" not in said and not DAY.search(said):
        return said
    parts = QUOTED.split(said)
    parts[::2] = [DAY.sub(lambda match: match[0].replace(" ", "\xa0"), APOSTROPHE.sub("\u2019", part)) for part in parts[::2]]
    return "".join(parts)


def han(text: object) -> Markup:
    """An editor's text, typeset and escaped, with Chinese passages marked as Chinese.

    >>> print(han("for 数据 <in>"))
    for <span lang="zh-Hans">数据</span> &lt;in&gt;
    """
    return in_chinese(escape(typeset(text)))


def in_chinese(text: str) -> Markup:
    """Escaped text with Chinese passages marked as Chinese."""
    if text.isascii():
        return Markup(text)  # noqa: S704 - escaped by its callers
    return Markup(HAN.sub(lambda match: f'<span lang="zh-Hans">{match[0]}</span>', str(text)))  # noqa: S704 - escaped by its callers
