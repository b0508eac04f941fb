"""Labels of speakers at the start of a line, as in records of parliaments, the United Nations and press briefings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from normbook.languages.language import Words, pattern
from normbook.languages.phrases import first_words
from normbook.text.lexicon import is_common_only, is_function_word
from normbook.text.line_cache import remembered
from normbook.text.offices import ALSO_SAID, BODIES, HONORIFICS, RANKS, SAID, THINGS, is_role

CAPITAL = r"[A-ZÀ-Þ\u0410-\u042f]"
WORD = rf"(?:(?:{CAPITAL}\.){{1,3}}(?:{CAPITAL}[\w’'-]+)?|{CAPITAL}[\w’'-]*)"
PARTICLE = r"(?:<people.name-particles>)"
LINK = r"(?!<dialogue.label-and> )(?i:<dialogue.label-links>) "
NAME = rf"{WORD}(?:,? (?:{LINK})?(?:(?:{PARTICLE}|<dialogue.given-heads>) )?{WORD}|,? (?:<dialogue.label-and>) {WORD}){{0,9}}"
PLACE = rf"(?: (?:<dialogue.member-of>) {CAPITAL}[\w’-]*(?: {CAPITAL}[\w’-]*){{0,2}})?"
DASHED_NOTE = r"\s[–—-]\s[^–—:\n]{2,80}\s?[–—-](?=\s?:)"  # "Abg. Maurer – auf den Bericht zeigend –:"
NOTES = rf"(?P<notes>(?:\s?\([^()\n]{{1,90}}\)|\s?\[[^\[\]\n]{{1,90}}\]|{DASHED_NOTE}){{0,3}})"
OPENING = r"(?:>> |(?:<dialogue.turn-words>\.? )?\d{1,3}\.? )?"  # of a relay, or the number of the speech
END = r"(?P<end>\s?[:：](?!//)|\.(?:\s?[–—-]{1,2}|(?=\s|$))|\s?[–—]{1,2}|(?<=\))\s-(?=\s))\s*"
TITLED = pattern(
    rf"{OPENING}(?:<grammar.capital-articles:en> )?(?P<title>(?i:<dialogue.titles>)\.?(?: (?i:<dialogue.titles>)\.?){{0,2}})(?: |(?<=\.)(?=[A-Z]{{3}}))(?P<name>{NAME}){PLACE}{NOTES}{END}"
)
NAMED = pattern(rf"{OPENING}(?P<name>{NAME}){NOTES}(?P<end>\s?[:：](?!//))\s*")
ARTICLE = pattern(r"<grammar.capital-articles:en> ")
ALONE = pattern(rf"\s*(?P<title>(?i:<dialogue.titles>)\.? )?(?P<name>{NAME})\s*$")
LONGEST_ALONE, MOST_NAMES = 60, 3  # code points of a label on a line of its own; names in it
DELEGATE = pattern(
    rf"(?<!\w)(?i:<dialogue.titles>)\.? (?P<name>{WORD}(?: (?:{PARTICLE} )?{WORD}){{0,3}}) \({CAPITAL}[^()\n]{{1,60}}\)(?:,[^.;:()\n]{{1,150}},)? (?P<verb>{SAID}|{ALSO_SAID})\b"
)
# the same in summaries of the United Nations, with the whole name in capitals instead of a title
DELEGATE_IN_CAPITALS = pattern(
    rf"(?<!\w)(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ’'-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ’'.-]*){{0,3}} [A-ZÀ-Þ][A-ZÀ-Þ’'-]+) \({CAPITAL}[^()\n]{{1,60}}\)(?:,[^.;:()\n]{{1,150}},)? (?P<verb>{SAID}|{ALSO_SAID})\b"
)
# a label in capitals inside a line, as copies of printed records have it: "... I thank you. HON. A. BROOK.- Mr. Speaker"
INSIDE = pattern(
    r"(?<=\s)(?i:<dialogue.titles>)\.?(?: (?i:<dialogue.titles>)\.?){0,2} (?P<name>(?:[A-ZÀ-Þ]\.? ){0,3}[A-ZÀ-Þ][A-ZÀ-Þ’'. -]{2,40}?)\.[-–—](?=\s)"
)
# a name, perhaps with a note or the group for which it speaks, a dash and those whom it addresses
ADDRESSING = pattern(rf"(?P<name>{NAME}){NOTES}(?P<group>,\s[^.:\n]{{3,110}})?(?P<end>\.\s?[–—]\s)(?=<events.salutations>)")
# an office and its holder in brackets: "The Minister for Data (Mr John Pike):"; a list of officers: "President: Ms. Kallas (Estonia)"
HOLDER = pattern(rf"(?:>> )?(?P<office>[^\W\d_][^()\n:]{{2,120}}) \((?P<title>(?i:<dialogue.titles>)\.? )?(?P<name>{NAME})\)\s?[:：]\s*")
OFFICER = pattern(rf"(?P<office>[^\W\d_][^()\n:]{{2,60}})\s?[:：]\s+(?i:<dialogue.titles>)\.? (?P<name>{NAME}){NOTES}\s*")
GIVEN_HEADS = Words("dialogue.given-heads")  # before the given names behind a surname: "El señor FERRER, don Andrés"
# a surname, perhaps a place, and an acronym, each in brackets: "Strunk (AA):"
SINGLE_NOTED = pattern(
    rf"(?P<name>{CAPITAL}[\w’'-]+)(?: \({CAPITAL}[^()\n]{{1,40}}\))?\s?\((?P<body>[A-ZÄÖÜ][A-Za-zÄÖÜäöü]{{0,3}}[A-ZÄÖÜ])\)\s?:(?=\s|$)"
)
OFFICE_HEADS = Words("dialogue.office-heads")
# records with names in capitals and a full stop: "MARCO BRUNI (PD). Signora", "ANNA NERI, Relatrice. La"
IN_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ’'-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ’'-]+){1,3}"
IN_CAPITALS_LABEL = pattern(rf"(?P<name>{IN_CAPITALS})(?: \([^()\n]{{1,40}}\)|, (?P<office>[^.,:;()\n]{{3,60}}))\.\s+(?=[A-ZÀ-Þ«“])")
# Russian records: a surname with initials, and an office or group or an address
WITH_INITIALS = r"(?P<name>[\u0410-\u042f][\u0430-\u044f\u0451-]+ [\u0410-\u042f]\. ?[\u0410-\u042f])\."
RUSSIAN_LABEL = pattern(
    rf"{WITH_INITIALS}(?:, (?P<office>[^.:;\n]{{3,90}})\.)?\s+(?P<head><dialogue.salutation-heads>)?(?=[\u0410-\u042f]|\w)"
)
# a label on a line of its own in the British record: an office and its holder, or a member with the place and the party
OFFICE_ALONE = pattern(
    r"(?:<grammar.capital-articles:en> )?(?P<office>[^\W\d_][^()\n:.]{2,90}) \((?P<title>(?i:<dialogue.titles>)\.? )?(?P<name>[^()\n]{3,50})\)$"
)
MEMBER_ALONE = pattern(rf"(?P<name>{NAME}) \([^()\n]{{2,50}}\) \([A-Z][\w/-]{{1,14}}(?: [A-Z][\w-]*)?\)$")
# copies of records on the sites of citizens: name, seat, party and office, and the tools of the page
MEMBER_PLACED = pattern(rf"(?P<name>{NAME}) \((?:[^(),\n]{{2,40}}, ){{0,3}}[^(),\n]{{2,60}}\) <dialogue.page-tools>[^\n]{{0,60}}$")
FACTIONS = Words("dialogue.factions")
NOTE = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
JOINT = re.compile(r"[—–,]| - ")
NO_NAMES = Words("dialogue.fields", "grammar.determiners", "grammar.definite-articles", "dialogue.questions", "dialogue.answers")
ARTICLES = Words("grammar.definite-articles")
PARTICLES = Words("people.name-particles")
ARTICLES = Words("grammar.definite-articles")
GLUED_INITIALS = re.compile(rf"(?:{CAPITAL}\.){{1,2}}{CAPITAL}[\w’-]{{2,}}")  # initials without a space: "A.P.Lapteva"
DOMAIN = re.compile(r"\w\.[a-z]{2,4}$")  # the name of a site
FULL_NAME = re.compile(r"[^\W\d_][^\d_()\[\]/,]*")
TITLES = Words("dialogue.titles")
TITLE_HEAD = 2  # letters
MOST_INDENT = 6  # spaces before the first line of a turn
LONGEST_LABEL = 320  # code points from the start of a line to the end of its label


class Label(NamedTuple):
    """A speaker's label: name and office as printed ("" for none), where each starts in the line, and where the words of the turn start."""

    name: str
    office: str
    name_at: int
    office_at: int
    end: int
    titled: bool = False


