//! Parties, and their regional groups over time.

use event_log::views::View;

/// The view.
pub const VIEW: View = View {
    name: "party",
    kinds: &["party_registered", "party_regrouped"],
    sql: include_str!("party.sql"),
    public: &["parties"],
};
