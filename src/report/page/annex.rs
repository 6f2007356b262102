//! The annex: how far instruments are prepared, and what became of comments on them.

use super::super::compilation::{Progress, RevisionPresentation, RevisionProgress};
use super::{Html, PageTexts};
use crate::reading::comments::RoundRow;

impl PageTexts {
    /// The annex, where the report is about instruments.
    pub(super) fn annex(&self, instruments: &[Progress]) -> Html {
        if instruments.is_empty() {
            return Html::all([]);
        }
        let told = instruments.iter().map(|progress| self.progress(progress));
        Html::from_template(
            "<section>\n<h2>{title}</h2>\n{instruments}</section>\n",
            &[
                ("title", self.say("progress", &[])),
                ("instruments", Html::all(told)),
            ],
        )
    }

    fn progress(&self, progress: &Progress) -> Html {
        let revisions = progress.revisions.iter();
        let revisions = revisions.map(|revision| self.revision(revision));
        let rounds = progress.rounds.iter().map(|round| self.round(round));
        let instrument = progress.instrument.to_string();
        let document = (!progress.rounds.is_empty()).then(|| {
            Html::from_template(
                "<p><a href=\"/v1/instruments/{instrument}/comments-document\">{text}</a></p>\n",
                &[
                    ("instrument", Html::text(&instrument)),
                    ("text", self.say("comments_document", &[])),
                ],
            )
        });
        Html::from_template(
            "<h3>{title}</h3>\n<ul>\n{revisions}{rounds}</ul>\n{document}",
            &[
                ("title", self.text(&progress.title)),
                ("revisions", Html::all(revisions)),
                ("rounds", Html::all(rounds)),
                ("document", Html::all(document)),
            ],
        )
    }

    /// A revision: what it is, what it was put before, and what came of that.
    fn revision(&self, revision: &RevisionProgress) -> Html {
        let numbers = [
            ("revision", revision.revision.to_string()),
            ("questions", revision.questions.to_string()),
        ];
        let mut said = vec![self.say("revision", &numbers)];
        said.extend(revision.presented.as_ref().map(|to| self.presented(to)));
        if let Some(date) = &revision.returned_on {
            said.push(self.say("returned", &[("date", date.clone())]));
        }
        said.push(match (&revision.approved_on, &revision.decision) {
            (Some(date), Some(decision)) => {
                let args = [("date", date.clone()), ("decision", decision.clone())];
                self.say("approved", &args)
            }
            _ => self.say("not_approved", &[]),
        });
        let said = said
            .into_iter()
            .map(|said| Html::from_template("{said} ", &[("said", said)]));
        Html::from_template("<li>{said}</li>\n", &[("said", Html::all(said))])
    }

    fn presented(&self, presented: &RevisionPresentation) -> Html {
        let mut args = vec![
            ("meeting", self.text(&presented.title)),
            ("date", Html::text(&presented.on)),
        ];
        match &presented.progress_report {
            Some(symbol) => {
                args.push(("symbol", Html::text(symbol)));
                self.say_of("presented_with", &args)
            }
            None => self.say_of("presented", &args),
        }
    }

    /// A round of comments: how many there are by disposition.
    fn round(&self, round: &RoundRow) -> Html {
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
        let open = round.open.then(|| self.say("round_open", &[]));
        let said = [Some(self.say(key, &args)), open].into_iter().flatten();
        let said = said.map(|said| Html::from_template("{said} ", &[("said", said)]));
        Html::from_template("<li>{said}</li>\n", &[("said", Html::all(said))])
    }
}
