//! A field as it is shown: what is asked, its control, what is said beside it.

use std::collections::{BTreeMap, HashSet};

use super::cell;
use super::control::{Control, Reader};
use super::filled::FilledForm;
use super::input::FieldInput;
use crate::http::pages::passage::Passage;
use domain::Lang;
use domain::questionnaire::types::OptionSource;
use domain::questionnaire::{Asked, Field, Flag, MissingKind, Requirement};
use texts::words::Words;

/// How many options are in sight at once.
const MOST_IN_SIGHT: usize = 15;
/// How many characters fit into two lines.
const FEW_CHARS: u32 = 500;

/// A field as it is shown.
#[derive(Debug)]
pub struct FieldView {
    /// Its address.
    pub address: String,
    /// What is asked; of a cell its row and its column.
    pub label: Passage,
    /// The number that people cite it by.
    pub number: Option<String>,
    /// How to answer it.
    pub help: Option<Passage>,
    /// What is printed beside it.
    pub guidance: Option<Passage>,
    /// How it is answered.
    pub control: Control,
    /// The texts of its options.
    pub details: Vec<FieldView>,
    /// The ways in which there may be no answer.
    pub missing: Vec<Mark>,
    /// What may be said of the figure.
    pub flags: Vec<Mark>,
    /// What is said beside it.
    pub comment: String,
    /// Whether something can be said beside it.
    pub takes_comment: bool,
    /// Whether it must be answered.
    pub is_required: bool,
    /// Whether it is not asked as the answers stand.
    pub is_hidden: bool,
    /// What is wrong with it.
    pub faults: Vec<String>,
    /// What was answered in the last round.
    pub previous: Option<PreviousView>,
    /// The names of its files.
    pub files: Vec<String>,
    /// The explanations that its checks ask for.
    pub explanations: Vec<FieldView>,
    /// Whether its options are States, whose order is that of their names in the language of whoever reads.
    pub is_of_states: bool,
}

/// A way of being missing, or a flag.
#[derive(Debug)]
pub struct Mark {
    /// Its code.
    pub code: &'static str,
    /// What people read.
    pub label: &'static str,
    /// Whether it is set.
    pub is_set: bool,
}

/// What was answered in the last round.
#[derive(Clone, Debug)]
pub struct PreviousView {
    /// As people read it.
    pub text: Passage,
    /// Whether it is carried over, and not confirmed.
    pub is_carried: bool,
    /// Whether it can be carried over.
    pub can_be_carried: bool,
}

impl FieldView {
    /// The id of its element.
    pub fn id(&self) -> String {
        format!("f-{}", self.address)
    }

    /// The ids of what describes its control: help, faults.
    pub fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if self.help.is_some() {
            ids.push(format!("h-{}", self.address));
        }
        ids.push(format!("e-{}", self.address));
        ids.join(" ")
    }

    /// The text of one of its options.
    pub fn detail(&self, option: &str) -> Option<&FieldView> {
        let address = format!("{}.{option}", self.address);
        self.details.iter().find(|detail| detail.address == address)
    }

    /// Whether one of its options is chosen.
    pub fn is_chosen(&self) -> bool {
        match &self.control {
            Control::Radios(options) | Control::Checkboxes(options) => {
                options.iter().any(|option| option.is_chosen)
            }
            _ => false,
        }
    }

    /// Whether its controls are several, which a group holds together.
    pub fn is_group(&self) -> bool {
        matches!(
            self.control,
            Control::Radios(_)
                | Control::Checkboxes(_)
                | Control::Ranking(_)
                | Control::Money { .. }
        )
    }

    /// Whether anything stands below its control.
    pub fn has_marks(&self) -> bool {
        !self.missing.is_empty() || !self.flags.is_empty() || self.takes_comment
    }

    /// Whether any of that is said.
    pub fn has_said_marks(&self) -> bool {
        let mut marks = self.missing.iter().chain(&self.flags);
        marks.any(|mark| mark.is_set) || !self.comment.is_empty()
    }

    /// What can be said below its control, in words.
    pub fn marks_label(&self, words: &Words) -> String {
        let marks = self.missing.iter().chain(&self.flags);
        let comment = self.takes_comment.then(|| words.marks_comment());
        let said: Vec<&str> = marks.map(|mark| mark.label).chain(comment).collect();
        match said.len() {
            1 if self.takes_comment => words.comment_label().to_owned(),
            _ => words.marks_label(locale::list_or(words.lang, &said)),
        }
    }

    /// How many lines of words are in sight.
    pub const fn lines(&self) -> u32 {
        match &self.control {
            Control::Words { max: Some(max), .. } if *max <= FEW_CHARS => 2,
            _ => 4,
        }
    }

    /// Whether it is calculated.
    pub const fn is_calculated(&self) -> bool {
        matches!(self.control, Control::Output(_))
    }

    /// Whether its options are so many that they are shown where one asks for them.
    pub fn has_many_options(&self) -> bool {
        matches!(&self.control, Control::Checkboxes(options) if options.len() > MOST_IN_SIGHT)
    }

    /// Whether it has a single control, which a label is for.
    pub fn has_single_control(&self) -> bool {
        matches!(
            self.control,
            Control::Select(_) | Control::Words { .. } | Control::Line(_) | Control::Output(_)
        )
    }
}

