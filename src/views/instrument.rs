//! Instruments, revisions, questions, and what became of revisions before meetings.

use event_log::views::{Fact, View};

/// The view.
pub const VIEW: View = View {
    name: "instrument",
    kinds: &[
        "instrument_drafted",
        "instrument_revised",
        "revision_questions_listed",
        "instrument_presented",
        "instrument_approved",
        "revision_corrected",
        "instrument_returned",
        "instrument_withdrawn",
    ],
    sql: include_str!("instrument.sql"),
    facts: &[Fact::of("presentation", &["instrument", "revision"])],
    public: &["instruments", "questions"],
};
