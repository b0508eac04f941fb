#!/bin/sh
# Package: mlcroissant 1.1.1.
# One would guess: a field that a Croissant file declares as sc:Text gives the text of the CSV file, and sc:Boolean tells "no" from "yes".
# Seen: the text NA becomes None, 0185 becomes 185, 4.50 becomes 4.5 and false becomes False: the column is read with guessed types first and turned
#   into text afterwards. A column of yes and no, declared as sc:Boolean, is True in both rows.
# Source: observed by running; the Croissant format (1.0) gives the data type of a field, by which values are to be read.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile mlcroissant==1.1.1 >/dev/null 2>&1 || exit 2
printf 'code,number,depth,open,lit\nNA,0185,4.50,false,yes\nTD,0186,5.25,true,no\n' > "$folder/ports.csv"
cd "$folder" && "$folder/v/bin/python" - <<'PY'
import hashlib
import json
import logging
import pathlib
import sys
import mlcroissant

logging.disable(logging.CRITICAL)
TYPES = {"code": "sc:Text", "number": "sc:Text", "depth": "sc:Text", "open": "sc:Text", "lit": "sc:Boolean"}
TERMS = ("citeAs", "column", "data", "extract", "field", "fileObject", "recordSet", "references", "source")
context = {"@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/", "dct": "http://purl.org/dc/terms/"}
context |= {"conformsTo": "dct:conformsTo", "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, **{each: f"cr:{each}" for each in TERMS}}
fields = [
    {"@type": "cr:Field", "@id": f"ports/{name}", "dataType": kind, "source": {"fileObject": {"@id": "file"}, "extract": {"column": name}}}
    for name, kind in TYPES.items()
]
file = {"@type": "cr:FileObject", "@id": "file", "contentUrl": "ports.csv", "encodingFormat": "text/csv"}
file["sha256"] = hashlib.sha256(pathlib.Path("ports.csv").read_bytes()).hexdigest()
described = {
    "@context": context, "@type": "sc:Dataset", "name": "ports", "description": "Ports.", "url": "https://a.example/", "license": "https://a.example/l",
    "conformsTo": "http://mlcommons.org/croissant/1.0", "version": "1.0.0", "datePublished": "2020-09-08", "creator": {"@type": "Person", "name": "A"},
    "distribution": [file], "recordSet": [{"@type": "cr:RecordSet", "@id": "ports", "field": fields}],
}
pathlib.Path("ports.json").write_text(json.dumps(described))
found = [list(record.values()) for record in mlcroissant.Dataset("ports.json").records("ports")]
print(found)
sys.exit(0 if found == [[None, b"185", b"4.5", b"False", True], [b"TD", b"186", b"5.25", b"True", True]] else 1)
PY
