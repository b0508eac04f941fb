#!/bin/sh
# Package: SQLite 3.40.1, which Debian 12 has (here in apsw 3.40.1.0), beside SQLite 3.54.1 (apsw 3.54.1.0).
# One would guess: x LIKE '%word%' on a full-text table with the trigram tokenizer finds what it finds on any table: a pattern too short for the index is looked
#   for row by row, as the two letters of '%ck%' are.
# Seen: in 3.40.1 a pattern of one or two Chinese or Cyrillic letters finds nothing, without an error, although the row holds it; +x LIKE, which keeps the index
#   out, finds it. Three letters, or two of ASCII, are found. 3.54.1 finds all. So one file answers otherwise from machine to machine.
# Source: observed by running; the documentation of FTS5 says of the trigram tokenizer that LIKE with fewer than three letters falls back to a linear scan.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" || exit 2
for version in 3.40.1.0 3.54.1.0; do
	"$folder/v/bin/pip" install -q --no-deps --target "$folder/$version" apsw==$version >/dev/null 2>&1 || exit 2
done
cat >"$folder/look.py" <<'PY'
import apsw

base = apsw.Connection(":memory:")
base.execute("create virtual table t using fts5(x, tokenize='trigram')")
for row in ("\u5404\u56fd\u4e0d\u5f97\u8bbe\u7f6e\u540e\u95e8", "\u043f\u043e\u0440\u0442", "no back door"):
    base.execute("insert into t values (?)", (row,))
words = ("\u540e\u95e8", "\u7f6e\u540e\u95e8", "\u0440\u0442", "ck")
print(*(next(base.execute(f"select count(*) from t where {column} like '%{word}%'"))[0] for column in ("x", "+x") for word in words))
PY
old=$(PYTHONPATH="$folder/3.40.1.0" "$folder/v/bin/python" "$folder/look.py") || exit 2
new=$(PYTHONPATH="$folder/3.54.1.0" "$folder/v/bin/python" "$folder/look.py") || exit 2
echo "3.40.1: $old; 3.54.1: $new"
[ "$old" = "0 1 0 1 1 1 1 1" ] && [ "$new" = "1 1 1 1 1 1 1 1" ]
