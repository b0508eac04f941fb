#!/bin/sh
# Package: htmldate 1.11.0.
# One would guess: a page whose metadata give a month only (2020-09) is dated with its first day, or not at all; in any case each run gives the same.
# Seen: the day is that of the run: on the 5th of any month the page is of 2020-09-05, on the 31st of 2020-09-30. And "8 September 2020" written
#   the Chinese way, followed by a time of day, becomes 2020-01-01.
# Source: observed by running; a month without a day is a valid value of HTML's time element (section 4.5.14) and of W3CDTF, which Dublin Core recommends.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile htmldate==1.11.0 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import datetime
import sys
import htmldate

before = datetime.date.today().day
month = htmldate.find_date('<html><head><meta name="DC.date" content="2020-09"></head><body><p>Rules</p></body></html>')
time = htmldate.find_date('<html><body><article><time datetime="2020-09">September 2020</time></article></body></html>')
chinese = htmldate.find_date("<html><body><p>\u53d1\u5e03\u65f6\u95f4\uff1a2020\u5e749\u67088\u65e5 14:30</p></body></html>")
days = {f"2020-09-{min(each, 30):02}" for each in (before, datetime.date.today().day)}
print(month, time, chinese)
sys.exit(0 if month in days and time in days and chinese == "2020-01-01" else 1)
PY
