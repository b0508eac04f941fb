#!/bin/sh
# Package: python-docx 1.2.0, mammoth 1.13.0, docx2txt 0.9 and pandoc 3.9 (pypandoc-binary 1.17).
# One would guess: the number in "See article 7.", which Word shows, is in the text that a reader of .docx gives.
# Seen: if the cross-reference is a simple field (fldSimple), python-docx, mammoth and pandoc give "See article ."; docx2txt keeps the 7. The same field
#   in its long form (fldChar) is read by all four.
# Source: observed by running; ECMA-376, part 1, section 17.16: the content of fldSimple is the field's result, as is what follows "separate".
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile python-docx==1.2.0 mammoth==1.13.0 docx2txt==0.9 pypandoc-binary==1.17 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - "$folder/field.docx" <<'PY'
import sys
import docx
import docx2txt
import mammoth
import pypandoc
from docx.oxml import parse_xml

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RUN = '<w:r><w:t xml:space="preserve">%s</w:t></w:r>'
MARK = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
SHORT = '<w:fldSimple w:instr=" REF rule ">' + RUN % "7" + "</w:fldSimple>"
LONG = MARK % "begin" + "<w:r><w:instrText> REF rule </w:instrText></w:r>" + MARK % "separate" + RUN % "7" + MARK % "end"


def read(field):
    made = docx.Document()
    made.element.body.insert(0, parse_xml(f"<w:p {SPACE}>{RUN % 'See article '}{field}{RUN % '.'}</w:p>"))
    made.save(sys.argv[1])
    with open(sys.argv[1], "rb") as file:
        texts = [docx.Document(sys.argv[1]).paragraphs[0].text, mammoth.extract_raw_text(file).value, docx2txt.process(sys.argv[1])]
    return [each.strip() for each in (*texts, pypandoc.convert_file(sys.argv[1], "plain"))]


found = [read(SHORT), read(LONG)]
print(found)
sys.exit(0 if found == [["See article .", "See article .", "See article 7.", "See article ."], ["See article 7."] * 4] else 1)
PY
