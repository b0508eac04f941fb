#!/bin/sh
# Package: cffconvert 2.0.0, rispy 0.10.0 and pybtex 0.26.1.
# One would guess: what cffconvert makes of a CITATION.cff is read by programs for references, and an organisation stays one author.
# Seen: its RIS ends with "ER" alone, and rispy reads no reference at all from it, without an error. Its BibTeX gives the name of an organisation without
#   braces: pybtex reads "World Harbour Office and Partners" as two persons, a World H. Office and a Partners.
# Source: observed by running; the RIS format asks for the tag "ER  - " at the end; CITATION.cff 1.2 tells entities (name) from persons.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile cffconvert==2.0.0 rispy==0.10.0 pybtex==0.26.1 setuptools==80.9.0 >/dev/null 2>&1 || exit 2
cat > "$folder/CITATION.cff" <<'CFF'
cff-version: 1.2.0
message: Please cite these tide tables.
title: Tide tables
date-released: 2020-09-08
authors:
  - name: World Harbour Office and Partners
CFF
cd "$folder" && "$folder/v/bin/python" - <<'PY'
import sys
import rispy
from cffconvert import Citation
from pybtex.database import parse_string

with open("CITATION.cff", encoding="utf-8") as file:
    citation = Citation(file.read())
citation.validate()
ris, bib = citation.as_ris(), citation.as_bibtex()
people = [str(each) for entry in parse_string(bib, "bibtex").entries.values() for each in entry.persons["author"]]
found = [rispy.loads(ris), len(rispy.loads(ris.rstrip() + "  - \n")), people]
print(found)
sys.exit(0 if found == [[], 1, ["Office, World Harbour", "Partners"]] else 1)
PY
