"""The kind of page furniture that a single line is, judged by its own words and form, and spam that was inserted into a copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from normbook.languages.calendar_words import DATE
from normbook.languages.language import Words, pattern, vocabulary
from normbook.languages.page_words import LANGUAGES, MENU, NETWORKS, PLAIN_SPAM
from normbook.page.patterns import (
    AROUND,
    BARS,
    BEHIND_A_SENTENCE,
    BREADCRUMB,
    BUTTONS,
    CHINESE,
    CHINESE_MENU,
    CHINESE_RELATED,
    CHINESE_SHARE,
    CONTACT,
    COOKIES,
    COPYRIGHT,
    COPYRIGHT_WORDS,
    COUNTERS,
    CREDIT_AT_HEAD,
    CUES,
    END_MARK,
    FIELDS,
    FIRST_WORD,
    FORUM_LINK,
    HOME,
    LABELLED_COUNT,
    LONGEST,
    PARTS,
    PATH,
    PHOTO_CREDIT,
    PICTURE_WORDS,
    POINTS,
    READ_ON,
    REST_OF_STAMP,
    SPAM_WORD,
    STAMP,
    SYMBOLS,
    TELEPHONE,
    TELEPHONE_LABELS,
    TICKER,
    TIMED,
    Furniture,
)
from normbook.text.lexicon import is_function_word
from normbook.text.line_cache import remembered

COUNTED = pattern(
    r"(?:[^():]{2,40}: ?)?(?:[^\W\d_][^():|,]{0,31}\(\d{1,6}\)(?:\s{2,}|\s?[|·•]\s?|$)){3,}$"
)  # "Networks (7)  Ports (4)  Ships (11)"
BUTTON = pattern(r"\[ [^\]\[]{1,30} \]|(?<=\S {2})\[ ?\]|\(o\).*(?:\(o\)|\( \))")
FIELD = pattern(r"\[[^\]\[\d]{2,30}\](?: \[[^\]\[\d]{2,30}\])+$")
THREAD = pattern(rf"(?i)\s*[+|>-]+ .{{1,120}}\((?:[^()]{{1,40}}, )?{DATE},? \d{{1,2}}:\d\d\)$")
BESIDE = pattern(r"(?:<<|«|‹|←|◀)\s?\S.{2,90}\s{2,}.{2,90}\S\s?(?:>>|»|›|→|▶)$")
COLUMNS = pattern(r"\S(?: {2,}|\t)\S")
CALL = pattern(
    r"(?i)[^\d(].{0,100}[.!?:–-] <page.verbs-of-sale> (?:<page.things-for-sale>\b ?){1,3}(?:<page.sold>)?[!»>]?$|"
    r".{0,60}\b<page.join-here> <page.here:en>[.!»>]?$"
)
VERBS_OF_SALE = Words("page.verbs-of-sale")
LICENCE = pattern(
    r"(?i)\b<page.licence-acts>\b.{0,30}\b<page.licence-conditions>\b.{0,40}\b<page.licence-credits>\b|\b<page.licensed>\b.{0,30}\b<page.licence-words:en>\b",
    word=r"\w+",
)
PRESENCE = pattern(r"(?i)<page.presence>\b.{0,20}\b\d+ <page.guests>\b.{0,12}\b\d+ <page.members>\b.{0,40}$|<page.site-notes>$")
RANGE = pattern(
    r"(?i)<page.range-labels>[: ]+\d+\s?(?:[-–—]|<grammar.to:en>)\s?\d+ <page.range-links> (?:<page.about-numbers:en> )?\d[\d,.]*\b.{0,60}$"
)
SIZES = pattern(r"(?i)\b[\w-]+\.(?:pdf|docx?|rtf|odt|txt|zip|mp3|epub)\b ?\(\d[\d.,]* ?[kmg]i?b\)")
CONSENT = pattern("(?i)<page.consents>$", sentence="[^.]{0,40}")
LONGEST_COLUMN, LEAST_COLUMNS = 22, 4


def by_form(row: str, low: str) -> Furniture | None:
    """The kind of furniture that a line is by its form, or None for a line that may be prose, a title or a table.

    >>> by_form("Ports (4)  Ships (11)  Buoys (2)", ""), by_form("Would you pay?  (o) yes  (o) no  [ Vote ]", ""), by_form("[Laughter] He paused.", "")
    ('menu', 'menu', None)
    """
    end = row.rstrip()[-1:]
    if end == ")" and len(row) < 240:
        if COUNTED.match(row.strip()):
            return "menu"
        if SIZES.search(row):
            return "share"
        if row[-2:-1].isdigit() and row.lstrip()[0] in "+|>-" and THREAD.match(row):
            return "comments"
    elif end in ">»›→▶" and len(row) < 240 and BESIDE.match(row.strip()) and "»" not in row[:-1]:
        return "pagination"
    if ("[" in row or "(o)" in row) and len(row) < 200 and end not in ".!;," and (BUTTON.search(row) or FIELD.search(row)):
        return "menu"
    if len(row) < 160:
        if ("here" in low[-8:] or VERBS_OF_SALE.is_part_of(low)) and CALL.match(row.strip()):
            return "subscription" if "here" in low[-8:] else "advertisement"
        if _is_columns(row):
            return "menu"
    return _by_phrase(row, low)


def _by_phrase(row: str, low: str) -> Furniture | None:
    """The kind of furniture that a line is by phrases anywhere in it ("3 guests and 5 members online")."""
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
    """The number of columns of a line of a menu or table, 0 if it is neither."""
    return len([part for part in re.split(r" {2,}|\t", row.strip()) if part]) if _is_columns(row) else 0


def _is_columns(row: str) -> bool:
    """True for a line of short capitalised names without numbers, separated by runs of spaces: the menu of a site."""
    if ("  " not in row and "\t" not in row) or not COLUMNS.search(row) or row.rstrip()[-1] in ".;:,!?":
        return False
    parts = [part for part in re.split(r" {2,}|\t", row.strip()) if part]
    return len(parts) >= LEAST_COLUMNS and all(
        len(part) <= LONGEST_COLUMN and part.count(" ") < 3 and part[0].isupper() and not any(map(str.isdigit, part)) for part in parts
    )


CREDITED = pattern(
    r"(?=\S+(?: \S+){4})[^©]{24,200} © ?[^\W\d][\w’'.-]*(?: [A-ZÀ-Þ][\w’'.-]*){0,2}(?: ?/ ?[\w’' .-]{2,40})?$"
)  # the description of a picture and its owner
DEFINED = pattern(r"<page.defined-picture-words>s?: <page.picture-articles>\b")
SIDES = pattern(r"[(\[（【](?P<one>[^()\[\]（）/]{2,31})/(?P<two>[^()\[\]（）]{1,61})[)\]）】]\.?\s*$")
AGENCY = pattern(r"\b<page.agencies>\b")
TAKEN = Words("page.taken-marks")
BRACKETS = frozenset("([（【")
LOW_WORDS = pattern(r"\b[^\W\d_A-ZÀ-Þ][^\W\d_]* (?:.* )?[^\W\d_A-ZÀ-Þ][^\W\d_]*\b")  # two words in lower case
LONGEST_CREDIT = 60  # code points of a line that is nothing but a credit
LEAST_OF_CAPTION = 6  # words before a credit of two one-word names


def is_caption(row: str, low: str) -> bool:
    """True for a line that ends with or starts with a picture credit.

    >>> [is_caption(row, row.casefold()) for row in ("At the door. (Lars Edde/Coastwire)", "The board is open to all (yes/no).", "Image: a likeness.")]
    [True, False, False]
    """
    if not (row[-1] in ")]）】." or "/" in row[-45:] or PICTURE_WORDS.is_part_of(low) or TAKEN.is_part_of(row)):
        return False
    if not (_may_end_in_credit(row) and PHOTO_CREDIT.search(row)):
        return CREDIT_AT_HEAD.match(row) is not None and not (row[-1] == "." and DEFINED.match(row))
    return _is_credit(row)


def _may_end_in_credit(row: str) -> bool:
    """False for a sentence that cannot end with a credit: it has neither a mark before a name nor a bracket at its end. A cheap test before the pattern."""
    return (
        len(row) <= LONGEST_CREDIT
        or row[-1] != "."
        or row[-2] in ")]"
        or ":" in row
        or "/" in row
        or (not row.isascii() and _may_be_credited(row))
    )


def _may_be_credited(row: str) -> bool:
    """False for a sentence whose signs beyond ASCII mark no credit."""
    return row[-2] in "）】" or "：" in row or "©" in row or TAKEN.is_part_of(row)


def _is_credit(row: str) -> bool:
    """False for alternatives in brackets ("(Albany/Tolk)", "(open/closed)."), which are not a photographer and an agency."""
    if row[-1] == "/":
        return False
    sides = SIDES.search(row)
    if (
        sides
        and row.strip()[0] in BRACKETS
        and LOW_WORDS.search(row)
        and not AGENCY.search(row)
        and not PICTURE_WORDS.is_part_of(row.casefold())
    ):
        return False  # "(Applause from the A/B and the C)": what happened in the room
    if not sides or any(word in row.casefold() for word in PICTURE_WORDS) or AGENCY.search(sides[0]):
        return True
    before, shout = row[: sides.start()].count(" "), sides["two"].isupper() and len(sides["two"]) > 2
    if sides[0].rstrip()[-1] == ".":
        return shout and before >= LEAST_OF_CAPTION
    return " " in sides["one"] or " " in sides["two"] or (shout and before >= LEAST_OF_CAPTION) or not before


TOLD = pattern(r"\b<page.finite-verbs>\b")
DIGIT = pattern(r"\d")
CJK_STOPS = pattern("[\u3002\uff01\uff1f]")  # a line with one of these holds a sentence
PART = pattern(r"[|│▸】*.·•/\]–—\t\u3000,>»›→-]|::|\s\s")  # one of these separates any two parts
JOINTS = pattern(r"[^A-Za-zÀ-ÖØ-öø-\u024f\u0370-\u052f0-9 ,.;:'\"!?()’‘“”„&$%+-]")  # what may separate parts, but for commas and full stops
OTHER_JOINTS = ("  ", " ,", " .", " -", "::")
WIDE = pattern(r"\s{3,}|\s*\|\s*")
PAGER = pattern(r"(?i)(?:(?:<page.turn-words>|\d{1,3}|…|\.{3}|[«»‹›<>]{1,2})(?:\s+|$)){4,}$")
BESIDE_WORDS = pattern(
    r"\(\d+(?:[:.]\d\d)?\)?|[\u2190-\u21ff\u2600-\u27bf\U0001f300-\U0001faff]"
)  # counts and pictograms next to the words of a bar
SENTENCES = pattern(r"[a-zà-ÿ]{3}\. [A-ZÀ-Þ]")  # the end of a sentence and the start of the next
LONGEST_STAMP = 120
AROUND_PART = AROUND + "."
MENU_LINKS = Words("page.menu-links")  # lower-case words between the capitalised ones of a menu
DAY_MARKS = Words("dates.day-marks")
LONGEST_KNOWN = 40
LONGEST_TIMED, SHORTEST_HEAD = 180, 3  # code points of a line with a date alone; letters of its first word
BEFORE_STAMP = " \t([,-–•"
FIRST_LETTERS = pattern(r"[ \t([,–•-]*[A-Za-z]{3}(?=[A-Za-z]* )")  # of a first word in ASCII, with what may stand before it
COUNT = pattern(r"\((?:\d+|\d[\d.,]* ?[kKmM]i?[bB])\)?$")  # the count or size after an item of a menu


@remembered(1 << 13)
def furniture(row: str) -> Furniture | None:
    """The kind of furniture that a line is, or None for a line that may be prose, a title or a name.

    >>> [furniture(row) for row in ("Home > News", "Share this article", "© 2021 Harbour Daily", "The ministers share this view.", "Contact us")]
    ['breadcrumb', 'share', 'copyright', None, 'menu']
    """
    bare = row.strip(AROUND).rstrip(" ↑↓")
    if not bare or (len(bare) <= LONGEST_MARK and ITEM_MARK.match(row.strip())):
        return None
    low = bare.casefold()
    if READ_ON.match(bare):
        return "read-also"
    if kind := _items().get(low):
        return kind
    word = FIRST_WORD.match(low)
    for kind, cue in CUES.found.get(word[0], ()) if word else ():
        if cue.match(bare) or cue.match(low):
            return None if (kind == "read-also" and _is_told(row)) or _is_label(row) else kind
    return _marked(row, bare, low)


LONGEST_MARK = 4
ITEM_MARK = pattern(r"\(?(?:[a-z]|[ivx]{2,4})\)$")  # of a list, on a line of its own
LABEL_ALONE = pattern(r"(?i)\s*(?:<dialogue.questions>|<dialogue.answers>)\s?[:：]\s*$", number=r"(?: ?\d{1,2})?")


def _is_label(row: str) -> bool:
    """True for the label of a question or an answer on a line of its own: "Reply:"."""
    return row.rstrip()[-1:] in (":", "：") and LABEL_ALONE.match(row) is not None


@cache
def _items() -> dict[str, Furniture]:
    """The known items of menus, languages and networks, with the kind of a line or part that is nothing else."""
    shared: dict[str, Furniture] = dict.fromkeys(NETWORKS, "share")
    return shared | dict.fromkeys((*MENU, *LANGUAGES), "menu")


def _is_told(row: str) -> bool:
    """True for a real sentence that starts with the words of a pointer ("Read more about …") to other stories."""
    return row[-1:] in ".。" and ":" not in row[:30] and (len(row) > 90 or TOLD.search(row) is not None)


def _marked(row: str, bare: str, low: str) -> Furniture | None:
    """The kind of furniture that a line is by a mark or by its form rather than by its first word."""
    if (row[0] == "[" and BUTTONS.match(row)) or (row[0] in "*+" and TICKER.match(row)):
        return "menu"
    if not bare[0].isascii() and len(row) < 60 and _is_symbol(row, bare):
        return "menu"
    if row[-1] == "*" and low in FIELDS:
        return "comments"
    if kind := _left_over(row, bare, low):
        return kind
    if (row[0] == "E" or not row[0].isalpha()) and END_MARK.match(row.strip()):
        return "end-mark"
    if PAGER.match(bare):
        return "pagination"
    if "¦" in row and "   " in row:
        return None  # the columns of a table
    barred = "|" in row and not bare[0].isdigit()
    if barred and (kind := _form(row, bare, low)):
        return kind
    if BREADCRUMB.match(row) and not row.rstrip().endswith("."):
        return "breadcrumb"
    if row[0] > "\u2e80" or bare[0] > "\u2e80":
        kinds: tuple[tuple[re.Pattern[str], Furniture], ...] = (
            (CHINESE_SHARE, "share"),
            (CHINESE_RELATED, "read-also"),
            (CHINESE_MENU, "menu"),
            (CHINESE, "publication-line"),
        )
        for pattern, kind in kinds:
            if pattern.match(row.strip()) or pattern.match(bare):
                return kind
    return _worded(row, bare, low, barred)


IMAGE = pattern(r"!\[[^\]]{0,3}\]\([^()\s]+\)$")  # Markdown of a picture without a description
EMBEDDED = pattern(r"\{\{[<%].{1,300}[>%]\}\}$")  # what the program of a site replaces
PLACEHOLDER = pattern(r"\[(?=[^\]]{0,120}(?:[_=&]|::))[^\]\s]{3,120}\]$")  # the name of a picture's file in a copy made by a text browser
PICTOGRAM = pattern(r":[a-z_]{2,20}:\s?")  # the name of a pictogram: ":house: Back to the start"
PICTURES_ALONE = Words("page.pictures-alone")
COLUMN_WORDS = Words("cues.column-words")
COLUMN = pattern(rf"(?i)(?:{DATE}\s*[:,–—-]\s*)?<cues.column-words>\.? \d{{1,5}}\w{{0,2}}$")  # the head of a page of a record
LONGEST_HEAD = 60


def _left_over(row: str, bare: str, low: str) -> Furniture | None:
    """The kind of furniture that a line is by markup that no reader was to see, as the label of a picture, or as the head of a column.

    >>> [_left_over(row, row, row.lower()) for row in ("![](https://a.example/b.jpg)", "(BUTTON) Share", "[Applause]", "Photo", "Column 12")]
    ['caption', 'menu', None, 'caption', 'pagination']
    """
    if "(BUTTON)" in row or (row[0] == "[" and PLACEHOLDER.match(row)):
        return "menu"
    if (row[0] in "!{" and (IMAGE.match(row) or EMBEDDED.match(row))) or low in PICTURES_ALONE.members:
        return "caption"
    if row[0] == ":" and (named := PICTOGRAM.match(row)):
        return furniture(row[named.end() :])
    if row[-1].isdigit() and len(row) < LONGEST_HEAD and COLUMN_WORDS.is_part_of(low) and COLUMN.match(bare):
        return "pagination"
    return None


# the label of the day or place of a meeting, with its value
MEETING = pattern(r"(?i)\W{0,4}(?:<page.meeting-times>|<page.meeting-places>)\s?[:：]\s?\w")
PICTOGRAMS = "📅📍🕒🗓\ufe0f "
SHORTEST_SENTENCE = 50  # code points
ADDRESSING = pattern(r"(?i)(?<![^\W\d_])<page.addressing>(?![^\W\d_])")


def _worded(row: str, bare: str, low: str, barred: bool) -> Furniture | None:
    """The kind of furniture that a line is by words anywhere in it."""
    if (">" in row or "»" in row or "›" in row or "→" in row) and len(row) < 180 and _is_path(row):
        return "breadcrumb"
    if "cookie" in low and len(row) < LONGEST and COOKIES.search(row) and _speaks_to_readers(row):
        return "subscription"
    if len(row) < 260 and COPYRIGHT_WORDS.is_part_of(low) and COPYRIGHT.search(row):
        return "caption" if "©" in row and CREDITED.match(row) else "copyright"
    if len(row) < 180 and (":" in row or "：" in row or "." in row) and _is_contact(row, low):
        return "contact"
    if is_caption(row, low):
        return "caption"
    if bare[0].isdigit() and (COUNTERS.match(bare) or (LABELLED_COUNT.search(row) and TIMED.match(bare) and len(row) < 100)):
        return "comments"
    return (None if barred else _form(row, bare, low)) or by_form(row, low)  # a bar of words was looked at before


def _speaks_to_readers(row: str) -> bool:
    """False for a sentence about cookies in a guide or rule: a notice of a page says "we", "you" or "this site", or is no sentence."""
    return len(row) < SHORTEST_SENTENCE or row.rstrip()[-1:] != "." or ADDRESSING.search(row) is not None


def _is_contact(row: str, low: str) -> bool:
    """True for a line that starts with a label of an address ("Tel:"), or has a telephone number behind one."""
    if CONTACT.match(row):
        return True
    return TELEPHONE_LABELS.is_part_of(low) and TELEPHONE.match(row) is not None


def _is_symbol(row: str, bare: str) -> bool:
    """True for a short line that starts or ends with a pictogram or arrow, like a button, and is no quotation in « » and no list item."""
    marks = SYMBOLS.findall(row)
    if MEETING.match(bare.lstrip(PICTOGRAMS)):
        return False
    if not marks or ("«" in row and "»" in row) or row.rstrip()[-1] in ".,;:!?。，；：！？":
        return False
    if row.lstrip()[0] in POINTS and (words := row.strip().strip(POINTS + " ")):
        return furniture(words) is not None or (row.lstrip()[0] in "→⇒" and words[0].islower())
    return SYMBOLS.match(bare) is not None or (SYMBOLS.match(row[-1]) is not None and row[-1] not in POINTS)


def _form(row: str, bare: str, low: str) -> Furniture | None:
    if len(row) < 160 and len(parts := _parts(bare)) > 1:
        if "(" in bare or not bare.isascii():
            alone = [BESIDE_WORDS.sub("", part) if "(" in part or not part.isascii() else part for part in parts]
            known = [_known(part.strip(AROUND_PART).casefold()) for part in alone]
        else:
            known = [_known(part.strip(AROUND_PART).casefold()) for part in parts]
        if "|" in bare and DIGIT.search(bare):
            cells = [part.strip() for part in bare.split("|")]
            if (
                any(map(is_stamp, cells))
                and all(len(cell) < 36 and cell[-1:] not in tuple("!?") and ". " not in cell[4:] for cell in cells)
                and not low.startswith("by ")
            ):
                return "publication-line"
        hits = len(known) - known.count(None)
        barred = (
            len(parts) > 2
            and BARS.search(bare) is not None
            and all(
                len(part) < 30 and part.count(" ") < 4 and not any(map(str.isdigit, part))
                for part in (COUNT.sub("", each) for each in parts)
            )
            and bare[-1] not in ".;:!"
            and not CJK_STOPS.search(bare)
            and not ("|" not in bare and is_spaced_out(parts))
        )
        wide = barred or (
            len(parts) > 2 and ("   " in bare or "|" in bare) and parts[0].casefold() in HOME and all(len(part) < 36 for part in parts)
        )
        if (
            "publication-line" in known
            and len(row) < LONGEST_STAMP
            and all(kind or (len(part) < 36 and part[-1:] not in ".!?") for part, kind in zip(parts, known, strict=True))
            and not low.startswith("by ")
        ):
            return "publication-line"
        if wide or (hits >= 2 and hits * 2 >= len(known) and not bare.endswith(";") and (hits * 3 >= len(known) * 2 or bare[-1] != ".")):
            return "share" if known.count("share") * 2 > hits else "menu"
    if hits_of_menu(bare) >= 3:
        return "menu"
    return None


def is_spaced_out(parts: Sequence[str]) -> bool:
    """True for the words of a line that was spaced out to a width: one ends with a comma, or the first or two more start in lower case.

    >>> is_spaced_out(["the keepers", "Holm", "and", "their"]), is_spaced_out(["Home", "Ports", "about"])
    (True, False)
    """
    low = [part[:1].islower() for part in parts]
    return low[0] or sum(low) > 1 or any(part[-1:] in ",;" for part in parts)


def _parts(bare: str) -> list[str]:
    if not PART.search(bare):
        return []
    if not JOINTS.search(bare) and not any(map(bare.__contains__, OTHER_JOINTS)):  # only commas and full stops, each before a space
        if ", " not in bare and ". " not in bare:
            return []
        return [part for part in bare.replace(". ", ", ").split(", ") if part.strip(AROUND)]
    joint = WIDE if len(WIDE.findall(bare)) > 1 else PARTS
    return [part for part in joint.split(bare) if part.strip(AROUND)]


def _known(part: str) -> Furniture | None:
    if item := _items().get(part):
        return item
    word = FIRST_WORD.match(part) if len(part) < LONGEST_KNOWN else None
    for kind, cue in CUES.found.get(word[0], ()) if word else ():
        if cue.match(part):
            return kind
    return None


def _is_path(row: str) -> bool:
    """True for a breadcrumb: short capitalised parts ("Home > News > Ports"), none of which contains a sentence."""
    match = PATH.match(row)
    if not match or (("«" in row or "“" in row) and "»" in row) or (". " in row and SENTENCES.search(row)):
        return False
    parts = [part.strip() for part in re.split(r">{1,2}|»|›|→", match["parts"]) if part.strip()]
    return (
        len(parts) >= 2
        and all(len(part) <= 60 or k == len(parts) - 1 for k, part in enumerate(parts))
        and all(part[:1].isupper() or part[:1].isdigit() or part[:1] > "\u2e80" for part in parts)
        and len(parts[0].split()) <= 5
        and (sum(map(str.isalpha, parts[0])) > 1 or parts[0] in HOME)
    )


@cache
def _menu_heads() -> frozenset[str]:
    """The first words of the known items of menus, languages and networks."""
    return frozenset(phrase.split(" ", 1)[0] for words in (MENU, LANGUAGES, NETWORKS) for phrase in words)


def hits_of_menu(row: str) -> int:
    """The number of known items in a one-line menu; 0 unless they cover most of the line and all words are capitalised.

    >>> hits_of_menu("Home Meetings & Statements Events About Us 中文"), hits_of_menu("News of the Day")
    (5, 0)
    """
    if len(row) > 200 or row[-1:] in ".!?;,。":
        return 0
    words, links = row.split(), MENU_LINKS.members
    if len(words) < 3:
        return 0
    for word in words:
        if word[0].islower() and word not in links:
            return 0
    low = [word.casefold().strip(",|•·") for word in words]
    coded = all(len(word) < 4 for word in low)  # "DE" and "ES" are also words
    hits = covered = k = 0
    heads = _menu_heads()
    while k < len(low):
        for size in (4, 3, 2, 1) if low[k] in heads else ():
            phrase = " ".join(low[k : k + size])
            if (
                phrase in MENU.members
                or (phrase in LANGUAGES.members and (len(phrase) > 2 or coded or not phrase.isascii()))
                or (size == 1 and phrase in NETWORKS.members and len(phrase) > 2)
            ):
                hits, covered, k = hits + 1, covered + size, k + size
                break
        else:
            k += 1
    return hits if hits >= 3 and (covered * 2 >= len(low) or low[0] in HOME) else 0


@cache
def _stamp_heads() -> frozenset[str]:
    """The first three letters of each word of letters that a date or time can start with."""
    words = [
        *(word for part in ("wide", "wide-alone", "short", "letters") for word in vocabulary().row(f"weekdays.{part}")),
        *(word for part in ("wide", "on-pages", "short") for word in vocabulary().row(f"months.{part}")),
        *(phrase for key in ("dates.stamp-articles", "dates.eras", "page.clock-links") for phrase in vocabulary().phrases(key)),
    ]
    return frozenset(word.casefold()[:SHORTEST_HEAD] for word in words)


def may_be_dated(row: str) -> bool:
    """False for a line whose first word starts neither a date nor a time nor the kind of a text before it: a cheap test before the pattern."""
    if "|" in row or "/" in row or "·" in row:
        return True
    match = FIRST_LETTERS.match(row)
    return match is None or match[0].lstrip(BEFORE_STAMP).lower() in _stamp_heads()


def is_stamp(row: str) -> bool:
    """True for a line that has a date, perhaps with a time, a source and counters, but no sentence.

    >>> is_stamp("2021-05-03 10:22"), is_stamp("May 3, 2021 | Coastwire"), is_stamp("3 May 2021 was a day of talks.")
    (True, True, False)
    """
    if (
        len(row) >= LONGEST_TIMED
        or not (DIGIT.search(row) or (not row.isascii() and row.rstrip()[-1:] in DAY_MARKS.members))
        or not may_be_dated(row)
    ):
        return False
    return _is_dated(row)


@remembered(1 << 12)
def _is_dated(row: str) -> bool:
    """`is_stamp` for a line that may start with a date; several readers of one text ask for the same lines."""
    match = STAMP.match(row)
    return match is not None and not REST_OF_STAMP.search(match["rest"])


def spam(low: str) -> bool:
    """True for lower-case words that advertise what no policy text does, at least twice or with a web address.

    >>> spam("best online casino free spins"), spam("the casino was taxed by the state, and pills were banned.")
    (True, False)
    """
    hits = SPAM_WORD.findall(low)
    size = sum(map(len, hits))
    if len(low) > 160 or not any(hit in PLAIN_SPAM or hit.rstrip("s") in PLAIN_SPAM for hit in hits):
        return False
    words = low.split()
    if sum(map(is_function_word, words)) * (3 if "http" in low or "www." in low else 5) > len(words):
        return False
    return (
        len(set(hits)) >= 2 or low.startswith(PLAIN_SPAM.ends) or (bool(hits) and (size * 3 > len(low) or "http" in low or "www." in low))
    )


def spam_in(line: str) -> list[tuple[int, int]]:
    """The spans of spam in a line of prose: words after a sentence, and links in forum markup.

    >>> [ "It was signed. buy cheap pills www.pills.example"[a:b] for a, b in spam_in("It was signed. buy cheap pills www.pills.example") ]
    [' buy cheap pills www.pills.example']
    """
    found = [(match.start(), match.end()) for match in FORUM_LINK.finditer(line)] if "[url" in line else []
    behind = [match for match in BEHIND_A_SENTENCE.finditer(line) if spam(match["words"].casefold())]
    return sorted([*found, *((match.start("words") - 1, match.end("words")) for match in behind)])
