//! Amendments of what was submitted, and its withdrawal.

use jiff::Timestamp;

use super::super::collection::{self, Collection};
use super::super::questionnaire::Answer;
use super::super::words::Words;
use super::snapshot::ReplySnapshot;
use super::{
    AmendmentBegun, AmendmentDiscarded, Context, Event, Refusal, Reply, ReplyCapacity,
    ReplyWithdrawn, Source, Standing, review, saving, source, state,
};

pub(super) fn begin(
    reply: &Reply,
    context: &Context,
    collection: &Collection,
    given: Option<Source>,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let is_closed = collection.status == collection::Status::Closed;
    let by_secretariat = context.hand == ReplyCapacity::Secretariat;
    // The Secretariat may take the pen wherever its party holds it, and name another source while it holds it itself.
    match reply.standing {
        _ if by_secretariat => {}
        _ if is_closed => return Err(Refusal::CollectionClosed),
        // Its party can change both as they are.
        Standing::Draft => return Err(Refusal::ReplyNotSubmitted),
        Standing::Withdrawn => return Err(Refusal::ReplyWithdrawn),
        _ if reply.is_amended => return Err(Refusal::AmendmentOpen),
        Standing::Submitted | Standing::Accepted => {}
    }
    let (source, begun_by) = match context.hand {
        ReplyCapacity::Secretariat => (Some(source::checked_source(given, collection, now)?), None),
        ReplyCapacity::FocalPoint(_) | ReplyCapacity::Contributor(_) if given.is_some() => {
            return Err(Refusal::OnlySecretariat);
        }
        ReplyCapacity::FocalPoint(person) | ReplyCapacity::Contributor(person) => {
            (None, Some(person).filter(|_| reply.begun_by.is_none()))
        }
    };
    let is_open = reply.is_amended || reply.standing == Standing::Draft;
    if is_open && source == reply.source {
        return Ok(Vec::new());
    }
    let is_taken = source.is_some() != reply.source.is_some();
    let set_aside = if is_taken {
        context.drafts(reply)?
    } else {
        Vec::new()
    };
    let begun = AmendmentBegun {
        source,
        begun_by,
        set_aside,
    };
    let begun = Event::from(begun);
    let given_again = match state::evolve(Some(reply.clone()), &begun) {
        Some(begun) if is_taken => given_again(reply, &begun.base()),
        _ => Vec::new(),
    };
    Ok([vec![begun], given_again].concat())
}

pub(super) fn discard(reply: &Reply, context: &Context) -> Result<Vec<Event>, Refusal> {
    let is_entered = reply.standing == Standing::Draft && reply.source.is_some();
    if !reply.is_amended && !is_entered {
        return Err(Refusal::NoAmendment);
    }
    discarded(reply, context)
}

fn discarded(reply: &Reply, context: &Context) -> Result<Vec<Event>, Refusal> {
    let given_back = reply.stash.as_ref().map(|stash| stash.needs.clone());
    let discarded = AmendmentDiscarded {
        version: reply.version,
        dropped: context.drafts(reply)?,
        given_back: given_back.unwrap_or_default(),
        resumes: reply.counts() && reply.is_changed_aside(),
    };
    let back = reply.stash.as_deref().cloned();
    let back = back.unwrap_or_else(|| reply.base());
    Ok([given_again(reply, &back), vec![discarded.into()]].concat())
}

/// The answers of a reply as they were put by, where they are not so now, so that whoever reads answers from the log needs to
/// know nothing else.
fn given_again(reply: &Reply, after: &ReplySnapshot) -> Vec<Event> {
    let answers = after.answers.iter().map(|(code, value)| Answer {
        code: code.clone(),
        value: value.clone(),
        flags: after.flags.get(code).cloned().unwrap_or_default(),
        comment: after.comments.get(code).cloned(),
    });
    let gone = reply.answers.keys();
    let gone = gone.filter(|code| !after.answers.contains_key(*code));
    saving::events(reply, answers, gone.cloned())
}

/// What the Secretariat had begun to enter meanwhile goes with what was submitted.
pub(super) fn withdraw(
    reply: &Reply,
    context: &Context,
    reason: Words,
) -> Result<Vec<Event>, Refusal> {
    match reply.standing {
        Standing::Draft => return Err(Refusal::ReplyNotSubmitted),
        Standing::Withdrawn => return Err(Refusal::ReplyWithdrawn),
        Standing::Submitted | Standing::Accepted => {}
    }
    review::remark(&reason, "/reason")?;
    let is_changed = reply.is_amended || reply.is_changed();
    let is_changed = is_changed || !context.drafts(reply)?.is_empty();
    let mut events = if reply.source.is_some() && is_changed {
        discarded(reply, context)?
    } else {
        Vec::new()
    };
    let version = reply.version;
    events.push(ReplyWithdrawn { version, reason }.into());
    Ok(events)
}
