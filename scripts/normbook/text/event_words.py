"""Words near a date that reveal what happened on it: verbs of saying and doing, plans, publication, signature."""

from __future__ import annotations

import re

from normbook.languages.calendar_words import ANY_MONTH, DATE, WEEKDAY
from normbook.languages.language import pattern
from normbook.text.lines import HAN_DAY
from normbook.text.offices import SAID

DONE = "<events.done>"
FRENCH_PERFECT = r"<events.auxiliaries:fr>(?: [a-zà-ÿ]+){0,2} (?:[a-zà-ÿ]{2,}<events.participle-ends:fr>|<events.participles:fr>)"
ITALIAN_PERFECT = r"<events.auxiliaries:it> (?:[a-zà-ÿ]+ )?[a-zà-ÿ]+<events.participle-ends:it>"
ACTS = pattern(rf"(?i)\b(?:{SAID}|{DONE}|{FRENCH_PERFECT}|{ITALIAN_PERFECT}|<events.acts:spaced>)\b|<events.acts:dense>", word=r"\w+")
PRESENT_ACT = pattern(r"(?i)\b<events.present-acts>\b")  # an act of the day of the text itself, next to "today"
SOME_WORDS = r"(?:[\w’']+\s){0,8}"
# a Chinese "will" is also the end of the name of a meeting
NO_MEETING = "(?:(?!<events.will:dense>)|(?<!<events.before-meeting:dense>)(?<!<events.before-meeting-short:dense>))"
LATER = rf"<events.before-days-ahead>\s(?!{SOME_WORDS}<events.on>(?: <grammar.definite-articles:en>)?\s$)"
AHEAD = pattern(rf"(?i)\b(?:<events.ahead:spaced>\s|{LATER}){SOME_WORDS}$|{NO_MEETING}<events.ahead:dense>[^，。]{{0,12}}$")
# around the first day of a span of time
SPAN_HEAD = pattern(r"<events.span-heads:dense>$")
SPAN_TAIL = pattern(r"<events.span-tails:dense>")
SPOKEN = pattern(r"(?i)\W*<events.spoken-titles:spaced>\b|.{2,60}<events.spoken-titles:dense>$")
CONVERSED = pattern(r"(?i)^\W*<events.transcript-titles>\b|\b<events.conversations:spaced>\b|<events.conversations:dense>", word=r"\w+")
SIGNED = pattern(r"(?i)^[\W_]*<events.signed>\b[^.]{0,120}?$|^<events.signed-at>\b")
PUBLISHED = pattern(r"(?i)<events.published>|\b<events.on:en> \d")
UPDATED = pattern(r"(?i)<events.updated>")
# the label of a press release: its date is that of publication, not of the event
RELEASED = pattern(r"(?i)\W*<events.release-labels>(?!\w)")
SAID_NEAR = pattern(rf"\b{SAID}\b")
# a verb of saying directly before a day: "said on Friday"
SAID_ON = pattern(rf"(?i)\b(?:{SAID}|<events.acts:spaced>)(?: <events.on>)? $", word=r"\w+")
SENTENCE = pattern(r"(?<=[a-zà-ÿ\u0430-\u044f\u0451-\u045f0-9)”\"’»][.!?]) (?=[A-ZÀ-Þ\u0401-\u042f“\"«])|(?<=[。！？])")
# an event that took place: no verb of doing is needed
TOOK_PLACE = pattern(r"(?i)\b<events.took-place>\b(?: \w+){0,2} <events.took-place-on> $")
MET = pattern(r"(?i)\b<events.meetings:spaced>\b|<events.meetings:dense>")
# a line of a place and a date alone: below a title where and when a speech was given, at the end where and when a text was signed
PLACE_NAME = r"(?-i:[A-ZÀ-Þ\u0410-\u042f])[\w’'.-]*"
NO_PLACE = rf"(?!{WEEKDAY}|<events.no-places>\b|[^,]*\b<events.publishers>\b)"
BEFORE_DAY = rf"(?:<events.day-articles> )?(?:{WEEKDAY},? (?:<events.day-articles> )?)?"
PLACE_AND_DAY = pattern(
    rf"(?i)[\W_]*{NO_PLACE}(?P<place>{PLACE_NAME}(?: (?:{PLACE_NAME}|<events.place-particles>)){{0,4}})"
    rf"(?:, {BEFORE_DAY}| <events.bare-day-articles> )(?P<day>{DATE})[\W_]*$"
)
# what was done on the Chinese day at the start of a sentence: a verb with the mark of a completed act
DONE_HAN = pattern(r"[\d\u4e00-\u9fff]{0,8}，(?:(?!<events.not-completed:dense>)[^，。]){2,24}?<events.completed:dense>(?=[^，。]{2})")
MOST_STOPS = 2  # words with a full stop: with so many it is an abbreviated title, "Harb. Rev. Lett., 3 May 2021"
OF_DAY = pattern(r"[\d\u4e00-\u9fff]")  # every date has a digit or is written in Chinese


