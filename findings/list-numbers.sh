#!/bin/sh
# Package: inscriptis 2.7.6, markdownify 1.2.3 and html2text 2025.4.15.
# One would guess: the number of an item is kept when HTML becomes text, whether the list has it (<ol start="4">) or the item (<li value="7">).
# Seen: markdownify and html2text keep that of the list and count items with a value from 1; inscriptis keeps that of the item and counts the list from 1.
#   None keeps both, so "article 7" of a law can come out as article 1.
# Source: observed by running; both attributes are in the HTML standard, sections 4.4.5 and 4.4.8.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q inscriptis==2.7.6 markdownify==1.2.3 html2text==2025.4.15 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import re
import sys
import html2text
import inscriptis
import markdownify

by_list = '<html><body><ol start="4"><li>lamps</li></ol></body></html>'
by_item = '<html><body><ol><li value="7">ropes</li></ol></body></html>'
readers = {"inscriptis": inscriptis.get_text, "markdownify": markdownify.markdownify, "html2text": html2text.html2text}
found = {name: tuple(re.search(r"\d+", read(page))[0] for page in (by_list, by_item)) for name, read in readers.items()}
print(found)
sys.exit(0 if found == {"inscriptis": ("1", "7"), "markdownify": ("4", "1"), "html2text": ("4", "1")} else 1)
PY
