//! What follows from events, each exactly once, and comes behind the appends: letters.
//!
//! A derivation has a row in `following.follower`, which says up to which position all of it is done. What follows from an event
//! and the row's move past it are one transaction, so a process that ends at any moment loses nothing and does nothing twice.
//! Several processes may follow: whoever locks the row goes on from where it stands.

pub mod checkpoints;
pub mod digests;
mod hand_backs;
mod invitations;
pub mod letter_args;
pub mod letters;
mod receipts;

use std::time::Duration;

use sqlx::PgConnection;
use tokio::sync::watch;
use tokio::time::timeout;
use tracing::Instrument;

use event_log::views::Definitions;
use event_log::{Log, Progress, ReadError, StoredEvent};

/// How many positions are looked through at a time for the next event of the derivation's kinds.
const PAGE: i64 = 4_096;
/// The log's watch may miss what another process appended; this bounds for how long.
const REGARDLESS: Duration = Duration::from_secs(2);
/// How long to pause once nothing more was found: a transaction for each append would make as many as the log has.
const PAUSE: Duration = Duration::from_millis(20);
/// How long after a failure.
const RETRY: Duration = Duration::from_secs(1);
/// The longest that whoever caused an event waits for what follows from it.
const PATIENCE: Duration = Duration::from_secs(1);

/// What follows from events of some kinds.
pub trait Derivation: Send + Sync + 'static {
    /// Its row in `following.follower`, which a migration makes, and its name in the figures.
    const NAME: &'static str;
    /// The kinds of events that anything follows from.
    const KINDS: &'static [&'static str];

    /// Writes what follows from an event, all of it on this connection: its transaction moves the position too. It goes by the
    /// event and by what was so as of its position.
    fn derive(
        &self,
        connection: &mut PgConnection,
        event: &StoredEvent,
    ) -> impl Future<Output = Result<(), ReadError>> + Send;

    /// What was derived is committed.
    fn committed(&self);
}

/// Follows the log for a derivation.
pub struct Follower<D> {
    derivation: D,
    log: Log,
    views_hash: String,
    progress: Progress,
    reached: watch::Sender<u64>,
}

/// How far a derivation is.
#[derive(Clone, Debug)]
pub struct DerivedPosition(watch::Receiver<u64>);

/// How far one step came.
enum Step {
    /// Something followed from the event here, or nothing is looked for up to here, and there may be more.
    Reached(u64),
    /// Nothing follows up to here, which is the log's head.
    Idle(u64),
    /// Another process is at it, from here.
    Elsewhere(u64),
    /// The views are another program's, which may know of more to derive: this one leaves it to that one.
    Foreign(u64),
}

impl DerivedPosition {
    /// Returns once all that follows from the events up to a position is done, or after a second: then it will be. Answers
    /// whether it is.
    pub async fn reach(&self, position: u64) -> bool {
        let mut reached = self.0.clone();
        let reaches = reached.wait_for(|reached| *reached >= position);
        matches!(timeout(PATIENCE, reaches).await, Ok(Ok(_)))
    }
}

impl<D: Derivation> Follower<D> {
    /// A follower that does not run yet, and what tells how far it has come. It pauses while the database has the views of other
    /// definitions than these.
    pub fn new(log: &Log, definitions: &Definitions, derivation: D) -> (Self, DerivedPosition) {
        let (sender, receiver) = watch::channel(0);
        let follower = Self {
            derivation,
            log: log.clone(),
            views_hash: definitions.hash(),
            progress: log.followers().enter(D::NAME, log.watch()),
            reached: sender,
        };
        (follower, DerivedPosition(receiver))
    }

    /// Follows. Ends when it is aborted, or the pool is closed.
    pub async fn run(self) {
        let mut head = self.log.watch();
        loop {
            let span = tracing::debug_span!("derivation", name = D::NAME);
            match self.step().instrument(span).await {
                Ok(Step::Reached(position)) => self.reach(position),
                Ok(Step::Idle(position)) => {
                    self.reach(position);
                    if let Ok(Err(_)) = timeout(REGARDLESS, head.changed()).await {
                        return;
                    }
                }
                Ok(Step::Elsewhere(position)) => {
                    self.leave(position);
                    tokio::time::sleep(PAUSE).await;
                }
                Ok(Step::Foreign(position)) => {
                    self.leave(position);
                    tokio::time::sleep(REGARDLESS).await;
                }
                Err(ReadError::Database(sqlx::Error::PoolClosed)) => return,
                Err(error) => {
                    tracing::warn!(follower = D::NAME, %error, "what follows from events waits; it is tried again");
                    tokio::time::sleep(RETRY).await;
                }
            }
        }
    }

    fn reach(&self, position: u64) {
        self.progress.reach(position);
        self.reached.send_replace(position);
    }

    fn leave(&self, position: u64) {
        self.progress.yield_to_other();
        self.reached.send_replace(position);
    }

    async fn step(&self) -> Result<Step, ReadError> {
        let row = sqlx::query!(
            r#"select f.position, h.position as head, coalesce(h.views_hash = $2, false) as "is_ours!"
                 from following.follower f cross join log.head h where f.name = $1"#,
            D::NAME,
            self.views_hash
        )
        .fetch_one(self.log.pool())
        .await?;
        if !row.is_ours {
            return Ok(Step::Foreign(number(row.position)));
        }
        if row.position >= row.head {
            return Ok(Step::Idle(number(row.position)));
        }
        let mut transaction = self.log.pool().begin().await?;
        let locked = sqlx::query_scalar!(
            "select position from following.follower where name = $1 for update skip locked",
            D::NAME
        )
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(position) = locked else {
            return Ok(Step::Elsewhere(number(row.position)));
        };
        let until = row.head.min(position.saturating_add(PAGE));
        if until <= position {
            return Ok(Step::Reached(number(position)));
        }
        let next = self
            .log
            .next_of(D::KINDS, number(position), number(until))
            .await?;
        if let Some(event) = &next {
            self.derivation.derive(&mut transaction, event).await?;
        }
        let reached = next.as_ref().map_or(number(until), |event| event.position);
        advance(&mut transaction, D::NAME, reached, next.is_some()).await?;
        transaction.commit().await?;
        match next {
            Some(_) => self.derivation.committed(),
            None if until == row.head => tokio::time::sleep(PAUSE).await,
            None => {}
        }
        Ok(Step::Reached(reached))
    }
}

/// Moves a derivation's position. Where nothing followed it need not be on disk: what a crash takes is looked through again.
async fn advance(
    connection: &mut PgConnection,
    name: &str,
    position: u64,
    is_lasting: bool,
) -> sqlx::Result<()> {
    if !is_lasting {
        sqlx::query!("select set_config('synchronous_commit', 'off', true)")
            .fetch_one(&mut *connection)
            .await?;
    }
    sqlx::query!(
        "update following.follower set position = $2 where name = $1",
        name,
        i64::try_from(position).unwrap_or(i64::MAX)
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn number(position: i64) -> u64 {
    u64::try_from(position).unwrap_or(0)
}
