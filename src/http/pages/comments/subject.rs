//! What a comment is about, as addresses of pages and forms name it.

use serde_json::{Value, json};
use url::form_urlencoded;

use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::passage::Passage;
use crate::http::pages::reply::wording;
use crate::http::pages::visitor::Visitor;
use domain::questionnaire::types::{CompoundType, RowSource};
use domain::questionnaire::{Form, QuestionType, Section};

/// What a comment is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The instrument as a whole.
    Whole,
    /// A section.
    Section(String),
    /// A question, a row, or what else has an address.
    Question(String),
}

impl Subject {
    /// As a form or the query of an address names it.
    pub fn from_form(form: &PostedForm) -> Self {
        let named = |name| form.given(name).filter(|code| !code.is_empty());
        match (named("question"), named("section")) {
            (Some(address), _) => Self::Question(address.to_owned()),
            (None, Some(code)) => Self::Section(code.to_owned()),
            (None, None) => Self::Whole,
        }
    }

    /// As the API shows it: `{"question": "A1"}`.
    pub fn from_json(on: &Value) -> Self {
        let code = |name| on.get(name).and_then(Value::as_str).map(str::to_owned);
        match (code("question"), code("section")) {
            (Some(address), _) => Self::Question(address),
            (None, Some(code)) => Self::Section(code),
            (None, None) => Self::Whole,
        }
    }

    /// As the API takes it.
    pub fn json(&self) -> Value {
        match self {
            Self::Whole => json!({"instrument": true}),
            Self::Section(code) => json!({"section": code}),
            Self::Question(address) => json!({"question": address}),
        }
    }

    /// The field of a form that names it, with its value; none for the whole.
    pub fn pair(&self) -> Option<(&'static str, &str)> {
        match self {
            Self::Whole => None,
            Self::Section(code) => Some(("section", code)),
            Self::Question(address) => Some(("question", address)),
        }
    }

    /// The query that names it, with its `?`; empty for the whole.
    pub fn query(&self) -> String {
        let Some((name, value)) = self.pair() else {
            return String::new();
        };
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair(name, value);
        format!("?{}", query.finish())
    }

    /// Whether the form has it.
    pub fn is_in(&self, form: &Form) -> bool {
        match self {
            Self::Whole => true,
            Self::Section(code) => section(form, code).is_some(),
            Self::Question(address) => form.names(address),
        }
    }

    /// Its number and its words, as a reader finds them in the questionnaire.
    pub fn told(&self, visitor: &Visitor, form: &Form) -> Passage {
        let (languages, lang) = (visitor.languages(), visitor.lang());
        let passage = |texts| Passage::pick(texts, languages, lang);
        match self {
            Self::Whole => Passage::plain(visitor.words.consultation_whole()),
            Self::Section(code) => match section(form, code) {
                Some(section) => passage(&section.title),
                None => Passage::plain(code),
            },
            Self::Question(address) => {
                let code = address.split('.').next().unwrap_or_default();
                let Some(question) = form.question(code) else {
                    return Passage::plain(address);
                };
                let mut told = match form.field(address) {
                    Some(_) => wording::of_field(form, address, languages, lang),
                    None => passage(&question.text),
                };
                let below = address.strip_prefix(code).unwrap_or_default();
                if let Some(row) = row(form, address, code) {
                    told.text = format!("{} – {}", told.text, passage(&row).text);
                } else if !below.is_empty() && form.field(address).is_none() {
                    // A column, a part of whichever entry: they have no words of their own.
                    told.text = format!("{} – {}", told.text, below.trim_start_matches('.'));
                }
                if let Some(number) = &question.number {
                    told.text = format!("{number} {}", told.text);
                }
                told
            }
        }
    }
}

/// A section or a sub-section.
fn section<'a>(form: &'a Form, code: &str) -> Option<&'a Section> {
    let inner = form.sections.iter().flat_map(|section| &section.sections);
    let mut sections = form.sections.iter().chain(inner);
    sections.find(|section| section.code == code)
}

/// The words of a table's row with this address.
fn row(form: &Form, address: &str, code: &str) -> Option<domain::Texts> {
    let name = address.strip_prefix(code)?.strip_prefix('.')?;
    let QuestionType::Compound(CompoundType::Table(table)) = &form.question(code)?.kind else {
        return None;
    };
    match &table.rows {
        RowSource::Rows(rows) => {
            let row = rows.iter().find(|row| row.code == name)?;
            Some(row.text.clone())
        }
        RowSource::RowsOf(of) => {
            let kind = form.question(of)?.field()?;
            let option = kind.choices().iter().find(|option| option.value == name)?;
            Some(option.label.clone())
        }
    }
}
