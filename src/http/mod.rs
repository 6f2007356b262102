//! The API: a folder for each area, all routes on one screen ([`routes`]). A function here that names no error of its own fails
//! where the database does not answer.

pub mod access;
pub mod assistance;
pub mod collections;
pub mod commenters;
pub mod comments;
pub mod conditional;
pub mod consultations;
pub mod contents;
pub mod datasets;
pub mod delegations;
pub mod documents;
pub mod figures;
pub mod handling;
pub mod instruments;
pub mod invitation_lists;
pub mod log;
pub mod meetings;
pub mod middleware;
pub mod needs;
pub mod openapi;
pub mod pages;
pub mod persons;
pub mod policy;
pub mod problem;
pub mod question_types;
pub mod reference;
pub mod replies;
pub mod reports;
pub mod request_id;
pub mod rights;
pub mod route;
pub mod router;
mod routes;
pub mod schemas;
pub mod services;
pub mod site;

pub use routes::router;
