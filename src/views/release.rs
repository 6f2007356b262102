//! Releases of figures.

use event_log::views::View;

/// The view.
pub const VIEW: View = View {
    name: "release",
    kinds: &["figures_released"],
    sql: include_str!("release.sql"),
    facts: &[],
    public: &["releases"],
};
