// A rule as other engines of CEL take it: docs/rules.md, "Evaluating rules elsewhere", says what is rewritten and why. What is not
// named there stays as it was written: every operator, bracket, text and comment is the engine's own to read.

import { read } from "./syntax.js";

const PRESENCE = new Set(["has", "answered", "missing"]);
const KNOWN = new Set(["sum_known", "count"]);

/** The longest beginning of a path that is known, and what stands behind it. */
function longest(path, isKnown) {
  for (let length = path.length; length > 0; length -= 1) {
    const beginning = path.slice(0, length).join(".");
    if (isKnown(beginning)) {
      return [beginning, path.slice(length)];
    }
  }
  throw new Error(`nothing is called ${path.join(".")}`);
}

const isLiteral = (node) => ["number", "text", "truth"].includes(node.kind);

/** Whether a list has values that may be missing, or in different currencies. */
const isComputed = (node) => (node.kind === "list" ? !node.parts.every(isLiteral) : node.kind === "call" && node.name === "cells");

class Rewriter {
  constructor(text, fields, row, entry, names) {
    this.text = text;
    this.names = names;
    this.fields = fields;
    this.row = row;
    this.entry = entry;
    this.locals = [];
    this.parts = [];
  }

  /** A part as it was written, but for the parts of it. */
  copy(node, write = (part) => this.write(part)) {
    let written = "";
    let at = node.start;
    for (const part of node.parts) {
      written += this.text.slice(at, part.start) + write(part);
      at = part.end;
    }
    return written + this.text.slice(at, node.end);
  }

  literal(node) {
    return this.text.slice(node.start, node.end);
  }

  write(node) {
    switch (node.kind) {
      case "number":
        return `decimal("${this.literal(node).replace(/[() \s]/g, "")}")`;
      case "name":
        return this.value(node);
      case "call":
        return this.call(node);
      case "chain":
        return this.chain(node);
      default:
        return this.copy(node);
    }
  }

  /** The cell that a name names, and what is asked of its value after it. A name that is a value itself has none. */
  cell(node) {
    if (node.kind === "call") {
      const round = node.receiver === undefined ? "now" : "last";
      return { cell: `${round}[${this.literal(node.args[0])}]`, members: [] };
    }
    const local = this.locals.findLast(({ name }) => name === node.path[0]);
    if (local !== undefined) {
      const [name, ...members] = node.path;
      return { [local.isCell ? "cell" : "value"]: `_${name}`, members };
    }
    const isLast = node.path[0] === "last";
    const path = isLast ? node.path.slice(1) : node.path;
    const last = isLast ? "last_" : "";
    if (path[0] === "this") {
      return { cell: `${last}this`, members: path.slice(1) };
    }
    for (const [word, known] of [["row", this.row], ["entry", this.entry]]) {
      if (path[0] === word) {
        const [name, members] = longest(path.slice(1), (name) => known.has(name));
        return { cell: `${last}${word}["${name}"]`, members };
      }
    }
    const [address, members] = longest(path, (name) => this.fields.has(name));
    return { cell: `${isLast ? "last" : "now"}["${address}"]`, members };
  }

  value(node) {
    const { cell, value, members } = this.cell(node);
    return [value ?? `${cell}.value`, ...members].join(".");
  }

  chain(node) {
    let number = -1;
    return this.copy(node, (part) => {
      number += 1;
      const isAmong = node.operators[number - 1] === "in" && isComputed(part);
      return isAmong ? `values(${this.write(part)})` : this.write(part);
    });
  }

  call(node) {
    const { name, receiver, args } = node;
    if (name === "field") {
      return `${this.cell(node).cell}.value`;
    }
    if (name === "cells") {
      const of = receiver === undefined ? "now" : receiver.path[0];
      return `cells(${[of, ...args.map((arg) => this.literal(arg))].join(", ")})`;
    }
    if (PRESENCE.has(name)) {
      return this.presence(name, args);
    }
    if (name === "size") {
      return this.size(receiver ?? args[0], node);
    }
    if (receiver !== undefined && (name === "all" || name === "exists")) {
      return this.each(node);
    }
    if (KNOWN.has(name) && args[0].kind === "list") {
      return `${name}([${args[0].parts.map((part) => this.known(part)).join(", ")}])`;
    }
    return this.renamed(node);
  }

  renamed(node) {
    const written = this.copy(node);
    const name = this.names[node.name] ?? node.name;
    if (name === node.name) {
      return written;
    }
    const at = node.receiver === undefined ? 0 : this.write(node.receiver).length;
    return written.slice(0, at) + written.slice(at).replace(node.name, name);
  }

  presence(name, [of, reason]) {
    const { cell } = this.cell(of);
    if (cell === undefined) {
      return `${name !== "missing"}`;
    }
    switch (name) {
      case "has":
        return `("value" in ${cell})`;
      case "answered":
        return `("value" in ${cell} || "missing" in ${cell})`;
      default: {
        const is = reason === undefined ? "" : ` && ${cell}.missing == ${this.literal(reason)}`;
        return `("missing" in ${cell}${is})`;
      }
    }
  }

  size(of, node) {
    if (of.kind === "name" && this.locals.every((local) => local.name !== of.path[0])) {
      const { cell } = this.cell(of);
      const address = of.path[0] === "last" ? of.path.slice(1) : of.path;
      if (this.fields.get(address.join(".")) === "entries") {
        return `decimal(size(${cell}.entries))`;
      }
    }
    return `decimal(${this.copy(node)})`;
  }

  each({ name, receiver, args: [variable, condition] }) {
    const list = this.write(receiver);
    const isCell = receiver.kind === "call" && receiver.name === "cells";
    const [local] = variable.path;
    this.locals.push({ name: local, isCell });
    const written = this.write(condition);
    this.locals.pop();
    return `${list}.${name}(_${local}, ${written})`;
  }

  /** A value in brackets that may not be there: a cell, or what a rule of its own comes to. */
  known(node) {
    if (node.kind === "name" || (node.kind === "call" && node.name === "field")) {
      const { cell, members } = this.cell(node);
      if (cell !== undefined && members.length === 0) {
        return cell;
      }
    }
    if (isLiteral(node)) {
      return this.write(node);
    }
    const locals = this.locals.map(({ name }) => `"_${name}": _${name}`);
    const expression = this.write(node);
    this.parts.push(expression);
    return `known("${this.parts.length - 1}", {${locals.join(", ")}})`;
  }
}

/**
 * Rewrites a rule for an engine of CEL.
 *
 * @param {string} text the rule, as the questionnaire has it
 * @param {Map<string, string>} fields the type of each field by its address, `L1.*.title` among them
 * @param {Iterable<string>} row the names of the row's cells, if the rule stands on one
 * @param {Iterable<string>} entry the names of the entry's parts, if it stands on one
 * @param {Record<string, string>} names what functions are called that the engine has, and has wrong: `{matches: "found"}`
 * @returns {{expression: string, parts: string[]}} the expression, and those that its `known("0", …)` evaluate
 */
export function rewritten(text, fields, row = [], entry = [], names = {}) {
  const rewriter = new Rewriter(text, fields, new Set(row), new Set(entry), names);
  const expression = rewriter.write(read(text));
  return { expression, parts: rewriter.parts };
}
