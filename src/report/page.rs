//! The report as a page for people: one file, without scripts, that can be printed.

use super::figures::CollectionFigures;
use super::told::{Cited, Told, ToldNarrative};
use crate::domain::report::Heading;
use crate::domain::{Lang, Texts, blank};
use crate::html::Html;
use crate::texts;

mod annex;
mod tables;

const LAYOUT: &str = include_str!("../../data/report/page.html");
const STYLE: &str = include_str!("../../data/report/page.css");

/// The page, in the first of these languages that every narrative is written in or translated into; else in the first that
/// the report is written in.
pub fn page(report: &Told, wanted: &[Lang]) -> (Lang, String) {
    let mut wanted = wanted.iter().copied();
    let lang = wanted.find(|lang| is_in(report, *lang));
    let lang = lang.or(report.languages.first().copied());
    let words = Words {
        lang: lang.unwrap_or(Lang::En),
    };
    (words.lang, words.page(report))
}

/// Whether every heading has a narrative in a language, or a translation into it.
fn is_in(report: &Told, lang: Lang) -> bool {
    let mut headings = report.narratives.iter().map(|narrative| narrative.heading);
    headings.all(|heading| {
        let narrative = narrative(report, heading, lang);
        narrative.is_some_and(|narrative| narrative.lang == lang || translated(narrative, lang))
    })
}

/// The narrative under a heading that a reader of a language is shown: one in it, one translated into it, or the first.
fn narrative<'a>(report: &'a Told, heading: &str, lang: Lang) -> Option<&'a ToldNarrative> {
    let under = |known: &&ToldNarrative| known.heading == heading;
    let mut under = report.narratives.iter().filter(under).collect::<Vec<_>>();
    under.sort_by_key(|known| match known {
        known if known.lang == lang => 0,
        known if translated(known, lang) => 1,
        _ => 2,
    });
    under.first().copied()
}

fn translated(narrative: &ToldNarrative, lang: Lang) -> bool {
    narrative.words["translations"][lang.as_str()]["text"].is_string()
}

/// Words for readers of a language.
struct Words {
    lang: Lang,
}

impl Words {
    fn page(&self, report: &Told) -> String {
        let collections = &report.collections;
        let as_of = [
            ("position", report.position.to_string()),
            ("time", report.time.clone().unwrap_or_default()),
        ];
        let session = [("session", report.session.to_string())];
        let to = match report.purpose {
            "congress" => "for_congress",
            _ => "for_session",
        };
        let draft = (report.status == "draft").then(|| self.note(self.say("draft", &[])));
        // Figures stand under the headings that they serve; who replied comes before all of them.
        let headings = Heading::ALL.iter().map(|heading| {
            let section = self.heading(report, *heading);
            match heading {
                Heading::Introduction => {
                    let figures = collections.iter();
                    let participation = figures.map(|figures| self.participation(figures));
                    Html::all([section, Html::all(participation)])
                }
                _ => section,
            }
        });
        let html = Html::of(
            LAYOUT,
            &[
                ("lang", Html::text(self.lang.as_str())),
                (
                    "dir",
                    Html::text(if self.lang == Lang::Ar { "rtl" } else { "ltr" }),
                ),
                ("style", Html::ours(STYLE)),
                ("title", self.text(&report.title)),
                ("draft", Html::all(draft)),
                ("session", self.say(to, &session)),
                ("as_of", self.say("as_of", &as_of)),
                ("not_a_scorecard", self.say("not_a_scorecard", &[])),
                ("headings", Html::all(headings)),
                ("annex", self.annex(&report.instruments)),
            ],
        );
        html.into_string()
    }

    fn say(&self, key: &str, args: &[(&str, String)]) -> Html {
        Html::text(&texts::text(&format!("report.{key}"), &[self.lang], args))
    }

    fn term(&self, code: &str) -> String {
        texts::text::<&str>(&format!("term.{code}"), &[self.lang], &[])
    }

    fn text(&self, texts: &Texts) -> Html {
        Html::text(texts.pick(&[self.lang]).map_or("", |(_, text)| text))
    }

    fn note(&self, note: Html) -> Html {
        Html::of("<p class=\"note\">{note}</p>\n", &[("note", note)])
    }

    /// A heading: its narrative, and the figures of the questions that serve it.
    fn heading(&self, report: &Told, heading: Heading) -> Html {
        let narrative = narrative(report, heading.as_str(), self.lang);
        let figures = report.collections.iter();
        let figures = figures.filter_map(|figures| self.figures(figures, heading.as_str()));
        let figures: Vec<Html> = figures.collect();
        if narrative.is_none() && figures.is_empty() {
            return Html::all([]);
        }
        Html::of(
            "<section>\n<h2>{title}</h2>\n{narrative}{figures}</section>\n",
            &[
                ("title", Html::text(&self.term(heading.as_str()))),
                (
                    "narrative",
                    Html::all(narrative.map(|narrative| self.narrative(narrative))),
                ),
                ("figures", Html::all(figures)),
            ],
        )
    }

