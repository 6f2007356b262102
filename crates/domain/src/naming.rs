//! Lists of what is named by id: each once, not too many, and each such as can be named there.

use std::collections::BTreeSet;
use std::fmt::Display;

use uuid::Uuid;

use super::fault::{self, Fault, pointer};
use super::need;
use super::phrase::Phrase;

/// The most elements of such a list.
pub const MOST_NAMED: usize = 200;

/// The faults of a list of ids, each at most once; `of` says what else is wrong with one. What is beyond the most elements is
/// too many, whatever it is.
pub(super) fn id_list_faults<I: Copy + Ord + Into<Uuid>>(
    at: &str,
    ids: &[I],
    mut of: impl FnMut(&I, &str) -> Option<Fault>,
) -> Vec<Fault> {
    let mut seen = BTreeSet::new();
    let mut faults: Vec<_> = too_many(at, ids.len()).into_iter().collect();
    for (index, id) in ids.iter().take(MOST_NAMED).enumerate() {
        let at = pointer(at, index);
        if !seen.insert(*id) {
            let id: Uuid = (*id).into();
            faults.push(fault::LISTED_TWICE.at(at).arg("id", id));
        } else {
            faults.extend(of(id, &at));
        }
    }
    faults
}

/// The fault of a list with more elements than allowed.
pub(super) fn too_many(at: &str, count: usize) -> Option<Fault> {
    (count > MOST_NAMED).then(|| fault::TOO_MANY_LISTED.at(at).arg("max", MOST_NAMED))
}

/// The fault of a need that cannot be named: it is not there, nobody has indicated it yet, or it is over.
pub(super) fn need_fault(
    status: Option<need::Status>,
    at: &str,
    id: impl Display,
) -> Option<Fault> {
    match status {
        None | Some(need::Status::Drafted | need::Status::Dropped) => {
            Some(fault::NOT_THERE.at(at).arg("id", id))
        }
        Some(need::Status::Indicated | need::Status::Confirmed | need::Status::Matched) => None,
        Some(over) => {
            let fault = fault::NEED_IS_OVER.at(at).arg("id", id);
            Some(fault.words("status", Phrase::new("need", over.as_str())))
        }
    }
}
