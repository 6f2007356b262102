//! What happens to needs for assistance.

use proptest::prelude::*;

use super::{COLLECTIONS, PARTIES, Step};

/// Which need.
#[derive(Clone, Copy, Debug)]
pub enum NeedOrigin {
    /// In a collection, of a party, beside its reply: 1, 2, 3.
    Beside(usize, usize, u32),
    /// In a collection, of a party, the one that a group of its reply states.
    Stated(usize, usize),
    /// The only one that a party indicates outside of any reply.
    Alone(usize),
}

/// What happens to it.
#[derive(Clone, Copy, Debug)]
pub enum NeedStep {
    Begin(usize),
    Edit(usize),
    Drop,
    Confirm,
    /// Into the one that its party indicates outside of any reply.
    Merge,
    Decline,
    Meet,
    Lapse,
    Share(usize),
}

pub(super) fn whose() -> impl Strategy<Value = NeedOrigin> {
    prop_oneof![
        3 => (0..COLLECTIONS, 0..PARTIES, 1..4_u32)
            .prop_map(|(collection, party, number)| NeedOrigin::Beside(collection, party, number)),
        2 => (0..COLLECTIONS, 0..PARTIES)
            .prop_map(|(collection, party)| NeedOrigin::Stated(collection, party)),
        1 => (0..PARTIES).prop_map(NeedOrigin::Alone),
    ]
}

pub(super) fn needed() -> impl Strategy<Value = NeedStep> {
    prop_oneof![
        6 => (0..3_usize).prop_map(NeedStep::Begin),
        2 => (0..3_usize).prop_map(NeedStep::Edit),
        1 => Just(NeedStep::Drop),
        2 => Just(NeedStep::Confirm),
        1 => Just(NeedStep::Merge),
        1 => Just(NeedStep::Decline),
        1 => Just(NeedStep::Meet),
        1 => Just(NeedStep::Lapse),
        3 => (0..3_usize).prop_map(NeedStep::Share),
    ]
}

fn step(whose: NeedOrigin) -> impl Fn(NeedStep) -> Step {
    move |needed| Step::Need(whose, needed)
}

/// Drafts beside a reply that is not submitted yet.
pub(super) fn drafted() -> Vec<Step> {
    let draft = |number| Step::Need(NeedOrigin::Beside(0, 1, number), NeedStep::Begin(0));
    vec![draft(1), draft(2), draft(3)]
}

/// One of them put otherwise, and another given up.
pub(super) fn edited() -> Vec<Step> {
    vec![
        Step::Need(NeedOrigin::Beside(0, 1, 1), NeedStep::Edit(1)),
        Step::Need(NeedOrigin::Beside(0, 1, 3), NeedStep::Drop),
    ]
}

/// Of needs that are indicated, every end.
pub(super) fn beginning() -> Vec<Vec<Step>> {
    let beside = |number| step(NeedOrigin::Beside(0, 1, number));
    let alone = |party| step(NeedOrigin::Alone(party));
    let stated = step(NeedOrigin::Stated(0, 1));
    vec![
        vec![stated(NeedStep::Confirm)],
        vec![stated(NeedStep::Share(1))],
        (0..4)
            .map(|party| alone(party)(NeedStep::Begin(party % 3)))
            .collect(),
        vec![
            beside(1)(NeedStep::Confirm),
            beside(2)(NeedStep::Share(1)),
            alone(0)(NeedStep::Confirm),
            alone(2)(NeedStep::Decline),
            alone(3)(NeedStep::Lapse),
        ],
        vec![
            beside(1)(NeedStep::Merge),
            beside(2)(NeedStep::Share(2)),
            alone(0)(NeedStep::Meet),
        ],
    ]
}
