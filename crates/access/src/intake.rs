//! How much a party stores on a day: files, and what it saves. The log keeps each save for good, with its words, so both are
//! bounded, and what was taken away or typed over since still counts. What the Secretariat stores is not bounded.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use sqlx::PgPool;
use uuid::Uuid;

/// The most bytes of files that a party stores on a day (UTC): 200 MiB.
pub const MOST_OF_FILES: u64 = 200 << 20;
/// The most bytes of events and words that a party saves on a day (UTC): 100 MiB.
pub const MOST_OF_SAVED: u64 = 100 << 20;
/// How many bytes of a day's saves a process reserves at a time, so that not every save asks the database.
const RESERVED: u64 = 1 << 20;
/// The most parties of which a process remembers what it has reserved.
const REMEMBERED: usize = 10_000;

/// What is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Files.
    Files,
    /// What is saved: events, and the words beside them.
    Saved,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Saved => "saved",
        }
    }

    /// The most bytes on a day.
    pub const fn most(self) -> u64 {
        match self {
            Self::Files => MOST_OF_FILES,
            Self::Saved => MOST_OF_SAVED,
        }
    }
}

/// More than is left of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("of the {most} bytes of a day {left} are left")]
pub struct IntakeExceeded {
    /// The most bytes on a day.
    pub most: u64,
    /// How many are left.
    pub left: u64,
    /// In how many seconds the next day begins.
    pub seconds: u64,
}

/// Counts what parties store.
pub struct Intake {
    pool: PgPool,
    /// By party: on which day bytes were reserved for its saves, and how many are left of them.
    reserved: Mutex<HashMap<Uuid, (Date, u64)>>,
}

impl Intake {
    /// An intake that counts in this database.
    pub fn new(pool: PgPool) -> Self {
        Self {
            pool,
            reserved: Mutex::default(),
        }
    }

    /// Counts what a party is about to save.
    ///
    /// # Errors
    /// The database does not answer. Inside: there is not so much left of the day.
    pub async fn saved(&self, party: Uuid, bytes: u64) -> sqlx::Result<Result<(), IntakeExceeded>> {
        let day = today();
        if self.spend(party, day, bytes) {
            return Ok(Ok(()));
        }
        let whole = bytes.max(RESERVED);
        if self.take(party, Kind::Saved, whole).await?.is_ok() {
            self.reserve(party, day, whole - bytes);
            return Ok(Ok(()));
        }
        self.take(party, Kind::Saved, bytes).await
    }

    /// Gives back what was counted for a save that was not recorded: it is there for the next one.
    pub fn not_saved(&self, party: Uuid, bytes: u64) {
        if bytes > 0 {
            self.reserve(party, today(), bytes);
        }
    }

    /// Counts bytes that a party is about to store.
    ///
    /// # Errors
    /// The database does not answer. Inside: there is not so much left of the day.
    pub async fn take(
        &self,
        party: Uuid,
        kind: Kind,
        bytes: u64,
    ) -> sqlx::Result<Result<(), IntakeExceeded>> {
        let most = kind.most();
        let taken = sqlx::query_scalar!(
            "insert into access.intake as i (party, day, kind, bytes) select $1, $2::text::date, $3, $4 where $4 <= $5::bigint
             on conflict (party, day, kind) do update set bytes = i.bytes + excluded.bytes
               where i.bytes + excluded.bytes <= $5
             returning bytes",
            party,
            today().to_string(),
            kind.as_str(),
            number(bytes),
            number(most),
        )
        .fetch_optional(&self.pool)
        .await?;
        if taken.is_some() {
            return Ok(Ok(()));
        }
        let stored = sqlx::query_scalar!(
            "select bytes from access.intake where party = $1 and day = $2::text::date and kind = $3",
            party,
            today().to_string(),
            kind.as_str(),
        )
        .fetch_optional(&self.pool)
        .await?;
        let stored = u64::try_from(stored.unwrap_or(0)).unwrap_or(0);
        Ok(Err(IntakeExceeded {
            most,
            left: most.saturating_sub(stored),
            seconds: until_tomorrow(),
        }))
    }

    /// Gives back what was counted and not stored.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn give_back(&self, party: Uuid, kind: Kind, bytes: u64) -> sqlx::Result<()> {
        sqlx::query!(
            "update access.intake set bytes = greatest(bytes - $4, 0) where party = $1 and day = $2::text::date and kind = $3",
            party,
            today().to_string(),
            kind.as_str(),
            number(bytes),
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Spends what is reserved, if it is enough.
    fn spend(&self, party: Uuid, day: Date, bytes: u64) -> bool {
        let mut reserved = self.reserved.lock().unwrap_or_else(PoisonError::into_inner);
        match reserved.get_mut(&party) {
            Some((of, left)) if *of == day && *left >= bytes => {
                *left -= bytes;
                true
            }
            _ => false,
        }
    }

    fn reserve(&self, party: Uuid, day: Date, bytes: u64) {
        let mut reserved = self.reserved.lock().unwrap_or_else(PoisonError::into_inner);
        if reserved.len() >= REMEMBERED {
            reserved.clear();
        }
        let left = match reserved.get(&party) {
            Some((of, left)) if *of == day => *left,
            _ => 0,
        };
        reserved.insert(party, (day, left + bytes));
    }
}

fn today() -> Date {
    TimeZone::UTC.to_datetime(clock::now()).date()
}

fn until_tomorrow() -> u64 {
    let second = clock::now().as_second().rem_euclid(86_400);
    86_400_u64.saturating_sub(u64::try_from(second).unwrap_or(0))
}

fn number(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing here asks the database, which is not there.
    #[tokio::test]
    async fn what_was_not_saved_is_there_for_the_next_save() {
        let pool = PgPool::connect_lazy("postgres://nobody@localhost:1/nothing").unwrap();
        let intake = Intake::new(pool);
        let party = Uuid::from_u128(1);
        intake.not_saved(party, 100);
        for _ in 0..3 {
            assert_eq!(intake.saved(party, 90).await.unwrap(), Ok(()));
            assert!(!intake.spend(party, today(), 90));
            intake.not_saved(party, 90);
        }
        assert!(intake.spend(party, today(), 100));
    }
}
