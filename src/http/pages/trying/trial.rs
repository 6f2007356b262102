//! A revision that is tried: answers as a form brings them along, and what follows from them. Nothing of it is kept.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::http::handling::caller;
use crate::http::instruments::load;
use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::passage::Passage;
use crate::http::pages::reply::field::FieldMaker;
use crate::http::pages::reply::filled::{FilledForm, calculated_inputs, told_faults, unoffered};
use crate::http::pages::reply::input::FieldInput;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::{FaultBody, Problem};
use domain::questionnaire::types::{ColumnName, CompoundType, FieldType};
use domain::questionnaire::{
    AnswerInput, AnswerMap, AnswerValue, Change, CheckRule, Extent, Form, QuestionType, Section,
    Verdict, WordsRead, check_with_words, initial_answers, parse,
};
use domain::{ContentId, ContentRef, Decimal, InstrumentId, Lang};

/// A revision that is tried.
pub struct Trial {
    /// Where its pages are.
    pub base: String,
    /// Its number.
    pub revision: u32,
    /// The languages in which it is complete.
    pub languages: Vec<Lang>,
    /// What is asked.
    pub form: Arc<Form>,
    /// What is typed, of all sections.
    inputs: BTreeMap<String, FieldInput>,
    /// The addresses of the entries of its lists, in order.
    entries: Vec<String>,
    /// What cannot be read as it is typed.
    unreadable: BTreeMap<String, Vec<String>>,
    answers: AnswerMap<AnswerValue>,
    /// What a submission would come to.
    pub verdict: Verdict,
    irrelevant: HashSet<String>,
    checks: HashMap<usize, Arc<CheckRule>>,
}

