//! What happens to meetings, documents and the classification.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{PARTIES, Step};

/// How many of each there can be.
pub const MEETINGS: usize = 3;
pub const DOCUMENTS: usize = 2;

/// What happens to a meeting.
#[derive(Clone, Debug)]
pub enum Met {
    Convene(usize),
    Seats(u16),
    /// Parties, each in a capacity.
    Participants(Vec<(usize, usize)>),
    Reschedule(i8),
    Hold(i8),
    Cancel,
    Item(usize),
    Outcome(usize),
    Resources(usize),
}

/// What happens to a document.
#[derive(Clone, Copy, Debug)]
pub enum Filed {
    Record,
    Amend(usize),
    /// To a meeting, in a relation.
    Link(usize, usize),
    Unlink(usize, usize),
}

pub(super) fn met() -> impl Strategy<Value = Met> {
    prop_oneof![
        2 => (0..4_usize).prop_map(Met::Convene),
        3 => (1..60_u16).prop_map(Met::Seats),
        4 => vec((0..PARTIES, 0..4_usize), 0..4).prop_map(Met::Participants),
        3 => (1..12_i8).prop_map(Met::Reschedule),
        1 => (1..12_i8).prop_map(Met::Hold),
        1 => Just(Met::Cancel),
        1 => (0..3_usize).prop_map(Met::Item),
        2 => (0..2_usize).prop_map(Met::Outcome),
        1 => (0..3_usize).prop_map(Met::Resources),
    ]
}

pub(super) fn filed() -> impl Strategy<Value = Filed> {
    prop_oneof![
        1 => Just(Filed::Record),
        3 => (0..3_usize).prop_map(Filed::Amend),
        5 => (0..MEETINGS, 0..3_usize).prop_map(|(meeting, how)| Filed::Link(meeting, how)),
        4 => (0..MEETINGS, 0..3_usize).prop_map(|(meeting, how)| Filed::Unlink(meeting, how)),
    ]
}

/// One meeting with all that can happen to it, and one that is cancelled; a document; three versions of the classification.
pub(super) fn beginning() -> Vec<Vec<Step>> {
    use Step::*;
    vec![
        vec![
            Meet(0, Met::Convene(0)),
            Meet(1, Met::Convene(3)),
            File(0, Filed::Record),
            Classify(0),
        ],
        vec![
            Meet(0, Met::Seats(40)),
            Meet(1, Met::Cancel),
            File(0, Filed::Amend(1)),
            Classify(1),
        ],
        vec![
            Meet(0, Met::Participants(vec![(0, 0), (1, 0), (2, 2)])),
            File(0, Filed::Link(0, 0)),
            Classify(2),
        ],
        vec![
            Meet(0, Met::Participants(vec![(0, 0), (3, 2)])),
            File(0, Filed::Unlink(0, 0)),
            Classify(3),
        ],
        vec![Meet(0, Met::Reschedule(5)), File(0, Filed::Link(0, 0))],
        vec![Meet(0, Met::Seats(25)), Meet(0, Met::Item(0))],
        vec![Meet(0, Met::Resources(1))],
        vec![Meet(0, Met::Hold(6))],
        vec![Meet(0, Met::Outcome(0))],
        vec![Meet(0, Met::Outcome(1))],
    ]
}
