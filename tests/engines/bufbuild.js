// @bufbuild/cel with the functions of rules: numbers and money are messages, whose operators are overloads.

import { celEnv, celFunc, celMethod, CelScalar, isCelError, isCelList, isCelMap, listType, mapType, objectType, parse, plan } from "@bufbuild/cel";
import { create, createFileRegistry } from "@bufbuild/protobuf";
import { isReflectMessage } from "@bufbuild/protobuf/reflect";
import { FieldDescriptorProto_Label as Label, FieldDescriptorProto_Type as Type, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";

import { Decimal, Money } from "./decimal.js";
import * as functions from "./functions.js";

const field = (name, number, type, typeName) => ({ name, number, type, typeName, label: Label.OPTIONAL });
const registry = createFileRegistry(
  create(FileDescriptorProtoSchema, {
    name: "rules.proto",
    package: "rules",
    syntax: "proto3",
    messageType: [
      // Zero of no cells has an amount, which is zero too.
      { name: "Decimal", field: [field("written", 1, Type.STRING), field("amount", 2, Type.MESSAGE, ".rules.Decimal")] },
      { name: "Money", field: [field("amount", 1, Type.MESSAGE, ".rules.Decimal"), field("currency", 2, Type.STRING)] },
    ],
  }),
  () => undefined,
);
const DECIMAL_MESSAGE = registry.getMessage("rules.Decimal");
const MONEY_MESSAGE = registry.getMessage("rules.Money");
const DECIMAL = objectType(DECIMAL_MESSAGE);
const MONEY = objectType(MONEY_MESSAGE);
const { BOOL, DYN, INT, STRING } = CelScalar;
const LIST = listType(DYN);
const MAP = mapType(STRING, DYN);

/** The engine, whose numbers are of this class: a test has others. */
export function bufbuild(Number = Decimal) {
  /** A value of the engine's as a value of the functions'. */
  function plain(value) {
    if (isReflectMessage(value)) {
      const { message } = value;
      return value.desc.typeName === DECIMAL.name ? Number.of(message.written) : new Money(Number.of(message.amount.written), message.currency);
    }
    if (isCelList(value)) {
      return [...value].map(plain);
    }
    if (isCelMap(value)) {
      return Object.fromEntries([...value].map(([key, of]) => [key, plain(of)]));
    }
    return value;
  }

  /** The same the other way. */
  function own(value) {
    if (value instanceof Decimal) {
      return create(DECIMAL_MESSAGE, { written: `${value}` });
    }
    if (value instanceof Money) {
      return create(MONEY_MESSAGE, { amount: own(value.amount), currency: value.currency });
    }
    if (Array.isArray(value)) {
      return value.map(own);
    }
    return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).map(([key, of]) => [key, own(of)])) : value;
  }

  const native = celEnv().funcs;
  const func = (name, takes, gives, of) => celFunc(name, takes, gives, (...args) => own(of(...args.map(plain))));
  const isAmount = (value) => isReflectMessage(value);
  /** The engine's own function, but for numbers and money: amounts in different currencies are neither equal nor not. */
  const equality = (name, isEqual) =>
    celFunc(name, [DYN, DYN], BOOL, (one, other) =>
      isAmount(one) && isAmount(other) ? functions.equal(plain(one), plain(other)) === isEqual : native.find(name).call(0, undefined, [one, other]),
    );
  const amounts = [
    [DECIMAL, DECIMAL, DECIMAL],
    [DECIMAL, MONEY, MONEY],
    [MONEY, DECIMAL, MONEY],
    [MONEY, MONEY, MONEY],
  ];
  let current;
  const known = celFunc("known", [STRING, DYN], DYN, (number, locals) => {
    const outer = current;
    const result = outer.parts[number]({ ...outer.bindings, ...Object.fromEntries(locals) });
    current = outer;
    if (!isCelError(result)) {
      return { value: result };
    }
    if (functions.reason(result.message) === "absent") {
      return {};
    }
    throw result;
  });
  const environment = celEnv({
    registry,
    funcs: [
      ...amounts.flatMap(([left, right, gives]) => [
        func("_+_", [left, right], gives, functions.plus),
        func("_-_", [left, right], gives, functions.minus),
        func("_*_", [left, right], gives, functions.times),
        func("_<_", [left, right], BOOL, (one, other) => functions.compared(one, other) < 0),
        func("_<=_", [left, right], BOOL, (one, other) => functions.compared(one, other) <= 0),
        func("_>_", [left, right], BOOL, (one, other) => functions.compared(one, other) > 0),
        func("_>=_", [left, right], BOOL, (one, other) => functions.compared(one, other) >= 0),
      ]),
      ...[DECIMAL, MONEY].flatMap((of) => [
        func("_/_", [of, DECIMAL], of, functions.over),
        func("-_", [of], of, functions.negated),
        func("abs", [of], of, functions.abs),
        func("round", [of], of, (amount) => functions.round(amount)),
        func("round", [of, DECIMAL], of, functions.round),
      ]),
      equality("_==_", true),
      equality("_!=_", false),
      celFunc("@in", [DYN, LIST], BOOL, (one, list) => {
        if (isAmount(one)) {
          return plain(list).reduce((is, other) => functions.equal(plain(one), other) || is, false);
        }
        return native.find("@in").call(0, undefined, [one, list]);
      }),
      func("_%_", [DECIMAL, DECIMAL], DECIMAL, functions.remainder),
      func("decimal", [STRING], DECIMAL, (written) => Number.of(written)),
      func("decimal", [INT], DECIMAL, (whole) => Number.of(whole)),
      func("cells", [MAP, STRING], LIST, (of, pattern) => functions.cells(of, pattern)),
      func("cells", [MAP, STRING, STRING], LIST, functions.cells),
      func("values", [LIST], LIST, functions.values),
      func("sum", [LIST], DYN, functions.sum),
      func("sum_known", [LIST], DYN, functions.sumKnown),
      func("min", [LIST], DYN, functions.min),
      func("max", [LIST], DYN, functions.max),
      func("count", [LIST], DECIMAL, functions.count),
      func("distinct", [LIST], BOOL, functions.distinct),
      func("date", [STRING], STRING, (day) => day),
      func("month", [STRING], STRING, (month) => month),
      func("days", [STRING, STRING], DECIMAL, functions.days),
      func("year", [STRING], DECIMAL, functions.year),
      celFunc("matches", [STRING, STRING], BOOL, (text, pattern) => native.find("matches").call(0, text, [pattern])),
      known,
    ],
  });

  return {
    name: "@bufbuild/cel",
    matches: "matches",
    /** What a rewritten rule comes to. */
    evaluated({ expression, parts }, bindings) {
      const bound = own(bindings);
      current = { bindings: bound, parts: parts.map((part) => plan(environment, parse(part))) };
      const result = plan(environment, parse(expression))(bound);
      return isCelError(result) ? { unknown: functions.reason(result.message) } : { value: plain(result) };
    },
  };
}
