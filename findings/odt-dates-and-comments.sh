#!/bin/sh
# Package: pandoc 3.9 (pypandoc-binary 1.17) and odfpy 1.4.1.
# One would guess: a date that LibreOffice inserted as a field is text of the letter, and the comment of a clerk is not.
# Seen: pandoc drops the field: "Adopted on 8 September 2020." becomes "Adopted on ." And odfpy's teletype.extractText puts the comment, with its author and
#   time, into the sentence in which it stands, and gives words that were deleted with changes recorded as text. Each reads the other's case rightly.
# Source: observed by running; OpenDocument 1.3, part 3: section 7.3.2 (text:date has the text that is shown), 14.1 (office:annotation), 5.5 (text:deletion).
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile pypandoc-binary==1.17 odfpy==1.4.1 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - "$folder/letter.odt" <<'PY'
import sys
import pypandoc
from odf import dc, office, teletype, text
from odf.namespaces import TEXTNS
from odf.opendocument import OpenDocumentText, load


def known(made, *content):
    for each in (dc.Creator(text="Clerk"), dc.Date(text="2020-09-08T00:00:00"), *content):
        made.addElement(each)
    return made


letter = OpenDocumentText()
changes, region, deletion = text.TrackedChanges(), text.ChangedRegion(check_grammar=False), text.Deletion()
region.setAttrNS(TEXTNS, "id", "c1")
deletion.addElement(known(office.ChangeInfo()))
deletion.addElement(text.P(text="Never "))
region.addElement(deletion)
changes.addElement(region)
letter.text.addElement(changes)
first, second = text.P(text="Adopted on "), text.P()
first.addElement(text.Date(datevalue="2020-09-08", text="8 September 2020"))
first.addText(".")
second.addElement(text.Change(changeid="c1"))
second.addText("Enter ")
second.addElement(known(office.Annotation(), text.P(text="Why?")))
second.addText("by day.")
letter.text.addElement(first)
letter.text.addElement(second)
letter.save(sys.argv[1])
found = [pypandoc.convert_file(sys.argv[1], "plain").split("\n\n"), [teletype.extractText(each) for each in load(sys.argv[1]).getElementsByType(text.P)]]
print(found)
wanted = [["Adopted on .", "Enter by day.\n"], ["Never ", "Adopted on 8 September 2020.", "Enter Clerk2020-09-08T00:00:00Why?by day.", "Why?"]]
sys.exit(0 if found == wanted else 1)
PY
