//! What happens to meetings, documents and the classification.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{PARTIES, Step};

/// How many of each there can be.
pub const MEETINGS: usize = 3;
pub const DOCUMENTS: usize = 2;

/// What happens to a meeting.
#[derive(Clone, Debug)]
pub enum MeetingStep {
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
pub enum DocumentStep {
    Record,
    Amend(usize),
    /// To a meeting, in a relation.
    Link(usize, usize),
    Unlink(usize, usize),
}

pub(super) fn met() -> impl Strategy<Value = MeetingStep> {
    prop_oneof![
        2 => (0..4_usize).prop_map(MeetingStep::Convene),
        3 => (1..60_u16).prop_map(MeetingStep::Seats),
        4 => vec((0..PARTIES, 0..4_usize), 0..4).prop_map(MeetingStep::Participants),
        3 => (1..12_i8).prop_map(MeetingStep::Reschedule),
        1 => (1..12_i8).prop_map(MeetingStep::Hold),
        1 => Just(MeetingStep::Cancel),
        1 => (0..3_usize).prop_map(MeetingStep::Item),
        2 => (0..2_usize).prop_map(MeetingStep::Outcome),
        1 => (0..3_usize).prop_map(MeetingStep::Resources),
    ]
}

pub(super) fn filed() -> impl Strategy<Value = DocumentStep> {
    prop_oneof![
        1 => Just(DocumentStep::Record),
        3 => (0..3_usize).prop_map(DocumentStep::Amend),
        5 => (0..MEETINGS, 0..3_usize).prop_map(|(meeting, how)| DocumentStep::Link(meeting, how)),
        4 => (0..MEETINGS, 0..3_usize).prop_map(|(meeting, how)| DocumentStep::Unlink(meeting, how)),
    ]
}

/// One meeting with all that can happen to it, and one that is cancelled; a document; three versions of the classification.
pub(super) fn beginning() -> Vec<Vec<Step>> {
    use Step::*;
    vec![
        vec![
            Meet(0, MeetingStep::Convene(0)),
            Meet(1, MeetingStep::Convene(3)),
            File(0, DocumentStep::Record),
            Classify(0),
        ],
        vec![
            Meet(0, MeetingStep::Seats(40)),
            Meet(1, MeetingStep::Cancel),
            File(0, DocumentStep::Amend(1)),
            Classify(1),
        ],
        vec![
            Meet(0, MeetingStep::Participants(vec![(0, 0), (1, 0), (2, 2)])),
            File(0, DocumentStep::Link(0, 0)),
            Classify(2),
        ],
        vec![
            Meet(0, MeetingStep::Participants(vec![(0, 0), (3, 2)])),
            File(0, DocumentStep::Unlink(0, 0)),
            Classify(3),
        ],
        vec![
            Meet(0, MeetingStep::Reschedule(5)),
            File(0, DocumentStep::Link(0, 0)),
        ],
        vec![
            Meet(0, MeetingStep::Seats(25)),
            Meet(0, MeetingStep::Item(0)),
        ],
        vec![Meet(0, MeetingStep::Resources(1))],
        vec![Meet(0, MeetingStep::Hold(6))],
        vec![Meet(0, MeetingStep::Outcome(0))],
        vec![Meet(0, MeetingStep::Outcome(1))],
    ]
}
