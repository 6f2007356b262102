//! The chapters of the demonstration, in the order in which they are played: how category I came about, was asked and was
//! reported on; the Congress; categories II and III; the note verbale of 2011; two whole questionnaires; and at the end, work
//! of every kind that is still open.
//!
//! Every write has a key of its own that stays the same, and its body depends on the log and on no clock: a demonstration
//! that was cut short is taken up where it was.

mod asked;
mod assisted;
mod category_one;
mod collected;
mod congress;
mod consulting;
mod later_categories;
mod meetings;
mod open;
mod replying;
mod reported;
mod sample;
mod samples;

use anyhow::Context;
use jiff::civil::Date;
use serde_json::{Value, json};

pub use open::are_played;

use super::client::{Caller, Client};
use super::play::{self, PlayResult};
use super::progress::Progress;
use super::received::Events;
use super::tokens::Mint;

/// In which days begin.
const TIME_ZONE: &str = "Europe/Vienna";

/// A chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chapter {
    /// Category I, from the meeting of experts to the approval of its instrument (paragraphs 1 to 7).
    CategoryOne,
    /// What States answered to it (8).
    Collected,
    /// The report to the fifteenth session (9).
    Reported,
    /// The Eleventh Congress (14).
    Congress,
    /// Categories II and III, to the sixteenth session (15 to 17).
    LaterCategories,
    /// The note verbale of 2011.
    NoteVerbale,
    /// What was given, needed, asked for and done (4, 10 to 13).
    Assisted,
    /// Two whole questionnaires, on legal aid and of figures of crime and justice.
    Samples,
    /// Work of every kind that is not done.
    OpenWork,
}

impl Chapter {
    /// All of them, in their order.
    pub const ALL: [Self; 9] = [
        Self::CategoryOne,
        Self::Collected,
        Self::Reported,
        Self::Congress,
        Self::LaterCategories,
        Self::NoteVerbale,
        Self::Assisted,
        Self::Samples,
        Self::OpenWork,
    ];

    /// What is said when it begins.
    fn title(self) -> &'static str {
        match self {
            Self::CategoryOne => {
                "Category I: experts meet, comments are taken up, the instrument is approved"
            }
            Self::Collected => "Category I: States are asked and reply",
            Self::Reported => "The report to the fifteenth session",
            Self::Congress => "The Eleventh Congress",
            Self::LaterCategories => "Categories II and III, to the sixteenth session",
            Self::NoteVerbale => "The note verbale of 2011",
            Self::Assisted => "Assistance: contributions, needs, requests, projects and a manual",
            Self::Samples => {
                "Two sample questionnaires: legal aid, and figures of crime and justice"
            }
            Self::OpenWork => "Open work of every kind",
        }
    }
}

/// Who plays, and what the chapters so far have brought about.
pub struct Stage<'a> {
    client: &'a Client,
    officer: &'a Caller<'a>,
    mint: &'a Mint<'a>,
    progress: &'a Progress,
    /// The day on which the log began: what the days of open work are counted from.
    began: Date,
    /// What category I came to.
    category_one: Option<CategoryOne>,
    /// The collection of its replies.
    collected: Option<ClosedCollection>,
    /// What was played of 2011.
    note_verbale: Option<PlayResult>,
}

/// By their ids.
struct CategoryOne {
    /// The expert meeting of March 2004.
    meeting: String,
    /// The approved instrument.
    instrument: String,
}

/// A collection that is closed, and replies to it.
struct ClosedCollection {
    collection: String,
    replies: Vec<String>,
    /// The needs that Kenya's reply indicated.
    needs: Vec<String>,
}

impl<'a> Stage<'a> {
    /// An empty one.
    ///
    /// # Errors
    /// The event feed does not answer.
    pub async fn new(
        client: &'a Client,
        officer: &'a Caller<'a>,
        mint: &'a Mint<'a>,
        progress: &'a Progress,
    ) -> anyhow::Result<Self> {
        let feed: Events = officer.get("/v1/events?after=0&limit=1").await?;
        let first = feed.events.first().context("the event feed is empty")?;
        Ok(Self {
            client,
            officer,
            mint,
            progress,
            began: first.time.in_tz(TIME_ZONE)?.date(),
            category_one: None,
            collected: None,
            note_verbale: None,
        })
    }

    /// Plays a chapter, after those before it.
    ///
    /// # Errors
    /// A request failed, or a chapter before it was not played.
    pub async fn play(&mut self, chapter: Chapter) -> anyhow::Result<()> {
        self.progress.stage(chapter.title());
        match chapter {
            Chapter::CategoryOne => self.category_one = Some(category_one::play(self).await?),
            Chapter::Collected => self.collected = Some(collected::play(self).await?),
            Chapter::Reported => reported::play(self).await?,
            Chapter::Congress => congress::play(self).await?,
            Chapter::LaterCategories => later_categories::play(self).await?,
            Chapter::NoteVerbale => {
                let played = play::play(self.officer, self.progress).await?;
                self.note_verbale = Some(played);
            }
            Chapter::Assisted => assisted::play(self).await?,
            Chapter::Samples => samples::play(self).await?,
            Chapter::OpenWork => open::play(self).await?,
        }
        Ok(())
    }

    /// The officer makes something; answers its id. The key is as in [`Caller::write`].
    async fn make(&self, key: &str, path: &str, body: &Value) -> anyhow::Result<String> {
        Ok(self.officer.make(key, path, body).await?)
    }

    /// The officer posts.
    async fn post(&self, key: &str, path: &str, body: &Value) -> anyhow::Result<()> {
        self.officer.post(key, path, body).await?;
        Ok(())
    }

    /// The officer puts.
    async fn put(&self, key: &str, path: &str, body: &Value) -> anyhow::Result<()> {
        self.officer.put(key, path, body).await?;
        Ok(())
    }

    /// Whoever speaks for a party.
    async fn focal_point(&self, code: &str) -> anyhow::Result<Caller<'a>> {
        let token = self.mint.focal_point(code).await?;
        let who = format!("the focal point of {code}");
        Ok(self.client.with(&token, who))
    }

    fn category_one(&self) -> anyhow::Result<&CategoryOne> {
        let played = self.category_one.as_ref();
        played.context("the chapter on category I was not played")
    }

    fn collected(&self) -> anyhow::Result<&ClosedCollection> {
        let played = self.collected.as_ref();
        played.context("the chapter on its replies was not played")
    }

    fn note_verbale(&self) -> anyhow::Result<PlayResult> {
        let played = self.note_verbale;
        played.context("the chapter on the note verbale was not played")
    }
}

/// A text in English and French.
fn both(en: &str, fr: &str) -> Value {
    json!({"en": en, "fr": fr})
}

/// A day until whose end something is due.
fn until(day: impl ToString) -> Value {
    json!({"at": day.to_string(), "time_zone": TIME_ZONE})
}

/// What somebody typed.
fn said(text: &str, lang: &str) -> Value {
    json!({"text": text, "lang": lang})
}
