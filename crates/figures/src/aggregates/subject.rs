//! What a figure is of: a field of a questionnaire, and how answers to it are told.

use std::sync::Arc;

use domain::Lang;
use domain::questionnaire::{Field, FieldType, Form, OptionSource, Question};

use crate::table::Category;

/// A field whose answers are told in figures.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'f> {
    form: &'f Form,
    /// The field.
    pub field: &'f Field,
    /// Its question.
    pub question: &'f Question,
    /// The code of its section, by which is consented.
    pub section: &'f str,
    /// What answers it takes.
    pub kind: &'f FieldType,
}

/// How answers to a field are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measurement {
    /// How many there are.
    Presence,
    /// And how many chose each option.
    Options,
    /// And what their numbers are: their sum too, where it says something.
    Numbers {
        /// Whether it does.
        summed: bool,
    },
    /// And what their amounts are, by currency.
    Money,
    /// And in which years they lie.
    Days,
}

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All there is.
    Whole,
    /// Of parties that are counted without being asked: how many answered, and how often each option was chosen.
    Coarse,
}

impl<'f> Subject<'f> {
    /// A field of a form; none where its answers are not counted.
    pub fn new(form: &'f Form, field: &'f Field) -> Option<Self> {
        let kind = field.value_type().filter(|_| field.is_counted())?;
        Some(Self {
            form,
            field,
            question: form.question(&field.question)?,
            section: form.section_of(&field.address)?.code.as_str(),
            kind,
        })
    }

    /// All fields of a form whose answers are counted, in the order in which they are asked.
    pub fn all(form: &'f Form) -> Vec<Self> {
        let fields = form.fields().iter();
        fields.filter_map(|field| Self::new(form, field)).collect()
    }

    /// Its address.
    pub fn address(&self) -> &'f Arc<str> {
        &self.field.address
    }

    /// How answers to it are told.
    pub fn measurement(&self) -> Measurement {
        measurement(self.kind)
    }

    /// Its options in order, for readers of these languages. A code list names States and currencies: of parties that are counted
    /// without being asked none is named.
    pub fn options(&self, extent: Extent, languages: &[Lang]) -> Vec<Category> {
        let is_list = matches!(self.kind.option_source(), Some(OptionSource::CodeList(_)));
        if is_list && extent == Extent::Coarse {
            return Vec::new();
        }
        let options = self.kind.options().into_iter();
        let options = options.map(|option| Category {
            code: option.value.into(),
            label: option
                .label
                .pick(languages)
                .map_or_else(|| option.value.to_owned(), |(_, label)| label.to_owned()),
        });
        options.collect()
    }

    /// As a category: its address, and its words with those of its row and column behind them.
    pub fn category(&self, languages: &[Lang]) -> Category {
        let labels = self.form.labels(self.field);
        let words = std::iter::once(&self.question.text).chain(&labels);
        let words = words.filter_map(|texts| Some(texts.pick(languages)?.1.to_owned()));
        Category {
            code: Arc::clone(self.address()),
            label: words.collect::<Vec<_>>().join(" – "),
        }
    }

    /// The language that its question is told in.
    pub fn lang(&self, languages: &[Lang]) -> Option<Lang> {
        Some(self.question.text.pick(languages)?.0)
    }
}

/// How answers of this type are told.
pub fn measurement(kind: &FieldType) -> Measurement {
    match kind {
        FieldType::OneChoice(_) | FieldType::SeveralChoices(_) | FieldType::Rank(_) => {
            Measurement::Options
        }
        FieldType::WholeNumber(_) | FieldType::Decimal(_) | FieldType::Calculated(_) => {
            Measurement::Numbers { summed: true }
        }
        FieldType::Percentage(_) | FieldType::Year(_) => Measurement::Numbers { summed: false },
        FieldType::Money(_) => Measurement::Money,
        FieldType::Date(_) | FieldType::Month(_) => Measurement::Days,
        FieldType::Text(_) | FieldType::File(_) | FieldType::Link(_) | FieldType::Email(_) => {
            Measurement::Presence
        }
    }
}
