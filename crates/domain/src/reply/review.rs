//! The Secretariat's review of what was submitted: clarifications, and acceptance.

use super::super::decider::one;
use super::super::fault;
use super::super::questionnaire::Form;
use super::super::words::{self, Words};
use super::{
    AmendmentBegun, Clarification, ClarificationAnswered, ClarificationRequested,
    ClarificationWithdrawn, Context, Event, Outcome, Refusal, Reply, ReplyAccepted, Standing,
    saving,
};

/// The most characters of a clarification, its answer, or the reason of a withdrawal.
pub const MAX_REMARK_CHARS: u32 = 10_000;
/// The most clarifications of a reply.
const MAX_CLARIFICATIONS: usize = 500;

pub(super) fn ask(
    reply: &Reply,
    form: &Form,
    question: Option<String>,
    text: Words,
) -> Result<Vec<Event>, Refusal> {
    match reply.standing {
        Standing::Draft => return Err(Refusal::ReplyNotSubmitted),
        Standing::Withdrawn => return Err(Refusal::ReplyWithdrawn),
        Standing::Accepted => return Err(Refusal::ReplyAlreadyAccepted),
        Standing::Submitted => {}
    }
    if let Some(code) = &question
        && !form.names(code)
    {
        let mut unknown = saving::unknown_field(form, code);
        unknown.pointer = "/question".to_owned();
        return Err(Refusal::UnknownQuestion(vec![unknown]));
    }
    remark(&text, "/text")?;
    if reply.clarifications.len() >= MAX_CLARIFICATIONS {
        return Err(Refusal::TooManyClarifications);
    }
    let last = reply.clarifications.keys().next_back();
    let clarification = last.map_or(1, |last| last + 1);
    Ok(one(ClarificationRequested {
        clarification,
        question,
        text,
    }))
}

pub(super) fn answer(
    reply: &Reply,
    context: &Context,
    clarification: u32,
    text: Words,
) -> Result<Vec<Event>, Refusal> {
    open(reply, clarification)?;
    remark(&text, "/text")?;
    let answered = ClarificationAnswered {
        clarification,
        text,
    };
    closing(reply, context, answered.into())
}

pub(super) fn take_back(
    reply: &Reply,
    context: &Context,
    clarification: u32,
) -> Result<Vec<Event>, Refusal> {
    open(reply, clarification)?;
    let withdrawn = ClarificationWithdrawn { clarification };
    closing(reply, context, withdrawn.into())
}

pub(super) fn accept(reply: &Reply, version: Option<u32>) -> Result<Vec<Event>, Refusal> {
    match reply.standing {
        Standing::Draft => Err(Refusal::ReplyNotSubmitted),
        Standing::Withdrawn => Err(Refusal::ReplyWithdrawn),
        Standing::Accepted => Err(Refusal::ReplyAlreadyAccepted),
        Standing::Submitted if version.is_some_and(|version| version != reply.version) => {
            Err(Refusal::ReplyVersionSuperseded)
        }
        Standing::Submitted if reply.open_clarifications() > 0 => Err(Refusal::ClarificationOpen),
        Standing::Submitted => Ok(one(ReplyAccepted {
            version: reply.version,
        })),
    }
}

fn open(reply: &Reply, clarification: u32) -> Result<&Clarification, Refusal> {
    match reply.clarifications.get(&clarification) {
        None => Err(Refusal::UnknownClarification),
        Some(asked) if asked.outcome == Outcome::Open => Ok(asked),
        Some(_) => Err(Refusal::ClarificationNotOpen),
    }
}

/// The last clarification closes the reply again. Changes that were made meanwhile, and needs that were drafted, go on as
/// an amendment.
fn closing(reply: &Reply, context: &Context, closed: Event) -> Result<Vec<Event>, Refusal> {
    let mut events = Vec::new();
    let is_changed = reply.is_changed() || !context.drafts(reply)?.is_empty();
    if reply.open_clarifications() == 1 && !reply.is_amended && is_changed {
        let source = reply.source.clone();
        let begun = AmendmentBegun {
            source,
            begun_by: None,
            set_aside: Vec::new(),
        };
        events.push(begun.into());
    }
    events.push(closed);
    Ok(events)
}

/// A remark says something, and not too much.
pub(super) fn remark(text: &Words, at: &str) -> Result<(), Refusal> {
    let fault = words::fault(text, at, MAX_REMARK_CHARS);
    fault::none(fault.into_iter().collect()).map_err(Refusal::RemarkFaulty)
}
