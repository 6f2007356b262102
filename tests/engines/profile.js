// Which expressions of CEL the profile has, by the tree that another engine reads: what docs/rules.md says CEL has and this has not.

const OPERATORS = new Set([
  "_&&_", "_||_", "!_", "-_", "_?_:_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in", "_+_", "_-_", "_*_", "_/_", "_%_", "@not_strictly_false",
]);
const FUNCTIONS = new Set(["size", "contains", "startsWith", "endsWith", "matches"]);
const MACROS = new Set(["all", "exists"]);

/** Texts, without which the rest of an expression is looked at. */
const TEXT = /[bB]?[rR]?("""[^]*?"""|'''[^]*?''')|[rR][bB]?("[^"\n]*"|'[^'\n]*')|[bB]?("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/g;

function writing(expression) {
  const texts = [...expression.matchAll(TEXT)];
  const rest = expression.replace(TEXT, '""');
  if (texts.some(([, triple]) => triple !== undefined)) {
    return "texts in triple quotation marks";
  }
  const escapes = texts.flatMap(([, , , text = ""]) => [...text.matchAll(/\\([^])/g)]);
  if (escapes.some(([, letter]) => !"\\\"'nrtuU".includes(letter))) {
    return "other escapes than \\\\ \\\" \\' \\n \\r \\t \\u \\U";
  }
  if (/\b0[xX]/.test(rest)) {
    return "hexadecimal numbers";
  }
  if (/\d\.?[eE][+-]?\d/.test(rest)) {
    return "exponents";
  }
  if (/(?:^|[^\w)\]."'])\.\d/.test(rest)) {
    return "numbers that begin with their point";
  }
  if (/(?:^|[^\w)\]}"'`])\.[A-Za-z_]/.test(rest)) {
    return "names that begin with a point";
  }
  if (/,\s*[\])}]/.test(rest)) {
    return "commas before a closing bracket";
  }
  if (rest.includes("`")) {
    return "names in backticks";
  }
  return /\.\?|\[\?/.test(rest) ? "optional parts" : undefined;
}

/** Names that an expression can use: of variables, or, where it is only read, any, of parts and functions too. */
const isIn = (names, name) => names === ANY || names.has(name) || name === "@result" || name === "__result__";

/** Any name. */
export const ANY = Symbol("any");

function part(expression, names) {
  const { case: kind, value } = expression.exprKind;
  switch (kind) {
    case "constExpr":
      return { nullValue: "null", bytesValue: "bytes", uint64Value: "unsigned numbers" }[value.constantKind.case];
    case "identExpr":
      return isIn(names, value.name) ? undefined : "types as values, and names of nothing";
    case "callExpr": {
      const name = value.function;
      if (name === "_[_]") {
        return "values by their number or key";
      }
      const isKnown = names === ANY || OPERATORS.has(name) || FUNCTIONS.has(name);
      const own = isKnown ? undefined : `functions: ${name}`;
      return own ?? first([...(value.target === undefined ? [] : [value.target]), ...value.args], names);
    }
    case "listExpr":
      return value.elements.length === 0 ? "lists of nothing" : first(value.elements, names);
    case "structExpr":
      return value.messageName === "" ? "maps" : "messages";
    case "selectExpr":
      return names === ANY ? part(value.operand, names) : "parts of maps and messages";
    case "comprehensionExpr":
      return first([value.iterRange, value.loopStep], names === ANY ? ANY : new Set([...names, value.iterVar]));
    default:
      return "nothing";
  }
}

function first(expressions, names) {
  return expressions.map((expression) => part(expression, names)).find((why) => why !== undefined);
}

/** Why the profile has no such expression; nothing where it has. */
export function absence(expression, parsed, names) {
  const macros = Object.values(parsed.sourceInfo?.macroCalls ?? {});
  const macro = macros.map((call) => call.exprKind.value.function).find((name) => !MACROS.has(name));
  const ofMacro = macro === "has" ? "has(…) of a part" : macro && `macros: ${macro}`;
  return writing(expression) ?? ofMacro ?? part(parsed.expr, names);
}
