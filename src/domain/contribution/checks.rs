//! What is said of a contribution must be so.

use jiff::civil::Date;

use super::super::fault::{self, Fault};
use super::super::party::PartyKind;
use super::super::words;
use super::{Context, ContributionPledged, Event, Form, Pledge, Recipient, Refusal, WORDS_CHARS};

/// The event, unless there are faults.
pub(super) fn decided(faults: Vec<Fault>, event: impl Into<Event>) -> Result<Vec<Event>, Refusal> {
    fault::none(faults).map_err(Refusal::ContributionFaulty)?;
    Ok(vec![event.into()])
}

pub(super) fn pledged(pledge: Pledge, context: &Context) -> Result<Vec<Event>, Refusal> {
    let Pledge {
        from,
        to,
        what,
        earmarked,
        on,
        today,
    } = pledge;
    let mut faults = Vec::new();
    if context.giver.is_none() {
        faults.push(fault::NO_SUCH_PARTY.at("/from").arg("party", from));
    }
    faults.extend(recipient(to, context));
    match &what {
        Form::Money(money) => faults.extend(money.faults(&context.currencies, "/what/money")),
        Form::Staff(staff) => {
            let at = "/what/staff/person_months";
            faults.extend(fault::positive(&staff.person_months, at));
        }
        Form::InKind(_) => {}
    }
    let earmark = earmarked.as_ref();
    faults.extend(earmark.and_then(|said| words::fault(said, "/earmarked", WORDS_CHARS)));
    faults.extend((on > today).then(|| fault::DAY_IN_THE_FUTURE.at("/on")));
    let pledged = ContributionPledged {
        from,
        from_kind: context.giver.unwrap_or(PartyKind::Secretariat),
        to,
        what,
        earmarked,
        on,
    };
    decided(faults, pledged)
}

fn recipient(to: Recipient, context: &Context) -> Option<Fault> {
    let (at, id) = match to {
        Recipient::Office(_) => return None,
        Recipient::Meeting(id) => ("/to/meeting", id.0),
        Recipient::Project(id) => ("/to/project", id.0),
    };
    match context.recipient {
        None => Some(fault::NOT_THERE.at(at).arg("id", id)),
        Some(false) => Some(fault::TAKES_NO_CONTRIBUTIONS.at(at)),
        Some(true) => None,
    }
}

/// A day not before the one that it follows, and not still to come.
pub(super) fn later(on: Date, after: Date, today: Date) -> Vec<Fault> {
    let early = (on < after).then(|| fault::BEFORE_WHAT_IT_FOLLOWS.at("/on").arg("day", after));
    let future = (on > today).then(|| fault::DAY_IN_THE_FUTURE.at("/on"));
    early.into_iter().chain(future).collect()
}
