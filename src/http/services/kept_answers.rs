//! Answers that the log alone decides, kept until it moves on.

use std::sync::Arc;

use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use serde::Serialize;

use crate::http::conditional::{self, Tag};
use crate::http::problem::Problem;
use domain::Lang;

/// How many bytes of answers are kept: 32 MiB.
const BYTES: u64 = 32 << 20;
/// How many bytes an answer has, about.
const USUAL: u64 = 8 << 10;
/// What is kept beside the bytes, about.
const OVERHEAD: u64 = 256;

/// An answer as it was given.
#[derive(Clone, Debug)]
pub struct KeptAnswer {
    /// The position that it was read at.
    pub position: u64,
    /// Its tag.
    pub tag: Tag,
    /// The language of its words, where they are of one.
    pub lang: Option<String>,
    /// What it is, where it is not JSON.
    pub file: Option<AnswerFile>,
    /// The answer's bytes.
    pub body: Bytes,
}

/// An answer that is to be kept as a file.
#[derive(Clone, Debug)]
pub struct AnswerFile {
    /// Its media type.
    pub media_type: &'static str,
    /// Its name.
    pub name: String,
}

impl KeptAnswer {
    /// An answer that was read at a position.
    ///
    /// # Errors
    /// `internal`: it cannot be written.
    pub fn new(
        position: u64,
        tag: Tag,
        lang: Option<String>,
        body: &impl Serialize,
    ) -> Result<Self, Problem> {
        let body = serde_json::to_vec(body).map_err(|_| Problem::new("internal"))?;
        Ok(Self {
            position,
            tag,
            lang,
            file: None,
            body: body.into(),
        })
    }

    /// Answers with it, or 304 where the caller has it.
    pub fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let body = || self.body.clone();
        let mut answer = conditional::answer_text(request, &self.tag, self.lang.as_deref(), body);
        if let Some(file) = &self.file {
            file.describe(answer.headers_mut());
        }
        answer
    }
}

impl AnswerFile {
    /// Says what the answer is. What is asked for by `Accept` differs with it.
    fn describe(&self, headers: &mut HeaderMap) {
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(self.media_type),
        );
        let name = format!("attachment; filename=\"{}\"", self.name);
        if let Ok(name) = HeaderValue::from_str(&name) {
            headers.insert(header::CONTENT_DISPOSITION, name);
        }
        let vary = HeaderValue::from_static("Accept, Accept-Language, Authorization, Cookie");
        headers.insert(header::VARY, vary);
    }
}

/// Answers, by what was asked.
pub struct KeptAnswers(Cache<String, Arc<KeptAnswer>, AnswerSize>);

#[derive(Clone)]
struct AnswerSize;

impl Weighter<String, Arc<KeptAnswer>> for AnswerSize {
    fn weight(&self, key: &String, answer: &Arc<KeptAnswer>) -> u64 {
        (key.len() + answer.body.len()) as u64 + OVERHEAD
    }
}

impl Default for KeptAnswers {
    fn default() -> Self {
        let usual = usize::try_from(BYTES / USUAL).unwrap_or_default();
        Self(Cache::with_weighter(usual, BYTES, AnswerSize))
    }
}

impl KeptAnswers {
    /// What an answer is kept under: all that was asked, for a reader of these languages.
    pub fn key(request: &HttpRequest, languages: &[Lang]) -> String {
        let languages: Vec<&str> = languages.iter().map(|lang| lang.as_str()).collect();
        format!("{} {}", languages.join(","), request.uri())
    }

    /// The answer to the same question, if the log has not moved since it was read.
    pub fn get(&self, key: &str, head: u64) -> Option<Arc<KeptAnswer>> {
        self.0.get(key).filter(|answer| answer.position == head)
    }

    /// Keeps an answer.
    pub fn put(&self, key: String, answer: KeptAnswer) -> Arc<KeptAnswer> {
        let answer = Arc::new(answer);
        self.0.insert(key, answer.clone());
        answer
    }
}
