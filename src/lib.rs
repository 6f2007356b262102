//! Rapporteur: an event-sourced backend that gathers information on the use and application of United Nations standards
//! and norms in crime prevention and criminal justice. See ARCHITECTURE.md for a bird's-eye view.

pub mod cli;
pub mod deciding;
pub mod desk;
pub mod following;
pub mod http;
pub mod installation;
pub mod reading;
pub mod reference;
pub mod report;
pub mod server;
pub mod views;
pub mod written;
