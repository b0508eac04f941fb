#!/bin/sh
# Package: pysbd 0.3.4.
# One would guess: the Chinese splitter leaves a closing quotation mark with the sentence that it closes, as the English one does.
# Seen: the mark begins the next sentence, so that a quotation of one sentence never has both its marks; a quotation of several sentences is cut inside.
#   The English splitter keeps the mark with its sentence.
# Source: observed by running; reported in 2021 as issue 99 of nipunsadvilkar/pySBD, which is open.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q pysbd==0.3.4 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" -W ignore - <<'PY'
import sys
import pysbd

chinese = "\u4ed6\u8bf4\uff1a\u201c\u6e2f\u53e3\u4e0d\u5173\u95ed\u3002\u201d\u8239\u53ea\u7b49\u5f85\u3002"
english = "He said: \u201cNo port closes.\u201d The ships wait."
one = pysbd.Segmenter(language="zh", clean=False).segment(chinese)
two = pysbd.Segmenter(language="en", clean=False).segment(english)
print(ascii(one), ascii(two))
sys.exit(0 if len(one) == 2 and one[1].startswith("\u201d") and len(two) == 2 and two[0].strip().endswith("\u201d") else 1)
PY
