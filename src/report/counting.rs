//! Counting what a report says of a collection.

use std::collections::{BTreeMap, HashSet};

use sqlx::PgPool;

use super::figures::{
    Cells, CollectionFigures, Counts, OptionText, Participation, QuestionFigures, ReplyCount,
    SectionFigures,
};
use crate::reading::participation::{self, Count};
use crate::reading::releases::ReleaseRow;
use crate::reading::tallies::{self, Cell, Tally};
use domain::CollectionId;
use domain::collection::{Basis, Collection};
use domain::party::RegionalGroup;
use domain::questionnaire::{Field, FieldPlace, FieldType, Form, OptionSource, Section};

const GROUP_BY: &str = "regional_group";

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
    // As the public is told a release: of States that are counted without being asked, neither why a figure is missing nor what
    // they chose from a code list.
    let is_coarse = released.is_some() && of.collection.basis == Basis::All;
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
            questions.extend(question_figures(of.form, field, &tally, is_coarse));
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

fn question_figures(
    form: &Form,
    field: &Field,
    tally: &Tally,
    is_coarse: bool,
) -> Option<QuestionFigures> {
    let question = form.question(&field.question)?;
    let kind = field.value_type()?;
    let cells = |is_in: &dyn Fn(Option<&str>) -> bool| {
        Cells::Shown(counts(kind, tally.cell(is_in), is_coarse))
    };
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
            .filter(|_| !hides_options(kind, is_coarse))
            .map(|option| OptionText {
                value: option.value.to_owned(),
                label: option.label.clone(),
            })
            .collect(),
        groups: groups.collect(),
        total: cells(&|_| true),
    })
}

/// Whether it is not told what was chosen: a code list names States and currencies.
fn hides_options(kind: &FieldType, is_coarse: bool) -> bool {
    is_coarse && matches!(kind.option_source(), Some(OptionSource::CodeList(_)))
}

fn counts(kind: &FieldType, cell: Cell, is_coarse: bool) -> Counts {
    let mut options = cell.chosen;
    for option in kind.options() {
        options.entry(option.value.to_owned()).or_default();
    }
    if hides_options(kind, is_coarse) {
        options.clear();
    }
    let otherwise = cell.not_applicable + cell.not_collected + cell.confidential;
    Counts {
        replied: cell.replied,
        counted: Some(cell.counted),
        answered: cell.answered,
        not_available: cell.not_available + if is_coarse { otherwise } else { 0 },
        otherwise_missing: if is_coarse { 0 } else { otherwise },
        not_relevant: cell.not_relevant,
        blank: cell.blank,
        options,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use domain::questionnaire::Questionnaire;

    #[test]
    fn of_states_that_are_counted_without_being_asked_less_is_told() {
        let asked = json!({"title": {"en": "?"}, "sections": [{"code": "A", "title": {"en": "?"}, "questions": [
            {"code": "A1", "heading": "application", "type": "one_choice", "list": "member_states", "text": {"en": "?"}},
            {"code": "A2", "heading": "application", "type": "one_choice", "scale": "yes_in_part_no", "text": {"en": "?"}}]}]});
        let form = Form::from(Questionnaire::read(&asked).unwrap());
        let cell = || Cell {
            counted: 5,
            not_available: 1,
            confidential: 2,
            chosen: [("fin".to_owned(), 1), ("yes".to_owned(), 1)].into(),
            ..Cell::default()
        };
        for (field, is_coarse, told) in [
            (0, false, (1, 2, false)),
            (0, true, (3, 0, true)),
            (1, true, (3, 0, false)),
        ] {
            let kind = form.fields()[field].value_type().unwrap();
            let counts = counts(kind, cell(), is_coarse);
            let options = counts.options.is_empty();
            assert_eq!(
                (counts.not_available, counts.otherwise_missing, options),
                told
            );
        }
    }
}
