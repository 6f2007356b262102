//! The figures of a collection, as a report has them: participation, and what was answered to each question.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use domain::collection::{Basis, Notice};
use domain::{CollectionId, Texts};

/// A collection's figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CollectionFigures {
    /// The collection.
    #[schema(value_type = Uuid)]
    pub collection: CollectionId,
    /// What it is called.
    #[schema(value_type = Object)]
    pub title: Texts,
    /// The note verbale.
    pub reference: String,
    /// Its day: that of the denominator as well.
    #[schema(format = Date)]
    pub opened_on: String,
    /// The position that answers are counted as of.
    pub position: u64,
    /// The revision that was asked then; left out where the report was published before it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// The release whose figures they are; none in a compilation, which is the Secretariat's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<u32>,
    /// On whom the release's figures stand: `consenting` or `all`; none in what was published before collections said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// What every figure must say of itself.
    #[schema(value_type = Vec<Object>)]
    pub notices: Vec<Notice>,
    /// Who was invited and who replied: Member States, and beside them others.
    pub participation: Participation,
    /// What was asked and answered.
    pub sections: Vec<SectionFigures>,
}

/// Who was invited and who replied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Participation {
    /// Member States: the denominator is those invited.
    pub member_states: ReplyCount,
    /// Of these, by regional group on the day of the invitation.
    pub groups: BTreeMap<String, ReplyCount>,
    /// Other parties by kind; never counted as States.
    pub others: BTreeMap<String, ReplyCount>,
}

/// Of how many how many replied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Replied)]
pub struct ReplyCount {
    /// How many were invited.
    pub invited: u64,
    /// How many replied: submitted and not withdrawn.
    pub replied: u64,
    /// Of these, after the deadline.
    pub late: u64,
}

/// A section's questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SectionFigures {
    /// Its code.
    pub code: String,
    /// What it is called.
    #[schema(value_type = Object)]
    pub title: Texts,
    /// Its questions.
    pub questions: Vec<QuestionFigures>,
}

/// What was answered to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuestionFigures {
    /// Its code.
    pub code: String,
    /// The heading that it serves.
    #[schema(value_type = domain::questionnaire::Heading)]
    pub heading: String,
    /// Its text.
    #[schema(value_type = Object)]
    pub text: Texts,
    /// Of a cell or a part, what stands at its row and column, or before it; of a question that is one field, nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    pub labels: Vec<Texts>,
    /// Its options, in their order.
    pub options: Vec<OptionText>,
    /// What was answered.
    pub total: Cells,
    /// The same by regional group.
    pub groups: BTreeMap<String, Cells>,
}

/// An option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OptionText {
    /// What is stored.
    pub value: String,
    /// What it says.
    #[schema(value_type = Object)]
    pub label: Texts,
}

/// What is counted in a cell. In reports that were published while figures were withheld, it may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Cells {
    /// It was withheld when the report was published.
    Withheld {
        /// `true`.
        withheld: bool,
    },
    /// Counts of replies of Member States.
    Shown(Counts),
}

/// How the replies stand to a question: `counted` of `replied` are counted, and `counted` is the sum of the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counts {
    /// Replies at their submitted version.
    pub replied: u64,
    /// Of these, those whose answers are counted; left out where that was not said yet, and all were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<u64>,
    /// With an answer.
    pub answered: u64,
    /// With "not available".
    pub not_available: u64,
    /// That it is missing in another way: not applicable, not collected, confidential.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub otherwise_missing: u64,
    /// To which the question was not asked.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub not_relevant: u64,
    /// With nothing.
    pub blank: u64,
    /// How often each option was chosen.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub options: BTreeMap<String, u64>,
    /// What the numbers are, of money in each currency; left out where there is none, and in what was published before it was said.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub numbers: Vec<NumberCounts>,
}

/// What the numbers are that a question was answered with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReportedNumbers)]
pub struct NumberCounts {
    /// The currency of amounts; none of other numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<crate::written::CurrencyCode>)]
    pub currency: Option<String>,
    /// Whether they are years, which are written without a sign between thousands.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub are_years: bool,
    /// How many there are.
    pub count: u64,
    /// The smallest.
    #[schema(value_type = domain::Decimal)]
    pub min: String,
    /// The middle one, or what lies halfway between the two in the middle.
    #[schema(value_type = domain::Decimal)]
    pub median: String,
    /// The largest.
    #[schema(value_type = domain::Decimal)]
    pub max: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_published_while_figures_were_withheld_is_read_and_told_as_it_was() {
        let counts = json!({"replied": 4, "answered": 3, "not_available": 1, "blank": 0, "options": {"yes": 2, "no": 1}});
        let stored = json!({
            "code": "A1", "heading": "application", "text": {"en": "Is it law?"}, "options": [],
            "total": counts, "groups": {"african": {"withheld": true}, "weog": counts},
        });
        let read: QuestionFigures = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(read.groups["african"], Cells::Withheld { withheld: true });
        let Cells::Shown(total) = &read.total else {
            panic!("{read:?}");
        };
        assert_eq!((total.replied, total.counted), (4, None));
        assert_eq!(serde_json::to_value(&read).unwrap(), stored);
    }
}
