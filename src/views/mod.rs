//! Views: tables derived from the log, and so disposable.
//!
//! A view is a file pair: the `.sql` file makes its tables, the function that projects a batch of events into them, and
//! its public SQL views; the `.rs` file says its name, which events it reads, and its facts: tables in which each row that is inserted
//! ends the one of its key that holds ([`event_log::views::Fact`]). Names in the `.sql` files are unqualified:
//! they are those of the schema that is being built or written, `views` or `views_next`.

mod answer;
mod classification;
mod collection;
mod comment;
mod consent;
mod consultation;
mod contribution;
mod delegation;
mod document;
mod instrument;
mod mandate;
mod material;
mod meeting;
mod need;
mod party;
mod project;
mod release;
mod reply;
mod report;
mod request;
mod translation;

use std::borrow::Cow;

use event_log::views::Definitions;

/// This program's views.
pub const DEFINITIONS: Definitions = Definitions {
    generation: 33,
    views: Cow::Borrowed(&[
        answer::VIEW, // touched most often by far, and often alone
        party::VIEW,
        classification::VIEW,
        instrument::VIEW,
        consultation::VIEW,
        comment::VIEW,
        collection::VIEW,
        release::VIEW,
        delegation::VIEW,
        reply::VIEW,
        consent::VIEW,
        report::VIEW,
        translation::VIEW,
        mandate::VIEW,
        meeting::VIEW,
        document::VIEW,
        contribution::VIEW,
        project::VIEW,
        material::VIEW,
        request::VIEW,
        need::VIEW,
    ]),
};

#[cfg(test)]
mod tests {
    use super::*;

    /// A changed definition needs a higher generation, or servers would refuse to write instead of rebuilding.
    #[test]
    fn a_changed_definition_raises_the_generation() {
        let pinned = format!("{} {}", DEFINITIONS.generation, DEFINITIONS.hash());
        insta::assert_snapshot!("generation", pinned);
    }
}
