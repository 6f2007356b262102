//! A questionnaire with fields of every type, a table and lists: that of docs/rules.md, and some more.

use std::error::Error;

use rules::{FieldId, Schema, Type};
use serde_json::{Value as Json, json};

/// A field: its address, and what it holds. The part of a list has a star in its address.
type Field = (&'static str, fn() -> Type);

pub(crate) const FIELDS: [Field; 43] = [
    ("B1", || Type::Bool),
    ("B2", answer),
    ("B3", || Type::Money),
    ("B4", || Type::Text),
    ("B5", || Type::choices(["prison", "probation", "fine"])),
    ("B6", || Type::Decimal),
    ("B7", || Type::Date),
    ("B8", || Type::Month),
    ("B9", || Type::choice(["first", "second"])),
    ("N1", || Type::Whole),
    ("N2", || Type::Whole),
    ("N3", || Type::Whole),
    ("N4", || Type::Whole),
    ("Y1", || Type::Year),
    ("F1", || Type::Opaque),
    ("M1", || Type::Money),
    ("D1", || Type::Decimal),
    ("D2", || Type::Date),
    ("T1", || Type::Text),
    ("old-code", || Type::Bool),
    ("old-sum.2", || Type::Decimal),
    ("P2.theft.definition", || Type::Text),
    ("P2.theft.agrees", answer),
    ("P2.fraud.agrees", answer),
    ("P1.theft.y2023", || Type::Whole),
    ("P1.theft.y2024", || Type::Whole),
    ("P1.robbery.y2023", || Type::Whole),
    ("P1.robbery.y2024", || Type::Whole),
    ("P1.fraud.y2023", || Type::Whole),
    ("P1.fraud.y2024", || Type::Whole),
    ("P1.all.y2023", || Type::Whole),
    ("P1.all.y2024", || Type::Whole),
    ("P3.police.fee", || Type::Money),
    ("P3.police.share", || Type::Decimal),
    ("P3.court.fee", || Type::Money),
    ("P3.court.share", || Type::Decimal),
    ("L1", || Type::Entries),
    ("L1.*.title", || Type::Text),
    ("L1.*.cost", || Type::Decimal),
    ("L1.*.kind", || Type::choice(["law", "decree"])),
    ("L2", || Type::Entries),
    ("L2.*.amount", || Type::Money),
    ("L2.*.day", || Type::Date),
];

fn answer() -> Type {
    Type::choice(["yes", "no", "in_part"])
}

/// The rows and columns of the tables, as rules on their cells see them.
pub(crate) const ROWS: [(&str, &[&str], &[&str]); 2] = [
    (
        "P1",
        &["theft", "robbery", "fraud", "all"],
        &["y2023", "y2024"],
    ),
    ("P3", &["police", "court"], &["fee", "share"]),
];

/// The lists and the parts of their entries.
pub(crate) const LISTS: [(&str, &[&str]); 2] = [
    ("L1", &["title", "cost", "kind"]),
    ("L2", &["amount", "day"]),
];

pub(crate) fn holds(address: &str) -> Option<Type> {
    let found = FIELDS.iter().find(|(known, _)| *known == address);
    found.map(|(_, holds)| holds())
}

/// The same for this crate.
pub(crate) fn schema() -> Result<Schema, Box<dyn Error>> {
    let mut schema = Schema::default();
    for (address, holds) in FIELDS {
        if holds() == Type::Entries {
            let prefix = format!("{address}.*.");
            let parts = FIELDS
                .iter()
                .filter_map(|(part, holds)| Some((part.strip_prefix(&prefix)?, holds())));
            schema.add_list(address, parts)?;
        } else if !address.contains('*') {
            schema.add(address, holds())?;
        }
    }
    Ok(schema)
}

/// The same for a client.
pub(crate) fn as_json() -> Json {
    let fields = FIELDS
        .iter()
        .map(|(address, holds)| json!({ "address": address, "type": holds().kind().code() }));
    json!({ "fields": fields.collect::<Vec<_>>() })
}

/// The field with an address.
pub(crate) fn field(schema: &Schema, address: &str) -> Result<FieldId, String> {
    let found = schema.field(address);
    found.ok_or_else(|| format!("there is no field {address}"))
}
