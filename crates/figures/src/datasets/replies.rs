//! The replies themselves: whose, and when.

use std::sync::Arc;

use domain::Lang;

use crate::aggregates::word;
use crate::replies::SubmittedReply;
use crate::table::{Cell, Column, Role, ValueType};

/// The columns that say whose reply it is: these stand first in every data set.
pub(super) fn party_columns(languages: &[Lang]) -> Vec<Column> {
    let column = |code: &str, values| Column {
        code: code.to_owned(),
        label: word(code, languages),
        role: Role::Attribute,
        values,
    };
    let code = || ValueType::Code(Vec::new());
    vec![
        column("party", code()),
        column("kind", code()),
        column("regional_group", code()),
        column("region", code()),
        column("sub_region", code()),
        column("reply", code()),
    ]
}

/// The cells of these columns.
pub(super) fn party_cells(reply: &SubmittedReply) -> Vec<Cell> {
    let party = &reply.party;
    let code = |code: Option<&Arc<str>>| code.cloned().map_or(Cell::Blank, Cell::Code);
    vec![
        code(Some(&party.code)),
        code(Some(&party.kind)),
        code(party.regional_group.as_ref()),
        code(party.region.as_ref()),
        code(party.sub_region.as_ref()),
        Cell::Code(reply.reply.to_string().into()),
    ]
}

/// The columns of the data set of replies.
pub(super) fn columns(languages: &[Lang]) -> Vec<Column> {
    let column = |code: &str, values| Column {
        code: code.to_owned(),
        label: word(code, languages),
        role: Role::Attribute,
        values,
    };
    let mut columns = party_columns(languages);
    columns.extend([
        column("version", ValueType::Integer),
        column("received_at", ValueType::Time),
        column("received_on", ValueType::Date),
        column("answers", ValueType::Integer),
    ]);
    columns
}

/// A reply's row.
pub(super) fn row(reply: &SubmittedReply) -> Vec<Cell> {
    let mut cells = party_cells(reply);
    cells.extend([
        Cell::Integer(reply.version.into()),
        reply.received_at.parse().map_or(Cell::Blank, Cell::Time),
        reply
            .received_on
            .as_deref()
            .and_then(|day| day.parse().ok())
            .map_or(Cell::Blank, Cell::Date),
        i64::try_from(reply.answers.len()).map_or(Cell::Blank, Cell::Integer),
    ]);
    cells
}
