//! Summaries of numbers: exact, but for a mean that does not end.

use rules::Number;

/// To how many places a mean is rounded.
const MEAN_PLACES: u8 = 10;

/// What is told of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The smallest.
    pub min: Number,
    /// The lower quartile: a quarter of the way from the smallest to the largest in rank, between two numbers in proportion, as
    /// spreadsheets, NumPy and PostgreSQL's `percentile_cont` have it.
    pub first_quartile: Option<Number>,
    /// The middle one, or what lies halfway between the two in the middle.
    pub median: Option<Number>,
    /// The upper quartile.
    pub third_quartile: Option<Number>,
    /// The largest.
    pub max: Number,
    /// The sum; none where it has too many digits.
    pub sum: Option<Number>,
    /// The arithmetic mean, to ten places.
    pub mean: Option<Number>,
}

impl Summary {
    /// What is told of these; nothing of none.
    pub fn of(numbers: &[Number]) -> Option<Self> {
        let mut sorted = numbers.to_vec();
        sorted.sort();
        let (min, max) = (*sorted.first()?, *sorted.last()?);
        let add = |sum: Option<Number>, number: &Number| sum?.plus(*number).ok();
        let sum = sorted.iter().fold(Some(Number::ZERO), add);
        let count = i64::try_from(sorted.len()).ok()?;
        let mean = sum.and_then(|sum| sum.over(count.into()).ok());
        Some(Self {
            min,
            first_quartile: quantile(&sorted, 1),
            median: quantile(&sorted, 2),
            third_quartile: quantile(&sorted, 3),
            max,
            sum,
            mean: mean.map(|mean| mean.rounded(MEAN_PLACES)),
        })
    }
}

/// So many quarters of the way through sorted numbers.
fn quantile(sorted: &[Number], quarters: usize) -> Option<Number> {
    let steps = (sorted.len() - 1) * quarters;
    let (index, rest) = (steps / 4, steps % 4);
    let below = *sorted.get(index)?;
    if rest == 0 {
        return Some(below);
    }
    let gap = sorted.get(index + 1)?.minus(below).ok()?;
    let part = gap.times(i64::try_from(rest).ok()?.into()).ok()?;
    below.plus(part.over(4.into()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbers(texts: &[&str]) -> Vec<Number> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn quartiles_lie_between_two_numbers_in_proportion() {
        for (given, expected) in [
            (&["5"][..], ["5", "5", "5", "5", "5", "5", "5"]),
            (&["1", "2"], ["1", "1.25", "1.5", "1.75", "2", "3", "1.5"]),
            (
                &["4", "1", "3", "2"],
                ["1", "1.75", "2.5", "3.25", "4", "10", "2.5"],
            ),
            (
                &["0", "0", "-1.5", "10", "0.1"],
                ["-1.5", "0", "0", "0.1", "10", "8.6", "1.72"],
            ),
        ] {
            let found = Summary::of(&numbers(given)).unwrap();
            let found = [
                Some(found.min),
                found.first_quartile,
                found.median,
                found.third_quartile,
                Some(found.max),
                found.sum,
                found.mean,
            ];
            assert_eq!(
                found.map(|number| number.unwrap().to_string()),
                expected,
                "{given:?}"
            );
        }
        assert_eq!(Summary::of(&[]), None);
    }

    #[test]
    fn a_sum_that_has_too_many_digits_is_none_and_the_rest_is_told() {
        let large = "9".repeat(38);
        let found = Summary::of(&numbers(&[&large, &large])).unwrap();
        assert_eq!((found.sum, found.mean), (None, None));
        assert_eq!(found.median, Some(large.parse().unwrap()));
    }

    proptest! {
        #[test]
        fn what_is_told_of_numbers_does_not_depend_on_their_order(
            mut drawn in prop::collection::vec(-1000_i64..1000, 1..40)
        ) {
            let summary = |drawn: &[i64]| {
                let numbers: Vec<Number> = drawn.iter().map(|number| (*number).into()).collect();
                Summary::of(&numbers).unwrap()
            };
            let one = summary(&drawn);
            drawn.reverse();
            prop_assert_eq!(one, summary(&drawn));
            let quartiles = [Some(one.min), one.first_quartile, one.median, one.third_quartile, Some(one.max)];
            prop_assert!(quartiles.is_sorted() && quartiles.iter().all(Option::is_some));
            prop_assert_eq!(one.sum, Some(drawn.iter().sum::<i64>().into()));
        }
    }
}
