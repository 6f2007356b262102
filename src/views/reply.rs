//! Replies, their submitted versions, and what becomes of them.

use event_log::views::{Fact, View};

/// The view.
pub const VIEW: View = View {
    name: "reply",
    kinds: &[
        "reply_started",
        "reply_submitted",
        "reply_withdrawn",
        "reply_accepted",
        "clarification_requested",
        "clarification_answered",
        "clarification_withdrawn",
        "amendment_begun",
        "amendment_discarded",
    ],
    sql: include_str!("reply.sql"),
    facts: &[
        Fact::of("submission", &["collection", "reply"]),
        Fact::of("acceptance", &["reply"]),
        Fact::of("amendment", &["reply"]),
    ],
    public: &["replies"],
};
