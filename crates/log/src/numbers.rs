//! Positions and counts, as the database stores them: never below zero, and never near 2^63.

/// The number that the database has stored.
pub fn number(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or(0)
}

/// The number as the database stores it.
pub fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
