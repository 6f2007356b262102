//! Answers, over time.

use event_log::views::View;

/// The view. It has no public SQL view: a State's reply is restricted until it consents to publication.
pub const VIEW: View = View {
    name: "answer",
    kinds: &[
        "reply_answered",
        "reply_cleared",
        "reply_evaluated",
        "reply_submitted",
    ],
    sql: include_str!("answer.sql"),
    facts: &[],
    public: &[],
};
