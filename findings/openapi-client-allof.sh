#!/bin/sh
# Package: openapi-python-client 0.29.1.
# One would guess: a schema with its own properties beside allOf becomes a class with these and the inherited properties.
# Seen: if allOf has one reference only, no class is made for the schema: the endpoint returns the referenced class, without the schema's own property, and
#   the run ends well and says nothing of it. The same properties as a second member of allOf make the class as expected.
# Source: observed by running; OpenAPI 3.1 schemas are JSON Schema 2020-12, where allOf and properties beside it all apply.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q openapi-python-client==0.29.1 >/dev/null 2>&1 || exit 2
make() {
  cat > "$folder/$1.json" <<JSON
{"openapi": "3.1.0", "info": {"title": "Ports", "version": "1"}, "paths": {"/port": {"get": {"operationId": "port", "responses": {"200":
{"description": "A port.", "content": {"application/json": {"schema": {"\$ref": "#/components/schemas/Port"}}}}}}}}, "components": {"schemas": {
"Place": {"type": "object", "properties": {"name": {"type": "string"}}}, "Port": {"type": "object", $2}}}}
JSON
  PATH="$folder/v/bin:$PATH" "$folder/v/bin/openapi-python-client" generate --path "$folder/$1.json" --output-path "$folder/$1" --meta none > "$folder/$1.log" 2>&1
  ls "$folder/$1/models" | grep -c '^port.py$'
}
beside=$(make beside '"allOf": [{"$ref": "#/components/schemas/Place"}], "properties": {"depth": {"type": "integer"}}')
inside=$(make inside '"allOf": [{"$ref": "#/components/schemas/Place"}, {"type": "object", "properties": {"depth": {"type": "integer"}}}]')
warned=$(grep -c 'Port' "$folder/beside.log")
echo "classes named Port: $beside beside allOf, $inside inside it; warnings: $warned"
[ "$beside" = 0 ] && [ "$inside" = 1 ] && [ "$warned" = 0 ]
