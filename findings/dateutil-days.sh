#!/bin/sh
# Package: python-dateutil 4.0.0.
# One would guess: the parser refuses "8-10 September 2020", two days, or gives one of them, since it is told to read strictly (fuzzy is off).
# Seen: the answer is 10 September 2008, 20:20: 8 is the year, and the year is the time of day. With an en dash it is refused. With fuzzy=True the same
#   happens to a number that stands before a date: "No. 12 of 8 September 2020" is 8 September 2012, 20:20.
# Source: observed by running; the documentation of parser.parse promises a ParserError for unknown formats when fuzzy is off.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile python-dateutil==4.0.0 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import sys
from dateutil.parser import ParserError, parse


def read(text, fuzzy):
    try:
        return parse(text, fuzzy=fuzzy).isoformat()
    except ParserError:
        return None


found = [read("8-10 September 2020", False), read("8\u201310 September 2020", False), read("No. 12 of 8 September 2020", True), read("8 September 2020", False)]
print(found)
sys.exit(0 if found == ["2008-09-10T20:20:00", None, "2012-09-08T20:20:00", "2020-09-08T00:00:00"] else 1)
PY
