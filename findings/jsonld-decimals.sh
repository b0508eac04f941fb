#!/bin/sh
# Package: PyLD 3.3.0, pyoxigraph 0.5.13 and rdflib 7.6.0.
# One would guess: a JSON number 0.9 whose context gives it the type xsd:decimal becomes "0.9"^^xsd:decimal, and 1.0 the same literal for all readers.
# Seen: PyLD and pyoxigraph make "9.0E-1"^^xsd:decimal, which is no decimal by XML Schema, and "1"^^xsd:integer of 1.0; rdflib makes
#   "0.9"^^xsd:decimal and "1.0"^^xsd:double. The two graphs of one file are not isomorphic. Numbers written as strings give the same in all three.
# Source: observed by running; JSON-LD 1.1 API, section 8.2.2 (object to RDF conversion), prescribes the canonical form of xsd:double for numbers with a fraction.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q PyLD==3.3.0 pyoxigraph==0.5.13 rdflib==7.6.0 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import json
import sys
import pyoxigraph
import rdflib
from pyld import jsonld

XSD = "http://www.w3.org/2001/XMLSchema#"
text = {"@context": {"c": {"@id": "http://a.example/c", "@type": XSD + "decimal"}, "n": "http://a.example/n"}, "@id": "http://a.example/x", "c": 0.9, "n": 1.0}
made = {
    "pyld": jsonld.to_rdf(text, {"format": "application/n-quads"}),
    "pyoxigraph": pyoxigraph.serialize(pyoxigraph.parse(json.dumps(text).encode(), format=pyoxigraph.RdfFormat.JSON_LD), format=pyoxigraph.RdfFormat.N_TRIPLES).decode(),
    "rdflib": rdflib.Graph().parse(data=json.dumps(text), format="json-ld").serialize(format="nt"),
}
literals = {name: sorted(f'"{line.split(chr(34))[1]}" {line.split("#")[1].split(">")[0]}' for line in lines.strip().splitlines()) for name, lines in made.items()}
print(literals)
sys.exit(0 if literals == {"pyld": ['"1" integer', '"9.0E-1" decimal'], "pyoxigraph": ['"1" integer', '"9.0E-1" decimal'], "rdflib": ['"0.9" decimal', '"1.0" double']} else 1)
PY
