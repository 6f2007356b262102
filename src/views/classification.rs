//! Categories and standards, and the versions of their classification, over time.

use event_log::views::View;

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
    public: &["standards", "classification_versions"],
};
