"""People named with an office in Chinese: the office, then the name, then a verb or punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normbook.extraction.people.finder import Speaker
from normbook.languages.language import pattern, simplified

ROLE = "<people.roles:zh>"
# Chinese surnames, and the characters that transcribe foreign names.
SURNAME = "<people.surnames:zh>"
SOUND = "<people.sound-characters:zh>"
SAID_HAN = r"(?:<speech.said:zh>|(?<!<speech.not-before-ask>)<speech.ask>)"
FOLLOWS = rf"(?:{SAID_HAN}|<people.address-forms>|<people.after-name>|[，。、：；！？（）“”《》 \d(]|\n|$)"
NO_NAME = "(?!<people.no-name-starts>|<people.roles:zh>)"
FOREIGN_NAME = rf"{SOUND}{{1,6}}[·・∙•‧](?:{SOUND}|[·・∙•‧]){{1,12}}?"
NAMED = pattern(
    rf"(?P<role>{ROLE})(?:[、,](?![\u4e00-\u9fff]{{2,16}}{ROLE}))?{NO_NAME}(?P<name>{FOREIGN_NAME}|{SURNAME}[\u4e00-\u9fff]{{1,2}}?|{SOUND}{{2,6}}?)(?={FOLLOWS})"
)
BEFORE = pattern(
    rf"(?<!<people.before-things>)(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}})(?:，|（|\()(?!<people.pronouns>)(?P<office>[\u4e00-\u9fff]{{0,14}}{ROLE})(?=[，）)])"
)
# "Zhang San, Mr (China):", a speaker's label in records of the United Nations
LABELLED = pattern(r"\s*(?P<name>[\u4e00-\u9fff·・]{1,12}?)<people.address-forms>(?:[（(][^（）()]{1,20}[）)]){1,2}[：:]")
# "Zhang San, member:", a label in records of parliaments, perhaps behind the number of a question and before a note ("translation")
MEMBER = pattern(
    rf"\s*(?:\d{{1,2}}[.、．]\s?)?(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,3}})(?P<office><dialogue.member-titles>)(?:\s?[（(][^（）()]{{1,8}}[）)]\s?)?[：:]"
)
DELEGATE = pattern(
    rf"(?:^|(?<=[\u3002\uff0c\s]))(?P<name>[\u4e00-\u9fff·・]{{1,12}}?)<people.address-forms>[（(][^（）()]{{1,20}}[）)]{SAID_HAN}"
)  # summary records
# a member or a doctor, only before a verb of saying
MEMBER_SAID = pattern(
    rf"(?P<office><people.member-roles>)(?!<people.no-member-names>)(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}}?)(?={SAID_HAN})"
)
OFFICE = re.compile(r"[\u4e00-\u9fff]{0,14}\Z")
CUTS = pattern(r".*(?:<people.before-office>(?!<people.no-cut-before>)|<people.toward>(?!<people.abroad>))")
VERB = pattern(SAID_HAN)
NEAR = 14  # code points after a name in which its verb is looked for


def people_in_han(row: str) -> Iterator[Speaker]:
    """The people that a line of Chinese names with an office, with their verbs of saying; traditional characters count as simplified ones.

    Wrong when a word after an office looks like a name (the character of a surname and one or two more before a verb).

    >>> [(s.name, s.office, s.verb) for s in people_in_han("外交部发言人毛宁表示，各国应当合作。港口部长会议在北京举行。")]
    [('毛宁', '外交部发言人', '表示')]
    """
    plain = simplified(row)
    if label := LABELLED.match(plain):
        name = row[slice(*label.span("name"))]
        yield Speaker(name, "", label.start("name"), label.end("name"))
    if member := MEMBER.match(plain):
        yield Speaker(row[slice(*member.span("name"))], row[slice(*member.span("office"))], member.start("name"), member.end("office"))
    for match in DELEGATE.finditer(plain) if "\uff08" in plain or "(" in plain else ():
        yield Speaker(row[slice(*match.span("name"))], "", *match.span("name"))
    for match in NAMED.finditer(plain):
        before = OFFICE.search(plain, max(0, match.start("role") - 14), match.start("role"))
        words = CUTS.sub("", before[0]) if before else ""
        start = match.start("role") - len(words)
        name = row[slice(*match.span("name"))]
        yield Speaker(name, row[start : match.end("role")], start, match.end(), _verb_behind(row, plain, match.end()))
    for match in MEMBER_SAID.finditer(plain):
        yield Speaker(
            row[slice(*match.span("name"))], row[slice(*match.span("office"))], *match.span(), _verb_behind(row, plain, match.end())
        )
    for match in BEFORE.finditer(plain):
        name, first = row[slice(*match.span("name"))], match.end("office") - len(CUTS.sub("", match["office"]))
        yield Speaker(name, row[first : match.end("office")], *match.span(), _verb_behind(row, plain, match.end()))


def _verb_behind(row: str, plain: str, end: int) -> str | None:
    """The verb of saying soon after an offset, as written."""
    verb = VERB.search(plain, end, end + NEAR)
    return row[slice(*verb.span())] if verb else None
