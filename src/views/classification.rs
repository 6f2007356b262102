//! Categories and standards.

use super::View;

/// The view.
pub const VIEW: View = View {
    name: "classification",
    kinds: &["category_added", "standard_added"],
    sql: include_str!("classification.sql"),
    public: &["standards"],
};
