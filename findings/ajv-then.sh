#!/bin/sh
# Package: ajv 8.20.0 (npm).
# One would guess: a condition that does not hold changes nothing about what the other keywords have evaluated.
# Seen: with allOf and a reference to a schema that describes id, unevaluatedProperties: false accepts {"id", "kind"} as long as then only has
#   "required". As soon as then also describes a property, the same value is refused for the unevaluated id although then does not apply.
# Source: observed by running; JSON Schema 2020-12 (core, sections 10.2.2.2 and 11.3): then counts only if the condition holds, and allOf always counts.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
command -v npm >/dev/null 2>&1 && npm install --silent --no-audit --no-fund --prefix "$folder" ajv@8.20.0 >/dev/null 2>&1 || exit 2
cat > "$folder/run.mjs" <<'JS'
import Ajv from "ajv/dist/2020.js";

const base = { $id: "http://a.example/base", $defs: { record: { type: "object", properties: { id: {}, kind: {} } } } };
const made = (then) => ({
  type: "object", allOf: [{ $ref: "http://a.example/base#/$defs/record" }], properties: { depth: {} },
  if: { properties: { kind: { const: "port" } } }, then, unevaluatedProperties: false,
});
const accepts = (then) => new Ajv().addSchema(base).compile(made(then))({ id: "a", kind: "lake" });
const found = [accepts({ required: ["depth"] }), accepts({ required: ["depth"], properties: { depth: {} } })];
console.log(found);
process.exit(found[0] === true && found[1] === false ? 0 : 1);
JS
node "$folder/run.mjs"
