"""Where quoted words stand in the received file: the page of a PDF file with its boxes, the element of a web page, the paragraph of a Word document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from normbook.intake.intake import Intake
from normbook.records.model import Record
from normbook.site.context import Original, RenderContext
from normbook.site.pages.reports import evidence_in

if TYPE_CHECKING:
    from normbook.intake.placed import Placed

CONFORMS = "http://tools.ietf.org/rfc/rfc8118"  # fragments of PDF files
AROUND = 6  # points of the page that an excerpt shows above and below the quoted lines


def places(context: RenderContext, record: Record) -> dict[str, Any]:
    """The places of all quotations of a source in its file, and the pages of a PDF file on which they are marked; empty for a text, and where nothing is quoted.

    A page is shown if the full text may be published; of an excerpt only the quoted lines are shown; else nothing is.
    """
    original = context.original(record.id)
    if original is None:
        return {}
    rows: list[dict[str, Any]] = []
    sheets: dict[str, dict[str, Any]] = {}
    quoted = _quoted(context, record.id)
    spans = [context.readings[record.id].cleaned.ledger.back(start, end) for start, end, _ in quoted]
    placed: list[list[Placed]] = [[] for _ in spans]
    if original.kind == "pdf":
        from normbook.intake.pdf_guarded import guarded_boxes

        placed = guarded_boxes(original.content, original.taken, spans)
    for (start, end, id), (raw_start, raw_end), stands in zip(quoted, spans, placed, strict=True):
        row: dict[str, Any] = {
            "words": context.readings[record.id].cleaned.text[start:end],
            "record": id,
            "heading": heading_at(original.taken, raw_start),
            "placed": (),
            "path": "",
        }
        if original.kind == "pdf":
            row["placed"] = stands
            for each in row["placed"]:
                path = _picture_path(context, record.id, each.page, raw_start)
                sheet = sheets.setdefault(path, {"path": path, "page": each.page, "frame": _frame(context, record.id, each), "boxes": []})
                sheet["boxes"] += each.views
        else:
            row["path"] = path_of(original.taken, raw_start, raw_end)
        rows.append(row)
    if not rows:
        return {}
    shown = context.graph.get(record.id, "/rights/full_text") != "withhold"
    return {"kind": original.kind, "rows": rows, "sheets": sorted(sheets.values(), key=lambda each: each["page"]) if shown else []}


def pictures(context: RenderContext, id: str) -> Iterator[tuple[str, bytes]]:
    """The pictures of a source's page: paths and PNG files."""
    original = context.original(id)
    if original is not None and original.kind == "pdf":
        from normbook.intake.pdf_guarded import guarded_picture

        for sheet in places(context, context.graph.records[id]).get("sheets", ()):
            yield sheet["path"], guarded_picture(original.content, sheet["page"], sheet["frame"])


def _quoted(context: RenderContext, source: str) -> list[tuple[int, int, str]]:
    return sorted({(start, end, id) for start, end, id, _ in evidence_in(context, source)})


def _picture_path(context: RenderContext, id: str, page: int, start: int) -> str:
    whole = context.graph.get(id, "/rights/full_text") == "publish"
    return f"{context.url(id).removesuffix('.html')}.page-{page}{'' if whole else f'-{start}'}.png"


def _frame(context: RenderContext, id: str, placed: Placed) -> tuple[float, float, float, float]:
    """The part of a page that is shown: left, top, width and height in points."""
    if context.graph.get(id, "/rights/full_text") == "publish" or not placed.views:
        return 0, 0, placed.width, placed.height
    top = max(0, min(view.top for view in placed.views) - AROUND)
    left = max(0, min(view.left for view in placed.views) - AROUND)
    right, bottom = (max(getattr(view, edge) for view in placed.views) + AROUND for edge in ("right", "bottom"))
    return left, top, min(right, placed.width) - left, min(bottom, placed.height) - top


def heading_at(taken: Intake, start: int) -> str:
    """The nearest heading of the file at or before a place; empty if there is none."""
    return next((mark.text for mark in reversed(taken.marks) if mark.kind == "heading" and mark.start <= start), "")


def path_of(taken: Intake, start: int, end: int) -> str:
    """The path of the innermost element that holds all characters from `start` to `end`."""
    above: list[list[int]] = []
    for each in taken.places(start, end):
        chain, element = [], each.element
        while element >= 0:
            chain.append(element)
            element = taken.elements[element].parent
        above.append(chain)
    common = next((element for element in above[0] if all(element in chain for chain in above)), -1) if above else -1
    return taken.path(common)


def file_selectors(original: Original, start: int, end: int) -> list[dict[str, Any]]:
    """The selectors of a place in the file itself: a fragment for each page of a PDF file; else the element, and for a web page the bytes."""
    if original.kind == "pdf":
        from normbook.intake.pdf_guarded import guarded_boxes

        return [
            {"type": "FragmentSelector", "conformsTo": CONFORMS, "value": f"page={each.page}" + _viewrect(each)}
            for each in guarded_boxes(original.content, original.taken, [(start, end)])[0]
        ]
    found: list[dict[str, Any]] = [{"type": "XPathSelector", "value": path_of(original.taken, start, end)}]
    held = [each for each in original.taken.places(start, end) if each.origin != "made"]
    if original.kind == "html" and held:
        found.append({"type": "DataPositionSelector", "start": held[0].first, "end": held[-1].last})
    return found


def _viewrect(placed: Placed) -> str:
    if not placed.views:
        return ""
    left, top = (min(getattr(view, edge) for view in placed.views) for edge in ("left", "top"))
    right, bottom = (max(getattr(view, edge) for view in placed.views) for edge in ("right", "bottom"))
    return f"&viewrect={left:.0f},{top:.0f},{right - left:.0f},{bottom - top:.0f}"
