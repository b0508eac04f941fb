"""Rules for Chinese encodings read wrong: GBK read as Latin-1, and UTF-8 read as GBK."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normbook.text.characters import alphabet, matches_at, unusual
from normbook.text.edits import Edit
from normbook.text.line_cache import lines_of, remembered
from normbook.text.rule import rule

# The marks of GBK's rows A1 and A3 as Latin-1 shows them: an opening ¡ or £ and a character that no writer puts after it.
MARKS = {
    "¡°": "“", "¡±": "”", "¡®": "‘", "¡¯": "’", "¡ª": "—", "¡\xad": "…", "¡¤": "·", "¡¢": "、", "¡£": "。", "¡¶": "《", "¡·": "》", "¡´": "〈", "¡µ": "〉", "¡¾": "【", "¡¿": "】",
    "£¬": "，", "£¨": "（", "£©": "）", "£º": "：", "£»": "；", "£¡": "！", "£¿": "？", "£¥": "％",
}  # fmt: skip
MARKS |= {letter.encode("gbk").decode("latin-1"): letter for letter in "àáèéêìíòóùúü"} | {"¡ã": "°", "¡À": "±", "¡Á": "×"}
MARK = re.compile("|".join(MARKS) + "|(?<= )¨C(?= )")
MARKS["¨C"] = "–"
CHINESE = re.compile("(?:[\xa1-\xf7][\xa1-\xfe]){3,}")
SHORT = re.compile("(?<![\x80-\xff])(?:[\xb0-\xd7][\xa1-\xfe]){1,2}(?![\x80-\xff])")
MARK_HEADS = frozenset("¡£¨")
LETTERS = frozenset(map(chr, range(0xB0, 0xF8)))  # first bytes of characters that are no marks: three at least stand in what is read again
LEVEL_ONE = range(0xB0, 0xD8)  # first bytes of the 3,755 characters in everyday use


@rule(
    "gbk-as-latin",
    layer="encoding",
    summary=("Chinese marks and characters in GBK that were read as Latin-1 or Windows-1252 are read again as they were meant."),
    wrong_when=(
        "Wrong when a text lists such pairs of signs (¡°) on purpose. Runs of six letters at least, all of them "
        "Chinese characters and most of them in everyday use, are taken for Chinese; of single pairs only marks of "
        "punctuation that no other writing has."
    ),
    needs=LETTERS | MARK_HEADS,
    order=30,
)
def gbk_as_latin(text: str) -> Iterator[Edit]:
    r"""Edits that decode GBK shown as Latin-1.

    >>> [(edit.raw, edit.new) for edit in gbk_as_latin("the \xa1\xb0pact\xa1\xb1 of \xd6\xd0\xb9\xfa\xb7\xe7")]
    [('ÖÐ¹ú·ç', '中国风'), ('¡°', '“'), ('¡±', '”')]
    """
    letters = alphabet(text)
    if LETTERS.isdisjoint(letters) and MARK_HEADS.isdisjoint(letters):
        return
    runs = []
    for match in () if LETTERS.isdisjoint(letters) or not CHINESE.search(unusual(text)) else CHINESE.finditer(text):
        new = _decoded(match[0])
        if new:
            runs.append((match.start(), match.end()))
            yield Edit(match.start(), match.end(), match[0], new)
    yield from _short_runs(text) if runs else ()
    k = 0
    for match in matches_at(MARK, text, MARK_HEADS & letters):
        if match[0] == "¡Á" and text[match.end() : match.end() + 1].isalpha():
            continue  # a Spanish exclamation: ¡África!
        while k < len(runs) and runs[k][1] <= match.start():
            k += 1
        if k == len(runs) or match.end() <= runs[k][0]:
            yield Edit(match.start(), match.end(), match[0], MARKS[match[0]])


def _short_runs(text: str) -> Iterator[Edit]:
    """One or two characters that stand between numbers or Latin letters of a line that is Chinese otherwise."""
    at = 0
    for row in lines_of(text):
        for match in SHORT.finditer(row) if not row.isascii() and holds_chinese(row) else ():
            try:
                new = match[0].encode("latin-1").decode("gb2312")
            except UnicodeDecodeError:
                continue
            yield Edit(at + match.start(), at + match.end(), match[0], new)
        at += len(row) + 1


@remembered(1 << 10)
def holds_chinese(row: str) -> bool:
    """True for a line that is mostly Chinese in GBK read as Latin-1, in which other encodings find words by chance.

    >>> holds_chinese("\xd6\xd0\xb9\xfa\xb7\xe7 2024"), holds_chinese("l\xc3\xa0-bas, d\xc3\xa9j\xc3\xa0")
    (True, False)
    """
    runs = [match[0] for match in CHINESE.finditer(row)]
    read = sum(len(run) for run in runs if _decoded(run))
    return read > 0 and read * 2 >= sum(letter > "\x7f" for letter in row)


def _decoded(run: str) -> str | None:
    """What a run of Latin-1 letters says in GBK, None unless it is plainly Chinese."""
    raw = run.encode("latin-1")
    heads = raw[::2]
    letters = [head for head in heads if head >= 0xB0]
    if len(letters) < 3 or sum(head in LEVEL_ONE for head in letters) * 10 < len(letters) * 8:
        return None
    if run.isalpha() and (run[1:].islower() or run.isupper()) and len(run) < 12:
        return None
    try:
        return raw.decode("gb2312")
    except UnicodeDecodeError:
        return None


@rule(
    "utf8-as-gbk",
    layer="encoding",
    summary="Typographic marks in UTF-8 that were read as GBK (鈥檚 for ’s) are read again as they were meant.",
    wrong_when=(
        "Wrong when a Chinese text really writes those rare characters in a row; so only what reads as a dash, a "
        "quotation mark or an ellipsis is taken, and only in lines that hold Latin letters beside it."
    ),
    needs="鈥",
    order=40,
)
def utf8_as_gbk(text: str) -> Iterator[Edit]:
    r"""Edits that decode typographic marks shown as GBK.

    >>> [(edit.raw, edit.new) for edit in utf8_as_gbk("China鈥檚 initiative")]
    [('鈥檚', '’s')]
    """
    at = text.find("鈥")
    while at >= 0:
        beside = text[max(0, at - 3) : at + 5]
        if any("A" <= c <= "z" for c in beside):
            for size in (2, 3, 1):
                try:
                    new = text[at : at + size].encode("gbk").decode("utf-8")
                except (UnicodeEncodeError, UnicodeDecodeError):
                    continue
                if "\u2010" <= new[0] <= "\u2026":
                    yield Edit(at, at + size, text[at : at + size], new)
                    break
        at = text.find("鈥", at + 1)


READING = re.compile("(?<=[\u3400-\u9fff])[(（][a-zü]{0,5}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,3}[)）]")
TONES = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")
FEWEST_READINGS = 3


@rule(
    "injected-reading",
    layer="encoding",
    summary="The pronunciation that some mirrors inject in brackets behind single Chinese characters is dropped.",
    wrong_when="Wrong when a text gives the reading of many characters on purpose, as a primer does; so one or two are left.",
    needs=TONES,
    order=50,
)
def injected_readings(text: str) -> Iterator[Edit]:
    """Edits that drop readings in brackets.

    >>> [edit.raw for edit in injected_readings("數(shù)目、數(shù)據(jù)")]
    ['(shù)', '(shù)', '(jù)']
    """
    found = list(READING.finditer(text)) if not TONES.isdisjoint(alphabet(text)) else []
    if len(found) >= FEWEST_READINGS:
        for match in found:
            yield Edit(match.start(), match.end(), match[0], "")
