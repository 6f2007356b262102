//! Counting what a report says of a collection.

use std::collections::{BTreeMap, HashSet};

use sqlx::PgPool;

use super::figures::{
    Cells, CollectionFigures, Counts, NumberCounts, OptionText, Participation, QuestionFigures,
    ReplyCount, SectionFigures,
};
use crate::reading::participation::{self, Count};
use crate::reading::releases::ReleaseRow;
use crate::reading::submitted_replies;
use ::figures::aggregates::{
    Attribute, Extent, FieldTally, Inquiry, Subject, Summary, field_tallies,
};
use domain::CollectionId;
use domain::collection::{Basis, Collection};
use domain::questionnaire::{Field, FieldPlace, FieldType, Form, MissingKind, Section};

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
    let extent = match of.collection.basis {
        Basis::All if released.is_some() => Extent::Coarse,
        Basis::All | Basis::Consenting => Extent::Whole,
    };
    let inquiry = Inquiry {
        group_by: Some(Attribute::RegionalGroup),
        extent,
        ..Inquiry::of_member_states(&[])
    };
    let (replies, _) =
        submitted_replies::read(pool, Some(answered_at), of.id.0, consent, None).await?;
    let sections = of.form.sections.iter().map(|section| {
        let subjects = fields_told(of.form, section);
        let subjects = subjects.filter_map(|field| Subject::new(of.form, field));
        let questions = subjects.map(|subject| {
            let (groups, tallies) = field_tallies(&replies, &inquiry, &subject);
            let groups = groups.iter().map(|group| group.code.to_string());
            question_figures(of.form, &subject, groups.zip(&tallies), extent)
        });
        SectionFigures {
            code: section.code.clone(),
            title: section.title.clone(),
            questions: questions.collect(),
        }
    });
    let sections = sections.collect();
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

fn question_figures<'t>(
    form: &Form,
    subject: &Subject<'_>,
    tallies: impl Iterator<Item = (String, &'t FieldTally)>,
    extent: Extent,
) -> QuestionFigures {
    let question = subject.question;
    let mut cells =
        tallies.map(|(group, tally)| (group, Cells::Shown(counts(subject, tally, extent))));
    // All together come first.
    let total = cells.next().map(|(_, total)| total);
    QuestionFigures {
        code: subject.address().to_string(),
        heading: question
            .heading
            .map_or_else(String::new, |heading| heading.to_string()),
        text: question.text.clone(),
        labels: form.labels(subject.field),
        options: subject
            .kind
            .options()
            .into_iter()
            .filter(|_| !hides_options(subject, extent))
            .map(|option| OptionText {
                value: option.value.to_owned(),
                label: option.label.clone(),
            })
            .collect(),
        total: total.unwrap_or_else(|| Cells::Shown(Counts::default())),
        groups: cells.collect(),
    }
}

/// Whether it is not told what was chosen: a code list names States and currencies.
fn hides_options(subject: &Subject<'_>, extent: Extent) -> bool {
    subject.options(extent, &[]).is_empty()
}

fn counts(subject: &Subject<'_>, tally: &FieldTally, extent: Extent) -> Counts {
    let options = subject.options(extent, &[]).into_iter();
    let options = options.map(|option| {
        let count = tally.chosen.get(&option.code).copied().unwrap_or(0);
        (option.code.to_string(), count)
    });
    let base = &tally.base;
    let missing: u64 = base.missing.iter().sum();
    let not_available = match extent {
        Extent::Whole => base.missing(MissingKind::NotAvailable),
        Extent::Coarse => missing,
    };
    Counts {
        replied: base.replied,
        counted: Some(base.counted),
        answered: base.answered,
        not_available,
        otherwise_missing: missing - not_available,
        not_relevant: base.not_relevant,
        blank: base.blank,
        options: options.collect(),
        numbers: match extent {
            Extent::Whole => numbers(subject, tally),
            Extent::Coarse => Vec::new(),
        },
    }
}

/// What the numbers are, of money in each currency: amounts of several are never put together.
fn numbers(subject: &Subject<'_>, tally: &FieldTally) -> Vec<NumberCounts> {
    let amounts = tally.amounts.iter();
    let amounts = amounts.map(|(currency, amounts)| (Some(currency.to_string()), amounts));
    let all = std::iter::once((None, &tally.numbers)).chain(amounts);
    let told = all.filter_map(|(currency, numbers)| {
        let summary = Summary::of(numbers)?;
        Some(NumberCounts {
            currency,
            are_years: matches!(subject.kind, FieldType::Year(_)),
            count: u64::try_from(numbers.len()).ok()?,
            min: summary.min.to_string(),
            median: summary.median?.to_string(),
            max: summary.max.to_string(),
        })
    });
    told.collect()
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
        let mut tally = FieldTally::default();
        tally.base.counted = 5;
        tally.base.missing = [1, 0, 0, 2];
        tally.chosen = [("fin".into(), 1), ("yes".into(), 1)].into();
        tally.numbers = ["7", "1", "2.5"]
            .map(|number| number.parse().unwrap())
            .into();
        for (field, extent, told) in [
            (0, Extent::Whole, (1, 2, false)),
            (0, Extent::Coarse, (3, 0, true)),
            (1, Extent::Coarse, (3, 0, false)),
        ] {
            let subject = Subject::new(&form, &form.fields()[field]).unwrap();
            let counts = counts(&subject, &tally, extent);
            let options = counts.options.is_empty();
            assert_eq!(
                (counts.not_available, counts.otherwise_missing, options),
                told
            );
            let median = counts
                .numbers
                .first()
                .map(|numbers| numbers.median.as_str());
            assert_eq!(median, (extent == Extent::Whole).then_some("2.5"));
        }
    }
}
