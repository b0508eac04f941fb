"""How a record is cited, and the text that it quotes: in words, as BibTeX, RIS and CSL-JSON, and as COinS for tools in the browser."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from rispy.writer import RisWriter

from normbook.graph.evidence import Resolved, resolve
from normbook.languages.language import vocabulary
from normbook.records.model import Outside, Quotation, Record
from normbook.site.context import RenderContext

# special characters of LaTeX; pybtex is not used because it escapes URLs too and takes 12 ms per record
LATEX = str.maketrans({
    "\\": r"{\textbackslash}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"{\textasciitilde}", "^": r"{\textasciicircum}",
})  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # the macros that every BibTeX style defines
TYPE = "webpage"  # the same item type in every format, as reference managers name it
CONTEXT_OBJECT = f"ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Adc&rft.type={TYPE}"
TEXT, RECORD = "text", "record"
in_json = json.JSONEncoder(ensure_ascii=False).encode
BY_AUTHORITY = ("official", "official-copy", "unofficial", "unknown")


class Author(NamedTuple):
    """Whose words or work it is; `family` is the name under which a person is sorted, if the records have it apart."""

    name: str
    family: str = ""

    @property
    def given(self) -> str:
        """The rest of the name of a person with a known family name."""
        return " ".join(self.name.replace(self.family, "", 1).split()) if self.family else ""

    @property
    def inverted(self) -> str:
        """The name with the family name first and a comma after it, if it is known."""
        return f"{self.family}, {self.given}" if self.given else self.name


@dataclass(frozen=True)
class Work:
    """What can be cited: the text that a record quotes, or the record. Dates are ISO 8601, as precise as they are known, or empty.

    `said` is the day of the words, `issued` that of their publication, `accessed` the day on which the address was read.
    """

    kind: str
    key: str
    title: str
    url: str
    authors: tuple[Author, ...] = ()
    said: str = ""
    container: str = ""
    publisher: str = ""
    issued: str = ""
    language: str = "en"
    version: str = ""
    accessed: str = ""
    notes: tuple[str, ...] = ()

    @property
    def dated(self) -> str:
        """The date under which it is cited."""
        return self.issued or self.said


class Citation(NamedTuple):
    """A citation format: its name, a file name, the text, and the text as a data URL, which can be saved without a server or a script."""

    name: str
    file: str
    text: str
    address: str


class Cited(NamedTuple):
    """A work as a page shows it: its kind, the citation for a footnote, the formats of reference managers, and the COinS."""

    kind: str
    plain: str
    forms: Sequence[Citation]
    coins: str


def cited(context: RenderContext, record: Record) -> list[Cited]:
    """The text that a record quotes or summarises, if there is one, and the record, each in all forms."""
    return [Cited(work.kind, plain(work), citations(work), coins(work)) for work in works(context, record)]


def works(context: RenderContext, record: Record) -> list[Work]:
    """The text that a record quotes or summarises, if there is one, and the record."""
    text = TEXTS[record.type](context, record) if record.type in TEXTS else None
    return [*([text] if text else []), own(context, record)]


def own(context: RenderContext, record: Record) -> Work:
    """The record as a work of this book, in its present version."""
    site = context.site
    name = _name(context, record)
    return Work(
        RECORD, f"{site['name'].lower()}-{record.id}", name, site["url"] + context.url(record.id), (Author(site["name"]),), container=site["name"],
        issued=site["day"], version=site["version"], accessed=site["day"], notes=(f"record {record.id}",),
    )  # fmt: skip


def _name(context: RenderContext, record: Record) -> str:
    """The name of a record for those who have only the citation: a principle with its initiative, a correspondence with its two sides."""
    if record.type == "principle":
        return f"{record.title} ({_point(context, record)})"
    if record.type == "correspondence":
        sides = [record.fields[key] for key in ("subject", "object", "object_initiative") if record.fields.get(key)]
        return " and ".join(_name(context, context.graph.records[id]) for id in sides) + ": correspondence"
    return record.title


def _point(context: RenderContext, principle: Record) -> str:
    """The place of a principle in its text.

    For instance “Global Initiative on Data Security, commitment 6”.
    """
    part: Mapping[str, Any] = principle.fields.get("part_of") or {}
    whole = context.graph.briefs[part.get("event") or principle.fields["initiative"]].title
    return f"{whole}, {_number(principle)}"


def _source(context: RenderContext, record: Record) -> Work:
    """A source as the text that was received."""
    return Work(
        TEXT, f"{record.id}-text", _headline(record), record.fields["url"],
        (Author(record.fields["agency"]),) if record.fields.get("agency") else (), **_published(context, record), notes=tuple(_translated(record)),
    )  # fmt: skip


def _headline(source: Record) -> str:
    """The title of a source, in brackets if it is the editors' and not that of the text."""
    return str(source.fields.get("received_title") or f"[{source.title}]")


