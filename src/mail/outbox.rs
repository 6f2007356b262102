//! The outbox: letters that are to be sent, and what became of them.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};
use sqlx::{PgExecutor, PgPool};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::clock;
use crate::domain::PersonId;

code_enum! {
    /// What a letter says. Its texts are data/letters/`<kind>`.`<language>`.txt.
    pub enum LetterKind {
        /// A focal point is invited; `party` and `collection` say to what, `path` opens it.
        Invitation = "invitation",
        /// A focal point invites a colleague to some sections; as an invitation, and `sections`.
        ContributorInvitation = "contributor_invitation",
        /// The link that was asked for: `path`.
        SignInLink = "sign_in_link",
        /// A deadline comes near: `party`, `collection`, `deadline`.
        Reminder = "reminder",
    }
}

/// A letter to put into the outbox.
#[derive(Clone, Debug)]
pub struct NewLetter {
    /// To whom. Name, address and language are read from the directory when it is sent.
    pub person: PersonId,
    /// What it says.
    pub kind: LetterKind,
    /// What its placeholders are filled with: a string, or an object of texts by language, of which the reader's is
    /// taken. Never a name or an address of a person. The member `path`, such as `/in/<secret>`, makes the link, and is
    /// forgotten as soon as the letter is sent.
    pub args: Map<String, Value>,
    /// How long it is worth sending: as long as its link opens. For ever where there is none.
    pub valid_for: Option<Duration>,
}

/// Letters of this database.
#[derive(Clone, Debug)]
pub struct Outbox {
    pub(super) pool: PgPool,
    pub(super) wake: Arc<Notify>,
}

impl Outbox {
    /// The outbox of this database.
    pub fn new(pool: PgPool) -> Self {
        Self {
            pool,
            wake: Arc::default(),
        }
    }

    /// Puts a letter into the outbox and answers its id. It leaves once the caller's transaction is committed; whoever
    /// calls [`Outbox::wake`] then spares it the wait for the next look.
    ///
    /// # Errors
    /// The database does not answer, or does not know the person.
    pub async fn enqueue<'e>(
        executor: impl PgExecutor<'e>,
        letter: &NewLetter,
    ) -> sqlx::Result<Uuid> {
        let id = clock::new_id();
        sqlx::query!(
            "insert into mail.letter (id, person, kind, args, expires_at)
             values ($1, $2, $3, $4, now() + make_interval(secs => $5))",
            id,
            letter.person.0,
            letter.kind.as_str(),
            Value::Object(letter.args.clone()),
            letter.valid_for.map(|time| time.as_secs_f64()),
        )
        .execute(executor)
        .await?;
        Ok(id)
    }

    /// Tells this process's sender that a letter may be due.
    pub fn wake(&self) {
        self.wake.notify_one();
    }
}
