//! The one place that reads the clock, draws random bits and makes new ids; everything else is handed them.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the place that the ban leaves over"
)]

use std::time::Instant;

use jiff::Timestamp;
use uuid::Uuid;

/// This machine's time. The time of an event is the database's, set under the log's lock.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// A starting point for measuring how long something takes.
pub fn stopwatch() -> Instant {
    Instant::now()
}

/// A new UUIDv7: sorts by the time at which it was made, and cannot be guessed.
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// A new id that tells nothing, not even when it was made.
///
/// # Errors
/// The operating system has no randomness to give.
pub fn untimed_id() -> Result<Uuid, getrandom::Error> {
    Ok(uuid::Builder::from_custom_bytes(random()?).into_uuid())
}

/// `N` bytes from the operating system's generator.
///
/// # Errors
/// The operating system has no randomness to give.
pub fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}
