//! Rule by rule: what follows from answers.
//!
//! A rule with the same text that reads the same fields comes to the same, as long as those that decide on what it reads do too;
//! and all of them are compared.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Places;
use crate::fault::{self, Fault, FaultCode, pointer};
use crate::questionnaire::conditions::CheckKind;
use crate::questionnaire::fields::{Field, FieldPlace};
use crate::questionnaire::rule_set::source::Effect;
use crate::questionnaire::{Form, Requirement};

/// What a corrected form makes of answers that this one does not.
pub(super) fn contradictions(was: &Form, is: &Form, places: &Places<'_>) -> Vec<Fault> {
    let (before, after) = match (Consequences::of(was), Consequences::of(is)) {
        (Ok(before), Ok(after)) => (before, after),
        // A draft whose rules have faults cannot be a revision.
        (Err(faults), _) | (_, Err(faults)) => return faults,
    };
    let mut found = Findings {
        places,
        told: BTreeSet::new(),
        faults: Vec::new(),
    };
    let (before_fields, after_fields) = (by_address(was), by_address(is));
    let subjects: BTreeSet<&Subject<'_>> = before.0.keys().chain(after.0.keys()).collect();
    for subject in subjects {
        let (was, is) = (before.rules(subject), after.rules(subject));
        let is_kept = match *subject {
            // What is added is governed by whatever it says; of what there was, the rules are the same ones.
            Subject::Asks(address) | Subject::Calculates(address) => {
                !before_fields.contains_key(address)
                    || !after_fields.contains_key(address)
                    || same(was, is)
            }
            // Of each row, entry or group that could state one; what is added may too.
            Subject::StatesNeed(_) => among(was, is),
            // One that is gone is read by no rule, or its text would be another.
            Subject::Defines(_) => was.is_empty() || is.is_empty() || same(was, is),
            Subject::Requires(address) => match before_fields.get(address) {
                Some(field) => field.required == Requirement::Always || among(is, was),
                None => is.is_empty() || is_asked_with_amounts(after_fields.get(address)),
            },
            Subject::Offers(address, option) => {
                let is_new = before_fields.get(address).is_none_or(|field| {
                    let kind = field.value_type();
                    !kind.is_some_and(|kind| kind.choices().iter().any(|was| was.value == option))
                });
                is_new || among(is, was)
            }
            Subject::Checks { .. } => among(is, was),
        };
        if !is_kept {
            let field = subject
                .field()
                .and_then(|address| before_fields.get(address));
            found.tell(subject, field.map(|field| &*field.question), (was, is));
        }
    }
    if reads_last_round(was) || reads_last_round(is) {
        found.remapped(was, is);
    }
    found.faults
}

fn reads_last_round(form: &Form) -> bool {
    form.rules().is_ok_and(|rules| rules.reads_last_round())
}

/// The currency of a table that is added: it must be said as soon as an amount is, and none is.
fn is_asked_with_amounts(field: Option<&&Field>) -> bool {
    field.is_some_and(|field| field.place == FieldPlace::Currency)
}

fn by_address(form: &Form) -> BTreeMap<&str, &Field> {
    let fields = form.fields().iter();
    fields.map(|field| (&*field.address, field)).collect()
}

