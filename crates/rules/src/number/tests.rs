use proptest::prelude::*;

use super::*;

fn number(text: &str) -> Number {
    text.parse().unwrap()
}

#[test]
fn a_number_has_one_spelling() {
    for (written, canonical) in [
        ("12.50", "12.5"),
        ("-0.00", "0"),
        ("007", "7"),
        ("+5", "5"),
        ("-0.05", "-0.05"),
        ("0.10", "0.1"),
        (
            "99999999999999999999999999999999999999",
            "99999999999999999999999999999999999999",
        ),
    ] {
        assert_eq!(number(written).to_string(), canonical);
    }
    for wrong in [
        "",
        "-",
        ".",
        ".5",
        "5.",
        "1e3",
        "1,5",
        "1.2.3",
        "--1",
        " 1",
        "١",
        "100000000000000000000000000000000000000",
        "666666666666666666666666666666666666666",
        // 2^128 + 1 and 2^127 + 1, which must not turn into small numbers.
        "340282366920938463463374607431768211457",
        "-170141183460469231731687303715884105729",
        "34028236692093846346337460743176821145.7",
        "0.0000000000000000000000000000001",
    ] {
        assert_eq!(wrong.parse::<Number>(), Err(NotANumber), "{wrong:?}");
    }
}

#[test]
fn arithmetic_is_exact() {
    type Operation = fn(Number, Number) -> Result<Number, NoResult>;
    let cases: [(&str, Operation, &str, &str); 21] = [
        ("0.1", Number::plus, "0.2", "0.3"),
        ("1", Number::minus, "0.9", "0.1"),
        ("-1.5", Number::plus, "1.5", "0"),
        ("1.1", Number::times, "1.1", "1.21"),
        ("0.5", Number::times, "2", "1"),
        ("7", Number::over, "2", "3.5"),
        ("-7", Number::over, "2", "-3.5"),
        ("1", Number::over, "3", "0.33333333333333333333"),
        ("2", Number::over, "3", "0.66666666666666666667"),
        ("-2", Number::over, "3", "-0.66666666666666666667"),
        ("1", Number::over, "0.001", "1000"),
        ("0.001", Number::over, "1", "0.001"),
        ("0", Number::over, "5", "0"),
        ("0.000000000000000000000000000005", Number::over, "1", "0"),
        (
            "0.000000000000000000005",
            Number::over,
            "1",
            "0.00000000000000000001",
        ),
        (
            "1",
            Number::over,
            "99999999999999999999999999999999999999",
            "0",
        ),
        (
            "99999999999999999999999999999999999998",
            Number::over,
            "99999999999999999999999999999999999999",
            "1",
        ),
        ("7", Number::remainder, "3", "1"),
        ("-7", Number::remainder, "3", "-1"),
        ("7", Number::remainder, "-3", "1"),
        (
            "1000000000000000000000000000000",
            Number::over,
            "1",
            "1000000000000000000000000000000",
        ),
    ];
    for (one, operation, other, result) in cases {
        let found = operation(number(one), number(other)).unwrap();
        assert_eq!(found, number(result), "{one} and {other}");
    }
}

/// On the way to a result that has few enough digits there may be too many.
#[test]
fn only_the_result_must_have_few_enough_digits() {
    let thirty_five = "0".repeat(35);
    type Operation = fn(Number, Number) -> Result<Number, NoResult>;
    let cases: [(&str, Operation, &str, &str); 8] = [
        (
            &format!("37{thirty_five}"),
            Number::times,
            "0.000000000927",
            "3429900000000000000000000000",
        ),
        (
            "0.00000000000000000000000000005",
            Number::times,
            &format!("-2{thirty_five}"),
            "-10000000",
        ),
        (
            "7812500000000000000000000000000000000",
            Number::times,
            "0.000128",
            "1000000000000000000000000000000000",
        ),
        (
            "9000000000000000000000000000000000000.5",
            Number::plus,
            "9000000000000000000000000000000000000.5",
            "18000000000000000000000000000000000001",
        ),
        (
            "18000000000000000000000000000000000000",
            Number::minus,
            "9000000000000000000000000000000000000.5",
            "8999999999999999999999999999999999999.5",
        ),
        (
            "794481636649215629242017095321113967",
            Number::over,
            "38895571395309190.2554147940505891",
            "20426017876807183065.10380378256573548",
        ),
        (
            "3000000000000000000000000000000000000",
            Number::over,
            "99999999999999999999999999999999999999",
            "0.03",
        ),
        (
            "-9000000000000000000000000000000000000.5",
            Number::plus,
            "18000000000000000000000000000000000000",
            "8999999999999999999999999999999999999.5",
        ),
    ];
    for (one, operation, other, result) in cases {
        let found = operation(number(one), number(other));
        assert_eq!(found, Ok(number(result)), "{one} and {other}");
    }
}

