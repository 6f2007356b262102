//! What is said of a contribution must be so.

use super::super::fault::{self, Fault};
use super::super::money;
use super::super::words::{self, Words};
use super::{
    Context, Contribution, ContributionCorrected, ContributionPledged, Event, Form, Pledge,
    Recipient, Refusal, WORDS_CHARS,
};

/// The event, unless there are faults.
pub(super) fn unless_faulty(
    faults: Vec<Fault>,
    event: impl Into<Event>,
) -> Result<Vec<Event>, Refusal> {
    fault::none(faults).map_err(Refusal::ContributionFaulty)?;
    Ok(vec![event.into()])
}

/// What is pledged, or what is wrong with it. What was recorded of it before (`held`) was good then, and stays so.
pub(super) fn pledged(
    pledge: Pledge,
    held: Option<&ContributionPledged>,
    context: &Context,
) -> Result<ContributionPledged, Vec<Fault>> {
    let Pledge {
        from,
        to,
        what,
        earmarked,
        on,
        today,
    } = pledge;
    let mut faults = Vec::new();
    let known = held.filter(|held| held.from == from);
    let from_kind = known.map(|held| held.from_kind).or(context.giver);
    if from_kind.is_none() {
        faults.push(fault::NO_SUCH_PARTY.at("/from"));
    }
    if held.is_none_or(|held| held.to != to) {
        faults.extend(recipient(to, context));
    }
    match &what {
        Form::Money(money) => faults.extend(money.faults(&context.currencies, "/what/money")),
        Form::Staff(staff) => {
            let at = "/what/staff/person_months";
            faults.extend(money::positive(&staff.person_months, at));
        }
        Form::InKind(_) => {}
    }
    let earmark = earmarked.as_ref();
    faults.extend(earmark.and_then(|said| words::fault(said, "/earmarked", WORDS_CHARS)));
    faults.extend(fault::of_day(on, today, "/on"));
    match from_kind {
        Some(from_kind) if faults.is_empty() => Ok(ContributionPledged {
            from,
            from_kind,
            to,
            what,
            earmarked,
            on,
        }),
        _ => Err(faults),
    }
}

/// What should have been recorded: something else than was, and not pledged after it came.
pub(super) fn corrected(
    contribution: &Contribution,
    pledge: Pledge,
    reason: Words,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    let held = &contribution.pledged;
    let pledge = Pledge {
        earmarked: pledge.earmarked.or_else(|| held.earmarked.clone()),
        ..pledge
    };
    let mut faults: Vec<_> = words::fault(&reason, "/reason", WORDS_CHARS)
        .into_iter()
        .collect();
    if let Some(ended_on) = contribution
        .ended_on
        .filter(|ended_on| pledge.on > *ended_on)
    {
        let late = fault::AFTER_WHAT_FOLLOWS.at("/on");
        faults.push(late.arg("day", ended_on));
    }
    match pledged(pledge, Some(held), context) {
        Ok(pledged) => {
            if pledged == *held {
                faults.push(fault::CORRECTS_NOTHING.at(""));
            }
            unless_faulty(faults, ContributionCorrected { pledged, reason })
        }
        Err(more) => {
            faults.extend(more);
            Err(Refusal::ContributionFaulty(faults))
        }
    }
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
