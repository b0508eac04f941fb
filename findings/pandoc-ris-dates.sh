#!/bin/sh
# Package: pandoc 3.9 (pypandoc-binary 1.17).
# One would guess: pandoc reads the day that the RIS format prescribes, 2020/09/08/, from PY, Y1 or DA.
# Seen: in PY and in Y1 it makes an empty date of it, DA is not read at all, and the citation has no year. "2020" in PY is read, so a file that has the year in
#   PY and the day in DA loses the day.
# Source: observed by running; the RIS format gives dates as YYYY/MM/DD/other, and pandoc's manual names RIS among the formats it reads.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile pypandoc-binary==1.17 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import json
import sys
import pypandoc

dates = (["PY  - 2020/09/08/"], ["Y1  - 2020/09/08/"], ["DA  - 2020/09/08/"], ["PY  - 2020", "DA  - 2020/09/08/"])
found = []
for each in dates:
    text = "\n".join(["TY  - RPRT", "TI  - Tide tables", *each, "ER  - ", ""])
    found.append(json.loads(pypandoc.convert_text(text, "csljson", "ris"))[0].get("issued"))
print(found)
sys.exit(0 if found == [{"date-parts": []}, {"date-parts": []}, None, {"date-parts": [[2020]]}] else 1)
PY
