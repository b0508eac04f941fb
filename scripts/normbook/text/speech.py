"""Who speaks: names with offices before verbs of saying, and the words between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

SAID = (
    r"(?:said|says|told|tells|stated|states|added|adds|noted|notes|stressed|stresses|emphasized|emphasised|emphasizes|announced|announces|"
    r"explained|declared|claimed|claims|remarked|replied|responded|reiterated|pointed out|addresses|addressed|made the remarks)"
)
NAME = r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+){1,2}"
OFFICE_WORD = r"(?:[Ff]oreign|[Ss]tate|[Pp]rime|[Vv]ice|[Dd]eputy|[Mm]inistry|[Mm]inister|[Ss]ecretary|[Cc]ounci(?:l|)lor|[Ss]pokes(?:person|man|woman)|[Pp]resident|[Aa]mbassador|[Pp]remier|[Dd]irector|[Cc]hair(?:man|woman|person)?|[Gg]eneral|[Aa]ffairs|[Cc]ounterpart)"
NATION = r"(?:[A-Z][a-z]+(?:ese|ian|ine|ish|can|ean|ch|ari|[a-z]i)|US|UK|EU|Dutch|French|German|Greek)"
OFFICE = rf"(?:{NATION} )?(?!of ){OFFICE_WORD}(?:(?: and| for| of)? {OFFICE_WORD})*"
TITLED = re.compile(rf"(?P<office>{OFFICE}) (?P<name>{NAME})\b")
ROLE = r"(?:spokes(?:person|man|woman)|(?:[Dd]eputy |[Vv]ice |[Pp]rime |[Ff]oreign )?[Mm]inister|[Ss]ecretary(?:-[Gg]eneral)?|[Pp]resident|[Vv]ice[- ][Pp]resident|[Aa]mbassador|[Dd]irector(?:-[Gg]eneral)?|[Cc]hair(?:man|woman|person)?|[Gg]overnor|[Mm]ayor|[Cc]ommissioner|[Hh]ead|[Cc]hief(?: [Ee]xecutive)?|[Pp]rofessor|[Ss]peaker|[Ee]nvoy|[Cc]hancellor|[Pp]remier|[Cc]oordinator)"
APPOSED = re.compile(
    rf"(?P<name>{NAME}), (?:the |an? )?(?P<office>(?:[\w’'-]+ ){{0,4}}?{ROLE}(?: (?:of|for|at) (?:the )?[A-Z][^,.;:“”\"]{{2,70}}?)?)(?=[,.;:]| (?:said|told|added|warned|argued|announced|noted|stressed|explained)\b)"
)
NEAR_VERB = 90  # code points around a name in which its verb of saying is looked for
AFTER = re.compile(rf"(?P<name>{NAME}), (?P<office>spokes(?:person|man|woman) for [A-Z][\w’' ]+?),")
SPEECH_VERB = re.compile(rf"\b{SAID}\b")
QUOTED = re.compile(r"“([^“”]{2,})”|(?<!\w)\"([^\"]{2,})\"")


class Speaker(NamedTuple):
    """A person whom a text names with an office: both as written, where the two stand together, and the verb of saying beside them, if any."""

    name: str
    office: str
    start: int
    end: int
    verb: str | None = None


def find_speakers(text: str) -> list[Speaker]:
    """Each person named with an office, at the first place of each pairing, in order.

    >>> [(s.name, s.office) for s in find_speakers("Spokesperson Lin Jian said the initiative puts forward approaches.")]
    [('Lin Jian', 'Spokesperson')]
    """
    found: dict[tuple[str, str], Speaker] = {}
    for match in [*TITLED.finditer(text), *(AFTER.finditer(text) if " spokes" in text else ()), *APPOSED.finditer(text)]:
        name, office = match["name"], match["office"]
        if not re.search(
            r"(?i)minister|secretary|spokes|president|ambassador|premier|director|chair|counterpart|counci|governor|mayor|commissioner|head|chief|professor|speaker|envoy|chancellor|coordinator",
            office,
        ):
            continue
        verb = SPEECH_VERB.search(text, match.end(), match.end() + NEAR_VERB) or _last(
            SPEECH_VERB.finditer(text, max(0, match.start() - 30), match.start())
        )
        found.setdefault((name, office), Speaker(name, office, match.start(), match.end(), verb[0] if verb else None))
    return sorted(found.values(), key=lambda speaker: speaker.start)


def _last(matches: Iterator[re.Match[str]]) -> re.Match[str] | None:
    found = None
    for match in matches:
        found = match
    return found


def find_quotes(text: str) -> Iterator[tuple[int, int]]:
    """The spans between paired quotation marks, marks not included."""
    for match in QUOTED.finditer(text):
        group = 1 if match[1] is not None else 2
        yield match.start(group), match.end(group)


def attributed_to(sentence: str, people: list[str]) -> str | None:
    """The one of `people` (full names) whom a sentence names, in full or by one part of the name, before or after a verb of saying."""
    if not SPEECH_VERB.search(sentence):
        return None
    for name in people:
        parts = [name, *name.split()]
        for part in parts:
            if re.search(rf"\b{part}\b,? (?:\w+ )?{SAID}\b|\b{SAID} {part}\b|\b{SAID} (?:\w+ ){{0,3}}{part}\b", sentence):
                return name
    return None
