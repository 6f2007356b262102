//! Which fields there are, by their addresses, and what each holds: what rules are checked against.

use std::collections::HashMap;
use std::sync::Arc;

use crate::types::Type;

pub(crate) mod pattern;

/// A field by its number in a [`Schema`]: from 0, in the order in which they were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(u32);

impl FieldId {
    /// Its place among all fields, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What is a field once, and what once for each entry of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// There is one.
    Single,
    /// A list itself.
    List,
    /// A part of a list's entries: one for each.
    Part,
}

#[derive(Clone, Debug)]
struct Field {
    address: Arc<str>,
    holds: Type,
    standing: Standing,
}

/// The fields of a questionnaire, and whatever else rules may name: its variables and calculated fields are fields too.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    fields: Vec<Field>,
    by_address: HashMap<Arc<str>, FieldId>,
    /// The fields of each first part of an address, so that a pattern is not compared with all.
    by_first_part: HashMap<Arc<str>, Vec<FieldId>>,
}

/// An address that a schema does not take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// There is one already.
    #[error("{0:?} is the address of two fields")]
    Twice(String),
    /// It can never be named.
    #[error("{0:?} is no address: its parts are joined by dots, none is empty or has a *")]
    Form(String),
    /// There are 2^32 of them.
    #[error("there are too many fields")]
    TooMany,
}

impl Schema {
    /// Adds a field.
    pub fn add(&mut self, address: &str, holds: Type) -> Result<FieldId, AddressError> {
        if address
            .split('.')
            .any(|part| part.is_empty() || part.contains('*'))
        {
            return Err(AddressError::Form(address.to_owned()));
        }
        self.insert(address, holds, Standing::Single)
    }

    /// Adds a list with the parts of its entries: `L1` with `title` has cells `L1.*.title`. The ids are of the list itself, then of
    /// its parts in this order.
    pub fn add_list<'a>(
        &mut self,
        address: &str,
        parts: impl IntoIterator<Item = (&'a str, Type)>,
    ) -> Result<Vec<FieldId>, AddressError> {
        let list = self.add(address, Type::Entries)?;
        if let Some(field) = self.fields.get_mut(list.index()) {
            field.standing = Standing::List;
        }
        let mut ids = vec![list];
        for (part, holds) in parts {
            if part
                .split('.')
                .any(|part| part.is_empty() || part.contains('*'))
            {
                return Err(AddressError::Form(part.to_owned()));
            }
            ids.push(self.insert(&format!("{address}.*.{part}"), holds, Standing::Part)?);
        }
        Ok(ids)
    }

    fn insert(
        &mut self,
        address: &str,
        holds: Type,
        standing: Standing,
    ) -> Result<FieldId, AddressError> {
        if self.by_address.contains_key(address) {
            return Err(AddressError::Twice(address.to_owned()));
        }
        let number = u32::try_from(self.fields.len()).map_err(|_| AddressError::TooMany)?;
        let (id, address) = (FieldId(number), Arc::<str>::from(address));
        let first = address.split('.').next().unwrap_or_default();
        self.by_first_part
            .entry(Arc::from(first))
            .or_default()
            .push(id);
        self.by_address.insert(Arc::clone(&address), id);
        self.fields.push(Field {
            address,
            holds,
            standing,
        });
        Ok(id)
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The field with this address; the part of a list as `L1.*.title`.
    pub fn field(&self, address: &str) -> Option<FieldId> {
        self.by_address.get(address).copied()
    }

    /// The address of a field.
    pub fn address(&self, field: FieldId) -> &str {
        let found = self.fields.get(field.index());
        found.map_or("", |field| &field.address)
    }

    /// What a field holds.
    pub fn holds(&self, field: FieldId) -> Option<&Type> {
        self.fields.get(field.index()).map(|field| &field.holds)
    }

    /// The field that a rule can name so, and what it holds: no part of a list's entries, of which there are many.
    pub(crate) fn named(&self, address: &str) -> Option<(FieldId, &Type)> {
        let id = self.field(address)?;
        let field = self.fields.get(id.index())?;
        (field.standing != Standing::Part).then_some((id, &field.holds))
    }

    pub(crate) fn standing(&self, field: FieldId) -> Option<Standing> {
        self.fields.get(field.index()).map(|field| field.standing)
    }

    /// Whether an address begins with this part.
    pub(crate) fn has_first_part(&self, part: &str) -> bool {
        self.by_first_part.contains_key(part)
    }

    /// Every address that a rule can name.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = &str> {
        let named = self.fields.iter();
        named
            .filter(|field| field.standing != Standing::Part)
            .map(|field| &*field.address)
    }

    /// The parts of a list's entries: their names, ids and types.
    pub(crate) fn parts(&self, list: FieldId) -> Vec<(&str, FieldId, &Type)> {
        let prefix = format!("{}.*.", self.address(list));
        let first = prefix.split('.').next().unwrap_or_default();
        let fields = self.by_first_part.get(first).into_iter().flatten();
        let parts = fields.filter_map(|id| {
            let field = self.fields.get(id.index())?;
            let name = field.address.strip_prefix(&prefix)?;
            Some((name, *id, &field.holds))
        });
        parts.collect()
    }
}
