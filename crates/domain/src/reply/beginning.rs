//! How a reply begins: its party begins it, or the Secretariat enters it.

use jiff::Timestamp;

use super::super::questionnaire::initial_answers;
use super::super::{CollectionId, PartyId, collection};
use super::{
    Context, Event, PreviousAnswers, Refusal, Reply, ReplyCapacity, ReplyStarted, Source, capacity,
    saving, source,
};

pub(super) fn start(
    id: CollectionId,
    party: PartyId,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    let begun_by = Some(capacity::beginner(context)?);
    let collection = invited(context, party)?;
    if collection.status == collection::Status::Closed {
        return Err(Refusal::CollectionClosed);
    }
    let (instrument, revision) = (collection.instrument, collection.revision);
    let started = ReplyStarted {
        collection: id,
        party,
        instrument,
        revision,
        reference_year: collection.reference_year,
        begun_by,
        source: None,
        previous: context.last_versions.clone(),
    };
    Ok(with_initial_answers(started, context))
}

/// After the close too: what was received is recorded.
pub(super) fn enter(
    id: CollectionId,
    party: PartyId,
    given: Source,
    now: Timestamp,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    if context.hand != ReplyCapacity::Secretariat {
        return Err(Refusal::OnlySecretariat);
    }
    let collection = invited(context, party)?;
    let source = Some(source::checked_source(Some(given), collection, now)?);
    let (instrument, revision) = (collection.instrument, collection.revision);
    let started = ReplyStarted {
        collection: id,
        party,
        instrument,
        revision,
        reference_year: collection.reference_year,
        begun_by: None,
        source,
        previous: context.last_versions.clone(),
    };
    Ok(with_initial_answers(started, context))
}

/// It begins, with the answers that rules give it.
fn with_initial_answers(started: ReplyStarted, context: &Context) -> Vec<Event> {
    let last = context.previous.as_deref().map(PreviousAnswers::values);
    let mut answers = initial_answers(&context.form, last.as_ref());
    for answer in &mut answers {
        // The figure of the last round is as provisional as it was.
        let previous = context.previous.as_ref();
        let previous = previous.and_then(|previous| previous.get(&answer.code));
        if let Some(same) = previous.filter(|previous| previous.value == answer.value) {
            answer.flags = same.flags_taken(&context.form, &answer.code);
        }
    }
    let answered = saving::events(&Reply::from(&started), answers, Vec::new());
    let mut events = vec![started.into()];
    events.extend(answered);
    events
}

fn invited(context: &Context, party: PartyId) -> Result<&collection::Collection, Refusal> {
    let collection = context.collection.as_ref().as_ref();
    let collection = collection.ok_or(Refusal::UnknownCollection)?;
    if collection.invited.contains_key(&party) {
        Ok(collection)
    } else {
        Err(Refusal::PartyNotInvited)
    }
}
