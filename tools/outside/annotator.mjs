// Anchors every quotation of the annotations with the client of Apache Annotator: each selector must find one place, and the words that it quotes.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTextPositionSelectorMatcher, createTextQuoteSelectorMatcher } from "@apache-annotator/dom";
import { JSDOM } from "jsdom";

const site = process.argv[2], bad = [];
const { window } = new JSDOM("<pre></pre>");
Object.assign(globalThis, { document: window.document, Node: window.Node, NodeFilter: window.NodeFilter, Range: window.Range });
const texts = new Map(), made = { TextQuoteSelector: createTextQuoteSelectorMatcher, TextPositionSelector: createTextPositionSelectorMatcher };
const elementOf = (source) => {
  const path = join(site, "sources", source.split("/sources/")[1]);
  if (!texts.has(path)) {
    const element = window.document.createElement("pre");
    element.textContent = readFileSync(path, "utf8");
    window.document.body.append(element);
    texts.set(path, element);
  }
  return texts.get(path);
};
const counted = {};
for (const name of readdirSync(join(site, "sources")).filter((each) => each.endsWith(".annotations.jsonld"))) {
  for (const { target } of JSON.parse(readFileSync(join(site, "sources", name), "utf8")).items) {
    for (const { id, source, selector } of target) {
      if (source.includes("#")) continue; // its full text is not published
      const element = elementOf(source), { exact } = selector.find(({ type }) => type === "TextQuoteSelector");
      for (const each of selector.filter(({ type }) => made[type])) {
        const found = [];
        for await (const range of made[each.type](each)(element)) found.push(range.toString());
        counted[each.type] = (counted[each.type] ?? 0) + 1;
        if (found.length !== 1 || found[0] !== exact) bad.push(`${id}: ${each.type} finds ${found.length} places: ${found[0]}`);
      }
    }
  }
}
console.log(bad.slice(0, 10).join("\n"));
console.log(`${Object.entries(counted).map(([type, number]) => `${number} ${type}`).join(", ")}; ${bad.length} do not anchor once`);
process.exit(bad.length || !Object.keys(counted).length ? 1 : 0);
