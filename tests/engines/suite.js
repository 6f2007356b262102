// Evaluates the parts of CEL's official suite that the profile covers, with this project and with both engines: `node suite.js RULES`, where
// RULES is the example `engines` of crates/rules. Whatever comes to something else than the suite says fails, but for what stands in
// deviations.json, which must deviate.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { parse } from "@bufbuild/cel";
import { getConformanceSuite, getParsingSuite } from "@bufbuild/cel-spec/testdata/tests.js";

import { round } from "./bindings.js";
import { bufbuild } from "./bufbuild.js";
import { celJs } from "./cel-js.js";
import { ANY, absence } from "./profile.js";
import { rewritten } from "./rewriting.js";
import { said } from "./said.js";

/** Faults of types: the profile keeps apart what CEL compares, and has no lists of lists. */
const OF_TYPES = new Set(["rule_type", "rule_mixed_types", "rule_literal", "rule_pattern"]);

/** Faults that a text has whatever it names. */
const OF_WRITING = new Set(["rule_unexpected", "rule_character", "rule_text_unclosed", "rule_escape", "rule_number_form", "rule_reserved_word", "rule_null"]);

/** How many tests run: of this version of the suite, so that none is left out unnoticed. */
const RUN = { suite: 288, parser: 144 };

const deviations = new Map(Object.entries(JSON.parse(readFileSync(new URL("deviations.json", import.meta.url), "utf8"))));

function tests(suite, path = []) {
  const own = suite.tests.map((test) => ({ path: [...path, test.name].join("/"), ...test }));
  return [...own, ...suite.suites.flatMap((inner) => tests(inner, [...path, inner.name]))];
}

/** A value of the suite's as this project writes it; nothing where it has none of this kind. */
function value({ case: kind, value: of } = {}) {
  switch (kind) {
    case "boolValue":
      return { type: "bool", value: { bool: of } };
    case "int64Value":
      return { type: "whole_number", value: { number: `${of}` } };
    case "doubleValue":
      return /^-?\d+(\.\d+)?$/.test(`${of}`) ? { type: "decimal", value: { number: `${of}` } } : undefined;
    case "stringValue":
      return { type: "text", value: { text: of } };
    default:
      return undefined;
  }
}

/** What the suite expects: a value, or an error. */
function expectation({ case: kind, value: of }) {
  const typed = kind === "typedResult" ? of.result : of;
  switch (kind) {
    case undefined:
      return { value: { bool: true } };
    case "value":
    case "typedResult":
      return value(typed?.kind);
    case "evalError":
      return { error: true };
    default:
      return undefined;
  }
}

/** A test as a case to run, or why it is none. */
function prepared({ path, original }) {
  // What hides a type from CEL's checker says nothing else.
  const expression = original.expr.replaceAll(/\bdyn\(/g, "(");
  const { bindings, container, disableMacros, checkOnly, resultMatcher } = original;
  let parsed;
  try {
    parsed = parse(expression);
  } catch {
    return { why: "what @bufbuild/cel does not read", expression };
  }
  if (container !== "" || disableMacros || checkOnly) {
    return { why: "containers, macros that are off, checks alone" };
  }
  const bound = Object.entries(bindings).map(([name, { kind }]) => [name, kind.case === "value" ? value(kind.value.kind) : undefined]);
  if (bound.some(([name, of]) => of === undefined || name.includes("."))) {
    return { why: "variables of other types" };
  }
  const why = absence(expression, parsed, new Set(bound.map(([name]) => name)));
  if (why !== undefined) {
    return { why, expression };
  }
  const expected = expectation(resultMatcher);
  const fields = Object.fromEntries(bound.map(([name, { type }]) => [name, type]));
  const values = Object.fromEntries(bound.map(([name, { value: of }]) => [name, of]));
  return { path, expression, fields, values, expected, why: expected === undefined ? "results of other types" : undefined };
}

const count = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);
const listed = (counts) => [...counts].sort((one, other) => other[1] - one[1]).map(([why, number]) => `  ${number} ${why}`);

/** What this project comes to. */
function evaluated(cases) {
  const input = cases.map(({ expression, fields = {}, values = {} }) => JSON.stringify({ expression, fields, values })).join("\n");
  const output = execFileSync(process.argv[2], ["evaluate"], { input, maxBuffer: 1 << 28 });
  return `${output}`.trim().split("\n").map((line) => JSON.parse(line));
}

