"""What a line says of the page rather than of the matter, read from the line alone. A table of cues: first word -> patterns."""

from __future__ import annotations

import re

from normbook.text.cues import (
    AROUND,
    BARS,
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
    CUES,
    END_MARK,
    FIELDS,
    FIRST_WORD,
    HOME,
    LABELLED_COUNT,
    LONGEST,
    PARTS,
    PATH,
    POINTS,
    READ_ON,
    REST_OF_STAMP,
    STAMP,
    SYMBOLS,
    TICKER,
    TIMED,
    Furniture,
)
from normbook.text.forms import by_form
from normbook.text.line_cache import remembered
from normbook.text.pictures import CREDITED, is_caption
from normbook.text.vocabulary import LANGUAGES, MENU, NETWORKS

TOLD = re.compile(
    r"\b(?:is|are|was|were|will|has|have|had|said|says|shall|must|would|should|ist|sind|war|wird|sagte|est|sont|sera|es|son|fue|será)\b"
)
DIGIT = re.compile(r"\d")
PART = re.compile(r"[|│▸】*.·•/\]–—\t\u3000,>»›→-]|::|\s\s")  # one of these stands between any two parts
WIDE = re.compile(r"\s{3,}|\s*\|\s*")
PAGER = re.compile(r"(?i)(?:(?:first|prev(?:ious)?|next|last|\d{1,3}|…|\.{3}|[«»‹›<>]{1,2}|page)(?:\s+|$)){4,}$")
BESIDE_WORDS = re.compile(r"\(\d+(?:[:.]\d\d)?\)?|[\u2190-\u21ff\u2600-\u27bf\U0001f300-\U0001faff]")  # counts and pictograms in a bar
SENTENCES = re.compile(r"[a-zà-ÿ]{3}\. [A-ZÀ-Þ]")  # one ends and the next begins
LONGEST_STAMP = 120
COUNT = re.compile(r"\((?:\d+|\d[\d.,]* ?[kKmM]i?[bB])\)?$")  # how many things lie behind an item of a menu


@remembered(1 << 13)
def furniture(row: str) -> Furniture | None:
    """What a line says of the page, None for a line that may be prose, a title or a name.

    >>> [furniture(row) for row in ("Home > News", "Share this article", "© 2021 Harbour Daily", "The ministers share this view.", "Contact us")]
    ['breadcrumb', 'share', 'copyright', None, 'menu']
    """
    bare = row.strip(AROUND).rstrip(" ↑↓")
    if not bare:
        return None
    low = bare.casefold()
    if READ_ON.match(bare):
        return "read-also"
    if low in MENU or low in LANGUAGES:
        return "menu"
    if low in NETWORKS:
        return "share"
    word = FIRST_WORD.match(low)
    for kind, pattern in CUES.get(word[0], ()) if word else ():
        if pattern.match(bare) or pattern.match(low):
            return None if kind == "read-also" and _is_told(row) else kind
    return _marked(row, bare, low)


def _is_told(row: str) -> bool:
    """True for a sentence that opens with the words of a pointer to other texts but says something."""
    return row[-1:] in ".。" and ":" not in row[:30] and (len(row) > 90 or TOLD.search(row) is not None)


def _marked(row: str, bare: str, low: str) -> Furniture | None:
    """Furniture that is known by a mark or by its form rather than by its first word."""
    if (row[0] == "[" and BUTTONS.match(row)) or (row[0] in "*+" and TICKER.match(row)):
        return "menu"
    if not bare[0].isascii() and len(row) < 60 and _is_symbol(row, bare):
        return "menu"
    if row[-1] == "*" and low in FIELDS:
        return "comments"
    if END_MARK.match(row.strip()):
        return "end-mark"
    if PAGER.match(bare):
        return "pagination"
    if "|" in row and not bare[0].isdigit() and (kind := _form(row, bare, low)):
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
    return _worded(row, bare, low)


def _worded(row: str, bare: str, low: str) -> Furniture | None:
    """Furniture that is known by words anywhere in a line."""
    if (">" in row or "»" in row or "›" in row or "→" in row) and len(row) < 180 and _is_path(row):
        return "breadcrumb"
    if "cookie" in low and len(row) < LONGEST and COOKIES.search(row):
        return "subscription"
    if len(row) < 260 and any(map(low.__contains__, COPYRIGHT_WORDS)) and COPYRIGHT.search(row):
        return "caption" if "©" in row and CREDITED.match(row) else "copyright"
    if len(row) < 180 and (":" in row or "：" in row or "." in row) and CONTACT.match(row):
        return "contact"
    if is_caption(row, low):
        return "caption"
    if bare[0].isdigit() and (COUNTERS.match(bare) or (LABELLED_COUNT.search(row) and TIMED.match(bare) and len(row) < 100)):
        return "comments"
    return _form(row, bare, low) or by_form(row, low)


