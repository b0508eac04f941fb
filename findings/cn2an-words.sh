#!/bin/sh
# Package: cn2an 0.5.24.
# One would guess: transform, which turns the Chinese numerals of a sentence into digits, leaves words alone that merely contain a numeral.
# Seen: the word for "unified" (U+7EDF U+4E00) is written U+7EDF 1, and the word for "unanimous" (U+4E00 U+81F4) is written 1 U+81F4.
#   A search for these words no longer finds the text.
# Source: observed by running; the project's README shows dates, fractions and counts, and no such words.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q cn2an==0.5.24 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import sys
import cn2an

words = ["\u7edf\u4e00\u6807\u51c6", "\u4e00\u81f4\u540c\u610f", "\u4e8c\u3007\u4e8c\u3007\u5e74\u4e5d\u6708\u516b\u65e5"]  # unified standard, agree unanimously, a date
made = [cn2an.transform(each, "cn2an") for each in words]
print([ascii(each) for each in made])
sys.exit(0 if made == ["\u7edf1\u6807\u51c6", "1\u81f4\u540c\u610f", "2020\u5e749\u67088\u65e5"] else 1)
PY
