//! The report as a page for people: one file, without scripts, that can be printed.

use askama::Template;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::readable::{self, CitedAnswer, ReadableNarrative, ReadableReport};
use domain::report::{Gap, Heading, Purpose};
use domain::{Lang, Texts, blank};
use texts::passage::Passage;
use uuid::Uuid;

mod annex;
mod tables;

use annex::ToldInstrument;
use tables::{ToldCollection, ToldFigures};

/// The page, in the language that it is served in: the report is written in it, or every narrative is translated into it.
/// What is around the report's own words is in a language of ours; whatever is in another says so.
///
/// # Errors
/// It cannot be written.
pub fn page(report: &ReadableReport, wanted: &[Lang]) -> askama::Result<(Lang, String)> {
    let has = |lang| report.languages.contains(&lang) || is_in(report, lang);
    let frame = texts::language(wanted);
    let lang = Lang::served(wanted, has).unwrap_or(frame);
    let words = PageTexts {
        read: [&[lang], wanted].concat(),
        lang,
        frame,
    };
    Ok((lang, words.page(report).render()?))
}

#[derive(Template)]
#[template(path = "report/page.html")]
struct PageTemplate<'a> {
    t: &'a PageTexts,
    title: Passage,
    notes: Vec<String>,
    session: String,
    as_of: String,
    headings: Vec<ToldHeading>,
    instruments: Vec<ToldInstrument>,
}

/// A heading: its narrative, and the figures of the questions that serve it.
struct ToldHeading {
    title: String,
    narrative: Vec<Piece>,
    figures: Vec<ToldFigures>,
    /// Who replied, which comes before all figures.
    participation: Vec<ToldCollection>,
}

impl ToldHeading {
    const fn is_told(&self) -> bool {
        !self.narrative.is_empty() || !self.figures.is_empty()
    }
}

