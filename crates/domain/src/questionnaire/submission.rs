//! Whether a reply can be submitted as it is, and what follows from its answers: what saving let pass is checked here, all at
//! once.

use std::collections::HashSet;
use std::sync::Arc;

use rules::Value;

use super::conditions::{CheckKind, Requirement};
use super::fields::{Field, FieldPlace, Taking};
use super::rule_set::source::Effect;
use super::rule_set::{RuleSet, Sheet, WordsRead};
use super::types::CompoundType;
use super::{Answer, AnswerMap, AnswerValue, CheckRule, Flags, Form, QuestionType};
use crate::fault::{self, Fault, pointer};

mod irrelevance;
mod needs;

pub use needs::{MAX_STATED_NEEDS, NeedAnswer};

/// What a submission of answers comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// What stands in its way, in the questionnaire's order, with pointers `/answers/<address>`.
    pub faults: Vec<Fault>,
    /// What is not asked, by the addresses of the highest parts that are not: a question, a row, a field, a part of an entry. The
    /// texts of options that are not chosen are among them; an explanation is where it is held and nothing asks for it.
    pub irrelevant: Vec<String>,
    /// The options that are not offered as the answers stand, each with the address of the field that has it.
    pub unoffered: Vec<(String, String)>,
    /// What is calculated.
    pub calculated: Vec<Answer>,
    /// The needs for technical assistance that rows, entries and groups state.
    pub needs: Vec<NeedAnswer>,
}

impl Verdict {
    /// Says of what is blank that it was carried over and not confirmed, where it was.
    pub(crate) fn name_unconfirmed(&mut self, is_carried: &dyn Fn(&str) -> bool) {
        let blank = fault::REQUIRED_QUESTION_BLANK.code;
        for fault in self.faults.iter_mut().filter(|fault| fault.code == blank) {
            let address = fault.pointer.strip_prefix("/answers/");
            if address.is_some_and(is_carried) {
                let unconfirmed = fault::ANSWER_NOT_CONFIRMED.at(&fault.pointer);
                *fault = match fault.question.take() {
                    Some(question) => unconfirmed.of_question(&question),
                    None => unconfirmed,
                };
            }
        }
    }

    /// The addresses of what must be answered and is blank, or not confirmed.
    pub fn blank(&self) -> Vec<String> {
        let codes = [fault::REQUIRED_QUESTION_BLANK, fault::ANSWER_NOT_CONFIRMED];
        let is_blank = |fault: &&Fault| codes.iter().any(|code| code.code == fault.code);
        let faults = self.faults.iter().filter(is_blank);
        let addresses = faults.filter_map(|fault| fault.pointer.strip_prefix("/answers/"));
        addresses.map(str::to_owned).collect()
    }
}

/// What a submission of these answers would come to, where the party's last round said that, if there was one, and if rules
/// knew no more of words than that there are any.
pub fn check_submission(
    form: &Form,
    answers: &AnswerMap<AnswerValue>,
    last: Option<&AnswerMap<AnswerValue>>,
) -> Verdict {
    check_with_words(form, answers, last, &WordsRead::new())
}

/// The same, with the words that rules look at: [`Form::words_read`].
pub fn check_with_words(
    form: &Form,
    answers: &AnswerMap<AnswerValue>,
    last: Option<&AnswerMap<AnswerValue>>,
    words: &WordsRead,
) -> Verdict {
    match form.rules() {
        Ok(rules) => Submission::new(form, rules, answers, last, words).verdict(),
        Err(faults) => Verdict {
            faults: faults.clone(),
            ..Verdict::default()
        },
    }
}

struct Submission<'a> {
    form: &'a Form,
    answers: &'a AnswerMap<AnswerValue>,
    sheet: Sheet<'a>,
    /// What must be answered by a rule: fields, and of which entry.
    required: HashSet<(usize, Option<usize>)>,
    /// What states a need by a rule, and for which entry.
    stating: HashSet<(usize, Option<usize>)>,
    /// The checks that do not hold.
    failed: Vec<FailedCheck<'a>>,
    /// The addresses of those of them that are asked and can be explained.
    failed_checks: Vec<String>,
    verdict: Verdict,
}

