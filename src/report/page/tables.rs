//! Figures as tables: who replied, and what was answered to a question.

use std::collections::BTreeMap;

use super::super::figures::{
    Cells, CollectionFigures, Counts, NumberCounts, QuestionFigures, ReplyCount,
};
use super::{PageTexts, Passage};
use domain::collection::Basis;

/// One of the counts of a question.
type CountOf = fn(&Counts) -> u64;

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
    /// What stands above its columns, those of groups behind the total and the share.
    pub(super) heads: Vec<String>,
    /// None where they were withheld.
    pub(super) rows: Option<Vec<Row>>,
    /// The address that gives the same again.
    pub(super) address: String,
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
        let release = figures
            .release
            .map(|release| self.said("released", &[("release", release.to_string())]));
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
        let questions = questions.map(|question| self.question(figures, question));
        let questions: Vec<_> = questions.collect();
        (!questions.is_empty()).then(|| ToldFigures {
            title: self.text(&figures.title),
            questions,
        })
    }

    fn question(&self, of: &CollectionFigures, question: &QuestionFigures) -> ToldQuestion {
        let labels = question.labels.iter();
        let groups = question.groups.keys();
        let groups =
            groups.map(|code| texts::text::<&str>(&format!("group.{code}"), &[self.frame], &[]));
        let heads = [self.say("answer"), self.say("count"), self.say("share")];
        let pinned = match of.release {
            Some(release) => format!("release={release}"),
            None => format!("as_of={}", of.position),
        };
        ToldQuestion {
            code: question.code.clone(),
            text: self.text(&question.text),
            labels: labels.map(|label| self.text(label)).collect(),
            heads: heads.into_iter().chain(groups).collect(),
            rows: match &question.total {
                Cells::Withheld { .. } => None,
                Cells::Shown(counts) => Some(self.counts(question, counts)),
            },
            address: format!(
                "/v1/collections/{}/figures?questions={}&group_by=regional_group&{pinned}",
                of.collection, question.code
            ),
        }
    }

    fn counts(&self, question: &QuestionFigures, total: &Counts) -> Vec<Row> {
        let of_groups = |count: &dyn Fn(&Counts) -> String| -> Vec<String> {
            let groups = question.groups.values();
            let told = groups.map(|cells| match cells {
                Cells::Withheld { .. } => String::new(),
                Cells::Shown(counts) => count(counts),
            });
            told.collect()
        };
        let row = |label: Passage, share: String, count: &dyn Fn(&Counts) -> String| Row {
            label,
            cells: [count(total), share]
                .into_iter()
                .chain(of_groups(count))
                .collect(),
        };
        let options = question.options.iter().map(|option| {
            let chosen = |counts: &Counts| counts.options.get(&option.value).copied().unwrap_or(0);
            let share = self.share(chosen(total), total.answered);
            row(self.text(&option.label), share, &|counts| {
                self.number(chosen(counts))
            })
        });
        // Of what no questionnaire asked before, a report says nothing where there is none.
        let bases: [(&str, CountOf, bool); 5] = [
            ("answered", |of| of.answered, true),
            ("not_available", |of| of.not_available, true),
            ("otherwise_missing", |of| of.otherwise_missing, false),
            ("not_relevant", |of| of.not_relevant, false),
            ("blank", |of| of.blank, true),
        ];
        let bases = bases
            .into_iter()
            .filter(|(_, count, is_told)| *is_told || count(total) > 0);
        let bases = bases.map(|(key, count, _)| {
            row(Passage::plain(self.say(key)), String::new(), &|counts| {
                self.number(count(counts))
            })
        });
        let numbers = total.numbers.iter().flat_map(|numbers| {
            let currency = numbers.currency.as_deref();
            let of = |counts: &Counts, tell: &dyn Fn(&NumberCounts) -> String| {
                let mut known = counts.numbers.iter();
                let known = known.find(|known| known.currency.as_deref() == currency);
                known.map_or_else(String::new, tell)
            };
            let label = |key: &str| {
                let label = self.say(key);
                Passage::plain(match currency {
                    Some(currency) => format!("{label} ({currency})"),
                    None => label,
                })
            };
            let written = |number: &str| match numbers.are_years {
                true => number.to_owned(),
                false => locale::decimal(self.frame, number),
            };
            let median = |numbers: &NumberCounts| written(&numbers.median);
            let range = |numbers: &NumberCounts| {
                format!("{}–{}", written(&numbers.min), written(&numbers.max))
            };
            [
                row(label("median"), String::new(), &|counts| {
                    of(counts, &median)
                }),
                row(label("range"), String::new(), &|counts| of(counts, &range)),
            ]
        });
        let counted = total.counted.map(|_| {
            let replied = [("replied", self.number(total.replied))];
            let label = Passage::plain(self.said("counted", &replied));
            row(label, String::new(), &|counts| {
                self.number(counts.counted.unwrap_or_default())
            })
        });
        options.chain(numbers).chain(bases).chain(counted).collect()
    }

    fn number(&self, count: u64) -> String {
        locale::integer(self.frame, count)
    }

    /// A share of those that answered, in whole per cent.
    fn share(&self, part: u64, whole: u64) -> String {
        if whole == 0 {
            return String::new();
        }
        let percent = (part * 200 + whole) / (whole * 2);
        self.said("percent", &[("number", self.number(percent))])
    }
}
