//! Materials kept under review: what is known of each, where it stands, and how it stands with its resources, over time.

use event_log::views::{Fact, View};

/// The view. Materials are public; which needs they are for is not, until their States share those.
pub const VIEW: View = View {
    name: "material",
    kinds: &[
        "material_taken_up",
        "material_edited",
        "material_revised",
        "material_issued",
        "material_review_begun",
        "material_resources_recorded",
    ],
    sql: include_str!("material.sql"),
    facts: &[
        Fact::of("material_subject", &["material"]),
        Fact::of("material_status", &["material"]),
        Fact::of("material_resources", &["material"]),
    ],
    public: &["materials"],
};
