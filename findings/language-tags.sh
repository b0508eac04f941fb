#!/bin/sh
# Package: pyoxigraph 0.5.13 and rdflib 7.6.0.
# One would guess: a literal written with the language tag zh-Hans is found again by the filter lang(?x) = "zh-Hans".
# Seen: pyoxigraph writes the tag in lower case (@zh-hans). rdflib and pyoxigraph then compare the text of the tag, so the filter finds
#   nothing in either; langMatches(lang(?x), "zh-Hans") finds the literal in both. RDF 1.1 allows lower case; SPARQL's = compares strings.
# Source: observed by running; RDF 1.1 Concepts, section 3.3, and SPARQL 1.1, section 17.4.3.7, explain it.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q pyoxigraph==0.5.13 rdflib==7.6.0 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import sys
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize
import rdflib

written = serialize([Quad(NamedNode("http://a.example/x"), NamedNode("http://a.example/y"), Literal("word", language="zh-Hans"))], format=RdfFormat.N_QUADS)
store = Store()
store.load(written, format=RdfFormat.N_QUADS)
data = rdflib.Dataset()
data.parse(data=written, format="nquads")
counts = []
for test in ('lang(?x) = "zh-Hans"', 'langMatches(lang(?x), "zh-Hans")'):
    query = "select ?x { ?s ?p ?x filter(%s) }" % test
    counts.append((len(list(store.query(query))), len(list(data.query(query)))))
print(written.decode().strip(), counts)
sys.exit(0 if b"@zh-hans" in written and counts == [(0, 0), (1, 1)] else 1)
PY
