#!/bin/sh
# Package: csvw 4.1.1.
# One would guess: an integer with the format 0000, which asks for four digits, accepts the cell 0185.
# Seen: 0185 is refused ("Invalid value"), and 1850 is accepted; so are 007 and 05.00 refused by 000 and 00.00. Without a format 0185 is read as 185 and
#   written back as 185. Such numbers of documents have to be declared as strings.
# Source: observed by running; CSV on the Web (tabular data model, section 6.4.2) takes the digit 0 from UAX35, where it is a required digit.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile csvw==4.1.1 >/dev/null 2>&1 || exit 2
cd "$folder" && "$folder/v/bin/python" - <<'PY'
import json
import pathlib
import sys
from csvw import Table


def read(datatype, cell):
    described = {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "tableSchema": {"columns": [{"name": "number", "datatype": datatype}]}}
    pathlib.Path("t.csv").write_text(f"number\n{cell}\n")
    pathlib.Path("t.csv-metadata.json").write_text(json.dumps(described))
    try:
        return str(list(Table.from_file("t.csv-metadata.json").iterdicts(strict=True))[0]["number"])
    except ValueError:
        return None


four = {"base": "integer", "format": "0000"}
found = [read(four, "0185"), read(four, "1850"), read({"base": "integer", "format": "000"}, "007")]
found += [read({"base": "decimal", "format": "00.00"}, "05.00"), read("integer", "0185")]
print(found)
sys.exit(0 if found == [None, "1850", None, None, "185"] else 1)
PY
