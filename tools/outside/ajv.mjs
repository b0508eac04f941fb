// Compiles the published schemas in ajv's strict mode and validates every record against the schema of its type. Argument: the folder of the site.
import fs from "fs";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const site = process.argv[2];
const read = (name) => fs.readFileSync(`${site}/${name}`, "utf8");
const schemas = fs.readdirSync(`${site}/schema`).filter((name) => name.endsWith(".schema.json")).map((name) => JSON.parse(read(`schema/${name}`)));
const ajv = addFormats(new Ajv({ strict: true, allErrors: true }));
for (const schema of schemas) ajv.addSchema(schema);
for (const schema of schemas) ajv.getSchema(schema.$id);
let records = 0;
for (const name of fs.readdirSync(`${site}/data`).filter((name) => name.endsWith(".jsonl") && name !== "annotations.jsonl")) {
  for (const line of read(`data/${name}`).trim().split("\n")) {
    const record = JSON.parse(line);
    const validate = ajv.getSchema(schemas.find((each) => each.$id.endsWith(`/${record.type}.schema.json`)).$id);
    if (!validate(record)) throw new Error(`${record.id}: ${ajv.errorsText(validate.errors)}`);
    records += 1;
  }
}
console.log(`${schemas.length} schemas compiled, ${records} records valid`);