@remembered(1 << 12)  # readers of dialogue, speakers and datelines ask for the same lines
def read_label(row: str) -> Label | None:
    """The label at the start of a line, or None.

    It starts with a title ("Mr. HOLLIS.", "Ms. Daly (Ireland):"), ends with a note in brackets ("Jens Korf (CDU/CSU):"), or is
    an office and a name in capitals ("PRESIDENT BARD:"). Wrong for a heading of two names in capitals with a colon.

    >>> label = read_label("Mr. HOLLIS (rising). We have the text.")
    >>> label.name, label.office
    ('HOLLIS', '')
    """
    indent = len(row) - len(row.lstrip(" "))
    if not 0 < indent <= MOST_INDENT:
        return _read_label(row)
    label = _read_label(row[indent:])
    return label and label._replace(name_at=label.name_at + indent, office_at=label.office_at + indent, end=label.end + indent)


def _read_label(row: str) -> Label | None:
    head = row[:LONGEST_LABEL]
    first = head.removeprefix(">> ")[:TITLE_HEAD]
    may_be_titled = not first.isascii() or not _title_heads().isdisjoint((first.lower(), first[:1].lower()))
    if (may_be_titled or ("):" in head and ARTICLE.match(head))) and (match := TITLED.match(head)):
        return _titled(match)
    if ("):" in head or ") :" in head or ")：" in head) and (match := HOLDER.match(head)) and (found := _held(match)):
        return found
    if row.endswith(")") and (found := _alone_with_brackets(row)):
        return found
    if ", " in head and ") " in head and (match := MEMBER_PLACED.match(row)) and _is_name(match["name"].split(), least=2):
        return Label(match["name"], "", 0, match.end(), match.end())
    match = NAMED.match(head) if ":" in head or "：" in head else None
    match = match or (ADDRESSING.match(head) if ". \u2013" in head or ". \u2014" in head else None)
    if match and match.groupdict().get("group"):
        return _grouped(match)
    return _bracketed(match) if match else _alone(row)


