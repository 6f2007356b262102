//! Fields by their addresses.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Field, LocatedField};
use crate::questionnaire::is_part_code;

/// Where each field is among all, by its address.
#[derive(Clone, Debug, Default)]
pub(in crate::questionnaire) struct FieldIndex {
    by_address: HashMap<Arc<str>, usize>,
}

impl FieldIndex {
    pub(in crate::questionnaire) fn new(fields: &[Field]) -> Self {
        let fields = fields.iter().enumerate();
        Self {
            by_address: fields
                .map(|(index, field)| (field.address.clone(), index))
                .collect(),
        }
    }

    /// The field at an address, of whichever entry of its list.
    pub(in crate::questionnaire) fn find<'a>(
        &self,
        fields: &'a [Field],
        address: &'a str,
    ) -> Option<LocatedField<'a>> {
        let found = |index: usize, entry: Option<&'a str>| {
            let field = fields.get(index)?;
            Some(LocatedField {
                index,
                field,
                entry,
            })
        };
        if let Some(index) = self.by_address.get(address) {
            return found(*index, None).filter(|located| !located.field.is_of_entries());
        }
        // The entry is the second part of an address, and the third of an explanation's.
        let (head, rest) = entry_at(address)?;
        let (entry, tail) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
        if !is_part_code(entry) {
            return None;
        }
        let general = format!("{head}.*{tail}");
        found(*self.by_address.get(general.as_str())?, Some(entry))
    }
}

/// What stands before the entry of an address, and what begins with it.
fn entry_at(address: &str) -> Option<(&str, &str)> {
    let (first, rest) = address.split_once('.')?;
    if first != "checks" {
        return Some((first, rest));
    }
    let (check, rest) = rest.split_once('.')?;
    let head = address.get(..first.len() + 1 + check.len())?;
    Some((head, rest))
}