/// Makes the fields of a section as they are shown.
pub struct FieldMaker<'a> {
    /// The form as it is filled in.
    pub sheet: FilledForm<'a>,
    /// The words of the page.
    pub words: Words,
    /// The languages of whoever reads.
    pub languages: &'a [Lang],
    /// What stands in the controls.
    pub inputs: BTreeMap<String, FieldInput>,
    /// What is wrong, by address.
    pub faults: BTreeMap<String, Vec<String>>,
    /// The options that are not offered.
    pub unoffered: HashSet<(&'a str, &'a str)>,
    /// What was answered in the last round.
    pub previous: BTreeMap<String, PreviousView>,
    /// The names of files, by the address that they belong to.
    pub files: BTreeMap<String, Vec<String>>,
}

impl<'a> FieldMaker<'a> {
    /// Texts of the questionnaire.
    pub fn passage(&self, texts: &domain::Texts) -> Passage {
        Passage::pick(texts, self.languages, self.words.lang)
    }

    /// Whether what has this address is not asked as the answers stand.
    pub fn is_hidden(&self, address: &str) -> bool {
        self.sheet.irrelevant.contains(address)
    }

    /// A field at an address, asked so.
    pub fn asked(&self, address: &str, asked: &Asked) -> Option<FieldView> {
        let mut view = self.field(address, self.passage(&asked.text))?;
        view.number.clone_from(&asked.number);
        view.help = asked.help.as_ref().map(|help| self.passage(help));
        view.guidance = asked.guidance.as_ref().map(|text| self.passage(text));
        Some(view)
    }

    /// A field at an address, under a label.
    pub fn field(&self, address: &str, label: Passage) -> Option<FieldView> {
        let located = self.sheet.form.field(address)?;
        let field = located.field;
        let blank = FieldInput::default();
        let input = self.inputs.get(address).unwrap_or(&blank);
        let reader = Reader {
            languages: self.languages,
            lang: self.words.lang,
            unoffered: &self.unoffered,
        };
        let control = reader.control(field, address, input);
        let is_derived = matches!(control, Control::Output(_) | Control::Nothing);
        let is_cell = cell::is_cell(field);
        let takes_signs = is_cell && matches!(control, Control::Line(_));
        let marks = if takes_signs || is_derived {
            &[][..]
        } else {
            &field.missing
        };
        let flags = if takes_signs || is_derived {
            &[][..]
        } else {
            &field.flags
        };
        let details = self.details(field, address);
        Some(FieldView {
            address: address.to_owned(),
            label,
            number: None,
            help: None,
            guidance: None,
            control,
            details,
            missing: marks
                .iter()
                .map(|kind| self.missing(*kind, input))
                .collect(),
            flags: flags.iter().map(|flag| self.flag(*flag, input)).collect(),
            comment: input.comment.clone(),
            takes_comment: !is_cell && !is_derived && !field.is_check(),
            is_required: matches!(field.required, Requirement::Always),
            is_hidden: self.is_hidden(address),
            faults: self.faults.get(address).cloned().unwrap_or_default(),
            previous: self.previous_of(address),
            files: self.files.get(address).cloned().unwrap_or_default(),
            explanations: Vec::new(),
            is_of_states: is_of_states(field),
        })
    }

    /// The texts of a field's options.
    fn details(&self, field: &Field, address: &str) -> Vec<FieldView> {
        let Some(kind) = field.value_type() else {
            return Vec::new();
        };
        let options = kind
            .choices()
            .iter()
            .filter(|option| option.detail.is_some());
        let details = options.filter_map(|option| {
            let address = format!("{address}.{}", option.value);
            let label = self.passage(&option.label);
            let label = label.with_text(self.words.field_detail(&label.text));
            self.field(&address, label)
        });
        details.collect()
    }

    fn missing(&self, kind: MissingKind, input: &FieldInput) -> Mark {
        Mark {
            code: kind.as_str(),
            label: self.words.missing(kind),
            is_set: input.missing == Some(kind),
        }
    }

    fn flag(&self, flag: Flag, input: &FieldInput) -> Mark {
        Mark {
            code: flag.as_str(),
            label: self.words.flag(flag),
            is_set: input.flags.contains(&flag),
        }
    }

    fn previous_of(&self, address: &str) -> Option<PreviousView> {
        let mut previous = self.previous.get(address)?.clone();
        previous.can_be_carried &= self.inputs.get(address).is_none_or(FieldInput::is_blank);
        Some(previous)
    }
}

fn is_of_states(field: &Field) -> bool {
    let source = field.value_type().and_then(|kind| kind.option_source());
    matches!(source, Some(OptionSource::CodeList(list)) if list.code == "member_states")
}
