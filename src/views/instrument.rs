//! Instruments, revisions, questions and approvals.

use super::View;

/// The view.
pub const VIEW: View = View {
    name: "instrument",
    kinds: &[
        "instrument_drafted",
        "instrument_revised",
        "instrument_approved",
    ],
    sql: include_str!("instrument.sql"),
    public: &["instruments", "questions"],
};
