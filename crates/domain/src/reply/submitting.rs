//! A reply is handed in, as the collection asks it then.

use super::super::fault;
use super::{Consent, Context, Event, Refusal, Reply, ReplySubmitted, derivation, publication};

pub(super) fn submit(
    reply: &Reply,
    context: &Context,
    publication: Option<Option<Consent>>,
    revision: u32,
) -> Result<Vec<Event>, Refusal> {
    let form = &context.form;
    let mut verdict = reply.verdict(form, context.previous.as_deref());
    fault::none(std::mem::take(&mut verdict.faults)).map_err(Refusal::ReplyIncomplete)?;
    if publication.is_none() && reply.publication.is_some() {
        return Err(Refusal::ConsentNotSaid);
    }
    let publication = publication::checked_consent(publication.flatten(), form)?;
    let version = reply.version + 1;
    let mut events = derivation::events(version, verdict);
    let submitted = ReplySubmitted {
        version,
        revision: Some(revision).filter(|revision| *revision != reply.revision),
        publication,
        source: reply.source.clone(),
        needs: context.drafts(reply)?,
    };
    events.push(submitted.into());
    Ok(events)
}
