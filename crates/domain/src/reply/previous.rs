//! What a party answered in the last round, as it stands beside what it is asked now.
//!
//! Which replies that are is named when a reply begins. Of their answers those come over that are of the same question: in one
//! instrument by its code, over two by what the question says that it is the same as, and that one in its turn; within it by the
//! rest of the address.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::questionnaire::{
    AnswerMap, AnswerValue, Field, FieldType, Flags, Form, Question, SameAs,
};
use super::super::{CollectionId, InstrumentId, ReplyId};
use super::Reply;
use crate::ContentId;
use crate::questionnaire::fields::Taking;

/// Of each question, by its code, those of other instruments that it is the same as: the one that it names, the one that that one
/// names, and so on.
pub type Lineage = BTreeMap<String, Vec<SameAs>>;

/// A version that the Secretariat accepted, in an earlier collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PreviousVersion {
    /// The instrument that was answered.
    pub instrument: InstrumentId,
    /// The collection.
    pub collection: CollectionId,
    /// The reply.
    pub reply: ReplyId,
    /// The version.
    pub version: u32,
}

/// An answer of the last round.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviousAnswer {
    /// The version that it is of.
    pub of: PreviousVersion,
    /// Its address there.
    pub address: String,
    /// The answer.
    pub value: AnswerValue,
    /// What was said of the figure.
    pub flags: Flags,
    /// Whether it can be carried over: the field takes it still. What is calculated is not, nor are files, which belong to their
    /// reply.
    pub can_be_carried: bool,
}

impl PreviousAnswer {
    /// Whether its words are among these.
    pub fn is_among(&self, contents: &BTreeSet<ContentId>) -> bool {
        let content = self.value.content();
        content.is_some_and(|content| contents.contains(&content.content))
    }

    /// What was said of the figure, as far as it can be said of the field at this address.
    pub(super) fn flags_taken(&self, form: &Form, address: &str) -> Flags {
        let located = form.field(address);
        let takes = located.map_or(&[][..], |located| &located.field.flags);
        let said = self.flags.0.iter().filter(|flag| takes.contains(flag));
        Flags(said.copied().collect())
    }
}

/// What a party answered in the last round, by the addresses that the same is asked at now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PreviousAnswers(BTreeMap<String, PreviousAnswer>);

impl PreviousAnswers {
    /// What is asked now, of instrument `own`, beside these versions as they were submitted, the one accepted last first.
    pub fn new<'a>(
        form: &Form,
        (own, lineage): (InstrumentId, &Lineage),
        versions: impl IntoIterator<Item = (PreviousVersion, &'a Reply)>,
    ) -> Self {
        let versions: Vec<_> = versions.into_iter().collect();
        let mut answers = BTreeMap::new();
        for question in form.questions() {
            let mut found = versions.iter().filter_map(|(of, reply)| {
                let codes = codes_of(question, (own, lineage), of.instrument);
                let mut held = codes.map(|code| (code, of, *reply));
                held.find(|(code, _, reply)| of_question(&reply.answers, code).next().is_some())
            });
            if let Some((code, of, reply)) = found.next() {
                answers.extend(beside(form, question, code, (*of, reply)));
            }
        }
        Self(answers)
    }

    /// Without those whose words are gone.
    #[must_use]
    pub fn without(mut self, gone: &BTreeSet<ContentId>) -> Self {
        self.0.retain(|_, answer| !answer.is_among(gone));
        self
    }

    /// The answer beside a field.
    pub fn get(&self, address: &str) -> Option<&PreviousAnswer> {
        self.0.get(address)
    }

    /// All of them, by address.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &PreviousAnswer)> {
        let answers = self.0.iter();
        answers.map(|(address, answer)| (address.as_str(), answer))
    }

    /// The answers alone, as rules read them.
    pub fn values(&self) -> AnswerMap<AnswerValue> {
        let answers = self.0.iter();
        answers
            .map(|(address, answer)| (address.clone(), answer.value.clone()))
            .collect()
    }
}

/// Under which codes an instrument asks the same.
fn codes_of<'a>(
    question: &'a Question,
    (own, lineage): (InstrumentId, &'a Lineage),
    instrument: InstrumentId,
) -> impl Iterator<Item = &'a str> {
    let kept = (instrument == own).then_some(question.code.as_str());
    let named = lineage.get(&question.code).into_iter().flatten();
    let named = named.filter(move |same_as| same_as.instrument == instrument);
    kept.into_iter()
        .chain(named.map(|same_as| same_as.question.as_str()))
}

/// The answers to a question, each with the rest of its address.
fn of_question<'a>(
    answers: &'a AnswerMap<AnswerValue>,
    code: &'a str,
) -> impl Iterator<Item = (&'a str, &'a AnswerValue)> {
    let from = answers.range(code.to_owned()..);
    let alike = from.take_while(move |(address, _)| address.starts_with(code));
    alike.filter_map(move |(address, value)| {
        let rest = address.get(code.len()..)?;
        (rest.is_empty() || rest.starts_with('.')).then_some((rest, value))
    })
}

fn beside<'a>(
    form: &'a Form,
    question: &'a Question,
    code: &'a str,
    (of, reply): (PreviousVersion, &'a Reply),
) -> impl Iterator<Item = (String, PreviousAnswer)> {
    let answers = of_question(&reply.answers, code);
    answers.filter_map(move |(rest, value)| {
        let address = format!("{}{rest}", question.code);
        let located = form.field(&address)?;
        let there = format!("{code}{rest}");
        let answer = PreviousAnswer {
            of,
            value: value.clone(),
            flags: reply.flags.get(&there).cloned().unwrap_or_default(),
            can_be_carried: can_be_carried(located.field, value),
            address: there,
        };
        is_of_field(located.field, value).then_some((address, answer))
    })
}

/// Whether an answer says something of a field: it is of its type, though what was chosen be no option any more.
fn is_of_field(field: &Field, value: &AnswerValue) -> bool {
    if value.missing_kind().is_some() {
        return true;
    }
    match &field.takes {
        Taking::Value(kind) => match (&**kind, value) {
            (FieldType::OneChoice(_), AnswerValue::Choice(_))
            | (FieldType::SeveralChoices(_), AnswerValue::Choices(_))
            | (FieldType::Rank(_), AnswerValue::Ranking(_)) => true,
            (kind, value) => kind.takes(value),
        },
        Taking::Entry => matches!(value, AnswerValue::Entry(_)),
        Taking::Nothing => false,
    }
}

/// Whether a field can have an answer from an earlier round.
fn can_be_carried(field: &Field, value: &AnswerValue) -> bool {
    if let Some(kind) = value.missing_kind() {
        return field.missing.contains(&kind);
    }
    match &field.takes {
        Taking::Value(kind) => {
            let is_file = matches!(value, AnswerValue::Files(_));
            let is_taken = kind.takes(value) && kind.value_faults(value).is_empty();
            !kind.is_derived() && !is_file && is_taken
        }
        Taking::Entry => true,
        Taking::Nothing => false,
    }
}
