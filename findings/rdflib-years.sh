#!/bin/sh
# Package: rdflib 7.6.0 and pyoxigraph 0.5.13.
# One would guess: the filter ?d < "2021"^^xsd:gYear finds the literals of the type xsd:gYear that are earlier, or none at all.
# Seen: rdflib finds neither "2019" nor "2020" of that type, but finds an xsd:date, "2020-09-08". pyoxigraph finds the two years and not the date.
#   rdflib keeps no Python value for years (Literal.value is None) and then compares literals in its own order of terms.
# Source: observed by running; SPARQL 1.1, section 17.3, defines < for numbers, strings, booleans and xsd:dateTime, and calls other pairs a type error.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q rdflib==7.6.0 pyoxigraph==0.5.13 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import sys
import pyoxigraph
import rdflib

data = """@prefix : <http://a.example/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:early :when "2019"^^xsd:gYear . :late :when "2020"^^xsd:gYear . :day :when "2020-09-08"^^xsd:date ."""
query = 'select ?s { ?s <http://a.example/when> ?d filter(?d < "2021"^^<http://www.w3.org/2001/XMLSchema#gYear>) } order by ?s'
store = pyoxigraph.Store()
store.load(data.encode(), format=pyoxigraph.RdfFormat.TURTLE)
one = [str(row[0]).rpartition("/")[2] for row in rdflib.Graph().parse(data=data, format="turtle").query(query)]
two = [row[0].value.rpartition("/")[2] for row in store.query(query)]
print("rdflib", one, "pyoxigraph", two)
sys.exit(0 if one == ["day"] and two == ["early", "late"] else 1)
PY
