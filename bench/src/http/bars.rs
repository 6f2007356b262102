//! The design's bars: one row over another of the same round.

use crate::http::round::Round;
use crate::http::rows::Row;

/// A bar: one row over another.
pub struct Ratio {
    pub name: &'static str,
    over: Row,
    under: Row,
    pub bar: f64,
}

/// The rows of the design's measures.
pub const RATIOS: [Ratio; 6] = [
    Ratio {
        name: "/healthz / bare actix-web",
        over: Row::Smallest,
        under: Row::Bare,
        bar: 0.6,
    },
    Ratio {
        name: "one answer saved, 64 connections / the log, 64 writers",
        over: Row::Save,
        under: Row::Log,
        bar: 0.3,
    },
    Ratio {
        name: "a whole reply / ODK Central's submission, 60 answers, 8 connections",
        over: Row::Reply8,
        under: Row::OdkSubmission,
        bar: 10.0,
    },
    Ratio {
        name: "participation / /healthz",
        over: Row::Participation,
        under: Row::Smallest,
        bar: 0.6,
    },
    Ratio {
        name: "a tally / /healthz",
        over: Row::Tally,
        under: Row::Smallest,
        bar: 0.6,
    },
    Ratio {
        name: "a list's page / /healthz",
        over: Row::List,
        under: Row::Smallest,
        bar: 0.6,
    },
];

impl Ratio {
    /// Whether both sides are among these rows.
    pub fn is_of(&self, rows: &[Row]) -> bool {
        rows.contains(&self.over) && rows.contains(&self.under)
    }

    /// In one round.
    pub fn value(&self, round: &Round) -> f64 {
        round.figure(self.over).sample.rate / round.figure(self.under).sample.rate
    }

    /// Whether the bar is reached.
    pub fn holds(&self, value: f64) -> bool {
        value >= self.bar
    }
}
