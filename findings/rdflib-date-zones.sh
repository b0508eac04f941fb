#!/bin/sh
# Package: rdflib 7.6.0 and pyoxigraph 0.5.13.
# One would guess: a graph that is read and written again has the same literals: xsd:date may have a time zone, "2020-09-08+08:00", as a day in Beijing has.
# Seen: rdflib writes "2020-09-08" without the zone, says nothing, and takes the two for equal, while the zone of an xsd:dateTime stays.
#   pyoxigraph writes the date as it was, and NORMALIZE_LITERALS = False makes rdflib do so too.
# Source: observed by running; XML Schema 1.1, part 2, section 3.3.9 gives xsd:date an optional time zone. Reported in 2017 as issue 803 of RDFLib/rdflib.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q rdflib==7.6.0 pyoxigraph==0.5.13 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import sys
import pyoxigraph
import rdflib

xsd = "http://www.w3.org/2001/XMLSchema#"
line = f'<urn:e> <urn:d> "2020-09-08+08:00"^^<{xsd}date> .\n'
time = f'<urn:e> <urn:t> "2020-09-08T08:00:00+08:00"^^<{xsd}dateTime> .\n'


def again(text):
    return rdflib.Graph().parse(data=text, format="nt").serialize(format="nt").strip() + "\n"


one, other = again(line), again(time)
two = pyoxigraph.serialize(pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_TRIPLES), format=pyoxigraph.RdfFormat.N_TRIPLES).decode()
rdflib.NORMALIZE_LITERALS = False
plain = again(line)
print(one + other + two + plain)
sys.exit(0 if "+08:00" not in one and other == time and "+08:00" in two and plain == line else 1)
PY
