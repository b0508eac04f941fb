#!/bin/sh
# Package: ftfy 6.3.1.
# One would guess: fix_text leaves a Chinese sentence alone in which nothing is broken.
# Seen: its commas, colons, brackets and exclamation marks (U+FF0C, U+FF1A, U+FF08, U+FF09, U+FF01), which are the regular marks of Chinese, become those of
#   ASCII, while the full stop U+3002 and the enumeration comma U+3001 stay: the result mixes both. fix_character_width=False leaves the text as it was.
# Source: observed by running; the documentation of fix_character_width calls these forms alternates of ASCII and names the ideographic space, not the marks.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q ftfy==6.3.1 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import sys
import ftfy

text = "\u6570\u636e\u3001\u5b89\u5168\uff0c\u5982\u4e0b\uff1a\uff08\u4e00\uff09\u5f00\u653e\uff01\u597d\u3002"
made = ftfy.fix_text(text)
kept = ftfy.fix_text(text, ftfy.TextFixerConfig(fix_character_width=False))
print(ascii(made))
sys.exit(0 if made == "\u6570\u636e\u3001\u5b89\u5168,\u5982\u4e0b:(\u4e00)\u5f00\u653e!\u597d\u3002" and kept == text else 1)
PY
