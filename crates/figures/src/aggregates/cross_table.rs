//! Two fields side by side: how many replies chose each option of one and of the other.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Decimal;

use super::grouping::ALL;
use super::inquiry::Inquiry;
use super::subject::{Measurement, Subject};
use super::words::word;
use crate::replies::{GivenAnswer, GivenValue, Replies, SubmittedReply};
use crate::table::{Category, Cell, Column, Role, ValueType};

/// What stands for replies that did not answer a field, be it asked or not.
const UNANSWERED: &str = "unanswered";

/// How many replies answered both fields in each way: the columns, and a row for each pair and group. The row `all` of a field has
/// every reply that is counted once, also where several options were chosen, so it is no sum of the others.
///
/// A reply counts where it may be counted in the sections of both. Fields that offer no options are told as answered or not.
pub fn cross_table(
    replies: &Replies,
    inquiry: &Inquiry<'_>,
    rows: &Subject<'_>,
    columns: &Subject<'_>,
) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let sorted = inquiry.sort(replies);
    let mut counts: BTreeMap<(usize, Arc<str>, Arc<str>), u64> = BTreeMap::new();
    for sorted in sorted.replies.iter().filter(|sorted| sorted.is_taken) {
        let reply = sorted.reply;
        if !(reply.countable.has(rows.section) && reply.countable.has(columns.section)) {
            continue;
        }
        for place in sorted.places() {
            for row in codes(rows, reply) {
                for column in codes(columns, reply) {
                    let key = (place, Arc::clone(&row), column);
                    *counts.entry(key).or_default() += 1;
                }
            }
        }
    }
    let (row_categories, column_categories) =
        (categories(rows, inquiry), categories(columns, inquiry));
    let mut cells = Vec::new();
    for (place, group) in sorted.groups.iter().enumerate() {
        for row in &row_categories {
            for column in &column_categories {
                let key = (place, Arc::clone(&row.code), Arc::clone(&column.code));
                let count = counts.get(&key).copied().unwrap_or(0);
                let mut line = vec![
                    Cell::Code(Arc::clone(&row.code)),
                    Cell::Code(Arc::clone(&column.code)),
                ];
                line.extend(
                    inquiry
                        .group_by
                        .map(|_| Cell::Code(Arc::clone(&group.code))),
                );
                let count = count.to_string().parse::<Decimal>();
                line.push(count.map_or(Cell::Blank, Cell::Decimal));
                cells.push(line);
            }
        }
    }
    let languages = inquiry.languages;
    let mut heads = vec![
        Column::dimension("row", rows.category(languages).label, row_categories),
        Column::dimension(
            "column",
            columns.category(languages).label,
            column_categories,
        ),
    ];
    heads.extend(inquiry.group_column(&sorted.groups));
    heads.push(Column {
        code: "value".to_owned(),
        label: word("counted", languages),
        role: Role::Measure,
        values: ValueType::Decimal,
    });
    (heads, cells)
}

/// Under which codes a reply is counted.
fn codes(subject: &Subject<'_>, reply: &SubmittedReply) -> Vec<Arc<str>> {
    let address = subject.address();
    let answer = reply.answers.get(address);
    let answer = answer.filter(|_| !reply.answers.is_irrelevant(address));
    let is_answered = |answer: &&GivenAnswer| !matches!(answer.value, GivenValue::Missing(_));
    let mut codes = vec![Arc::from(ALL)];
    match answer.filter(is_answered) {
        None => codes.push(UNANSWERED.into()),
        Some(answer) if subject.measurement() == Measurement::Options => {
            codes.extend(answer.value.chosen().iter().cloned());
        }
        Some(_) => codes.push("answered".into()),
    }
    codes
}

fn categories(subject: &Subject<'_>, inquiry: &Inquiry<'_>) -> Vec<Category> {
    let languages = inquiry.languages;
    let plain = |code: &str| Category {
        code: code.into(),
        label: word(code, languages),
    };
    let mut categories = vec![plain(ALL)];
    match subject.measurement() {
        Measurement::Options => categories.extend(subject.options(inquiry.extent, languages)),
        Measurement::Presence
        | Measurement::Numbers { .. }
        | Measurement::Money
        | Measurement::Days => categories.push(plain("answered")),
    }
    categories.push(plain(UNANSWERED));
    categories
}
