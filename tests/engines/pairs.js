// Evaluates generated rules with both engines: `node pairs.js <pairs` fails with each pair of which one comes to something else than
// this project does.

import { createInterface } from "node:readline";

import { bindings } from "./bindings.js";
import { bufbuild } from "./bufbuild.js";
import { celJs } from "./cel-js.js";
import { Float } from "./floats.js";
import { rewritten } from "./rewriting.js";
import { said } from "./said.js";

/** How many disagreements are shown. */
const SHOWN = 10;

/** What stands in rules, each of which must stand in so many of a thousand. */
const WRITTEN = ["&&", "||", "!(", "-(", "?", "==", "!=", "<", "<=", ">", ">=", " in ", "+", "- ", "*", "/", "%", "last.", "this", "row.", "entry."];
const FUNCTIONS =
  "abs all answered cells contains count date days distinct endsWith exists field has matches max min missing month round size startsWith sum sum_known year";
const OF_THOUSAND = 2;

/** Of a hundred pairs, how many floats must get wrong at least, or the pairs would show nothing about decimals. */
const WRONG_BY_FLOATS = 1;

function expectation({ bool, number, money, text, texts }) {
  return number ?? (money === undefined ? said(bool ?? text ?? texts) : `${money.amount} ${money.currency}`);
}

/** What an engine says of a pair: what differs, or nothing. */
function difference(engine, fields, pair) {
  const { row = {}, list } = pair.stands_on;
  const parts = [...fields.keys()].filter((address) => list !== undefined && address.startsWith(`${list}.*.`));
  const entry = parts.map((address) => address.slice(list.length + 3));
  const rule = rewritten(pair.rule, fields, Object.keys(row), entry, { matches: engine.matches });
  let result;
  try {
    result = engine.evaluated(rule, bindings(fields, pair));
  } catch (error) {
    result = { unknown: `fault: ${error.stack}` };
  }
  const { unknown } = pair.expected;
  const is = result.unknown ?? said(result.value);
  const agrees = unknown === undefined ? result.unknown === undefined && is === expectation(pair.expected) : ["absent", "no result"].includes(result.unknown);
  return agrees ? undefined : { engine: engine.name, rewritten: rule, comes_to: is, ...pair };
}

const engines = [bufbuild(), celJs()];
const floats = bufbuild(Float);
let fields;
const counted = { pairs: 0, known: 0, disagreements: 0, wrong_by_floats: 0 };
const written = new Map([...WRITTEN, ...FUNCTIONS.split(" ").map((name) => `${name}(`)].map((part) => [part, 0]));
for await (const line of createInterface({ input: process.stdin })) {
  const pair = JSON.parse(line);
  if (pair.fields !== undefined) {
    fields = new Map(pair.fields.map(({ address, type }) => [address, type]));
    continue;
  }
  counted.pairs += 1;
  for (const part of written.keys()) {
    written.set(part, written.get(part) + (pair.rule.includes(part) ? 1 : 0));
  }
  counted.known += pair.expected.unknown === undefined ? 1 : 0;
  counted.wrong_by_floats += difference(floats, fields, pair) === undefined ? 0 : 1;
  for (const engine of engines) {
    const differs = difference(engine, fields, pair);
    if (differs !== undefined) {
      counted.disagreements += 1;
      if (counted.disagreements <= SHOWN) {
        const lines = Object.entries(differs).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`);
        console.error(`${differs.rule}\n${lines.join("\n")}\n`);
      }
    }
  }
}
console.log(counted);
if (counted.disagreements > 0 || counted.pairs === 0) {
  process.exitCode = 1;
}
const rare = [...written].filter(([, number]) => number * 1000 < counted.pairs * OF_THOUSAND);
if (rare.length > 0) {
  console.error("Hardly any pair has", rare);
  process.exitCode = 1;
}
if (counted.wrong_by_floats * 100 < counted.pairs * WRONG_BY_FLOATS) {
  console.error("Floats agree as well: the pairs show nothing about decimals.");
  process.exitCode = 1;
}
