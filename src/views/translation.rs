//! Translations.

use event_log::views::{Fact, View};

/// The view. Nothing of it is public: what it translates may be restricted.
pub const VIEW: View = View {
    name: "translation",
    kinds: &["text_translated", "translation_withdrawn"],
    sql: include_str!("translation.sql"),
    facts: &[Fact::of("translation", &["content", "lang"])],
    public: &[],
};
