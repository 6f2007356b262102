//! Digests: officers are told by letter what waits for them, each thing once, as often as they set.

use std::time::Duration;

use serde_json::{Map, Value};
use tokio::time::timeout;

use super::letter_args::texts;
use crate::reading::work::{self, WorkKind, WorkRow};
use event_log::Log;
use mail::{LetterKind, NewLetter, Outbox, digests};

/// Whoever is told once a day is due without an event.
const REGARDLESS: Duration = Duration::from_secs(30);
/// The log may move on many times a second.
const PAUSE: Duration = Duration::from_millis(500);
/// The most that one letter tells of.
const MOST: i64 = 500;
/// Where it is dealt with.
const PATH: &str = "/sign-in";

/// Writes digests.
pub struct Digests {
    /// Where the events are.
    pub log: Log,
    /// Where the letters go.
    pub outbox: Outbox,
}

impl Digests {
    /// Writes what is due, again and again. Ends when it is aborted.
    pub async fn run(self) {
        let mut head = self.log.watch();
        loop {
            let position = *head.borrow_and_update();
            loop {
                match self.step(position).await {
                    Ok(true) => self.outbox.wake(),
                    Ok(false) => break,
                    Err(sqlx::Error::PoolClosed) => return,
                    Err(error) => {
                        tracing::warn!(%error, "digests wait; they are tried again");
                        break;
                    }
                }
            }
            tokio::time::sleep(PAUSE).await;
            if let Ok(Err(_)) = timeout(REGARDLESS, head.changed()).await {
                return;
            }
        }
    }

    /// Tells one officer of what came up to a position, if one is due: the letter and that it was written are one transaction.
    async fn step(&self, head: u64) -> sqlx::Result<bool> {
        let mut transaction = self.log.pool().begin().await?;
        let Some(due) = digests::take(&mut transaction, head).await? else {
            return Ok(false);
        };
        let number = |position: u64| i64::try_from(position).unwrap_or(i64::MAX);
        let (after, until) = (number(due.position), number(head));
        let rows = work::waiting(self.log.pool(), after, until, MOST).await?;
        if !rows.is_empty() {
            let letter = NewLetter {
                person: due.person,
                kind: LetterKind::Digest,
                about: None,
                args: args(&rows),
                valid_for: None,
            };
            self.outbox.enqueue(&mut *transaction, &letter).await?;
        }
        digests::told(&mut transaction, due.person, head, !rows.is_empty()).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// Of each kind how many there are, and whose.
fn args(rows: &[WorkRow]) -> Map<String, Value> {
    let mut args = Map::from_iter([("path".to_owned(), PATH.into())]);
    for kind in WorkKind::ALL {
        let of_kind: Vec<&WorkRow> = rows.iter().filter(|row| row.kind == *kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let mut parties: Vec<&WorkRow> = of_kind.clone();
        parties.sort_by(|one, other| one.code.cmp(&other.code));
        parties.dedup_by(|one, other| one.code == other.code);
        let names = parties.iter().map(|row| texts(&row.names));
        let name = match kind {
            WorkKind::Reply => "replies",
            WorkKind::Amendment => "amendments",
            WorkKind::Answer => "answers",
            WorkKind::Comment => "comments",
            WorkKind::Request => "requests",
        };
        args.insert(name.to_owned(), Value::Array(names.collect()));
        args.insert(format!("{name}_count"), of_kind.len().into());
    }
    args
}
