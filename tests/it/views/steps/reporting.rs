//! What happens to a report.

use proptest::prelude::*;

use super::Step;

#[derive(Clone, Copy, Debug)]
pub enum Reported {
    Begin,
    /// As of a position, by how far before another.
    Compile(u64),
    /// Under a heading, by number.
    Draft(usize),
    Drop(usize),
    Publish,
}

pub fn reported() -> impl Strategy<Value = Reported> {
    prop_oneof![
        1 => Just(Reported::Begin),
        2 => (0..5_u64).prop_map(Reported::Compile),
        3 => (0..6_usize).prop_map(Reported::Draft),
        1 => (0..6_usize).prop_map(Reported::Drop),
        1 => Just(Reported::Publish),
    ]
}

/// A report from its beginning to its publication, compiled twice: groups of steps.
pub fn whole_life() -> Vec<Vec<Step>> {
    use Reported::*;
    let drafts = (0..5).map(|heading| Step::Report(Draft(heading)));
    let one = |reported| vec![Step::Report(reported)];
    vec![
        one(Begin),
        one(Compile(0)),
        drafts.collect(),
        one(Compile(1)),
        one(Drop(0)),
        one(Publish),
    ]
}
