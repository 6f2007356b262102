//! Amendments of what was submitted, and its withdrawal.

use jiff::Timestamp;

use super::super::collection::{self, Collection};
use super::super::questionnaire::{Answer, MAX_QUESTIONS};
use super::super::size;
use super::super::words::Words;
use super::{
    AmendmentBegun, AmendmentDiscarded, Context, Event, Hand, Refusal, Reply, ReplyAnswered,
    ReplyCleared, ReplyWithdrawn, Source, Standing, review, source,
};

pub(super) fn begin(
    reply: &Reply,
    context: &Context,
    collection: &Collection,
    given: Option<Source>,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let is_closed = collection.status == collection::Status::Closed;
    let by_secretariat = context.hand == Hand::Secretariat;
    match reply.standing {
        _ if is_closed && !by_secretariat => return Err(Refusal::CollectionClosed),
        Standing::Draft => return Err(Refusal::ReplyNotSubmitted),
        // Its party can change it as it is.
        Standing::Withdrawn if !by_secretariat => return Err(Refusal::ReplyWithdrawn),
        _ if reply.is_amended => return Err(Refusal::AmendmentOpen),
        Standing::Withdrawn | Standing::Submitted | Standing::Accepted => {}
    }
    let (source, begun_by) = match context.hand {
        Hand::Secretariat => (Some(source::sound(given, collection, now)?), None),
        Hand::FocalPoint(_) | Hand::Contributor(_) if given.is_some() => {
            return Err(Refusal::OnlySecretariat);
        }
        Hand::FocalPoint(person) | Hand::Contributor(person) => {
            (None, Some(person).filter(|_| reply.begun_by.is_none()))
        }
    };
    Ok(vec![AmendmentBegun { source, begun_by }.into()])
}

/// Answers are given again as they were submitted, so that whoever reads answers from the log needs to know nothing else.
pub(super) fn discard(reply: &Reply) -> Result<Vec<Event>, Refusal> {
    let is_entered = reply.standing == Standing::Draft && reply.source.is_some();
    if !reply.is_amended && !is_entered {
        return Err(Refusal::NoAmendment);
    }
    let kept = reply.kept.as_deref();
    let was = |code: &String| kept.and_then(|kept| kept.answers.get(code));
    let answers = kept.into_iter().flat_map(|kept| {
        let changed = kept.answers.iter().filter(|(code, value)| {
            reply.answers.get(*code) != Some(value)
                || reply.comments.get(*code) != kept.comments.get(*code)
        });
        changed.map(|(code, value)| Answer {
            code: code.clone(),
            value: value.clone(),
            comment: kept.comments.get(code).cloned(),
        })
    });
    let mut events: Vec<Event> = size::parts(answers.collect(), MAX_QUESTIONS)
        .into_iter()
        .map(|answers| ReplyAnswered { answers }.into())
        .collect();
    let added = reply.answers.keys().filter(|code| was(code).is_none());
    let codes: Vec<String> = added.cloned().collect();
    if !codes.is_empty() {
        events.push(ReplyCleared { codes }.into());
    }
    let version = reply.version;
    events.push(AmendmentDiscarded { version }.into());
    Ok(events)
}

pub(super) fn withdraw(reply: &Reply, reason: Words) -> Result<Vec<Event>, Refusal> {
    match reply.standing {
        Standing::Draft => return Err(Refusal::ReplyNotSubmitted),
        Standing::Withdrawn => return Err(Refusal::ReplyWithdrawn),
        Standing::Submitted | Standing::Accepted => {}
    }
    review::remark(&reason, "/reason")?;
    let version = reply.version;
    Ok(vec![ReplyWithdrawn { version, reason }.into()])
}
