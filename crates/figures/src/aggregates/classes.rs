//! Classes of numbers: stated, or even.

use std::str::FromStr;

use rules::Number;

/// Into how many even classes numbers are divided at most; of how many bounds stated ones have at most.
pub const MOST_CLASSES: usize = 50;

/// The classes into which numbers are divided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Classes {
    /// So many, of equal width, from the smallest number to the largest.
    Even(usize),
    /// Between these bounds, in order.
    Stated(Vec<Number>),
}

/// Why a text says no classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("classes are a number from 2 to {MOST_CLASSES}, or bounds that rise: 0,10,100")]
pub struct NoClasses;

impl FromStr for Classes {
    type Err = NoClasses;

    fn from_str(text: &str) -> Result<Self, NoClasses> {
        let bounds: Result<Vec<Number>, _> =
            text.split(',').map(|bound| bound.trim().parse()).collect();
        let bounds = bounds.map_err(|_| NoClasses)?;
        if let [count] = &bounds[..] {
            let count = count.to_i64().and_then(|count| usize::try_from(count).ok());
            let count = count.filter(|count| (2..=MOST_CLASSES).contains(count));
            return count.map(Self::Even).ok_or(NoClasses);
        }
        let rises = bounds.is_sorted_by(|one, two| one < two);
        if rises && bounds.len() <= MOST_CLASSES {
            Ok(Self::Stated(bounds))
        } else {
            Err(NoClasses)
        }
    }
}

impl Classes {
    /// The bounds between which these numbers are counted.
    pub(super) fn bounds(&self, numbers: &[Number]) -> Vec<Number> {
        match self {
            Self::Stated(bounds) => bounds.clone(),
            Self::Even(count) => even(*count, numbers).unwrap_or_default(),
        }
    }

    /// How many numbers are in each class, from a bound up to below the next; in the last the next is too. What lies outside stated
    /// bounds is in a class of its own, where there is any.
    pub(super) fn count(bounds: &[Number], numbers: &[Number]) -> Vec<(String, u64)> {
        let (Some(first), Some(last)) = (bounds.first(), bounds.last()) else {
            return Vec::new();
        };
        let count = |is_in: &dyn Fn(Number) -> bool| {
            let found = numbers.iter().filter(|number| is_in(**number)).count();
            u64::try_from(found).unwrap_or(u64::MAX)
        };
        let below = (format!("<{first}"), count(&|number| number < *first));
        let above = (format!(">{last}"), count(&|number| number > *last));
        let classes = bounds.iter().zip(bounds.iter().skip(1)).map(|(from, to)| {
            let has_to = to == last;
            let is_in = move |number: Number| {
                number >= *from && (number < *to || (has_to && number == *to))
            };
            (format!("{from}..{to}"), count(&is_in))
        });
        let classes: Vec<_> = classes.collect();
        let outside = |class: &(String, u64)| class.1 > 0;
        std::iter::once(below)
            .filter(outside)
            .chain(classes)
            .chain(std::iter::once(above).filter(outside))
            .collect()
    }
}

/// So many classes of equal width from the smallest to the largest; one where all are the same.
fn even(count: usize, numbers: &[Number]) -> Option<Vec<Number>> {
    let (min, max) = (*numbers.iter().min()?, *numbers.iter().max()?);
    if min == max {
        return Some(vec![min, max]);
    }
    let count = i64::try_from(count).ok()?;
    let width = max.minus(min).ok()?;
    let bound = |index: i64| {
        if index == count {
            return Some(max);
        }
        let part = width.times(index.into()).ok()?.over(count.into()).ok()?;
        min.plus(part.rounded(6)).ok()
    };
    let mut bounds = (0..=count).map(bound).collect::<Option<Vec<_>>>()?;
    // Rounded bounds of numbers that are close together may coincide.
    bounds.dedup();
    Some(bounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(classes: &str, numbers: &[i64]) -> Vec<String> {
        let numbers: Vec<Number> = numbers.iter().map(|number| (*number).into()).collect();
        let classes: Classes = classes.parse().unwrap();
        let counts = Classes::count(&classes.bounds(&numbers), &numbers);
        counts
            .into_iter()
            .map(|(class, count)| format!("{class} {count}"))
            .collect()
    }

    #[test]
    fn a_number_is_in_one_class() {
        assert_eq!(told("2", &[0, 4, 5, 10]), ["0..5 2", "5..10 2"]);
        assert_eq!(
            told("0,10,100", &[-1, 0, 9, 10, 100, 101]),
            ["<0 1", "0..10 2", "10..100 2", ">100 1"]
        );
        assert_eq!(told("0,10", &[3]), ["0..10 1"]);
        assert_eq!(told("4", &[7, 7]), ["7..7 2"]);
        assert_eq!(told("4", &[]), [""; 0]);
        for text in ["", "1", "51", "3,2", "3,3", "a", "1.5"] {
            assert_eq!(text.parse::<Classes>(), Err(NoClasses), "{text}");
        }
    }
}
