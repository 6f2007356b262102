//! The currencies of ISO 4217 in which money can be given. Old ones that a past contribution may name belong in the file too.

use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::{ReferenceError, rows};
use domain::money::Currencies;

const CURRENCIES: &str = include_str!("../../data/reference/currencies.csv");

/// A currency.
#[derive(Clone, Debug, Deserialize)]
pub struct CurrencyRow {
    /// Its ISO 4217 code.
    pub code: String,
    /// In English.
    pub name_en: String,
    /// In French.
    pub name_fr: String,
    /// How many digits follow the point.
    pub minor_units: u8,
}

/// The currencies, in the order of their codes.
pub fn currency_rows() -> Result<Vec<CurrencyRow>, ReferenceError> {
    rows(CURRENCIES)
}

/// The currencies, as decisions read them; made of the file once.
pub fn known_currencies() -> Result<Arc<Currencies>, ReferenceError> {
    static KNOWN: OnceLock<Arc<Currencies>> = OnceLock::new();
    if let Some(known) = KNOWN.get() {
        return Ok(known.clone());
    }
    let known = currency_rows()?
        .into_iter()
        .map(|row| (row.code, row.minor_units));
    let known = Arc::new(Currencies(known.collect()));
    Ok(KNOWN.get_or_init(|| known).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_three_capitals_each_once_in_order_with_names_and_minor_units() {
        let listed = currency_rows().unwrap();
        assert!(listed.len() > 140);
        assert!(listed.is_sorted_by(|one, next| one.code < next.code));
        for row in &listed {
            assert!(
                row.code.len() == 3 && row.code.bytes().all(|byte| byte.is_ascii_uppercase()),
                "{row:?}"
            );
            assert!(
                !row.name_en.is_empty() && !row.name_fr.is_empty(),
                "{row:?}"
            );
            assert!([0, 2, 3].contains(&row.minor_units), "{row:?}");
        }
        let units = |code: &str| known_currencies().unwrap().0.get(code).copied();
        assert_eq!(
            ["EUR", "JPY", "KWD", "ECU"].map(units),
            [Some(2), Some(0), Some(3), None]
        );
    }
}
