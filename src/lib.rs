//! Rapporteur: an event-sourced backend that gathers information on the use and application of United Nations standards
//! and norms in crime prevention and criminal justice. See ARCHITECTURE.md for a bird's-eye view.

pub mod access;
pub mod cli;
pub mod clock;
pub mod demonstration;
pub mod desk;
pub mod directory;
#[macro_use]
pub mod domain;
pub mod html;
pub mod http;
pub mod installation;
pub mod log;
pub mod mail;
pub mod postgres;
pub mod reading;
pub mod reference;
pub mod report;
pub mod sentences;
pub mod server;
pub mod strangers;
pub mod texts;
pub mod views;
