//! A reply is handed in, with all that follows.

use super::super::fault;
use super::{
    Consent, Context, Event, Refusal, Reply, ReplySubmitted, derivation, publication, stating,
};

pub(super) fn submit(
    reply: &Reply,
    context: &Context,
    consent: Option<Option<Consent>>,
    revision: u32,
) -> Result<Vec<Event>, Refusal> {
    let form = &context.form;
    let mut verdict = reply.verdict(form, context.previous.as_deref(), &context.words);
    fault::none(std::mem::take(&mut verdict.faults)).map_err(Refusal::ReplyIncomplete)?;
    if consent.is_none() && reply.publication.is_some() {
        return Err(Refusal::ConsentNotSaid);
    }
    let publication = publication::checked_consent(consent.flatten(), form)?;
    let version = reply.version + 1;
    let needs = std::mem::take(&mut verdict.needs);
    let mut events = derivation::events(version, verdict);
    if form.states_needs() {
        let stating = context.stating.as_ref();
        let stating = stating.ok_or(Refusal::ReplyIncomplete(Vec::new()))?;
        events.extend(stating::events(reply, stating, version, &needs));
    }
    let submitted = ReplySubmitted {
        unconfirmed: u32::try_from(reply.carried.size()).unwrap_or(u32::MAX),
        version,
        revision: Some(revision).filter(|revision| *revision != reply.revision),
        publication,
        source: reply.source.clone(),
        needs: context.drafts(reply)?,
    };
    events.push(submitted.into());
    Ok(events)
}
