#!/bin/sh
# Package: edtf 5.0.2 (python-edtf).
# One would guess: text_to_edtf gives nothing for a day that no calendar has, or at least the month that the words name.
# Seen: "Sept. 31, 2020" becomes "2020", a valid and much wider date, without any sign; "Sept. 30, 2020" becomes "2020-09-30". And
#   "2020 (?)" becomes "2020", although "2020?" keeps its mark of doubt.
# Source: observed by running; the README presents the function as a best guess and shows no loss of precision.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q edtf==5.0.2 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import sys
from edtf import text_to_edtf

found = {words: text_to_edtf(words) for words in ("Sept. 30, 2020", "Sept. 31, 2020", "2020?", "2020 (?)")}
print(found)
sys.exit(0 if found == {"Sept. 30, 2020": "2020-09-30", "Sept. 31, 2020": "2020", "2020?": "2020?", "2020 (?)": "2020"} else 1)
PY
