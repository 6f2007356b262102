//! From where to where values are drawn, and decimals as counts of their smallest steps.

use std::str::FromStr;

use crate::plausible;
use domain::Decimal;

/// From where to where: what is plausible, or the question's limits, or else what is usual, never outside the limits.
pub fn limits<T: Clone + FromStr + Ord>(
    address: &str,
    min: Option<T>,
    max: Option<T>,
    usual: (T, T),
) -> (T, T) {
    let (low, high): (T, T) = plausible::range(address).unwrap_or_else(|| {
        (
            min.clone().unwrap_or(usual.0),
            max.clone().unwrap_or(usual.1),
        )
    });
    let inside = |value: T| {
        let value = min.clone().map_or(value.clone(), |min| value.max(min));
        max.clone().map_or(value.clone(), |max| value.min(max))
    };
    (inside(low), inside(high))
}

/// As a count of the smallest steps: 12.5 with two places is 1250.
pub fn scaled(decimal: &Decimal, places: usize) -> Option<i64> {
    let (whole, fraction) = decimal
        .as_str()
        .split_once('.')
        .unwrap_or((decimal.as_str(), ""));
    format!("{whole}{fraction:0<places$.places$}").parse().ok()
}

pub fn unscaled(count: i64, places: usize) -> String {
    let sign = if count < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", count.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let point = if places == 0 { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::WholeNumber;

    #[test]
    fn decimals_are_counted_in_their_smallest_steps() {
        for (text, places, count) in [
            ("12.5", 2, 1_250),
            ("0", 0, 0),
            ("-0.05", 2, -5),
            ("100", 1, 1_000),
        ] {
            let decimal: Decimal = text.parse().unwrap();
            assert_eq!(scaled(&decimal, places), Some(count), "{text}");
            assert_eq!(unscaled(count, places).parse(), Ok(decimal), "{text}");
        }
    }

    #[test]
    fn what_is_plausible_never_leaves_the_questions_limits() {
        let usual = (WholeNumber(0), WholeNumber(9));
        let limits = |address, min: Option<i64>, max: Option<i64>| {
            let (low, high) = limits(address, min.map(WholeNumber), max.map(WholeNumber), usual);
            (low.0, high.0)
        };
        assert_eq!(limits("B2", Some(0), None), (400, 180_000));
        assert_eq!(limits("B2", Some(0), Some(100)), (100, 100));
        assert_eq!(limits("P1.theft.y2024", None, None), (20_000, 300_000));
        assert_eq!(limits("Z1", Some(3), None), (3, 9));
        assert_eq!(limits("Z1", Some(30), None), (30, 30));
    }
}
