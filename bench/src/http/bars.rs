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
pub const RATIOS: [Ratio; 10] = [
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
    Ratio {
        name: "a section of 60 questions as a page / /healthz",
        over: Row::Section,
        under: Row::Smallest,
        bar: 0.2,
    },
    Ratio {
        name: "a reply read by its party, saved 20,000 / 20 times",
        over: Row::PartyMany,
        under: Row::PartyFew,
        bar: 0.83,
    },
    Ratio {
        name: "a published reply read, saved 20,000 / 20 times",
        over: Row::PublicMany,
        under: Row::PublicFew,
        bar: 0.83,
    },
    Ratio {
        name: "a reply's versions read, saved 20,000 / 20 times",
        over: Row::VersionsMany,
        under: Row::VersionsFew,
        bar: 0.83,
    },
];

/// A bar: the time within which 99 of a hundred are answered, over another time.
pub struct Tail {
    pub name: &'static str,
    row: Row,
    /// Of which row; its half's time where it is the same, its p99 where it is another.
    other: Row,
    pub bar: f64,
}

/// Those of the design.
pub const TAILS: [Tail; 3] = [
    Tail {
        name: "one answer saved, 64 connections: p99 / p50",
        row: Row::Save,
        other: Row::Save,
        bar: 4.0,
    },
    Tail {
        name: "a whole reply, 64 connections: p99 / p50",
        row: Row::Reply64,
        other: Row::Reply64,
        bar: 4.0,
    },
    Tail {
        name: "one answer saved beside a stranger / alone: p99 / p99",
        row: Row::Beside,
        other: Row::Alone,
        bar: 3.0,
    },
];

impl Tail {
    /// Whether both sides are among these rows.
    pub fn is_of(&self, rows: &[Row]) -> bool {
        rows.contains(&self.row) && rows.contains(&self.other)
    }

    /// In one round.
    pub fn value(&self, round: &Round) -> f64 {
        let other = round.figure(self.other).sample;
        let under = match self.row == self.other {
            true => other.p50,
            false => other.p99,
        };
        let over = round.figure(self.row).sample.p99;
        over.zip(under)
            .map_or(f64::NAN, |(over, under)| over / under)
    }
}

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
