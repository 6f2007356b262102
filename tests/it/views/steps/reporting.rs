//! What happens to a report.

use proptest::prelude::*;

use super::Step;

/// How many reports there are.
pub const REPORTS: usize = 2;

#[derive(Clone, Copy, Debug)]
pub enum ReportStep {
    Begin,
    /// For a session, by how far after the fifteenth.
    Revise(u16),
    /// As of a position, by how far before another.
    Compile(u64),
    /// Under a heading, by number.
    Draft(usize),
    Drop(usize),
    Publish,
    Abandon,
}

pub fn reported() -> impl Strategy<Value = ReportStep> {
    prop_oneof![
        1 => Just(ReportStep::Begin),
        1 => (0..2_u16).prop_map(ReportStep::Revise),
        2 => (0..5_u64).prop_map(ReportStep::Compile),
        3 => (0..6_usize).prop_map(ReportStep::Draft),
        1 => (0..6_usize).prop_map(ReportStep::Drop),
        1 => Just(ReportStep::Publish),
        1 => Just(ReportStep::Abandon),
    ]
}

/// A report from its beginning to its publication, compiled again and again, and one that is given up: groups of steps.
pub fn whole_life() -> Vec<Vec<Step>> {
    use ReportStep::*;
    let drafts = (0..5).map(|heading| Step::Report(0, Draft(heading)));
    let one = |reported| vec![Step::Report(0, reported)];
    let other = |reported| vec![Step::Report(1, reported)];
    vec![
        one(Begin),
        one(Compile(0)),
        drafts.collect(),
        one(Compile(1)),
        one(Revise(1)),
        one(Revise(0)),
        one(Compile(0)),
        one(Drop(0)),
        one(Publish),
        other(Begin),
        other(Compile(0)),
        other(Abandon),
    ]
}
