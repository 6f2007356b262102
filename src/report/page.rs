//! The report as a page for people: one file, without scripts, that can be printed.

use std::collections::BTreeMap;

use super::body::{Body, Narrative};
use super::compilation::Progress;
use super::figures::{Cells, CollectionFigures, Counts, QuestionFigures, Replied};
use crate::domain::report::Heading;
use crate::domain::{Lang, Texts};
use crate::html::Html;
use crate::reading::comments::RoundRow;
use crate::texts;

const LAYOUT: &str = include_str!("../../data/report/page.html");
const STYLE: &str = include_str!("../../data/report/page.css");

/// The page, with its narratives in the first of these languages that the report is written in.
pub fn page(body: &Body, wanted: &[Lang]) -> (Lang, String) {
    let mut wanted = wanted.iter().copied();
    let lang = wanted.find(|lang| body.languages.contains(lang));
    let lang = lang.or(body.languages.first().copied()).unwrap_or(Lang::En);
    let words = Words { lang };
    let title = words.text(&body.title);
    let headings = Heading::ALL
        .iter()
        .map(|heading| words.heading(body, *heading));
    let collections = body
        .collections
        .iter()
        .map(|figures| words.collection(figures));
    let instruments = body
        .instruments
        .iter()
        .map(|progress| words.progress(progress));
    let time = body.time.as_deref().unwrap_or_default();
    let as_of = [
        ("position", body.position.to_string()),
        ("time", time.to_owned()),
    ];
    let session = [("session", body.session.to_string())];
    let html = Html::of(
        LAYOUT,
        &[
            ("lang", Html::text(lang.as_str())),
            (
                "dir",
                Html::text(if lang == Lang::Ar { "rtl" } else { "ltr" }),
            ),
            ("style", Html::ours(STYLE)),
            ("title", title),
            ("session", words.say("for_session", &session)),
            ("as_of", words.say("as_of", &as_of)),
            ("not_a_scorecard", words.say("not_a_scorecard", &[])),
            ("headings", Html::all(headings)),
            ("collections", Html::all(collections)),
            ("progress", words.say("progress", &[])),
            ("instruments", Html::all(instruments)),
        ],
    );
    (lang, html.into_string())
}

/// Words for readers of a language.
struct Words {
    lang: Lang,
}

impl Words {
    fn say(&self, key: &str, args: &[(&str, String)]) -> Html {
        Html::text(&texts::text(&format!("report.{key}"), &[self.lang], args))
    }

    fn text(&self, texts: &Texts) -> Html {
        Html::text(texts.pick(&[self.lang]).map_or("", |(_, text)| text))
    }

    fn heading(&self, body: &Body, heading: Heading) -> Html {
        let mut narratives = body.narratives.iter();
        let narrative =
            narratives.find(|known| known.heading == heading && known.lang == self.lang);
        let Some(narrative) = narrative else {
            return Html::all([]);
        };
        let paragraphs = narrative
            .text
            .split("\n\n")
            .filter(|text| !text.trim().is_empty());
        let paragraphs =
            paragraphs.map(|text| Html::of("<p>{text}</p>\n", &[("text", Html::text(text))]));
        let title = texts::text::<&str>(&format!("term.{heading}"), &[self.lang], &[]);
        Html::of(
            "<section>\n<h2>{title}</h2>\n{paragraphs}{links}</section>\n",
            &[
                ("title", Html::text(&title)),
                ("paragraphs", Html::all(paragraphs)),
                ("links", self.links(narrative)),
            ],
        )
    }

    fn links(&self, narrative: &Narrative) -> Html {
        let answers: Vec<String> = narrative
            .rests_on
            .iter()
            .map(|link| format!("{} {}", link.party, link.question))
            .collect();
        let mut parts = Vec::new();
        if !answers.is_empty() {
            parts.push(self.say("rests_on", &[("answers", answers.join(", "))]));
        }
        if narrative.restricted > 0 {
            parts.push(self.say("restricted", &[("count", narrative.restricted.to_string())]));
        }
        let parts = parts
            .into_iter()
            .map(|part| Html::of("<p class=\"note\">{part}</p>\n", &[("part", part)]));
        Html::all(parts)
    }