impl Trial {
    /// A revision, with what the form brings along; without a form, as a reply to it begins.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn read(
        visitor: &Visitor,
        (instrument, number): (&str, &str),
        posted: Option<&PostedForm>,
    ) -> Result<Self, Problem> {
        let id: InstrumentId = caller::id(instrument, "instrument")?;
        let loaded = load(&visitor.services, id).await?;
        let held = loaded.state.as_ref().as_ref();
        let revision = held.zip(number.parse().ok());
        let revision = revision.and_then(|(held, number)| held.revision(number));
        let revision = revision.ok_or(Problem::not_found("revision"))?;
        let desk = &visitor.services.desk;
        let form = desk.form(id, revision.number, Some(last_year())).await?;
        let mut trial = Self {
            base: format!("/instruments/{id}/revisions/{}/try", revision.number),
            revision: revision.number,
            languages: revision.languages.clone(),
            inputs: BTreeMap::new(),
            entries: Vec::new(),
            unreadable: BTreeMap::new(),
            answers: AnswerMap::default(),
            verdict: Verdict::default(),
            irrelevant: HashSet::new(),
            checks: form.checks(),
            form,
        };
        match posted {
            Some(posted) => trial.take(visitor, posted),
            None => trial.begin(visitor),
        }
        Ok(trial)
    }

    /// Begins with what rules say that a reply begins with.
    fn begin(&mut self, visitor: &Visitor) {
        for answer in initial_answers(&self.form, None) {
            let Some(located) = self.form.field(&answer.code) else {
                continue;
            };
            // Of such an answer the value is the only member, under the name of its type.
            let value = serde_json::to_value(&answer.value).unwrap_or_default();
            let value = value.as_object().and_then(|value| value.values().next());
            let shown = serde_json::json!({ "value": value });
            let input = FieldInput::from_answer(located.field, visitor.lang(), Some(&shown));
            self.inputs.insert(answer.code.clone(), input);
            self.answers.insert_mut(answer.code, answer.value);
        }
        self.evaluate(&WordsRead::new());
    }

    /// Takes what a form brings along.
    fn take(&mut self, visitor: &Visitor, posted: &PostedForm) {
        self.take_entries(posted);
        let typed_in = posted.text("typed_in").parse().unwrap_or(visitor.lang());
        let form = Arc::clone(&self.form);
        let mut words = WordsRead::new();
        for address in self.addresses() {
            let Some(located) = form.field(&address) else {
                continue;
            };
            let field = located.field;
            if matches!(field.value_type(), Some(FieldType::File(_))) {
                continue;
            }
            let input = FieldInput::from_form(posted, field, &address, typed_in);
            let input = input.in_language(field, typed_in, visitor.lang());
            if input == FieldInput::default() {
                continue;
            }
            let lang = visitor.lang();
            if let Some(fault) = input.figure_fault(field, visitor.words) {
                self.unreadable.insert(address.clone(), vec![fault]);
            } else if let Some(change) = input.change(&FieldInput::default(), field, lang, lang) {
                match parse(field, &change, Extent::Parts, "") {
                    Ok(change) => {
                        if let Change::Becomes(given) = change.value {
                            let value = stored(given, &mut words);
                            self.answers.insert_mut(address.clone(), value);
                        }
                    }
                    Err(faults) => {
                        let told = faults.iter().map(|fault| {
                            FaultBody::from_fault(fault, visitor.languages()).into_detail()
                        });
                        self.unreadable.insert(address.clone(), told.collect());
                    }
                }
            }
            self.inputs.insert(address, input);
        }
        self.evaluate(&words);
    }

    /// Takes the entries that a form brings along, adds the one that it asks for, and leaves out the one that it takes away.
    fn take_entries(&mut self, posted: &PostedForm) {
        let removed = posted.text("remove");
        for entry in posted.all("entry").filter(|entry| *entry != removed) {
            self.enter(entry);
        }
        if let Some(list) = posted.given("add") {
            let numbers = 1..=self.entries.len() + 1;
            let mut names = numbers.map(|number| format!("{list}.e{number}"));
            if let Some(entry) = names.find(|name| !self.entries.contains(name)) {
                self.enter(&entry);
            }
        }
        let entries = self.entries.iter().zip(1..);
        for (entry, order) in entries {
            let place = AnswerValue::Entry(Decimal::from(order));
            self.answers.insert_mut(entry.clone(), place);
        }
    }

    /// Enters an entry into its list, where that is one and has room.
    fn enter(&mut self, entry: &str) {
        let Some((code, _)) = entry.split_once('.') else {
            return;
        };
        let question = self.form.question(code);
        let Some(QuestionType::Compound(CompoundType::List(list))) =
            question.map(|question| &question.kind)
        else {
            return;
        };
        let is_entry = self.form.field(entry).is_some_and(|located| {
            let id = located.entry;
            id.is_some_and(|id| entry == format!("{code}.{id}"))
        });
        let prefix = format!("{code}.");
        let held = self.entries.iter().filter(|held| held.starts_with(&prefix));
        if is_entry
            && held.count() < list.most() as usize
            && !self.entries.iter().any(|held| held == entry)
        {
            self.entries.push(entry.to_owned());
        }
    }

    fn evaluate(&mut self, words: &WordsRead) {
        self.verdict = check_with_words(&self.form, &self.answers, None, words);
        self.irrelevant = self.verdict.irrelevant.iter().cloned().collect();
    }

    /// The form as it is filled in.
    pub fn filled(&self) -> FilledForm<'_> {
        FilledForm {
            form: &self.form,
            answers: &self.answers,
            irrelevant: &self.irrelevant,
            checks: &self.checks,
        }
    }

    fn addresses(&self) -> Vec<String> {
        let filled = self.filled();
        let sections = self.form.sections.iter();
        sections
            .flat_map(|section| filled.addresses(section))
            .collect()
    }

    /// A section.
    ///
    /// # Errors
    /// `not_found`.
    pub fn section(&self, code: &str) -> Result<&Section, Problem> {
        let mut sections = self.form.sections.iter();
        let found = sections.find(|section| section.code == code);
        found.ok_or(Problem::not_found("section"))
    }

    /// The section after one, as far as it is asked.
    pub fn section_after(&self, code: &str) -> Option<&Section> {
        let sections = self.form.sections.iter();
        let mut after = sections.skip_while(|section| section.code != code).skip(1);
        after.find(|section| self.filled().is_asked(section))
    }

    /// Whether something of a section cannot be read as it is typed.
    pub fn is_unreadable(&self, section: &Section) -> bool {
        self.unreadable
            .keys()
            .any(|address| self.is_of(section, address))
    }

    fn is_of(&self, section: &Section, address: &str) -> bool {
        let held = self.form.section_of(address);
        held.is_some_and(|held| held.code == section.code)
    }

    /// What is wrong, by the address that it is at.
    pub fn faults(&self, visitor: &Visitor, with_blank: bool) -> BTreeMap<String, Vec<String>> {
        let mut told = told_faults(&self.verdict, visitor, with_blank);
        told.extend(self.unreadable.clone());
        told
    }

    /// What travels in a form beside the controls of the section that it shows, if it shows one.
    pub fn hidden(&self, visitor: &Visitor, shown: Option<&Section>) -> Vec<(String, String)> {
        let lang = visitor.lang().to_string();
        let mut pairs = vec![("typed_in".to_owned(), lang)];
        let entries = self.entries.iter();
        pairs.extend(entries.map(|entry| ("entry".to_owned(), entry.clone())));
        for (address, input) in &self.inputs {
            let is_shown = shown.is_some_and(|section| self.is_of(section, address));
            if let Some(located) = self.form.field(address).filter(|_| !is_shown) {
                pairs.extend(input.pairs(located.field, address));
            }
        }
        pairs
    }

    /// What makes the fields of its sections.
    pub fn maker<'a>(&'a self, visitor: &'a Visitor, with_blank: bool) -> FieldMaker<'a> {
        let mut inputs = self.inputs.clone();
        inputs.extend(calculated_inputs(&self.verdict, visitor.lang()));
        FieldMaker {
            sheet: self.filled(),
            words: visitor.words,
            languages: visitor.languages(),
            inputs,
            faults: self.faults(visitor, with_blank),
            unoffered: unoffered(&self.verdict),
            previous: BTreeMap::new(),
            files: BTreeMap::new(),
        }
    }

    /// What it is called.
    pub fn title(&self, visitor: &Visitor) -> Passage {
        Passage::pick(&self.form.title, visitor.languages(), visitor.lang())
    }

    /// Whether it is not complete in the language of the page.
    pub fn lacks(&self, lang: Lang) -> bool {
        !self.languages.contains(&lang)
    }

    /// The year to which columns are relative here, where there are any such.
    pub fn year(&self) -> Option<i16> {
        let has_years = self.form.questions().any(|question| match &question.kind {
            QuestionType::Compound(CompoundType::Table(table)) => table
                .columns
                .iter()
                .any(|column| matches!(column.name, ColumnName::YearsBack(_))),
            _ => false,
        });
        self.form.reference_year().filter(|_| has_years)
    }
}

/// A revision has no reference year of its own: here it is asked as a collection about last year would ask it.
pub fn last_year() -> i16 {
    TimeZone::UTC.to_datetime(clock::now()).year() - 1
}

/// An answer as rules see it; its words are nowhere but here.
fn stored(given: AnswerInput, words: &mut WordsRead) -> AnswerValue {
    given.into_value(&mut |text| {
        let content = ContentId(clock::new_id());
        words.insert(content, Arc::from(text));
        ContentRef {
            content,
            commitment: String::new(),
        }
    })
}
