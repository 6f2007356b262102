//! What a reply's personal fields ever held in words: so that a person who is erased can be found in it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ContentId;
use super::super::decider::Decider;
use super::super::questionnaire::{AnswerValue, FieldPlace, Form};
use super::{Event, Reply, ReplyFileAttached, State};

/// The words, and files, that the personal fields of one question, row, entry or group ever held: they are about one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonalUnit {
    /// All of them, each with which of the reply's events brought it, from 0.
    pub ever: BTreeMap<ContentId, usize>,
    /// What stands together: in each version that was submitted, in what is drafted, in what one hand had written when the other took the
    /// pen.
    pub standing: Vec<PersonalRecord>,
}

/// The personal words of a unit that stand together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonalRecord {
    /// The number of the version; none where it was not submitted.
    pub version: Option<u32>,
    /// By the addresses of the fields.
    pub words: BTreeMap<String, BTreeSet<ContentId>>,
}

impl PersonalRecord {
    fn contents(&self) -> impl Iterator<Item = &ContentId> {
        self.words.values().flatten()
    }
}

impl PersonalUnit {
    /// What of it is about a person, where it is known which words name them: those themselves; whatever stands beside one in a version or in
    /// what is drafted; and, where one ever did, what stands nowhere any more.
    pub fn about(&self, names: &BTreeSet<ContentId>) -> BTreeSet<ContentId> {
        let ever: BTreeSet<ContentId> = self.ever.keys().copied().collect();
        let named: BTreeSet<ContentId> = ever.intersection(names).copied().collect();
        if named.is_empty() {
            return named;
        }
        let is_named = |record: &&PersonalRecord| record.contents().any(|of| named.contains(of));
        let (theirs, others): (Vec<_>, Vec<_>) = self.standing.iter().partition(is_named);
        let others: BTreeSet<ContentId> = others
            .iter()
            .flat_map(|of| of.contents())
            .copied()
            .collect();
        let theirs = theirs.iter().flat_map(|of| of.contents()).copied();
        let nowhere = ever.difference(&others).copied();
        named.iter().copied().chain(theirs).chain(nowhere).collect()
    }
}

/// The units of a reply, by their addresses, after its events. Codes, numbers and days are in the log, and name nobody by themselves.
pub fn personal_units<'a>(
    form: &Form,
    events: impl IntoIterator<Item = &'a Event>,
) -> BTreeMap<String, PersonalUnit> {
    let mut found = Search {
        form,
        units: BTreeMap::new(),
    };
    let mut state: State = None;
    for (number, event) in events.into_iter().enumerate() {
        match event {
            Event::ReplyAnswered(event) => {
                for answer in &event.answers {
                    let said = words_of(&answer.value);
                    let comment = answer
                        .comment
                        .as_ref()
                        .map(|comment| comment.content.content);
                    found.hold(number, &answer.code, said.into_iter().chain(comment));
                }
            }
            Event::ReplyFileAttached(file) => {
                if let Some(address) = &file.question {
                    found.hold(number, address, contents_of(file));
                }
            }
            Event::ReplySubmitted(_)
            | Event::ReplyStarted(_)
            | Event::ReplyCarriedOver(_)
            | Event::ReplyCleared(_)
            | Event::ReplyEvaluated(_)
            | Event::ReplyNeedsStated(_)
            | Event::PublicationDecided(_)
            | Event::ReplyFileRemoved(_)
            | Event::ReplyFilesDeleted(_)
            | Event::ClarificationRequested(_)
            | Event::ClarificationAnswered(_)
            | Event::ClarificationWithdrawn(_)
            | Event::SectionHandedBack(_)
            | Event::SectionReturned(_)
            | Event::ReplyAccepted(_)
            | Event::AmendmentBegun(_)
            | Event::AmendmentDiscarded(_)
            | Event::ReplyWithdrawn(_) => {}
        }
        state = Reply::evolve(state, event);
        if let (Event::ReplySubmitted(event), Some(reply)) = (event, &state) {
            found.stand(Some(event.version), reply);
        }
    }
    if let Some(mut reply) = state {
        found.stand(None, &reply);
        if let Some(aside) = reply.stash.take() {
            reply.hold(aside.as_ref().clone());
            found.stand(None, &reply);
        }
    }
    found.units
}

