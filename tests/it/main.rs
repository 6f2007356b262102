//! What the system does, seen from outside: over HTTP, against a real PostgreSQL, a database per test.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what fails here fails a test"
)]

mod architecture;
mod log;
mod smoke;
mod support;
mod views;
