#!/bin/sh
# Package: trafilatura 2.3.1 and newspaper4k 0.9.6.
# One would guess: a page whose author is one institution, <meta name="author" content="Ministry of Trade and Industry">, has that one author.
# Seen: trafilatura makes two of it, "Ministry; Industry": it divides at "and", at "&" and at a comma, and then drops what follows "of" or "for". "Ministry of
#   Foreign Affairs, Republic of Alda" becomes "Ministry; Republic". newspaper4k divides at "and" too and keeps "Ministry of Trade" alone.
# Source: observed by running; trafilatura's documentation promises the author, and names no rule for institutions.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q pip==26.2 >/dev/null 2>&1 || exit 2
"$folder/v/bin/pip" install -q trafilatura==2.3.1 newspaper4k==0.9.6 lxml-html-clean==0.4.6 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" -W ignore - <<'PY'
import sys
import newspaper
import trafilatura

PAGE = '<html lang="en"><head><title>Notice</title><meta name="author" content="{}"></head><body><article><h1>Notice</h1><p>{}</p></article></body></html>'
WORDS = "The harbour office keeps its lights burning for all ships that pass the coast. " * 8
names = ("Ministry of Trade and Industry", "Ministry of Foreign Affairs, Republic of Alda", "Office for Safety &amp; Health")
one = [trafilatura.extract_metadata(PAGE.format(name, WORDS)).author for name in names]
two = newspaper.article("http://example.org/", input_html=PAGE.format(names[0], WORDS)).authors
print(one, two)
sys.exit(0 if one == ["Ministry; Industry", "Ministry; Republic", "Office; Health"] and two == ["Ministry of Trade"] else 1)
PY
