//! Requests for assistance, and where they stand, over time.

use event_log::views::{Fact, View};

/// The view. Nothing of it is public: a request is for its State and the Secretariat.
pub const VIEW: View = View {
    name: "request",
    kinds: &[
        "request_made",
        "request_accepted",
        "request_declined",
        "request_withdrawn",
    ],
    sql: include_str!("request.sql"),
    facts: &[Fact::of("request_status", &["request"])],
    public: &[],
};