def _published(context: RenderContext, source: Record) -> dict[str, Any]:
    """Where and when a source was published, and the day on which its address was read."""
    fields = source.fields
    dates = (fields.get("published"), fields.get("updated"), (fields.get("dateline") or {}).get("date"))
    seen = [each.what.seen for each in source.evidence if isinstance(each.what, Outside) and each.what.url == fields["url"]]
    return {
        "publisher": fields["publisher"],
        "issued": next((str(each["value"]) for each in dates if each), ""),
        "language": fields["language"],
        "accessed": str(max(seen, default="")),
    }


def _translated(source: Record) -> Iterator[str]:
    if source.fields["translation"] == "machine":
        yield "machine translation"


def _quoted(context: RenderContext, record: Record, quotation: Quotation, title: str, said: str) -> Work:
    """The words of a quotation, in the source that was received."""
    source = context.graph.records[quotation.source]
    return Work(
        TEXT, f"{record.id}-text", title, source.fields["url"], tuple(_authors(context, [quotation.speaker])), said,
        _headline(source), **_published(context, source),
        notes=(*_locator(record), f"quoted {_reading(context, quotation)}", *_translated(source), *_stance(context, record, quotation)),
    )  # fmt: skip


def _locator(record: Record) -> Iterator[str]:
    """Where a text has a principle, unless the title of the work says so."""
    locator = str(record.fields.get("locator", ""))
    if locator and locator != _number(record):
        yield locator


def _number(principle: Record) -> str:
    return f"{principle.fields['kind'].replace('-', ' ')} {principle.fields['ordinal']}"


def _reading(context: RenderContext, quotation: Quotation) -> str:
    """The reading that a quotation has: as received, or cleaned if the rules changed something in it."""
    readings = context.readings[quotation.source]
    place = resolve(quotation, readings)
    received = readings.received.text[place.raw_start : place.raw_end] if isinstance(place, Resolved) else quotation.exact
    return "as received" if received == quotation.exact else "as cleaned"


def _stance(context: RenderContext, record: Record, quotation: Quotation) -> Iterator[str]:
    """What must not be lost when the words are cited: that the speaker denies them, or says that they are those of another."""
    if quotation.stance == "denied":
        yield "words that the speaker denies"
    if quotation.stance == "attributed":
        holder = context.graph.briefs.get(str(record.fields.get("holder", "")))
        yield f"words that the speaker attributes to another{f' ({holder.title})' if holder else ''}"


def _summarised(context: RenderContext, record: Record, title: str, said: str, authors: Sequence[str]) -> Work | None:
    """The text that a record summarises without holding it: the one closest to its issuer, else the first page that the evidence names."""
    texts = sorted(
        (each for each in record.fields.get("texts", ()) if each.get("url")),
        key=lambda each: (BY_AUTHORITY.index(each.get("authority", "unknown")), each.get("lang", "en") != "en"),
    )
    pages = [each.what for each in record.evidence if isinstance(each.what, Outside)]
    if not texts and not pages:
        return None
    best = {"url": pages[0].url, "seen": pages[0].seen, "lang": "en"} if not texts else texts[0]
    issuer = context.graph.briefs.get(str(best.get("publisher", "")))
    notes = (*_locator(record), "summarised by the editors, not quoted") if record.type != "initiative" else ()
    return Work(
        TEXT, f"{record.id}-text", title, best["url"], tuple(_authors(context, authors)), said,
        publisher=issuer.title if issuer else str(urlsplit(best["url"]).hostname).removeprefix("www."), issued=_released(context, record, best),
        language=str(best.get("lang", "en")), accessed=str(best.get("seen", "")), notes=notes,
    )  # fmt: skip


def _released(context: RenderContext, record: Record, text: Mapping[str, Any]) -> str:
    """The day on which a formal text was released, where that is not the day on which the initiative was announced."""
    initiative = context.graph.records.get(str(record.fields.get("initiative", record.id)))
    if text.get("expression") != "formal-text" or initiative is None:
        return ""
    return next((str(each["date"]["value"]) for each in initiative.fields.get("dates", ()) if each["kind"] == "text-released"), "")


