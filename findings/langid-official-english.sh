#!/bin/sh
# Package: py3langid 0.4.0 (PyPI).
# One would guess: a plain sentence of an official English report is English, and full-width Latin letters change nothing.
# Seen: "The forum took place from 30 September to 2 October 2021 in Malta." below its title is Nigerian Pidgin (pcm), although "The forum took place in Malta."
#   is English. An English sentence in full-width letters is Cantonese (yue), as if its script were Chinese.
# Source: observed by running.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" >/dev/null 2>&1 && "$folder/venv/bin/pip" install --quiet --disable-pip-version-check py3langid==0.4.0 >/dev/null 2>&1 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys

from py3langid import classify

plain = "The register of 2021 is kept."
wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in plain)
texts = ("Forum on tides\n\nThe forum took place from 30 September to 2 October 2021 in Malta.", "The forum took place in Malta.", plain, wide)
found = [str(classify(text)[0]) for text in texts]
print(found)
sys.exit(found != ["pcm", "en", "en", "yue"])
PY
