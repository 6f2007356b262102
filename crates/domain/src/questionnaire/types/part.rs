//! A part of a group or of a list's entries: like a question, with a code of its own within.

use std::collections::BTreeSet;
use std::ops::Deref;

use serde::Serialize;
use serde_json::Value;

use super::{CompoundType, FieldType, LegalReference, Note, QuestionType, TypeCode, type_changed};
use crate::fault::{self, Fault, pointer};
use crate::phrase::expected;
use crate::questionnaire::Asked;
use crate::questionnaire::code_list::CodeLists;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{MAX_PARTS, is_part_code};

/// A part of a group or of a list's entries.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// `title`: unique within its question, `[a-z][a-z0-9_]{0,39}`, and no word that rules reserve.
    pub code: String,
    /// What people read of it, and under which conditions it is asked.
    #[serde(flatten)]
    pub asked: Asked,
    /// What kind of answer it takes.
    #[serde(flatten)]
    pub kind: PartType,
}

impl Deref for Part {
    type Target = Asked;

    fn deref(&self) -> &Asked {
        &self.asked
    }
}

/// What a part can be.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum PartType {
    /// A field.
    Field(FieldType),
    /// The fields of a legal reference, or words.
    Compound(PartCompound),
}

/// What a part can be that is no single field.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum PartCompound {
    /// A legal reference.
    LegalReference(LegalReference),
    /// Words.
    Note(Note),
}

impl PartType {
    /// The field that it is, where it is one.
    pub const fn field(&self) -> Option<&FieldType> {
        match self {
            Self::Field(field) => Some(field),
            Self::Compound(_) => None,
        }
    }

    /// The parts of a part that is a legal reference.
    pub fn parts(&self) -> &'static [Part] {
        match self {
            Self::Compound(PartCompound::LegalReference(reference)) => reference.parts(),
            Self::Compound(PartCompound::Note(_)) | Self::Field(_) => &[],
        }
    }

    fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        let changed = || vec![type_changed(self.code(), corrected.code(), at)];
        match (self, corrected) {
            (Self::Field(was), Self::Field(is)) => was.contradictions(is, at),
            (Self::Compound(was), Self::Compound(is)) => match (was, is) {
                (PartCompound::LegalReference(was), PartCompound::LegalReference(is)) => {
                    was.contradictions(is, at)
                }
                (PartCompound::Note(was), PartCompound::Note(is)) => was.contradictions(is, at),
                (PartCompound::LegalReference(_), PartCompound::Note(_))
                | (PartCompound::Note(_), PartCompound::LegalReference(_)) => changed(),
            },
            (Self::Field(_), Self::Compound(_)) | (Self::Compound(_), Self::Field(_)) => changed(),
        }
    }

    const fn code(&self) -> TypeCode {
        match self {
            Self::Field(field) => field.code(),
            Self::Compound(PartCompound::LegalReference(_)) => TypeCode::LegalReference,
            Self::Compound(PartCompound::Note(_)) => TypeCode::Note,
        }
    }

    fn of(kind: QuestionType, at: &str) -> Result<Self, Fault> {
        match kind {
            QuestionType::Field(field) => Ok(Self::Field(field)),
            QuestionType::Compound(CompoundType::LegalReference(reference)) => {
                Ok(Self::Compound(PartCompound::LegalReference(reference)))
            }
            QuestionType::Compound(CompoundType::Note(note)) => {
                Ok(Self::Compound(PartCompound::Note(note)))
            }
            QuestionType::Compound(
                CompoundType::Table(_) | CompoundType::Group(_) | CompoundType::List(_),
            ) => Err(not_inside(kind.code(), at)),
        }
    }
}

/// The fault of a type that cannot stand inside a table, a group or a list.
pub(super) fn not_inside(code: TypeCode, at: &str) -> Fault {
    fault::TYPE_NOT_INSIDE
        .at(pointer(at, "type"))
        .arg("type", code)
}

pub(super) fn part(json: &Value, at: &str, lists: &CodeLists) -> Result<Part, Vec<Fault>> {
    let mut reader = ObjectReader::from_json(json, at, lists)?;
    let code = reader.required("code", expected::TEXT);
    let asked = Asked::read(&mut reader);
    let kind = QuestionType::of_member(&mut reader).and_then(|kind| {
        let kind = PartType::of(kind, at);
        kind.map_err(|fault| reader.faults.push(fault)).ok()
    });
    let part = code.zip(asked).zip(kind);
    reader.finish(part.map(|((code, asked), kind)| Part { code, asked, kind }))
}

/// What is wrong with parts.
pub(super) fn part_faults(parts: &[Part], definition: &Definition<'_>, at: &str) -> Vec<Fault> {
    let at = pointer(at, "parts");
    if parts.is_empty() {
        return vec![fault::NO_PART.at(at)];
    }
    if parts.len() > MAX_PARTS {
        return vec![fault::TOO_MANY_PARTS.at(at).arg("max", MAX_PARTS)];
    }
    let mut faults = code_faults(parts.iter().map(|part| part.code.as_str()), &at);
    for (index, part) in parts.iter().enumerate() {
        let at = pointer(&at, index);
        faults.extend(part.asked.faults(definition, &at));
        if let PartType::Field(field) = &part.kind {
            faults.extend(field.faults(definition, &at));
        }
    }
    faults
}

/// What an answer already given could contradict in the parts of a corrected revision: all that there were are still there, and
/// of their types. Others may be added, and their order is free. Their conditions are looked at field by field.
pub(super) fn part_contradictions(was: &[Part], corrected: &[Part], at: &str) -> Vec<Fault> {
    let at = pointer(at, "parts");
    let mut faults = Vec::new();
    for part in was {
        let now = corrected.iter().enumerate();
        match now.clone().find(|(_, now)| now.code == part.code) {
            None => faults.push(
                fault::CORRECTION_TAKES_AWAY
                    .at(at.as_str())
                    .arg("code", &part.code),
            ),
            Some((index, now)) => {
                faults.extend(part.kind.contradictions(&now.kind, &pointer(&at, index)));
            }
        }
    }
    faults
}

/// What is wrong with the codes of rows, columns or parts, whose place is given.
pub(super) fn code_faults<'a>(codes: impl Iterator<Item = &'a str>, at: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, code) in codes.enumerate() {
        let at = pointer(&pointer(at, index), "code");
        if !is_part_code(code) {
            faults.push(fault::BAD_PART_CODE.at(&at).arg("code", code));
        }
        if !seen.insert(code) {
            faults.push(fault::DUPLICATE_PART.at(at).arg("code", code));
        }
    }
    faults
}
