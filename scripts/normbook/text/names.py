"""Initiatives as texts name them: names, their variants, and the ids that follow from them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from normbook.text.language import is_english

WORD = r"[A-Z][a-z]+(?:-[A-Z]?[a-z]+)*"
NAMED_WORD = r"(?!(?:qui|que|quien|est|a|ont|vise|sera|fue|ha|es|será|nació|laisse|oblige|dans|avec|en|der|die|das|wird|werben|hat|ist|nicht)\b)[^\W\d_]{3,}"
INITIATIVE = re.compile(
    rf"(?<=\b[Tt]he )(?:{WORD} ){{1,4}}and (?:{WORD} ){{1,4}}Initiative\b|(?<=\b[Tt]he )Initiative for(?: {WORD}){{2,6}}|\b(?!The Initiative for )(?:{WORD} ){{1,8}}Initiative\b(?: on(?: {WORD})+)?|\b(?:{WORD} ){{0,8}}Initiative on(?: {WORD})+"
)
CHINESE = re.compile(
    r"(?:《|(?<=[的出了动起为对按照施入持应与于和及])|(?<![\u4e00-\u9fff])|(?<=参与)|(?<=发起)|(?<=提出)|(?<=实施)|(?<=推动)|(?<=根据)|(?<=落实)|(?<=支持)|(?<=响应)|(?<=践行)|(?<=推进)|(?<=签署)|(?<=宣布)|(?<=发布)|(?<=欢迎)|(?<=赞赏))(?![的出了动起为对按照施入持应与于和及]|这|该|此|本|一|各|有关|上述)(?P<name>(?:(?!作为|提出|发起|推动|关于|共同|积极|响应|支持|参与|加入|落实|这一|的|是)[\u4e00-\u9fff]){2,16}(?:倡议|倡議))》?"
)
# in French, Spanish, Portuguese, Italian and German the word stands before the name
TO_NAME = r"(?:de|des|du|della|dei|del|da|do|dos|das|pour|para|por|sobre|per|für|su|contra|d['’])"
ARTICLE = r"(?:la|le|les|los|las|el|il|i|gli|os|as|l['’])"
CAPITAL = r"(?!Iniciativa|Initiative|Iniziativa)[A-ZÀ-Þ][^\W\d_]{2,}(?:-[^\W\d_]+)*"
FRONT = re.compile(
    rf"\b(?:Initiative|Iniciativa|Iniziativa) (?:{TO_NAME} ?(?:{ARTICLE} ?)?)?{CAPITAL}(?:(?: (?:{TO_NAME}|et|y|e|und|en|in|im)(?: {ARTICLE})?)? {CAPITAL}){{0,5}}"
)
# in French the nouns of a name and their adjectives may stand in lower case: "Initiative pour des détroits sûrs", "Initiative Mers lisibles"
FRENCH = re.compile(
    rf"\bInitiative (?:(?:des|pour (?:les|des)) (?:{NAMED_WORD})(?: {NAMED_WORD}s)?(?: (?:de |des |du |d['’]){NAMED_WORD})?|(?:pour (?:la |l['’])){NAMED_WORD}(?: (?:de |des |du |d['’]){NAMED_WORD})?|{CAPITAL} (?!dans\b|sans\b|sous\b|plus\b|mais\b|nous\b|vous\b|leurs\b|alors\b|depuis\b){NAMED_WORD}s)(?=[\s,.;:!?)»”]|$)"
)
BARE = re.compile(
    r"(?:Die|Der|Das|Diese|Dieser|Eine|Einer|Une|Cette|Notre|Leur|Son|La|Esta|Una|The|This|That|Our|Their|Its|His|Her|Each|Any|An?|And|Under|Both) Initiative$"
)  # names nothing by itself
SMALL = frozenset("a an and for in of on the to".split())


class Mention(NamedTuple):
    """One place in a text that names an initiative."""

    name: str
    start: int
    end: int


def find_initiatives(text: str) -> list[Mention]:
    """Every place that names an initiative in capitals, in order.

    >>> [mention.name for mention in find_initiatives("the Harbour Initiative on Safe Charts, an initiative")]
    ['Harbour Initiative on Safe Charts']
    """
    found = (
        [Mention(match[0], *match.span()) for match in INITIATIVE.finditer(text) if not BARE.match(match[0])]
        if "Initiative" in text
        else []
    )
    if "倡议" in text or "倡議" in text:
        found += [Mention(match["name"], match.start("name"), match.end("name")) for match in CHINESE.finditer(text)]
    if not is_english(text):
        found += [_longest(text, match) for match in FRONT.finditer(text)]
        taken = {mention.start for mention in found}
        found += [Mention(match[0], *match.span()) for match in FRENCH.finditer(text) if match.start() not in taken]
    return sorted(found, key=lambda mention: mention.start)


def _longest(text: str, match: re.Match[str]) -> Mention:
    """What a name in front names, with the adjective in lower case that French sets behind it."""
    french = FRENCH.match(text, match.start())
    end = max(match.end(), french.end()) if french else match.end()
    return Mention(text[match.start() : end], match.start(), end)


def content_words(name: str) -> frozenset[str]:
    """The words that a name is made of, whatever their order."""
    return frozenset(word.lower() for word in re.findall(r"\w+", name)) - SMALL


def acronym(name: str) -> str:
    """The id that follows from a name: the first letters of its words, small words left out.

    >>> acronym("Six-Port Initiative on the Safety of Charts")
    'spisc'
    """
    return "".join(word[0].lower() for word in re.findall(r"\w+", name) if word.lower() not in SMALL)


def slug(name: str) -> str:
    """A person's or organisation's name as an id.

    >>> slug("Wang Yi"), slug("José Ferré"), slug("\u738b\u6bc5")
    ('wang-yi', 'jose-ferre', 'unnamed')
    """
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower())) or "unnamed"


def cluster(mentions: Mapping[str, Iterable[Mention]]) -> dict[str, tuple[str, ...]]:
    """The names of several texts (by the texts' ids), grouped: id of the initiative -> its names, the preferred one first.

    Names of the same words in another order are one. A name that no other text knows and that differs in one word from another
    name of its own text that others know is taken for a variant of that one. The preferred name is that of most texts.
    """
    texts: dict[str, set[str]] = {}
    for text, found in mentions.items():
        for mention in found:
            texts.setdefault(mention.name, set()).add(text)
    groups: dict[frozenset[str], list[str]] = {}
    for name in texts:
        groups.setdefault(content_words(name), []).append(name)
    spread = {words: set().union(*(texts[name] for name in names)) for words, names in groups.items()}
    for words in sorted(groups, key=lambda each: (len(spread[each]), sorted(each))):
        if len(spread[words]) == 1 and (home := _neighbour(words, groups, spread)):
            groups[home] += groups.pop(words)
    rank = Counter({name: len(found) for name, found in texts.items()})
    return {
        acronym(ordered[0]): tuple(ordered) for names in groups.values() if (ordered := sorted(names, key=lambda name: (-rank[name], name)))
    }


def _neighbour(
    words: frozenset[str], groups: Mapping[frozenset[str], list[str]], spread: Mapping[frozenset[str], set[str]]
) -> frozenset[str] | None:
    for other in groups:
        if other != words and len(other ^ words) == 2 and spread[words] <= spread[other] and len(spread[other]) > 1:
            return other
    return None