/// A piece of a narrative.
enum Piece {
    /// What must be known of what stands around it.
    Note(String),
    /// That what follows is translated from a language, in which it can be read.
    Translated(String, String),
    /// A paragraph.
    Paragraph(Passage),
    /// An answer that the narrative rests on.
    Cited {
        reply: Uuid,
        question: String,
        party: Passage,
    },
    /// What that answer says.
    Quote(Vec<Piece>),
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
    fn page(&self, report: &ReadableReport) -> PageTemplate<'_> {
        let as_of = [("date", self.date(report.time.as_deref()))];
        let session = [("session", report.session.to_string())];
        let to = match report.purpose {
            Purpose::Congress => "for_congress",
            _ => "for_session",
        };
        let draft = (report.status == "draft").then(|| self.say("draft"));
        let gaps = report.gaps.iter().map(|gap| self.gap(gap));
        let instruments = report.instruments.iter();
        PageTemplate {
            t: self,
            title: self.text(&report.title),
            notes: draft.into_iter().chain(gaps).collect(),
            session: self.said(to, &session),
            as_of: self.said("as_of", &as_of),
            headings: Heading::ALL
                .iter()
                .map(|heading| self.heading(report, *heading))
                .collect(),
            instruments: instruments.map(|of| self.instrument(of)).collect(),
        }
    }

    /// The day of a time, in UTC, as the language writes it.
    fn date(&self, time: Option<&str>) -> String {
        let time = time.and_then(|time| time.parse::<Timestamp>().ok());
        time.map_or_else(String::new, |time| {
            locale::date(self.frame, TimeZone::UTC.to_datetime(time).date())
        })
    }

    /// A text of ours.
    fn say(&self, key: &str) -> String {
        self.said(key, &[])
    }

    fn said(&self, key: &str, args: &[(&str, String)]) -> String {
        texts::text(&format!("report.{key}"), &[self.frame], args)
    }

    /// The same, filled with what is in other languages.
    fn said_of(&self, key: &str, args: &[(&str, Passage)]) -> Vec<Passage> {
        let texts = texts::texts(&format!("report.{key}"));
        let text = texts.and_then(|texts| texts.pick(&[self.frame]));
        Passage::filled(text.map_or("", |(_, text)| text), args)
    }

    fn term(&self, code: &str) -> String {
        texts::text::<&str>(&format!("term.{code}"), &[self.frame], &[])
    }

    /// A text of several languages, marked with the one that it is in.
    fn text(&self, texts: &Texts) -> Passage {
        Passage::pick(texts, &self.read, self.frame)
    }

    /// What a language of a draft lacks.
    fn gap(&self, gap: &Gap) -> String {
        let args = readable::gap_in_words(gap, &[self.frame]);
        let key = match gap.is_left_out {
            true => "notice.language_incomplete",
            false => "notice.narrative_missing",
        };
        texts::text(key, &[self.frame], &args)
    }

    fn heading(&self, report: &ReadableReport, heading: Heading) -> ToldHeading {
        let narrative = narrative(report, heading, &self.read);
        let collections = report.collections.iter();
        let figures = collections.clone();
        let figures = figures.filter_map(|figures| self.figures(figures, heading.as_str()));
        ToldHeading {
            title: self.term(heading.as_str()),
            narrative: narrative.map_or_else(Vec::new, |narrative| self.narrative(narrative)),
            figures: figures.collect(),
            participation: match heading {
                Heading::Introduction => collections.map(|of| self.participation(of)).collect(),
                _ => Vec::new(),
            },
        }
    }

    fn narrative(&self, narrative: &ReadableNarrative) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let has = |lang| narrative.lang == lang || is_translated(&narrative.words, lang);
        let shown = Lang::served(&self.read, has).filter(|shown| *shown != narrative.lang);
        if let Some(redacted) = self.redacted(&narrative.words) {
            pieces.push(redacted);
        } else if let Some(shown) = shown {
            let translation = &narrative.words["translations"][shown.as_str()];
            let from = narrative.lang.to_string();
            let told = self.translated(&from, &translation["by"]);
            pieces.push(Piece::Translated(from, told));
            pieces.extend(self.paragraphs(translation));
        } else {
            pieces.extend(self.paragraphs(&narrative.words));
        }
        pieces.extend(
            narrative
                .rests_on
                .iter()
                .flat_map(|cited| self.cited(cited)),
        );
        if narrative.restricted > 0 {
            let key = match narrative.restricted {
                1 => "restricted_one",
                _ => "restricted",
            };
            let count = [("count", narrative.restricted.to_string())];
            pieces.push(Piece::Note(self.said(key, &count)));
        }
        pieces
    }

    /// That words were redacted, and why, where they were.
    fn redacted(&self, words: &serde_json::Value) -> Option<Piece> {
        words["redacted"].as_bool().filter(|redacted| *redacted)?;
        let reason = self.term(words["reason"].as_str().unwrap_or_default());
        Some(Piece::Note(self.said("redacted", &[("reason", reason)])))
    }

    /// That what follows is a translation, of what and by whom.
    fn translated(&self, from: &str, by: &serde_json::Value) -> String {
        let by = self.term(by.as_str().unwrap_or_default());
        self.said("translated", &[("from", self.term(from)), ("by", by)])
    }

    fn paragraphs(&self, words: &serde_json::Value) -> Vec<Piece> {
        let text = words["text"].as_str().unwrap_or_default();
        let lang = words["lang"].as_str().and_then(|lang| lang.parse().ok());
        let lang = lang.unwrap_or(self.lang);
        let paragraphs = text.split("\n\n").filter(|text| !blank::is_blank(text));
        paragraphs
            .map(|text| Piece::Paragraph(Passage::new(text, lang, self.frame)))
            .collect()
    }

    /// An answer that a narrative rests on: whose, and what it says where it is words, with its translation.
    fn cited(&self, cited: &CitedAnswer) -> Vec<Piece> {
        let party = match cited.name.pick(&self.read) {
            Some((lang, name)) => Passage::new(name, lang, self.frame),
            None => Passage::plain(&cited.party),
        };
        let head = Piece::Cited {
            reply: cited.reply,
            question: cited.question.clone(),
            party,
        };
        let said = cited.words.as_ref().map(|words| self.quoted(words));
        [Some(head), said].into_iter().flatten().collect()
    }

    fn quoted(&self, words: &serde_json::Value) -> Piece {
        if let Some(redacted) = self.redacted(words) {
            return redacted;
        }
        let mut pieces = self.paragraphs(words);
        let from = words["lang"].as_str().unwrap_or_default();
        let has = |lang: Lang| lang.as_str() == from || is_translated(words, lang);
        let shown = Lang::served(&self.read, has).filter(|shown| shown.as_str() != from);
        if let Some(shown) = shown {
            let translation = &words["translations"][shown.as_str()];
            pieces.push(Piece::Note(self.translated(from, &translation["by"])));
            pieces.extend(self.paragraphs(translation));
        }
        Piece::Quote(pieces)
    }
}
