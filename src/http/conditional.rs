//! Answers with an entity tag: 304 where the caller has them already.

pub(in crate::http) mod entity_tag;

use std::hash::{DefaultHasher, Hash, Hasher};

use actix_web::body::MessageBody;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use self::entity_tag::TagCondition;
use domain::Lang;

/// An entity tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tag {
    /// The position of the last event that changed a resource.
    Resource(u64, Reader),
    /// The same for whoever sees of it only what is published: another representation.
    Published(u64, Reader),
    /// The last position that could change a figure. Weak: the answer also names the position that it was read at.
    Figure(u64, Reader),
}

/// For whom and when a representation was made, beside the resource's own position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// The languages, best first; empty where it is the same in all.
    languages: Vec<Lang>,
    /// The position at which its words were last redacted or translated; 0 where they never were.
    words: u64,
    /// The position of the last event of other objects that the representation shows a part of; 0 where there is none.
    beside: u64,
    /// In which form it is, where there are several.
    form: Option<&'static str>,
    /// How many deadlines are over; 0 where that changes nothing.
    deadlines: u64,
    /// What is shown to whom, in short; none where everybody is shown the same.
    rights: Option<u64>,
}

impl Reader {
    /// Whoever reads these languages. All of them count, not only the best: what the first lacks, the next may have.
    pub fn for_languages(languages: &[Lang]) -> Self {
        Self {
            languages: languages.to_vec(),
            words: 0,
            beside: 0,
            form: None,
            deadlines: 0,
            rights: None,
        }
    }

    /// Anybody: the representation has no language.
    pub const fn any() -> Self {
        Self {
            languages: Vec::new(),
            words: 0,
            beside: 0,
            form: None,
            deadlines: 0,
            rights: None,
        }
    }

    /// The same, after words were redacted or translated at this position: whoever keeps them must not be told that they
    /// still hold.
    #[must_use]
    pub const fn words(mut self, position: u64) -> Self {
        self.words = position;
        self
    }

    /// The same, in one form of several.
    #[must_use]
    pub const fn in_form(mut self, form: &'static str) -> Self {
        self.form = Some(form);
        self
    }

    /// The same, where other objects that it shows a part of changed last at this position. Whoever changes the resource
    /// is not held up by that.
    #[must_use]
    pub const fn beside(mut self, position: u64) -> Self {
        self.beside = position;
        self
    }

    /// The same, after so many deadlines: what is overdue changes with time alone.
    #[must_use]
    pub const fn after_deadlines(mut self, passed: u64) -> Self {
        self.deadlines = passed;
        self
    }

    /// The same, as far as whoever sees this much is shown: it changes with rights, which no position of the object tells.
    #[must_use]
    pub fn seeing(mut self, rights: &impl Hash) -> Self {
        // Without keys: the same in every process.
        let mut hasher = DefaultHasher::new();
        rights.hash(&mut hasher);
        self.rights = Some(hasher.finish());
        self
    }
}

impl Tag {
    fn text(&self) -> String {
        let (weak, position, part, reader) = match self {
            Self::Resource(position, reader) => ("", position, "", reader),
            Self::Published(position, reader) => ("", position, "-published", reader),
            Self::Figure(position, reader) => ("W/", position, "", reader),
        };
        let languages = reader.languages.iter().map(|lang| format!("-{lang}"));
        let words = (reader.words > 0).then(|| format!("-r{}", reader.words));
        let beside = (reader.beside > 0).then(|| format!("-b{}", reader.beside));
        let deadlines = (reader.deadlines > 0).then(|| format!("-d{}", reader.deadlines));
        let rights = reader.rights.map(|rights| format!("-s{rights:x}"));
        let rest: String = languages
            .chain(words)
            .chain(beside)
            .chain(deadlines)
            .chain(rights)
            .chain(reader.form.map(|form| format!("-{form}")))
            .collect();
        format!("{weak}\"{position}{part}{rest}\"")
    }
}

/// Whether the caller has the representation with this tag: then what it takes to make it need not be read.
pub fn is_known(request: &HttpRequest, tag: &Tag) -> bool {
    has(request.headers(), &tag.text())
}

/// Answers 200 with the body, or 304 where `If-None-Match` names the tag.
pub fn answer(request: &HttpRequest, tag: &Tag, body: &impl Serialize) -> HttpResponse {
    answer_in(request, tag, None, body)
}

/// As [`answer`], for a body whose words are in the language `lang`: the one that was found, not the one that was asked for.
pub fn answer_in(
    request: &HttpRequest,
    tag: &Tag,
    lang: Option<&str>,
    body: &impl Serialize,
) -> HttpResponse {
    answer_text(request, tag, lang, || {
        serde_json::to_string(body).unwrap_or_default()
    })
}

/// As [`answer_in`], for a body that is text already.
pub fn answer_text<B: MessageBody + 'static>(
    request: &HttpRequest,
    tag: &Tag,
    lang: Option<&str>,
    body: impl FnOnce() -> B,
) -> HttpResponse {
    let text = tag.text();
    let is_known = has(request.headers(), &text);
    let mut response = if is_known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response.insert_header((header::ETAG, text));
    // A cache may keep the answer, for this caller, and asks each time whether it still holds.
    response.insert_header((header::CACHE_CONTROL, "private, no-cache"));
    response.insert_header((header::VARY, "Accept-Language, Authorization, Cookie"));
    if let Some(lang) = lang {
        response.insert_header((header::CONTENT_LANGUAGE, lang));
    }
    if is_known {
        return response.finish();
    }
    response.content_type("application/json").body(body())
}

/// Weak comparison, as RFC 9110 has it for If-None-Match. A header that is no list of tags names none.
pub(in crate::http) fn has(headers: &HeaderMap, tag: &str) -> bool {
    let opaque = tag.trim_start_matches("W/").trim_matches('"');
    let named = entity_tag::tag_conditions(headers, header::IF_NONE_MATCH).unwrap_or_default();
    named.contains(&TagCondition::Any) || named.contains(&TagCondition::Tag(opaque))
}

/// Answers a write: the resource as it now is, with its tag.
pub fn write_answer(created: Option<String>, position: u64, body: &impl Serialize) -> HttpResponse {
    let mut response = match created {
        Some(location) => {
            let mut response = HttpResponse::Created();
            response.insert_header((header::LOCATION, location));
            response
        }
        None => HttpResponse::Ok(),
    };
    if position > 0 {
        response.insert_header((header::ETAG, format!("\"{position}\"")));
    }
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/json")
        .body(serde_json::to_string(body).unwrap_or_default())
}
