//! Which replies are looked at: by what their parties carry, and by what they answered.

use std::collections::BTreeSet;
use std::str::FromStr;

use domain::questionnaire::Form;
use rules::Number;

use super::grouping::{Attribute, NONE};
use super::subject::Subject;
use crate::replies::{GivenAnswer, GivenValue, SubmittedReply};

/// Which replies are looked at: those that meet every condition.
#[derive(Clone, Debug, Default)]
pub struct Filter<'f> {
    attributes: Vec<(Attribute, BTreeSet<String>)>,
    answers: Vec<(Subject<'f>, Condition)>,
}

/// What an answer must be.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// One of these: options, ways of being missing, `answered`, `blank`, `not_relevant`.
    OneOf(BTreeSet<String>),
    /// A number that is at least this.
    AtLeast(Number),
    /// A number that is at most this.
    AtMost(Number),
}

/// What is wrong with a filter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterFault {
    /// It is not made of a name, a sign and a value.
    #[error("a condition is NAME:VALUE, NAME>=NUMBER or NAME<=NUMBER, not `{0}`")]
    Malformed(String),
    /// It names nothing by which there is to pick.
    #[error("`{0}` is neither an attribute of parties nor a field whose answers are counted")]
    UnknownName(String),
    /// It asks for what the field never is.
    #[error("`{value}` is no answer to `{name}`")]
    UnknownValue {
        /// The field or the attribute.
        name: String,
        /// What was asked for.
        value: String,
        /// What there is.
        known: Vec<String>,
    },
}

const ANSWERED: &str = "answered";
const BLANK: &str = "blank";
const NOT_RELEVANT: &str = "not_relevant";

impl<'f> Filter<'f> {
    /// Reads conditions that are joined by commas, each `NAME:VALUE|VALUE`, `NAME>=NUMBER` or `NAME<=NUMBER`.
    ///
    /// # Errors
    /// The first fault.
    pub fn read(text: &str, form: &'f Form) -> Result<Self, FilterFault> {
        let mut filter = Self::default();
        for condition in text.split(',').filter(|condition| !condition.is_empty()) {
            filter.add(condition, form)?;
        }
        Ok(filter)
    }

    fn add(&mut self, text: &str, form: &'f Form) -> Result<(), FilterFault> {
        let malformed = || FilterFault::Malformed(text.to_owned());
        let number = |text: &str| text.trim().parse::<Number>().map_err(|_| malformed());
        let (name, condition) = if let Some((name, least)) = text.split_once(">=") {
            (name, Condition::AtLeast(number(least)?))
        } else if let Some((name, most)) = text.split_once("<=") {
            (name, Condition::AtMost(number(most)?))
        } else {
            let (name, values) = text.split_once(':').ok_or_else(malformed)?;
            let values = values.split('|').map(str::to_owned);
            (name, Condition::OneOf(values.collect()))
        };
        if let (Ok(attribute), Condition::OneOf(values)) = (Attribute::from_str(name), &condition) {
            let known = attribute.known_values();
            let is_known = |value: &&String| known.is_empty() || known.contains(&value.as_str());
            if let Some(value) = values.iter().find(|value| !is_known(value)) {
                return Err(FilterFault::UnknownValue {
                    name: name.to_owned(),
                    value: value.clone(),
                    known: known.into_iter().map(str::to_owned).collect(),
                });
            }
            self.attributes.push((attribute, values.clone()));
            return Ok(());
        }
        let index = form.field(name).map(|located| located.index);
        let field = index.and_then(|index| form.fields().get(index));
        let subject = field.and_then(|field| Subject::new(form, field));
        let subject = subject.ok_or_else(|| FilterFault::UnknownName(name.to_owned()))?;
        if let Condition::OneOf(values) = &condition {
            known_values(&subject, values)?;
        }
        self.answers.push((subject, condition));
        Ok(())
    }

    /// Whether it looks at nothing but what parties carry.
    pub fn is_of_parties_alone(&self) -> bool {
        self.answers.is_empty()
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.attributes.is_empty() && self.answers.is_empty()
    }

    /// Whether the party of a reply is one that is asked for.
    pub fn takes_party(&self, reply: &SubmittedReply) -> bool {
        self.attributes.iter().all(|(attribute, values)| {
            let has = attribute.of(&reply.party);
            values.contains(has.map_or(NONE, |has| has))
        })
    }

    /// Whether what a reply answered is what is asked for, as far as it may be counted.
    pub fn takes_answers(&self, reply: &SubmittedReply) -> bool {
        self.answers.iter().all(|(subject, condition)| {
            let address = subject.address();
            reply.countable.has(subject.section)
                && condition.is_met(
                    reply.answers.get(address),
                    reply.answers.is_irrelevant(address),
                )
        })
    }
}

fn known_values(subject: &Subject<'_>, values: &BTreeSet<String>) -> Result<(), FilterFault> {
    let options = subject.kind.options();
    let missing = subject.field.missing.iter().map(|kind| kind.as_str());
    let known: Vec<&str> = options
        .iter()
        .map(|option| option.value)
        .chain(missing)
        .chain([ANSWERED, BLANK, NOT_RELEVANT])
        .collect();
    match values.iter().find(|value| !known.contains(&value.as_str())) {
        None => Ok(()),
        Some(value) => Err(FilterFault::UnknownValue {
            name: subject.address().to_string(),
            value: value.clone(),
            known: known.into_iter().map(str::to_owned).collect(),
        }),
    }
}

impl Condition {
    fn is_met(&self, answer: Option<&GivenAnswer>, is_irrelevant: bool) -> bool {
        let value = answer
            .filter(|_| !is_irrelevant)
            .map(|answer| &answer.value);
        match self {
            Self::OneOf(values) => match value {
                None if is_irrelevant => values.contains(NOT_RELEVANT),
                None => values.contains(BLANK),
                Some(GivenValue::Missing(kind)) => values.contains(kind.as_str()),
                Some(value) => {
                    let chosen = value.chosen().iter();
                    values.contains(ANSWERED)
                        || chosen.into_iter().any(|option| values.contains(&**option))
                }
            },
            Self::AtLeast(least) => value
                .and_then(GivenValue::number)
                .is_some_and(|number| number >= *least),
            Self::AtMost(most) => value
                .and_then(GivenValue::number)
                .is_some_and(|number| number <= *most),
        }
    }
}
