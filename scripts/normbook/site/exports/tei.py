"""The critical edition of a source as TEI P5: all three readings in one text, with the responsibility for every change.

Rules: choice of orig and reg, surplus for text removed within a line, supplied for inserted text, fw for removed page furniture; @resp names the
rule. Words with a proposed correction are seg elements of type sic. What is proposed for them stands apart, in standOff, with @resp and @cert, and
the reasons beside it, so that no proposal is printed as text. Sentences are s elements with their ids as xml:id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from normbook.cleaning.all_rules import RULES
from normbook.records.model import Record
from normbook.site.chrome import LICENSE
from normbook.site.context import RenderContext
from normbook.site.exports.annotations import address
from normbook.site.page import Page
from normbook.site.pages.edition import Block, Unit, source_model
from normbook.site.spans import Piece

NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # characters that are not allowed in XML
BREAKS = {ord(sign): f"&#{ord(sign)};" for sign in "\t\n\r"}
PARAGRAPHS = ("para",)


def words(text: str) -> str:
    """A text as XML, with U+FFFD for characters that XML does not allow. Carriage returns are escaped, or parsers would turn them into line feeds."""
    return escape(NO_XML.sub("\N{REPLACEMENT CHARACTER}", text), quote=False).replace("\r", "&#13;")


def attributes(values: Mapping[str, str]) -> str:
    """Attributes as XML, without empty ones. White space that parsers would make a space of is escaped."""
    return "".join(f' {key}="{escape(NO_XML.sub("", value)).translate(BREAKS)}"' for key, value in values.items() if value)


def tei(context: RenderContext, id: str, page: Page | None = None) -> str:
    """A source as a TEI document. If the full text may not be published, it contains what the source's page shows, and marks the gaps.

    `page` is that page, if it has been made already.
    """
    record = context.graph.records[id]
    model = page.model if page else source_model(context, record)
    corrections = {each["id"]: each for each in model["notes"]["corrections"]}
    proposals: list[Piece] = []
    body = [_block(each, proposals) for each in model["text"]] or ['<ab type="withheld"><gap reason="rights"/></ab>']
    gaps = model["full_text"] == "excerpt"
    joined = '\n<ab><gap reason="rights"/></ab>\n'.join(body) if gaps else "\n".join(body)
    lang = attributes({"xml:lang": record.fields["language"]})
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0">\n{_head(context, record, model)}\n'
        f'<text{lang}><body><div type="edition" xml:space="preserve">\n{joined}\n</div></body></text>\n{_stand_off(proposals, corrections)}</TEI>\n'
    )  # fmt: skip


def _head(context: RenderContext, record: Record, model: Mapping[str, Any]) -> str:
    """The TEI header: title, rights, the received file, and the rules and corrections used in the text."""
    fields, site = record.fields, context.site
    rights = {"publish": "free", "excerpt": "restricted", "withhold": "restricted"}[model["full_text"]]
    rules = "".join(
        f'<category xml:id="rule-{each["name"]}"><catDesc>{words(RULES[each["name"]].summary)}</catDesc></category>'
        for each in model["notes"]["rules"]
    )
    dated = fields.get("published", {}).get("value", "")
    day = f"<date{attributes({'when': site['day']})}>{words(site['day'])}</date>" if site["day"] else ""  # not known outside git
    rows = [
        f"<teiHeader><fileDesc><titleStmt><title>{words(record.title)}</title>",
        f'<respStmt xml:id="rules"><resp>cleaned by rules</resp><name>{words(site["name"])} {words(site["version"])}</name></respStmt>',
        f'<respStmt xml:id="editors"><resp>proposed corrections; reviewed only where the correction says so</resp><name>{words(site["name"])}, the editors</name></respStmt></titleStmt>',
        f"<editionStmt><edition>{words(context.data_version)}</edition></editionStmt>",
        f'<publicationStmt><publisher>{words(site["name"])}</publisher>{day}<availability status="{rights}"><licence target="{LICENSE}">The editors\' own words and marks.</licence>',
        f'<p>The text: {words(fields["rights"]["holder"])}. {words(fields["rights"]["note"])}</p></availability><idno type="id">{words(record.id)}</idno>',
        f'<idno type="URI">{words(address(context, record.id))}</idno></publicationStmt>',
        f"<sourceDesc><bibl><title>{words(fields.get('received_title') or record.title)}</title> <publisher>{words(fields['publisher'])}</publisher>",
        f"<date{attributes({'when': dated})}>{words(dated)}</date>" if dated else "",
        f'<ref{attributes({"target": fields["url"]})}>{words(fields["url"])}</ref> <idno type="sha256">{fields["seed"]["sha256"]}</idno></bibl></sourceDesc></fileDesc>',
        "<encodingDesc><editorialDecl><p>No character of the received text is left out: orig, surplus and fw hold what was received; reg and supplied what rules read; standOff what is proposed for the words marked as sic.</p></editorialDecl>",
        f'<classDecl><taxonomy xml:id="rules-used">{rules}</taxonomy></classDecl>' if rules else "",
        f"</encodingDesc><profileDesc><langUsage><language{attributes({'ident': fields['language']})}>{words(fields['language'])}</language></langUsage>",
        "</profileDesc></teiHeader>",
    ]
    return "\n".join(filter(None, rows))


def _stand_off(proposals: Sequence[Piece], corrections: Mapping[str, Mapping[str, Any]]) -> str:
    """What is proposed for each marked place, and why."""
    if not proposals:
        return ""
    spans = []
    for number, piece in enumerate(proposals, 1):
        known = next((corrections[id] for id in piece.ids if id in corrections), {})
        said = {
            "target": f"#sic-{number}",
            "resp": "#editors",
            "cert": known.get("certainty", ""),
            "corresp": _pointers("why", piece.ids),
            "source": known.get("basis", ""),
        }
        spans.append(f"<span{attributes(said)}>{words(piece.corrected)}</span>")
    places: dict[str, list[str]] = {}
    for number, piece in enumerate(proposals, 1):
        for id in piece.ids:
            places.setdefault(id, []).append(f"#sic-{number}")
    reasons = [
        f"<span{attributes({'xml:id': f'why-{id}', 'target': ' '.join(targets), 'type': corrections[id]['category']})}>"
        f"{words(corrections[id]['review'])}: {words(corrections[id]['reason'])}</span>"
        for id, targets in places.items()
        if id in corrections
    ]
    groups = (("proposed", spans), ("reason", reasons))
    inside = "\n".join(f'<spanGrp type="{kind}">\n{chr(10).join(each)}\n</spanGrp>' for kind, each in groups if each)
    return f"<standOff>\n{inside}\n</standOff>\n"


def _block(block: Block, proposals: list[Piece]) -> str:
    """A line of the text, or the text removed before it."""
    if block.kind == "dropped":
        return f'<fw type="dropped"{attributes({"resp": _resp(block.rules)})}>{words(block.dropped)}</fw>'
    inside = "".join(_unit(unit, proposals) for unit in block.units)
    if block.kind in PARAGRAPHS:
        return f"<p{attributes({'xml:id': block.eid})}>{inside}</p>"
    return f"<ab{attributes({'type': block.kind, 'xml:id': block.eid})}>{inside}</ab>"


def _unit(unit: Unit, proposals: list[Piece]) -> str:
    """A sentence with its id, or the text between two sentences."""
    before, inside, after = ("".join(_piece(piece, proposals) for piece in pieces) for pieces in (unit.before, unit.pieces, unit.after))
    if unit.eids:
        others = "".join(f"<anchor{attributes({'xml:id': each})}/>" for each in unit.eids[1:])
        same = attributes({"sameAs": f"#{unit.repeats}" if unit.repeats else ""})
        inside = f"<s{attributes({'xml:id': unit.eids[0]})}{same}>{others}{inside}</s>"
    return before + inside + after


def _piece(piece: Piece, proposals: list[Piece]) -> str:
    if piece.kind == "text":
        return words(piece.received)
    if piece.kind == "edit":
        resp = attributes({"resp": _resp(piece.ids)})
        if not piece.cleaned:
            return f'<surplus reason="{piece.edit_class}"{resp}>{words(piece.received)}</surplus>'
        if not piece.received:
            return f"<supplied{resp}>{words(piece.cleaned)}</supplied>"
        return f"<choice><orig>{words(piece.received)}</orig><reg{resp}>{words(piece.cleaned)}</reg></choice>"
    proposals.append(piece)
    own = f"sic-{len(proposals)}"
    return f'<seg type="sic" xml:id="{own}">{"".join(_piece(part, proposals) for part in piece.parts)}</seg>'


def _resp(rules: Iterable[str]) -> str:
    return _pointers("rule", rules)


def _pointers(kind: str, names: Iterable[str]) -> str:
    return " ".join(f"#{kind}-{name}" for name in names)