def _principle(context: RenderContext, record: Record) -> Work | None:
    part: Mapping[str, Any] = record.fields.get("part_of") or {}
    initiative = context.graph.records[record.fields["initiative"]]
    said = context.graph.briefs[part.get("event") or initiative.id].date
    held = [each.what for each in record.evidence if "/wording" in each.supports and isinstance(each.what, Quotation)]
    if held:
        return _quoted(context, record, held[0], _point(context, record), said)
    return _summarised(context, record, _point(context, record), said, initiative.fields.get("proponents", ()))


def _initiative(context: RenderContext, record: Record) -> Work | None:
    found = _summarised(context, record, record.title, context.graph.briefs[record.id].date, record.fields.get("proponents", ()))
    return found if record.fields.get("texts") else None


def _statement(context: RenderContext, record: Record) -> Work | None:
    event = context.graph.briefs.get(str(record.fields.get("event", "")))
    own_date: Mapping[str, Any] = record.fields.get("date") or {}
    said = str(own_date.get("value", "")) or (event.date if event else "")
    title = f"[{event.title if event else record.title}]"
    held = [each.what for each in record.evidence if "/stance" in each.supports and isinstance(each.what, Quotation)]
    if held:
        return _quoted(context, record, held[0], title, said)
    return _summarised(context, record, title, said, [record.fields["speaker"]])


TEXTS = {"source": _source, "principle": _principle, "initiative": _initiative, "statement": _statement}


def _authors(context: RenderContext, ids: Sequence[str]) -> Iterator[Author]:
    """The people and bodies with these ids. The family name of a person is the single word by which a text calls them, if it is a part of the name."""
    for id in ids:
        if id in context.graph.briefs:
            record = context.graph.records[id]
            parts = record.title.split()
            short = [each["text"] for each in record.fields.get("names", ()) if each["text"] in parts and len(parts) > 1]
            yield Author(record.title, short[0] if short and record.fields.get("kind") == "person" else "")


@lru_cache(1_000)  # few days stand on many pages
def day_in_words(value: str) -> str:
    """A date for a footnote, as precise as it is.

    >>> day_in_words("2020-09-08"), day_in_words("2020-09"), day_in_words("2020"), day_in_words("")
    ('8 September 2020', 'September 2020', '2020', 'no date')
    """
    if not value:
        return "no date"
    year, month, day = [*value.split("-"), "", ""][:3]
    return " ".join(
        filter(None, (str(int(day)) if day else "", vocabulary().row("months.wide", "en")[int(month) - 1] if month else "", year))
    )


def plain(work: Work) -> str:
    """The citation for a footnote."""
    names = [each.name for each in work.authors]
    parts = [*([", ".join(names[:-1]) + " and " + names[-1]] if len(names) > 1 else names), f"“{work.title}”"]
    if work.said and work.said != work.issued and day_in_words(work.said) not in work.title:
        parts.append(day_in_words(work.said))
    if work.container and work.kind == TEXT:
        parts.append(f"in “{work.container}”")
    parts += filter(None, (work.publisher, f"version {work.version}" if work.version else ""))
    if work.issued or not (work.said or work.version):
        parts.append(day_in_words(work.issued))
    return ", ".join((*parts, *work.notes, work.url))


