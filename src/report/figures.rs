//! The figures of a collection, as a report has them: participation, and what was answered to each question.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use utoipa::ToSchema;

use crate::reading::participation::{self, Count};
use crate::reading::releases::ReleaseRow;
use crate::reading::tallies::{self, Cell, Tally};
use domain::collection::{Basis, Collection, Notice};
use domain::party::RegionalGroup;
use domain::questionnaire::{Field, FieldPlace, FieldType, Form, Section};
use domain::{CollectionId, Texts};

const GROUP_BY: &str = "regional_group";

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
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// Which collection, and what it asks.
pub(super) struct CountedCollection<'a> {
    pub id: CollectionId,
    pub collection: &'a Collection,
    pub form: &'a Form,
}

/// Counts what a report says of a collection: participation as of `position`, and answers as of there too, or as of the
/// release that is to be shown.
pub(super) async fn count(
    pool: &PgPool,
    of: &CountedCollection<'_>,
    position: u64,
    released: Option<&ReleaseRow>,
) -> sqlx::Result<CollectionFigures> {
    let counted = participation::count(pool, Some(position), of.id.0, GROUP_BY, None).await?;
    let answered_at = released.map_or(position, |released| released.position);
    let consent = released.and_then(|released| released.consent(of.collection.basis));
    let mut sections = Vec::new();
    for section in &of.form.sections {
        let mut questions = Vec::new();
        for field in fields_told(of.form, section) {
            let asked = tallies::TallyQuery {
                collection: of.id.0,
                question: &field.address,
                section: &section.code,
                group_by: GROUP_BY,
            };
            let tally = tallies::count(pool, Some(answered_at), consent, asked).await?;
            questions.extend(question_figures(of.form, field, &tally));
        }
        sections.push(SectionFigures {
            code: section.code.clone(),
            title: section.title.clone(),
            questions,
        });
    }
    let collection = of.collection;
    Ok(CollectionFigures {
        collection: of.id,
        title: collection.title.clone(),
        reference: collection.reference.clone(),
        opened_on: collection.opened_on.to_string(),
        position: answered_at,
        revision: Some(collection.revision),
        release: released.map(|released| released.release),
        basis: released.map(|_| collection.basis),
        notices: collection.notices.clone(),
        participation: participation_of(&counted.counts),
        sections,
    })
}

/// The fields of a section that a report tells, in order: each question that is one, and what can be chosen in a table or a group.
/// What is about persons is in no report, and of a list's entries there is no one figure.
fn fields_told<'a>(form: &'a Form, section: &'a Section) -> impl Iterator<Item = &'a Field> {
    let codes: HashSet<&str> = section
        .all_questions()
        .map(|question| question.code.as_str())
        .collect();
    let fields = form.fields().iter();
    let of_section = fields.filter(move |field| codes.contains(&*field.question));
    of_section.filter(|field| match &field.place {
        FieldPlace::Question => !field.personal,
        FieldPlace::Part(_) | FieldPlace::Cell { .. } => {
            let kind = field.value_type();
            !field.personal && kind.is_some_and(|kind| !kind.options().is_empty())
        }
        FieldPlace::Currency
        | FieldPlace::Detail { .. }
        | FieldPlace::List
        | FieldPlace::Entry
        | FieldPlace::EntryPart(_)
        | FieldPlace::Check(_) => false,
    })
}

fn participation_of(counts: &[Count]) -> Participation {
    let (states, others): (Vec<&Count>, Vec<&Count>) = counts
        .iter()
        .partition(|count| count.kind == "member_state");
    let by = |counts: &[&Count], key: fn(&Count) -> Option<&str>| {
        let mut by: BTreeMap<String, ReplyCount> = BTreeMap::new();
        for count in counts {
            let key = key(count).unwrap_or("none").to_owned();
            let sum = by.entry(key).or_default();
            *sum = sum.and(count);
        }
        by
    };
    Participation {
        member_states: states
            .iter()
            .fold(ReplyCount::default(), |sum, count| sum.and(count)),
        groups: by(&states, |count| count.group.as_deref()),
        others: by(&others, |count| Some(&count.kind)),
    }
}

impl ReplyCount {
    fn and(self, count: &Count) -> Self {
        Self {
            invited: self.invited + count.invited,
            replied: self.replied + count.replied,
            late: self.late + count.late,
        }
    }
}

fn question_figures(form: &Form, field: &Field, tally: &Tally) -> Option<QuestionFigures> {
    let question = form.question(&field.question)?;
    let kind = field.value_type()?;
    let cells =
        |is_in: &dyn Fn(Option<&str>) -> bool| Cells::Shown(counts(kind, tally.cell(is_in)));
    let ungrouped = tally.bases.iter().any(|base| base.group.is_none());
    let groups = RegionalGroup::ALL
        .iter()
        .map(|group| Some(group.to_string()));
    let groups = groups.chain(ungrouped.then_some(None)).map(|group| {
        let cells = cells(&|of| of == group.as_deref());
        (group.unwrap_or_else(|| "none".to_owned()), cells)
    });
    Some(QuestionFigures {
        code: field.address.to_string(),
        heading: question
            .heading
            .map_or_else(String::new, |heading| heading.to_string()),
        text: question.text.clone(),
        labels: form.labels(field),
        options: kind
            .options()
            .into_iter()
            .map(|option| OptionText {
                value: option.value.to_owned(),
                label: option.label.clone(),
            })
            .collect(),
        groups: groups.collect(),
        total: cells(&|_| true),
    })
}

fn counts(kind: &FieldType, cell: Cell) -> Counts {
    let mut options = cell.chosen;
    for option in kind.options() {
        options.entry(option.value.to_owned()).or_default();
    }
    Counts {
        replied: cell.replied,
        counted: Some(cell.counted),
        answered: cell.answered,
        not_available: cell.not_available,
        otherwise_missing: cell.not_applicable + cell.not_collected + cell.confidential,
        not_relevant: cell.not_relevant,
        blank: cell.blank,
        options,
    }
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
