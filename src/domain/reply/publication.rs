//! What of a reply its party consents to have published. It may change its mind at any time, after the close too.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::super::fault;
use super::super::questionnaire::{Questionnaire, True};
use super::{Event, PublicationDecided, Refusal, Reply, Standing};

/// What a party consents to have published of its reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Every section: `{"all": true}`.
    All(True),
    /// These, by code: `{"sections": ["A", "D"]}`.
    Sections(BTreeSet<String>),
}

impl Consent {
    /// Whether the section with this code may be published.
    pub fn covers(&self, section: &str) -> bool {
        match self {
            Self::All(_) => true,
            Self::Sections(sections) => sections.contains(section),
        }
    }
}

/// Consent as it is recorded: to no section is to nothing.
pub(super) fn sound(
    consent: Option<Consent>,
    questionnaire: &Questionnaire,
) -> Result<Option<Consent>, Refusal> {
    let Some(Consent::Sections(sections)) = &consent else {
        return Ok(consent);
    };
    let known = |code: &String| {
        let mut known = questionnaire.sections.iter();
        known.any(|section| section.code == *code)
    };
    let unknown = sections.iter().filter(|code| !known(code));
    let faults = unknown.map(|code| {
        let fault = fault::NO_SUCH_SECTION.at("/publication/sections");
        fault.arg("code", code)
    });
    fault::none(faults.collect()).map_err(Refusal::UnknownSection)?;
    Ok(if sections.is_empty() { None } else { consent })
}

/// The party changes its mind.
pub(super) fn decide(
    reply: &Reply,
    questionnaire: &Questionnaire,
    consent: Option<Consent>,
) -> Result<Vec<Event>, Refusal> {
    match reply.standing {
        Standing::Draft => return Err(Refusal::ReplyNotSubmitted),
        Standing::Withdrawn => return Err(Refusal::ReplyWithdrawn),
        Standing::Submitted | Standing::Accepted => {}
    }
    let publication = sound(consent, questionnaire)?;
    if publication == reply.publication {
        return Ok(Vec::new());
    }
    Ok(vec![PublicationDecided { publication }.into()])
}
