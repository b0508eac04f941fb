#!/bin/sh
# Package: bibtexparser 2.0.0.
# One would guess: a title that LatexEncodingMiddleware wrote comes back from LatexDecodingMiddleware as it was.
# Seen: "a^2" is written as a{\textasciicircum}2 and read back as "aˆ2", with U+02C6 (modifier letter circumflex accent) for U+005E.
# Source: observed by running.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q bibtexparser==2.0.0 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import sys
import bibtexparser
from bibtexparser.middlewares import LatexDecodingMiddleware, LatexEncodingMiddleware

first = bibtexparser.parse_string("@online{a, title = {Rule a^2}}", append_middleware=[LatexEncodingMiddleware()])
text = bibtexparser.write_string(first)
title = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()]).entries[0]["title"]
print(text.strip().splitlines()[1].strip(), ascii(title))
sys.exit(0 if title == "Rule a\u02c62" else 1)
PY
