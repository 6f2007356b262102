//! The API: one file per resource, all routes on one screen ([`routes`]).

mod answer_input;
pub mod answers;
pub mod as_of;
pub mod body;
pub mod caller;
pub mod classification;
pub mod collections;
pub mod conditional;
pub mod credentials;
mod dates;
pub mod drafts;
pub mod events;
pub mod figures;
pub mod gate;
pub mod instruments;
pub mod invitations;
mod json;
pub mod languages;
pub mod metrics;
pub mod openapi;
pub mod openings;
pub mod page;
pub mod participation;
pub mod parties;
pub mod policy;
pub mod problem;
pub mod query;
pub mod replies;
pub mod revisions;
mod routes;
pub mod schemas;
pub mod services;
pub mod site;
pub mod submissions;
pub mod tallies;

pub use routes::{documented, routes};
