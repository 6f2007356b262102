//! The outbox: letters that are to be sent, and what became of them.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};
use sqlx::{PgConnection, PgExecutor, PgPool};
use tokio::sync::Notify;
use uuid::Uuid;

use super::letter::{AskedIn, LetterKind, LetterState, LetterSubject, NewLetter};
use super::metrics::SenderMetrics;
use super::seal::Seal;
use super::smtp::{Failure, NotSentReason};
use domain::{Lang, PartyId, PersonId};

/// Letters of this database.
#[derive(Clone, Debug)]
pub struct Outbox {
    pub(super) pool: PgPool,
    pub(super) wake: Arc<Notify>,
    pub(super) public_url: Arc<str>,
    pub(super) is_sent: bool,
    pub(super) seal: Arc<Seal>,
    pub(super) metrics: Arc<SenderMetrics>,
}

/// A letter that somebody has taken to send.
#[derive(Debug)]
pub(super) struct TakenLetter {
    pub id: Uuid,
    pub person: PersonId,
    pub kind: LetterKind,
    pub about: Option<LetterSubject>,
    pub args: Map<String, Value>,
    /// How many attempts there have been, with this one.
    pub attempts: i32,
}

impl Outbox {
    /// The outbox of this database, whose letters' links begin with `public_url`, and are sealed while they wait. `is_sent` says
    /// whether a mail server takes its letters; where none does, people pass them on, and so must read the links in them.
    pub fn new(pool: PgPool, public_url: &str, is_sent: bool, seal: Seal) -> Self {
        Self {
            pool,
            seal: Arc::new(seal),
            metrics: Arc::default(),
            wake: Arc::default(),
            public_url: public_url.into(),
            is_sent,
        }
    }

