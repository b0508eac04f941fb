#!/bin/sh
# Package: pypdfium2 5.15.2.
# One would guess: a hyphen that ends a line of a PDF comes out as a hyphen and a line break, by either way of asking for the page's text.
# Seen: "cross-" above "border" is "cross" U+FFFE "border" by get_text_range and "cross" U+0002 "border" by get_text_bounded: no hyphen, no line break, and
#   two different signs, neither of which is a character for text. A range of years, "1994-" above "2020", keeps its hyphen and line break.
# Source: observed by running; the documentation of both methods promises the text. Unicode, section 23.7: U+FFFE is a noncharacter.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile pypdfium2==5.15.2 fpdf2==2.8.4 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import sys
import fpdf
import pypdfium2


def read(*lines):
    made = fpdf.FPDF()
    made.add_page()
    made.set_font("Helvetica", size=12)
    for each in lines:
        made.cell(text=each, new_x="LMARGIN", new_y="NEXT")
    with pypdfium2.PdfDocument(bytes(made.output())) as document:
        page = document[0].get_textpage()
        return page.get_text_range(), page.get_text_bounded()


found = [read("A cross-", "border rule"), read("From 1994-", "2020 only")]
print(ascii(found))
sys.exit(0 if found == [("A cross\ufffeborder rule", "A cross\x02border rule"), ("From 1994-\r\n2020 only",) * 2] else 1)
PY
