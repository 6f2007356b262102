//! What decisions on replies read.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::{delegation, need};
use crate::desk::{ContextSource, DeskError, Reads};
use crate::reading::{answers, replies, rounds, words};
use domain::collection::Collection;
use domain::delegation::{Delegation, Office};
use domain::questionnaire::WordsRead;
use domain::reply::{
    CONSENTS, Command, Context, PreviousVersion, Reply, ReplyCapacity, State, consents_count_since,
};
use domain::{CollectionId, InstrumentId, PartyId, ReplyId};
use event_log::ReadError;

/// Who acts on a reply, and what must not have changed since they saw it.
#[derive(Clone, Debug)]
pub struct ReplyCase {
    /// Who acts.
    pub hand: ReplyCapacity,
    /// What they name in If-Match, where it is not the position of the whole reply.
    pub precondition: Precondition,
}

/// What must not have changed.
#[derive(Clone, Debug)]
pub enum Precondition {
    /// Nothing, or the reply, which is judged for every command.
    Whole,
    /// The reply as far as its changes are told to whoever sees only what was submitted: as of one of these positions.
    Told(Vec<u64>),
    /// One answer.
    Answer {
        /// To which question.
        question: String,
        /// As of one of these positions.
        positions: Vec<u64>,
    },
}

impl From<ReplyCapacity> for ReplyCase {
    fn from(hand: ReplyCapacity) -> Self {
        let precondition = Precondition::Whole;
        Self { hand, precondition }
    }
}

impl ContextSource for Reply {
    type Case = ReplyCase;

    async fn context(
        reads: &mut Reads<'_>,
        state: &State,
        command: &Command,
        case: &ReplyCase,
    ) -> Result<Context, DeskError> {
        must_stand(reads, case).await?;
        let (collection, party) = match (state, command) {
            (Some(reply), _) => (reply.collection, reply.party),
            (
                None,
                Command::Start { collection, party }
                | Command::Enter {
                    collection, party, ..
                },
            ) => (*collection, *party),
            (None, _) => return Err(DeskError::NotFound("reply")),
        };
        let mut context = on(reads, collection, party, case.hand).await?;
        // Whoever begins it, or goes on with what was entered, holds an office that nobody was named for.
        let is_begun = state.as_ref().is_some_and(|reply| reply.begun_by.is_some());
        if let (ReplyCapacity::FocalPoint(person), Office::Unfilled, false) =
            (case.hand, context.delegation.office, is_begun)
        {
            context.is_replaced = delegation::is_replaced(reads, party, person).await?;
        }
        let id = ReplyId(reads.stream());
        match command {
            // The needs that are drafted beside it are no matter to its answers, and saving is what is done most.
            Command::Save { .. } | Command::HandBack { .. } | Command::Return { .. } => {}
            Command::Start { .. } => {
                read_last_round(reads, (collection, party), &mut context).await?;
            }
            Command::CarryOver(_) | Command::Confirm(_) => {
                if let Some(reply) = state {
                    let previous = reads
                        .desk()
                        .previous_answers(&reply.previous, reply.instrument, &context.form)
                        .await?;
                    let gone = reads.desk().words_gone(&previous).await?;
                    context.previous = Some(Arc::new(previous.without(&gone)));
                }
            }
            Command::DecidePublication { now, .. } => {
                context.needs = Some(need::drafted(reads, id).await?);
                context.consents_given = Some(consents_given(reads, id, *now).await?);
            }
            Command::Enter { .. } => {
                context.needs = Some(need::drafted(reads, id).await?);
                read_last_round(reads, (collection, party), &mut context).await?;
            }
            Command::Submit { .. } => {
                context.needs = Some(need::drafted(reads, id).await?);
                if let Some(reply) = state {
                    context.previous = reads
                        .desk()
                        .last_round(&reply.previous, reply.instrument, &context.form)
                        .await?;
                    context.stating = need::stating(reads, id, reply, &context.form).await?;
                    let pool = reads.desk().log().pool();
                    context.words = words::read(pool, &context.form, &reply.answers).await?;
                }
            }
            Command::Attach(_)
            | Command::RemoveFile { .. }
            | Command::Clarify { .. }
            | Command::AnswerClarification { .. }
            | Command::WithdrawClarification { .. }
            | Command::Accept { .. }
            | Command::BeginAmendment { .. }
            | Command::DiscardAmendment
            | Command::Withdraw { .. } => {
                context.needs = Some(need::drafted(reads, id).await?);
            }
        }
        Ok(context)
    }
}

