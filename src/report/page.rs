//! The report as a page for people: one file, without scripts, that can be printed.

use super::figures::CollectionFigures;
use super::readable::{self, CitedAnswer, ReadableNarrative, ReadableReport};
use domain::report::{Gap, Heading, Purpose};
use domain::{Lang, Texts, blank};
use texts::html::Html;

mod annex;
mod tables;

const LAYOUT: &str = include_str!("../../data/report/page.html");
const STYLE: &str = include_str!("../../data/report/page.css");

/// The page, in the language that it is served in: the report is written in it, or every narrative is translated into it.
/// What is around the report's own words is in a language of ours; whatever is in another says so.
pub fn page(report: &ReadableReport, wanted: &[Lang]) -> (Lang, String) {
    let has = |lang| report.languages.contains(&lang) || is_in(report, lang);
    let frame = texts::language(wanted);
    let lang = Lang::served(wanted, has).unwrap_or(frame);
    let words = PageTexts {
        read: [&[lang], wanted].concat(),
        lang,
        frame,
    };
    (lang, words.page(report))
}

/// Whether there are narratives, and every heading has one in a language, or a translation into it.
fn is_in(report: &ReadableReport, lang: Lang) -> bool {
    let mut headings = report.narratives.iter().map(|narrative| narrative.heading);
    let is_told = |heading| {
        let narrative = narrative(report, heading, &[lang]);
        narrative.is_some_and(|narrative| {
            narrative.lang == lang || is_translated(&narrative.words, lang)
        })
    };
    !report.narratives.is_empty() && headings.all(is_told)
}

/// The narrative under a heading that a reader of these languages is shown, in the language that it is served in: written in
/// it, or else translated into it.
fn narrative<'a>(
    report: &'a ReadableReport,
    heading: Heading,
    read: &[Lang],
) -> Option<&'a ReadableNarrative> {
    let under = |known: &&ReadableNarrative| known.heading == heading;
    let under: Vec<_> = report.narratives.iter().filter(under).collect();
    let in_it = |lang| under.iter().find(|known| known.lang == lang);
    let into_it = |lang| under.iter().find(|known| is_translated(&known.words, lang));
    let is_there = |lang| in_it(lang).or_else(|| into_it(lang)).is_some();
    let lang = Lang::served(read, is_there)?;
    in_it(lang).or_else(|| into_it(lang)).copied()
}

fn is_translated(words: &serde_json::Value, lang: Lang) -> bool {
    words["translations"][lang.as_str()]["text"].is_string()
}

/// Words for a reader.
struct PageTexts {
    /// The languages that are read, best first.
    read: Vec<Lang>,
    /// The language that the report is shown in.
    lang: Lang,
    /// The language of what is around its own words.
    frame: Lang,
}

