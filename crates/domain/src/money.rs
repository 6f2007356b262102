//! Money: an exact amount in one currency. Amounts in different currencies are never added up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Decimal;
use super::fault::{self, Fault, pointer};

/// The fault of an amount that is nothing or less.
pub(super) fn positive(amount: &Decimal, at: &str) -> Option<Fault> {
    let is_more = amount.as_str() != "0" && !amount.as_str().starts_with('-');
    (!is_more).then(|| fault::NOT_POSITIVE.at(at))
}

/// The currencies that there are, by ISO 4217 code, each with its minor units: how many digits follow the point.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Currencies(pub BTreeMap<String, u8>);

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Money {
    /// How much: a decimal, answered as a text.
    pub amount: Decimal,
    /// The ISO 4217 code of its currency.
    #[schema(pattern = "^[A-Z]{3}$", example = "EUR")]
    pub currency: String,
}

impl Money {
    /// What is wrong with it: a currency that there is not, nothing or less, digits that the currency has not.
    pub(super) fn faults(&self, currencies: &Currencies, at: &str) -> Vec<Fault> {
        let amount = pointer(at, "amount");
        let mut faults: Vec<_> = positive(&self.amount, &amount).into_iter().collect();
        match currencies.0.get(&self.currency) {
            None => {
                let unknown = fault::UNKNOWN_CURRENCY.at(pointer(at, "currency"));
                faults.push(unknown.arg("currency", &self.currency));
            }
            Some(units) if self.amount.places() > usize::from(*units) => {
                let fine = fault::AMOUNT_TOO_FINE.at(amount);
                let fine = fine.arg("currency", &self.currency);
                faults.push(fine.arg("places", units));
            }
            Some(_) => {}
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::assert_faults;

    #[test]
    fn money_is_some_of_a_known_currency_in_its_own_units() {
        let currencies = Currencies([("EUR".to_owned(), 2), ("JPY".to_owned(), 0)].into());
        let faults = |amount: &str, currency: &str| {
            let amount = amount.parse().unwrap();
            let currency = currency.to_owned();
            Money { amount, currency }.faults(&currencies, "/money")
        };
        assert_faults(&faults("1000.50", "EUR"), &[]);
        assert_faults(&faults("1000", "JPY"), &[]);
        assert_faults(
            &faults("0.5", "JPY"),
            &[("amount_too_fine", "/money/amount")],
        );
        assert_faults(&faults("0", "EUR"), &[("not_positive", "/money/amount")]);
        let both = [
            ("not_positive", "/money/amount"),
            ("unknown_currency", "/money/currency"),
        ];
        assert_faults(&faults("-1", "ECU"), &both);
    }
}
