//! Delegations, over time.

use event_log::views::{Fact, View};

/// The view. It has no public SQL view: who acts for a State is for that State and the Secretariat.
pub const VIEW: View = View {
    name: "delegation",
    kinds: &[
        "focal_point_nominated",
        "focal_point_named",
        "focal_point_ended",
        "contributor_admitted",
        "contributor_dismissed",
        "commenter_named",
        "commenter_ended",
    ],
    sql: include_str!("delegation.sql"),
    facts: &[
        Fact::of("focal_point", &["collection", "party"]),
        Fact::of("nomination", &["collection", "party"]),
        Fact::of("contributor", &["collection", "party", "person"]),
        Fact::of("commenter", &["consultation", "party", "person"]),
    ],
    public: &[],
};
