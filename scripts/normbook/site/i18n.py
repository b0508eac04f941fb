"""The site's own words in one language: what its templates say beside the words of records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from normbook.graph.graph import Brief
from normbook.site.page import Page

ENGLISH, CHINESE = "en", "zh-Hans"
# words of the vocabularies that an English reader is told more plainly
SPELT = {
    "publish": "shown in full", "zh-Hans": "Chinese (simplified)", "zh": "Chinese", "en": "English", "exactMatch": "the same (exactMatch)", "closeMatch": "close (closeMatch)",
    "broadMatch": "broader there (broadMatch)", "narrowMatch": "narrower there (narrowMatch)", "relatedMatch": "related (relatedMatch)",
    "iso 3166 1": "ISO 3166-1", "un treaty": "UN Treaty Series", "council of europe treaty": "Council of Europe Treaty Series", "oecd legal": "OECD Legal Instruments",
    "osce decision": "OSCE decision", "code of federal regulations": "Code of Federal Regulations", "wikidata": "Wikidata", "doi": "DOI",
}  # fmt: skip


@dataclass(frozen=True)
class Interface:
    """A language of the site: its code (BCP 47), the folder of its pages, its name in itself, and its words by the English ones.

    `missing` gathers the English words that were asked for and that the catalogue lacks; they are shown in English.
    """

    code: str = ENGLISH
    prefix: str = ""
    name: str = "English"
    words: Mapping[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set, compare=False)

    @property
    def is_english(self) -> bool:
        """Whether records, whose editors write English, are in this language."""
        return self.code == ENGLISH

    def say(self, text: str) -> str:
        """Words of the interface in this language.

        >>> Interface("zh-Hans", words={"Sources": "来源"}).say("Sources")
        '来源'
        """
        if self.is_english or not text:
            return SPELT.get(text, text)
        found = self.words.get(text)
        if not found:
            self.missing.add(text)
        return found or text

    def phrase(self, text: str) -> Markup:
        """Words of the interface in this language; those that the catalogue lacks are marked as English.

        >>> print(Interface("zh-Hans", words={"hall": "会场"}).phrase("hall"), Interface("zh-Hans").phrase("<hall>"))
        会场 <span lang="en">&lt;hall&gt;</span>
        """
        said = self.say(text)
        return escape(said) if self.is_english or self.words.get(text) else Markup("<span{}>{}</span>").format(self.english, said)

    def count(self, one: str, many: str, number: int) -> str:
        """Words that go with a number, as gettext's ngettext gives them."""
        return self.say(one) if not self.is_english or number == 1 else many

    def own(self, text: object) -> Markup:
        """Words that a record's editors wrote, in English, marked as such where the page is in another language."""
        return han(text) if self.is_english or not text else Markup('<span lang="en">{}</span>').format(han(text))

    def plain_title(self, brief: Brief) -> str:
        """What a record is called: on Chinese pages by its Chinese name, or by the catalogue's word for it, where there is one; else by its title."""
        return brief.title if self.is_english else brief.native or self.words.get(brief.title) or brief.title

    def title(self, brief: Brief) -> Markup:
        """What a link to a record says, its language marked where it is not the page's."""
        text = self.plain_title(brief)
        return self.own(text) if text == brief.title else escape(text)

    def tongue(self, brief: Brief) -> Markup:
        """The attribute of an element that holds what a record is called."""
        return self.english if self.plain_title(brief) == brief.title else Markup("")

    @property
    def english(self) -> Markup:
        """The attribute of an element that holds a record's English words; empty on an English page."""
        return Markup("") if self.is_english else Markup(' lang="en"')

    def page_title(self, page: Page) -> str:
        """The title of a page in this language."""
        if page.record or page.native:
            return page.title if self.is_english else page.native or self.words.get(page.title, page.title)
        return self.say(page.title)


HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


def han(text: object) -> Markup:
    """Words that an editor wrote, escaped, the Chinese ones among them marked as such.

    >>> print(han("for 数据 <in>"))
    for <span lang="zh-Hans">数据</span> &lt;in&gt;
    """
    return Markup(HAN.sub(lambda match: f'<span lang="zh-Hans">{match[0]}</span>', str(escape(text))))  # noqa: S704 - escaped before


def day(value: str, code: str) -> str:
    """A date as a picture writes it, no more precise than it is.

    >>> day("2020-09-08", "en"), day("2020-09", "en"), day("2020", "en"), day("2020-09-08", "zh-Hans")
    ('8 Sep 2020', 'Sep 2020', '2020', '2020年9月8日')
    """
    parts = [int(part) for part in value.split("-")]
    if code == CHINESE:
        return "".join(f"{part}{mark}" for part, mark in zip(parts, "年月日", strict=False)) if len(parts) > 1 else value
    month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[parts[1] - 1] if len(parts) > 1 else ""
    return " ".join(filter(None, (str(parts[2]) if len(parts) > 2 else "", month, str(parts[0]))))
