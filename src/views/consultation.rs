//! Consultations: which revision was forwarded to whom, until when, and whether comments are taken or published.

use event_log::views::{Fact, View};

/// The view.
pub const VIEW: View = View {
    name: "consultation",
    kinds: &[
        "consultation_opened",
        "consultation_parties_asked",
        "consultation_extended",
        "consultation_closed",
        "consultation_reopened",
        "comments_published",
    ],
    sql: include_str!("consultation.sql"),
    facts: &[
        Fact::of("consultation_status", &["consultation"]),
        Fact::of("consultation_deadline", &["consultation"]),
    ],
    public: &["consultations", "consultation_parties"],
};