struct Search<'a> {
    form: &'a Form,
    units: BTreeMap<String, PersonalUnit>,
}

impl Search<'_> {
    fn hold(&mut self, event: usize, address: &str, contents: impl Iterator<Item = ContentId>) {
        if let Some(unit) = unit_of(self.form, address) {
            let ever = &mut self.units.entry(unit).or_default().ever;
            for content in contents {
                // What is given again by another event was brought by the first.
                ever.entry(content).or_insert(event);
            }
        }
    }

    fn stand(&mut self, version: Option<u32>, reply: &Reply) {
        let answers = reply.answers.iter();
        let answers = answers.map(|(address, value)| (address, words_of(value)));
        let comments = reply.comments.iter();
        let comments = comments.map(|(address, said)| (address, vec![said.content.content]));
        let files = reply.files.values().filter_map(|file| {
            let address = file.question.as_ref()?;
            Some((address, contents_of(file).collect()))
        });
        let mut records: BTreeMap<String, PersonalRecord> = BTreeMap::new();
        for (address, contents) in answers.chain(comments).chain(files) {
            if contents.is_empty() {
                continue;
            }
            if let Some(unit) = unit_of(self.form, address) {
                let record = records.entry(unit).or_default();
                let words = record.words.entry(address.clone()).or_default();
                words.extend(contents);
            }
        }
        for (unit, record) in records {
            let standing = &mut self.units.entry(unit).or_default().standing;
            standing.push(PersonalRecord { version, ..record });
        }
    }
}

fn words_of(value: &AnswerValue) -> Vec<ContentId> {
    match value {
        AnswerValue::Text(words) => vec![words.content.content],
        AnswerValue::Link(link) => vec![link.content.content],
        AnswerValue::Email(email) => vec![email.content.content],
        AnswerValue::Choice(_)
        | AnswerValue::Choices(_)
        | AnswerValue::Ranking(_)
        | AnswerValue::WholeNumber(_)
        | AnswerValue::Decimal(_)
        | AnswerValue::Money(_)
        | AnswerValue::Date(_)
        | AnswerValue::Month(_)
        | AnswerValue::Year(_)
        | AnswerValue::Entry(_)
        | AnswerValue::Files(_)
        | AnswerValue::Missing(_)
        | AnswerValue::NotAvailable(_) => Vec::new(),
    }
}

fn contents_of(file: &ReplyFileAttached) -> impl Iterator<Item = ContentId> {
    [file.content.content, file.name.content].into_iter()
}

/// The question, row, entry or group of which a personal field is; none where what is at the address is about nobody.
fn unit_of(form: &Form, address: &str) -> Option<String> {
    let Some(located) = form.field(address) else {
        // A file may belong to a table or a row as a whole.
        let question = form.question_at(address.split('.').next()?)?;
        return question.conditions.personal.then(|| address.to_owned());
    };
    let field = located.field;
    if !field.personal {
        return None;
    }
    let question = &field.question;
    let within = match (&field.place, located.entry) {
        (_, Some(entry)) => Some(entry),
        (FieldPlace::Cell { row, .. }, None) => Some(&**row),
        // The text of an option stands in its row, and what explains a check too.
        (FieldPlace::Detail { of, .. }, None) => match form.fields().get(*of).map(|of| &of.place) {
            Some(FieldPlace::Cell { row, .. }) => Some(&**row),
            _ => None,
        },
        (FieldPlace::Check(_), None) => address.splitn(3, '.').nth(2),
        (
            FieldPlace::Question
            | FieldPlace::Part(_)
            | FieldPlace::Currency
            | FieldPlace::List
            | FieldPlace::Entry
            | FieldPlace::EntryPart(_),
            None,
        ) => None,
    };
    Some(match within {
        Some(within) => format!("{question}.{within}"),
        None => question.to_string(),
    })
}