/// What a rule decides on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Subject<'a> {
    Asks(&'a str),
    Requires(&'a str),
    Calculates(&'a str),
    StatesNeed(&'a str),
    Defines(&'a str),
    Offers(&'a str, &'a str),
    Checks {
        check: &'a str,
        on: Option<&'a str>,
        at: &'a str,
    },
}

impl<'a> Subject<'a> {
    /// The field that it is of.
    const fn field(&self) -> Option<&'a str> {
        match *self {
            Self::Asks(address)
            | Self::Requires(address)
            | Self::Calculates(address)
            | Self::Offers(address, _) => Some(address),
            Self::Checks { on, .. } => on,
            Self::StatesNeed(_) | Self::Defines(_) => None,
        }
    }
}

/// A rule as it stands on something.
#[derive(Clone, Debug)]
struct StatedRule<'a> {
    text: &'a str,
    list: Option<&'a str>,
    /// What rules call the fields that it reads, and whether they are of the last round.
    reads: BTreeSet<(bool, &'a str)>,
    /// Whether it only asks to explain.
    is_mild: bool,
    at: &'a str,
    question: Option<&'a str>,
}

impl StatedRule<'_> {
    /// Whether it comes to the same, and asks for no more.
    fn is_as(&self, was: &Self) -> bool {
        self.text == was.text
            && self.list == was.list
            && self.reads == was.reads
            && (self.is_mild || !was.is_mild)
    }
}

/// Whether each of these is among those before.
fn among(is: &[Arc<StatedRule<'_>>], was: &[Arc<StatedRule<'_>>]) -> bool {
    is.iter().all(|is| was.iter().any(|was| is.is_as(was)))
}

fn same(was: &[Arc<StatedRule<'_>>], is: &[Arc<StatedRule<'_>>]) -> bool {
    among(is, was) && among(was, is)
}

struct Consequences<'a>(BTreeMap<Subject<'a>, Vec<Arc<StatedRule<'a>>>>);

impl<'a> Consequences<'a> {
    fn of(form: &'a Form) -> Result<Self, Vec<Fault>> {
        let rules = form.rules().map_err(Clone::clone)?;
        let address = |field: usize| form.fields().get(field).map_or("", |field| &*field.address);
        let mut found: BTreeMap<Subject<'a>, Vec<Arc<StatedRule<'a>>>> = BTreeMap::new();
        let sources = form.rule_sources().iter();
        let targets = sources.flat_map(|source| source.targets.iter().map(move |of| (source, of)));
        for (number, (source, target)) in targets.enumerate() {
            let is_mild = match &target.effect {
                Effect::Checks { check, .. } => check.kind == CheckKind::Explain,
                Effect::Hides(_)
                | Effect::Requires(_)
                | Effect::Calculates(_)
                | Effect::Defines(_)
                | Effect::Begins(_)
                | Effect::StatesNeed(_)
                | Effect::Offers { .. } => false,
            };
            let stated = Arc::new(StatedRule {
                text: &source.text,
                list: target.list.map(address),
                reads: rules.reads(number),
                is_mild,
                at: &source.at,
                question: source.question.as_deref(),
            });
            let subjects = match &target.effect {
                Effect::Hides(covers) => {
                    let covers = covers.iter();
                    covers.map(|field| Subject::Asks(address(*field))).collect()
                }
                Effect::Requires(field) => vec![Subject::Requires(address(*field))],
                Effect::Calculates(field) => vec![Subject::Calculates(address(*field))],
                Effect::Defines(name) => vec![Subject::Defines(name)],
                // A reply that is begun has begun.
                Effect::Begins(_) => Vec::new(),
                Effect::StatesNeed(_) => {
                    vec![Subject::StatesNeed(
                        source.question.as_deref().unwrap_or_default(),
                    )]
                }
                Effect::Offers { field, option } => {
                    let kind = form.fields().get(*field).and_then(Field::value_type);
                    let option = kind.and_then(|kind| kind.choices().get(*option));
                    let option = option.map_or("", |option| option.value.as_str());
                    vec![Subject::Offers(address(*field), option)]
                }
                Effect::Checks { check, on, at } => vec![Subject::Checks {
                    check: &check.code,
                    on: on.map(address),
                    at: address(*at),
                }],
            };
            for subject in subjects {
                found.entry(subject).or_default().push(stated.clone());
            }
        }
        Ok(Self(found))
    }

    fn rules(&self, subject: &Subject<'a>) -> &[Arc<StatedRule<'a>>] {
        self.0.get(subject).map_or(&[], Vec::as_slice)
    }
}

struct Findings<'a> {
    places: &'a Places<'a>,
    /// Each rule once, whatever it stands on.
    told: BTreeSet<(&'static str, String)>,
    faults: Vec<Fault>,
}

impl Findings<'_> {
    /// Where rules read the last round, what a question was the same as there decides on what follows.
    fn remapped(&mut self, was: &Form, is: &Form) {
        for question in was.questions() {
            let Some(at) = self.places.get(question.code.as_str()) else {
                continue;
            };
            let now = is.question(&question.code);
            if now.is_some_and(|now| now.same_as != question.same_as) {
                let fault = fault::CORRECTION_CHANGES_RULE.at(pointer(at, "same_as"));
                self.faults.push(fault.of_question(&question.code));
            }
        }
    }

    /// At the rule that is another; where one is gone, at the question on which it stood, or one of those.
    fn tell(
        &mut self,
        subject: &Subject<'_>,
        of: Option<&str>,
        (was, is): (&[Arc<StatedRule<'_>>], &[Arc<StatedRule<'_>>]),
    ) {
        let code = code_of(subject);
        let other = is.iter().find(|is| !was.iter().any(|was| is.is_as(was)));
        let gone = was.iter().find(|was| !is.iter().any(|is| was.is_as(is)));
        let question = other.or(gone).and_then(|rule| rule.question);
        let question = question.or(of.filter(|_| other.is_none()));
        let at = match (other, question) {
            (Some(rule), _) => rule.at.to_owned(),
            (None, Some(question)) => self.places.get(question).cloned().unwrap_or_default(),
            (None, None) => String::new(),
        };
        if !self.told.insert((code.code, at.clone())) {
            return;
        }
        let mut fault = code.at(at);
        if let Some(question) = question {
            fault = fault.of_question(question);
        }
        self.faults.push(match *subject {
            Subject::Requires(address) => fault.arg("address", address),
            Subject::Checks { check, .. } => fault.arg("check", check),
            Subject::Asks(_)
            | Subject::Calculates(_)
            | Subject::StatesNeed(_)
            | Subject::Defines(_)
            | Subject::Offers(..) => fault,
        });
    }
}

const fn code_of(subject: &Subject<'_>) -> FaultCode {
    match subject {
        Subject::Asks(_)
        | Subject::Calculates(_)
        | Subject::StatesNeed(_)
        | Subject::Defines(_)
        | Subject::Offers(..) => fault::CORRECTION_CHANGES_RULE,
        Subject::Requires(_) => fault::CORRECTION_REQUIRES,
        Subject::Checks { .. } => fault::CORRECTION_ADDS_CHECK,
    }
}
