//! From what the Secretariat enters a reply: as it is sent, and as it is shown.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::handling::dates;
use domain::reply::{Source, SourceKind};

/// From what a reply is entered.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceInput {
    /// paper, email, fax, other
    #[schema(example = "paper")]
    kind: SourceKind,
    /// By what it is found: the symbol of a note verbale, a number in the registry.
    #[schema(example = "NV/2011/114")]
    reference: String,
    /// The day on which it was received, which decides whether it is late.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    received_on: Date,
}

impl From<SourceInput> for Source {
    fn from(input: SourceInput) -> Self {
        Self {
            kind: input.kind,
            reference: input.reference,
            received_on: input.received_on,
        }
    }
}

/// From what the Secretariat entered a reply.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SourceView {
    /// paper, email, fax, other
    kind: domain::reply::SourceKind,
    /// By what it is found.
    reference: String,
    /// The day on which it was received.
    #[schema(format = Date)]
    received_on: String,
}

impl From<&Source> for SourceView {
    fn from(source: &Source) -> Self {
        Self {
            kind: source.kind,
            reference: source.reference.clone(),
            received_on: source.received_on.to_string(),
        }
    }
}
