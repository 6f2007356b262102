//! What stands in tables.

use utoipa::ToSchema;

use super::RequirementShape;
use domain::Texts;
use domain::questionnaire::CheckKind;

/// A row of a table.
#[derive(ToSchema)]
#[schema(as = TableRow)]
pub(super) struct RowShape {
    /// Unique in the table.
    code: String,
    /// What stands at its head.
    text: Texts,
    /// The number that people cite it by.
    number: Option<String>,
    /// When it is asked: a rule.
    relevant: Option<String>,
    /// Whether each of its cells must be answered.
    required: Option<RequirementShape>,
    /// That it is a total: of the rows with these codes, or of the `rest`, which is all that are no totals. It is checked in each
    /// column of whole numbers, decimals or money.
    total_of: Option<TotalOfShape>,
    /// That the percentages of the row come to 100, as near as they were rounded.
    adds_to_100: Option<bool>,
    /// What becomes of a reply in which it does not: an explanation is asked for, if left out.
    sum_kind: Option<CheckKind>,
}

/// What a row or a column is the total of.
#[derive(ToSchema)]
#[schema(as = TotalOf)]
#[serde(untagged)]
pub(super) enum TotalOfShape {
    /// All others that are no totals.
    Rest(RestWord),
    /// Those with these codes; a column of a year is `y0`, `y1` …, as rules name it.
    These(Vec<String>),
}

/// All others.
#[derive(ToSchema)]
#[schema(as = RestOfTable)]
#[serde(rename_all = "snake_case")]
pub(super) enum RestWord {
    /// All others that are no totals.
    Rest,
}
