#!/bin/sh
# Package: num2words 0.5.14, word2number 1.1 and text2num 3.1.0.
# One would guess: an English number that num2words writes is read back as the same number, or not at all.
# Seen: 1994 is written "one thousand, nine hundred and ninety-four"; word2number answers 1 and says nothing, and text2num makes "1000, 994" of it
#   (its strict reader refuses). With the comma left out, text2num reads 1994.
# Source: observed by running; the three document English, and none of them names the comma.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile num2words==0.5.14 word2number==1.1 text2num==3.1.0 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import sys
from num2words import num2words
from text_to_num import alpha2digit
from word2number.w2n import word_to_num

words = num2words(1994)
found = [words, word_to_num(words), alpha2digit(words, "en"), alpha2digit(words.replace(",", ""), "en")]
print(found)
sys.exit(0 if found == ["one thousand, nine hundred and ninety-four", 1, "1000, 994", "1994"] else 1)
PY
