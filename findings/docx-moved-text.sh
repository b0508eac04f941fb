#!/bin/sh
# Package: docx2txt 0.9, python-docx 1.2.0 and mammoth 1.13.0.
# One would guess: a sentence that was moved with track changes on is read once, at its new place.
# Seen: docx2txt gives it at both places, and nothing tells which holds; python-docx gives it at neither: the paragraphs are empty. mammoth gives it once.
#   docx2txt does leave out deleted words and python-docx does leave out inserted ones, so a reader may think that it has one of the two versions.
# Source: observed by running; ECMA-376, part 1, section 17.13.5 (moveFrom, moveTo).
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile docx2txt==0.9 python-docx==1.2.0 mammoth==1.13.0 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - "$folder/moved.docx" <<'PY'
import sys
import docx
import docx2txt
import mammoth
from docx.oxml import parse_xml

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ROW = (
    f'<w:p {SPACE}><w:%sRangeStart w:id="%d" w:name="m" w:author="a" w:date="2020-09-08T00:00:00Z"/>'
    '<w:%s w:id="%d" w:author="a"><w:r><w:t>Lamps are lit.</w:t></w:r></w:%s><w:%sRangeEnd w:id="%d"/></w:p>'
)
made = docx.Document()
made.element.body.insert(0, parse_xml(ROW % ("moveTo", 1, "moveTo", 2, "moveTo", "moveTo", 1)))
made.element.body.insert(0, parse_xml(f"<w:p {SPACE}><w:r><w:t>Ropes are dry.</w:t></w:r></w:p>"))
made.element.body.insert(0, parse_xml(ROW % ("moveFrom", 3, "moveFrom", 4, "moveFrom", "moveFrom", 3)))
made.save(sys.argv[1])
texts = {"docx2txt": docx2txt.process(sys.argv[1]), "python-docx": "\n".join(each.text for each in docx.Document(sys.argv[1]).paragraphs)}
with open(sys.argv[1], "rb") as file:
    texts["mammoth"] = mammoth.extract_raw_text(file).value
found = {name: (text.count("Lamps are lit."), text.count("Ropes are dry.")) for name, text in texts.items()}
print(found)
sys.exit(0 if found == {"docx2txt": (2, 1), "python-docx": (0, 1), "mammoth": (1, 1)} else 1)
PY