const written = (of) => of.number ?? said(of.bool ?? of.text ?? of);
const differing = [];
const differs = (about, expected, found) => differing.push(`${about}\n  expected: ${JSON.stringify(expected)}\n  found: ${JSON.stringify(found)}`);

const all = tests(getConformanceSuite()).map(prepared);
const without = new Map();
const results = evaluated(all.map((test) => ({ expression: "1", ...test })));
const engines = [bufbuild(), celJs()];
let run = 0;
const stale = new Set(deviations.keys());
all.forEach((test, number) => {
  const { path, expression, expected, why } = test;
  const found = results[number];
  if (why !== undefined) {
    count(without, why);
    // What the profile has not is refused here too; a result of another type is one.
    if (expression !== undefined && found.faults === undefined && expected === undefined && why !== "results of other types") {
      differs(expression, `a fault: ${why}`, found);
    }
    return;
  }
  if (found.faults !== undefined) {
    if (deviations.has(path)) {
      stale.delete(path);
      run += 1;
      return;
    }
    const isOfTypes = found.faults.every((code) => OF_TYPES.has(code));
    count(without, isOfTypes ? "types that the profile keeps apart" : found.faults.join());
    if (!isOfTypes) {
      differs(`${path}: ${expression}`, expected, found);
    }
    return;
  }
  run += 1;
  const types = new Map(Object.entries(test.fields));
  const answers = Object.fromEntries(Object.entries(test.values).map(([name, of]) => [name, { value: of }]));
  const bindings = { now: round(types, answers), last: {} };
  const isSame = (is) => (expected.error === undefined ? is === written(expected.value) : is === "unknown");
  const deviation = deviations.get(path);
  stale.delete(path);
  const ours = found.unknown === undefined ? written(found) : "unknown";
  if (isSame(ours) !== (deviation === undefined)) {
    differs(`${path}: ${expression}${deviation === undefined ? "" : ` (${deviation})`}`, expected, found);
  }
  for (const engine of engines) {
    const rule = rewritten(expression, types, [], [], { matches: engine.matches });
    const result = engine.evaluated(rule, bindings);
    const is = result.unknown === undefined ? said(result.value) : "unknown";
    if (is !== ours || `${result.unknown}`.startsWith("fault")) {
      differs(`${engine.name}: ${path}: ${expression}: ${rule.expression}`, found, result.unknown ?? said(result.value));
    }
  }
});

console.log(`Of ${all.length} tests of the official suite ${run} run, ${deviations.size} of which come to something else as docs/rules.md says. Others have`);
console.log(listed(without).join("\n"));

/** How cel-go begins to say that a text cannot be read at all; but for limits of its own, which have no place in the text. */
const IS_WRITING = /^ERROR: :\d/;

const parsing = tests(getParsingSuite()).map(({ path, original, error }) => ({ path, expression: original.expr, isWrong: IS_WRITING.test(error ?? "") }));
const skipped = new Map();
let read = 0;
const texts = evaluated(parsing);
parsing.forEach(({ path, expression, isWrong }, number) => {
  const { faults = [] } = texts[number];
  const isRefused = faults.some((code) => OF_WRITING.has(code));
  if (isWrong) {
    read += 1;
    if (faults.length === 0) {
      differs(`${path}: ${expression}`, "a fault", texts[number]);
    }
    return;
  }
  let why;
  try {
    why = absence(expression, parse(expression), ANY);
  } catch {
    why = "what @bufbuild/cel does not read";
  }
  if (why === undefined) {
    read += 1;
    if (isRefused) {
      differs(`${path}: ${expression}`, "no fault of writing", faults);
    }
  } else {
    count(skipped, why);
  }
});
console.log(`Of ${parsing.length} tests of the parser ${read} run. Others have`);
console.log(listed(skipped).join("\n"));

if (run !== RUN.suite || read !== RUN.parser) {
  differs("how many tests run", RUN, { suite: run, parser: read });
}
// Why a blank is an absent key, and never null.
for (const engine of engines) {
  const ofNull = engine.evaluated({ expression: 'now["B2"].value != "x"', parts: [] }, { now: { B2: { value: null } } });
  if (ofNull.value !== true) {
    differs(`${engine.name}: null != "x"`, true, ofNull);
  }
}
for (const path of stale) {
  differs(path, "a test that runs", "none");
}
if (differing.length > 0) {
  console.error(differing.join("\n\n"));
  console.error(`${differing.length} disagreements`);
  process.exitCode = 1;
}