def place_and_day(row: str) -> re.Match[str] | None:
    """A line of a place and a date alone, None for any other line."""
    found = PLACE_AND_DAY.match(row) if OF_DAY.search(row) else None
    return found if found and sum(word.endswith(".") for word in found["place"].split()) < MOST_STOPS else None


# a place and a date in either order before a dash or colon at the start of a paragraph: when it was written, not when the event was
BARE_DAY = rf"(?:{DATE}|{ANY_MONTH} \d{{1,2}}|\d{{1,2}}\.? {ANY_MONTH})"
LIKE_DATELINE = pattern(
    rf"(?i)\s*[\[(]?(?:[^.!?,]{{2,30}}, ){{0,2}}{BARE_DAY}(?:, [^.!?,]{{2,30}}| ?\([^()]{{2,40}}\))?(?:[\])]|:| ?--| ?[–—]| -)(?= )"
)
RUSSIAN_YEAR = r"(?: \d{4}(?: <page.year-ends:ru>)?)?"
# a Russian dateline: a place, a date and an agency, each followed by a full stop
BETWEEN_STOPS = pattern(
    rf"(?P<place>[\u0410-\u042f][\w-]+)\. (?P<day>\d{{1,2}} {ANY_MONTH}{RUSSIAN_YEAR})\.? (?P<agency>[A-Z\u0410-\u042f][A-Z\u0410-\u042f. -]{{2,20}}?)(?: ?[-–—]|\.)(?= )"
)
# another, of capitals, with a dash before the agency
BEFORE_AGENCY = pattern(
    rf"(?P<place>[\u0410-\u042f][\u0410-\u042f-]+), (?P<day>\d{{1,2}} {ANY_MONTH}{RUSSIAN_YEAR}\.?)(?: ?[-–—]) (?P<agency>[\u0410-\u042f][^.,()\d]{{2,24}})\.(?= )"
)
# a Chinese dateline, in which the place may be missing
HAN_OPENER = pattern(rf"\s*[（(【]?[\u4e00-\u9fff]{{2,12}}?{HAN_DAY}<lines.telegram>(?:[（(][^（）()]{{2,20}}[)）])?")
# a date in brackets on its own line, perhaps with a place: when the words above were spoken
BRACKETED = pattern(rf"[（(][^（）()]{{0,12}}{DATE}[^（）()]{{0,16}}[)）]$")
# an act that a text cites with its day: "Regulation 2016/1 of 27 April 2016", a clause about it, a Chinese attribute behind it
CITED = pattern(r"(?i)\b<events.cited-acts>(?: [^\s;]{1,30}){0,10},? <events.cited-by> (?:<dates.articles> )?$")
NO_PASSIVE = r"(?!<events.passive-auxiliaries>\b)"
CITED_BY_PARTICIPLE = pattern(
    rf"(?i)\b<events.cited-acts>(?: {NO_PASSIVE}[^\s;]{{1,30}}){{0,2}},? <events.attributive-participles> (?:<events.on> )?(?:<dates.articles> )?$"
)
REPEALED = pattern(r"(?i)\W*<events.repealed:spaced>\b|[^\n]{0,40}<events.repealed:dense>")  # the note of a later act that ended this one
DATED_ACT = pattern(r"(?i)\W*(?:\w+ ){0,2}<events.dated-acts>\b")  # a title that is the name of an act, with its day
RELATIVE_CLAUSE = pattern(r"(?i)\b<events.relatives> [^,;.]{0,120}$")
ATTRIBUTIVE = pattern(r"[^，。；]{0,10}<events.attributive-acts>")
BIOGRAPHY = pattern(r"(?i)\b<events.births:spaced>\b|<events.births:dense>")  # whose days are those of a life
# those whom a speech addresses
SALUTATION = pattern(r"(?i)\W*<events.salutations>(?!\w)")
