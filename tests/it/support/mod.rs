//! What every test needs: a cluster for the run, a database and a server for the test, and a client.

mod client;
mod cluster;
mod links;
mod steps;
mod world;

pub use client::{Answer, Call};
pub use cluster::{Database, superuser};
pub use steps::{each, faults, of, opening};
pub use world::{Opened, World, questionnaire};
