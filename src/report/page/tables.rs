//! Figures as tables: who replied, and what was answered to a question.

use std::collections::BTreeMap;

use super::super::figures::{Cells, CollectionFigures, Counts, QuestionFigures, ReplyCount};
use super::{Html, PageTexts, row};
use domain::collection::Basis;

impl PageTexts {
    /// Who was invited to a collection and who replied, with what every figure of it must say.
    pub(super) fn participation(&self, figures: &CollectionFigures) -> Html {
        let states = figures.participation.member_states;
        let replied = [
            ("replied", states.replied.to_string()),
            ("invited", states.invited.to_string()),
            ("date", figures.opened_on.clone()),
        ];
        let notices = figures.notices.iter();
        let notices = notices.map(|notice| self.note(self.text(&notice.text)));
        let basis = figures.basis.map(|basis| {
            let key = match basis {
                Basis::Consenting => "basis_consenting",
                Basis::All => "basis_all",
            };
            self.note(self.say(key, &[]))
        });
        let release = figures.release.map(|release| {
            let args = [
                ("release", release.to_string()),
                ("position", figures.position.to_string()),
            ];
            self.note(self.say("released", &args))
        });
        Html::from_template(
            include_str!("../../../data/report/collection.html"),
            &[
                ("title", self.text(&figures.title)),
                ("notices", Html::all(notices)),
                ("participation", self.say("participation", &[])),
                ("replied", self.say("replied", &replied)),
                (
                    "late",
                    self.say("late", &[("late", states.late.to_string())]),
                ),
                ("group", self.say("group", &[])),
                ("invited", self.say("invited", &[])),
                ("have_replied", self.say("have_replied", &[])),
                (
                    "groups",
                    self.replied(&figures.participation.groups, "group"),
                ),
                ("others", self.others(&figures.participation.others)),
                ("release", Html::all(release.into_iter().chain(basis))),
            ],
        )
    }

    /// Parties other than Member States, where any was invited.
    fn others(&self, counts: &BTreeMap<String, ReplyCount>) -> Html {
        if counts.is_empty() {
            return Html::all([]);
        }
        Html::from_template(
            include_str!("../../../data/report/others.html"),
            &[
                ("others", self.say("others", &[])),
                ("invited", self.say("invited", &[])),
                ("have_replied", self.say("have_replied", &[])),
                ("other_kinds", self.replied(counts, "kind")),
            ],
        )
    }

    fn replied(&self, counts: &BTreeMap<String, ReplyCount>, key: &str) -> Html {
        Html::all(counts.iter().map(|(code, count)| {
            let label = texts::text::<&str>(&format!("{key}.{code}"), &[self.frame], &[]);
            row(
                [label, count.invited.to_string(), count.replied.to_string()]
                    .map(|cell| Html::text(&cell)),
            )
        }))
    }

    pub(super) fn question(&self, question: &QuestionFigures) -> Html {
        let rows = match &question.total {
            Cells::Withheld { .. } => self.note(self.say("withheld", &[])),
            Cells::Shown(counts) => Html::from_template(
                "<table><thead><tr><th>{answer}</th><th>{count}</th></tr></thead>\n<tbody>\n{rows}</tbody></table>\n",
                &[
                    ("answer", self.say("answer", &[])),
                    ("count", self.say("count", &[])),
                    ("rows", self.counts(question, counts)),
                ],
            ),
        };
        let labels = question.labels.iter();
        let labels =
            labels.map(|label| Html::from_template(" · {label}", &[("label", self.text(label))]));
        Html::from_template(
            "<section class=\"question\">\n<h4>{code}. {text}{labels}</h4>\n{rows}</section>\n",
            &[
                ("code", Html::text(&question.code)),
                ("text", self.text(&question.text)),
                ("labels", Html::all(labels)),
                ("rows", rows),
            ],
        )
    }

    fn counts(&self, question: &QuestionFigures, counts: &Counts) -> Html {
        let options = question.options.iter().map(|option| {
            let chosen = counts
                .options
                .get(&option.value)
                .copied()
                .unwrap_or_default();
            row([self.text(&option.label), Html::text(&chosen.to_string())])
        });
        // Of what no questionnaire asked before, a report says nothing where there is none.
        let bases = [
            Some(("answered", counts.answered)),
            Some(("not_available", counts.not_available)),
            some("otherwise_missing", counts.otherwise_missing),
            some("not_relevant", counts.not_relevant),
            Some(("blank", counts.blank)),
        ];
        let bases = bases.into_iter().flatten();
        let bases =
            bases.map(|(key, count)| row([self.say(key, &[]), Html::text(&count.to_string())]));
        let counted = counts.counted.map(|counted| {
            let replied = [("replied", counts.replied.to_string())];
            row([
                self.say("counted", &replied),
                Html::text(&counted.to_string()),
            ])
        });
        Html::all(options.chain(bases).chain(counted))
    }
}

fn some(key: &'static str, count: u64) -> Option<(&'static str, u64)> {
    (count > 0).then_some((key, count))
}
