//! Questions that are the same as one of another instrument, whatever its number there: what a party answered to one stands
//! beside the other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::code_list::CodeLists;
use super::object_reader::ObjectReader;
use super::{Form, Question, Questionnaire, TypeCode};
use crate::InstrumentId;
use crate::fault::{self, Fault, pointer};
use crate::phrase::expected;

/// The question that another one is the same as.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SameAs {
    /// The instrument that asks it.
    pub instrument: InstrumentId,
    /// Its code there.
    pub question: String,
}

/// What is known of the instruments that a questionnaire's questions name.
#[derive(Clone, Debug)]
pub struct SameAsSources {
    /// The questionnaire's own instrument.
    pub own: InstrumentId,
    /// Of each instrument that there is, the revisions that ask any of those questions, the newest first.
    pub revisions: BTreeMap<InstrumentId, Vec<Arc<Questionnaire>>>,
}

impl SameAs {
    pub(super) fn read(json: &Value, at: &str, lists: &CodeLists) -> Result<Self, Vec<Fault>> {
        let mut reader = ObjectReader::from_json(json, at, lists)?;
        let instrument = reader.required("instrument", expected::ID);
        let question = reader.required("question", expected::TEXT);
        reader.finish(instrument.zip(question).map(|(instrument, question)| Self {
            instrument,
            question,
        }))
    }
}

impl Questionnaire {
    /// The questions that say what they are the same as, each with the pointer to it.
    pub fn mapped_questions(&self) -> impl Iterator<Item = (String, &Question, &SameAs)> {
        let questions = self.placed_questions();
        questions.filter_map(|(at, question)| {
            let same_as = question.same_as.as_ref()?;
            Some((pointer(&at, "same_as"), question, same_as))
        })
    }

    /// What is wrong with what its questions say that they are the same as.
    pub fn same_as_faults(&self, sources: &SameAsSources) -> Vec<Fault> {
        if self.mapped_questions().next().is_none() {
            return Vec::new();
        }
        let mut taken = BTreeSet::new();
        let mut mapping = Mapping {
            draft: Form::new(Arc::new(self.clone()), None),
            sources,
            forms: BTreeMap::new(),
        };
        let mut faults = Vec::new();
        for (at, question, same_as) in self.mapped_questions() {
            let found = if taken.insert(same_as) {
                mapping.faults(question, same_as, &at)
            } else {
                vec![fault::SAME_AS_TWICE.at(&at).arg("code", &same_as.question)]
            };
            let found = found
                .into_iter()
                .map(|fault| fault.of_question(&question.code));
            faults.extend(found);
        }
        faults
    }
}

struct Mapping<'a> {
    draft: Form,
    sources: &'a SameAsSources,
    /// The revisions that were looked at, by where they are among those of their instrument.
    forms: BTreeMap<(InstrumentId, usize), Form>,
}

impl Mapping<'_> {
    fn faults(&mut self, question: &Question, same_as: &SameAs, at: &str) -> Vec<Fault> {
        let code = &same_as.question;
        let is_asked = |question: &Question| question.code == *code;
        if same_as.instrument == self.sources.own && self.draft.questions().any(is_asked) {
            return vec![fault::SAME_AS_OWN.at(at).arg("code", code)];
        }
        let Some(revisions) = self.sources.revisions.get(&same_as.instrument) else {
            let at = pointer(at, "instrument");
            return vec![
                fault::NO_SUCH_INSTRUMENT
                    .at(at)
                    .arg("instrument", same_as.instrument),
            ];
        };
        let mut revisions = revisions.iter().enumerate();
        let found = revisions.find_map(|(index, revision)| {
            let found = revision.questions().find(|asked| asked.code == *code)?;
            Some((index, revision, found.type_code()))
        });
        let Some((index, revision, was)) = found else {
            let at = pointer(at, "question");
            return vec![fault::SAME_AS_NO_QUESTION.at(at).arg("code", code)];
        };
        let now = question.type_code();
        let other = |address: &str, was: TypeCode, now: TypeCode| {
            let fault = fault::SAME_AS_OTHER_TYPE.at(at).arg("address", address);
            fault.arg("was", was).arg("now", now)
        };
        if was != now {
            return vec![other(&question.code, was, now)];
        }
        let form = self.forms.entry((same_as.instrument, index));
        let form = form.or_insert_with(|| Form::new(revision.clone(), None));
        let (now, was) = (types(&self.draft, &question.code), types(form, code));
        let both = now
            .iter()
            .filter_map(|(rest, now)| Some((rest, *now, *was.get(rest)?)));
        let differing = both.filter(|(_, now, was)| now != was);
        differing
            .map(|(rest, now, was)| other(&format!("{}{rest}", question.code), was, now))
            .collect()
    }
}

/// The types of a question's fields, by what their addresses say after its code.
fn types(form: &Form, code: &str) -> BTreeMap<String, TypeCode> {
    let fields = form
        .fields()
        .iter()
        .filter(|field| *field.question == *code);
    let typed = fields.filter_map(|field| {
        let rest = field.address.strip_prefix(code)?;
        Some((rest.to_owned(), field.value_type()?.code()))
    });
    typed.collect()
}
