//! What the system does, seen from outside: over HTTP, against a real PostgreSQL, a database per test.

mod log;
mod smoke;
mod support;
mod views;