    fn narrative(&self, narrative: &ToldNarrative) -> Html {
        let mut parts = Vec::new();
        if let Some(redacted) = self.redacted(&narrative.words) {
            parts.push(redacted);
        } else if narrative.lang != self.lang && translated(narrative, self.lang) {
            let translation = &narrative.words["translations"][self.lang.as_str()];
            parts.push(self.translated_by(narrative.lang.as_str(), &translation["by"]));
            parts.push(self.paragraphs(translation));
        } else {
            parts.push(self.paragraphs(&narrative.words));
        }
        parts.extend(narrative.rests_on.iter().map(|cited| self.cited(cited)));
        if narrative.restricted > 0 {
            let key = match narrative.restricted {
                1 => "restricted_one",
                _ => "restricted",
            };
            let count = [("count", narrative.restricted.to_string())];
            parts.push(self.note(self.say(key, &count)));
        }
        Html::all(parts)
    }

    /// That words were redacted, and why, where they were.
    fn redacted(&self, words: &serde_json::Value) -> Option<Html> {
        words["redacted"].as_bool().filter(|redacted| *redacted)?;
        let reason = self.term(words["reason"].as_str().unwrap_or_default());
        Some(self.note(self.say("redacted", &[("reason", reason)])))
    }

    /// That what follows is a translation, of what and by whom; the page in the language of the original shows that.
    fn translated_by(&self, from: &str, by: &serde_json::Value) -> Html {
        let by = self.term(by.as_str().unwrap_or_default());
        let args = [("from", self.term(from)), ("by", by)];
        Html::of(
            "<p class=\"note\"><a href=\"?lang={from}\">{text}</a></p>\n",
            &[
                ("from", Html::text(from)),
                ("text", self.say("translated", &args)),
            ],
        )
    }

    fn paragraphs(&self, words: &serde_json::Value) -> Html {
        let text = words["text"].as_str().unwrap_or_default();
        let lang = words["lang"].as_str().unwrap_or(self.lang.as_str());
        let paragraphs = text.split("\n\n").filter(|text| !blank::is_blank(text));
        let attribute = match lang == self.lang.as_str() {
            true => Html::all([]),
            false => Html::of(
                " lang=\"{lang}\" dir=\"auto\"",
                &[("lang", Html::text(lang))],
            ),
        };
        Html::all(paragraphs.map(|text| {
            let args = [("attribute", attribute.clone()), ("text", Html::text(text))];
            Html::of("<p{attribute}>{text}</p>\n", &args)
        }))
    }

    /// An answer that a narrative rests on: whose, and what it says where it is words, with its translation.
    fn cited(&self, cited: &Cited) -> Html {
        let state = match cited.name.pick(&[self.lang]) {
            Some((_, name)) => name.to_owned(),
            None => cited.party.clone(),
        };
        let head = Html::of(
            "<p class=\"note\">{rests_on} <a href=\"/v1/replies/{reply}/answers/{question}\">{state}, {question}</a></p>\n",
            &[
                ("rests_on", self.say("rests_on", &[])),
                ("reply", Html::text(&cited.reply.to_string())),
                ("question", Html::text(&cited.question)),
                ("state", Html::text(&state)),
            ],
        );
        let said = cited.words.as_ref().map(|words| self.quoted(words));
        Html::all([Some(head), said].into_iter().flatten())
    }

    fn quoted(&self, words: &serde_json::Value) -> Html {
        if let Some(redacted) = self.redacted(words) {
            return redacted;
        }
        let mut parts = vec![self.paragraphs(words)];
        let from = words["lang"].as_str().unwrap_or_default();
        let translation = &words["translations"][self.lang.as_str()];
        if from != self.lang.as_str() && translation["text"].is_string() {
            let by = self.term(translation["by"].as_str().unwrap_or_default());
            let args = [("from", self.term(from)), ("by", by)];
            parts.push(self.note(self.say("translated", &args)));
            parts.push(self.paragraphs(translation));
        }
        Html::of(
            "<blockquote>\n{parts}</blockquote>\n",
            &[("parts", Html::all(parts))],
        )
    }

    /// The figures of a collection's questions that serve a heading, where there are any.
    fn figures(&self, figures: &CollectionFigures, heading: &str) -> Option<Html> {
        let sections = figures.sections.iter();
        let questions = sections.flat_map(|section| &section.questions);
        let questions = questions.filter(|question| question.heading == heading);
        let questions: Vec<Html> = questions.map(|question| self.question(question)).collect();
        (!questions.is_empty()).then(|| {
            Html::of(
                "<h3>{figures}: {title}</h3>\n{questions}",
                &[
                    ("figures", self.say("figures", &[])),
                    ("title", self.text(&figures.title)),
                    ("questions", Html::all(questions)),
                ],
            )
        })
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
