//! What choices are made from: options of the question's own, a scale, or a code list.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;
use serde_json::Value;

use super::OptionList;
use crate::Texts;
use crate::fault::Codes;
use crate::fault::{self, Fault, FaultCode, pointer};
use crate::phrase::{Phrase, expected};
use crate::questionnaire::code_list::CodeLists;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::reading::rule;
use crate::questionnaire::{MAX_OPTIONS, OptionView, Scale, is_part_code};

/// What a choice is made from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionSource {
    /// A standard scale, whose labels every questionnaire shares.
    Scale(Scale),
    /// Options of the question's own.
    Options(OptionList),
    /// A code list.
    #[serde(rename = "list")]
    CodeList(CodeListOptions),
}

/// The entries of a code list as options.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeListOptions {
    /// The list's code.
    pub code: String,
    /// Its entries; none where there is no such list, which is a fault.
    pub entries: Option<OptionList>,
}

impl Serialize for CodeListOptions {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.code)
    }
}

/// An option.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// What is stored: `[a-z][a-z0-9_-]{0,39}`; of an entry of a code list its own code.
    pub value: String,
    /// What people read.
    pub label: Texts,
    /// Whether whoever chooses it may or must say more in words. They are a field of their own, at the choice's address and the
    /// option's value: `B2.other`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
    /// When it is offered: a rule. Without one it always is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relevant: Option<String>,
}

code_enum! {
    /// Whether an option's text may or must be given.
    pub enum Detail as "OptionDetail" {
        /// Who chooses the option may say more.
        May = "may",
        /// Who chooses the option must say more.
        Must = "must",
    }
}

impl Choice {
    /// An option that is always offered, and of which nothing more is said.
    pub const fn plain(value: String, label: Texts) -> Self {
        Self {
            value,
            label,
            detail: None,
            relevant: None,
        }
    }

    fn read(json: &Value, at: &str, lists: &CodeLists) -> Result<Self, Vec<Fault>> {
        let mut reader = ObjectReader::from_json(json, at, lists)?;
        let value = reader.required("value", expected::TEXT);
        let label = reader.required("label", expected::TEXTS);
        let detail = reader.optional(
            "detail",
            expected::ONE_OF.codes(Detail::CODES.iter().copied()),
        );
        let relevant = rule(&mut reader, "relevant");
        reader.finish(value.zip(label).map(|(value, label)| Self {
            value,
            label,
            detail,
            relevant,
        }))
    }
}

impl OptionSource {
    /// Reads what a choice is made from: of a scale, options and a list it has one.
    pub(super) fn read(reader: &mut ObjectReader<'_>, with_scale: bool) -> Option<Self> {
        let sources = ["scale", "options", "list"];
        let sources = if with_scale {
            &sources[..]
        } else {
            &sources[1..]
        };
        let given = sources.iter().filter(|source| reader.has(source)).count();
        if given != 1 {
            let at = reader.at("options");
            reader.faults.push(fault::SCALE_OR_OPTIONS.at(at));
            for source in sources {
                let _ = reader.optional::<Value>(source, expected::LIST);
            }
        }
        if with_scale && reader.has("scale") {
            let scales = expected::ONE_OF.codes(Scale::CODES.iter().copied());
            return reader.required("scale", scales).map(Self::Scale);
        }
        if reader.has("list") {
            let code: String = reader.required("list", expected::TEXT)?;
            let entries = reader.lists().entries(&code);
            if entries.is_none() {
                let fault = fault::UNKNOWN_CODE_LIST.at(reader.at("list"));
                let known = Phrase::codes_if_any(reader.lists().codes());
                let fault = fault.arg("code", &code).words("known", known);
                reader.faults.push(fault);
            }
            return Some(Self::CodeList(CodeListOptions { code, entries }));
        }
        reader
            .has("options")
            .then(|| reader.each("options", Choice::read))
            .flatten()
            .map(|options| Self::Options(options.into_iter().collect()))
    }

    /// The options; none where there is no such code list.
    fn list(&self) -> Option<&OptionList> {
        match self {
            Self::Scale(scale) => Some(scale.choices()),
            Self::Options(options) => Some(options),
            Self::CodeList(list) => list.entries.as_ref(),
        }
    }

    /// The options, in order.
    pub fn choices(&self) -> &[Choice] {
        self.list().map_or(&[], |list| list)
    }

    /// The option with this value.
    pub fn choice(&self, value: &str) -> Option<&Choice> {
        self.choices().get(self.place(value)?)
    }

