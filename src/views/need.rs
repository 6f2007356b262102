//! Needs for technical assistance, over time, and the versions of the list of their types.

use event_log::views::{Fact, View};

/// The view. It has no public SQL view: needs are for their State and the Secretariat until the State shares them, and
/// that is judged when they are read.
pub const VIEW: View = View {
    name: "need",
    kinds: &[
        "need_types_revised",
        "need_drafted",
        "need_edited",
        "need_dropped",
        "need_indicated",
        "reply_needs_stated",
        "reply_submitted",
        "amendment_begun",
        "amendment_discarded",
        "need_confirmed",
        "need_merged",
        "need_declined",
        "need_met",
        "need_lapsed",
        "need_shared",
    ],
    sql: include_str!("need.sql"),
    facts: &[
        Fact::of("need_about", &["need"]),
        Fact::of("need_status", &["need"]),
        Fact::of("need_sharing", &["need"]),
    ],
    public: &["need_types"],
};
