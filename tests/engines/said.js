// Results as texts, the same for the same.

import { Decimal, Money } from "./decimal.js";

export function said(value) {
  return value instanceof Decimal || value instanceof Money ? `${value}` : JSON.stringify(value);
}