def citations(work: Work) -> list[Citation]:
    """A work in the formats of reference managers."""
    return [
        Citation(name, f"{work.key}.{ending}", text, f"data:{media};charset=utf-8;base64,{encoded(text)}")
        for name, ending, media, text in (
            ("BibTeX", "bib", "application/x-bibtex", bibtex(work)),
            ("RIS", "ris", "application/x-research-info-systems", ris(work)),
            ("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl(work)),
        )
    ]


UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
ENCODED = {byte: chr(byte) if byte in UNRESERVED else f"%{byte:02X}" for byte in range(256)}


def quoted(text: str) -> str:
    """A text as part of an address, like `urllib.parse.quote` in a fifth of its time.

    >>> quoted("a b/\u6570")
    'a%20b%2F%E6%95%B0'
    """
    return text.encode("utf-8").decode("latin-1").translate(ENCODED)


def encoded(text: str) -> str:
    """A text in Base64, which for these formats is shorter than with percent signs, and made in a twentieth of the time."""
    return b64encode(text.encode("utf-8")).decode("ascii")


def latex(text: str) -> str:
    r"""A text as the value of a BibTeX field. A brace without its partner gets an invisible one, since BibTeX counts even escaped braces.

    >>> latex("50% {a}"), latex("a }")
    ('50\\% \\{a\\}', 'a \\vphantom{\\{}\\}')
    """
    if "{" not in text and "}" not in text:
        return text.translate(LATEX)
    open_: list[int] = []
    alone = set()
    for at, character in enumerate(text):
        if character == "{":
            open_.append(at)
        elif character == "}" and open_:
            open_.pop()
        elif character == "}":
            alone.add(at)
    alone |= set(open_)
    lone = {"{": r"\{\vphantom{\}}", "}": r"\vphantom{\{}\}"}
    return "".join(lone[character] if at in alone else character.translate(LATEX) for at, character in enumerate(text))


def bibtex(work: Work) -> str:
    """A work as BibTeX. Titles and names of bodies are in braces of their own, so that styles keep their capitals."""
    year, month, day = [*work.dated.split("-"), "", ""][:3]
    names = " and ".join(latex(each.inverted) if each.given else f"{{{latex(each.name)}}}" for each in work.authors)
    sources = [f"In “{work.container}”"] if work.container and work.kind == TEXT else []
    values = (
        ("author", f"{{{names}}}" if names else ""), ("title", f"{{{{{latex(work.title)}}}}}"), ("year", f"{{{year}}}" if year else ""),
        ("month", MONTHS[int(month) - 1] if month else ""), ("day", f"{{{int(day)}}}" if day else ""),
        ("organization", f"{{{{{latex(work.publisher)}}}}}" if work.publisher else ""), ("version", f"{{{latex(work.version)}}}" if work.version else ""),
        ("note", f"{{{latex('; '.join((*sources, *work.notes)))}}}" if sources or work.notes else ""), ("url", f"{{{_address(work.url)}}}"),
        ("urldate", f"{{{work.accessed}}}" if work.accessed else ""),
    )  # fmt: skip
    lines = "".join(f"  {name} = {value},\n" for name, value in values if value)
    return f"@online{{{work.key},\n{lines}}}\n"


def _address(url: str) -> str:
    """An address in which no brace can end a field."""
    return url.replace("{", "%7B").replace("}", "%7D")


class _Ris(RisWriter):  # type: ignore[misc]
    """A writer for single references, without numbering."""

    def set_header(self, count: int) -> str:
        """No header."""
        return ""


RIS = _Ris()


def ris(work: Work) -> str:
    """A work as RIS."""
    values = {
        "type_of_reference": "ELEC", "id": work.key, "title": work.title, "authors": [each.inverted for each in work.authors], "secondary_title": work.container,
        "year": work.dated[:4], "date": work.dated.replace("-", "/"), "publisher": work.publisher, "language": work.language, "edition": work.version,
        "access_date": work.accessed.replace("-", "/"), "notes": list(work.notes), "urls": [work.url],
    }  # fmt: skip
    made: str = RIS.formats([{key: value for key, value in values.items() if value}])
    return made


def csl(work: Work) -> str:
    """A work as CSL-JSON, one field per line."""
    values = {
        "id": work.key, "type": TYPE, "title": work.title, "container-title": work.container, "publisher": work.publisher, "version": work.version,
        "author": [{"family": each.family, "given": each.given} if each.given else {"literal": each.name} for each in work.authors],
        "issued": _parts(work.dated), "event-date": _parts(work.said), "accessed": _parts(work.accessed), "language": work.language,
        "note": "; ".join(work.notes), "URL": work.url,
    }  # fmt: skip
    fields = ",\n".join(f'"{key}": {in_json(value)}' for key, value in values.items() if value)
    return f"[{{\n{fields}\n}}]\n"


def _parts(date: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else {}


def coins(work: Work) -> str:
    """A work as an OpenURL context object (COinS), for the title of an element with the class Z3988."""
    values = [
        ("rft.title", work.title), *(("rft.au", each.inverted) if each.given else ("rft.aucorp", each.name) for each in work.authors), ("rft.source", work.container),
        ("rft.publisher", work.publisher), ("rft.date", work.dated), ("rft.language", work.language), ("rft.identifier", work.url),
    ]  # fmt: skip
    return "&".join((CONTEXT_OBJECT, *(f"{key}={quoted(value)}" for key, value in values if value)))


def highwire(title: str, url: str, site: Mapping[str, str], language: str) -> list[tuple[str, str]]:
    """The names and contents of the meta elements by which tools in the browser cite a page of this book."""
    values = (
        ("citation_title", title), ("citation_author", site["name"]), ("citation_publication_date", site["day"].replace("-", "/")),
        ("citation_public_url", url), ("citation_language", language), ("dc.type", TYPE),
    )  # fmt: skip
    return [(name, value) for name, value in values if value]
