#!/bin/sh
# Package: zhconv 1.4.3 and opencc-python-reimplemented 0.1.7.
# One would guess: two converters from simplified to traditional Chinese, both with tables of phrases, agree on everyday words.
# Seen: zhconv writes "interfere in internal affairs" with the sign for a tree's trunk (U+5E79 for U+5E72), and "milestone" and "kilometre" with the sign for
#   "inside" (U+88CF for U+91CC). OpenCC's tables keep the right ones. A traditional text is not found again by words that were converted that way.
# Source: observed by running; zhconv's page says that it takes the longest phrase from tables of MediaWiki and OpenCC, and sends those who need precision to OpenCC.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q setuptools==80.9.0 zhconv==1.4.3 opencc-python-reimplemented==0.1.7 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" -W ignore - <<'PY'
import sys
import zhconv
from opencc import OpenCC

words = ["\u5e72\u6d89\u5185\u653f", "\u91cc\u7a0b\u7891", "\u516c\u91cc"]
one = [zhconv.convert(word, "zh-hant") for word in words]
two = [OpenCC("s2t").convert(word) for word in words]
print(ascii(one), ascii(two))
wrong = [word.replace("\u5e72", "\u5e79").replace("\u91cc", "\u88cf").replace("\u5185", "\u5167") for word in words]
right = [word.replace("\u5185", "\u5167") for word in words]
sys.exit(0 if one == wrong and two[1:] == right[1:] and two[0].startswith("\u5e72") else 1)
PY
