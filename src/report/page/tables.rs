//! Figures as tables: who replied, and what was answered to a question.

use std::collections::BTreeMap;

use super::super::figures::{Cells, CollectionFigures, Counts, QuestionFigures, ReplyCount};
use super::{PageTexts, Passage};
use domain::collection::Basis;

/// A row of a table.
pub(super) struct Row {
    pub(super) label: Passage,
    pub(super) cells: Vec<String>,
}

/// Who was invited to a collection and who replied.
pub(super) struct ToldCollection {
    pub(super) title: Passage,
    pub(super) notices: Vec<Passage>,
    pub(super) replied: String,
    pub(super) late: String,
    pub(super) groups: Vec<Row>,
    pub(super) others: Vec<Row>,
    /// Which release it is, and on whom it stands.
    pub(super) stands_on: Vec<String>,
}

/// The figures of a collection's questions that serve a heading.
pub(super) struct ToldFigures {
    pub(super) title: Passage,
    pub(super) questions: Vec<ToldQuestion>,
}

/// What was answered to a question.
pub(super) struct ToldQuestion {
    pub(super) code: String,
    pub(super) text: Passage,
    pub(super) labels: Vec<Passage>,
    /// None where they were withheld.
    pub(super) rows: Option<Vec<Row>>,
}

impl PageTexts {
    /// Who was invited to a collection and who replied, with what every figure of it must say.
    pub(super) fn participation(&self, figures: &CollectionFigures) -> ToldCollection {
        let states = figures.participation.member_states;
        let replied = [
            ("replied", states.replied.to_string()),
            ("invited", states.invited.to_string()),
            ("date", figures.opened_on.clone()),
        ];
        let notices = figures.notices.iter();
        let basis = figures.basis.map(|basis| {
            self.say(match basis {
                Basis::Consenting => "basis_consenting",
                Basis::All => "basis_all",
            })
        });
        let release = figures.release.map(|release| {
            let args = [
                ("release", release.to_string()),
                ("position", figures.position.to_string()),
            ];
            self.said("released", &args)
        });
        ToldCollection {
            title: self.text(&figures.title),
            notices: notices.map(|notice| self.text(&notice.text)).collect(),
            replied: self.said("replied", &replied),
            late: self.said("late", &[("late", states.late.to_string())]),
            groups: self.replied(&figures.participation.groups, "group"),
            others: self.replied(&figures.participation.others, "kind"),
            stands_on: release.into_iter().chain(basis).collect(),
        }
    }

    fn replied(&self, counts: &BTreeMap<String, ReplyCount>, key: &str) -> Vec<Row> {
        let rows = counts.iter().map(|(code, count)| {
            let label = texts::text::<&str>(&format!("{key}.{code}"), &[self.frame], &[]);
            Row {
                label: Passage::plain(label),
                cells: vec![count.invited.to_string(), count.replied.to_string()],
            }
        });
        rows.collect()
    }

    /// The figures of a collection's questions that serve a heading, where there are any.
    pub(super) fn figures(
        &self,
        figures: &CollectionFigures,
        heading: &str,
    ) -> Option<ToldFigures> {
        let sections = figures.sections.iter();
        let questions = sections.flat_map(|section| &section.questions);
        let questions = questions.filter(|question| question.heading == heading);
        let questions: Vec<_> = questions.map(|question| self.question(question)).collect();
        (!questions.is_empty()).then(|| ToldFigures {
            title: self.text(&figures.title),
            questions,
        })
    }

    fn question(&self, question: &QuestionFigures) -> ToldQuestion {
        let labels = question.labels.iter();
        ToldQuestion {
            code: question.code.clone(),
            text: self.text(&question.text),
            labels: labels.map(|label| self.text(label)).collect(),
            rows: match &question.total {
                Cells::Withheld { .. } => None,
                Cells::Shown(counts) => Some(self.counts(question, counts)),
            },
        }
    }

    fn counts(&self, question: &QuestionFigures, counts: &Counts) -> Vec<Row> {
        let options = question.options.iter().map(|option| {
            let chosen = counts.options.get(&option.value).copied();
            Row {
                label: self.text(&option.label),
                cells: vec![chosen.unwrap_or_default().to_string()],
            }
        });
        let of_ours = |label: String, count: u64| Row {
            label: Passage::plain(label),
            cells: vec![count.to_string()],
        };
        // Of what no questionnaire asked before, a report says nothing where there is none.
        let bases = [
            Some(("answered", counts.answered)),
            Some(("not_available", counts.not_available)),
            some("otherwise_missing", counts.otherwise_missing),
            some("not_relevant", counts.not_relevant),
            Some(("blank", counts.blank)),
        ];
        let bases = bases.into_iter().flatten();
        let bases = bases.map(|(key, count)| of_ours(self.say(key), count));
        let counted = counts.counted.map(|counted| {
            let replied = [("replied", counts.replied.to_string())];
            of_ours(self.said("counted", &replied), counted)
        });
        options.chain(bases).chain(counted).collect()
    }
}

fn some(key: &'static str, count: u64) -> Option<(&'static str, u64)> {
    (count > 0).then_some((key, count))
}
