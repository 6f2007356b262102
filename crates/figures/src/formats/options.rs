//! How a table is to be written.

use std::borrow::Cow;

/// How a table is to be written.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What stands in cells of codes.
    pub labels: Labelling,
    /// Whether CSV begins with the mark by which Excel knows that it is in UTF-8.
    pub byte_order_mark: bool,
    /// The words of the workbook, and what JSON-stat calls a dimension of measures.
    pub words: Words,
}

/// What stands in cells of codes, and above columns, in CSV, JSON Lines, XLSX and Parquet. JSON and JSON-stat have the codes, and their
/// labels where they tell of the columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Labelling {
    /// The codes.
    #[default]
    Codes,
    /// What they are called. CSV and XLSX have the columns' labels in their first line too.
    Labels,
    /// The codes, and behind each column of them another of what they are called: `party`, `party_label`.
    Both,
}

impl Labelling {
    /// Its name in `labels=`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Codes => "codes",
            Self::Labels => "labels",
            Self::Both => "both",
        }
    }

    /// The one of this name.
    pub fn of(name: &str) -> Option<Self> {
        let all = [Self::Codes, Self::Labels, Self::Both];
        all.into_iter().find(|labelling| labelling.as_str() == name)
    }
}

macro_rules! words {
    ($($(#[doc = $doc:literal])+ $name:ident: $english:literal,)+) => {
        /// The words of the workbook, and what JSON-stat calls a dimension of measures. in the language of its table. English by default.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each is documented where it is listed")]
        pub struct Words {
            $($(#[doc = $doc])+ pub $name: Cow<'static, str>,)+
        }

        impl Default for Words {
            fn default() -> Self {
                Self { $($name: Cow::Borrowed($english),)+ }
            }
        }
    };
}

words! {
    /// The name of the sheet of rows.
    rows: "Data",
    /// The name of the sheet of notes.
    notes: "Notes",
    /// Before the title.
    title: "Title",
    /// Before what was asked.
    asked: "Asked",
    /// Before the address.
    source: "Source",
    /// Before the position.
    position: "As of position",
    /// Before the time of the position.
    time: "As of",
    /// Above the codes of columns.
    column: "Column",
    /// Above labels.
    label: "Label",
    /// Above what columns are for.
    role: "Role",
    /// Above what stands in columns.
    values: "Values",
    /// Above codes.
    code: "Code",
    /// Above what a reader must know.
    notices: "Notices",
    /// Of a column that tells rows apart.
    dimension: "Dimension",
    /// Of a column of figures.
    measure: "Measure",
    /// Of a column that says something of figures.
    status: "Status",
    /// Of any other column.
    attribute: "Attribute",
    /// Of codes.
    codes: "Codes",
    /// Of words.
    text: "Text",
    /// Of whole numbers.
    integer: "Whole number",
    /// Of decimals.
    decimal: "Decimal",
    /// Of yes and no.
    boolean: "Yes or no",
    /// Of days.
    date: "Date",
    /// Of instants.
    instant: "Date and time (UTC)",
    /// In the place of a text that no cell holds; `{count}` is how long it is.
    too_long: "[This text has {count} characters; a cell holds 32,767. CSV, JSON and Parquet have it whole.]",
    /// How many texts are not here; `{count}` is how many.
    too_long_count: "Texts that no cell holds, in whose place a sentence says so: {count}",
    /// How many numbers stand as texts; `{count}` is how many.
    too_fine_count: "Numbers of more than 15 digits, which stand as texts because a cell would round them: {count}",
}
