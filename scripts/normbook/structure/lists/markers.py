"""How texts count: the mark that opens an item, its style, and the number that it states."""

from __future__ import annotations

import re
from typing import NamedTuple

ENGLISH = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
)
FRENCH = ("premièrement", "deuxièmement", "troisièmement", "quatrièmement", "cinquièmement", "sixièmement", "septièmement", "huitièmement")
SPANISH = ("primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno", "décimo")
SPANISH_PLACE = ("primer", "segundo", "tercer", "cuarto", "quinto", "sexto", "séptimo", "octavo")
PORTUGUESE = ("primeiro", "segundo", "terceiro", "quarto", "quinto")
GERMAN = ("erstens", "zweitens", "drittens", "viertens", "fünftens", "sechstens", "siebtens", "achtens")
RUSSIAN = ("во-первых", "во-вторых", "в-третьих", "в-четвёртых", "в-пятых", "в-шестых", "в-седьмых")
RUSSIAN_NEUTER = ("первое", "второе", "третье", "четвёртое", "пятое", "шестое", "седьмое")
HAN_SEQUENCE = {"首先": 1, "其次": 2, "再次": 3, "最后": 0}
CARDINALS = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
)
HAN = "一二三四五六七八九十"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
ROMAN = {word: n for n, word in enumerate("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split(), 1)}
# number words before a counted noun, by language
NUMBERS: dict[str, int] = {
    **{word: n for n, word in enumerate(CARDINALS, 1)},
    **dict(zip("deux trois quatre cinq sept huit neuf dix".split(), (2, 3, 4, 5, 7, 8, 9, 10), strict=True)),
    **dict(zip("dos tres cuatro cinco seis siete ocho nueve diez".split(), range(2, 11), strict=True)),
    **dict(zip("zwei drei vier fünf sechs sieben acht neun zehn".split(), range(2, 11), strict=True)),
    **dict(zip("två tre fyra fem sju åtta nio tio".split(), (2, 3, 4, 5, 7, 8, 9, 10), strict=True)),
    **dict(zip("twee drie vier vijf dois três".split(), (2, 3, 4, 5, 2, 3), strict=True)),
    **dict(zip("два три четыре пять шесть семь восемь девять десять".split(), range(2, 11), strict=True)),
    **dict(zip("две двух трёх четырёх пяти шести".split(), (2, 2, 3, 4, 5, 6), strict=True)),
}  # fmt: skip
ORDINAL = "|".join(ENGLISH)
POINT = r"(?: (?:one|point|principle|measure|proposal|suggestion|step|task|thing|item|area|aspect|commitment|recommendation|element|pillar|rule|request|reason|priority|condition))?"
WORDED = re.compile(
    rf"(?i)(?P<quote>[“”\"'«]?)(?:(?:the )?(?P<a>{ORDINAL}|one|two|three|four|five|six|last|final){POINT} is,?(?=\s)(?! of\b)|"
    rf"(?P<b>{ORDINAL}|last|final)(?:ly)?(?:{POINT} ?[:,]|[,:：](?=\s)| [–—-](?=\s)| of all,| and foremost,)|(?:number|point|principle|proposal) (?P<n>{'|'.join(CARDINALS[:12])}|\d{{1,2}})[:,.](?=\s)|(?P<c>{'|'.join(CARDINALS[:12])})[:,](?=\s))\s*"
)
OTHER_WORDED = re.compile(
    rf"(?i)(?P<quote>[“”\"'«]?)(?:(?P<fr>{'|'.join(FRENCH)})\s?[,:]|(?:en (?P<esp>{'|'.join(SPANISH_PLACE)}) (?:lugar|término)\s?[,:])|(?P<es>{'|'.join(SPANISH)})\s?(?:[:,]|\.[-–])|(?P<pt>{'|'.join(PORTUGUESE)})\s?[,:]|(?P<de>{'|'.join(GERMAN)})[,:]?(?=\s)|(?P<ru>{'|'.join(RUSSIAN)}),?|(?P<run>{'|'.join(RUSSIAN_NEUTER)})\s?[:,—–-])\s*"
)
CHINESE = re.compile(
    rf"(?:(?P<is>[{HAN}])(?:是|要)(?!否)|第(?P<ord>[{HAN}])(?P<noun>点|项|条|个)?(?:是|[，,、：:])|[（(](?P<br>[{HAN}]{{1,2}})[）)]|(?P<dun>[{HAN}]{{1,2}})、|(?P<seq>首先|其次|再次|最后)[，,：:]|其(?P<qi>[{HAN}])[，,：:])\s*"
)
NUMBERED = re.compile(r"(?:(?P<a>\d{1,2})(?P<style>[.)、．])(?!\d)|[(（](?P<b>\d{1,2})[)）])\s*")
LETTERED = re.compile(r"(?:\((?P<a>[a-zA-Z]|[ivx]{1,5})\)|(?P<b>[a-z]|[ivx]{1,5})(?P<style>[.)])(?=\s))\s*")
UPPER_ROMAN = re.compile(r"(?P<n>[IVX]{1,5})[.、．)]\s*(?=[A-ZÀ-Þ\u4e00-\u9fff])")
CIRCLE = re.compile(f"(?P<n>[{CIRCLED}])\\s*")
BULLET = re.compile(
    r"(?P<mark>[•·▪‣◦●○■□◆►➢✓✔→★❖⁃∙*»])\s*(?=\S)|(?P<dash>[-–—]{1,2})\s+(?=\S)(?![^()]{2,40}\(@)|(?P<han>——)(?=[\u4e00-\u9fff])"
)


class Mark(NamedTuple):
    """What opens an item: its style, the number it states (None for a bullet, 0 for "last"), and its length in code points."""

    style: str
    number: int | None
    size: int
    other: int | None = None  # the number under the other reading of one letter: (i) is nine or one

    @property
    def opens(self) -> bool:
        """True if a list can begin with it."""
        return self.number in (1, None) or self.other == 1


def mark(text: str) -> Mark | None:
    """The mark at the head of a text, None if there is none.

    >>> mark("Secondly, to respect"), mark("(iv) to act"), mark("三是加强合作"), mark("1.1 Terms")
    (Mark(style='worded', number=2, size=10, other=None), Mark(style='letter()', number=None, size=5, other=4), Mark(style='是', number=3, size=2, other=None), None)
    """
    first = text[:1]
    if first.isascii() and not first.isalnum() and first not in "(“”\"'*-":
        return None
    if first.isdigit() or (first in "(（" and text[1:2].isdigit()):
        match = NUMBERED.match(text)
        if not match or (match["style"] == "." and not text[match.end() - 1].isspace() and text[match.end() : match.end() + 1].islower()):
            return None
        return Mark(f"number{match['style'] or '()'}", int(match["a"] or match["b"]), match.end())
    if (match := CHINESE.match(text)) and match["seq"]:
        return Mark("首先", HAN_SEQUENCE[match["seq"]], match.end())
    if match:
        style = "其" if match["qi"] else "是" if match["is"] else "第" if match["ord"] else "（）" if match["br"] else "、"
        return Mark(style, han_number(match["is"] or match["ord"] or match["br"] or match["dun"] or match["qi"]), match.end())
    if match := LETTERED.match(text):
        word = match["a"] or match["b"]
        return Mark(
            f"{'LETTER' if word.isupper() else 'letter'}{match['style'] or '()'}",
            ord(word.lower()) - 96 if len(word) == 1 else None,
            match.end(),
            ROMAN.get(word),
        )
    if found := _worded(text):
        return found
    if match := CIRCLE.match(text):
        return Mark("circle", CIRCLED.index(match["n"]) + 1, match.end())
    if match := UPPER_ROMAN.match(text):
        return Mark("roman", ROMAN.get(match["n"].lower()), match.end())
    if match := BULLET.match(text):
        return Mark(f"bullet{match['mark'] or '-'}", None, match.end())
    return None


def _worded(text: str) -> Mark | None:
    """The mark in words at the head of a text: "First,", "The second is", "En tercer lugar"."""
    if match := WORDED.match(text):
        word = (match["a"] or match["b"] or match["n"] or match["c"]).lower()
        if word.isdigit():
            number = int(word)
        elif word in ("last", "final"):
            number = 0
        else:
            number = (ENGLISH if word in ENGLISH else CARDINALS).index(word) + 1
        return Mark("worded", number, match.end())
    if match := OTHER_WORDED.match(text):
        for group, words in OTHERS:
            if match[group]:
                return Mark("worded", words.index(match[group].lower()) + 1, match.end())
    return None


OTHERS = (
    ("fr", FRENCH),
    ("esp", SPANISH_PLACE),
    ("es", SPANISH),
    ("pt", PORTUGUESE),
    ("de", GERMAN),
    ("ru", RUSSIAN),
    ("run", RUSSIAN_NEUTER),
)


def han_number(word: str) -> int:
    """The number that one or two Chinese digits state, up to twenty."""
    if len(word) == 1:
        return HAN.index(word) + 1
    return 10 + HAN.index(word[1]) + 1 if word[0] == "十" else HAN.index(word[0]) * 10 + 10
