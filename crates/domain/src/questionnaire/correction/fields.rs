//! Field by field: what an answer may be, and whether there must be one.

use std::collections::{BTreeMap, BTreeSet};

use super::Places;
use crate::fault::{self, Fault, FaultCode};
use crate::questionnaire::fields::{Field, FieldPlace, Taking};
use crate::questionnaire::types::CompoundType;
use crate::questionnaire::{Form, QuestionType, Requirement};

/// What the fields of a corrected form do not take any more, or ask for. Of questions of which something was told already it is
/// not said again that a field is gone or of another type.
pub(super) fn contradictions(
    was: &Form,
    is: &Form,
    places: &Places<'_>,
    told: &BTreeSet<String>,
) -> Vec<Fault> {
    let now: BTreeMap<&str, &Field> = is
        .fields()
        .iter()
        .map(|field| (&*field.address, field))
        .collect();
    let before: BTreeSet<&str> = was.fields().iter().map(|field| &*field.address).collect();
    let mut found = Findings {
        places,
        told: BTreeSet::new(),
        faults: Vec::new(),
    };
    for field in was.fields() {
        match now.get(&*field.address) {
            Some(corrected) => found.compare(field, corrected, told),
            // What was explained is left out of a version when nothing asks for it.
            None if field.is_check() || told.contains(&*field.question) => {}
            None => {
                let gone = found.at(fault::CORRECTION_TAKES_AWAY, field);
                found
                    .faults
                    .extend(gone.map(|gone| gone.arg("code", &field.address)));
            }
        }
    }
    let added = is
        .fields()
        .iter()
        .filter(|field| !before.contains(&*field.address));
    for field in added {
        found.added(is, field);
    }
    found.faults
}

struct Findings<'a> {
    places: &'a Places<'a>,
    /// What was told already of a question, and of which column: not of each cell.
    told: BTreeSet<(&'static str, String, String)>,
    faults: Vec<Fault>,
}

impl Findings<'_> {
    fn compare(&mut self, was: &Field, is: &Field, told: &BTreeSet<String>) {
        let is_told = was.is_check() || told.contains(&*was.question);
        if !is_told && !takes_what(&was.takes, &is.takes) {
            let gone = self.at(fault::CORRECTION_TAKES_AWAY, is);
            self.faults
                .extend(gone.map(|gone| gone.arg("code", &was.address)));
        }
        if was.personal != is.personal {
            self.tell(fault::CORRECTION_CHANGES_PERSONAL, is);
        }
        let missing = was.missing.iter().find(|kind| !is.missing.contains(kind));
        let flag = was.flags.iter().find(|flag| !is.flags.contains(flag));
        let gone = [
            missing.map(ToString::to_string),
            flag.map(ToString::to_string),
        ];
        for code in gone.into_iter().flatten() {
            let fault = self.at(fault::CORRECTION_FORBIDS, is);
            let fault = fault.map(|fault| fault.arg("address", &is.address));
            self.faults
                .extend(fault.map(|fault| fault.arg("code", code)));
        }
        // Where it must be answered by a rule is looked at with the rules; the words of an option with the options.
        let is_stricter = is.required == Requirement::Always && was.required != Requirement::Always;
        if is_stricter && !is_detail(is) {
            self.tell(fault::CORRECTION_REQUIRES, is);
        }
    }

    /// What is added is blank in every reply. The words of an option are asked only of whoever chooses it.
    fn added(&mut self, form: &Form, field: &Field) {
        let is_required = field.required == Requirement::Always && !is_detail(field);
        if is_required || (field.place == FieldPlace::List && least(form, field) > 0) {
            self.tell(fault::CORRECTION_REQUIRES, field);
        }
    }

    fn tell(&mut self, code: FaultCode, field: &Field) {
        let fault = self.at(code, field);
        self.faults
            .extend(fault.map(|fault| fault.arg("address", &field.address)));
    }

    /// The fault at a field's question, unless it was told of another cell of the column.
    fn at(&mut self, code: FaultCode, field: &Field) -> Option<Fault> {
        let question = field.question.to_string();
        let part = match &field.place {
            FieldPlace::Cell { column, .. } => column.to_string(),
            FieldPlace::Question
            | FieldPlace::Part(_)
            | FieldPlace::Currency
            | FieldPlace::Detail { .. }
            | FieldPlace::List
            | FieldPlace::Entry
            | FieldPlace::EntryPart(_)
            | FieldPlace::Check(_) => field.address.to_string(),
        };
        let is_new = self.told.insert((code.code, question.clone(), part));
        let at = self.places.get(question.as_str());
        is_new.then(|| {
            let at = at.map_or_else(String::new, Clone::clone);
            code.at(at).of_question(&question)
        })
    }
}

/// The words of an option.
fn is_detail(field: &Field) -> bool {
    matches!(field.place, FieldPlace::Detail { .. })
}

/// How many entries a list must have.
fn least(form: &Form, field: &Field) -> u32 {
    match form
        .question(&field.question)
        .map(|question| &question.kind)
    {
        Some(QuestionType::Compound(CompoundType::List(list))) => list.least.unwrap_or(0),
        _ => 0,
    }
}

/// Whether whatever a field took is still of its type.
fn takes_what(was: &Taking, is: &Taking) -> bool {
    match (was, is) {
        (Taking::Value(was), Taking::Value(is)) => was.code() == is.code(),
        (Taking::Entry, Taking::Entry) | (Taking::Nothing, _) => true,
        (Taking::Value(_), Taking::Nothing | Taking::Entry)
        | (Taking::Entry, Taking::Value(_) | Taking::Nothing) => false,
    }
}
