//! Patterns of addresses: `P1.*.y2024`, where a star stands for one part of an address, whatever it is.

use super::{FieldId, Schema, Standing};

impl Schema {
    /// The fields whose addresses are like a pattern, in their order. A list itself is no cell.
    pub(crate) fn like(&self, pattern: &str) -> Vec<FieldId> {
        let parts: Vec<&str> = pattern.split('.').collect();
        let first = parts.first().copied().unwrap_or_default();
        let is_like = |id: &FieldId| {
            let field = self.fields.get(id.index());
            field.is_some_and(|field| {
                field.standing != Standing::List && has_parts(&field.address, &parts)
            })
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
    let parts: Vec<&str> = pattern.split('.').collect();
    has_parts(address, &parts)
}

fn has_parts(address: &str, wanted: &[&str]) -> bool {
    let mut wanted = wanted.iter();
    let mut parts = address.split('.');
    loop {
        match (parts.next(), wanted.next()) {
            (None, None) => return true,
            (Some(part), Some(wanted)) if *wanted == "*" || part == *wanted => {}
            _ => return false,
        }
    }
}
