//! What the events of a document say.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::{Texts, times};
use super::{DocumentKind, DocumentRelation, Target};

/// There is a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRecorded {
    /// Its symbol, from which its id is made: `E/CN.15/2004/9/Add.1`.
    pub symbol: String,
    /// What is known of it.
    #[serde(flatten)]
    pub particulars: Particulars,
}

/// What is known of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = AmendDocument)]
pub struct Particulars {
    /// Its title.
    pub title: Texts,
    /// The day that it bears.
    #[serde(deserialize_with = "times::read_day")]
    pub date: Date,
    /// What kind of document it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<DocumentKind>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What is known of the document is now this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentAmended {
    /// Its symbol, which does not change.
    pub symbol: String,
    /// What is known of it, whole.
    #[serde(flatten)]
    pub particulars: Particulars,
}

/// The document belongs to something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentLinked {
    /// Its symbol.
    pub symbol: String,
    /// To what.
    pub to: Target,
    /// How.
    #[serde(rename = "as")]
    pub how: DocumentRelation,
}

/// The document does not belong to something that it was linked to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentUnlinked {
    /// Its symbol.
    pub symbol: String,
    /// To what it was linked.
    pub to: Target,
    /// How.
    #[serde(rename = "as")]
    pub how: DocumentRelation,
}
