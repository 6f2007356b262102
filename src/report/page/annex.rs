//! The annex: how far instruments are prepared, and what became of comments on them.

use super::super::compilation::{Progress, RevisionPresentation, RevisionProgress};
use super::{PageTexts, Passage};
use crate::reading::comments::RoundRow;
use domain::InstrumentId;

/// An instrument in the annex.
pub(super) struct ToldInstrument {
    pub(super) title: Passage,
    /// Its revisions, then its rounds of comments.
    pub(super) lines: Vec<Vec<Passage>>,
    /// Of which instrument there is a document of comments.
    pub(super) commented: Option<InstrumentId>,
}

impl PageTexts {
    pub(super) fn instrument(&self, progress: &Progress) -> ToldInstrument {
        let revisions = progress.revisions.iter();
        let revisions = revisions.map(|revision| self.revision(revision));
        let rounds = progress.rounds.iter().map(|round| self.round(round));
        ToldInstrument {
            title: self.text(&progress.title),
            lines: revisions.chain(rounds).collect(),
            commented: (!progress.rounds.is_empty()).then_some(progress.instrument),
        }
    }

    /// A revision: what it is, what it was put before, and what came of that.
    fn revision(&self, revision: &RevisionProgress) -> Vec<Passage> {
        let numbers = [
            ("revision", revision.revision.to_string()),
            ("questions", revision.questions.to_string()),
        ];
        let plain = |said: String| vec![Passage::plain(said)];
        let mut said = vec![plain(self.said("revision", &numbers))];
        said.extend(revision.presented.as_ref().map(|to| self.presented(to)));
        if let Some(date) = &revision.returned_on {
            said.push(plain(self.said("returned", &[("date", date.clone())])));
        }
        said.push(match (&revision.approved_on, &revision.decision) {
            (Some(date), Some(decision)) => {
                let args = [("date", date.clone()), ("decision", decision.clone())];
                plain(self.said("approved", &args))
            }
            _ => plain(self.say("not_approved")),
        });
        said.join(&Passage::plain(" "))
    }

    fn presented(&self, presented: &RevisionPresentation) -> Vec<Passage> {
        let mut args = vec![
            ("meeting", self.text(&presented.title)),
            ("date", Passage::plain(&presented.on)),
        ];
        match &presented.progress_report {
            Some(symbol) => {
                args.push(("symbol", Passage::plain(symbol)));
                self.said_of("presented_with", &args)
            }
            None => self.said_of("presented", &args),
        }
    }

    /// A round of comments: how many there are by disposition.
    fn round(&self, round: &RoundRow) -> Vec<Passage> {
        let counts = round.comments.iter();
        let counts = counts
            .map(|(disposition, count)| format!("{}: {count}", self.term(disposition)))
            .collect::<Vec<_>>();
        let args = [
            ("revision", round.revision.to_string()),
            ("reference", round.reference.clone()),
            ("date", round.opened_on.to_string()),
            ("counts", counts.join("; ")),
        ];
        let key = match counts.is_empty() {
            true => "round_without_comments",
            false => "round",
        };
        let open = round.open.then(|| self.say("round_open"));
        let said = [Some(self.said(key, &args)), open];
        let said: Vec<String> = said.into_iter().flatten().collect();
        vec![Passage::plain(said.join(" "))]
    }
}
