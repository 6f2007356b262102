//! Contributions of money, staff and help in kind, and where they stand, over time.

use event_log::views::{Fact, View};

/// The view. Who gives what, and for what, is public.
pub const VIEW: View = View {
    name: "contribution",
    kinds: &[
        "contribution_pledged",
        "contribution_corrected",
        "contribution_received",
        "contribution_cancelled",
    ],
    sql: include_str!("contribution.sql"),
    facts: &[
        Fact::of("contribution", &["contribution"]),
        Fact::of("contribution_status", &["contribution"]),
    ],
    public: &["contributions"],
};
