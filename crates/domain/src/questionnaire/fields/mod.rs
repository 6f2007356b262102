//! Fields: what an answer is given to, each with its address, by which it is saved and guarded by itself.

use std::sync::{Arc, LazyLock};

use super::conditions::{Flag, MissingKind, Requirement};
use super::types::{FieldType, TextQuestion};

pub(super) mod expansion;
mod index;

pub use expansion::FieldSum;
pub(super) use index::FieldIndex;

/// A field of a questionnaire. Of a list's entries each part is one, whose address has a star for the entry: `L1.*.title`.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// `A1`, `P1.theft.y2024`, `L1.*.title`, `checks.adds_up`.
    pub address: Arc<str>,
    /// What rules name it by, which is its address, but for years: `P1.theft.y0`.
    pub rule_name: Arc<str>,
    /// The code of its question; of the explanation of a check that is of no question its own address.
    pub question: Arc<str>,
    /// Which section of the questionnaire holds it, from 0; none: it is of the whole.
    pub section: Option<usize>,
    /// What of its question it is.
    pub place: FieldPlace,
    /// What answers it takes.
    pub takes: Taking,
    /// The ways in which an answer may be missing.
    pub missing: Arc<[MissingKind]>,
    /// What may be said of a value.
    pub flags: Arc<[Flag]>,
    /// Whether it must be answered, where it is asked.
    pub required: Requirement,
    /// Whether it is about a person.
    pub personal: bool,
}

/// What answers a field takes.
#[derive(Clone, Debug, PartialEq)]
pub enum Taking {
    /// Values of a type.
    Value(Arc<FieldType>),
    /// That an entry of a list is there, and where it stands.
    Entry,
    /// None: it is a list as a whole, or a check that asks for no explanation.
    Nothing,
}

impl Taking {
    /// Values of this type.
    fn value(kind: impl Into<Arc<FieldType>>) -> Self {
        Self::Value(kind.into())
    }

    /// Words without a limit of their own: what is said of an option, what explains.
    fn words() -> Self {
        static WORDS: LazyLock<Arc<FieldType>> =
            LazyLock::new(|| Arc::new(FieldType::Text(TextQuestion::default())));
        Self::Value(Arc::clone(&WORDS))
    }
}

/// How the answers to a field are counted, over all replies that a figure stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// They are not: of a list's entries there are several, checks are no questions, and what is about persons is in no figure.
    Nothing,
    /// How many answered, how many are missing, each way by itself, and to how many it is not relevant.
    Presence,
    /// That, and how many chose each option.
    Options,
}

/// What of its question a field is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldPlace {
    /// The question itself.
    Question,
    /// A part of a group: its codes, of a legal reference within it two.
    Part(Vec<Arc<str>>),
    /// A cell of a table.
    Cell {
        /// The code of its row.
        row: Arc<str>,
        /// That of its column, with the year where it is one.
        column: Arc<str>,
    },
    /// The currency of a table.
    Currency,
    /// The text that belongs to an option.
    Detail {
        /// Which field's option.
        of: usize,
        /// The option.
        option: Arc<str>,
    },
    /// A list as a whole.
    List,
    /// An entry of a list.
    Entry,
    /// A part of each entry of a list: its codes.
    EntryPart(Vec<Arc<str>>),
    /// A check, where what does not hold is explained.
    Check(Arc<str>),
}

/// A field, and which entry of its list.
#[derive(Clone, Copy, Debug)]
pub struct LocatedField<'a> {
    /// Where it is among the fields.
    pub index: usize,
    /// The field.
    pub field: &'a Field,
    /// The id of the entry, where it is of one.
    pub entry: Option<&'a str>,
}

impl Field {
    /// The type of its values; none where it takes none.
    pub fn value_type(&self) -> Option<&FieldType> {
        match &self.takes {
            Taking::Value(kind) => Some(kind),
            Taking::Entry | Taking::Nothing => None,
        }
    }

    /// Whether it is answered once for each entry of a list, or for each such entry explained.
    pub fn is_of_entries(&self) -> bool {
        self.address.contains('*')
    }

    /// Its address for an entry.
    pub fn address_of(&self, entry: Option<&str>) -> String {
        match entry {
            Some(entry) => self.address.replacen('*', entry, 1),
            None => self.address.to_string(),
        }
    }

    /// How its answers are counted.
    pub fn counting(&self) -> Counting {
        let is_counted = !self.is_of_entries() && !self.is_check() && !self.personal;
        match self.value_type().filter(|_| is_counted) {
            None => Counting::Nothing,
            Some(kind) if kind.option_source().is_some() => Counting::Options,
            Some(_) => Counting::Presence,
        }
    }

    /// Whether its answers are counted.
    pub fn is_counted(&self) -> bool {
        self.counting() != Counting::Nothing
    }

    /// Whether it is that of a check.
    pub const fn is_check(&self) -> bool {
        matches!(self.place, FieldPlace::Check(_))
    }
}
