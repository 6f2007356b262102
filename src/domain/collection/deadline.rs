//! Deadlines: each party's own, their extension, and what is late.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::super::PartyId;
use super::super::fault::{self, Fault, pointer};
use super::super::words::{self, Words};
use super::{Collection, Deadline, DeadlineExtended, Event, REASON_CHARS, Refusal, checks};

/// When something was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// At an instant: it came through the system.
    At(Timestamp),
    /// On a day: it came on paper.
    On(Date),
}

impl Deadline {
    /// The day of an instant, where the deadline is read.
    pub fn day_of(&self, instant: Timestamp) -> Date {
        let zone = checks::named_zone(&self.time_zone).unwrap_or(TimeZone::UTC);
        zone.to_datetime(instant).date()
    }

    /// Whether what was received then is late. Paper that came on the deadline's day came in time.
    pub fn is_over(&self, received: Received) -> bool {
        match received {
            Received::At(instant) => instant > self.at,
            Received::On(day) => day > self.day_of(self.at),
        }
    }
}

impl Collection {
    /// The deadline that holds for a party: the latest that it was given.
    pub fn deadline_of(&self, party: PartyId) -> &Deadline {
        match self.own_deadlines.get(&party) {
            Some(own) if own.at > self.deadline.at => own,
            _ => &self.deadline,
        }
    }
}

pub(super) fn extend(
    collection: &Collection,
    deadline: Deadline,
    parties: Option<Vec<PartyId>>,
    reason: Words,
) -> Result<Vec<Event>, Refusal> {
    let mut faults: Vec<Fault> = words::fault(&reason, "/reason", REASON_CHARS)
        .into_iter()
        .collect();
    if checks::named_zone(&deadline.time_zone).is_none() {
        let fault = fault::UNKNOWN_TIME_ZONE.at("/deadline/time_zone");
        faults.push(fault.arg("time_zone", &deadline.time_zone));
    }
    let too_early = |than: &Deadline, at: String| {
        let held = (deadline.at <= than.at).then_some(than.at);
        held.map(|held| fault::DEADLINE_NOT_LATER.at(at).arg("deadline", held))
    };
    match &parties {
        None => faults.extend(too_early(&collection.deadline, "/deadline/at".to_owned())),
        Some(parties) => {
            if parties.is_empty() {
                faults.push(fault::BLANK.at("/parties"));
            }
            let mut seen = BTreeSet::new();
            for (index, party) in parties.iter().enumerate() {
                let at = pointer("/parties", index);
                if !seen.insert(party) {
                    faults.push(fault::PARTY_LISTED_TWICE.at(at).arg("party", party));
                } else if collection.invited.contains_key(party) {
                    faults.extend(too_early(collection.deadline_of(*party), at));
                }
            }
            faults.extend(checks::not_invited(collection, parties));
        }
    }
    fault::none(faults).map_err(Refusal::CollectionFaulty)?;
    Ok(vec![
        DeadlineExtended {
            deadline,
            parties,
            reason,
        }
        .into(),
    ])
}