impl PageTexts {
    fn page(&self, report: &ReadableReport) -> String {
        let collections = &report.collections;
        let as_of = [
            ("position", report.position.to_string()),
            ("time", report.time.clone().unwrap_or_default()),
        ];
        let session = [("session", report.session.to_string())];
        let to = match report.purpose {
            Purpose::Congress => "for_congress",
            _ => "for_session",
        };
        let draft = (report.status == "draft").then(|| self.note(self.say("draft", &[])));
        let gaps = report.gaps.iter().map(|gap| self.note(self.gap(gap)));
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
        let html = Html::from_template(
            LAYOUT,
            &[
                ("lang", Html::text(self.frame.as_str())),
                ("dir", Html::text(self.frame.dir())),
                ("style", Html::ours(STYLE)),
                ("name", Html::text(self.pick(&report.title).1)),
                ("title", self.text(&report.title)),
                ("draft", Html::all(draft.into_iter().chain(gaps))),
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
        Html::text(&texts::text(&format!("report.{key}"), &[self.frame], args))
    }

    /// The same, filled with what is in other languages.
    fn say_of(&self, key: &str, args: &[(&str, Html)]) -> Html {
        let texts = texts::texts(&format!("report.{key}"));
        let text = texts.and_then(|texts| texts.pick(&[self.frame]));
        Html::from_text(text.map_or("", |(_, text)| text), args)
    }

    fn term(&self, code: &str) -> String {
        texts::text::<&str>(&format!("term.{code}"), &[self.frame], &[])
    }

    fn pick<'a>(&self, texts: &'a Texts) -> (Lang, &'a str) {
        texts.pick(&self.read).unwrap_or((self.frame, ""))
    }

    /// A text of several languages, marked with the one that it is in.
    fn text(&self, texts: &Texts) -> Html {
        let (lang, text) = self.pick(texts);
        Html::passage(lang, self.frame, text)
    }

    /// What a language of a draft lacks.
    fn gap(&self, gap: &Gap) -> Html {
        let args = readable::gap_in_words(gap, &[self.frame]);
        let key = match gap.is_left_out {
            true => "notice.language_incomplete",
            false => "notice.narrative_missing",
        };
        Html::text(&texts::text(key, &[self.frame], &args))
    }

    fn note(&self, note: Html) -> Html {
        Html::from_template("<p class=\"note\">{note}</p>\n", &[("note", note)])
    }

    /// A heading: its narrative, and the figures of the questions that serve it.
    fn heading(&self, report: &ReadableReport, heading: Heading) -> Html {
        let narrative = narrative(report, heading, &self.read);
        let figures = report.collections.iter();
        let figures = figures.filter_map(|figures| self.figures(figures, heading.as_str()));
        let figures: Vec<Html> = figures.collect();
        if narrative.is_none() && figures.is_empty() {
            return Html::all([]);
        }
        Html::from_template(
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

    fn narrative(&self, narrative: &ReadableNarrative) -> Html {
        let mut parts = Vec::new();
        let has = |lang| narrative.lang == lang || is_translated(&narrative.words, lang);
        let shown = Lang::served(&self.read, has).filter(|shown| *shown != narrative.lang);
        if let Some(redacted) = self.redacted(&narrative.words) {
            parts.push(redacted);
        } else if let Some(shown) = shown {
            let translation = &narrative.words["translations"][shown.as_str()];
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
        Html::from_template(
            "<p class=\"note\"><a href=\"?lang={from}\">{text}</a></p>\n",
            &[
                ("from", Html::text(from)),
                ("text", self.say("translated", &args)),
            ],
        )
    }

    fn paragraphs(&self, words: &serde_json::Value) -> Html {
        let text = words["text"].as_str().unwrap_or_default();
        let lang = words["lang"].as_str().and_then(|lang| lang.parse().ok());
        let paragraphs = text.split("\n\n").filter(|text| !blank::is_blank(text));
        let attribute = Html::in_language(lang.unwrap_or(self.lang), self.frame);
        Html::all(paragraphs.map(|text| {
            let args = [("attribute", attribute.clone()), ("text", Html::text(text))];
            Html::from_template("<p{attribute}>{text}</p>\n", &args)
        }))
    }

    /// An answer that a narrative rests on: whose, and what it says where it is words, with its translation.
    fn cited(&self, cited: &CitedAnswer) -> Html {
        let state = match cited.name.pick(&self.read) {
            Some((lang, name)) => Html::passage(lang, self.frame, name),
            None => Html::text(&cited.party),
        };
        let head = Html::from_template(
            "<p class=\"note\">{rests_on} <a href=\"/v1/replies/{reply}/answers/{question}\">{state}, {question}</a></p>\n",
            &[
                ("rests_on", self.say("rests_on", &[])),
                ("reply", Html::text(&cited.reply.to_string())),
                ("question", Html::text(&cited.question)),
                ("state", state),
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
        let has = |lang: Lang| lang.as_str() == from || is_translated(words, lang);
        let shown = Lang::served(&self.read, has).filter(|shown| shown.as_str() != from);
        if let Some(shown) = shown {
            let translation = &words["translations"][shown.as_str()];
            let by = self.term(translation["by"].as_str().unwrap_or_default());
            let args = [("from", self.term(from)), ("by", by)];
            parts.push(self.note(self.say("translated", &args)));
            parts.push(self.paragraphs(translation));
        }
        Html::from_template(
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
            Html::from_template(
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

fn row<const CELLS: usize>(cells: [Html; CELLS]) -> Html {
    let cells = cells.into_iter().enumerate().map(|(index, cell)| {
        let template = if index == 0 {
            "<th scope=\"row\">{cell}</th>"
        } else {
            "<td>{cell}</td>"
        };
        Html::from_template(template, &[("cell", cell)])
    });
    Html::from_template("<tr>{cells}</tr>\n", &[("cells", Html::all(cells))])
}