#[test]
fn what_has_no_result_says_why() {
    let largest = number(&"9".repeat(38));
    let one = Number::from(1);
    let smallest = number("0.000000000000000000000000000001");
    assert_eq!(largest.plus(one), Err(NoResult::TooManyDigits));
    assert_eq!(largest.plus(largest), Err(NoResult::TooManyDigits));
    assert_eq!(largest.minus(smallest), Err(NoResult::TooManyDigits));
    assert_eq!(largest.times(number("1.1")), Err(NoResult::TooManyDigits));
    assert_eq!(largest.negated().minus(one), Err(NoResult::TooManyDigits));
    assert_eq!(largest.times(largest), Err(NoResult::TooManyDigits));
    assert_eq!(smallest.times(smallest), Err(NoResult::TooManyDigits));
    assert_eq!(largest.plus(smallest), Err(NoResult::TooManyDigits));
    assert_eq!(largest.over(smallest), Err(NoResult::TooManyDigits));
    assert_eq!(largest.over(Number::from(7)), Err(NoResult::TooManyDigits));
    assert_eq!(one.over(Number::ZERO), Err(NoResult::DivisionByZero));
    assert_eq!(one.remainder(Number::ZERO), Err(NoResult::DivisionByZero));
    assert_eq!(number("1.5").remainder(one), Err(NoResult::NotWhole));
}

#[test]
fn a_half_is_rounded_away_from_zero() {
    for (written, places, rounded) in [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("2.4999", 0, "2"),
        ("1.005", 2, "1.01"),
        ("1.5", 3, "1.5"),
        (
            "99999999999999999999.999999999999999999",
            2,
            "100000000000000000000",
        ),
    ] {
        assert_eq!(
            number(written).rounded(places),
            number(rounded),
            "{written}"
        );
    }
}

fn any_number() -> impl Strategy<Value = Number> {
    (any::<i128>(), 0..=MAX_PLACES).prop_map(|(digits, places)| {
        let digits = digits % 10_i128.pow(MAX_DIGITS);
        Number::bounded(digits, places).unwrap()
    })
}

proptest! {
    #[test]
    fn any_two_numbers_have_results_or_reasons(one in any_number(), other in any_number(), places in 0_u8..40) {
        for operation in [Number::plus, Number::minus, Number::times, Number::over, Number::remainder] {
            if let Ok(result) = operation(one, other) {
                prop_assert_eq!(result.to_string().parse::<Number>(), Ok(result));
            }
        }
        let _ = one.rounded(places);
        prop_assert_eq!(one.cmp(&other), other.cmp(&one).reverse());
    }

    #[test]
    fn order_is_that_of_differences(one in -2_000_000_i64..2_000_000, other in -2_000_000_i64..2_000_000, places in 0_u8..7) {
        let one = Number::bounded(i128::from(one), places).unwrap();
        let other = Number::bounded(i128::from(other), 3).unwrap();
        let difference = one.minus(other).unwrap();
        prop_assert_eq!(one.cmp(&other), difference.cmp(&Number::ZERO));
    }

    #[test]
    fn products_divide_back(one in -1_000_000_i64..1_000_000, other in 1_i64..1_000_000) {
        let (one, other) = (Number::from(one), Number::from(other));
        prop_assert_eq!(one.times(other).unwrap().over(other).unwrap(), one);
    }

    #[test]
    fn any_text_is_a_number_or_refused(text in ".{0,60}") {
        let _ = text.parse::<Number>();
    }
}
