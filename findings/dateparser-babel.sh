#!/bin/sh
# Package: dateparser 1.5.0 and Babel 2.19.0.
# One would guess: dateparser, whose words come from the same CLDR, reads the dates that Babel writes.
# Seen: of the twelve months in Babel's medium Thai form, March alone is read wrongly: it becomes January, in silence. Of the seven days of a
#   week in the full Japanese form, Monday alone is not read: its name (U+6708 U+66DC U+65E5) begins with the sign for "month".
# Source: observed by running; dateparser's documentation lists Thai and Japanese among the supported languages.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile dateparser==1.5.0 Babel==2.19.0 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import datetime
import sys
import dateparser
from babel.dates import format_date


def wrong(days, form, language):
    for day in days:
        read = dateparser.parse(format_date(day, form, locale=language), languages=[language])
        if read is None or read.date() != day:
            yield day.isoformat(), read and read.date().isoformat()


months = [datetime.date(2020, month, 8) for month in range(1, 13)]
week = [datetime.date(2020, 9, day) for day in range(7, 14)]
found = [list(wrong(months, "medium", "th")), list(wrong(week, "full", "ja"))]
print(found)
sys.exit(0 if found == [[("2020-03-08", "2020-01-08")], [("2020-09-07", None)]] else 1)
PY
