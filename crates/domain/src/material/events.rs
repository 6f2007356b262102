//! What the events of a material say.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::{NeedId, Texts};
use super::MaterialKind;

/// What is known of a material, as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// What it is called.
    pub title: Texts,
    /// The needs that it meets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<NeedId>,
    /// The codes of the standards that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<String>,
}

/// A material is put under review for the first time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialTakenUp {
    /// manual, model law
    pub kind: MaterialKind,
    /// What is known of it.
    #[serde(flatten)]
    pub subject: Subject,
    /// Since which day it is under review.
    pub on: Date,
}

/// What is known of it is put otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialEdited {
    /// What is known of it, as a whole.
    #[serde(flatten)]
    pub subject: Subject,
}

/// It was revised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialRevised {
    /// On which day.
    pub on: Date,
}

/// It was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialIssued {
    /// On which day.
    pub on: Date,
}

/// What was issued is under review again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialReviewBegun {
    /// Since which day.
    pub on: Date,
}
