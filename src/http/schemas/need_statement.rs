//! How questionnaires state needs, as the API's document shows it; it is read by the core.

#![expect(
    dead_code,
    reason = "only the schemas are used; the types themselves are the core's"
)]

use std::collections::BTreeMap;

use utoipa::ToSchema;

/// How a row, an entry or a group states a need for technical assistance, which the submission of the reply indicates.
#[derive(ToSchema)]
#[schema(as = NeedStatement)]
pub(super) struct NeedStatementShape {
    /// When it states one: a rule. It may be left out where the type is chosen: then it does where that is answered.
    when: Option<String>,
    /// The code of its type.
    r#type: NeedSourceShape,
    /// The code of the category that it is about: the standard's, if left out; the instrument's, if there is none either.
    category: Option<NeedSourceShape>,
    /// The code of the standard that it is about.
    standard: Option<NeedSourceShape>,
    /// How soon: low, medium, high, immediate.
    urgency: NeedSourceShape,
    /// The code of the part or the column that holds the need in the State's own words.
    remark: Option<String>,
}

/// Where a code comes from: it is always this one, or it is what was chosen.
#[derive(ToSchema)]
#[schema(as = NeedSource)]
#[serde(untagged)]
enum NeedSourceShape {
    /// Always this one.
    Fixed(String),
    /// What was chosen.
    Part(NeedPartShape),
}

/// A code that is what was chosen, or follows from the row.
#[derive(ToSchema)]
#[schema(as = NeedPart)]
struct NeedPartShape {
    /// The code of a part or a column with one choice; `row`: the row itself.
    of: String,
    /// What stands for each option, or each row; what is left out stands for itself.
    r#as: Option<BTreeMap<String, String>>,
    /// What it is where nothing is chosen.
    otherwise: Option<String>,
}
