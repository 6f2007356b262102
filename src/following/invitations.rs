//! Invitations: whoever was named or admitted is invited by letter, where whoever did it wished so.

use std::sync::Arc;

use sqlx::PgConnection;

use super::letter_args;
use super::letters::Letters;
use crate::desk::stored::{self, state_as_of};
use crate::reading::parties;
use access::Role;
use access::inviting::{self, Invitee};
use domain::commenters::{self, Commenters};
use domain::consultation::Consultation;
use domain::delegation::{self, Delegation};
use domain::instrument::Instrument;
use event_log::{ReadError, StoredEvent};
use mail::AskedIn;

impl Letters {
    /// Somebody was named or admitted: they are invited where whoever did it wished so.
    pub(super) async fn invite(
        &self,
        connection: &mut PgConnection,
        event: &StoredEvent,
    ) -> Result<(), ReadError> {
        if !inviting::is_wished(connection, event.command).await? {
            return Ok(());
        }
        let (of, person, role, sections) = match stored::event::<Delegation>(event)? {
            delegation::Event::FocalPointNamed(named) => {
                (named.of, named.person, Role::FocalPoint, Vec::new())
            }
            delegation::Event::ContributorAdmitted(admitted) => {
                let sections = admitted.sections.into_iter().collect();
                (admitted.of, admitted.person, Role::Contributor, sections)
            }
            _ => return Ok(()),
        };
        let collection = self.collection(of.collection.0, event.position).await?;
        let party = parties::names(self.log.pool(), of.party).await?;
        let invitee = Invitee {
            person,
            role,
            party: of.party,
            to: AskedIn::Collection(of.collection),
            inviter: inviter(event)?,
            command: event.command,
            args: letter_args::invitation(of.party, party, (*collection).as_ref(), &sections),
            sections,
        };
        inviting::invite_after(connection, &self.outbox, &invitee, event.position).await?;
        Ok(())
    }

    /// Somebody comments for a party: they are invited, where whoever named them wished so.
    pub(super) async fn invite_to_comment(
        &self,
        connection: &mut PgConnection,
        event: &StoredEvent,
    ) -> Result<(), ReadError> {
        if !inviting::is_wished(connection, event.command).await? {
            return Ok(());
        }
        let commenters::Event::CommenterNamed(named) = stored::event::<Commenters>(event)? else {
            return Ok(());
        };
        let of = named.of;
        let (log, position) = (&self.log, event.position);
        let consultation = state_as_of::<Consultation>(log, of.consultation.0, position).await?;
        let consultation = consultation.state.as_ref().as_ref();
        let instrument = match consultation {
            Some(held) => {
                state_as_of::<Instrument>(log, held.instrument.0, position)
                    .await?
                    .state
            }
            None => Arc::default(),
        };
        let party = parties::names(log.pool(), of.party).await?;
        let instrument = instrument.as_ref().as_ref();
        let invitee = Invitee {
            person: named.person,
            role: Role::Commenter,
            party: of.party,
            to: AskedIn::Consultation(of.consultation),
            inviter: inviter(event)?,
            command: event.command,
            args: letter_args::comment_invitation(party, consultation, instrument),
            sections: Vec::new(),
        };
        inviting::invite_after(connection, &self.outbox, &invitee, position).await?;
        Ok(())
    }
}

/// The role of whoever invites.
fn inviter(event: &StoredEvent) -> Result<Role, ReadError> {
    event.actor.role.parse().map_err(|_| ReadError::Stored {
        position: event.position,
        why: "its actor has no role".into(),
    })
}