/// A check that does not hold.
struct FailedCheck<'a> {
    check: &'a Arc<CheckRule>,
    on: Option<usize>,
    at: usize,
    entry: Option<usize>,
}

impl<'a> Submission<'a> {
    fn new(
        form: &'a Form,
        rules: &'a RuleSet,
        answers: &'a AnswerMap<AnswerValue>,
        last: Option<&AnswerMap<AnswerValue>>,
        words: &'a WordsRead,
    ) -> Self {
        let given = answers.iter().map(|(code, value)| (code.as_str(), value));
        let mut submission = Self {
            form,
            answers,
            sheet: Sheet::with_words(form, rules, words, given, last),
            required: HashSet::new(),
            stating: HashSet::new(),
            failed: Vec::new(),
            failed_checks: Vec::new(),
            verdict: Verdict::default(),
        };
        submission.read_outcomes();
        submission
    }

    /// What follows from the rules but that something is not asked.
    fn read_outcomes(&mut self) {
        let mut offers = Vec::new();
        for (effect, entry, outcome) in self.sheet.outcomes() {
            match (effect, outcome) {
                (Effect::Requires(field), Some(Value::Bool(true))) => {
                    self.required.insert((*field, entry));
                }
                (Effect::Checks { check, on, at }, Some(Value::Bool(false))) => {
                    self.failed.push(FailedCheck {
                        check,
                        on: *on,
                        at: *at,
                        entry,
                    });
                }
                (Effect::StatesNeed(place), Some(Value::Bool(true))) => {
                    self.stating.insert((*place, entry));
                }
                (Effect::Offers { .. }, Some(Value::Bool(true))) => {}
                (Effect::Offers { field, option }, _) => offers.push((*field, *option, entry)),
                (Effect::Calculates(field), Some(value)) => {
                    let calculated = self.form.calculated(*field);
                    let answer = calculated.and_then(|calculated| calculated.answer(value));
                    if let Some(value) = answer
                        && self.is_asked(*field, entry)
                    {
                        self.verdict.calculated.push(Answer {
                            code: self.address(*field, entry),
                            value,
                            flags: Flags::default(),
                            comment: None,
                        });
                    }
                }
                (
                    Effect::Hides(_)
                    | Effect::Requires(_)
                    | Effect::Calculates(_)
                    | Effect::Begins(_)
                    | Effect::Defines(_)
                    | Effect::StatesNeed(_)
                    | Effect::Checks { .. },
                    _,
                ) => {}
            }
        }
        for (field, option, entry) in offers {
            self.unoffered(field, option, entry);
        }
    }

    /// Notes an option that is not offered, and refuses it where it is chosen.
    fn unoffered(&mut self, field: usize, option: usize, entry: Option<usize>) {
        let address = self.address(field, entry);
        let Some(kind) = self.form.fields().get(field).and_then(Field::value_type) else {
            return;
        };
        let Some(option) = kind.choices().get(option) else {
            return;
        };
        self.verdict
            .unoffered
            .push((address.clone(), option.value.clone()));
        let Some(value) = self.answers.get(&address) else {
            return;
        };
        if kind.chosen(value).contains(&option.value) && self.is_asked(field, entry) {
            let fault = fault::OPTION_NOT_OFFERED.at("").arg("value", &option.value);
            self.fault(fault, field, entry);
        }
    }

    fn verdict(mut self) -> Verdict {
        for (index, field) in self.form.fields().iter().enumerate() {
            match (&field.place, self.form.list_of(index)) {
                (FieldPlace::Check(_) | FieldPlace::Entry, _) => {}
                (FieldPlace::List, _) => self.list(index),
                (_, Some(list)) => {
                    if !self.sheet.is_hidden(list) {
                        for entry in 0..self.sheet.entries(list).len() {
                            self.field(index, field, Some(entry));
                        }
                    }
                }
                (_, None) => self.field(index, field, None),
            }
        }
        for failed in std::mem::take(&mut self.failed) {
            self.failed(&failed);
        }
        self.irrelevance();
        self.needs();
        self.verdict
    }

