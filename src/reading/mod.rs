//! What the API reads from the views. Every query is one statement, so its rows and the position that it names come from
//! one snapshot. What returns an [`sqlx::Error`] fails where the database does not answer, unless it says more.

use sqlx::types::Json;

pub mod answers;
pub mod caption;
pub mod classification;
pub mod collections;
pub mod comments;
pub mod consultations;
pub mod contributions;
pub mod dated_replies;
pub mod delegations;
pub mod documents;
pub mod instruments;
pub mod invitations;
pub mod mandate;
pub mod materials;
pub mod meetings;
pub mod needs;
pub mod participation;
pub mod parties;
pub mod projects;
pub mod proposals;
pub mod releases;
pub mod reminders;
pub mod replies;
pub mod reports;
pub mod requests;
pub mod rounds;
pub mod submitted_replies;
pub mod translations;
pub mod viewer;
pub mod words;
pub mod work;

/// Rows, and the position that they were read at.
#[derive(Clone, Debug)]
pub struct PositionedRows<T> {
    /// What was read.
    pub rows: T,
    /// The head of the log at that moment, or the position asked for.
    pub position: u64,
    /// The last position up to there that could have changed what was read.
    pub changed: u64,
}

/// Which part of a list is read: of its state as of a position, so many rows after a key.
#[derive(Clone, Debug)]
pub struct Part<K> {
    /// As of which position; now, if there is none.
    pub as_of: Option<u64>,
    /// The key after which the part begins.
    pub after: Option<K>,
    /// How many rows at most.
    pub rows: i64,
}

impl<K> Part<K> {
    /// So many rows from the first one on.
    pub const fn first(as_of: Option<u64>, rows: i64) -> Self {
        Self {
            as_of,
            after: None,
            rows,
        }
    }
}

/// What a statement found, which gives its rows as one value: they and both positions are of one snapshot.
struct Found<T> {
    rows: Json<T>,
    position: i64,
    changed: i64,
}

impl<T> From<Found<T>> for PositionedRows<T> {
    fn from(found: Found<T>) -> Self {
        Self {
            rows: found.rows.0,
            position: position(found.position),
            changed: position(found.changed),
        }
    }
}

fn number(position: Option<u64>) -> Option<i64> {
    position.map(|position| i64::try_from(position).unwrap_or(i64::MAX))
}

fn position(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
