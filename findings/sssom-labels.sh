#!/bin/sh
# Package: sssom 0.4.21.
# One would guess: a label of an SSSOM table is kept as it is written, such as NA, the code of Namibia, or the English word None.
# Seen: parse_sssom_table empties the labels NA, null and None, and the table is written back without them; "no" and "true" stay. The
#   mappings themselves stay, and nothing is said.
# Source: observed by running; SSSOM gives labels the type string and names no word that stands for a missing value.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile sssom==0.4.21 >/dev/null 2>&1 || exit 2
cat > "$folder/ports.sssom.tsv" <<'TSV'
#curie_map:
#  a: http://a.example/
#  b: http://b.example/
#mapping_set_id: http://a.example/set
#license: http://a.example/licence
subject_id	subject_label	predicate_id	object_id	object_label	mapping_justification
a:1	NA	skos:exactMatch	b:1	Namibia	semapv:ManualMappingCuration
a:2	null	skos:exactMatch	b:2	None	semapv:ManualMappingCuration
a:3	no	skos:exactMatch	b:3	true	semapv:ManualMappingCuration
TSV
"$folder/v/bin/python" - "$folder/ports.sssom.tsv" <<'PY'
import io
import sys
from sssom.parsers import parse_sssom_table
from sssom.writers import write_table

out = io.StringIO()
write_table(parse_sssom_table(sys.argv[1]), out)
rows = [line.split("\t") for line in out.getvalue().splitlines() if not line.startswith("#")]
found = [(row[rows[0].index("subject_label")], row[rows[0].index("object_label")]) for row in rows[1:]]
print(found)
sys.exit(0 if found == [("", "Namibia"), ("", ""), ("no", "true")] else 1)
PY
