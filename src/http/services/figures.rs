//! Figures that were answered, kept until the log moves on.

use std::sync::Arc;

use actix_web::HttpRequest;
use quick_cache::sync::Cache;

use crate::http::conditional::Tag;
use domain::Lang;

/// How many answers are kept.
const KEPT: usize = 2_000;

/// A figure as it was answered.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The position that it was read at.
    pub position: u64,
    /// Its tag.
    pub tag: Tag,
    /// The language of its words.
    pub lang: String,
    /// The answer's JSON.
    pub body: String,
}

/// Figures that were answered, by what was asked.
pub struct Figures(Cache<String, Arc<Figure>>);

impl Default for Figures {
    fn default() -> Self {
        Self(Cache::new(KEPT))
    }
}

impl Figures {
    /// What the figure is kept under: all that was asked, for a reader of these languages.
    pub fn key(request: &HttpRequest, languages: &[Lang]) -> String {
        let languages: Vec<&str> = languages.iter().map(|lang| lang.as_str()).collect();
        format!("{} {}", languages.join(","), request.uri())
    }

    /// The figure that answers the same question, if the log has not moved since it was read.
    pub fn get(&self, key: &str, head: u64) -> Option<Arc<Figure>> {
        self.0.get(key).filter(|figure| figure.position == head)
    }

    /// Keeps a figure.
    pub fn put(&self, key: String, figure: Figure) -> Arc<Figure> {
        let figure = Arc::new(figure);
        self.0.insert(key, figure.clone());
        figure
    }
}
