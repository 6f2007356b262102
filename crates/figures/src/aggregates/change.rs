//! Change between two rounds: the same questions, over the parties that replied to both.

use std::collections::{BTreeMap, BTreeSet};

use domain::Decimal;
use rules::Number;
use uuid::Uuid;

use super::field_figures::field_figures;
use super::inquiry::Inquiry;
use super::subject::Subject;
use super::words::word;
use crate::replies::Replies;
use crate::table::{Cell, Column, Role, ValueType};

/// A question of the later round, and the same one of the earlier.
pub type SameSubject<'f> = (Subject<'f>, Subject<'f>);

/// What was told then and now of each question that both rounds asked, and by how much it differs, over the parties that replied to
/// both, in the groups of the later round: `replied` and `counted` are the bases of each.
pub fn change(
    (now, then): (&Replies, &Replies),
    inquiry: &Inquiry<'_>,
    subjects: &[SameSubject<'_>],
) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let (now, then) = of_both(now, then);
    let later: Vec<Subject<'_>> = subjects.iter().map(|(later, _)| *later).collect();
    let earlier: Vec<Subject<'_>> = subjects.iter().map(|(_, earlier)| *earlier).collect();
    let (mut columns, later_rows) = field_figures(&now, inquiry, &later, None);
    let (_, earlier_rows) = field_figures(&then, inquiry, &earlier, None);
    // By the code that the question has now: what it had then may be another's now.
    let renamed: BTreeMap<&str, Cell> = subjects
        .iter()
        .map(|(later, earlier)| (&**earlier.address(), Cell::Code(later.address().clone())))
        .collect();
    let value = columns
        .iter()
        .position(|column| column.role == Role::Measure);
    let value = value.unwrap_or_default();
    let key = |row: &[Cell]| {
        row.iter()
            .take(value.saturating_sub(1))
            .map(cell_text)
            .collect::<Vec<_>>()
    };
    let mut before: BTreeMap<Vec<String>, Cell> = earlier_rows
        .into_iter()
        .map(|mut row| {
            if let Some(Cell::Code(code)) = row.first()
                && let Some(code) = renamed.get(&**code)
            {
                row[0] = code.clone();
            }
            let was = row.get(value).cloned().unwrap_or(Cell::Blank);
            (key(&row), was)
        })
        .collect();
    let rows = later_rows.into_iter().map(|mut row| {
        let was = before.remove(&key(&row)).unwrap_or(Cell::Blank);
        let is = row.get(value).cloned().unwrap_or(Cell::Blank);
        row.truncate(value);
        let differs = difference(&is, &was);
        row.extend([was, is, differs]);
        row
    });
    let rows = rows.collect();
    columns.truncate(value);
    columns.extend(["then", "now", "change"].map(|code| Column {
        code: code.to_owned(),
        label: word(code, inquiry.languages),
        role: Role::Measure,
        values: ValueType::Decimal,
    }));
    (columns, rows)
}

/// The replies of the parties that replied to both, in the groups of the first.
fn of_both(now: &Replies, then: &Replies) -> (Replies, Replies) {
    let parties = |replies: &Replies| -> BTreeSet<Uuid> {
        replies.replies.iter().map(|reply| reply.party.id).collect()
    };
    let (one, other) = (parties(now), parties(then));
    let only = |replies: &Replies| {
        let mut replies = replies.clone();
        let is_of_both = |id: &Uuid| one.contains(id) && other.contains(id);
        replies.replies.retain(|reply| is_of_both(&reply.party.id));
        replies
    };
    let (now, mut then) = (only(now), only(then));
    let places: BTreeMap<Uuid, _> = now
        .replies
        .iter()
        .map(|reply| (reply.party.id, &reply.party))
        .collect();
    for reply in &mut then.replies {
        if let Some(party) = places.get(&reply.party.id) {
            reply.party = (*party).clone();
        }
    }
    (now, then)
}

fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Code(code) => code.to_string(),
        _ => String::new(),
    }
}

fn difference(is: &Cell, was: &Cell) -> Cell {
    let number = |cell: &Cell| match cell {
        Cell::Decimal(decimal) => decimal.as_str().parse::<Number>().ok(),
        _ => None,
    };
    let difference = number(is)
        .zip(number(was))
        .and_then(|(is, was)| is.minus(was).ok());
    let difference = difference.and_then(|number| number.to_string().parse::<Decimal>().ok());
    difference.map_or(Cell::Blank, Cell::Decimal)
}
