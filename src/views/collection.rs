//! Collections and invitations.

use event_log::views::View;

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
    ],
    sql: include_str!("collection.sql"),
    public: &["collections", "invitations"],
};
