//! What decisions on consultations read.

use std::sync::Arc;

use super::{comment, today};
use crate::desk::{ContextSource, DeskError, Reads};
use domain::consultation::{Command, Consultation, Context, State};
use domain::instrument::Instrument;
use domain::{ConsultationId, InstrumentId};

impl ContextSource for Consultation {
    type Case = ();

    async fn context(
        reads: &mut Reads<'_>,
        state: &State,
        command: &Command,
        (): &(),
    ) -> Result<Context, DeskError> {
        let mut context = Context {
            instrument: Arc::default(),
            undisposed: None,
            today: today(),
        };
        match command {
            Command::Open { opening, .. } => {
                context.instrument = reads.state::<Instrument>(opening.instrument.0).await?;
            }
            Command::Reopen { .. } => {
                if let Some(held) = state {
                    context.instrument = reads.state::<Instrument>(held.instrument.0).await?;
                }
            }
            Command::Publish { .. } => {
                let id = ConsultationId(reads.stream());
                context.undisposed = Some(comment::undisposed(reads, &[id]).await?);
            }
            Command::Ask { .. } | Command::Extend { .. } | Command::Close { .. } => {}
        }
        Ok(context)
    }
}

/// The rounds of consultation on an instrument, each guarded, and the next one too: nobody opens it meanwhile.
pub async fn rounds(
    reads: &mut Reads<'_>,
    instrument: InstrumentId,
) -> Result<Vec<(ConsultationId, Arc<State>)>, DeskError> {
    let mut rounds = Vec::new();
    for round in 1.. {
        let id = reads.desk().ids().consultation(instrument, round);
        let state = reads.state::<Consultation>(id.0).await?;
        if state.is_none() {
            break;
        }
        rounds.push((id, state));
    }
    Ok(rounds)
}
