//! Letters between those who act for one party: a colleague hands a section back to the focal point, who returns it. They name the
//! section and where it is read. What was remarked stays in the reply, where it is shown to nobody else.

use serde_json::Value;
use sqlx::PgConnection;

use super::letter_args;
use super::letters::{LetterContext, Letters};
use crate::desk::stored::{self, state_as_of};
use crate::reading::parties;
use crate::reading::reminders::LetterReader;
use access::links::INVITATION_LASTS;
use domain::ReplyId;
use domain::collection::Collection;
use domain::instrument::Instrument;
use domain::questionnaire::Questionnaire;
use domain::reply::{self, Reply};
use event_log::{ReadError, StoredEvent, content};
use mail::{AskedIn, LetterKind, LetterSubject, NewLetter};

impl Letters {
    /// A section was handed back, or returned.
    pub(super) async fn pass(
        &self,
        connection: &mut PgConnection,
        event: &StoredEvent,
    ) -> Result<(), ReadError> {
        let position = event.position;
        let held = state_as_of::<Reply>(&self.log, event.stream, position).await?;
        let Some(held) = held.state.as_ref() else {
            return Ok(());
        };
        let state = self.collection(held.collection.0, position).await?;
        let Some(open) = state.as_ref() else {
            return Ok(());
        };
        let id = ReplyId(event.stream);
        match stored::event::<Reply>(event)? {
            reply::Event::SectionHandedBack(handed_back) => {
                let section = self
                    .section_title(open, &handed_back.section, position)
                    .await?;
                let told = LetterContext {
                    collection: held.collection,
                    state: open,
                    position,
                    more: vec![("section".to_owned(), section)],
                    path: Some(format!("/replies/{id}/colleagues")),
                };
                let kind = |_: &LetterReader| Some(LetterKind::HandBack);
                self.write(connection, &told, Some(&[held.party]), kind)
                    .await
            }
            reply::Event::SectionReturned(returned) => {
                let names = parties::names(self.log.pool(), held.party).await?;
                let names = names.unwrap_or_default();
                let section = self
                    .section_title(open, &returned.section, position)
                    .await?;
                let path = format!("/replies/{id}/sections/{}", returned.section);
                let mut args = letter_args::about_collection(held.party, &names, open);
                args.insert("section".to_owned(), section);
                args.insert("path".to_owned(), path.into());
                for person in returned.to {
                    if self.directory.person(person).await?.is_none() {
                        continue;
                    }
                    let letter = NewLetter {
                        person,
                        kind: LetterKind::SectionReturn,
                        about: Some(LetterSubject {
                            of: AskedIn::Collection(held.collection),
                            party: held.party,
                        }),
                        args: args.clone(),
                        valid_for: Some(INVITATION_LASTS),
                    };
                    self.outbox
                        .enqueue_after(&mut *connection, position, &letter)
                        .await?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl Letters {
    /// What a section is called, by language; its code, where that cannot be read.
    async fn section_title(
        &self,
        open: &Collection,
        code: &str,
        position: u64,
    ) -> Result<Value, ReadError> {
        let held = state_as_of::<Instrument>(&self.log, open.instrument.0, position).await?;
        let revision = held.state.as_ref().as_ref();
        let revision = revision.and_then(|held| held.revision(open.revision));
        let Some(revision) = revision else {
            return Ok(code.into());
        };
        let id = revision.shown().content.0;
        let bodies = content::bodies(self.log.pool(), &[id]).await?;
        let asked = bodies.get(&id);
        let asked = asked.and_then(|body| serde_json::from_slice::<Questionnaire>(body).ok());
        let title = asked.and_then(|asked| {
            let mut sections = asked.sections.into_iter();
            sections.find(|section| section.code == code)
        });
        Ok(title.map_or_else(|| code.into(), |section| letter_args::texts(&section.title)))
    }
}