/// What any decision on a reply reads: its collection and its party's delegation, which are guarded, and the questionnaire.
///
/// # Errors
/// The collection does not exist.
pub async fn on(
    reads: &mut Reads<'_>,
    id: CollectionId,
    party: PartyId,
    hand: ReplyCapacity,
) -> Result<Context, DeskError> {
    let delegation = reads.desk().ids().delegation(id, party);
    let delegation = reads.state::<Delegation>(delegation.0).await?;
    let collection = reads.state::<Collection>(id.0).await?;
    let Some(opened) = collection.as_ref() else {
        return Err(DeskError::NotFound("collection"));
    };
    let form = reads.desk().form_of_collection(opened).await?;
    Ok(Context {
        hand,
        delegation,
        is_replaced: false,
        collection,
        form,
        last_versions: Vec::new(),
        previous: None,
        needs: None,
        stating: None,
        consents_given: None,
        words: WordsRead::new(),
    })
}

/// Refuses what was changed meanwhile. Whatever is changed after this changes the reply too, which the append finds.
async fn must_stand(reads: &Reads<'_>, case: &ReplyCase) -> Result<(), DeskError> {
    let (pool, id) = (reads.desk().log().pool(), reads.stream());
    let (positions, current) = match &case.precondition {
        Precondition::Whole => return Ok(()),
        Precondition::Told(positions) => {
            (positions, replies::last_told_position(pool, id, None).await)
        }
        Precondition::Answer {
            question,
            positions,
        } => {
            let hand = match case.hand {
                ReplyCapacity::Secretariat => answers::ChangeReader::Secretariat,
                ReplyCapacity::FocalPoint(_) | ReplyCapacity::Contributor(_) => {
                    answers::ChangeReader::Party
                }
            };
            let current = answers::changed(pool, id, question, None, hand).await;
            (positions, current)
        }
    };
    let current = current.map_err(ReadError::from)?;
    if positions.contains(&current) {
        return Ok(());
    }
    Err(DeskError::Stale { current })
}

/// When its party gave consent to publication: as many times as may count, the last first.
async fn consents_given(
    reads: &Reads<'_>,
    id: ReplyId,
    now: Timestamp,
) -> Result<Vec<Timestamp>, DeskError> {
    let after = format!("{:.6}", consents_count_since(now));
    let most = i64::try_from(CONSENTS).unwrap_or(i64::MAX);
    let pool = reads.desk().log().pool();
    let given = replies::consents_given(pool, id.0, &after, most).await;
    let given = given.map_err(ReadError::from)?;
    Ok(given.iter().filter_map(|time| time.parse().ok()).collect())
}

/// Which versions were accepted last, and what rules see of them.
async fn read_last_round(
    reads: &Reads<'_>,
    key: (CollectionId, PartyId),
    context: &mut Context,
) -> Result<(), DeskError> {
    context.last_versions = last_versions(reads, key, context).await?;
    if let Some(asked) = context.collection.as_ref() {
        let (desk, versions) = (reads.desk(), &context.last_versions);
        let last = desk.last_round(versions, asked.instrument, &context.form);
        context.previous = last.await?;
    }
    Ok(())
}

/// The versions of a party's that were accepted last, in other collections that asked any of the same. What was accepted once
/// stays the last round's, so nothing of it is guarded.
async fn last_versions(
    reads: &Reads<'_>,
    (collection, party): (CollectionId, PartyId),
    context: &Context,
) -> Result<Vec<PreviousVersion>, DeskError> {
    let asked = context.collection.as_ref().as_ref();
    let own = asked.map(|asked| asked.instrument);
    let lineage = reads.desk().lineage(&context.form).await?;
    let mapped = lineage.values().flatten().map(|same_as| same_as.instrument);
    let instruments: BTreeSet<InstrumentId> = own.into_iter().chain(mapped).collect();
    let instruments: Vec<Uuid> = instruments.iter().map(|id| id.0).collect();
    let pool = reads.desk().log().pool();
    let found = rounds::accepted_versions(pool, collection.0, party.0, &instruments).await;
    Ok(found.map_err(ReadError::from)?)
}