    /// Puts a letter into the outbox and answers its id. It leaves once the caller's transaction is committed; whoever
    /// calls [`Outbox::wake`] then spares it the wait for the next look.
    ///
    /// # Errors
    /// The database does not answer, or does not know the person.
    pub async fn enqueue<'e>(
        &self,
        executor: impl PgExecutor<'e>,
        letter: &NewLetter,
    ) -> sqlx::Result<Uuid> {
        let id = clock::new_id();
        self.insert(executor, id, None, letter).await?;
        Ok(id)
    }

    /// Puts a letter into the outbox that follows from the event at a position, unless it was put in before. Answers whether it
    /// is put in now.
    ///
    /// # Errors
    /// The database does not answer, or does not know the person.
    pub async fn enqueue_after<'e>(
        &self,
        executor: impl PgExecutor<'e>,
        event: u64,
        letter: &NewLetter,
    ) -> sqlx::Result<bool> {
        let rows = self.insert(executor, clock::new_id(), Some(event), letter);
        Ok(rows.await? > 0)
    }

    async fn insert<'e>(
        &self,
        executor: impl PgExecutor<'e>,
        id: Uuid,
        event: Option<u64>,
        letter: &NewLetter,
    ) -> sqlx::Result<u64> {
        let mut args = letter.args.clone();
        if letter.kind.lets_in() {
            self.seal.close(id, &mut args)?;
        }
        let inserted = sqlx::query!(
            "insert into mail.letter (id, person, kind, args, expires_at, collection, party, event, consultation)
             values ($1, $2, $3, $4, now() + make_interval(secs => $5), $6, $7, $8, $9)
             on conflict (event, person, kind, party) where event is not null do nothing",
            id,
            letter.person.0,
            letter.kind.as_str(),
            Value::Object(args),
            letter.valid_for.map(|time| time.as_secs_f64()),
            letter.about.and_then(|about| about.of.collection()),
            letter.about.map(|about| about.party.0),
            event.map(|event| i64::try_from(event).unwrap_or(i64::MAX)),
            letter.about.and_then(|about| about.of.consultation()),
        )
        .execute(executor)
        .await?;
        Ok(inserted.rows_affected())
    }

    /// Tells this process's sender that a letter may be due.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Takes a letter that is due; for this long nobody else takes it.
    pub(super) async fn take(&self, time: Duration) -> sqlx::Result<Option<TakenLetter>> {
        let row = sqlx::query!(
            "update mail.letter set attempts = attempts + 1, next_attempt = now() + make_interval(secs => $1)
              where id = (select id from mail.letter where state = 'queued' and next_attempt <= now()
                                                             and (expires_at is null or expires_at > now())
                           order by next_attempt, id limit 1 for update skip locked)
             returning id, person, kind, args, attempts, collection, consultation, party",
            time.as_secs_f64()
        )
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| {
            Ok(TakenLetter {
                id: row.id,
                person: PersonId(row.person),
                kind: kind(&row.kind)?,
                about: AskedIn::from_stored(row.collection, row.consultation)
                    .zip(row.party)
                    .map(|(of, party)| LetterSubject {
                        of,
                        party: PartyId(party),
                    }),
                args: object(row.args),
                attempts: row.attempts,
            })
        })
        .transpose()
    }

    /// Notes that the server has a letter, and forgets the secret in it: also where it has come to have nothing more to say
    /// while it was handed over, since it was sent all the same. One that was taken anew, or whose reader was erased, stays as
    /// it is.
    pub(super) async fn sent(
        &self,
        letter: &TakenLetter,
        language: Lang,
        message_id: &str,
    ) -> sqlx::Result<()> {
        sqlx::query!(
            "update mail.letter
                set state = 'sent', sent_at = now(), language = $3, message_id = $4, why = null, answer = null,
                    args = args - 'path'
              where id = $1 and attempts = $2 and state <> 'sent' and why is distinct from 'erased'",
            letter.id,
            letter.attempts,
            language.as_str(),
            message_id,
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Notes that an attempt failed, and after which pause there is another one, if there is.
    pub(super) async fn failed(
        &self,
        letter: &TakenLetter,
        failure: &Failure,
        pause: Option<Duration>,
    ) -> sqlx::Result<()> {
        let state = if pause.is_some() {
            LetterState::Queued
        } else {
            LetterState::Failed
        };
        sqlx::query!(
            "update mail.letter
                set state = $3, why = $4, answer = $5, next_attempt = now() + make_interval(secs => $6),
                    args = case when $4 = 'erased' then '{}' when $7 then args - 'path' else args end
              where id = $1 and attempts = $2 and state = 'queued'",
            letter.id,
            letter.attempts,
            state.as_str(),
            failure.why.as_str(),
            failure.answer,
            pause.unwrap_or_default().as_secs_f64(),
            failure.why.is_over(),
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Seals the links of letters that were put in before links were sealed.
    pub async fn seal_older(&self) -> sqlx::Result<()> {
        let kinds = LetterKind::ALL.iter().filter(|kind| kind.lets_in());
        let kinds: Vec<String> = kinds.map(|kind| kind.as_str().to_owned()).collect();
        let letters = sqlx::query!(
            "select id, args from mail.letter
              where state <> 'sent' and kind = any($1) and args ? 'path' and args ->> 'path' not like '%/sealed.%'",
            &kinds
        )
        .fetch_all(&self.pool)
        .await?;
        for letter in letters {
            let mut args = object(letter.args.clone());
            self.seal.close(letter.id, &mut args)?;
            sqlx::query!(
                "update mail.letter set args = $2 where id = $1 and args = $3",
                letter.id,
                Value::Object(args),
                letter.args
            )
            .execute(&self.pool)
            .await?;
        }
        Ok(())
    }

    /// Why a letter has nothing more to say, if that is so.
    pub(super) async fn moot_reason(
        &self,
        letter: &TakenLetter,
    ) -> sqlx::Result<Option<NotSentReason>> {
        let why = sqlx::query_scalar!(
            "select mail.moot(letter) from mail.letter letter where id = $1",
            letter.id
        )
        .fetch_optional(&self.pool)
        .await?;
        why.flatten()
            .map(|why| why.parse())
            .transpose()
            .map_err(|error| sqlx::Error::Decode(Box::new(error)))
    }

    /// Ends letters that have nothing more to say, and forgets the secrets in them: also where nothing sends them, so that
    /// whoever passes them on is not shown what is over.
    pub async fn end_moot(&self) -> sqlx::Result<()> {
        self.end_moot_on(&self.pool).await
    }

    /// As [`Self::end_moot`], with what else a transaction does.
    pub async fn end_moot_on<'e>(&self, executor: impl PgExecutor<'e>) -> sqlx::Result<()> {
        sqlx::query!(
            "update mail.letter letter set state = 'failed', why = mail.moot(letter), args = args - 'path'
              where state <> 'sent' and not coalesce(why = any($1), false) and mail.moot(letter) is not null",
            &NotSentReason::codes_of_over()
        )
        .execute(executor)
        .await?;
        Ok(())
    }

    /// Takes words that were redacted out of the letters that repeat them, sent or not: `reason` and `question`, by language,
    /// whose contents `reason_contents` and `question_contents` name.
    pub async fn forget_words_on<'e>(
        &self,
        executor: impl PgExecutor<'e>,
        content: Uuid,
    ) -> sqlx::Result<()> {
        sqlx::query!(
            "update mail.letter letter set args = letter.args #- array[words.name, said.lang]
               from mail.letter held cross join unnest(array['reason', 'question']) as words (name),
                    jsonb_each_text(held.args -> (words.name || '_contents')) as said (lang, content)
              where held.id = letter.id and held.kind in ('correction', 'clarification') and said.content = $1",
            content.to_string()
        )
        .execute(executor)
        .await?;
        Ok(())
    }

    /// Ends letters that are no longer worth sending, and forgets the secrets in them.
    pub(super) async fn expire(&self) -> sqlx::Result<()> {
        sqlx::query!(
            "update mail.letter set state = 'failed', why = 'expired', args = args - 'path'
              where state <> 'sent' and expires_at <= now() and why is distinct from 'expired'"
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}

/// Cancels the letters to a person who is erased that are not sent, and forgets what all of theirs were filled with.
pub async fn forget(connection: &mut PgConnection, person: PersonId) -> sqlx::Result<()> {
    sqlx::query!(
        "update mail.letter
            set args = '{}', why = case state when 'sent' then why else 'erased' end,
                state = case state when 'sent' then state else 'failed' end
          where person = $1",
        person.0
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!("delete from mail.digest where person = $1", person.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// A stored kind.
pub(super) fn kind(stored: &str) -> sqlx::Result<LetterKind> {
    stored
        .parse()
        .map_err(|error| sqlx::Error::Decode(Box::new(error)))
}

/// A stored object.
pub(super) fn object(stored: Value) -> Map<String, Value> {
    match stored {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