def _is_symbol(row: str, bare: str) -> bool:
    """True for a short line that opens or ends with a pictogram or an arrow, as controls do; a quotation in « » and a point of a list are none."""
    marks = SYMBOLS.findall(row)
    if not marks or ("«" in row and "»" in row) or row.rstrip()[-1] in ".,;:!?":
        return False
    if row.lstrip()[0] in POINTS and (words := row.strip().strip(POINTS + " ")):
        return furniture(words) is not None or (row.lstrip()[0] in "→⇒" and words[0].islower())
    return SYMBOLS.match(bare) is not None or (SYMBOLS.match(row[-1]) is not None and row[-1] not in POINTS)


def _form(row: str, bare: str, low: str) -> Furniture | None:
    if len(row) < 160 and PART.search(bare) and len(parts := _parts(bare)) > 1:
        known = [_known(BESIDE_WORDS.sub("", part).strip(AROUND + ".").casefold()) for part in parts]
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


def _parts(bare: str) -> list[str]:
    joint = WIDE if len(WIDE.findall(bare)) > 1 else PARTS
    return [part for part in joint.split(bare) if part.strip(AROUND)]


def _known(part: str) -> Furniture | None:
    if part in MENU or part in LANGUAGES:
        return "menu"
    if part in NETWORKS:
        return "share"
    word = FIRST_WORD.match(part)
    return next((kind for kind, pattern in CUES.get(word[0], ()) if pattern.match(part)), None) if word and len(part) < 40 else None


def _is_path(row: str) -> bool:
    """True for the path through a site's menu: short parts in capitals, no sentence in any."""
    match = PATH.match(row)
    if not match or (("«" in row or "“" in row) and "»" in row) or (". " in row and SENTENCES.search(row)):
        return False
    parts = [part.strip() for part in re.split(r">{1,2}|»|›|→", match["parts"]) if part.strip()]
    return (
        len(parts) >= 2
        and all(len(part) <= 60 or k == len(parts) - 1 for k, part in enumerate(parts))
        and all(part[:1].isupper() or part[:1].isdigit() or part[:1] > "\u2e80" for part in parts)
        and len(parts[0].split()) <= 5
        and sum(map(str.isalpha, parts[0])) > 1
    )


def hits_of_menu(row: str) -> int:
    """How many known items a menu on one line holds, 0 unless most of its words belong to one and all are capitalised.

    >>> hits_of_menu("Home Meetings & Statements Events About Us 中文"), hits_of_menu("News of the Day")
    (5, 0)
    """
    words = row.split()
    if len(words) < 3 or len(row) > 200 or row[-1:] in ".!?;,。":
        return 0
    if any(
        word[0].islower() and word not in ("and", "of", "the", "for", "in", "to", "us", "e-paper", "de", "la", "les", "des", "du", "et")
        for word in words
    ):
        return 0
    low = [word.casefold().strip(",|•·") for word in words]
    coded = all(len(word) < 4 for word in low)  # "DE" and "ES" are words as well
    hits = covered = k = 0
    while k < len(low):
        for size in (4, 3, 2, 1):
            phrase = " ".join(low[k : k + size])
            if (
                phrase in MENU
                or (phrase in LANGUAGES and (len(phrase) > 2 or coded or not phrase.isascii()))
                or (size == 1 and phrase in NETWORKS and len(phrase) > 2)
            ):
                hits, covered, k = hits + 1, covered + size, k + size
                break
        else:
            k += 1
    return hits if hits >= 3 and (covered * 2 >= len(low) or low[0] in HOME) else 0


def is_stamp(row: str) -> bool:
    """True for a line that holds a date, perhaps a time, a source and counters, and no sentence.

    >>> is_stamp("2021-05-03 10:22"), is_stamp("May 3, 2021 | Coastwire"), is_stamp("3 May 2021 was a day of talks.")
    (True, True, False)
    """
    match = STAMP.match(row) if len(row) < 180 and (DIGIT.search(row) or row.rstrip()[-1:] == "日") else None
    return match is not None and not REST_OF_STAMP.search(match["rest"])
