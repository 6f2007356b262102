//! A receipt for whoever submitted a reply: what of it stands in the log, and where.

use sqlx::PgConnection;

use super::letter_args;
use super::letters::Letters;
use crate::desk::stored::{self, state_as_of};
use crate::reading::parties;
use domain::PersonId;
use domain::reply::{self, Reply};
use event_log::{ReadError, StoredEvent};
use mail::{AskedIn, LetterKind, LetterSubject, NewLetter};

/// At most so many events come of one submission.
const OF_ONE_COMMAND: i64 = 16;
/// How many digits of a reply's id a receipt has as its number.
const DIGITS: usize = 12;

impl Letters {
    /// Somebody submitted a reply through the system. What the Secretariat enters it has on paper.
    pub(super) async fn give_receipt(
        &self,
        connection: &mut PgConnection,
        event: &StoredEvent,
    ) -> Result<(), ReadError> {
        let reply::Event::ReplySubmitted(submitted) = stored::event::<Reply>(event)? else {
            return Ok(());
        };
        let person = PersonId(event.actor.principal);
        if submitted.source.is_some() || self.directory.person(person).await?.is_none() {
            return Ok(());
        }
        let last = self.last_of_command(event).await?;
        let held = state_as_of::<Reply>(&self.log, event.stream, last).await?;
        let Some(held) = held.state.as_ref() else {
            return Ok(());
        };
        let collection = self.collection(held.collection.0, last).await?;
        let Some(collection) = collection.as_ref() else {
            return Ok(());
        };
        let names = parties::names(self.log.pool(), held.party).await?;
        let evidence = self.log.evidence(last).await?;
        let leaf = evidence.and_then(|evidence| evidence.leaf);
        let answers = held.submitted_answers().map_or(0, |answers| answers.size());
        let (reply, version) = (event.stream, submitted.version);
        let number = reply.simple().to_string();
        let names = names.unwrap_or_default();
        let mut args = letter_args::about_collection(held.party, &names, collection);
        args.extend(
            [
                ("receipt", number.get(..DIGITS).into()),
                ("version", version.into()),
                ("answers", answers.into()),
                ("position", last.into()),
                ("leaf", leaf.map(|leaf| leaf.to_string()).into()),
                ("time", letter_args::instant(event.time, "UTC")),
                (
                    "path",
                    format!("/replies/{reply}/versions/{version}").into(),
                ),
            ]
            .map(|(name, value): (_, serde_json::Value)| (name.to_owned(), value)),
        );
        let letter = NewLetter {
            person,
            kind: LetterKind::Receipt,
            about: Some(LetterSubject {
                of: AskedIn::Collection(held.collection),
                party: held.party,
            }),
            args,
            valid_for: None,
        };
        let at = event.position;
        self.outbox.enqueue_after(connection, at, &letter).await?;
        Ok(())
    }

    /// The position of the last event that was recorded with this one: the receipt in the answer names it too.
    async fn last_of_command(&self, event: &StoredEvent) -> Result<u64, ReadError> {
        let (after, until) = (event.position, u64::MAX >> 1);
        let later = self.log.history(event.stream, after, until, OF_ONE_COMMAND);
        let later = later.await?;
        let beside = later
            .iter()
            .take_while(|later| later.command == event.command);
        Ok(beside.last().map_or(after, |last| last.position))
    }
}
