//! The drawings beside tables: bars of parts in wholes, and columns that rise over time. They hold no words and no numbers of their
//! own; those stand beside them. Their units are what is counted, and the style sheet says how large they are.

use jiff::ToSpan;
use jiff::civil::Date;

/// The most columns.
const COLUMNS: i32 = 26;

/// A part of a whole, drawn as wide as the largest whole lets it.
pub struct Bar {
    /// The widest whole of the drawing.
    pub most: u64,
    /// The whole.
    pub whole: u64,
    /// The part.
    pub part: u64,
}

/// A column of a drawing over time.
pub struct Column {
    /// Where it begins.
    pub x: usize,
    /// Where its top is, from above.
    pub y: u64,
    /// How high it is.
    pub height: u64,
}

/// Columns as high as these numbers, of this whole.
pub fn columns(numbers: impl Iterator<Item = u64>, whole: u64) -> Vec<Column> {
    let columns = numbers.enumerate().map(|(x, height)| Column {
        x,
        y: whole.saturating_sub(height),
        height,
    });
    columns.collect()
}

/// The days at whose ends it is told how many there were: each day, each week, or so many months, from the first to the last.
pub fn ends(first: Date, last: Date) -> Vec<Date> {
    let last = last.max(first);
    let days = (last - first).get_days();
    let months = days / 30 / COLUMNS + 1;
    let mut ends = Vec::new();
    let mut next = first;
    while next < last {
        ends.push(next);
        let after = match days {
            ..=14 => first.checked_add(i64::try_from(ends.len()).unwrap_or(i64::MAX).days()),
            15..=182 => first.checked_add(i64::try_from(ends.len()).unwrap_or(i64::MAX).weeks()),
            _ => next.last_of_month().checked_add(1.day()).and_then(|day| {
                let day = match ends.len() {
                    1 => day,
                    _ => day.checked_add((months - 1).months())?,
                };
                Ok(day.last_of_month())
            }),
        };
        match after {
            Ok(after) => next = after,
            Err(_) => break,
        }
    }
    ends.push(last);
    ends
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_weeks_or_months_lead_from_the_first_day_to_the_last() {
        let first = date(2011, 3, 8);
        assert_eq!(ends(first, first), [first]);
        assert_eq!(ends(first, date(2011, 3, 7)), [first]);
        let days = ends(first, date(2011, 3, 11));
        assert_eq!(days, [8, 9, 10, 11].map(|day| date(2011, 3, day)));
        let weeks = ends(first, date(2011, 4, 1));
        assert_eq!(
            weeks,
            [
                first,
                date(2011, 3, 15),
                date(2011, 3, 22),
                date(2011, 3, 29),
                date(2011, 4, 1)
            ]
        );
        let months = ends(first, date(2011, 12, 15));
        assert_eq!(months[..3], [first, date(2011, 4, 30), date(2011, 5, 31)]);
        assert_eq!(months.last(), Some(&date(2011, 12, 15)));
        for last in [date(2026, 12, 1), date(2999, 12, 31), Date::MAX] {
            let ends = ends(first, last);
            assert!(ends.len() <= 30 && ends.is_sorted(), "{ends:?}");
            assert_eq!((ends[0], *ends.last().unwrap()), (first, last));
        }
    }

    #[test]
    fn columns_stand_on_the_ground() {
        let columns = columns([0, 3].into_iter(), 5);
        let drawn: Vec<_> = columns.iter().map(|c| (c.x, c.y, c.height)).collect();
        assert_eq!(drawn, [(0, 5, 0), (1, 2, 3)]);
    }
}
