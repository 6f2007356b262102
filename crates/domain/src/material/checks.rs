//! What is said of a material must be so.

use super::super::fault::{self, Fault};
use super::super::naming::{id_list_faults, need_fault, too_many};
use super::super::size;
use super::{Context, Subject};

const TITLE_CHARS: usize = 500;

/// What is wrong with what is said of a material. What it named before (`held`) was good then, and stays so.
pub(super) fn subject(new: &Subject, held: Option<&Subject>, context: &Context) -> Vec<Fault> {
    let mut faults = new.title.faults("/title", &[], TITLE_CHARS);
    faults.extend(id_list_faults("/needs", &new.needs, |id, at| {
        if held.is_some_and(|held| held.needs.contains(id)) {
            return None;
        }
        need_fault(context.needs.get(id).copied(), at, id)
    }));
    faults.extend(too_many("/standards", new.standards.len()));
    for (index, code) in new.standards.iter().enumerate() {
        let at = fault::pointer("/standards", index);
        if new.standards[..index].contains(code) {
            faults.push(fault::LISTED_TWICE.at(at).arg("id", code));
        } else if !context.classification.standards.contains_key(code) {
            faults.push(fault::UNKNOWN_STANDARD.at(at).arg("code", code));
        }
    }
    faults.extend(size::fault(new));
    faults
}
