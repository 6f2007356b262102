//! What the system does, seen from outside: over HTTP, against a real PostgreSQL, a database per test.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that meets what it does not expect has failed"
)]

mod access;
mod amendments;
mod answers;
mod architecture;
mod assistance;
mod audit;
mod basic;
mod bounds;
mod classification;
mod collections;
mod commenters;
mod comments;
mod conditional;
mod connections;
mod consultations;
mod contributions;
mod contributors;
mod corrections;
mod cors;
mod cursors;
mod delegations;
mod demo;
mod documents;
mod drafts;
mod erasure;
mod erring_closed;
mod events;
mod extensions;
mod files;
mod following;
mod hidden;
mod idempotency;
mod instruments;
mod languages;
mod letters;
mod limits;
mod links;
mod log;
mod mail;
mod meetings;
mod needs;
mod notices;
mod oidc;
mod openapi;
mod operating;
mod paper;
mod participation;
mod parties;
mod person_access;
mod persons;
mod presentations;
mod problems;
mod publications;
mod questionnaires;
mod races;
mod redaction;
mod releases;
mod reminders;
mod replies;
mod reports;
mod request_ids;
mod resolution;
mod reviews;
mod revocation;
mod secrets;
mod sessions;
mod site;
mod smoke;
mod statements;
mod submissions;
mod support;
mod tallies;
mod timelines;
mod tokens;
mod traces;
mod translations;
mod transport;
mod verify;
mod versions;
mod views;
