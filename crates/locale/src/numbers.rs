//! Numbers as they are shown.

use domain::Lang;
use fixed_decimal::Decimal;
use icu_plurals::{PluralCategory, PluralOperands};

use crate::formatters;

/// Which form of a text a number of things takes.
pub fn plural(lang: Lang, number: impl Into<PluralOperands>) -> PluralCategory {
    formatters::of(lang).map_or(PluralCategory::Other, |of| of.plurals.category_for(number))
}

/// A category as CLDR calls it, and so a key in files of texts.
pub const fn category_name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// A whole number with the language's grouping: `1,234`, `1 234`.
pub fn integer(lang: Lang, number: impl Into<Decimal>) -> String {
    let number = number.into();
    written(lang, &number).unwrap_or_else(|| number.to_string())
}

/// A number, given as the core writes it (`-1234.50`), with the language's marks and all its digits: it is never a float. What
/// is no number is shown as it stands.
pub fn decimal(lang: Lang, number: &str) -> String {
    let parsed = number.parse().ok();
    parsed
        .and_then(|parsed| written(lang, &parsed))
        .unwrap_or_else(|| number.to_owned())
}

fn written(lang: Lang, number: &Decimal) -> Option<String> {
    Some(formatters::of(lang)?.decimals.format(number).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_plurals() {
        for (lang, number, category) in [
            (Lang::Ar, 0_u64, "zero"),
            (Lang::Ar, 1, "one"),
            (Lang::Ar, 2, "two"),
            (Lang::Ar, 5, "few"),
            (Lang::Ar, 11, "many"),
            (Lang::Ar, 21, "many"),
            (Lang::Ar, 100, "other"),
            (Lang::Ru, 1, "one"),
            (Lang::Ru, 2, "few"),
            (Lang::Ru, 5, "many"),
            (Lang::Ru, 11, "many"),
            (Lang::Ru, 21, "one"),
            (Lang::Zh, 1, "other"),
            (Lang::Zh, 2, "other"),
            (Lang::En, 0, "other"),
            (Lang::En, 1, "one"),
            (Lang::En, 21, "other"),
            (Lang::Fr, 0, "one"),
            (Lang::Fr, 1, "one"),
            (Lang::Fr, 2, "other"),
            (Lang::Fr, 1_000_000, "many"),
            (Lang::Es, 0, "other"),
            (Lang::Es, 1, "one"),
            (Lang::Es, 2, "other"),
            (Lang::Es, 1_000_000, "many"),
        ] {
            let found = category_name(plural(lang, number));
            assert_eq!(found, category, "{number} in {lang}");
        }
    }

    #[test]
    fn each_language_has_its_marks() {
        for (lang, whole, exact) in [
            (Lang::Ar, "1,234,567", "\u{200e}-1,234.50"),
            (Lang::Zh, "1,234,567", "-1,234.50"),
            (Lang::En, "1,234,567", "-1,234.50"),
            (Lang::Fr, "1\u{202f}234\u{202f}567", "-1\u{202f}234,50"),
            (Lang::Ru, "1\u{a0}234\u{a0}567", "-1\u{a0}234,50"),
            (Lang::Es, "1\u{a0}234\u{a0}567", "-1\u{a0}234,50"),
        ] {
            assert_eq!(integer(lang, 1_234_567), whole, "{lang}");
            assert_eq!(decimal(lang, "-1234.50"), exact, "{lang}");
            assert_eq!(integer(lang, 7_usize), "7", "{lang}");
        }
    }

    #[test]
    fn no_digit_is_lost() {
        let many = "123456789012345678901234567890.123456789012345678901234567890";
        let digits = |text: &str| text.replace(|letter: char| !letter.is_ascii_digit(), "");
        for lang in Lang::ALL {
            assert_eq!(digits(&decimal(*lang, many)), digits(many), "{lang}");
            assert_eq!(decimal(*lang, "n/a"), "n/a");
        }
    }
}
