//! On how many replies a figure stands, and how these stand to what is asked.

use domain::questionnaire::MissingKind;

use super::measure::Measure;
use super::subject::{Extent, Subject};
use crate::replies::{GivenAnswer, GivenValue, SubmittedReply};

/// How replies stand to a field: `counted` of `replied` are counted, and are the sum of those that answered, that are missing in
/// one way or another, that were not asked, and that said nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Base {
    /// Replies of the parties that are asked for.
    pub replied: u64,
    /// Of these, those whose answers are counted.
    pub counted: u64,
    /// With an answer.
    pub answered: u64,
    /// That it is missing, by the order of [`MissingKind::ALL`].
    pub missing: [u64; 4],
    /// To which it was not asked.
    pub not_relevant: u64,
    /// With nothing.
    pub blank: u64,
    /// Of those answered, with a figure that may still change.
    pub provisional: u64,
    /// Of those answered, with one that is estimated.
    pub estimated: u64,
}

impl Base {
    /// Counts a reply that is asked for, and gives its answer where it has one that is counted.
    pub(super) fn add<'r>(
        &mut self,
        subject: &Subject<'_>,
        reply: &'r SubmittedReply,
        is_counted: bool,
    ) -> Option<&'r GivenAnswer> {
        self.replied += 1;
        if !is_counted {
            return None;
        }
        self.counted += 1;
        let address = subject.address();
        if reply.answers.is_irrelevant(address) {
            self.not_relevant += 1;
            return None;
        }
        let Some(answer) = reply.answers.get(address) else {
            self.blank += 1;
            return None;
        };
        if let GivenValue::Missing(kind) = answer.value {
            self.missing[missing_index(kind)] += 1;
            return None;
        }
        self.answered += 1;
        self.provisional += u64::from(answer.flags.provisional);
        self.estimated += u64::from(answer.flags.estimated);
        Some(answer)
    }

    /// That it is missing in this way.
    pub fn missing(&self, kind: MissingKind) -> u64 {
        self.missing[missing_index(kind)]
    }

    /// What is told of it. Why each party that was not asked has no figure is its own matter.
    pub(super) fn measures(&self, extent: Extent) -> Vec<(Measure, u64)> {
        let missing = |kind| self.missing(kind);
        let mut measures = vec![
            (Measure::Replied, self.replied),
            (Measure::Counted, self.counted),
            (Measure::Answered, self.answered),
        ];
        match extent {
            Extent::Coarse => measures.push((Measure::NotAvailable, self.missing.iter().sum())),
            Extent::Whole => measures.extend([
                (Measure::NotAvailable, missing(MissingKind::NotAvailable)),
                (Measure::NotApplicable, missing(MissingKind::NotApplicable)),
                (Measure::NotCollected, missing(MissingKind::NotCollected)),
                (Measure::Confidential, missing(MissingKind::Confidential)),
            ]),
        }
        measures.extend([
            (Measure::NotRelevant, self.not_relevant),
            (Measure::Blank, self.blank),
        ]);
        if extent == Extent::Whole {
            measures.extend([
                (Measure::Provisional, self.provisional),
                (Measure::Estimated, self.estimated),
            ]);
        }
        measures
    }
}

const fn missing_index(kind: MissingKind) -> usize {
    match kind {
        MissingKind::NotAvailable => 0,
        MissingKind::NotApplicable => 1,
        MissingKind::NotCollected => 2,
        MissingKind::Confidential => 3,
    }
}
