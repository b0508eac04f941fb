#!/bin/sh
# Package: Babel 2.18.0.
# One would guess: the months that Locale.parse("id") names are Indonesian, whichever languages were read before.
# Seen: after the months of Hebrew were read once, the stand-alone months of Indonesian, Korean and others are Hebrew, until the process ends: what a shared
#   alias leads to is written back into the data that all languages inherit.
# Source: observed by running, when generated files had Japanese months for Korean; issue 1234 of python-babel/babel. Version 2.19.0 no longer does it.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q Babel==2.18.0 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import subprocess
import sys

FIRST = "from babel import Locale; print(Locale.parse('id').months['stand-alone']['wide'][1])"
THEN = "from babel import Locale; Locale.parse('he').months['stand-alone']['wide'][1]; print(Locale.parse('id').months['stand-alone']['wide'][1])"
alone, after = (subprocess.run([sys.executable, "-X", "utf8", "-c", each], capture_output=True, text=True).stdout.strip() for each in (FIRST, THEN))
print(ascii(alone), ascii(after))
sys.exit(0 if alone == "Januari" != after else 1)
PY
