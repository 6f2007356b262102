// @marcbachmann/cel-js with the functions of rules: numbers and money are types of its own, with their operators.

import { Environment } from "@marcbachmann/cel-js";
import { RE2JS } from "@bufbuild/re2";

import { Decimal, Money } from "./decimal.js";
import * as functions from "./functions.js";

const COMPARISONS = { "<": (sign) => sign < 0, "<=": (sign) => sign <= 0, ">": (sign) => sign > 0, ">=": (sign) => sign >= 0 };

/** The engine. */
export function celJs() {
  const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });
  environment.registerType("Decimal", { ctor: Decimal, fields: { amount: "Decimal" } });
  environment.registerType("Money", { ctor: Money, fields: { amount: "Decimal", currency: "string" } });
  const pairs = ["Decimal", "Money"].flatMap((one) => ["Decimal", "Money"].map((other) => [one, other]));
  for (const [left, right] of pairs) {
    const gives = left === "Money" || right === "Money" ? "Money" : "Decimal";
    environment.registerOperator(`${left} + ${right}: ${gives}`, functions.plus);
    environment.registerOperator(`${left} - ${right}: ${gives}`, functions.minus);
    environment.registerOperator(`${left} * ${right}: ${gives}`, functions.times);
    // The engine turns it round for the other two operands itself.
    if (left <= right) {
      environment.registerOperator(`${left} == ${right}`, functions.equal);
    }
    for (const [sign, is] of Object.entries(COMPARISONS)) {
      environment.registerOperator(`${left} ${sign} ${right}`, (one, other) => is(functions.compared(one, other)));
    }
  }
  for (const of of ["Decimal", "Money"]) {
    environment.registerOperator(`${of} / Decimal: ${of}`, functions.over);
    environment.registerOperator(`-${of}`, functions.negated);
    // What they give is left open: of several the engine takes the first for what all of them give.
    environment.registerFunction(`abs(${of}): dyn`, functions.abs);
    environment.registerFunction(`round(${of}): dyn`, (amount) => functions.round(amount));
    environment.registerFunction(`round(${of}, Decimal): dyn`, functions.round);
  }
  environment.registerOperator("Decimal % Decimal", functions.remainder);
  environment.registerFunction("decimal(string): Decimal", (written) => Decimal.of(written));
  environment.registerFunction("decimal(int): Decimal", (whole) => Decimal.of(whole));
  environment.registerFunction("cells(map, string): list<dyn>", (of, pattern) => functions.cells(of, pattern));
  environment.registerFunction("cells(map, string, string): list<dyn>", functions.cells);
  environment.registerFunction("values(list): list<dyn>", functions.values);
  environment.registerFunction("sum(list): dyn", functions.sum);
  environment.registerFunction("sum_known(list): dyn", functions.sumKnown);
  environment.registerFunction("min(list): dyn", functions.min);
  environment.registerFunction("max(list): dyn", functions.max);
  environment.registerFunction("count(list): Decimal", functions.count);
  environment.registerFunction("distinct(list): bool", functions.distinct);
  environment.registerFunction("date(string): string", (day) => day);
  environment.registerFunction("month(string): string", (month) => month);
  environment.registerFunction("days(string, string): Decimal", functions.days);
  environment.registerFunction("year(string): Decimal", functions.year);
  // Its own expressions are those of JavaScript, and not of RE2.
  environment.registerFunction("string.found(string): bool", (text, pattern) => RE2JS.compile(pattern).test(text));
  environment.registerFunction("found(string, string): bool", (text, pattern) => RE2JS.compile(pattern).test(text));
  let current;
  environment.registerFunction("known(string, map): map", (number, locals) => {
    const outer = current;
    try {
      return { value: outer.parts[number]({ ...outer.bindings, ...locals }) };
    } catch (error) {
      if (functions.reason(error.message) === "absent") {
        return {};
      }
      throw error;
    } finally {
      current = outer;
    }
  });

  return {
    name: "@marcbachmann/cel-js",
    matches: "found",
    /** What a rewritten rule comes to. */
    evaluated({ expression, parts }, bindings) {
      current = { bindings, parts: parts.map((part) => environment.parse(part)) };
      try {
        return { value: environment.parse(expression)(bindings) };
      } catch (error) {
        return { unknown: functions.reason(error.message) };
      }
    },
  };
}
