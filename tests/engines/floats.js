// Numbers as nobody should compute them, to see that the pairs tell them from decimals.

import { Decimal, NoResult } from "./decimal.js";

export class Float extends Decimal {
  static from(number) {
    if (!Number.isFinite(number)) {
      throw new NoResult("a float has no such value");
    }
    const [written, exponent] = number.toExponential().split("e");
    const [whole, fraction = ""] = written.split(".");
    const places = fraction.length - Number(exponent);
    const digits = BigInt(whole + fraction);
    return places < 0 ? new Float(digits * 10n ** BigInt(-places), 0) : new Float(digits, places);
  }

  plus(other) {
    return Float.from(Number(`${this}`) + Number(`${other}`));
  }

  minus(other) {
    return Float.from(Number(`${this}`) - Number(`${other}`));
  }

  times(other) {
    return Float.from(Number(`${this}`) * Number(`${other}`));
  }

  over(other) {
    return other.isZero() ? super.over(other) : Float.from(Number(`${this}`) / Number(`${other}`));
  }
}
