//! Comments in consultations, and what became of them, over time.

use event_log::views::{Fact, View};

/// The view. Comments are restricted until they are published, so BI tools see none of it.
pub const VIEW: View = View {
    name: "comment",
    kinds: &[
        "comment_made",
        "comment_corrected",
        "comment_withdrawn",
        "comment_disposed",
    ],
    sql: include_str!("comment.sql"),
    facts: &[
        Fact::of("comment_said", &["comment"]),
        Fact::of("disposition", &["comment"]),
    ],
    public: &[],
};
