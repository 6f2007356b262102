// What rules ask for beyond CEL, on values that no engine has made its own: Decimal, Money, texts, truths, arrays of them, and cells.
//
// A cell is an object: `{value}` where something was answered, `{missing}` where it was said why not, `{irrelevant: true}`, or `{}`. Days and
// months are texts, `2024-01-31` and `2024-01`, whose order is that of time.

import { Decimal, Money, NoResult } from "./decimal.js";

/** What is not there: `sum_known` and `count` look past it. */
export class Absent extends Error {
  constructor() {
    super("absent: a value is not there");
  }
}

const isCell = (value) => typeof value === "object" && !(value instanceof Decimal || value instanceof Money || Array.isArray(value));
const isThere = (value) => !isCell(value) || Object.hasOwn(value, "value");
const valueOf = (value) => (isCell(value) ? value.value : value);

function there(list) {
  if (!list.every(isThere)) {
    throw new Absent();
  }
  return list.map(valueOf);
}

/** The values of a list, if all of them are there, and amounts are in one currency: an engine that finds one looks no further. */
export function values(list) {
  const found = there(list);
  found.forEach((value) => isNumeric(value) && amounts(found[0], value));
  return found;
}

const known = (list) => list.filter(isThere).map(valueOf);

/** Two amounts in one currency. Zero of no cells is in none, and so in any. */
function amounts(one, other) {
  const isMoney = [one, other].map((value) => value instanceof Money);
  if (isMoney[0] && isMoney[1] && one.currency !== other.currency) {
    throw new NoResult("amounts are in different currencies");
  }
  const amount = (value) => (value instanceof Money ? value.amount : value);
  const { currency } = isMoney[0] ? one : other;
  return { one: amount(one), other: amount(other), currency: isMoney[0] || isMoney[1] ? currency : undefined };
}

const inCurrency = (amount, currency) => (currency === undefined ? amount : new Money(amount, currency));

export function plus(left, right) {
  const { one, other, currency } = amounts(left, right);
  return inCurrency(one.plus(other), currency);
}

export const negated = (of) => changed(of, (amount) => amount.negated());
export const minus = (left, right) => plus(left, negated(right));

export function times(left, right) {
  const { one, other, currency } = amounts(left, right);
  return inCurrency(one.times(other), currency);
}

export const over = (of, by) => changed(of, (amount) => amount.over(by));
export const remainder = (of, by) => of.remainder(by);

/** Below zero, zero or above it, as the one comes before, with or after the other. */
export function compared(left, right) {
  if (typeof left === "string") {
    return left < right ? -1 : left > right ? 1 : 0;
  }
  const { one, other } = amounts(left, right);
  return one.compared(other);
}

export const isNumeric = (value) => value instanceof Decimal || value instanceof Money;
export const equal = (left, right) => (isNumeric(left) && isNumeric(right) ? compared(left, right) === 0 : left === right);

function changed(of, change) {
  return of instanceof Money ? of.with(change(of.amount)) : change(of);
}

/** Whether an address is like a pattern: part by part the same, or a star. */
function isLike(address, pattern) {
  const [parts, wanted] = [address.split("."), pattern.split(".")];
  return parts.length === wanted.length && parts.every((part, at) => wanted[at] === "*" || wanted[at] === part);
}

/** The cells whose names are like a pattern; what is not relevant is no cell. */
export function cells(of, pattern, but) {
  const names = Object.keys(of).filter((name) => isLike(name, pattern) && !(but !== undefined && isLike(name, but)));
  const found = names.flatMap((name) => of[name]);
  return found.filter((cell) => !Object.hasOwn(cell, "irrelevant") && !Object.hasOwn(cell, "entries"));
}

const total = (list) => (list.length === 0 ? new Decimal(0n, 0) : list.reduce(plus));
export const sum = (list) => total(there(list));

export function sumKnown(list) {
  const found = known(list);
  if (found.length === 0 && list.length > 0) {
    throw new Absent();
  }
  return total(found);
}

function furthest(list, sign) {
  const found = there(list);
  if (found.length === 0) {
    throw new Absent();
  }
  return found.reduce((far, value) => (Math.sign(compared(value, far)) === sign ? value : far));
}

export const min = (list) => furthest(list, -1);
export const max = (list) => furthest(list, 1);
export const count = (list) => Decimal.of(known(list).length);

/** Whether no two that are there are equal; each is compared with all that follow, until two are. */
export function distinct(list) {
  const found = known(list);
  return !found.some((one, at) => found.slice(at + 1).some((other) => equal(one, other)));
}

export const abs = (of) => changed(of, (amount) => amount.magnitude());
export const round = (of, places = Decimal.of(0)) => changed(of, (amount) => amount.rounded(Number(places.digits)));

export const year = (of) => Decimal.of(BigInt(of.slice(0, 4)));

/** Days are counted in whole milliseconds of UTC, which all of them have alike. */
export function days(from, to) {
  const day = (of) => BigInt(Date.parse(`${of}T00:00:00Z`));
  return Decimal.of((day(to) - day(from)) / 86_400_000n);
}

/** The reason that an engine tells for having no value: whether something is not there, or cannot be computed; or it is a fault. */
export function reason(message) {
  if (message.includes("no result:")) {
    return "no result";
  }
  return /absent:|(?:no such key|field not found): (?:value|entries|currency)\b/i.test(message) ? "absent" : `fault: ${message}`;
}
