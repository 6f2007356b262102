//! Collections and invitations.

use event_log::views::{Fact, View};

/// The view.
pub const VIEW: View = View {
    name: "collection",
    kinds: &[
        "collection_opened",
        "parties_invited",
        "collection_closed",
        "collection_reopened",
        "deadline_extended",
        "reminders_sent",
        "questionnaire_corrected",
    ],
    sql: include_str!("collection.sql"),
    facts: &[
        Fact::of("collection_revision", &["collection"]),
        Fact::of("collection_status", &["collection"]),
    ],
    public: &["collections", "invitations"],
};
