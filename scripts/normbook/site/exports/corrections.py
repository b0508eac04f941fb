"""The table of proposed corrections: what they change, where, why, and how certain they are."""

from __future__ import annotations

from collections.abc import Iterator

from normbook.site.context import RenderContext
from normbook.site.exports.tables import ID, Column, Row, Table

WORDS = ("prefix", "exact", "suffix", "replacement", "original")  # text of the source: included only if its full text is published
TOLD = ("reason", "category", "certainty", "review", "basis")
CORRECTIONS = Table(
    "corrections",
    "One row a proposed correction, from the cleaned to the corrected reading of a source. The words are empty where the source's text is not given in full.",
    (
        ID._replace(words="The name of the correction."),
        Column("source", (), "string", "sources", True, "The source whose reading is corrected."),
        Column("start", (), "integer", "", True, "Where the words begin in the cleaned reading, in code points."),
        Column("end", (), "integer", "", True, "Where they end there."),
        Column("received_start", (), "integer", "", True, "Where they begin in the received text, in code points."),
        Column("received_end", (), "integer", "", True, "Where they end there."),
        Column("prefix", (), "string", "", False, "The words directly before, which tell the place from others like it."),
        Column("exact", (), "string", "", False, "The words to be read differently; empty where something is put in."),
        Column("suffix", (), "string", "", False, "The words directly behind."),
        Column("replacement", (), "string", "", False, "How they are proposed to be read."),
        Column("original", (), "string", "", False, "The term of the original language behind them."),
        Column("reason", (), "string", "", True, "Why."),
        Column("category", (), "string", "", True, "What kind of fault it is."),
        Column("certainty", (), "string", "", True, "How sure that is."),
        Column("review", (), "string", "", True, "Whether people have reviewed it."),
        Column("basis", (), "string", "", False, "The address of the text that it rests on."),
    ),
)


def correction_rows(context: RenderContext) -> Iterator[Row]:
    """The rows of all sources, sorted by id and by position in the text."""
    for source, readings in sorted(context.readings.items()):
        known = context.corrections.get(source, {})
        given = context.graph.get(source, "/rights/full_text") == "publish"
        for edit in readings.corrections.edits:
            for id in edit.rules:
                each = known[id]
                place = (edit.start, edit.end, *readings.cleaned.ledger.back(edit.start, edit.end))
                yield (id, source, *place, *((each.get(key) or None) if given else None for key in WORDS), *(each.get(key) for key in TOLD))
