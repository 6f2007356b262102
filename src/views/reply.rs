//! Replies and their submitted versions.

use super::View;

/// The view.
pub const VIEW: View = View {
    name: "reply",
    kinds: &["reply_started", "reply_submitted"],
    sql: include_str!("reply.sql"),
    public: &["replies"],
};
