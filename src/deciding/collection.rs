//! What decisions on collections read.

use crate::desk::{ContextSource, DeskError, Reads};
use crate::reading::{releases, reminders};
use domain::collection::{Collection, Command, Context, RevisionStanding, State};
use domain::instrument::Instrument;
use domain::{PartyId, PersonId};
use event_log::ReadError;
use uuid::Uuid;

impl ContextSource for Collection {
    /// The focal points of the parties that are to be reminded; none where nobody is.
    type Case = Vec<(PartyId, PersonId)>;

    async fn context(
        reads: &mut Reads<'_>,
        state: &State,
        command: &Command,
        focal_points: &Self::Case,
    ) -> Result<Context, DeskError> {
        let mut context = Context {
            approved_revision: RevisionStanding::Unknown,
            has_years: false,
            correction: None,
            counted: None,
            reminded_lately: None,
        };
        let pool = reads.desk().log().pool();
        match command {
            Command::Open { opening, .. } => {
                let instrument = reads.state::<Instrument>(opening.instrument.0).await?;
                context.approved_revision =
                    RevisionStanding::from_instrument(&instrument, opening.revision);
                let revision = instrument.as_ref().as_ref();
                let revision = revision.and_then(|known| known.revision(opening.revision));
                if let Some(revision) = revision {
                    let desk = reads.desk();
                    let questionnaire = desk.questionnaire(revision.shown()).await?;
                    context.has_years = questionnaire.has_years();
                }
            }
            Command::Correct { revision, .. } => {
                if let Some(held) = state {
                    let instrument = reads.state::<Instrument>(held.instrument.0).await?;
                    context.approved_revision =
                        RevisionStanding::from_instrument(&instrument, *revision);
                    let known = instrument.as_ref().as_ref();
                    let revisions = known.and_then(|known| {
                        let was = known.revision(held.revision)?;
                        Some((was, known.revision(*revision)?))
                    });
                    if let Some((was, is)) = revisions {
                        let desk = reads.desk();
                        let was = desk.questionnaire(&was.questionnaire).await?;
                        let is = desk.questionnaire(&is.questionnaire).await?;
                        context.has_years = is.has_years();
                        context.correction = Some((was, is));
                    }
                }
            }
            Command::Remind { parties } => {
                let due: Vec<(Uuid, Uuid)> = focal_points
                    .iter()
                    .map(|(party, person)| (party.0, person.0))
                    .collect();
                let lately = reminders::reminded_lately(pool, reads.stream(), &due).await;
                let lately = lately.map_err(ReadError::from)?.into_iter().map(PartyId);
                // Of whom nobody looked when they were reminded last, none is.
                let unread = parties
                    .iter()
                    .filter(|party| !focal_points.iter().any(|(known, _)| known == *party));
                context.reminded_lately = Some(lately.chain(unread.copied()).collect());
            }
            Command::Release { position } => {
                if let Some(held) = state {
                    let asked = reads.desk().form_of_collection(held).await?;
                    let sections = asked.sections.iter().map(|section| section.code.clone());
                    let sections: Vec<String> = sections.collect();
                    let (id, basis) = (reads.stream(), held.basis);
                    // What was counted at a position by the consents of another never changes, so it needs no guard.
                    let counted =
                        releases::count_release(pool, id, *position, basis, &sections).await;
                    context.counted = Some(counted.map_err(ReadError::from)?);
                }
            }
            Command::Invite { .. }
            | Command::Extend { .. }
            | Command::Close { .. }
            | Command::Reopen { .. } => {}
        }
        Ok(context)
    }
}
