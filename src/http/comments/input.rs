//! Comments as they arrive.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::handling::word_input::keep;
use crate::http::problem::Problem;
use domain::Lang;
use domain::comment::{CommentContent, CommentSubject};
use domain::phrase::{Phrase, expected};
use domain::questionnaire::JsonTrue;
use event_log::NewContent;

/// The most characters of a comment, and of the wording that it proposes.
const COMMENT_CHARS: usize = 20_000;

/// What a comment is about: one of the three.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(min_properties = 1, max_properties = 1)]
pub struct OnShape {
    /// `true`: the instrument as a whole.
    instrument: Option<bool>,
    /// The code of a section.
    section: Option<String>,
    /// The code of a question.
    #[schema(example = "A1")]
    question: Option<String>,
}

/// What a comment is about, as it is sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "OnShape")]
pub struct OnInput(CommentSubject);

impl TryFrom<OnShape> for OnInput {
    type Error = Phrase;

    fn try_from(shape: OnShape) -> Result<Self, Self::Error> {
        match (shape.instrument, shape.section, shape.question) {
            (Some(true), None, None) => Ok(Self(CommentSubject::Instrument(JsonTrue))),
            (None, Some(section), None) => Ok(Self(CommentSubject::Section(section))),
            (None, None, Some(question)) => Ok(Self(CommentSubject::Question(question))),
            _ => Err(expected::ONE_NAMED.codes(["instrument", "section", "question"])),
        }
    }
}

/// A comment to make.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewComment {
    /// What it is about: `{"instrument": true}`, `{"section": "A"}` or `{"question": "A1"}`.
    #[schema(value_type = OnShape)]
    pub(in crate::http) on: OnInput,
    /// The language of its words: ar, zh, en, fr, ru, es
    pub(in crate::http) lang: Lang,
    /// The comment.
    pub(in crate::http) text: String,
    /// The wording that it proposes, in the same language.
    pub(in crate::http) wording: Option<String>,
}

impl NewComment {
    /// What it says, its words set beside the log.
    pub(in crate::http) fn store(
        &self,
        contents: &mut Vec<NewContent>,
    ) -> Result<CommentContent, Problem> {
        let mut keep =
            |text: &str, at: &str| keep(text, at, COMMENT_CHARS, "comment_faulty", contents);
        Ok(CommentContent {
            on: self.on.0.clone(),
            lang: self.lang,
            text: keep(&self.text, "/text")?,
            wording: match &self.wording {
                Some(wording) => Some(keep(wording, "/wording")?),
                None => None,
            },
        })
    }
}
