// The grammar of docs/rules.md, read into a tree whose parts know where they stand in the text: enough to rewrite a rule. What is wrong
// with a rule is not told here: only rules that a questionnaire has taken are read.

const SPACE = /(?:[ \t\r\n\f]|\/\/[^\n]*)*/y;
const TOKEN = /([rR]?"(?:[^"\\\n]|\\.)*"|[rR]?'(?:[^'\\\n]|\\.)*')|(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(&&|\|\||==|!=|<=|>=|[<>!\-+*/%?:.,()[\]])/y;
const RAW = /[rR](?:"[^"\n]*"|'[^'\n]*')/y;
const RANKS = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"], ["*", "/", "%"]];

function tokens(text) {
  const found = [];
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = SPACE.lastIndex;
    if (at >= text.length) {
      break;
    }
    // A raw text ends with the first mark: before it a backslash says nothing.
    RAW.lastIndex = TOKEN.lastIndex = at;
    const raw = RAW.exec(text);
    const [all, quoted, number, name, sign] = TOKEN.exec(text) ?? [];
    if (raw === null && all === undefined) {
      throw new SyntaxError(`nothing is written as at ${at}: ${text}`);
    }
    const kind = raw !== null || quoted !== undefined ? "text" : number !== undefined ? "number" : name !== undefined ? "name" : "sign";
    const written = raw === null ? all : raw[0];
    found.push({ kind, written, start: at, end: at + written.length });
    at += written.length;
  }
  return found;
}

class Reader {
  constructor(text) {
    this.text = text;
    this.tokens = tokens(text);
    this.at = 0;
  }

  is(sign) {
    const token = this.tokens[this.at];
    return token !== undefined && token.kind !== "text" && token.written === sign;
  }

  take(sign) {
    const is = this.is(sign);
    this.at += is ? 1 : 0;
    return is;
  }

  /** The next token, where it is this sign or, without one, of this kind. */
  want(sign, kind) {
    const token = this.tokens[this.at];
    if (token === undefined || (kind === undefined ? !this.is(sign) : token.kind !== kind)) {
      throw new SyntaxError(`${sign} was expected at token ${this.at} of ${this.text}`);
    }
    this.at += 1;
    return token;
  }

  choice() {
    const condition = this.operands(0);
    if (!this.take("?")) {
      return condition;
    }
    const one = this.operands(0);
    this.want(":");
    return this.whole("choice", [condition, one, this.choice()]);
  }

  whole(kind, parts, more = {}) {
    return { kind, parts, start: parts[0].start, end: parts.at(-1).end, ...more };
  }

  operands(rank) {
    if (rank === RANKS.length) {
      return this.unary();
    }
    const parts = [this.operands(rank + 1)];
    const operators = [];
    let operator;
    while ((operator = RANKS[rank].find((sign) => this.is(sign))) !== undefined) {
      this.at += 1;
      operators.push(operator);
      parts.push(this.operands(rank + 1));
    }
    return operators.length === 0 ? parts[0] : this.whole("chain", parts, { operators });
  }

  unary() {
    const { start } = this.tokens[this.at] ?? {};
    if (this.take("!") || this.take("-")) {
      return { ...this.whole("unary", [this.unary()]), start };
    }
    return this.member();
  }

  member() {
    let of = this.primary();
    while (this.take(".")) {
      const { written, end } = this.want("a name", "name");
      if (this.is("(")) {
        of = this.call(of, written, of.start);
      } else if (of.kind === "name") {
        of = { ...of, path: [...of.path, written], end };
      } else {
        of = { kind: "member", parts: [of], start: of.start, end };
      }
    }
    return of;
  }

  call(receiver, name, start) {
    this.want("(");
    const [args, end] = this.until(")");
    return { kind: "call", receiver, name, args, parts: receiver === undefined ? args : [receiver, ...args], start, end };
  }

  until(bracket) {
    const parts = [];
    while (!this.is(bracket)) {
      parts.push(this.choice());
      if (!this.is(bracket)) {
        this.want(",");
      }
    }
    return [parts, this.want(bracket).end];
  }

  primary() {
    const token = this.tokens[this.at] ?? { kind: "end" };
    const { kind, written, start, end } = token;
    this.at += 1;
    if (kind === "text" || kind === "number") {
      return { kind, parts: [], start, end };
    }
    if (kind === "name") {
      if (this.is("(")) {
        return this.call(undefined, written, start);
      }
      return written === "true" || written === "false"
        ? { kind: "truth", parts: [], start, end }
        : { kind: "name", path: [written], parts: [], start, end };
    }
    if (written === "(") {
      const inner = this.choice();
      return { ...inner, start, end: this.want(")").end };
    }
    if (written === "[") {
      const [parts, end] = this.until("]");
      return { kind: "list", parts, start, end };
    }
    throw new SyntaxError(`a value was expected at token ${this.at - 1} of ${this.text}`);
  }
}

/** The tree of a rule. */
export function read(text) {
  const reader = new Reader(text);
  const tree = reader.choice();
  if (reader.at < reader.tokens.length) {
    throw new SyntaxError(`the end was expected at token ${reader.at} of ${text}`);
  }
  return tree;
}