@cache
def _title_heads() -> frozenset[str]:
    """The first letters of titles, in lower case."""
    return frozenset(word[:TITLE_HEAD] for title in TITLES for word in first_words(title, " ."))


def _titled(match: re.Match[str]) -> Label | None:
    """A label that starts with a title; an office in capitals may replace the name, which is then in brackets."""
    name, at = match["name"], match.start("name")
    words = name.split()
    office = _office_in(match)
    if is_role(words[0].strip(".,")):
        noted = _name_in(match)
        return Label(noted[0], name, noted[1], at, match.end(), True) if noted else None
    if "," in name:
        name, _, given = name.partition(", ")
        if given.partition(" ")[0] not in GIVEN_HEADS:
            return None
        words = name.split()
    if place := next((k for k, word in enumerate(words) if k and is_function_word(word)), None):
        name, words = " ".join(words[:place]), words[:place]  # "SELBY of Iowa"
    if match["end"][:1] == "." and not (name.isupper() or match["notes"] or len(words) > 1):
        return None
    if match["end"].strip()[:1] in "–—-" and not (name.isupper() or match["notes"] or _is_before_words(match)):
        return None
    if not _is_name(words, least=1):
        return None
    return Label(name, office[0], at, office[1], match.end(), True)


def _is_before_words(match: re.Match[str]) -> bool:
    """True for a dash that touches the first word of a turn: "Mr Kendal —On the point of order"; in a sentence it has a space on both sides."""
    return match["end"][:1].isspace() and not match["end"][-1].isspace() and match.string[match.end() : match.end() + 1].isupper()


