"""Furniture that is known by its form: counts, buttons, threads of a forum, columns of a menu, links to the texts beside."""

from __future__ import annotations

import re

from normbook.languages.calendar_words import DATE
from normbook.page.patterns import Furniture

COUNTED = re.compile(
    r"(?:[^():]{2,40}: ?)?(?:[^\W\d_][^():|,]{0,31}\(\d{1,6}\)(?:\s{2,}|\s?[|·•]\s?|$)){3,}$"
)  # "Networks (7)  Ports (4)  Ships (11)"
BUTTON = re.compile(r"\[ [^\]\[]{1,30} \]|(?<=\S {2})\[ ?\]|\(o\).*(?:\(o\)|\( \))")
FIELD = re.compile(r"\[[^\]\[\d]{2,30}\](?: \[[^\]\[\d]{2,30}\])+$")
THREAD = re.compile(rf"(?i)\s*[+|>-]+ .{{1,120}}\((?:[^()]{{1,40}}, )?{DATE},? \d{{1,2}}:\d\d\)$")
BESIDE = re.compile(r"(?:<<|«|‹|←|◀)\s?\S.{2,90}\s{2,}.{2,90}\S\s?(?:>>|»|›|→|▶)$")
COLUMNS = re.compile(r"\S(?: {2,}|\t)\S")
CALL = re.compile(
    r"(?i)[^\d(].{0,100}[.!?:–-] (?:book|reserve|order|buy|shop) (?:(?:a|your|our|yours|the|now|today|here|online)\b ?){1,3}(?:viewing|seat|tickets?|table|copy)?[!»>]?$|"
    r".{0,60}\b(?:sign|join|register|subscribe|click|enrol) (?:up |on )?here[.!»>]?$"
)
VERBS_OF_SALE = ("book", "reserve", "order", "buy", "shop")
LICENCE = re.compile(
    r"(?i)\b(?:re-?use|reproduction|reprinting|republication)\b.{0,30}\b(?:with|provided|if|on condition|subject to)\b.{0,40}\b(?:source|acknowledg\w+|credit\w*|attribution|author)\b|\b(?:texts?|content|material|site) (?:is |are )?(?:available |published |licensed )?under (?:a|an|the)\b.{0,30}\blicen[cs]e\b"
)
PRESENCE = re.compile(
    r"(?i)(?:at present|currently|now|online|who['’]s online)\b.{0,20}\b\d+ (?:guests?|visitors?)\b.{0,12}\b\d+ (?:members?|users?)\b.{0,40}$|you are visitor (?:no|number|#).{0,120}$|.{0,60}\bbest viewed (?:with|at|in|using)\b.{0,60}$|"
    r"only (?:registered|logged-in) (?:users|members) (?:can|may) (?:write|post|comment|reply|download)\b.{0,120}$"
)
RANGE = re.compile(
    r"(?i)(?:showing|displaying|viewing|results?|entries|items)[: ]+\d+\s?(?:[-–—]|to)\s?\d+ (?:of|from|out of) (?:about )?\d[\d,.]*\b.{0,60}$"
)
SIZES = re.compile(r"(?i)\b[\w-]+\.(?:pdf|docx?|rtf|odt|txt|zip|mp3|epub)\b ?\(\d[\d.,]* ?[kmg]i?b\)")
CONSENT = re.compile(
    r"(?i)by (?:joining|signing up|subscribing|continuing|registering|clicking|proceeding|using)\b[^.]{0,40}\byou (?:accept|agree|consent|confirm)\b.{0,120}$"
)
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
