//! Deadlines: each party's own, their extension, and what is late.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::super::PartyId;
use super::super::decider::one;
use super::super::fault::{self, Fault, pointer};
use super::super::times::{MICROSECOND, Moment, SECOND, named_zone, zone_fault};
use super::super::words::{self, Words};
use super::{Collection, Deadline, DeadlineExtended, Event, REASON_CHARS, Refusal, checks};

/// When something was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptTime {
    /// At an instant: it came through the system.
    At(Timestamp),
    /// On a day: it came on paper.
    On(Date),
}

impl Deadline {
    /// The day of an instant, where the deadline is read.
    pub fn day_of(&self, instant: Timestamp) -> Date {
        self.zone().to_datetime(instant).date()
    }

    /// Reads a deadline. A day is kept as its last second, by which [`Self::last_moment`] knows it.
    ///
    /// # Errors
    /// `None` for what is no time; the fault of a zone that there is not, or of a time that its clocks do not show once.
    /// Pointers are below `at`.
    pub fn read(given: &str, time_zone: &str, at: &str) -> Result<Self, Option<Fault>> {
        let zone = named_zone(time_zone).ok_or_else(|| Some(zone_fault(time_zone, at)))?;
        let moment = Moment::read(given).ok_or(None)?;
        let instant = moment.last(&zone, SECOND, &pointer(at, "at"));
        Ok(Self {
            at: instant.map_err(Some)?,
            time_zone: time_zone.to_owned(),
        })
    }

    /// The last moment, to the microsecond, that is in time. A deadline at the last second of a day is that of the whole day,
    /// however it was given and whenever it was stored: the day ends where the next begins.
    pub fn last_moment(&self) -> Timestamp {
        let zone = self.zone();
        let next = self.at.checked_add(SECOND).unwrap_or(self.at);
        let is_last = zone.to_datetime(next).date() > zone.to_datetime(self.at).date();
        if is_last && self.at.subsec_nanosecond() == 0 {
            next.checked_sub(MICROSECOND).unwrap_or(self.at)
        } else {
            self.at
        }
    }

    /// For people, as the clocks of its zone show it: `2011-06-30, 23:59 (Europe/Vienna)`.
    pub fn local_text(&self) -> String {
        let zone = &self.time_zone;
        self.at.in_tz(zone).map_or_else(
            |_| self.at.to_string(),
            |due| format!("{} ({zone})", due.strftime("%Y-%m-%d, %H:%M")),
        )
    }

    fn zone(&self) -> TimeZone {
        named_zone(&self.time_zone).unwrap_or(TimeZone::UTC)
    }

    /// Whether what was received then is late. Paper that came on the deadline's day came in time.
    pub fn is_over(&self, received: ReceiptTime) -> bool {
        match received {
            ReceiptTime::At(instant) => instant > self.last_moment(),
            ReceiptTime::On(day) => day > self.day_of(self.at),
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
    if named_zone(&deadline.time_zone).is_none() {
        faults.push(zone_fault(&deadline.time_zone, "/deadline"));
    }
    let too_early = |than: &Deadline, at: String| {
        let held = (deadline.at <= than.at).then_some(than.at);
        held.map(|held| fault::DEADLINE_NOT_LATER.at(at).arg("deadline", held))
    };
    match &parties {
        None => faults.extend(too_early(&collection.deadline, "/deadline/at".to_owned())),
        Some(parties) => {
            if parties.is_empty() {
                faults.push(fault::LIST_EMPTY.at("/parties"));
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
    Ok(one(DeadlineExtended {
        deadline,
        parties,
        reason,
    }))
}
