"""Furniture that is known by its form: counts, buttons, threads of a forum, columns of a menu, links to the texts beside."""

from __future__ import annotations

import re

from normbook.languages.language import Words, pattern
from normbook.text.cues import DATE, Furniture

COUNTED = re.compile(
    r"(?:[^():]{2,40}: ?)?(?:[^\W\d_][^():|,]{0,31}\(\d{1,6}\)(?:\s{2,}|\s?[|·•]\s?|$)){3,}$"
)  # "Networks (7)  Ports (4)  Ships (11)"
BUTTON = re.compile(r"\[ [^\]\[]{1,30} \]|(?<=\S {2})\[ ?\]|\(o\).*(?:\(o\)|\( \))")
FIELD = re.compile(r"\[[^\]\[\d]{2,30}\](?: \[[^\]\[\d]{2,30}\])+$")
THREAD = pattern(rf"(?i)\s*[+|>-]+ .{{1,120}}\((?:[^()]{{1,40}}, )?{DATE},? \d{{1,2}}:\d\d\)$")
BESIDE = re.compile(r"(?:<<|«|‹|←|◀)\s?\S.{2,90}\s{2,}.{2,90}\S\s?(?:>>|»|›|→|▶)$")
COLUMNS = re.compile(r"\S(?: {2,}|\t)\S")
CALL = pattern(
    r"(?i)[^\d(].{0,100}[.!?:–-] <page.verbs-of-sale> (?:<page.things-for-sale>\b ?){1,3}(?:<page.sold>)?[!»>]?$|"
    r".{0,60}\b<page.join-here> (?:up |on )?here[.!»>]?$"
)
VERBS_OF_SALE = Words("page.verbs-of-sale")
LICENCE = pattern(
    r"(?i)\b<page.licence-acts>\b.{0,30}\b<page.licence-conditions>\b.{0,40}\b<page.licence-credits>\b|\b<page.licensed>\b.{0,30}\blicen[cs]e\b",
    word=r"\w+",
)
PRESENCE = pattern(r"(?i)<page.presence>\b.{0,20}\b\d+ <page.guests>\b.{0,12}\b\d+ <page.members>\b.{0,40}$|<page.site-notes>$")
RANGE = pattern(r"(?i)<page.range-labels>[: ]+\d+\s?(?:[-–—]|to)\s?\d+ <page.range-links> (?:about )?\d[\d,.]*\b.{0,60}$")
SIZES = re.compile(r"(?i)\b[\w-]+\.(?:pdf|docx?|rtf|odt|txt|zip|mp3|epub)\b ?\(\d[\d.,]* ?[kmg]i?b\)")
CONSENT = pattern("(?i)<page.consents>$", sentence="[^.]{0,40}")
LONGEST_COLUMN, LEAST_COLUMNS = 22, 4


def by_form(row: str, low: str) -> Furniture | None:
    """What a line says of the page by its form, None for one that may be prose, a title or a table.

    >>> by_form("Ports (4)  Ships (11)  Buoys (2)", ""), by_form("Would you pay?  (o) yes  (o) no  [ Vote ]", ""), by_form("[Laughter] He paused.", "")
    ('menu', 'menu', None)
    """
    end = row.rstrip()[-1:]
    if end == ")" and len(row) < 240:
        if COUNTED.match(row.strip()):
            return "menu"
        if SIZES.search(row):
            return "share"
        if THREAD.match(row):
            return "comments"
    elif end in ">»›→▶" and len(row) < 240 and BESIDE.match(row.strip()) and "»" not in row[:-1]:
        return "pagination"
    if ("[" in row or "(o)" in row) and len(row) < 200 and end not in ".!;," and (BUTTON.search(row) or FIELD.search(row)):
        return "menu"
    if len(row) < 160:
        if ("here" in low[-8:] or any(map(low.__contains__, VERBS_OF_SALE))) and CALL.match(row.strip()):
            return "subscription" if "here" in low[-8:] else "advertisement"
        if _is_columns(row):
            return "menu"
    return _by_phrase(row, low)


def _by_phrase(row: str, low: str) -> Furniture | None:
    """What words of the page's own say anywhere in a line."""
    if ("guest" in low or "visit" in low or "viewed" in low or low.startswith("only ")) and PRESENCE.match(row.strip()):
        return "comments"
    if (" of " in low or " from " in low) and RANGE.match(row.strip()):
        return "pagination"
    if low.startswith("by ") and CONSENT.match(row.strip()):
        return "subscription"
    if ("licen" in low or "reuse" in low or "re-use" in low or "repro" in low or "repu" in low) and len(row) < 200 and LICENCE.search(row):
        return "copyright"
    return None


def columns(row: str) -> int:
    """How many columns of a menu or a table a row holds, 0 if it is none."""
    return len([part for part in re.split(r" {2,}|\t", row.strip()) if part]) if _is_columns(row) else 0


def _is_columns(row: str) -> bool:
    """True for a row of short names set apart by spaces, each opening with a capital, without a number: the menu of a site."""
    if ("  " not in row and "\t" not in row) or not COLUMNS.search(row) or row.rstrip()[-1] in ".;:,!?":
        return False
    parts = [part for part in re.split(r" {2,}|\t", row.strip()) if part]
    return len(parts) >= LEAST_COLUMNS and all(
        len(part) <= LONGEST_COLUMN and part.count(" ") < 3 and part[0].isupper() and not any(map(str.isdigit, part)) for part in parts
    )
