//! Categories and standards, and the versions of their classification, over time.

use event_log::views::{Fact, View};

/// The view.
pub const VIEW: View = View {
    name: "classification",
    kinds: &[
        "category_added",
        "standard_added",
        "classification_version_published",
        "category_renamed",
        "category_retired",
        "standard_regrouped",
    ],
    sql: include_str!("classification.sql"),
    facts: &[
        Fact::of("category_title", &["code"]),
        Fact::of("standard_category", &["code"]),
    ],
    public: &["standards", "classification_versions"],
};
