//! A report as it is read: its body, with the words that it refers to.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::{Body, Link, Narrative};
use super::compilation::Progress;
use super::figures::CollectionFigures;
use domain::report::Gap;
use domain::{ContentRef, Lang, Texts};

/// A report as it is read.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Told)]
pub struct ReadableReport {
    /// published; or draft, which the Secretariat alone reads.
    pub status: &'static str,
    /// What it is called, by language.
    #[schema(value_type = Object)]
    pub title: Texts,
    /// findings, progress, congress
    pub purpose: domain::report::Purpose,
    /// The session of the Commission, or the Congress, that it is for, by number.
    pub session: u16,
    /// The position that it was compiled as of.
    pub position: u64,
    /// When that was recorded, RFC 3339 in UTC.
    #[schema(format = DateTime)]
    pub time: Option<String>,
    /// The languages that all of it is written in.
    pub languages: Vec<Lang>,
    /// Its narratives, heading by heading.
    pub narratives: Vec<ReadableNarrative>,
    /// Of a draft: what its languages lack, before it is published.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<GapShape>)]
    pub gaps: Vec<Gap>,
    /// The collections' figures, as they were released.
    pub collections: Vec<CollectionFigures>,
    /// Of a draft: collections whose figures were not released by the position that it was compiled as of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unreleased: Vec<Uuid>,
    /// Annex: progress in preparing instruments.
    pub instruments: Vec<Progress>,
}

/// What a language of a draft lacks.
#[expect(
    dead_code,
    reason = "only its schema is used; the type itself is the core's Gap"
)]
#[derive(ToSchema)]
pub struct GapShape {
    /// The language.
    #[schema(value_type = domain::Lang)]
    lang: String,
    /// The headings without a narrative in it: of those that are needed or, where none of these lacks, that other languages
    /// have.
    #[schema(value_type = Vec<domain::report::Heading>)]
    headings: Vec<String>,
    /// Whether the language is left out of the publication for it; otherwise its readers are shown another language's.
    is_left_out: bool,
}

/// What a gap is told with: the names of its language and its headings, for readers of these languages.
pub fn gap_in_words(gap: &Gap, languages: &[Lang]) -> [(&'static str, String); 2] {
    let term = |code: &str| texts::text::<&str>(&format!("term.{code}"), languages, &[]);
    let headings = gap.headings.iter().map(|heading| term(heading.as_str()));
    [
        ("language", term(gap.lang.as_str())),
        ("headings", headings.collect::<Vec<_>>().join(", ")),
    ]
}

/// A narrative.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ToldNarrative)]
pub struct ReadableNarrative {
    /// introduction, application, difficulties, assistance, practices, progress, conclusions
    pub heading: domain::report::Heading,
    /// The language that it is written in.
    pub lang: Lang,
    /// The direction of that language: ltr, rtl.
    pub dir: &'static str,
    /// Its words: `{"text", "lang", "dir"}`, or that they were redacted; `translations` beside them, each marked with who translated.
    #[schema(value_type = Object)]
    pub words: Value,
    /// The answers that it rests on, of States that consented to their publication.
    pub rests_on: Vec<CitedAnswer>,
    /// How many other answers it rests on, of States that did not.
    pub restricted: usize,
}

/// An answer that a narrative rests on.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Cited)]
pub struct CitedAnswer {
    /// The State's code.
    pub party: String,
    /// What it is called, by language.
    #[schema(value_type = Object)]
    pub name: Texts,
    /// Its reply.
    pub reply: Uuid,
    /// The question's code.
    pub question: String,
    /// What it says, as a narrative's words are shown; where the answer is words.
    #[schema(value_type = Option<Object>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<Value>,
}

impl Body {
    /// Every content that it refers to.
    pub fn words(&self) -> impl Iterator<Item = &ContentRef> {
        self.narratives.iter().flat_map(|narrative| {
            let cited = narrative.rests_on.iter();
            let cited = cited.filter_map(|link| Some(&link.words.as_ref()?.content));
            cited.chain([&narrative.words])
        })
    }

    /// The body with its words, as `show` shows them.
    pub fn with_words(
        self,
        status: &'static str,
        unreleased: Vec<Uuid>,
        gaps: Vec<Gap>,
        show: impl Fn(&ContentRef, Lang) -> Value,
    ) -> ReadableReport {
        let show = |reference: &ContentRef, lang| with_direction(show(reference, lang));
        let narratives = self.narratives.into_iter();
        let narratives = narratives
            .map(|narrative| narrative.with_words(&show))
            .collect();
        ReadableReport {
            status,
            title: self.title,
            purpose: self.purpose,
            session: self.session,
            position: self.position,
            time: self.time,
            languages: self.languages,
            narratives,
            gaps,
            collections: self.collections,
            unreleased,
            instruments: self.instruments,
        }
    }
}

impl Narrative {
    fn with_words(self, show: &impl Fn(&ContentRef, Lang) -> Value) -> ReadableNarrative {
        ReadableNarrative {
            heading: self.heading,
            lang: self.lang,
            dir: self.lang.dir(),
            words: show(&self.words, self.lang),
            rests_on: self
                .rests_on
                .into_iter()
                .map(|link| link.with_words(show))
                .collect(),
            restricted: self.restricted,
        }
    }
}

impl Link {
    fn with_words(self, show: &impl Fn(&ContentRef, Lang) -> Value) -> CitedAnswer {
        CitedAnswer {
            words: self.words.map(|words| show(&words.content, words.lang)),
            party: self.party,
            name: self.name,
            reply: self.reply.0,
            question: self.question,
        }
    }
}

/// Words as they are shown, and their translations, each with the direction of its language.
fn with_direction(mut words: Value) -> Value {
    let dir = |words: &Value| words["lang"].as_str()?.parse().ok().map(Lang::dir);
    let translations = words.get_mut("translations");
    let translations = translations.and_then(Value::as_object_mut);
    for translation in translations.into_iter().flat_map(|all| all.values_mut()) {
        *translation = with_direction(translation.take());
    }
    if let Some(dir) = dir(&words) {
        words["dir"] = dir.into();
    }
    words
}
