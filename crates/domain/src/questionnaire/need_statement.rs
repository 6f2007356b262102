//! Needs that a questionnaire's rows, entries and groups state: from which of their parts what is said of a need comes.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::code_list::CodeLists;
use super::object_reader::ObjectReader;
use super::reading::rule;
use crate::Fault;
use crate::phrase::expected;

mod checks;

pub use checks::KnownCodes;
pub(super) use checks::need_faults;

/// What stands for the code of a row, where a need follows from that.
pub(super) const ROW: &str = "row";

/// How each row of a table, each entry of a list, or a group states a need for technical assistance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NeedStatement {
    /// When it states one: a rule. Without it, where the part that gives the type is answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// The code of its type.
    #[serde(rename = "type")]
    pub kind: NeedSource,
    /// The code of the category that it is about. Without one, that of the standard; without either, the instrument's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<NeedSource>,
    /// The code of the standard that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard: Option<NeedSource>,
    /// How soon help is needed.
    pub urgency: NeedSource,
    /// The part that holds the need in the State's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// Where a code comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum NeedSource {
    /// It is the same for all.
    Fixed(String),
    /// It is what was chosen.
    Part(NeedPart),
}

/// A code that is what was chosen, or follows from the row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NeedPart {
    /// The code of a part or a column with one choice; `row`: the row itself.
    pub of: String,
    /// What stands for each option, or each row. What is not here stands for itself.
    #[serde(rename = "as", skip_serializing_if = "BTreeMap::is_empty")]
    pub codes: BTreeMap<String, String>,
    /// What it is where nothing is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<String>,
}

impl NeedPart {
    /// What stands for an option, or for a row.
    pub fn code_of<'a>(&'a self, option: &'a str) -> &'a str {
        self.codes.get(option).map_or(option, String::as_str)
    }
}

/// Reads how needs are stated, where they are. Faults are noted with the reader.
pub(super) fn need_statement(reader: &mut ObjectReader<'_>) -> Option<Box<NeedStatement>> {
    reader.inner_if_any("need", statement).map(Box::new)
}

fn statement(json: &Value, at: &str, lists: &CodeLists) -> Result<NeedStatement, Vec<Fault>> {
    let mut reader = ObjectReader::from_json(json, at, lists)?;
    let when = rule(&mut reader, "when");
    let kind = required_source(&mut reader, "type");
    let category = source(&mut reader, "category");
    let standard = source(&mut reader, "standard");
    let urgency = required_source(&mut reader, "urgency");
    let remark = reader.optional("remark", expected::TEXT);
    reader.finish(kind.zip(urgency).map(|(kind, urgency)| NeedStatement {
        when,
        kind,
        category,
        standard,
        urgency,
        remark,
    }))
}

fn required_source(reader: &mut ObjectReader<'_>, member: &'static str) -> Option<NeedSource> {
    let json: Value = reader.required(member, expected::CODE_OR_PART)?;
    source_of(&json, reader, member)
}

fn source(reader: &mut ObjectReader<'_>, member: &'static str) -> Option<NeedSource> {
    let json: Value = reader.optional(member, expected::CODE_OR_PART)?;
    source_of(&json, reader, member)
}

fn source_of(json: &Value, reader: &mut ObjectReader<'_>, member: &str) -> Option<NeedSource> {
    let at = reader.at(member);
    let read = match json {
        Value::String(code) => Ok(NeedSource::Fixed(code.clone())),
        Value::Object(_) => part(json, &at, reader).map(NeedSource::Part),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            let wrong = crate::fault::WRONG_JSON_TYPE.at(at);
            Err(vec![wrong.words("expected", expected::CODE_OR_PART)])
        }
    };
    match read {
        Ok(read) => Some(read),
        Err(faults) => {
            reader.faults.extend(faults);
            None
        }
    }
}

fn part(json: &Value, at: &str, around: &ObjectReader<'_>) -> Result<NeedPart, Vec<Fault>> {
    let mut reader = ObjectReader::from_json(json, at, around.lists())?;
    let of = reader.required("of", expected::TEXT);
    let codes = reader.optional("as", expected::OBJECT_OF_CODES);
    let otherwise = reader.optional("otherwise", expected::TEXT);
    reader.finish(of.map(|of| NeedPart {
        of,
        codes: codes.unwrap_or_default(),
        otherwise,
    }))
}
