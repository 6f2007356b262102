//! Letters that follow from events: invitations, reminders, more time, corrections, clarifications, receipts, sections that were
//! handed back or returned. Each goes to whoever spoke for
//! the party as of the event; a receipt to whoever submitted.

use std::sync::Arc;

use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::Derivation;
use super::letter_args;
use crate::desk::stored::{self, state_as_of};
use crate::reading::reminders::{LetterReader, letter_readers};
use access::links::INVITATION_LASTS;
use directory::Directory;
use domain::collection::{self, Collection};
use domain::reply::{self, Reply};
use domain::{CollectionId, Ids, PartyId, PersonId, ReplyId, Texts, Words};
use event_log::{Log, ReadError, StoredEvent, content};
use mail::{AskedIn, LetterKind, LetterSubject, NewLetter, Outbox};

/// Writes letters.
pub struct Letters {
    /// Where the events are.
    pub log: Log,
    /// What makes the ids of replies.
    pub ids: Ids,
    /// Who can be written to.
    pub directory: Directory,
    /// Where the letters go.
    pub outbox: Outbox,
}

impl Derivation for Letters {
    const NAME: &'static str = "letters";
    const KINDS: &'static [&'static str] = &[
        "focal_point_named",
        "contributor_admitted",
        "commenter_named",
        "reminders_sent",
        "deadline_extended",
        "questionnaire_corrected",
        "clarification_requested",
        "reply_submitted",
        "section_handed_back",
        "section_returned",
        "content_redacted",
    ];

    async fn derive(
        &self,
        connection: &mut PgConnection,
        event: &StoredEvent,
    ) -> Result<(), ReadError> {
        match event.kind.as_str() {
            "focal_point_named" | "contributor_admitted" => self.invite(connection, event).await?,
            "commenter_named" => self.invite_to_comment(connection, event).await?,
            "clarification_requested" => self.ask(connection, event).await?,
            "reply_submitted" => self.give_receipt(connection, event).await?,
            "section_handed_back" | "section_returned" => self.pass(connection, event).await?,
            // The event is of the content's own stream.
            "content_redacted" => {
                let outbox = &self.outbox;
                outbox
                    .forget_words_on(&mut *connection, event.stream)
                    .await?;
            }
            _ => self.tell(connection, event).await?,
        }
        // What has been answered or replied since has nothing to say any more.
        Ok(self.outbox.end_moot_on(connection).await?)
    }

    fn committed(&self) {
        self.outbox.wake();
    }
}

impl Letters {
    /// Parties are reminded, have more time, or are told what was corrected.
    async fn tell(
        &self,
        connection: &mut PgConnection,
        event: &StoredEvent,
    ) -> Result<(), ReadError> {
        let state = self.collection(event.stream, event.position).await?;
        let Some(open) = state.as_ref().as_ref() else {
            return Ok(());
        };
        let told = LetterContext {
            collection: CollectionId(event.stream),
            state: open,
            position: event.position,
            more: Vec::new(),
            path: None,
        };
        match stored::event::<Collection>(event)? {
            collection::Event::RemindersSent(sent) => {
                let kind = |reader: &LetterReader| {
                    Some(match reader.is_asked {
                        true => LetterKind::Clarification,
                        false => LetterKind::Reminder,
                    })
                };
                self.write(connection, &told, Some(&sent.parties), kind)
                    .await
            }
            collection::Event::DeadlineExtended(extended) => {
                // Who has a later deadline already has no more time, and who has replied needs none.
                let kind = |reader: &LetterReader| {
                    let is_given = *open.deadline_of(reader.party) == extended.deadline;
                    (is_given && !reader.replied).then_some(LetterKind::Extension)
                };
                let parties = extended.parties.as_deref();
                self.write(connection, &told, parties, kind).await
            }
            collection::Event::QuestionnaireCorrected(corrected) => {
                let said = self.said(&corrected.reason).await?;
                let reason = letter_args::repeated("reason", &corrected.reason, &said);
                let told = LetterContext {
                    more: reason.into(),
                    ..told
                };
                let kind = |_: &LetterReader| Some(LetterKind::Correction);
                self.write(connection, &told, None, kind).await
            }
            _ => Ok(()),
        }
    }

    /// What words say, by language; nothing of those that were redacted.
    async fn said(&self, words: &[Words]) -> Result<Texts, ReadError> {
        let ids: Vec<Uuid> = words.iter().map(|words| words.content.content.0).collect();
        let bodies = content::bodies(self.log.pool(), &ids).await?;
        let said = words.iter().filter_map(|words| {
            let body = bodies.get(&words.content.content.0)?;
            Some((words.lang, String::from_utf8_lossy(body).into_owned()))
        });
        Ok(said.collect())
    }

