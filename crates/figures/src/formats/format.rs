//! The formats in which a table can be written.

use std::fmt;
use std::str::FromStr;

/// A format of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// One object: all that the table says of itself, and its rows.
    Json,
    /// An object a line, a line a row, and nothing else: what was asked stands in the headers of the answer.
    JsonLines,
    /// RFC 4180, in UTF-8.
    Csv,
    /// A workbook: a sheet of rows and a sheet of notes.
    Xlsx,
    /// Apache Parquet.
    Parquet,
    /// JSON-stat 2.0, of the class `dataset`: figures by their dimensions.
    JsonStat,
}

/// What is not the code of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no format has this code")]
pub struct NotAFormat;

impl Format {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Json,
        Self::JsonLines,
        Self::Csv,
        Self::Xlsx,
        Self::Parquet,
        Self::JsonStat,
    ];

    /// Its name in `format=`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
            Self::JsonStat => "json-stat",
        }
    }

    /// Its media type, as `Content-Type` has it. JSON-stat has none of its own: it is JSON of a profile (RFC 6906), which who does not
    /// know of profiles reads as JSON.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::JsonLines => "application/jsonl",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::JsonStat => "application/json; profile=\"https://json-stat.org/format/\"",
        }
    }

    /// How the names of its files end, without the point.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::JsonStat => "json",
            other => other.as_str(),
        }
    }

    /// The most rows that it holds, where that is bounded: so that what is too much is refused before it is computed.
    pub const fn most_rows(self) -> Option<u64> {
        match self {
            Self::Xlsx => Some(1_048_575),
            _ => None,
        }
    }

    /// Whether its bytes come as its rows do. Those of the others come at the end.
    pub const fn is_streamed(self) -> bool {
        !matches!(self, Self::Xlsx | Self::JsonStat)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = NotAFormat;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        let mut all = Self::ALL.into_iter();
        all.find(|format| format.as_str() == code).ok_or(NotAFormat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_is_found_by_its_code() {
        for format in Format::ALL {
            assert_eq!(format.as_str().parse(), Ok(format));
        }
        for wrong in ["", "JSON", "tsv", "json-lines"] {
            assert_eq!(wrong.parse::<Format>(), Err(NotAFormat));
        }
    }
}
