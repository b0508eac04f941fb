#!/bin/sh
# Package: jsonschema 4.26.0 and jsonschema-rs 0.61.2.
# One would guess: two validators of one standard agree whether a string fits a pattern such as ^[A-Z]{2}\d{3}$.
# Seen: jsonschema, which uses Python's re, accepts full-width digits (U+FF11), and "AB123" followed by a line end; jsonschema-rs refuses both, as the
#   dialect of ECMA-262 has it, in which \d is 0 to 9 and $ is the very end. [0-9] in place of \d mends the first only.
# Source: observed by running; JSON Schema 2020-12 (core, section 6.4) recommends ECMA-262 with the unicode flag for patterns.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q jsonschema==4.26.0 jsonschema-rs==0.61.2 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import sys
import jsonschema
import jsonschema_rs

schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "pattern": r"^[A-Z]{2}\d{3}$"}
values = ("AB123", "AB\uff11\uff12\uff13", "AB123\n")
found = [(jsonschema.Draft202012Validator(schema).is_valid(each), jsonschema_rs.is_valid(schema, each)) for each in values]
print(found)
sys.exit(0 if found == [(True, True), (True, False), (True, False)] else 1)
PY
