#!/bin/sh
# Package: edtf 4.11.1 (npm, EDTF.js).
# One would guess: {2019..2021}, all the years from 2019 to 2021, is the same list as {2019,2020,2021}.
# Seen: the list with two dots ends with 2019 (max) and covers neither 2020 nor 2021; the one with commas covers both. It is the same with [2019..2021], one
#   of these years. Written back, both look as they were given, so nothing shows which of the years were counted.
# Source: observed by running; ISO 8601-2 as in EDTF level 2, set representation: two dots stand for all values between two values, both included.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
command -v npm >/dev/null 2>&1 && npm install --silent --no-audit --no-fund --prefix "$folder" edtf@4.11.1 >/dev/null 2>&1 || exit 2
cat > "$folder/run.mjs" <<'JS'
import edtf from "edtf";

const seen = (text) => {
  const made = edtf(text);
  return [new Date(made.max).getUTCFullYear(), made.covers(edtf("2020")), made.covers(edtf("2021"))].join(" ");
};
const found = ["{2019..2021}", "{2019,2020,2021}", "[2019..2021]", "[2019,2020,2021]"].map(seen);
console.log(found);
process.exit(found.join() === "2019 false false,2021 true true,2019 false false,2021 true true" ? 0 : 1);
JS
node "$folder/run.mjs"
