//! Under which conditions something is asked, and what else than a value answers it.

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::code_list::CodeLists;
use super::definition::Definition;
use super::object_reader::ObjectReader;
use super::reading::rule;
use crate::Texts;
use crate::fault::{self, Codes, Fault, pointer};
use crate::phrase::expected;

/// Under which conditions a question, a part or a column is asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Conditions {
    /// When it is asked: a rule. Without one it always is; where the rule is not known it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relevant: Option<String>,
    /// Whether a reply without an answer to it cannot be submitted.
    pub required: Requirement,
    /// What it is answered with when a reply begins: a rule, which sees the last round. Whoever answers may change it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initial: Option<String>,
    /// The ways in which an answer may be missing; not available, where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Vec<MissingKind>>,
    /// What may be said of a value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
    /// Whether it is about a person: in no figure, no data set and no publication.
    #[serde(skip_serializing_if = "is_false")]
    pub personal: bool,
    /// What must hold of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CheckRule>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_false(value: &bool) -> bool {
    !*value
}

code_enum! {
    /// Why there is no answer, which is an answer and not a blank.
    pub enum MissingKind {
        /// The party has no such information.
        NotAvailable = "not_available",
        /// There is no such thing in the party.
        NotApplicable = "not_applicable",
        /// The party does not collect it.
        NotCollected = "not_collected",
        /// The party has it and does not give it.
        Confidential = "confidential",
    }
}

code_enum! {
    /// What is said of a figure.
    pub enum Flag as "AnswerFlag" {
        /// It may still change.
        Provisional = "provisional",
        /// It is estimated.
        Estimated = "estimated",
    }
}

impl MissingKind {
    /// What rules take it for.
    pub(super) const fn for_rules(self) -> rules::Missing {
        match self {
            Self::NotAvailable => rules::Missing::NotAvailable,
            Self::NotApplicable => rules::Missing::NotApplicable,
            Self::NotCollected => rules::Missing::NotCollected,
            Self::Confidential => rules::Missing::Confidential,
        }
    }
}

/// The ways of being missing of whatever says nothing of them.
pub(super) const USUAL_MISSING: &[MissingKind] = &[MissingKind::NotAvailable];

/// Whether something must be answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Requirement {
    /// It need not be.
    #[default]
    Never,
    /// It must be.
    Always,
    /// It must be where a rule holds.
    If(String),
}

impl Requirement {
    /// Its rule.
    pub fn rule(&self) -> Option<&str> {
        match self {
            Self::Never | Self::Always => None,
            Self::If(rule) => Some(rule),
        }
    }
}

impl Serialize for Requirement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Never => serializer.serialize_bool(false),
            Self::Always => serializer.serialize_bool(true),
            Self::If(rule) => serializer.serialize_str(rule),
        }
    }
}

/// What must hold of answers, and what becomes of a reply of which it does not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckRule {
    /// `adds_up`: unique in the questionnaire, `[a-z][a-z0-9_]{0,39}`.
    pub code: String,
    /// What becomes of the reply.
    pub kind: CheckKind,
    /// What must hold: a rule. What is not known passes.
    pub rule: String,
    /// What whoever answers is told.
    pub text: Texts,
}

code_enum! {
    /// What becomes of a reply of which a check does not hold.
    pub enum CheckKind {
        /// It cannot be submitted.
        Refuse = "refuse",
        /// It cannot be submitted without an explanation.
        Explain = "explain",
    }
}

impl Conditions {
    /// Reads the conditions among the members of what they are of.
    pub(super) fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        let missing = reader.optional(
            "missing",
            expected::LIST_OF_CODES.codes(MissingKind::CODES.iter().copied()),
        );
        let flags = reader.optional(
            "flags",
            expected::LIST_OF_CODES.codes(Flag::CODES.iter().copied()),
        );
        Some(Self {
            relevant: rule(reader, "relevant"),
            required: requirement(reader),
            initial: rule(reader, "initial"),
            missing,
            flags: flags.unwrap_or_default(),
            personal: reader
                .optional("personal", expected::BOOLEAN)
                .unwrap_or_default(),
            checks: reader.each_if_any("checks", check_rule)?,
        })
    }

    /// What is wrong with them but the rules, which are looked at together.
    pub(super) fn faults(&self, definition: &Definition<'_>, at: &str) -> Vec<Fault> {
        check_faults(&self.checks, definition, &pointer(at, "checks"))
    }
}

/// `true`, `false`, or the rule by which it is.
pub(super) fn requirement(reader: &mut ObjectReader<'_>) -> Requirement {
    match reader.optional("required", expected::BOOLEAN_OR_RULE) {
        None | Some(Value::Bool(false)) => Requirement::Never,
        Some(Value::Bool(true)) => Requirement::Always,
        Some(Value::String(rule)) => Requirement::If(rule),
        Some(_) => {
            let fault = fault::WRONG_JSON_TYPE.at(reader.at("required"));
            let fault = fault.words("expected", expected::BOOLEAN_OR_RULE);
            reader.faults.push(fault);
            Requirement::Never
        }
    }
}

pub(super) fn check_rule(
    json: &Value,
    at: &str,
    lists: &CodeLists,
) -> Result<CheckRule, Vec<Fault>> {
    let mut reader = ObjectReader::from_json(json, at, lists)?;
    let code = reader.required("code", expected::TEXT);
    let kinds = expected::ONE_OF.codes(CheckKind::CODES.iter().copied());
    let kind = reader.required("kind", kinds);
    let rule = reader.required("rule", expected::RULE);
    let text = reader.required("text", expected::TEXTS);
    let check = code.zip(kind).zip(rule).zip(text);
    reader.finish(check.map(|(((code, kind), rule), text)| CheckRule {
        code,
        kind,
        rule,
        text,
    }))
}

/// What is wrong with checks but their rules, and that a code is another's.
pub(super) fn check_faults(
    checks: &[CheckRule],
    definition: &Definition<'_>,
    at: &str,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (index, check) in checks.iter().enumerate() {
        let at = pointer(at, index);
        if !super::is_part_code(&check.code) {
            let fault = fault::BAD_CHECK_CODE.at(pointer(&at, "code"));
            faults.push(fault.arg("code", &check.code));
        }
        faults.extend(definition.texts(&check.text, &pointer(&at, "text")));
    }
    faults
}