    /// The Secretariat asks about a reply.
    async fn ask(
        &self,
        connection: &mut PgConnection,
        event: &StoredEvent,
    ) -> Result<(), ReadError> {
        let reply::Event::ClarificationRequested(asked) = stored::event::<Reply>(event)? else {
            return Ok(());
        };
        let reply = state_as_of::<Reply>(&self.log, event.stream, event.position).await?;
        let Some(reply) = reply.state.as_ref().as_ref() else {
            return Ok(());
        };
        let state = self.collection(reply.collection.0, event.position).await?;
        let Some(open) = state.as_ref().as_ref() else {
            return Ok(());
        };
        let question = [asked.text];
        let said = self.said(&question).await?;
        let page = clarifications(ReplyId(event.stream));
        let told = LetterContext {
            collection: reply.collection,
            state: open,
            position: event.position,
            more: letter_args::repeated("question", &question, &said).into(),
            path: Some(format!("{page}#{}", asked.clarification)),
        };
        let kind = |_: &LetterReader| Some(LetterKind::Clarification);
        self.write(connection, &told, Some(&[reply.party]), kind)
            .await
    }

    /// Writes to those of the parties for which `kind` answers a letter, and for which somebody speaks who can be written to.
    pub(super) async fn write(
        &self,
        connection: &mut PgConnection,
        told: &LetterContext<'_>,
        parties: Option<&[PartyId]>,
        kind: impl Fn(&LetterReader) -> Option<LetterKind> + Send,
    ) -> Result<(), ReadError> {
        let (pool, collection) = (self.log.pool(), told.collection);
        for reader in letter_readers(pool, collection, parties, told.position).await? {
            let Some(kind) = kind(&reader) else { continue };
            let person = match reader.focal_point {
                None if reader.is_beginners => self.beginner(told, reader.party).await?,
                known => known,
            };
            if let Some(person) = person {
                let letter = told.letter(&self.ids, kind, person, &reader);
                let event = told.position;
                self.outbox
                    .enqueue_after(&mut *connection, event, &letter)
                    .await?;
            }
        }
        Ok(())
    }

    /// Who speaks for a party by having begun its reply.
    async fn beginner(
        &self,
        told: &LetterContext<'_>,
        party: PartyId,
    ) -> Result<Option<PersonId>, ReadError> {
        let reply = self.ids.reply(told.collection, party);
        let reply = state_as_of::<Reply>(&self.log, reply.0, told.position).await?;
        let begun_by = reply
            .state
            .as_ref()
            .as_ref()
            .and_then(|reply| reply.begun_by);
        let Some(person) = begun_by else {
            return Ok(None);
        };
        Ok(self.directory.person(person).await?.map(|_| person))
    }

    pub(super) async fn collection(
        &self,
        collection: Uuid,
        position: u64,
    ) -> Result<Arc<collection::State>, ReadError> {
        let then = state_as_of::<Collection>(&self.log, collection, position);
        Ok(then.await?.state)
    }
}

/// What letters about a collection tell of it.
pub(super) struct LetterContext<'a> {
    pub collection: CollectionId,
    pub state: &'a Collection,
    pub position: u64,
    /// What more they say.
    pub more: Vec<(String, Value)>,
    /// Where their link leads, if not to the reply or the collection.
    pub path: Option<String>,
}

impl LetterContext<'_> {
    fn letter(
        &self,
        ids: &Ids,
        kind: LetterKind,
        person: PersonId,
        reader: &LetterReader,
    ) -> NewLetter {
        let reply = ids.reply(self.collection, reader.party);
        let path = self.path.clone().unwrap_or_else(|| match kind {
            LetterKind::Clarification => clarifications(reply),
            _ if reader.begun => format!("/replies/{reply}"),
            _ => format!("/collections/{}", self.collection),
        });
        let mut args = letter_args::about_collection(reader.party, &reader.names, self.state);
        args.insert("path".to_owned(), path.into());
        args.extend(self.more.iter().cloned());
        NewLetter {
            person,
            kind,
            about: Some(LetterSubject {
                of: AskedIn::Collection(self.collection),
                party: reader.party,
            }),
            args,
            valid_for: Some(INVITATION_LASTS),
        }
    }
}

/// Where what is asked about a reply is read and answered.
fn clarifications(reply: ReplyId) -> String {
    format!("/replies/{reply}/clarifications")
}
