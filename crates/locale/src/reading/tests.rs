use proptest::prelude::*;

use super::*;
use crate::{decimal, integer};

#[test]
fn a_number_is_read_in_the_marks_of_its_language() {
    use Lang::{Ar, En, Es, Fr, Ru, Zh};
    for (lang, typed, number) in [
        (En, "1234", "1234"),
        (En, "1,234", "1234"),
        (En, "1,234,567.80", "1234567.80"),
        (En, "1.234", "1.234"),
        (En, " 1 234.5 ", "1234.5"),
        (En, "-1'234", "-1234"),
        (En, "\u{2212}\u{a0}5", "-5"),
        (En, "+5", "5"),
        (En, "007", "7"),
        (En, "-0.0", "0.0"),
        (En, ".5", "0.5"),
        (Zh, "1,234.5", "1234.5"),
        (Zh, "１，２３４．５", "1234.5"),
        (Fr, "1,234", "1.234"),
        (Fr, "1\u{202f}234,5", "1234.5"),
        (Fr, "1 234", "1234"),
        (Fr, "1.5", "1.5"),
        (Fr, "0.123", "0.123"),
        (Fr, "1234.567", "1234.567"),
        (Fr, "12 345.678", "12345.678"),
        (Fr, "1’234.50", "1234.50"),
        (Es, "1.234.567", "1234567"),
        (Es, "1.234,5", "1234.5"),
        (Es, "-1.25", "-1.25"),
        (Es, ",5", "0.5"),
        (Ru, "1\u{a0}234\u{a0}567,25", "1234567.25"),
        (Ar, "1,234.5", "1234.5"),
        (Ar, "١٢٣٤", "1234"),
        (Ar, "١٬٢٣٤٫٥", "1234.5"),
        (Ar, "١,٥", "1.5"),
        (Ar, "\u{200e}-1,234.5", "-1234.5"),
        (En, "۱۲", "12"),
    ] {
        assert_eq!(
            parse_number(lang, typed),
            Ok(number.to_owned()),
            "{typed} in {lang}"
        );
    }
}

#[test]
fn what_may_be_two_numbers_is_neither() {
    for (lang, typed, whole, fraction) in [
        (Lang::Es, "1.234", "1234", "1.234"),
        (Lang::Fr, "1.234", "1234", "1.234"),
        (Lang::Ru, "-12.345", "-12345", "-12.345"),
        (Lang::Es, "999.000", "999000", "999.000"),
        (Lang::Ar, "١,٢٣٤", "1234", "1.234"),
    ] {
        let fault = NumberFault::Ambiguous {
            whole: whole.to_owned(),
            fraction: fraction.to_owned(),
        };
        assert_eq!(parse_number(lang, typed), Err(fault), "{typed} in {lang}");
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for blank in ["", "  ", "\u{200e}"] {
        assert_eq!(parse_number(Lang::En, blank), Err(NumberFault::Blank));
    }
    let wrong = [
        "-",
        "+",
        ".",
        ",",
        "5.",
        "5,",
        "1,23,456",
        "12 34",
        "1 2345",
        "1234 567",
        "1,234 567",
        "1..5",
        "1,,000",
        "--5",
        "5-",
        "5 %",
        "1e3",
        "0x1",
        "1/2",
        "½",
        "²",
        "一",
        "1\t000",
        "1\n000",
        "five",
        "1.5.2",
        "01,234",
        "1 234.5 6",
        "1,234,56",
    ];
    for typed in wrong {
        for lang in [Lang::En, Lang::Zh, Lang::Ar] {
            assert_eq!(
                parse_number(lang, typed),
                Err(NumberFault::NotANumber),
                "{typed:?} in {lang}"
            );
        }
    }
    for (lang, typed) in [
        (Lang::En, "1,5"),
        (Lang::En, "1.234.567"),
        (Lang::En, "1.234,5"),
        (Lang::Fr, "1,234.5"),
        (Lang::Fr, "1,234,567"),
        (Lang::Ru, "1.23,5"),
    ] {
        assert_eq!(
            parse_number(lang, typed),
            Err(NumberFault::NotANumber),
            "{typed:?} in {lang}"
        );
    }
}

fn language() -> impl Strategy<Value = Lang> {
    proptest::sample::select(Lang::ALL)
}

proptest! {
    #[test]
    fn what_is_shown_can_be_typed(
        lang in language(),
        number in "-?(0|[1-9][0-9]{0,24})\\.[0-9]{0,10}[1-9]|-?[1-9][0-9]{0,24}|0",
        whole in any::<i64>(),
    ) {
        prop_assert_eq!(parse_number(lang, &decimal(lang, &number)), Ok(number));
        prop_assert_eq!(parse_number(lang, &integer(lang, whole)), Ok(whole.to_string()));
    }

    #[test]
    fn no_digit_is_dropped(lang in language(), typed in "[-+]?[0-9., '٬٫٠-٩]{0,12}") {
        if let Ok(number) = parse_number(lang, &typed) {
            let digits = |text: &str| -> String {
                let values = text.chars().filter_map(|sign| match sign {
                    '٠'..='٩' => Some(sign as u32 - '٠' as u32),
                    _ => sign.to_digit(10),
                });
                values.map(|value| value.to_string()).collect()
            };
            let (found, given) = (digits(&number), digits(&typed));
            prop_assert_eq!(found.trim_start_matches('0'), given.trim_start_matches('0'));
            prop_assert!(number.parse::<domain::decimal::Decimal>().is_ok(), "{}", number);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(lang in language(), typed in any::<String>()) {
        let _ = parse_number(lang, &typed);
    }
}
