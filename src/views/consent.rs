//! What parties consent to have published, over time, and whether a version was consented to.

use event_log::views::View;

/// The view. Consent is judged when something is read, so readers ask for what of a version holds now, whatever position they
/// read; released figures, which never change, ask for what held as of theirs, and still did when they were released.
pub const VIEW: View = View {
    name: "consent",
    kinds: &["reply_submitted", "publication_decided", "reply_withdrawn"],
    sql: include_str!("consent.sql"),
    facts: &[],
    public: &[],
};
