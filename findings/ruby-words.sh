#!/bin/sh
# Package: mammoth 1.13.0, python-docx 1.2.0, docx2txt 0.9 and pandoc 3.9 (pypandoc-binary 1.17); odfpy 1.4.1 writes the .odt.
# One would guess: of a Chinese or Japanese word with its reading above it (ruby), a reader of .docx keeps the word, with the reading or without.
# Seen: mammoth, python-docx and pandoc lose both: U+6E2F U+53E3 (harbour) with a reading on its first character comes out as U+53E3 (mouth), without
#   a warning. docx2txt keeps both. pandoc loses the word in .odt as well, but keeps it in HTML.
# Source: observed by running; ECMA-376, part 1, section 17.3.3 (ruby, rubyBase), OpenDocument 1.3, part 3, section 6.4: the base is the text.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile mammoth==1.13.0 python-docx==1.2.0 docx2txt==0.9 pypandoc-binary==1.17 \
  odfpy==1.4.1 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - "$folder/word.docx" "$folder/word.odt" <<'PY'
import sys
import docx
import docx2txt
import mammoth
import pypandoc
from docx.oxml import parse_xml
from odf.opendocument import OpenDocumentText
from odf.text import P, Ruby, RubyBase, RubyText

word, odt = sys.argv[1:]
made = docx.Document()
made.element.body.insert(0, parse_xml(
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>gang</w:t></w:r></w:rt>'
    "<w:rubyBase><w:r><w:t>\u6e2f</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>\u53e3</w:t></w:r></w:p>"
))
made.save(word)
made = OpenDocumentText()
line, ruby = P(), Ruby()
ruby.addElement(RubyBase(text="\u6e2f"))
ruby.addElement(RubyText(text="gang"))
line.addElement(ruby)
line.addText("\u53e3")
made.text.addElement(line)
made.save(odt)
with open(word, "rb") as file:
    found = {"mammoth": mammoth.extract_raw_text(file).value}
found |= {"python-docx": docx.Document(word).paragraphs[0].text, "docx2txt": docx2txt.process(word), "pandoc": pypandoc.convert_file(word, "plain")}
found |= {"pandoc, odt": pypandoc.convert_file(odt, "plain"), "pandoc, html": pypandoc.convert_text("<ruby>\u6e2f<rt>gang</rt></ruby>\u53e3", "plain", "html")}
kept = {name: "\u6e2f" in text for name, text in found.items()}
print(kept, all("\u53e3" in text for text in found.values()))
wanted = {"mammoth": False, "python-docx": False, "docx2txt": True, "pandoc": False, "pandoc, odt": False, "pandoc, html": True}
sys.exit(0 if kept == wanted and all("\u53e3" in text for text in found.values()) else 1)
PY
