//! Documents by symbol, and what they are linked to, over time.

use event_log::views::{Fact, View};

/// The view. Documents of the United Nations are public.
pub const VIEW: View = View {
    name: "document",
    kinds: &[
        "document_recorded",
        "document_amended",
        "document_linked",
        "document_unlinked",
    ],
    sql: include_str!("document.sql"),
    facts: &[
        Fact::of("document_particulars", &["document"]),
        Fact::of("document_link", &["document", "object", "relation"]),
    ],
    public: &["documents", "document_links"],
};
