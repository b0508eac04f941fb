"""Markers of list items: "1.", "(a)", "•", "Firstly," with their styles and numbers."""

from __future__ import annotations

import re
from typing import NamedTuple

from normbook.languages.language import Numbered, Words, pattern

ORDINALS = Numbered("numbers.ordinals", part="en")
HAN_IS = Words("lists.is")
CARDINALS = Numbered("numbers.cardinals", part="en")
HAN = Numbered("numbers.cardinals", part="dense")
HAN_ORDER = Numbered("numbers.ordering", part="dense")
LAST_ORDINALS = Words("lists.last-ordinals", part="en")
TEN = 10
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
ROMAN = {word: n for n, word in enumerate("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split(), 1)}
# number words before a counted noun, by language
NUMBERS = Numbered("numbers.cardinals", part="spaced")
POINT = r"(?: <lists.point-nouns>)?"
LAST = "<lists.last-ordinals:en>"
IS = (
    rf"(?:<grammar.definite-articles:en> )?(?P<a><numbers.ordinals:en>|<lists.small-numbers:en>|{LAST}){POINT} <grammar.is:en>,?(?=\s)"
    r"(?! <grammar.of:en>\b)"
)
BEHIND_ORDINAL = rf"(?:{POINT} ?[:,]|[,:：](?=\s)| [–—-](?=\s)| <lists.behind-ordinals:en>,)"
POINT_NUMBER = r"<lists.numbered-nouns:en> (?P<n><numbers.cardinals:en>|\d{1,2})[:,.](?=\s)"
WORDED = pattern(
    rf"(?i)(?P<quote>[“”\"'«]?)(?:{IS}|(?P<b><numbers.ordinals:en>|{LAST})<grammar.adverb-endings:en>?{BEHIND_ORDINAL}|{POINT_NUMBER}|"
    r"(?P<c><numbers.cardinals:en>)[:,](?=\s))\s*"
)
OTHER_FORMS = (
    r"(?P<fr><numbers.firstly:fr>)\s?[,:]",
    r"<lists.before-places:es> (?P<esp><numbers.place:es>) <lists.place-nouns:es>\s?[,:]",
    r"(?P<es><numbers.firstly:es>)\s?(?:[:,]|\.(?:[-–]|(?=\s)))",
    r"(?P<pt><numbers.firstly:pt>)\s?(?:[,:]|\.(?:[-–]|(?=\s)))",
    r"(?P<it><numbers.firstly:it>)\s?[,:]",
    r"(?P<ko><numbers.firstly:ko>)\s?[,:]",
    r"(?P<ja><numbers.firstly:ja>)[、，,]",
    r"(?P<ar><numbers.firstly:ar>)\u064b?\s?[:\u060c,-]",
    r"(?P<uk><numbers.firstly:uk>)\s?,",
    r"(?P<de><numbers.firstly:de>)[,:]?(?=\s)",
    r"(?P<ru><numbers.firstly:ru>),?",
    r"(?P<run><numbers.neuter:ru>)\s?(?:[:,—–-]|\.(?=\s))",
)
OTHER_WORDED = pattern(rf"(?i)(?P<quote>[“”\"'«]?)(?:{'|'.join(OTHER_FORMS)})\s*")
HAN_FORMS = (
    r"(?P<is><numbers.cardinals:dense>)<lists.is-to>(?!<lists.no-is>)",
    r"<lists.han-ordinal>(?P<ord><numbers.cardinals:dense>)(?P<noun><lists.ordinal-nouns:dense>)?(?:<lists.is>|[，,、：:])",
    r"[（(](?P<br><numbers.cardinals:dense>{1,2})\s?[）)]",
    r"(?P<dun><numbers.cardinals:dense>{1,2})、",
    r"(?P<seq><numbers.ordering:dense>|<lists.finally:dense>)[，,：:]",
    r"<lists.han-turn>(?P<qi><numbers.cardinals:dense>)[，,：:]",
)
CHINESE = pattern(rf"(?:{'|'.join(HAN_FORMS)})\s*")
DOTTED = re.compile(r"(?P<above>\d{1,2}(?:\.\d{1,2}){0,3})\.(?P<n>\d{1,2})\.?\s+(?=[^\W\d_]|[“\"(])")
LETTER_COLON = re.compile(r"(?P<n>[A-H])[:：]\s+(?=\S)")
NUMBER_ENDS = r"[.)、．](?![\dº°ª])|\.?[º°ª][.)]?(?=\s(?![CF]\b))|\.?\s?[-–—](?=\s+[^\W\d_])"
NUMBERED = re.compile(rf"(?:(?P<a>\d{{1,2}})(?P<style>{NUMBER_ENDS})|[(（](?P<b>\d{{1,2}})[)）])\s*")
LETTERED = re.compile(r"(?:\((?P<a>[a-zA-Z]|[ivx]{1,5})\)|(?P<b>[a-z]|[ivx]{1,5})(?P<style>[.)])(?=\s))\s*")
# letters of other alphabets, whose lists may count in one of two orders: the Arabic abjad and the order of the dictionary
OTHER_LETTER = r"(?P<n><numbers.letters>|<numbers.letters-other>)\u0640?"
OTHER_LETTERED = pattern(rf"[(（]?{OTHER_LETTER}(?P<style>[).）．、:\u3000]|\s?[-–—])\s*(?=[^\W_])(?<=[\s、）\u3000])")
OTHER_LETTERS = Numbered("numbers.letters")
SECOND_ORDER = Numbered("numbers.letters-other")
FIRST_OTHER = "\u0370"
# an item that was put in between two others: "a bis)", "ch)"
INSERTED = pattern(
    r"(?P<open>\()?(?:(?P<n>[a-z]|\d{1,2})[- ]?<lists.inserted>|(?P<number>\d{1,2})[a-d]|(?P<two><lists.inserted-letters>))(?P<style>[.)])\s+(?=\S)"
)
AFTER_LETTERS = Words("lists.inserted-after")  # "ch=c"
ROUND = re.compile(r"o\s+(?=[^\W\d_])")  # a hollow bullet, as copies of documents have it
UPPER_ROMAN = re.compile(r"(?P<n>[IVX]{1,5})(?:[.、．)]\s*(?=[A-ZÀ-Þ\u4e00-\u9fff])|\s?(?P<dash>[–—-])\s+(?=[^\W\d_]))")
CIRCLE = re.compile(f"(?P<n>[{CIRCLED}])\\s*")
BULLET = re.compile(
    r"(?P<mark>[•·▪‣◦●○■□◆►➢✓✔→★❖⁃∙»☐☑☒]|\*(?!\*))\s*(?=\S)|(?P<dash>[-–—]{1,2})\s+(?=\S)(?![^()]{2,40}\(@)|(?P<han>——)(?=[\u4e00-\u9fff])"
)


class Mark(NamedTuple):
    """The marker of an item: its style, its number (None for a bullet, 0 for "last"), and its length in code points."""

    style: str
    number: int | None
    size: int
    other: int | None = None  # the number in the other reading of a letter: (i) is nine or one
    inserted: bool = False  # stands behind the item of the same number: "a bis)"

    @property
    def opens(self) -> bool:
        """True if a list can start with this marker."""
        return not self.inserted and (self.number in (1, None) or self.other == 1)


def mark(text: str) -> Mark | None:
    """The marker at the start of a text, or None.

    >>> [found[:3] for found in map(mark, ("Secondly, to respect", "三是加强合作", "1.1 Terms", "c) to act"))]
    [('worded', 2, 10), ('是', 3, 2), ('number1.', 1, 4), ('letter)', 3, 3)]
    >>> mark("(iv) to act").other, mark("c bis) to meet").inserted
    (4, True)
    """
    first = text[:1]
    if first.isascii() and not first.isalnum() and first not in "(“”\"'*-":
        return None
    if first.isdecimal() and (match := DOTTED.match(text)):
        return Mark(f"number{match['above']}.", int(match["n"]), match.end())
    if text[1:2] in (":", "：") and (match := LETTER_COLON.match(text)):
        return Mark("LETTER:", ord(match["n"]) - 64, match.end())
    if found := _inserted(text):
        return found
    if first.isdecimal() or (first in "(（" and text[1:2].isdigit()):
        match = NUMBERED.match(text)
        if not match or (match["style"] == "." and not text[match.end() - 1].isspace() and text[match.end() : match.end() + 1].islower()):
            return None
        return Mark(f"number{match['style'] or '()'}", int(match["a"] or match["b"]), match.end())
    if (match := CHINESE.match(text)) and match["seq"]:
        return Mark(HAN_ORDER.ordered[0], HAN_ORDER.get(match["seq"], 0), match.end())
    if match:
        style = match[0][0] if match["qi"] or match["ord"] else HAN_IS.ends[0] if match["is"] else "（）" if match["br"] else "、"
        return Mark(style, han_number(match["is"] or match["ord"] or match["br"] or match["dun"] or match["qi"]), match.end())
    if match := LETTERED.match(text):
        word = match["a"] or match["b"]
        return Mark(
            f"{'LETTER' if word.isupper() else 'letter'}{match['style'] or '()'}",
            ord(word.lower()) - 96 if len(word) == 1 else None,
            match.end(),
            ROMAN.get(word),
        )
    if found := _round_or_other(text) or _worded(text):
        return found
    if match := CIRCLE.match(text):
        return Mark("circle", CIRCLED.index(match["n"]) + 1, match.end())
    if match := UPPER_ROMAN.match(text):
        return Mark(f"roman{match['dash'] or ''}", ROMAN.get(match["n"].lower()), match.end())
    if match := BULLET.match(text):
        return Mark(f"bullet{match['mark'] or '-'}", None, match.end())
    return None


def _round_or_other(text: str) -> Mark | None:
    """A hollow bullet that a copy has as the letter o, or a letter of another alphabet and a sign."""
    if match := ROUND.match(text):
        return Mark("bullet-o", None, match.end())
    if text.lstrip("(（")[:1] >= FIRST_OTHER and (match := OTHER_LETTERED.match(text)):
        first, second = OTHER_LETTERS.get(match["n"]), SECOND_ORDER.get(match["n"])
        numbers = [number for number in (first, second) if number is not None]
        other = numbers[1] if len(set(numbers)) > 1 else None
        cyrillic = "\u0400" < match["n"] < "\u0500"  # of which some look like Latin ones and stand among them
        return Mark(f"letter{'' if cyrillic else 's'}{match['style'].strip()}", numbers[0], match.end(), other)
    return None


def _inserted(text: str) -> Mark | None:
    """The mark of an item between two others, with the number of the one above it."""
    if not (match := INSERTED.match(text)):
        return None
    above = match["n"] or match["number"] or dict(row.split("=") for row in AFTER_LETTERS.ends)[match["two"]]
    kind = "number" if above.isdecimal() else "letter"
    return Mark(
        f"{kind}{'()' if match['open'] else match['style']}", int(above) if above.isdecimal() else ord(above) - 96, match.end(), None, True
    )


def _worded(text: str) -> Mark | None:
    """The marker in words at the start of a text: "First,", "The second is", "En tercer lugar"."""
    if match := WORDED.match(text):
        word = (match["a"] or match["b"] or match["n"] or match["c"]).lower()
        if word.isdigit():
            number = int(word)
        elif word in LAST_ORDINALS:
            number = 0
        else:
            number = (ORDINALS if word in ORDINALS else CARDINALS)[word]
        return Mark("worded", number, match.end())
    if match := OTHER_WORDED.match(text):
        for group, places in OTHERS:
            if match[group]:
                return Mark("worded", places[match[group].lower()], match.end())
    return None


OTHERS = (
    ("fr", Numbered("numbers.firstly", part="fr")),
    ("esp", Numbered("numbers.place", part="es")),
    ("es", Numbered("numbers.firstly", part="es")),
    ("pt", Numbered("numbers.firstly", part="pt")),
    ("it", Numbered("numbers.firstly", part="it")),
    ("ko", Numbered("numbers.firstly", part="ko")),
    ("ja", Numbered("numbers.firstly", part="ja")),
    ("ar", Numbered("numbers.firstly", part="ar")),
    ("uk", Numbered("numbers.firstly", part="uk")),
    ("de", Numbered("numbers.firstly", part="de")),
    ("ru", Numbered("numbers.firstly", part="ru")),
    ("run", Numbered("numbers.neuter", part="ru")),
)


def han_number(word: str) -> int:
    """The number that Chinese numerals write, up to twenty."""
    if len(word) == 1:
        return HAN[word]
    return TEN + HAN[word[1]] if HAN[word[0]] == TEN else HAN[word[0]] * TEN