    /// The options as they are shown.
    pub(super) fn views(&self) -> Vec<OptionView<'_>> {
        self.choices().iter().map(OptionView::from).collect()
    }

    /// Where among the options one stands.
    pub fn place(&self, value: &str) -> Option<usize> {
        self.list()?.place(value)
    }

    /// Their values, as rules know them.
    pub(super) fn values(&self) -> rules::Options {
        self.list()
            .map_or_else(rules::Options::default, |list| list.values().clone())
    }

    /// What an answer already given could contradict in the options of a corrected revision: all that there were are still
    /// there, and ask for no more words. Others may be added, and offered under whatever condition.
    pub(super) fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        if self.kind() != corrected.kind() {
            return vec![fault::CORRECTION_CHANGES_SOURCE.at(pointer(at, corrected.kind()))];
        }
        let at = pointer(at, self.kind());
        if let (Self::Scale(was), Self::Scale(is)) = (self, corrected) {
            let is_other = (was != is).then(|| fault::CORRECTION_CHANGES_SOURCE.at(at));
            return is_other.into_iter().collect();
        }
        let now = corrected.choices().iter().enumerate();
        let now: HashMap<&str, (usize, &Choice)> = now
            .map(|(index, option)| (option.value.as_str(), (index, option)))
            .collect();
        let faults = self.choices().iter().filter_map(|was| {
            let Some((index, is)) = now.get(was.value.as_str()) else {
                let gone = fault::CORRECTION_TAKES_AWAY.at(at.as_str());
                return Some(gone.arg("code", &was.value));
            };
            let at = pointer(&at, index);
            // Entries of a code list have none.
            match (was.detail, is.detail) {
                (None | Some(Detail::May), Some(Detail::Must)) => {
                    Some(fault::CORRECTION_NARROWS.at(pointer(&at, "detail")))
                }
                (Some(_), None) => {
                    let gone = fault::CORRECTION_TAKES_AWAY.at(pointer(&at, "detail"));
                    Some(gone.arg("code", &was.value))
                }
                (None, None | Some(Detail::May))
                | (Some(Detail::May), Some(Detail::May))
                | (Some(Detail::Must), Some(_)) => None,
            }
        });
        faults.collect()
    }

    /// The fault of options that a corrected revision puts in another order, where answers are kept in theirs. Others may stand
    /// between them.
    pub(super) fn reordered(&self, corrected: &Self, at: &str) -> Option<Fault> {
        let held: BTreeSet<&str> = self
            .choices()
            .iter()
            .map(|was| was.value.as_str())
            .collect();
        let now = corrected.choices().iter().map(|is| is.value.as_str());
        let now: Vec<&str> = now.filter(|value| held.contains(value)).collect();
        let known: BTreeSet<&str> = now.iter().copied().collect();
        let was = self.choices().iter().map(|was| was.value.as_str());
        let is_moved = !was
            .filter(|value| known.contains(value))
            .eq(now.iter().copied());
        is_moved.then(|| fault::CORRECTION_REORDERS.at(pointer(at, corrected.kind())))
    }

    /// The member that says them.
    const fn kind(&self) -> &'static str {
        match self {
            Self::Scale(_) => "scale",
            Self::Options(_) => "options",
            Self::CodeList(_) => "list",
        }
    }

    /// What is wrong with the options.
    pub(super) fn faults(&self, definition: &Definition<'_>, at: &str) -> Vec<Fault> {
        let Self::Options(options) = self else {
            return Vec::new();
        };
        let at = pointer(at, "options");
        let mut faults = Vec::new();
        if options.len() < 2 {
            faults.push(fault::TOO_FEW_OPTIONS.at(at.as_str()));
        }
        if options.len() > MAX_OPTIONS {
            let fault = fault::TOO_MANY_OPTIONS.at(at.as_str());
            return vec![fault.arg("max", MAX_OPTIONS)];
        }
        let mut values = BTreeSet::new();
        for (index, option) in options.iter().enumerate() {
            let at = pointer(&at, index);
            let value =
                |kind: FaultCode| kind.at(pointer(&at, "value")).arg("value", &option.value);
            if !is_option_value(&option.value) {
                faults.push(value(fault::BAD_OPTION_VALUE));
            } else if option.detail.is_some() && !is_part_code(&option.value) {
                // Its words have an address, which rules must be able to name.
                let bad = fault::BAD_PART_CODE.at(pointer(&at, "value"));
                faults.push(bad.arg("code", &option.value));
            }
            if !values.insert(&option.value) {
                faults.push(value(fault::DUPLICATE_OPTION));
            }
            faults.extend(definition.texts(&option.label, &pointer(&at, "label")));
        }
        faults
    }
}

fn is_option_value(value: &str) -> bool {
    let allowed = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-')
    };
    fault::is_code(value, 1..=40, allowed)
        && value.starts_with(|first: char| first.is_ascii_lowercase())
}
