//! Patterns of addresses: `P1.*.y2024`, where a star stands for one part of an address, whatever it is.

use super::{FieldId, Schema, Standing};

impl Schema {
    /// The fields whose addresses are like a pattern, in their order. A list itself is no cell.
    pub(crate) fn like(&self, pattern: &str) -> Vec<FieldId> {
        let first = pattern.split('.').next().unwrap_or_default();
        let is_like = |id: &FieldId| {
            self.standing(*id) != Some(Standing::List) && is_like(self.address(*id), pattern)
        };
        if first == "*" {
            let all = (0..).map_while(|number| {
                let id = FieldId(number);
                (id.index() < self.len()).then_some(id)
            });
            return all.filter(is_like).collect();
        }
        let near = self.by_first_part.get(first).into_iter().flatten();
        near.copied().filter(is_like).collect()
    }
}

/// Whether an address is like a pattern: part by part the same, or a star.
pub(crate) fn is_like(address: &str, pattern: &str) -> bool {
    let mut parts = address.split('.');
    let mut wanted = pattern.split('.');
    loop {
        match (parts.next(), wanted.next()) {
            (None, None) => return true,
            (Some(part), Some(wanted)) if wanted == "*" || part == wanted => {}
            _ => return false,
        }
    }
}
