//! What decisions on those who comment for a party read, and decisions on others read of them.

use std::sync::Arc;

use crate::desk::{ContextSource, DeskError, Reads};
use domain::commenters::{Command, Commenters, Context, State};
use domain::consultation::Consultation;
use domain::{ConsultationId, PartyId};

impl ContextSource for Commenters {
    type Case = ();

    /// The consultation, which is guarded.
    async fn context(
        reads: &mut Reads<'_>,
        _: &State,
        Command { of, .. }: &Command,
        (): &(),
    ) -> Result<Context, DeskError> {
        let consultation = reads.state::<Consultation>(of.consultation.0).await?;
        if consultation.is_none() {
            return Err(DeskError::NotFound("consultation"));
        }
        Ok(Context { consultation })
    }
}

/// Who comments for a party in a consultation, which is guarded.
pub async fn of_party(
    reads: &mut Reads<'_>,
    consultation: ConsultationId,
    party: PartyId,
) -> Result<Arc<State>, DeskError> {
    let id = reads.desk().ids().commenters(consultation, party);
    reads.state::<Commenters>(id.0).await
}
