//! What a language of a report lacks, so that it is told before the publication.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Heading, Lang, Report};

/// What a language of a report lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The language.
    pub lang: Lang,
    /// The headings without a narrative in it.
    pub headings: Vec<Heading>,
    /// Whether the language is left out of a publication for it.
    pub is_left_out: bool,
}

impl Report {
    /// What the languages lack that something is written in: of a language that is not whole, the headings that are needed,
    /// for which it is left out of a publication; of one that is, the headings that another whole one has beside those.
    pub fn gaps(&self) -> Vec<Gap> {
        let whole = self.languages();
        let needed = self.particulars.purpose.needed();
        let told: BTreeSet<Heading> = self.told().map(|narrative| narrative.heading).collect();
        let begun: BTreeSet<Lang> = self.narratives.keys().map(|(_, lang)| *lang).collect();
        let gaps = begun.into_iter().map(|lang| {
            let is_left_out = !whole.contains(&lang);
            let expected: Vec<Heading> = match is_left_out {
                true => needed.to_vec(),
                false => told.iter().copied().collect(),
            };
            let lacks = |heading: &Heading| !self.narratives.contains_key(&(*heading, lang));
            Gap {
                lang,
                headings: expected.into_iter().filter(lacks).collect(),
                is_left_out,
            }
        });
        gaps.filter(|gap| !gap.headings.is_empty()).collect()
    }
}
