//! Figures over time: what was told at the end of each day, week or month.

use std::sync::Arc;

use jiff::civil::Date;

use super::field_figures::field_figures;
use super::inquiry::Inquiry;
use super::subject::Subject;
use super::words::word;
use crate::replies::{Replies, SubmittedReply};
use crate::table::{Category, Cell, Column};

/// The most periods of one table.
pub const MOST_PERIODS: usize = 400;

domain::code_enum! {
    /// How long a period is.
    pub enum Interval {
        /// A day.
        Day = "day",
        /// A week, from Monday on (ISO 8601).
        Week = "week",
        /// A month.
        Month = "month",
    }
}

/// A reply as it stood for a while.
#[derive(Clone, Debug)]
pub struct DatedReply {
    /// The reply.
    pub reply: SubmittedReply,
    /// The day from which it stood so, in the collection's zone.
    pub from: Date,
    /// The day on which it was replaced or withdrawn; none: it stands.
    pub until: Option<Date>,
}

/// A period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its name: `2024-05-17`, `2024-W20`, `2024-05`.
    pub code: Arc<str>,
    /// Its last day.
    pub last: Date,
}

impl Interval {
    /// The periods that the days from one to another lie in; none where they are too many.
    pub fn periods(self, from: Date, to: Date) -> Option<Vec<Period>> {
        let mut periods = Vec::new();
        let mut day = from;
        loop {
            let last = self.last_day(day)?;
            periods.push(Period {
                code: self.name(day).into(),
                last,
            });
            if last >= to {
                return Some(periods);
            }
            if periods.len() == MOST_PERIODS {
                return None;
            }
            day = last.tomorrow().ok()?;
        }
    }

    /// The last day of the period of a day.
    fn last_day(self, day: Date) -> Option<Date> {
        match self {
            Self::Day => Some(day),
            Self::Week => {
                let rest = 7 - i64::from(day.weekday().to_monday_one_offset());
                day.checked_add(jiff::Span::new().try_days(rest).ok()?).ok()
            }
            Self::Month => Some(day.last_of_month()),
        }
    }

    fn name(self, day: Date) -> String {
        match self {
            Self::Day => day.to_string(),
            Self::Week => {
                let week = day.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Month => format!("{:04}-{:02}", day.year(), day.month()),
        }
    }
}

/// What was told of fields at the end of each period: their columns and rows, in which a column of periods stands first.
pub fn figures_over_time(
    replies: &[DatedReply],
    periods: &[Period],
    inquiry: &Inquiry<'_>,
    subjects: &[Subject<'_>],
) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let mut columns = Vec::new();
    let mut rows = Vec::new();
    for period in periods {
        let stood = replies.iter().filter(|reply| {
            reply.from <= period.last && reply.until.is_none_or(|until| until > period.last)
        });
        let then = Replies {
            position: 0,
            time: None,
            changed: 0,
            replies: stood.map(|reply| reply.reply.clone()).collect(),
        };
        let (heads, found) = field_figures(&then, inquiry, subjects, None);
        merge(&mut columns, heads);
        rows.extend(found.into_iter().map(|row| {
            let period = Cell::Code(Arc::clone(&period.code));
            std::iter::once(period).chain(row).collect()
        }));
    }
    let categories = periods.iter().map(|period| Category {
        code: Arc::clone(&period.code),
        label: period.code.to_string(),
    });
    let label = word("period", inquiry.languages);
    columns.insert(0, Column::dimension("period", label, categories.collect()));
    (columns, rows)
}

/// Adds to the categories of dimensions what later periods have beside.
fn merge(columns: &mut Vec<Column>, heads: Vec<Column>) {
    if columns.is_empty() {
        *columns = heads;
        return;
    }
    for (column, head) in columns.iter_mut().zip(heads) {
        column.extend(head.categories());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_follow_one_another_without_a_gap() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let names = |interval: Interval, from, to| {
            let periods = interval.periods(day(from), day(to)).unwrap();
            periods
                .iter()
                .map(|period| period.code.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            names(Interval::Day, "2024-02-28", "2024-03-01"),
            ["2024-02-28", "2024-02-29", "2024-03-01"]
        );
        assert_eq!(
            names(Interval::Week, "2024-12-29", "2025-01-06"),
            ["2024-W52", "2025-W01", "2025-W02"]
        );
        assert_eq!(
            names(Interval::Month, "2024-11-30", "2025-01-01"),
            ["2024-11", "2024-12", "2025-01"]
        );
        assert_eq!(
            names(Interval::Month, "2024-11-30", "2024-11-30"),
            ["2024-11"]
        );
        assert_eq!(
            Interval::Day.periods(day("2020-01-01"), day("2024-01-01")),
            None
        );
    }
}
