//! Parties, and their regional groups over time.

use event_log::views::{Fact, View};

/// The view.
pub const VIEW: View = View {
    name: "party",
    kinds: &["party_registered", "party_regrouped"],
    sql: include_str!("party.sql"),
    facts: &[Fact::of("party_group", &["party"])],
    public: &["parties"],
};
