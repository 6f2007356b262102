//! What the system does, seen from outside: over HTTP, against a real PostgreSQL, a database per test.

mod demo;
mod smoke;
mod support;
