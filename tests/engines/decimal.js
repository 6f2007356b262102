// Exact numbers and amounts of money, as docs/rules.md says them: whole numbers behind a point, never a float.

const DIGITS = 10n ** 38n;
const PLACES = 30;
const QUOTIENT_PLACES = 20;

/** What cannot be computed: unlike a field that is not there, `sum_known` and `count` do not look past it. */
export class NoResult extends Error {
  constructor(why) {
    super(`no result: ${why}`);
  }
}

const magnitude = (of) => (of < 0n ? -of : of);

/** A quotient, rounded to a whole number; a half goes away from zero. */
function quotient(of, by) {
  const whole = of / by;
  const isUp = magnitude(of % by) * 2n >= magnitude(by);
  return isUp ? whole + ((of < 0n) === (by < 0n) ? 1n : -1n) : whole;
}

export class Decimal {
  constructor(digits, places) {
    while (places > 0 && digits % 10n === 0n) {
      digits /= 10n;
      places -= 1;
    }
    if (magnitude(digits) >= DIGITS || places > PLACES) {
      throw new NoResult("too many digits");
    }
    this.digits = digits;
    this.places = places;
  }

  static of(written) {
    const [whole, fraction = ""] = `${written}`.split(".");
    return new this(BigInt(whole + fraction), fraction.length);
  }

  /** The digits that both have with as many places as the one that has more. */
  static aligned(one, other) {
    const places = Math.max(one.places, other.places);
    const digits = (of) => of.digits * 10n ** BigInt(places - of.places);
    return [digits(one), digits(other), places];
  }

  plus(other) {
    const [one, two, places] = Decimal.aligned(this, other);
    return new Decimal(one + two, places);
  }

  minus(other) {
    return this.plus(other.negated());
  }

  times(other) {
    return new Decimal(this.digits * other.digits, this.places + other.places);
  }

  over(other) {
    if (other.digits === 0n) {
      throw new NoResult("a division by zero");
    }
    const [one, two] = Decimal.aligned(this, other);
    return new Decimal(quotient(one * 10n ** BigInt(QUOTIENT_PLACES), two), QUOTIENT_PLACES);
  }

  remainder(other) {
    if (this.places > 0 || other.places > 0) {
      throw new NoResult("a remainder of what is not whole");
    }
    if (other.digits === 0n) {
      throw new NoResult("a division by zero");
    }
    return new Decimal(this.digits % other.digits, 0);
  }

  negated() {
    return new Decimal(-this.digits, this.places);
  }

  magnitude() {
    return new Decimal(magnitude(this.digits), this.places);
  }

  rounded(places) {
    if (places >= this.places) {
      return this;
    }
    return new Decimal(quotient(this.digits, 10n ** BigInt(this.places - places)), places);
  }

  /** Below zero, zero or above it, as this is less, the same or more. */
  compared(other) {
    const [one, two] = Decimal.aligned(this, other);
    return one < two ? -1 : one > two ? 1 : 0;
  }

  /** That of zero of no cells, which may stand for an amount of money. */
  get amount() {
    return this;
  }

  isZero() {
    return this.digits === 0n;
  }

  toString() {
    const digits = `${magnitude(this.digits)}`.padStart(this.places + 1, "0");
    const sign = this.digits < 0n ? "-" : "";
    const point = digits.length - this.places;
    return sign + digits.slice(0, point) + (this.places > 0 ? `.${digits.slice(point)}` : "");
  }
}

export class Money {
  constructor(amount, currency) {
    this.amount = amount;
    this.currency = currency;
  }

  with(amount) {
    return new Money(amount, this.currency);
  }

  toString() {
    return `${this.amount} ${this.currency}`;
  }
}
