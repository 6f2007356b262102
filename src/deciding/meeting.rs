//! What decisions on meetings read.

use std::collections::BTreeMap;

use crate::desk::{ContextSource, DeskError, Reads};
use domain::classification::Classification;
use domain::classification_id;
use domain::instrument::Instrument;
use domain::meeting::{Command, Context, Meeting, Seats, State};
use domain::party::Party;

impl ContextSource for Meeting {
    /// The regional groups' seats on the Commission.
    type Case = Seats;

    async fn context(
        reads: &mut Reads<'_>,
        _: &State,
        command: &Command,
        commission: &Seats,
    ) -> Result<Context, DeskError> {
        let mut context = Context {
            classification: reads.state::<Classification>(classification_id()).await?,
            commission: commission.clone(),
            parties: BTreeMap::new(),
            revisions: BTreeMap::new(),
        };
        match command {
            Command::RecordParticipants(delegations) => {
                for id in delegations.iter().map(|delegation| delegation.party) {
                    if let Some(party) = reads.state::<Party>(id.0).await?.as_ref() {
                        context.parties.insert(id, party.clone());
                    }
                }
            }
            Command::RecordOutcome { revisions, .. } => {
                for id in revisions.iter().map(|made| made.instrument) {
                    if let Some(instrument) = reads.state::<Instrument>(id.0).await?.as_ref() {
                        context.revisions.insert(id, instrument.latest_revision());
                    }
                }
            }
            Command::Convene(_)
            | Command::AllocateSeats { .. }
            | Command::Reschedule { .. }
            | Command::Hold { .. }
            | Command::Cancel { .. }
            | Command::RecordAgendaItem(_)
            | Command::RecordResources { .. } => {}
        }
        Ok(context)
    }
}
