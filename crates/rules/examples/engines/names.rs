//! The names that a rule can use where it stands.

use rules::Type;

use crate::frames::Stand;
use crate::questionnaire::{FIELDS, holds};
use crate::writer::{Of, Writer};

fn is_of(holds: &Type, of: Of) -> bool {
    match (holds, of) {
        (Type::Choice(options), Of::Law | Of::Agreement) => options
            .iter()
            .map(|option| &**option)
            .eq(of.codes().iter().copied()),
        _ => of.kinds().contains(&holds.kind()),
    }
}

/// Whether an address can be written as it is.
fn is_name(address: &str) -> bool {
    let mut parts = address.split('.');
    parts.all(|part| {
        part.starts_with(|letter: char| letter.is_ascii_alphabetic()) && !part.contains('-')
    })
}

impl Writer<'_> {
    /// A name of this type; none where nothing has one.
    pub(crate) fn name(&mut self, of: Of) -> Option<String> {
        let local = self
            .locals
            .iter()
            .rev()
            .find(|local| local.of == of)
            .map(|local| local.name);
        if let (Some(local), true) = (local, self.random.percent(60)) {
            return Some(local.to_owned());
        }
        if let (Some(name), true) = (self.name_here(of), self.random.percent(60)) {
            return Some(name);
        }
        let found: Vec<_> = FIELDS
            .iter()
            .filter(|(address, holds)| !address.contains('*') && is_of(&holds(), of))
            .collect();
        let (address, _) = found.get(self.random.below(found.len()))?;
        let last = if self.random.percent(15) { "last." } else { "" };
        if !is_name(address) || self.random.percent(10) {
            return Some(format!("{last}field(\"{address}\")"));
        }
        Some(format!("{last}{address}"))
    }

    /// What `this`, `row` and `entry` name.
    fn name_here(&mut self, of: Of) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        if self.stand.this().is_some_and(|this| is_of(&this, of)) {
            names.push("this".to_owned());
        }
        match self.stand {
            Stand::Nowhere => {}
            Stand::Cell { row, .. } => {
                let cells = row
                    .iter()
                    .filter(|(_, cell)| holds(cell).is_some_and(|holds| is_of(&holds, of)));
                names.extend(cells.map(|(name, _)| format!("row.{name}")));
                let last: Vec<_> = names.iter().map(|name| format!("last.{name}")).collect();
                names.extend(last);
            }
            Stand::Part { list, parts, .. } => {
                let parts = parts.iter().filter(|part| {
                    holds(&format!("{list}.*.{part}")).is_some_and(|holds| is_of(&holds, of))
                });
                names.extend(parts.map(|part| format!("entry.{part}")));
            }
        }
        let at = self.random.below(names.len());
        names.into_iter().nth(at)
    }

    /// A name of whatever holds something, for `has` and its like.
    pub(crate) fn any_name(&mut self) -> String {
        let kinds = [
            Of::Number,
            Of::Money,
            Of::Text,
            Of::Date,
            Of::Month,
            Of::Truth,
            Of::Agreement,
            Of::Law,
        ];
        let of = kinds
            .get(self.random.below(kinds.len()))
            .copied()
            .unwrap_or(Of::Number);
        let name = self.name(of).unwrap_or_else(|| "F1".to_owned());
        match self.random.below(10) {
            0 => "F1".to_owned(),
            1 => "last.B5".to_owned(),
            2 if of == Of::Money && !name.contains('(') => format!("{name}.amount"),
            _ => name,
        }
    }
}
