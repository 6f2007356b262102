//! Releases of figures.

use super::View;

/// The view.
pub const VIEW: View = View {
    name: "release",
    kinds: &["figures_released"],
    sql: include_str!("release.sql"),
    public: &["releases"],
};
