// Bundles the libraries of the form that proposes a change into site_src/assets/propose/vendor, or into the folder that is named: the YAML
// library, and one validator for each record type, compiled ahead from its schema, so that the page needs no eval. The form's own scripts are
// made small there too, in vendor/small: the site publishes those as long as the scripts they were made from are unchanged. The result is committed.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { build, transformSync } = require("esbuild");
const { _ } = require("ajv");
const Ajv = require("ajv/dist/2020");
const standalone = require("ajv/dist/standalone").default;

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "..", "..");
const out = process.argv[2] ? resolve(process.argv[2]) : join(root, "site_src", "assets", "propose", "vendor");
const read = (...path) => readFileSync(join(...path), "utf8");
const digest = (content) => createHash("sha256").update(content).digest("hex");
const NOT_RECORDS = ["book", "clean", "common", "exceptions", "findings", "redirects", "suggestion"];
const OWN = ["bundle.mjs", "formats.cjs", "package.json", "package-lock.json"];

/** A schema without what does not bear on validity: annotations, unless they are names of properties. */
const lean = (value, names = false) => Array.isArray(value) ? value.map((each) => lean(each)) : value && typeof value === "object"
  ? Object.fromEntries(Object.entries(value).filter(([key]) => names || !/^(x-.*|description|examples|title|\$schema)$/.test(key))
    .map(([key, each]) => [key, lean(each, !names && (key === "properties" || key === "$defs"))]))
  : value;
const files = readdirSync(join(root, "schema")).filter((name) => name.endsWith(".schema.json")).sort();
const schemas = Object.fromEntries(files.map((name) => [name.replace(".schema.json", ""), { ...lean(JSON.parse(read(root, "schema", name))), $id: name }]));
const types = Object.keys(schemas).filter((name) => !NOT_RECORDS.includes(name));

// the types of YAML 1.1 (sets, timestamps, binary data), which no record has, are left out of the YAML library: 2 KiB less to load
const withoutOldTypes = {
  name: "without the types of YAML 1.1",
  setup({ onLoad }) {
    const names = ["binary", "omap", "pairs", "set", "timestamp", "intTime", "floatTime"];
    onLoad({ filter: /yaml-1\.1[\\/](binary|omap|pairs|schema|set|timestamp)\.js$/ }, () => ({ contents: `export const ${names.map((name) => `${name} = null`).join(", ")}, schema = [];` }));
  },
};

const bundle = async (contents, name, from) => {
  const { version, license } = JSON.parse(read(here, "node_modules", from, "package.json"));
  const made = await build({
    stdin: { contents, resolveDir: here }, bundle: true, write: false, format: "iife", minify: true, target: "es2022", charset: "utf8", legalComments: "none", plugins: [withoutOldTypes],
    banner: { js: `/* ${from} ${version} (${license}), see LICENSES.txt */` },
  });
  writeFileSync(join(out, name), made.outputFiles[0].text);
};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await bundle('import { parseDocument, stringify, isMap, isSeq, isScalar } from "yaml"; window.normbookYaml = { parseDocument, stringify, isMap, isSeq, isScalar };', "yaml.js", "yaml");
for (const type of types) {
  const ajv = new Ajv({
    allErrors: true, strict: false, messages: false, inlineRefs: false, schemas: [schemas.common],
    code: { source: true, formats: _`require("./formats.cjs")` }, formats: { date: require("./formats.cjs").date },
  });
  const code = standalone(ajv, ajv.compile(schemas[type]));
  await bundle(`${code};\n(window.normbookValid ??= {})[${JSON.stringify(type)}] = module.exports;`, `${type}.js`, "ajv");
}
const licence = (name, file = "LICENSE") => `${name} ${require(`./node_modules/${name}/package.json`).version}\n\n${read(here, "node_modules", name, file).trim()}\n`;
writeFileSync(join(out, "LICENSES.txt"), [licence("yaml"), licence("ajv"), licence("fast-deep-equal")].join("\n\n"));
const scripts = ["picker.js", ...readdirSync(join(root, "site_src", "assets", "propose")).filter((name) => name.endsWith(".js")).sort().map((name) => `propose/${name}`)];
mkdirSync(join(out, "small", "propose"), { recursive: true });
for (const name of scripts) {
  const made = transformSync(read(root, "site_src", "assets", name), { minify: true, target: "es2022", charset: "utf8", legalComments: "none" });
  writeFileSync(join(out, "small", name), made.code);
}
const inputs = Object.fromEntries([
  ...OWN.map((name) => [`tools/forms/${name}`, digest(read(here, name))]),
  ...["common", ...types].map((name) => [`schema/${name}.schema.json`, digest(JSON.stringify(schemas[name]))]),
  ...scripts.map((name) => [`site_src/assets/${name}`, digest(read(root, "site_src", "assets", name))]),
]);
const outputs = Object.fromEntries([...readdirSync(out).filter((name) => name !== "small"), ...scripts.map((name) => `small/${name}`)].sort().map((name) => [name, digest(read(out, name))]));
writeFileSync(join(out, "sums.json"), JSON.stringify({ inputs, outputs }, null, 1) + "\n");
