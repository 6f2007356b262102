//! Words that may be in another language than the page around them.

pub use texts::passage::Passage;
