//! What an officer sees of the outbox: to whom, what, and what became of it.

use serde_json::Value;
use uuid::Uuid;

use super::outbox::{kind, object};
use super::smtp::NotSentReason;
use super::text::{self, Text};
use super::{LetterKind, LetterState, Outbox};
use domain::{Lang, PersonId};

/// A letter, with what the directory says today of whom it is for.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Its id.
    pub id: Uuid,
    /// To whom.
    pub person: PersonId,
    /// Their name; none once they are erased.
    pub name: Option<String>,
    /// Their address; none once they are erased.
    pub email: Option<String>,
    /// What it says.
    pub kind: LetterKind,
    /// The collection that it is about, if one.
    pub collection: Option<Uuid>,
    /// The consultation that it is about, if one.
    pub consultation: Option<Uuid>,
    /// The party that it is about.
    pub party: Option<Uuid>,
    /// What became of it.
    pub state: LetterState,
    /// Why the last attempt failed: a code of [`super::NotSentReason`].
    pub why: Option<String>,
    /// The codes of the SMTP server's answer to it.
    pub answer: Option<String>,
    /// How many attempts there have been.
    pub attempts: i32,
    /// When it is tried next, if it is queued: RFC 3339 in UTC.
    pub next_attempt: Option<String>,
    /// When it was put into the outbox.
    pub created: String,
    /// When it was sent.
    pub sent: Option<String>,
    /// The time after which it is not sent any more.
    pub expires: Option<String>,
    /// The language in which it was sent, or would be.
    pub language: Lang,
    /// The language that the recipient reads, as the directory says.
    pub reads: Lang,
    /// What it says; none once it is sent, or is not worth sending any more.
    pub text: Option<Text>,
}

impl Letter {
    /// Whether it has nothing more to say, and so is not tried again.
    pub fn is_over(&self) -> bool {
        let why = self.why.as_deref().and_then(|why| why.parse().ok());
        why.is_some_and(NotSentReason::is_over)
    }
}

/// Which letters.
#[derive(Clone, Copy, Debug, Default)]
pub struct LetterFilter {
    /// Those in this state; in any, if none.
    pub state: Option<LetterState>,
    /// Those of this kind; of any, if none.
    pub kind: Option<LetterKind>,
    /// Those about this collection; about any or none, if none.
    pub collection: Option<Uuid>,
    /// Those about this consultation; about any or none, if none.
    pub consultation: Option<Uuid>,
}

/// What came of the wish to try a letter again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It is queued again.
    Queued,
    /// It has not failed, or what it says is true no longer, or the person was erased.
    Impossible,
    /// There is no such letter.
    Unknown,
}

struct Row {
    id: Uuid,
    person: Uuid,
    name: Option<String>,
    email: Option<String>,
    kind: String,
    collection: Option<Uuid>,
    consultation: Option<Uuid>,
    party: Option<Uuid>,
    args: Value,
    state: String,
    why: Option<String>,
    answer: Option<String>,
    attempts: i32,
    next_attempt: Option<String>,
    created: String,
    sent: Option<String>,
    expires: Option<String>,
    language: String,
    reads: String,
}

impl Outbox {
    /// Letters in the order in which they were put in: at most `rows` after one.
    pub async fn list(
        &self,
        wanted: LetterFilter,
        after: Option<Uuid>,
        rows: i64,
    ) -> sqlx::Result<Vec<Letter>> {
        self.end_moot().await?;
        self.read(None, wanted, after, rows).await
    }

    /// A letter.
    pub async fn letter(&self, id: Uuid) -> sqlx::Result<Option<Letter>> {
        self.end_moot().await?;
        Ok(self
            .read(Some(id), LetterFilter::default(), None, 1)
            .await?
            .pop())
    }

    /// Puts a letter that failed into the queue again, with all its attempts before it.
    pub async fn retry(&self, id: Uuid) -> sqlx::Result<Retry> {
        self.end_moot().await?;
        let queued = sqlx::query!(
            "update mail.letter set state = 'queued', why = null, answer = null, attempts = 0, next_attempt = now()
              where id = $1 and state = 'failed'
                and not coalesce(why = any($2), false) and kind <> all($3)",
            id,
            &NotSentReason::codes_of_over(),
            &LetterKind::codes_within_party()
        )
        .execute(&self.pool)
        .await?;
        if queued.rows_affected() == 1 {
            self.wake();
            return Ok(Retry::Queued);
        }
        let known = self.letter(id).await?.is_some();
        Ok(if known {
            Retry::Impossible
        } else {
            Retry::Unknown
        })
    }

    async fn read(
        &self,
        id: Option<Uuid>,
        wanted: LetterFilter,
        after: Option<Uuid>,
        rows: i64,
    ) -> sqlx::Result<Vec<Letter>> {
        let rows = sqlx::query_as!(
            Row,
            r#"select l.id, l.person, p.name, p.email, l.kind, l.collection, l.consultation, l.party, l.args, l.state, l.why, l.answer, l.attempts,
                      case l.state when 'queued' then log.rfc3339(l.next_attempt) end as next_attempt,
                      log.rfc3339(l.created_at) as "created!", log.rfc3339(l.sent_at) as sent,
                      log.rfc3339(l.expires_at) as expires, coalesce(l.language, p.language) as "language!", p.language as "reads!"
                 from mail.letter l join directory.person p on p.id = l.person
                where ($1::uuid is null or l.id = $1) and ($2::text is null or l.state = $2)
                  and ($3::uuid is null or l.id > $3)
                  and ($5::text is null or l.kind = $5) and ($6::uuid is null or l.collection = $6)
                  and ($7::uuid is null or l.consultation = $7) and l.kind <> all($8)
                order by l.id limit $4"#,
            id,
            wanted.state.map(LetterState::as_str),
            after,
            rows,
            wanted.kind.map(LetterKind::as_str),
            wanted.collection,
            wanted.consultation,
            &LetterKind::codes_within_party()
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(|row| self.letter_of(row)).collect()
    }

    fn letter_of(&self, row: Row) -> sqlx::Result<Letter> {
        let kind = kind(&row.kind)?;
        let state = row
            .state
            .parse()
            .map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
        let language = row.language.parse().unwrap_or(Lang::En);
        let why = row.why.as_deref().and_then(|why| why.parse().ok());
        let is_over = why.is_some_and(NotSentReason::is_over);
        let text = match &row.name {
            Some(name) if state != LetterState::Sent && !is_over => {
                let mut args = object(row.args);
                let is_withheld = kind.lets_in()
                    && (self.is_sent || !self.seal.open(row.id, &mut args))
                    && text::withhold(&mut args);
                let text = text::text(kind, language, name, &args, &self.public_url);
                Some(Text {
                    is_withheld,
                    ..text
                })
            }
            _ => None,
        };
        Ok(Letter {
            id: row.id,
            person: PersonId(row.person),
            name: row.name,
            email: row.email,
            kind,
            collection: row.collection,
            consultation: row.consultation,
            party: row.party,
            state,
            why: row.why,
            answer: row.answer,
            attempts: row.attempts,
            next_attempt: row.next_attempt,
            created: row.created,
            sent: row.sent,
            expires: row.expires,
            reads: row.reads.parse().unwrap_or(Lang::En),
            language: text.as_ref().map_or(language, |text| text.language),
            text,
        })
    }
}
