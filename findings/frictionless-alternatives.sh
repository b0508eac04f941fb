#!/bin/sh
# Package: frictionless 5.21.0.
# One would guess: the pattern of a field, port|quay, accepts the two words and nothing else, as a pattern of XML Schema has it.
# Seen: "portable" passes, while "airport" is refused: the pattern is read as ^port|quay$, which asks for "port" at the beginning or "quay" at the end.
#   With the alternatives in brackets, (port|quay), both are refused.
# Source: observed by running; Table Schema (constraints, pattern) asks for the regular expressions of XML Schema, which match the whole value.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile frictionless==5.21.0 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import sys
from frictionless import Resource, Schema


def accepts(pattern, value):
    schema = Schema.from_descriptor({"fields": [{"name": "kind", "type": "string", "constraints": {"pattern": pattern}}]})
    return Resource(data=[["kind"], [value]], schema=schema).validate().valid


found = {pattern: [accepts(pattern, each) for each in ("port", "quay", "portable", "airport")] for pattern in ("port|quay", "(port|quay)")}
print(found)
sys.exit(0 if found == {"port|quay": [True, True, True, False], "(port|quay)": [True, True, False, False]} else 1)
PY
