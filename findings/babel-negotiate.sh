#!/bin/sh
# Package: Babel 2.19.0.
# One would guess: Locale.negotiate(["zh_TW"], ["zh_Hans", "zh_Hant"]) gives zh_Hant, since Locale.parse("zh_TW") itself answers zh_Hant_TW, and zh alone
#   is understood as zh_Hans.
# Seen: both negotiations give None: they compare the text of the tags, cut to the language at most, and never the script that Babel knows to be likely.
# Source: observed by running; the documentation of negotiate_locale describes the comparison of tags, and names aliases without a script.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q Babel==2.19.0 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import sys
from babel import Locale

parsed = str(Locale.parse("zh_TW"))
asked = [Locale.negotiate([each], ["zh_Hans", "zh_Hant"]) for each in ("zh_TW", "zh_CN", "zh")]
print(parsed, asked)
sys.exit(0 if parsed == "zh_Hant_TW" and asked == [None, None, None] else 1)
PY
