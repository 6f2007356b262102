//! What every test needs: a cluster for the run, a database and a server for the test, and a client.

mod client;
mod cluster;
mod consulting;
pub mod dump;
mod life;
mod links;
mod reporting;
mod served;
pub mod smtp;
mod standby;
mod steps;
mod telling;
mod validity;
mod world;

pub use client::{Answer, Call, http};
pub use cluster::{Database, postgres_log, superuser};
pub use consulting::forwarding;
pub use life::{Life, said};
pub use served::ServingProcess;
pub use standby::ReplicatedServers;
pub use steps::{each, eventually, faults, item_where, opening};
pub use validity::undated;
pub use world::{OpenedCollection, World, questionnaire};
