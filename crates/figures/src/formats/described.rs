//! What a table says of itself, in JSON.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::{AsOf, Category, Column, Head, Notice, Role, ValueType};

/// The head, its notices aside.
#[derive(Serialize)]
pub(super) struct Described<'a> {
    title: &'a str,
    lang: &'a str,
    asked: DescribedAsked<'a>,
    source: &'a str,
    as_of: DescribedAsOf<'a>,
    columns: DescribedColumns<'a>,
}

impl<'a> Described<'a> {
    pub fn of(head: &'a Head) -> Self {
        Self {
            title: &head.title,
            lang: &head.lang,
            asked: DescribedAsked(&head.asked),
            source: &head.source,
            as_of: DescribedAsOf::of(&head.as_of),
            columns: DescribedColumns(&head.columns),
        }
    }
}

/// A state of the log.
#[derive(Serialize)]
pub(super) struct DescribedAsOf<'a> {
    position: u64,
    time: Option<&'a str>,
}

impl<'a> DescribedAsOf<'a> {
    pub fn of(as_of: &'a AsOf) -> Self {
        Self {
            position: as_of.position,
            time: as_of.time.as_deref(),
        }
    }
}

/// What was asked, by parameter. One that was given again has all that was given, in an array.
pub(super) struct DescribedAsked<'a>(pub &'a [(String, String)]);

impl Serialize for DescribedAsked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (place, (name, value)) in self.0.iter().enumerate() {
            let of_name = |(other, _): &&(String, String)| other == name;
            if self.0.iter().take(place).any(|asked| of_name(&asked)) {
                continue;
            }
            let values: Vec<&str> = self.0.iter().filter(of_name).map(|it| &*it.1).collect();
            match values[..] {
                [_] => map.serialize_entry(name, value)?,
                _ => map.serialize_entry(name, &values)?,
            }
        }
        map.end()
    }
}

/// The columns.
pub(super) struct DescribedColumns<'a>(pub &'a [Column]);

impl Serialize for DescribedColumns<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut columns = serializer.serialize_seq(Some(self.0.len()))?;
        for column in self.0 {
            columns.serialize_element(&DescribedColumn {
                code: &column.code,
                label: &column.label,
                role: role(&column.role),
                values: values(&column.values),
                categories: column
                    .categories()
                    .iter()
                    .map(DescribedCategory::of)
                    .collect(),
            })?;
        }
        columns.end()
    }
}

#[derive(Serialize)]
struct DescribedColumn<'a> {
    code: &'a str,
    label: &'a str,
    role: &'static str,
    #[serde(rename = "type")]
    values: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    categories: Vec<DescribedCategory<'a>>,
}

#[derive(Serialize)]
struct DescribedCategory<'a> {
    code: &'a str,
    label: &'a str,
}

impl<'a> DescribedCategory<'a> {
    fn of(category: &'a Category) -> Self {
        Self {
            code: &category.code,
            label: &category.label,
        }
    }
}

const fn role(role: &Role) -> &'static str {
    match role {
        Role::Dimension(_) => "dimension",
        Role::Measure => "measure",
        Role::Status => "status",
        Role::Attribute => "attribute",
    }
}

const fn values(values: &ValueType) -> &'static str {
    match values {
        ValueType::Code(_) => "code",
        ValueType::Text => "text",
        ValueType::Integer => "integer",
        ValueType::Decimal => "decimal",
        ValueType::Boolean => "boolean",
        ValueType::Date => "date",
        ValueType::Time => "time",
    }
}

/// What a reader must know.
pub(super) struct DescribedNotices<'a>(pub &'a [Notice]);

impl Serialize for DescribedNotices<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct DescribedNotice<'a> {
            code: &'a str,
            text: &'a str,
        }
        serializer.collect_seq(self.0.iter().map(|notice| DescribedNotice {
            code: &notice.code,
            text: &notice.text,
        }))
    }
}
