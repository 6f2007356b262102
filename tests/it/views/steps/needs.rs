//! What happens to needs for assistance.

use proptest::prelude::*;

use super::{COLLECTIONS, PARTIES, Step};

/// Which need.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    /// In a collection, of a party, beside its reply: 1, 2, 3.
    Beside(usize, usize, u32),
    /// The only one that a party indicates outside of any reply.
    Alone(usize),
}

/// What happens to it.
#[derive(Clone, Copy, Debug)]
pub enum Needed {
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

pub(super) fn whose() -> impl Strategy<Value = Whose> {
    prop_oneof![
        3 => (0..COLLECTIONS, 0..PARTIES, 1..4_u32)
            .prop_map(|(collection, party, number)| Whose::Beside(collection, party, number)),
        1 => (0..PARTIES).prop_map(Whose::Alone),
    ]
}

pub(super) fn needed() -> impl Strategy<Value = Needed> {
    prop_oneof![
        6 => (0..3_usize).prop_map(Needed::Begin),
        2 => (0..3_usize).prop_map(Needed::Edit),
        1 => Just(Needed::Drop),
        2 => Just(Needed::Confirm),
        1 => Just(Needed::Merge),
        1 => Just(Needed::Decline),
        1 => Just(Needed::Meet),
        1 => Just(Needed::Lapse),
        3 => (0..3_usize).prop_map(Needed::Share),
    ]
}

fn step(whose: Whose) -> impl Fn(Needed) -> Step {
    move |needed| Step::Need(whose, needed)
}

/// Drafts beside a reply that is not submitted yet.
pub(super) fn drafted() -> Vec<Step> {
    let draft = |number| Step::Need(Whose::Beside(0, 1, number), Needed::Begin(0));
    vec![draft(1), draft(2), draft(3)]
}

/// One of them put otherwise, and another given up.
pub(super) fn edited() -> Vec<Step> {
    vec![
        Step::Need(Whose::Beside(0, 1, 1), Needed::Edit(1)),
        Step::Need(Whose::Beside(0, 1, 3), Needed::Drop),
    ]
}

/// Of needs that are indicated, every end.
pub(super) fn beginning() -> Vec<Vec<Step>> {
    let beside = |number| step(Whose::Beside(0, 1, number));
    let alone = |party| step(Whose::Alone(party));
    vec![
        (0..4)
            .map(|party| alone(party)(Needed::Begin(party % 3)))
            .collect(),
        vec![
            beside(1)(Needed::Confirm),
            beside(2)(Needed::Share(1)),
            alone(0)(Needed::Confirm),
            alone(2)(Needed::Decline),
            alone(3)(Needed::Lapse),
        ],
        vec![
            beside(1)(Needed::Merge),
            beside(2)(Needed::Share(2)),
            alone(0)(Needed::Meet),
        ],
    ]
}
