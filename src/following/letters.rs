//! Letters that follow from events: invitations, reminders, more time, corrections, clarifications. Each goes to whoever spoke for the party
//! as of the event.

use std::sync::Arc;

use serde_json::{Map, Value};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Derivation;
use super::letter_args::{self, texts};
use crate::desk::stored::{self, state_as_of};
use crate::reading::parties;
use crate::reading::reminders::{LetterReader, letter_readers};
use access::Role;
use access::inviting::{self, Invitee};
use access::links::INVITATION_LASTS;
use directory::Directory;
use domain::collection::{self, Collection};
use domain::commenters::{self, Commenters};
use domain::consultation::Consultation;
use domain::delegation::{self, Delegation};
use domain::instrument::Instrument;
use domain::reply::{self, Reply};
use domain::{CollectionId, Ids, PartyId, PersonId, Texts, Words};
use event_log::{Log, ReadError, StoredEvent, content};
use mail::{AskedIn, LetterKind, LetterSubject, NewLetter, Outbox};

/// Where a focal point asks for a link to come in by: a link in the letter itself would be over when it is read late.
const SIGN_IN: &str = "/sign-in";

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
    /// Somebody was named or admitted: they are invited where whoever did it wished so.
    async fn invite(
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
            args: letter_args::invitation(party, (*collection).as_ref(), &sections),
            sections,
        };
        inviting::invite_after(connection, &self.outbox, &invitee, event.position).await?;
        Ok(())
    }

    /// Somebody comments for a party: they are invited, where whoever named them wished so.
    async fn invite_to_comment(
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
            reason: None,
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
                let told = LetterContext {
                    reason: Some((
                        corrected.reason.as_slice(),
                        self.said(&corrected.reason).await?,
                    )),
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
        let reply::Event::ClarificationRequested(_) = stored::event::<Reply>(event)? else {
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
        let told = LetterContext {
            collection: reply.collection,
            state: open,
            position: event.position,
            reason: None,
        };
        let kind = |_: &LetterReader| Some(LetterKind::Clarification);
        self.write(connection, &told, Some(&[reply.party]), kind)
            .await
    }

    /// Writes to those of the parties for which `kind` answers a letter, and for which somebody speaks who can be written to.
    async fn write(
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
                let letter = told.letter(kind, person, &reader);
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

    async fn collection(
        &self,
        collection: Uuid,
        position: u64,
    ) -> Result<Arc<collection::State>, ReadError> {
        let then = state_as_of::<Collection>(&self.log, collection, position);
        Ok(then.await?.state)
    }
}

/// What letters about a collection tell of it.
struct LetterContext<'a> {
    collection: CollectionId,
    state: &'a Collection,
    position: u64,
    /// What was corrected, as it was stored and by language.
    reason: Option<(&'a [Words], Texts)>,
}

impl LetterContext<'_> {
    fn letter(&self, kind: LetterKind, person: PersonId, reader: &LetterReader) -> NewLetter {
        let deadline = self.state.deadline_of(reader.party).local_text();
        let args: [(&str, Value); 4] = [
            ("party", texts(&reader.names)),
            ("collection", texts(&self.state.title)),
            ("deadline", deadline.into()),
            ("path", SIGN_IN.into()),
        ];
        let mut args = Map::from_iter(args.map(|(name, value)| (name.to_owned(), value)));
        if let Some((stored, reason)) = &self.reason {
            args.insert("reason".to_owned(), texts(reason));
            // By which a redaction finds them.
            let contents = stored
                .iter()
                .map(|words| (words.lang.to_string(), words.content.content.0.to_string()));
            let contents = contents.map(|(lang, content)| (lang, Value::String(content)));
            args.insert(
                "reason_contents".to_owned(),
                Value::Object(contents.collect()),
            );
        }
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

/// The role of whoever invites.
fn inviter(event: &StoredEvent) -> Result<Role, ReadError> {
    event.actor.role.parse().map_err(|_| ReadError::Stored {
        position: event.position,
        why: "its actor has no role".into(),
    })
}
