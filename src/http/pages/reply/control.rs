//! The control by which a field is answered, by its type.

use std::collections::HashSet;

use super::cell;
use super::input::FieldInput;
use crate::http::pages::passage::Passage;
use domain::questionnaire::Field;
use domain::questionnaire::types::{Choice, FieldType, SeveralChoices};
use domain::{Lang, Texts};
use texts::words::Words;

/// How many options are shown as buttons; more are a list that opens.
const MOST_BUTTONS: usize = 6;
/// How long a text may be that is typed in one line.
const LINE_CHARS: u32 = 200;

/// The control by which a field is answered.
#[derive(Debug)]
pub enum Control {
    /// One of several options, all in sight.
    Radios(Vec<OptionItem>),
    /// Any number of several options.
    Checkboxes(Vec<OptionItem>),
    /// One of several options, in a list that opens.
    Select(Vec<OptionItem>),
    /// Words, of several lines.
    Words {
        /// What is typed.
        value: String,
        /// The most characters.
        max: Option<u32>,
    },
    /// One line.
    Line(Line),
    /// An amount and its currency.
    Money {
        /// The amount.
        amount: String,
        /// The currency.
        currency: String,
    },
    /// A list of options for each place.
    Ranking(Vec<Vec<OptionItem>>),
    /// Files, which have a page of their own.
    Files,
    /// What is calculated.
    Output(String),
    /// Nothing: it is there.
    Nothing,
}

/// A line to type in.
#[derive(Debug, Default)]
pub struct Line {
    /// What is typed.
    pub value: String,
    /// HTML's type of the input.
    pub kind: &'static str,
    /// Which keys a telephone shows.
    pub keys: &'static str,
    /// What stands behind it.
    pub unit: Option<Passage>,
    /// How wide it is: of a figure `figure`, of a day `day`.
    pub width: &'static str,
    /// The most characters.
    pub max: Option<u32>,
}

/// An option.
#[derive(Debug)]
pub struct OptionItem {
    /// What is stored.
    pub value: String,
    /// What people read.
    pub label: Passage,
    /// Whether it is chosen.
    pub is_chosen: bool,
    /// Whether it is offered as the answers stand.
    pub is_offered: bool,
    /// Whether it excludes the others.
    pub is_exclusive: bool,
    /// Whether its words are a field of their own.
    pub has_detail: bool,
}

/// For whom controls are made.
pub struct Reader<'a> {
    /// The languages that they read, best first.
    pub languages: &'a [Lang],
    /// The page's.
    pub lang: Lang,
    /// The options that are not offered, each with the address of its field.
    pub unoffered: &'a HashSet<(&'a str, &'a str)>,
}

impl Reader<'_> {
    /// Texts of the questionnaire, in a language that they read.
    pub fn passage(&self, texts: &Texts) -> Passage {
        Passage::pick(texts, self.languages, self.lang)
    }

    /// The control of a field at an address, with what stands in it.
    pub fn control(&self, field: &Field, address: &str, input: &FieldInput) -> Control {
        let Some(kind) = field.value_type() else {
            return Control::Nothing;
        };
        let is_cell = cell::is_cell(field);
        let line = |kind: &'static str, keys: &'static str, width: &'static str| Line {
            value: if is_cell {
                cell::show(input)
            } else {
                input.value().to_owned()
            },
            kind: if is_cell { "text" } else { kind },
            keys,
            width,
            ..Line::default()
        };
        let figure = |keys: &'static str, unit: Option<&Texts>| {
            Control::Line(Line {
                unit: unit.map(|unit| self.passage(unit)),
                ..line("text", keys, "figure")
            })
        };
        match kind {
            FieldType::OneChoice(_) => {
                let mut options = self.options(kind, address, input, None);
                if is_cell {
                    options.extend(self.missing(field, input));
                }
                match is_cell || options.len() > MOST_BUTTONS {
                    true => Control::Select(options),
                    false => Control::Radios(options),
                }
            }
            FieldType::SeveralChoices(several) => {
                Control::Checkboxes(self.options(kind, address, input, Some(several)))
            }
            FieldType::Rank(rank) => {
                let places = 0..rank.top as usize;
                Control::Ranking(
                    places
                        .map(|place| self.place(kind, address, input, place))
                        .collect(),
                )
            }
            FieldType::Text(text) => match text.max_length {
                Some(max) if max <= LINE_CHARS || is_cell => Control::Line(Line {
                    max: Some(max),
                    ..line("text", "text", "words")
                }),
                max if !is_cell => Control::Words {
                    value: input.value().to_owned(),
                    max,
                },
                _ => Control::Line(line("text", "text", "words")),
            },
            FieldType::WholeNumber(number) => figure("numeric", number.unit.as_ref()),
            FieldType::Decimal(number) => figure("decimal", number.unit.as_ref()),
            FieldType::Percentage(_) => Control::Line(Line {
                unit: (!is_cell).then(|| Passage::plain("%")),
                ..line("text", "decimal", "figure")
            }),
            FieldType::Year(_) => Control::Line(line("text", "numeric", "year")),
            FieldType::Date(_) => Control::Line(line("date", "numeric", "day")),
            FieldType::Month(_) => Control::Line(line("month", "numeric", "day")),
            FieldType::Link(_) => Control::Line(line("url", "url", "words")),
            FieldType::Email(_) => Control::Line(line("email", "email", "words")),
            FieldType::Money(_) => Control::Money {
                amount: input.value().to_owned(),
                currency: input.currency.clone(),
            },
            FieldType::File(_) => Control::Files,
            FieldType::Calculated(_) => Control::Output(input.value().to_owned()),
        }
    }

    fn options(
        &self,
        kind: &FieldType,
        address: &str,
        input: &FieldInput,
        several: Option<&SeveralChoices>,
    ) -> Vec<OptionItem> {
        let options = kind.choices().iter();
        let is_exclusive = |value: &String| several.is_some_and(|of| of.exclusive.contains(value));
        options
            .map(|option| OptionItem {
                is_chosen: input.values.contains(&option.value),
                is_exclusive: is_exclusive(&option.value),
                ..self.option(option, address)
            })
            .collect()
    }

    /// The ways in which there may be no answer, as options by their signs: a cell has one box for all that is said in it.
    fn missing(&self, field: &Field, input: &FieldInput) -> Vec<OptionItem> {
        let words = Words::new(self.lang);
        let kinds = field.missing.iter();
        let options = kinds.map(|kind| OptionItem {
            value: cell::sign(*kind).to_owned(),
            label: Passage::plain(words.missing(*kind)),
            is_chosen: input.missing == Some(*kind),
            is_offered: true,
            is_exclusive: false,
            has_detail: false,
        });
        options.collect()
    }

    /// The options of a place in a ranking.
    fn place(
        &self,
        kind: &FieldType,
        address: &str,
        input: &FieldInput,
        place: usize,
    ) -> Vec<OptionItem> {
        let chosen = input.values.get(place);
        let options = kind.choices().iter();
        options
            .map(|option| OptionItem {
                is_chosen: chosen == Some(&option.value),
                ..self.option(option, address)
            })
            .collect()
    }

    fn option(&self, option: &Choice, address: &str) -> OptionItem {
        OptionItem {
            value: option.value.clone(),
            label: self.passage(&option.label),
            is_chosen: false,
            is_offered: !self.unoffered.contains(&(address, option.value.as_str())),
            is_exclusive: false,
            has_detail: option.detail.is_some(),
        }
    }
}
