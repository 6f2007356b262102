//! Contents: what people typed, and questionnaires, kept beside the log.

use serde::{Deserialize, Serialize};

use super::ContentId;

/// An event's commitment to a content: the content can be deleted and the log still holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentRef {
    /// Where the content is.
    pub content: ContentId,
    /// SHA-256 of the content's salt and body, in lower-case hexadecimal.
    pub commitment: String,
}