    fn field(&mut self, index: usize, field: &Field, entry: Option<usize>) {
        if !self.is_asked(index, entry) {
            return;
        }
        let Taking::Value(kind) = &field.takes else {
            return;
        };
        let address = self.address(index, entry);
        let faults = match self.answers.get(&address) {
            Some(answer) => kind.value_faults(answer),
            None if kind.is_derived() => Vec::new(),
            None if self.is_required(index, field, entry) => {
                vec![fault::REQUIRED_QUESTION_BLANK.at("")]
            }
            None => Vec::new(),
        };
        for fault in faults {
            self.fault(fault, index, entry);
        }
    }

    fn is_required(&self, index: usize, field: &Field, entry: Option<usize>) -> bool {
        match field.required {
            Requirement::Never => self.required.contains(&(index, entry)),
            Requirement::Always => true,
            Requirement::If(_) => self.required.contains(&(index, entry)),
        }
    }

    /// A list has as many entries as it must, and not more than it can.
    fn list(&mut self, index: usize) {
        if self.sheet.is_hidden(index) {
            return;
        }
        let Some(field) = self.form.fields().get(index) else {
            return;
        };
        let Some(QuestionType::Compound(CompoundType::List(list))) = self
            .form
            .question(&field.question)
            .map(|question| &question.kind)
        else {
            return;
        };
        let (least, most) = (list.least.unwrap_or(0) as usize, list.most());
        let count = self.sheet.entries(index).len();
        let is_required = self.is_required(index, field, None);
        let fault = if count == 0 && (is_required || least > 0) {
            Some(fault::REQUIRED_QUESTION_BLANK.at(""))
        } else if count < least {
            Some(fault::TOO_FEW_ENTRIES.at("").arg("min", least))
        } else if count > most as usize {
            Some(fault::TOO_MANY_ENTRIES.at("").arg("max", most))
        } else {
            None
        };
        if let Some(fault) = fault {
            self.fault(fault, index, None);
        }
    }

    /// What a check that does not hold asks for.
    fn failed(&mut self, failed: &FailedCheck<'_>) {
        let is_asked = self.is_asked(failed.at, failed.entry)
            && failed.on.is_none_or(|on| self.is_asked(on, failed.entry));
        if !is_asked {
            return;
        }
        let (kind, place) = match failed.check.kind {
            CheckKind::Refuse => (fault::CHECK_REFUSES, failed.on.unwrap_or(failed.at)),
            CheckKind::Explain => {
                let address = self.address(failed.at, failed.entry);
                let is_explained = self.answers.contains_key(&address);
                self.failed_checks.push(address);
                if is_explained {
                    return;
                }
                (fault::EXPLANATION_MISSING, failed.at)
            }
        };
        let fault = kind.at("").arg("check", &failed.check.code);
        let fault = fault.texts("text", failed.check.text.clone());
        self.fault(fault, place, failed.entry);
    }

    /// Whether a field is asked, of this entry of its list.
    fn is_asked(&self, field: usize, entry: Option<usize>) -> bool {
        !self.sheet.is_hidden(field)
            && entry.is_none_or(|entry| !self.sheet.is_hidden_in(field, entry))
    }

    fn address(&self, field: usize, entry: Option<usize>) -> String {
        let Some(found) = self.form.fields().get(field) else {
            return String::new();
        };
        let list = self.form.list_of(field);
        let entries = list.map(|list| self.sheet.entries(list));
        let id = entries.zip(entry).and_then(|(ids, entry)| ids.get(entry));
        found.address_of(id.map(String::as_str))
    }

    fn fault(&mut self, fault: Fault, field: usize, entry: Option<usize>) {
        let Some(found) = self.form.fields().get(field) else {
            return;
        };
        let fault = Fault {
            pointer: pointer("/answers", self.address(field, entry)),
            ..fault.of_question(&found.question)
        };
        self.verdict.faults.push(fault);
    }
}