def noted_names(rows: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines that start with a surname and the acronym of a body, with the surname; agencies in datelines may be among them."""
    found = [
        (k, match["name"]) for k, row in enumerate(rows) if ("):" in row[:90] or ") :" in row[:90]) and (match := SINGLE_NOTED.match(row))
    ]
    for k, name in found:
        if _is_name([name], least=1) and not is_common_only(name):
            yield k, name


def _held(match: re.Match[str]) -> Label | None:
    """A label or line of an office and the person who holds it, or None if the words before the name hold no office."""
    office = match["office"].strip()
    article, _, rest = office.partition(" ")
    office = rest if article.lower() in ARTICLES else office
    name = match["name"]
    titled = match.groupdict().get("title", "") is not None
    if not any(is_role(word.strip(".,")) for word in office.split()) or not _is_name(name.split(), least=1 if titled else 2):
        return None
    return Label(name, office, match.start("name"), match["office"].index(office) + match.start("office"), match.end(), titled)


def read_officer(row: str) -> Label | None:
    """The person whom a line of its own names for an office, or None.

    >>> label = read_officer("President: Ms. Kallas (Estonia)")
    >>> label and (label.name, label.office)
    ('Kallas', 'President')
    """
    match = OFFICER.fullmatch(row.strip()) if len(row) < LONGEST_LABEL and (":" in row or "：" in row) else None
    return _held(match) if match else None


def _grouped(match: re.Match[str]) -> Label | None:
    """A label of someone who speaks for a group or has an office, between two commas or a comma and a dash."""
    if not _is_name(match["name"].split(), least=2):
        return None
    group = match["group"].lstrip(", ")
    head = group.split()[0].strip(",.")
    office = group if is_role(head) or head in OFFICE_HEADS else ""
    at = match.end("group") - len(group)
    return Label(match["name"], office, match.start("name"), at if office else match.end(), match.end())


def _bracketed(match: re.Match[str]) -> Label | None:
    """A label without a title: a name with a note in brackets, or an office and a name in capitals."""
    words = match["name"].split()
    if words[0].lower() in ARTICLES and any(map(is_role, words)) and (noted := _name_in(match)):
        held = " ".join(words[1:])
        at = match.start("name") + len(words[0]) + 1
        return Label(noted[0], held, noted[1], at, match.end())  # "The Minister for Ports (Ana Brook):"
    roles = next((k for k, word in enumerate(words) if not _is_of_office(word, match["name"])), len(words))
    if any(is_role(word) for word in words[:roles]):
        rest = words[roles:]
        at = match.start("name") + len(" ".join(words[:roles])) + 1
        if (
            not rest
            or is_function_word(words[roles - 1])
            or not _is_name(rest, least=1)
            or not (" ".join(words).isupper() or match["notes"])
        ):
            return None
        noted = _office_in(match)
        office = noted if noted[0] else (" ".join(words[:roles]), match.start("name"))
        return Label(" ".join(rest), office[0], at, office[1], match.end())
    if not match["notes"] or not _is_name(words, least=2) or all(is_common_only(word) for word in words):
        return None
    office = _office_in(match)
    return Label(match["name"], office[0], match.start("name"), office[1], match.end())


def _alone_with_brackets(row: str) -> Label | None:
    """A label on a line of its own that ends in brackets, as in the British record."""
    if len(row) > LONGEST_LABEL:
        return None
    if (match := MEMBER_ALONE.match(row)) and _is_name(match["name"].split(), least=2):
        return Label(match["name"], "", 0, match.end(), match.end(), True)
    match = OFFICE_ALONE.match(row) if row.startswith("The ") else None
    if match and is_role(match["office"].split()[0]) and _is_name(match["name"].split(), least=2) and match["name"][0].isupper():
        return Label(match["name"], match["office"], match.start("name"), match.start("office"), match.end(), True)
    return None


def record_labels(rows: Sequence[str]) -> list[tuple[int, Label]]:
    """The labels of a record with names in capitals or with initials and a full stop, with the numbers of their lines; none unless there are two.

    >>> [label.name for _, label in record_labels(["MARCO BRUNI (PD). Signora", "ANNA NERI, Relatrice. La"])]
    ['MARCO BRUNI', 'ANNA NERI']
    """
    found = [(k, label) for k, row in enumerate(rows) if ". " in row[:LONGEST_LABEL] and (label := _of_record(row[:LONGEST_LABEL]))]
    return found if len(found) > 1 or any("\u0400" < label.name[0] < "\u0500" for _, label in found) else []


def _of_record(row: str) -> Label | None:
    """A label in capitals or with initials."""
    if row[1:2].isupper() and (match := IN_CAPITALS_LABEL.match(row)):
        office = match["office"] or ""
        if (office and not is_role(office.split()[0])) or not _is_name(match["name"].split(), least=2):
            return None
        return Label(match["name"], office, 0, match.start("office") if office else match.end(), match.end())
    if "\u0410" <= row[:1] <= "\u042f" and (match := RUSSIAN_LABEL.match(row)):
        office = match["office"] or ""
        first = office.split()[0].lower() if office else ""
        if not (match["head"] or first in FACTIONS or is_role(first)):
            return None
        held = office if is_role(first) else ""
        return Label(match["name"] + ".", held, 0, match.start("office") if held else match.end(), match.end(), True)
    return None


def _alone(row: str) -> Label | None:
    """A label in capitals on a line of its own: "CHAIR ODELL", "MR. PIKE". A single one may be a heading."""
    if not row.isupper() or len(row) > LONGEST_ALONE or not (match := ALONE.match(row)):
        return None
    words = match["name"].split()
    roles = next((k for k, word in enumerate(words) if not _is_of_office(word, match["name"])), len(words))
    rest = words[roles:]
    if not (match["title"] or any(map(is_role, words[:roles]))) or not rest or len(rest) > MOST_NAMES or not _is_name(rest, least=1):
        return None
    at = match.start("name")
    return Label(" ".join(rest), " ".join(words[:roles]), at + len(" ".join(words[:roles])) + bool(roles), at, len(row))


def _is_of_office(word: str, name: str) -> bool:
    """True for a word of an office before a name."""
    low = word.lower()
    return is_role(word) or low in BODIES or low in RANKS or (is_function_word(word) and not name.startswith(word))


def _is_name(words: list[str], least: int) -> bool:
    """True for words that can be a person's name and do not end with an initial."""
    low = [word.strip(".,").lower() for word in words]
    if any("." in word and DOMAIN.search(word) for word in words):
        return False
    return (
        len([word for word in low if word not in PARTICLES]) >= least
        and len(low[-1]) > 1
        and not any(
            word in NO_NAMES or word in BODIES or word in THINGS or (word not in PARTICLES and is_function_word(word)) or is_role(word)
            for word in low
            if word not in HONORIFICS and len(word) > 1
        )
    )


def delegates(row: str) -> Iterator[re.Match[str]]:
    """The matches of `DELEGATE` in a line: someone with a title, or in capitals, and a State or body in brackets, followed by a verb of saying.

    >>> [match["name"] for match in delegates("Ms. Lind (Norway), speaking for nine States, said that charts were free.")]
    ['Lind']
    """
    if "(" in row:
        yield from (match for match in DELEGATE.finditer(row) if _is_name(match["name"].split(), least=1))
        yield from (match for match in DELEGATE_IN_CAPITALS.finditer(row) if _is_name(match["name"].split(), least=2))


def labels_inside(row: str) -> Iterator[re.Match[str]]:
    """The matches of `INSIDE` in a line: labels in capitals with a title, a full stop and a dash.

    >>> [match["name"] for match in labels_inside("I thank you. HON. A. B. BROOK.- Mr. Speaker, the PORTS.- are open.")]
    ['A. B. BROOK']
    """
    if any(map(row.__contains__, (".- ", ".– ", ".— "))):
        yield from (match for match in INSIDE.finditer(row) if _is_name(match["name"].split(), least=1))


def is_person(label: str) -> bool:
    """True for a label that reads like a person's full name.

    >>> is_person("Ana Brook"), is_person("World Weekly"), is_person("Ana")
    (True, False, False)
    """
    words = label.split()
    if GLUED_INITIALS.fullmatch(label):
        return True
    if not FULL_NAME.fullmatch(label) or any(word.strip(".").lower() in HONORIFICS for word in words):
        return False
    return _is_name(words, least=2) and not all(is_common_only(word) for word in words)


def holder(label: str) -> Label | None:
    """The office and the surname of a label such as "Minister Oster", None for any other label.

    >>> found = holder("Minister Oster")
    >>> found and (found.name, found.office), holder("Answer"), holder("Minister")
    (('Oster', 'Minister'), None, None)
    """
    words = label.split()
    roles = next((k for k, word in enumerate(words) if not is_role(word)), len(words))
    if not roles or not words[roles:] or not _is_name(words[roles:], least=1) or not all(word[0].isupper() for word in words[roles:]):
        return None
    office = " ".join(words[:roles])
    return Label(" ".join(words[roles:]), office, len(office) + 1, 0, len(label), True)


def _office_in(match: re.Match[str]) -> tuple[str, int]:
    """The office in the notes of a label and where it starts: the part after a dash or before a comma that names one."""
    for note in NOTE.finditer(match["notes"]):
        at = match.start("notes") + note.start(1)
        for part in _parts(note[1]):
            words = note[1][slice(*part)]
            if any(is_role(word.strip(".,")) for word in words.split()):
                return words, at + part[0]
    return "", match.end()


def _parts(words: str) -> list[tuple[int, int]]:
    """The spans of the parts of a note, without spaces around them."""
    found, at = [], 0
    for joint in [*JOINT.finditer(words), None]:
        end = joint.start() if joint else len(words)
        piece = words[at:end]
        if piece.strip():
            start = at + len(piece) - len(piece.lstrip())
            found.append((start, start + len(piece.strip())))
        at = joint.end() if joint else end
    return found


def _name_in(match: re.Match[str]) -> tuple[str, int] | None:
    """The name after an office in the notes of a label, and where it starts."""
    for note in NOTE.finditer(match["notes"]):
        words = note[1].split()
        if all(word[:1].isupper() or word.lower() in PARTICLES for word in words) and _is_name(words, least=2):
            return note[1], match.start("notes") + note.start(1)
    return None
