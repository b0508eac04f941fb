#!/bin/sh
# Package: pyshacl 0.40.1 (with rdflib 7.6.0).
# One would guess: sh:datatype refuses a literal whose text is not one of its datatype, since SHACL counts ill-typed literals as violations.
# Seen: "2020-02-30"^^xsd:date is refused, but "2020-13"^^xsd:gYearMonth, "20x0"^^xsd:gYear and "zh_Hans"^^xsd:language conform: rdflib, by which
#   pyshacl judges the text, has no check for these types.
# Source: observed by running; SHACL (W3C, 2017), section 4.1.2, sh:datatype: an ill-typed literal is a violation.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q pyshacl==0.40.1 rdflib==7.6.0 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import logging
import sys
import pyshacl
import rdflib

logging.disable(logging.CRITICAL)
SHAPE = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <http://a.example/> .
:shape a sh:NodeShape ; sh:targetNode :x ; sh:property [ sh:path :p ; sh:datatype xsd:%s ] ."""
DATA = '@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <http://a.example/> . :x :p "%s"^^xsd:%s .'
found = {}
for kind, text in (("date", "2020-02-30"), ("gYearMonth", "2020-13"), ("gYear", "20x0"), ("language", "zh_Hans")):
    data = rdflib.Graph().parse(data=DATA % (text, kind), format="turtle")
    found[kind] = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(data=SHAPE % kind, format="turtle"))[0]
print(found)
sys.exit(0 if found == {"date": False, "gYearMonth": True, "gYear": True, "language": True} else 1)
PY
