//! Rapporteur.
pub mod clock;
pub mod log;
pub mod views;
