"""Cues of page furniture: patterns, and a table from a line's first word to the patterns that may match it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from normbook.languages.calendar_words import ANY_MONTH, DATE, WEEKDAY
from normbook.languages.language import Words, compiled, pattern, vocabulary
from normbook.languages.phrases import first_words

Furniture = Literal[
    "menu", "breadcrumb", "publication-line", "caption", "read-also", "share", "advertisement", "subscription", "comments", "copyright", "contact", "pagination", "mail-header", "list-footer", "end-mark",
]  # fmt: skip
ZONE = r"(?-i:[A-Z]{1,4})(?:[+-]\d{1,2})?"
HOUR = r"\d{1,2}(?:[:h.]| h )\d{2}(?::\d{2})?[)\]]?(?: ?[ap]\.?m\.?)?"
CLOCK = rf"(?:,? ?(?:<page.clock-links>|[-–|T]|[(\[])? ?{HOUR}(?: ?(?:<page.clock-ends>|{ZONE}))?)"
WHEN = rf"[(\[]?(?:{DATE}{CLOCK}?|{CLOCK},? ?{DATE})[)\]]?"
STAMP_KIND = r"(?:(?-i:[A-Z][A-Z &-]{2,30}?)|<page.stamp-kinds>)s?"
BEHIND_STAMP = (
    r"(?:$|[|/·•,\u3000\t]|  |(?:<cues.page-words>\s?)?\d+$|<page.stamp-notes>|<events.updated>|(?:GMT|UTC|EST|EDT|CET|CEST|BST|IST)\b)"
)
STAMP = pattern(rf"(?i)\s*[•·-]?\s*(?:{STAMP_KIND}\s*[|·/]\s*)?{WHEN}(?P<rest>\s*{BEHIND_STAMP}.{{0,120}})$")
REST_OF_STAMP = pattern(r"[.!?。！？](?:\s|$)|\b<page.sentence-verbs>\b")
TIMED = pattern(rf"(?i){DATE}")
BREADCRUMBS = (
    r"<page.you-are-here>(?:[:： ]|<page.you-are-here-is>)\s*\S.{0,170}",
    r"<page.positions>\s?[:：]\s*\S.{0,80}[^\s<>»›→]\s*[>»›→].{0,80}",
    r"<page.home-crumbs>\s*(?:>+|»|›|→|/(?=\s)|(?<=\s)[-–|](?=\s))\s*\S.{0,170}",
)
BREADCRUMB = pattern(rf"(?i)\s*(?:{'|'.join(BREADCRUMBS)})$")
PATH = pattern(r"\s*(?=\S)(?P<parts>[^<>»›→▸.!?。]{1,60}(?:(?:>{1,2}|»|›|→|▸|->)[^<>»›→▸!?。]{1,81}){1,5})(?:>|»)?\s*$")
SLASHED = pattern(r"\s*[^\s/][^/.!?]{0,30}(?: / [^/.!?]{2,60}){1,4}$")
CAPITALS = "[A-ZÀ-Þ][A-ZÀ-Þ'’-]+"
NAMED_SIDE = r"(?-i:[A-ZÀ-Þ])[\w’'. -]{1,30}/(?-i:[A-ZÀ-Þ])[^()\[\]0-9]{0,60}"
IN_BRACKETS = (
    r"<page.picture-names>(?:\s*[/:：|][^()\[\]]{0,80}| (?:<page.picture-links>|:)\b[^()\[\]]{0,80})?",
    NAMED_SIDE,
    r"<page.picture-marks>\s*(?:<page.picture-sources-of>|[/:：])[^()\[\]（）]{0,60}",
)
CREDITS = (
    r"^(?:<page.picture-sources>|<page.picture-source-labels>[:：].{1,30})$",
    rf"[(\[（【](?:{'|'.join(IN_BRACKETS)})[)\]）】]\.?",
    r"(?<=[.!?。”\"]) ?(?:/|©) ?(?-i:[A-ZÀ-Þ])[\w’'/. -]{1,40}",
    rf"(?<=[.!?] )(?-i:{CAPITALS}(?: {CAPITALS}){{0,3}} ?/ ?[A-Z][A-Z -]{{1,24}})",
    r"(?<=[.!?。”\"] )<page.pictures-behind>s?(?: <page.credit:en>)?\s?[:：/] ?[^.!?]{2,80}\.?",
    r"[\u4e00-\u9fff]{2,8} ?[\u4e00-\u9fff]{1,4} ?<page.taken-marks>[。）)]?",
)
PHOTO_CREDIT = pattern(rf"(?i)(?:{'|'.join(CREDITS)})\s*$")
LABELLED_CREDIT = r"[(\[]?<page.picture-labels>s?(?: <page.credit:en>)?(?:\s?[:：/|©]|\s<page.picture-makers>\b)\s?\S.{0,150}$"
CREDIT_AT_HEAD = pattern(
    rf"(?i){LABELLED_CREDIT}|<page.bare-picture-labels:spaced> \S.{{0,80}}$|<page.bare-picture-labels:dense>.{{0,60}}$"
)
LEAD = r"(?:\s?[:：»>|-]|$)"
COOKIES = pattern(
    r"(?i)\b<page.cookie-names:en>\b.{0,140}\b<page.cookie-acts>|\b<page.cookie-uses>\b.{0,60}\b<page.cookie-names>\b|"
    r"<page.cookie:en>.{0,30}<page.cookie-words>|<page.cookie-verbs>.{0,20}<page.cookie:en>",
    word=r"\w+",
)
OWNER = r"(?:[A-Z]\w+ (?:19|20)\d\d|©|\(c\)|\d{4}|<page.behind-copyright:en>)"
COPYRIGHT_SIGNS = (
    rf"(?:^\s*(?:©|\(c\)\s?(?:\d{{4}}|<page.copyright:en>\b)|<page.copyright:en>\b\s*{OWNER}|<page.copyright-heads>)|©\s?(?:\d{{4}}|[A-Z]))",
    r"<page.all-rights-reserved>",
    r"<page.licence-provinces>[A-Z]?ICP<page.licence-marks>",
    r"<page.licence-numbers>",
    r"<page.copyright-notices>",
    r"<page.powered-by:en> \S+$",
    r"^<page.site-makers>",
)
COPYRIGHT = pattern(rf"(?i)(?:{'|'.join(COPYRIGHT_SIGNS)})")
COPYRIGHT_WORDS = Words("page.copyright-words")
PICTURE_WORDS = Words("page.picture-words")
TELEPHONE = pattern(r"(?i)\s*[^.!?]{0,80}\b<page.telephone-labels>\s?[.:：]\s?[+\d(][\d ()+./-]{5,}.{0,60}$")
TELEPHONE_LABELS = Words("page.telephone-labels")
CONTACT = pattern(r"(?i)\s*<page.contact-labels>s?\s?[.:：]\s?\S.{0,160}$")


class Cue:
    """A pattern for a whole line, compiled when it is first needed; most texts need only a few of them."""

    def __init__(self, form: str) -> None:
        self.form = form

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return compiled(self.form, re.IGNORECASE, PARTS_OF_CUES)

    @cached_property
    def match(self) -> Callable[[str], re.Match[str] | None]:
        """The match of a whole line, or None."""
        return self.compiled.match


class CueRow(NamedTuple):
    """An entry of the table: a kind of furniture, the lists of phrases that start such a line, its pattern, and further first words."""

    kind: Furniture
    opens: tuple[str, ...]
    form: str
    heads: tuple[str, ...] = ()


class CueTable(Mapping[str, Sequence[tuple[Furniture, Cue]]]):
    """First word -> (kind of furniture, pattern of the whole line). Entries are tried in the order of the table."""

    def __init__(self, rows: Sequence[CueRow]) -> None:
        self.rows = rows

    @cached_property
    def found(self) -> dict[str, list[tuple[Furniture, Cue]]]:
        """The table by first word, computed from the phrases."""
        table: dict[str, list[tuple[Furniture, Cue]]] = {}
        for row in self.rows:
            cue = Cue(row.form)
            phrases = {phrase for key in row.opens for phrase in vocabulary().phrases(f"cues.{key}")}
            for head in {*row.heads, *(word for phrase in phrases for word in first_words(phrase, WORD_ENDS))}:
                table.setdefault(head, []).append((row.kind, cue))
        return table

    def __getitem__(self, word: str) -> Sequence[tuple[Furniture, Cue]]:
        return self.found[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


WORD_ENDS = " \t\u3000\xa0:：|(（【[!,.…»>"  # where FIRST_WORD ends
DAY_AHEAD = rf"\d{{1,4}}(?:[-/.:]\s?\d|<dates.year-marks>\s?\d|(?:<cues.day-number-ends>)?[.,]? (?:<dates.of> )?{ANY_MONTH}|<cues.number-ends>| ?<cues.time-units>)"
BEFORE_STATED = rf"(?:<cues.before-stated-day> |{WEEKDAY} ?)?"
STATED_AHEAD = rf"(?={BEFORE_STATED}(?:{ANY_MONTH}\s|{DAY_AHEAD})|(?:{WEEKDAY}|<cues.relative-days>)\b.{{0,20}}\d)"
PUBLISHER = r"(?: <cues.by> (?:[\w.-]+ ){1,4}?<cues.before-day>)?(?: <cues.by:en> [\w .-]{2,40})?"
ON = "<cues.changed-on:en>"
PUBLISHED = (
    rf"<cues.publication-verbs>(?: <cues.time-links>)*+{PUBLISHER}\s?(?:[:：](?: {ON})?\s*(?=.{{0,60}}\d)|(?: {ON}|,)?\s*{STATED_AHEAD})"
)
DATED = r"(?:<cues.last-changed>(?: <cues.changed-on>)?\s?[:：]?|<cues.date-labels>(?:\s?[:：]|(?= \d)))"
SHARED = r"<cues.share-controls>(?: <cues.shared-things>)*(?: <cues.shared-matter>)?"
FONT_SIZE = r"<cues.font-sizes>(?: <cues.size:en>)?\s?[:：]?\s*(?:(?:<cues.font-size-names>|[a\u0430smlx+|/-][-+]*+)[\s|/]*+)*+"
CONTROLS = rf"(?:<cues.page-controls>|{FONT_SIZE})"
ADVERTISED = r"<cues.advertisements>\s?[:：.]?(?: [-–—|·•].{0,80})?$"
PAGE_NUMBERS = (
    r"<cues.page-words>\s?[:：]?\s?\d{1,3}(?:\s?(?:<cues.of-pages>|/)\s?\d{1,3})?$",
    r"<cues.page-turns>(?: (?:<cues.turned-things>|»|›|>+|→|\||/|\d{1,3}))*\s?[»›>→]*$",
    r"[«‹<]*\s?(?:<cues.to-first>)?\s?1(?:\s+\d{1,3}){1,}(?:\s+(?:…|\.{3}|\d{1,4}))*+(?:\s|<cues.to-next>|»|›|>|→)*+$",
    r"«\s?<cues.backwards>.{0,40}$",
    r"<<?\s*(?:<cues.backwards>|\d|\^).{0,40}$",
    r"<cues.page-words>:(?: \d+)+.{0,20}$",
)
# Parts that the phrases of cues refer to in angle brackets.
PARTS_OF_CUES = {
    "blank": r"\s?",
    "blanks": r"\s*",
    "colon": r"[:：]?",
    "word": r"\w+",
    "digit": r"\d",
    "item": r"\S+",
    "letter": "[A-Z]",
    "letters": "[a-z]+",
    "capital": "(?-i:[A-Z])",
    "inside": r"[^)]*",
    "place": r"[\w ]{2,24}",
    "back-target": r"(?-i:(?!<cues.no-back-targets>)\w[\w ]{2,24})",
    "names": r"[\w .,;’'-]{2,80}",
    "via-name": r"[\w ]{2,30}",
    "saved": r"(?: <cues.saved-things>)*",
    "downloaded": r"(?: (?:<cues.downloaded-as> )?<cues.downloaded-things>)*",
    "sizes": r"(?: a[-+]?)*+",
    "subscribed": r"(?! <cues.behind-subscribed:en>)(?:(?! <speech.says:en>\b).){0,140}",
    "end": "$",
}
# The first entry that matches decides. A pattern must match the whole line without the marks around it (<…>, […], bullets).
CUES = CueTable((
    CueRow("publication-line", ("publication-verbs",), PUBLISHED + r".{4,130}$"),
    CueRow("publication-line", ("page-dates",), r"<cues.page-dates>$"),
    CueRow("publication-line", ("last-changed", "date-labels"), DATED + r"\s*(?=.{0,60}\d{4}|\d)(?:(?!(?<!\d)\. [A-Z]).){4,110}$"),
    CueRow("subscription", ("mail-alerts",), r"<cues.mail-alerts>$"),
    CueRow("share", ("opened-links",), r"<cues.opened-links>$"),
    CueRow("share", ("share-verbs",), r"<cues.share-verbs> <cues.share-links> <cues.sites>\b(?: ?\([^()]{2,40}\)?)?$"),
    CueRow("share", ("page-tools",), r"<cues.page-tools>$"),
    CueRow("contact", ("press-contacts",), r"<cues.press-contacts>\s?[:：].{2,100}$"),
    CueRow("read-also", ("also-in",), r"<cues.also-in> (?-i:(?:[A-Z][\w’\'-]*|<cues.also-in-small:en>)(?: |$)){1,4}$"),
    CueRow("menu", ("language-names",), r"<cues.language-names> \([a-z]{2}\)?$"),
    CueRow("contact", ("media-contacts",), r"<cues.media-contacts>$"),
    CueRow("copyright", ("media-information",), r"<cues.media-information>$"),
    CueRow("comments", ("new-comments",), r"<cues.new-comments>$"),
    CueRow("menu", ("keyword-headings",), r"<cues.keyword-headings>$"),
    CueRow("publication-line", ("tagged",), r"<cues.tagged>\s?[\w’' -]{2,40}(?:, [\w’' -]{2,40}){0,12}$"),
    CueRow("publication-line", ("page-editors",), r"<cues.page-editors>\s?[A-Z][\w .,’'-]{1,60}$"),
    CueRow("comments", ("page-feedback",), r"<cues.page-feedback>$"),
    CueRow("copyright", ("content-terms",), r"<cues.content-terms>$"),
    CueRow("read-also", ("related-now",), r"<cues.related-now>\s?:?$"),
    CueRow("read-also", ("official-pages",), r"<cues.official-pages>$"),
    CueRow("mail-header", ("mailbox-words",), r"<cues.mailbox-words> \S+@\S+ <cues.mail-days> \w{3} [ \d]\d \d\d:\d\d:\d\d.{0,30}$"),
    CueRow("subscription", ("get-the-latest",), r"<cues.get-the-latest>$"),
    CueRow("publication-line", ("received",), r"<cues.received>(?: <cues.received-on>)?\s?[:：]?\s?(?=.{0,30}\d{4}).{0,40}(?:; <cues.revised>\b.{0,60})?$"),
    CueRow("publication-line", ("doi",), r"<cues.doi>$"),
    CueRow("publication-line", ("addresses",), r"<cues.addresses>$"),
    CueRow("subscription", ("walls",), r"<cues.walls>\b.{0,80}$"),
    CueRow("subscription", ("reserved-matter", "articles-left"), r"<cues.reserved-matter>\b.{0,20}<cues.reserved>\b|<cues.articles-left>"),
    CueRow("advertisement", ("continued-below",), r"<cues.continued-below>$"),
    CueRow("comments", ("calls-for-comments",), r"<cues.calls-for-comments>$"),
    CueRow("share", ("reading-times",), r"<cues.reading-times>\s?[:：]?\s?(?:<cues.about> )?\d{1,3}\s?min.{0,12}$"),
    CueRow("read-also", ("see-also",), r"<cues.see-also>" + LEAD + r".{0,160}$"),
    CueRow("share", ("share-page",), r"<cues.share-page>$"),
    CueRow("comments", ("page-helpful",), r"<cues.page-helpful>$"),
    CueRow("share", ("listen",), r"<cues.listen>$"),
    CueRow("publication-line", ("editorial-sections",), r"<cues.editorial-sections>$"),
    CueRow("caption", ("enlarge",), r"<cues.enlarge>$"),
    CueRow("menu", ("back-to",), r"<cues.back-to>$"),
    CueRow("share", ("download-verbs",), r"<cues.download-verbs>\b.{0,60}\((?:pdf|docx?|odt|rtf|zip)\b[^()]{0,40}$"),
    CueRow("publication-line", ("reporters",), r"<cues.reporters>$"),
    CueRow("publication-line", ("source-labels", "via"), r"(?:<cues.source-labels>\s?[:：]\s*(?:(?!\. ).){1,110}|<cues.via>)$"),
    CueRow("publication-line", ("editor-labels",), r"<cues.editor-labels>\s?[:：]?\s*(?:(?!\b<cues.no-editors>\b)(?:(?<=\b(?-i:[A-Z]))\.|[^.!?])){2,90}$"),
    CueRow("publication-line", ("view-counts",), r"<cues.view-counts>\s?[:：]?\s*\d[\d.,kK]*(?: ?min\w*)?$"),
    CueRow("share", ("share-controls",), SHARED + r"(?: <cues.shared-by>(?: \w+)?)?\s?[:：|-]?\s*(?:<cues.shared-with>(?!\w)[|,/·•+\s]*+)*+$"),
    CueRow("share", ("page-controls", "font-sizes"), CONTROLS + r"(?:[\s|·•/,]*+(?:<cues.more-controls>|a[-+]*+|\+|-)(?!\w))*+[\s|]*$"),
    CueRow("menu", ("official-sites",), r"<cues.official-sites>$"),
    CueRow("share", ("click-to",), r"<cues.click-to>$"),
    CueRow("share", ("back-to-top",), r"<cues.back-to-top>$"),
    CueRow("read-also", ("related",), r"<cues.related>" + LEAD + r".{0,200}$"),
    CueRow("read-also", ("other-texts", "others"), r"(?:<cues.others> <cues.other-kinds>(?: [\w-]+)?|<cues.other-texts>)$"),
    CueRow("read-also", ("related-abroad",), r"<cues.related-abroad>" + LEAD + r".{0,200}$"),
    CueRow("read-also", ("next-title",), r"<cues.next-title>\s?[:：].{2,160}$"),
    CueRow("pagination", ("next-page",), r"<cues.next-page>$"),
    CueRow("share", ("cite-and-report",), r"<cues.cite-and-report>$"),
    CueRow("publication-line", ("embargo",), r"<cues.embargo>\b.{0,80}$"),
    CueRow("contact", ("media-questions",), r"<cues.media-questions>$"),
    CueRow("advertisement", ("advertisements", "advertisement-labels"), ADVERTISED + r"|<cues.advertisement-labels>\s?[:：|–—-]\s?\S.{0,160}$"),
    CueRow("subscription", ("subscriptions",), r"<cues.subscriptions>$"),
    CueRow("comments", ("ratings",), r"<cues.ratings>$"),
    CueRow("publication-line", ("content-types",), r"<cues.content-types>\s?[:：]\s?(?:(?!\. ).){1,100}$"),
    CueRow("read-also", ("list-counts",), r"<cues.list-counts>$"),
    CueRow("publication-line", ("section-labels", "filed-under"), r"<cues.section-labels>\s?[:：]\s?(?:(?!\. ).){1,160}$|<cues.filed-under>$"),
    CueRow("share", ("post-to",), r"<cues.post-to>$"),
    CueRow("comments", ("comment-lines",), r"<cues.comment-lines>[!.]?$"),
    CueRow("menu", ("searches",), r"<cues.searches>(?: <cues.search-buttons>)?$"),
    CueRow("pagination", ("next-texts",), r"<cues.next-texts>$"),
    CueRow("comments", ("comment-fields",), r"<cues.comment-fields> \(<cues.required>\)?(?: ?\(.{2,60})?$"),
    CueRow("comments", ("comment-forms",), r"<cues.comment-forms>$"),
    CueRow("comments", ("comment-notices",), r"<cues.comment-notices>$"),
    CueRow("subscription", ("paid-articles",), r"<cues.paid-articles>$"),
    CueRow("share", ("friends",), r"<cues.friends>$"),
    CueRow("comments", ("helpful",), r"<cues.helpful>$"),
    CueRow("menu", ("show-original",), r"<cues.show-original>$"),
    CueRow("pagination", ("page-words", "page-turns"), "|".join(PAGE_NUMBERS), ("«", "<", "1", "part")),
    CueRow("copyright", ("disclaimers",), r"<cues.disclaimers>$"),
    CueRow("list-footer", ("mailing-lists",), r"<cues.mailing-lists>$"),
))  # fmt: skip
CHINESE_NOTES = (
    r"<page.note-labels>[:： /].{0,120}",
    r"<page.notes>",
    r"<page.editors>[ :：/][^，。]{2,40}",
    r"<page.sources>[:：].{0,60}",
    r"\(?<page.origins>.{0,80}",
)
CHINESE = pattern(rf"[（(【\[]?(?:{'|'.join(CHINESE_NOTES)})$")
CHINESE_SHARE = pattern(r"[【\[（(]?<page.share-lines>(?:[\s:：|/、·\u3000【】\[\]()（）]*(?:<page.share-buttons>|[AT][+-]?))*+[】\]）)]?$")
CHINESE_RELATED = pattern(r"[【\[]?<page.related-lines>[】\]]?(?:[:：].{0,120}|>*)?$")
CHINESE_MENU = pattern(r"<page.menu-lines>$")
MAIL_HEADER = pattern(r"<page.mail-headers>:[ \t]", rest=r"[\w-]+")
LIST_MARKS = r"[_=*]{8,}|-{20,}|#\s{2}<page.list-channels:en>.{0,80}|#\s{2}.{0,90}|-{3,} ?<page.forwarded-ends:en> ?-{0,}"
LIST_ADDRESSES = (
    r"\S+@lists?\.\S+$|\S+@\S+\.\S+$|https?://\S*(?:listinfo|mailman|lists?[./]|options)\S*|.{0,40}(?:listinfo|mailman)\S*.{0,20}"
)
LIST_FOOTER = pattern(rf"(?i)(?:{LIST_MARKS}|.{{0,60}}\b<page.mailing-list:en>$|{LIST_ADDRESSES}|<page.list-ends:en>\b.{{0,40}})$")
FORWARDED = pattern(r"(?i)-{2,}\s*<page.forwarding-marks>\s*:?\s*-*$|<page.forwarding-begins:en>:$")
READ_ON = pattern(
    r"(?i)(?:<page.read-on>|\[?\+\d+ <lines.cut-off:en>\]?)\s*(?:\.{3}|…|»|›|>+|→|>>)?(?:\s*<page.more:en>(?:\s*[»›>→]+)?)*\s*$"
)
COUNTERS = pattern(
    r"(?i)(?:\d[\d.,]*\s?(?:k\s?)?<page.counted>(?: <page.so-far:en>)?|<? ?\d+ <page.minutes-to-read:en>)"
    r"(?:\s*(?:[|·•,/]\s*)?\d[\d.,]*\s?(?:k\s?)?<page.counted-things:en>)*$"
)
LABELLED_COUNT = pattern(r"(?i)\b(?:\d+|<page.no:en>) <page.comments:en>\b")
END_MARK = pattern(
    r"(?i)(?:(?-i:<page.end-marks:en>|-30-|#{3}|(?:# ){2,}#|-? ?30 ?-)$|[-–—*#=~]{2,}\s?<page.end-words:spaced>\s?[-–—*#=~]{2,}|[（(]<page.end-words:dense>[）)])$"
)
RULE = pattern(r"[-_=*~#.·•+\s—–|]{3,}$")
PARTS = pattern(r"\s*(?:[|│▸】·•»›→]|::|\s\*\s|\.\s|\s/\s|/(?=[A-Z\u4e00-\u9fff])|\]\s*\[|\s[-–—]\s|\t|\u3000+|\s{2,}|,\s|>>)\s*")
PARTS_OF_STAMP = pattern(r"\s*\|\s*|\s{3,}")
AROUND = " \t\u3000\xa0<>[]()（）【】•·*»›▪‣|-–—~:：^"
BARS = pattern(r"\||│|·|::|▸|】|\s\*\s|\S {3,}\S.* {3,}\S")
SYMBOLS = pattern(r"[\u2190-\u21ff\u2300-\u23ff\u25a0-\u25ff\u2600-\u27bf\u2630\u2261\U0001f300-\U0001faff«»‹›⌕]")
POINTS = "●■◆○□▪◦‣►▷▸➢➤➔➜➝➡→⇒✓✔✅☑☐☒✗✘★☆❖◇◈❑❒♦▢▣◼◻🔹🔸👉"  # at the start of list items, and of buttons
FIELDS = Words("page.form-fields")
BUTTONS = pattern(r"(?:\[[^\]]{1,40}\]\s*){2,}$")
TICKER = pattern(r"(?:\*\*\*|\+\+\+) \S.* (?:\*\*\*|\+\+\+)")
HOME = Words("page.home")
FIRST_WORD = pattern(r"[^\s:：|(（【\[!,.…»>]+")
LONGEST = 400  # code points of the longest line that may be furniture
FORUM_LINK = pattern(r" ?\[url=[^\]\[]{0,200}\][^\[]{0,120}\[/url\]", re.IGNORECASE)
BEHIND_A_SENTENCE = pattern(r"(?<=[.!?”\"]) (?P<words>[a-z][^!?]{6,150}?)(?=$| [A-Z][a-z]+ [a-z])")
SPAM_WORD = pattern("<page.spam>")
