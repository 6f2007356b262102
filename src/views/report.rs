//! Reports to the Commission.

use event_log::views::{Fact, View};

/// The view.
pub const VIEW: View = View {
    name: "report",
    kinds: &[
        "report_begun",
        "report_revised",
        "report_compiled",
        "report_published",
        "report_abandoned",
    ],
    sql: include_str!("report.sql"),
    facts: &[
        Fact::of("report", &["report"]),
        Fact::of("report_compilation", &["report"]),
    ],
    public: &["reports"],
};
