#!/bin/sh
# Package: ruamel.yaml 0.19.1 and yaml 2.9.1 (npm).
# One would guess: two libraries for YAML 1.2 agree on a text with U+2028 (line separator) or U+0085 (next line), which web pages and Word leave behind.
# Seen: ruamel.yaml writes U+2028 as a line break followed by indentation; yaml reads two blanks more than were written, and U+0085 comes back to ruamel.yaml
#   itself as a plain blank. With JSON between the two nothing is changed.
# Source: observed by running; YAML 1.2.2, section 5.4: U+0085, U+2028 and U+2029 are no line breaks any longer, unlike in YAML 1.1.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile ruamel.yaml==0.19.1 >/dev/null 2>&1 || exit 2
command -v npm >/dev/null 2>&1 && npm install --silent --no-audit --no-fund --prefix "$folder" yaml@2.9.1 >/dev/null 2>&1 || exit 2
cat > "$folder/read.mjs" <<'JS'
import { readFileSync } from "node:fs";
import { parse } from "yaml";

console.log(JSON.stringify(parse(readFileSync(process.argv[2], "utf8"))));
JS
"$folder/v/bin/python" - "$folder" <<'PY'
import io
import json
import pathlib
import subprocess
import sys
from ruamel.yaml import YAML

folder = pathlib.Path(sys.argv[1])
given = {"a": "one\u2028two", "b": "one\u0085two"}
out = io.StringIO()
YAML().dump(given, out)
(folder / "given.yaml").write_text(out.getvalue(), encoding="utf-8", newline="")
run = subprocess.run(["node", folder / "read.mjs", folder / "given.yaml"], capture_output=True, check=True)
found = [dict(YAML().load(out.getvalue())), json.loads(run.stdout.decode("utf-8"))]
print(ascii(out.getvalue()), ascii(found))
sys.exit(0 if found == [{"a": "one\u2028two", "b": "one two"}, {"a": "one\u2028  two", "b": "one\u0085  two"}] else 1)
PY
