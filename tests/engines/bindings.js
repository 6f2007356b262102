// The answers of a round as rules read them: a cell for each field, by its address. What is blank is a cell without a value, so that a rule
// that asks for the value asks for a key that is absent; no key is ever null.

import { Decimal, Money } from "./decimal.js";

function value(answered) {
  const [[kind, of]] = Object.entries(answered);
  switch (kind) {
    case "number":
      return Decimal.of(of);
    case "money":
      return new Money(Decimal.of(of.amount), of.currency);
    default:
      return of;
  }
}

function cell(answer = {}) {
  const { value: answered, missing, not_relevant: isIrrelevant } = answer;
  return {
    ...(answered !== undefined && { value: value(answered) }),
    ...(missing !== undefined && { missing }),
    ...(isIrrelevant && { irrelevant: true }),
  };
}

/** The cells of a round; of a list's parts an array of them, and of the list itself its entries, if it is relevant. */
export function round(fields, answers = {}) {
  const cells = {};
  for (const [address, type] of fields) {
    const answer = answers?.[address];
    if (address.includes("*")) {
      cells[address] = (answer ?? []).map(cell);
    } else if (type === "entries") {
      cells[address] = answer === undefined ? {} : { entries: Array(answer.entries).fill(true) };
    } else {
      cells[address] = cell(answer);
    }
  }
  return cells;
}

/** All that a rule reads where it stands. Entries of two rounds are not the same, so there is none of the last. */
export function bindings(fields, { answers, last, stands_on: stand }) {
  const rounds = { now: round(fields, answers), last: round(fields, last ?? {}) };
  const { this: field, row = {}, list, entry } = stand;
  const of = (round) => (address) => (entry === undefined ? rounds[round][address] : rounds[round][address]?.[entry]);
  const rowOf = (round) => Object.fromEntries(Object.entries(row).map(([name, address]) => [name, rounds[round][address]]));
  const parts = [...fields.keys()].filter((address) => list !== undefined && address.startsWith(`${list}.*.`));
  return {
    ...rounds,
    this: field === undefined ? {} : of("now")(field),
    last_this: field === undefined || entry !== undefined ? {} : of("last")(field),
    row: rowOf("now"),
    last_row: rowOf("last"),
    entry: Object.fromEntries(parts.map((address) => [address.slice(list.length + 3), of("now")(address)])),
  };
}
