//! What of a reply its party consents to have published. It may change its mind at any time, after the close too.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::super::collection::Collection;
use super::super::fault::{self, pointer};
use super::super::questionnaire::{JsonTrue, Questionnaire};
use super::{
    Context, Event, PublicationDecided, Refusal, Reply, ReplyCapacity, Source, Standing, source,
};

/// What a party consents to have published of its reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Every section: `{"all": true}`.
    All(JsonTrue),
    /// These, by code: `{"sections": ["A", "D"]}`.
    Sections(BTreeSet<String>),
}

impl Consent {
    /// What both consent to.
    pub fn and(self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::All(_), other) => Some(other.clone()),
            (this, Self::All(_)) => Some(this),
            (Self::Sections(mut sections), Self::Sections(others)) => {
                sections.retain(|section| others.contains(section));
                (!sections.is_empty()).then_some(Self::Sections(sections))
            }
        }
    }

    /// Whether it takes something back of another, and adds nothing.
    fn narrows(&self, other: &Self) -> bool {
        match (self, other) {
            (_, Self::All(_)) => true,
            (Self::All(_), Self::Sections(_)) => false,
            (Self::Sections(sections), Self::Sections(others)) => sections.is_subset(others),
        }
    }

    /// Whether the section with this code may be published.
    pub fn covers(&self, section: &str) -> bool {
        match self {
            Self::All(_) => true,
            Self::Sections(sections) => sections.contains(section),
        }
    }
}

/// How often consent may be given for a reply within [`HOURS`], so that nobody makes the log grow with it.
pub const CONSENTS: usize = 10;
const HOURS: i64 = 24;

/// Since when consents count, of which no more than [`CONSENTS`] may be given.
pub fn consents_count_since(now: Timestamp) -> Timestamp {
    now.saturating_sub(jiff::SignedDuration::from_hours(HOURS))
        .unwrap_or(Timestamp::MIN)
}

/// Refuses consent that is given too often. What is withdrawn, wholly or in part, is never refused.
fn seldom(
    reply: &Reply,
    given: Option<&Vec<Timestamp>>,
    publication: Option<&Consent>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let withdraws = publication.is_none_or(|publication| {
        let before = reply.publication.as_ref();
        before.is_some_and(|before| publication.narrows(before))
    });
    if withdraws {
        return Ok(());
    }
    let given = given.ok_or(Refusal::ConsentChangedTooOften(Vec::new()))?;
    let since = consents_count_since(now);
    let mut counted = given.iter().filter(|time| **time > since);
    match counted.nth(CONSENTS - 1) {
        Some(first) => {
            let again = first.saturating_add(jiff::SignedDuration::from_hours(HOURS));
            let fault = fault::CONSENT_GIVEN_TOO_OFTEN.at("/publication");
            let fault = fault.arg("given", CONSENTS).arg("hours", HOURS);
            let fault = fault.arg("from", again.unwrap_or(Timestamp::MAX));
            Err(Refusal::ConsentChangedTooOften(vec![fault]))
        }
        None => Ok(()),
    }
}

/// Consent as it is recorded: to no section is to nothing.
pub(super) fn checked_consent(
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
        // A set's members have no place in it: each is named by itself.
        let fault = fault::NO_SUCH_SECTION.at(pointer("/publication/sections", code));
        fault.arg("code", code)
    });
    fault::none(faults.collect()).map_err(Refusal::UnknownSection)?;
    Ok(if sections.is_empty() { None } else { consent })
}

/// The party changes its mind: it says so itself, or the Secretariat records that, and in what it said so.
pub(super) fn decide(
    reply: &Reply,
    context: &Context,
    collection: &Collection,
    consent: Option<Consent>,
    (given, now): (Option<Source>, Timestamp),
) -> Result<Vec<Event>, Refusal> {
    match reply.standing {
        Standing::Draft => return Err(Refusal::ReplyNotSubmitted),
        Standing::Withdrawn => return Err(Refusal::ReplyWithdrawn),
        Standing::Submitted | Standing::Accepted => {}
    }
    let source = match context.hand {
        ReplyCapacity::Secretariat => Some(source::checked_source(given, collection, now)?),
        ReplyCapacity::FocalPoint(_) | ReplyCapacity::Contributor(_) if given.is_some() => {
            return Err(Refusal::OnlySecretariat);
        }
        ReplyCapacity::FocalPoint(_) | ReplyCapacity::Contributor(_) => None,
    };
    let publication = checked_consent(consent, &context.form)?;
    if publication == reply.publication {
        return Ok(Vec::new());
    }
    seldom(
        reply,
        context.consents_given.as_ref(),
        publication.as_ref(),
        now,
    )?;
    let decided = PublicationDecided {
        publication,
        source,
    };
    Ok(vec![decided.into()])
}
