//! Meetings, where they stand, their seats and who took part, over time.

use event_log::views::{Fact, View};

/// The view. Meetings are public, and persons are counted, never named.
pub const VIEW: View = View {
    name: "meeting",
    kinds: &[
        "meeting_convened",
        "meeting_seats_allocated",
        "meeting_participants_recorded",
        "meeting_rescheduled",
        "meeting_held",
        "meeting_cancelled",
        "meeting_outcome_recorded",
        "meeting_resources_recorded",
    ],
    sql: include_str!("meeting.sql"),
    facts: &[
        Fact::of("meeting_status", &["meeting"]),
        Fact::of("meeting_days", &["meeting"]),
        Fact::of("meeting_resources", &["meeting"]),
    ],
    public: &["meetings", "meeting_participants", "meeting_representation"],
};