    fn collection(&self, figures: &CollectionFigures) -> Html {
        let states = figures.participation.member_states;
        let replied = [
            ("replied", states.replied.to_string()),
            ("invited", states.invited.to_string()),
            ("date", figures.opened_on.clone()),
        ];
        let notices = figures.notices.iter().map(|notice| {
            Html::of(
                "<p class=\"note\">{text}</p>\n",
                &[("text", self.text(&notice.text))],
            )
        });
        let questions = figures
            .sections
            .iter()
            .flat_map(|section| &section.questions);
        let questions = questions.map(|question| self.question(question));
        let release = figures.release.map(|release| {
            let args = [
                ("release", release.to_string()),
                ("position", figures.position.to_string()),
            ];
            Html::of(
                "<p class=\"note\">{text}</p>\n",
                &[("text", self.say("released", &args))],
            )
        });
        Html::of(
            include_str!("../../data/report/collection.html"),
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
                ("figures", self.say("figures", &[])),
                ("release", Html::all(release)),
                ("questions", Html::all(questions)),
            ],
        )
    }

    /// Parties other than Member States, where any was invited.
    fn others(&self, counts: &BTreeMap<String, Replied>) -> Html {
        if counts.is_empty() {
            return Html::all([]);
        }
        Html::of(
            include_str!("../../data/report/others.html"),
            &[
                ("others", self.say("others", &[])),
                ("invited", self.say("invited", &[])),
                ("have_replied", self.say("have_replied", &[])),
                ("other_kinds", self.replied(counts, "kind")),
            ],
        )
    }

    fn replied(&self, counts: &BTreeMap<String, Replied>, key: &str) -> Html {
        Html::all(counts.iter().map(|(code, count)| {
            let label = texts::text::<&str>(&format!("{key}.{code}"), &[self.lang], &[]);
            row(&[label, count.invited.to_string(), count.replied.to_string()])
        }))
    }

    fn question(&self, question: &QuestionFigures) -> Html {
        let rows = match &question.total {
            Cells::Withheld { .. } => Html::of(
                "<p class=\"note\">{text}</p>",
                &[("text", self.say("withheld", &[]))],
            ),
            Cells::Shown(counts) => Html::of(
                "<table><thead><tr><th>{answer}</th><th>{count}</th></tr></thead>\n<tbody>\n{rows}</tbody></table>",
                &[
                    ("answer", self.say("answer", &[])),
                    ("count", self.say("count", &[])),
                    ("rows", self.counts(question, counts)),
                ],
            ),
        };
        Html::of(
            "<section class=\"question\">\n<h4>{code}. {text}</h4>\n{rows}\n</section>\n",
            &[
                ("code", Html::text(&question.code)),
                ("text", self.text(&question.text)),
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
            let label = option
                .label
                .pick(&[self.lang])
                .map_or("", |(_, label)| label);
            row(&[label.to_owned(), chosen.to_string()])
        });
        let bases = [
            ("answered", counts.answered),
            ("not_available", counts.not_available),
            ("blank", counts.blank),
        ];
        let bases = bases.map(|(key, count)| {
            let label = texts::text::<&str>(&format!("report.{key}"), &[self.lang], &[]);
            row(&[label, count.to_string()])
        });
        Html::all(options.chain(bases))
    }

    fn progress(&self, progress: &Progress) -> Html {
        let revisions = progress.revisions.iter().map(|revision| {
            let numbers = [
                ("revision", revision.revision.to_string()),
                ("questions", revision.questions.to_string()),
            ];
            let approval = match (&revision.approved_on, &revision.decision) {
                (Some(date), Some(decision)) => {
                    let args = [("date", date.clone()), ("decision", decision.clone())];
                    self.say("approved", &args)
                }
                _ => self.say("not_approved", &[]),
            };
            let args = [
                ("revision", self.say("revision", &numbers)),
                ("approval", approval),
            ];
            Html::of("<li>{revision} {approval}</li>\n", &args)
        });
        let rounds = progress.rounds.iter().map(|round| self.round(round));
        Html::of(
            "<h3>{title}</h3>\n<ul>\n{revisions}{rounds}</ul>\n",
            &[
                ("title", self.text(&progress.title)),
                ("revisions", Html::all(revisions)),
                ("rounds", Html::all(rounds)),
            ],
        )
    }

    /// A round of comments: how many there are by disposition.
    fn round(&self, round: &RoundRow) -> Html {
        let counts = round.comments.iter().map(|(disposition, count)| {
            let term = texts::text::<&str>(&format!("term.{disposition}"), &[self.lang], &[]);
            format!("{term}: {count}")
        });
        let args = [
            ("revision", round.revision.to_string()),
            ("reference", round.reference.clone()),
            ("date", round.opened_on.clone()),
            ("counts", counts.collect::<Vec<_>>().join("; ")),
        ];
        Html::of("<li>{said}</li>\n", &[("said", self.say("round", &args))])
    }
}

fn row(cells: &[String]) -> Html {
    let cells = cells.iter().enumerate().map(|(index, cell)| {
        let template = if index == 0 {
            "<th scope=\"row\">{cell}</th>"
        } else {
            "<td>{cell}</td>"
        };
        Html::of(template, &[("cell", Html::text(cell))])
    });
    Html::of("<tr>{cells}</tr>\n", &[("cells", Html::all(cells))])
}
