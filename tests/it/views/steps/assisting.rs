//! What happens to contributions, projects, materials and requests.

use proptest::prelude::*;

use super::Step;

/// How many of each there can be.
pub const ASSISTED: usize = 2;

/// To which object, by its number, and what: each a number of a command.
#[derive(Clone, Copy, Debug)]
pub enum AssistanceStep {
    /// 0 money for a project, 1 help in kind for the Office, 2 received, 3 taken back, 4 corrected.
    Contribution(usize, usize),
    /// 0 and 1 proposed, 2 and 3 edited, 4 funded, 5 begun, 6 completed, 7 cancelled, then resources.
    Project(usize, usize),
    /// 0 and 1 taken up, 2 and 3 edited, 4 revised, 5 issued, 6 reviewed, then resources.
    Material(usize, usize),
    /// 0 made, 1 accepted, 2 declined, 3 withdrawn.
    Request(usize, usize),
}

pub(super) fn assisted() -> impl Strategy<Value = AssistanceStep> {
    use AssistanceStep::*;
    let number = || 0..ASSISTED;
    prop_oneof![
        3 => (number(), 0..5_usize).prop_map(|(number, what)| Contribution(number, what)),
        6 => (number(), 0..11_usize).prop_map(|(number, what)| Project(number, what)),
        6 => (number(), 0..10_usize).prop_map(|(number, what)| Material(number, what)),
        3 => (number(), 0..4_usize).prop_map(|(number, what)| Request(number, what)),
    ]
}

/// One of each with all that can happen to it, and another that ends otherwise.
pub(super) fn beginning() -> Vec<Vec<Step>> {
    use AssistanceStep::*;
    let groups: [&[AssistanceStep]; 8] = [
        &[
            Request(0, 0),
            Request(1, 0),
            Project(0, 0),
            Project(1, 1),
            Material(0, 0),
            Contribution(0, 0),
            Contribution(1, 1),
        ],
        &[
            Request(0, 1),
            Request(1, 2),
            Project(0, 3),
            Project(1, 7),
            Material(0, 3),
            Contribution(0, 2),
            Contribution(1, 3),
        ],
        &[
            Request(0, 3),
            Project(0, 2),
            Material(0, 4),
            Contribution(0, 4),
        ],
        &[Project(0, 8), Material(0, 7)],
        &[Project(0, 4), Material(0, 5)],
        &[Project(0, 5), Material(0, 6)],
        &[Project(0, 9), Material(0, 8)],
        &[Project(0, 6)],
    ];
    let groups = groups.iter();
    groups
        .map(|group| group.iter().copied().map(Step::Assist).collect())
        .collect()
}
