//! What every page has around its content.

use std::sync::LazyLock;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use sha2::{Digest, Sha256};

use crate::http::conditional;
use crate::http::handling::asset::Asset;
use crate::http::problem::Problem;
use domain::Lang;
use texts::words::Words;

/// What a page has around its content.
#[derive(Debug)]
pub struct Frame {
    /// The words of pages.
    pub w: Words,
    /// What it is called.
    pub title: String,
    /// What its address says behind the path, but for the language: it is the same in every one.
    pub query: String,
    /// In what capacity whoever looks is signed in, if they are.
    pub account: Option<String>,
    /// Whether it is told who looks: a page that says what went wrong is not.
    pub knows_who: bool,
    /// Whether it is the form of a section, which its own script saves as one types.
    pub has_script: bool,
    /// Where the form `trial` of a page leads that brings along what is typed: in another language it does too.
    pub typed_at: Option<String>,
}

impl Frame {
    /// The frame of a page of this title, at an address with this query.
    pub fn new(w: Words, title: impl Into<String>, query: &str, account: Option<String>) -> Self {
        let kept = query.split('&');
        let kept = kept.filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
        Self {
            w,
            title: title.into(),
            query: kept.map(|pair| format!("{pair}&")).collect(),
            account,
            knows_who: true,
            has_script: false,
            typed_at: None,
        }
    }

    /// The same, of a page that is not told who looks.
    #[must_use]
    pub const fn of_anybody(mut self) -> Self {
        self.knows_who = false;
        self
    }

    /// The same page, with the script of a section.
    #[must_use]
    pub const fn with_script(mut self) -> Self {
        self.has_script = true;
        self
    }

    /// The same page, whose other languages bring along what is typed in its form `trial`, which leads there.
    #[must_use]
    pub fn typed_at(mut self, address: String) -> Self {
        self.typed_at = Some(address);
        self
    }

    /// The languages in which the page is, each by its own name, and whether it is the one that is shown.
    pub fn languages(&self) -> [(&'static str, &'static str, bool); 6] {
        Self::language_names().map(|(lang, name)| (lang.as_str(), name, lang == self.w.lang))
    }

    /// The six languages, each by its own name.
    pub const fn language_names() -> [(Lang, &'static str); 6] {
        [
            (Lang::Ar, "العربية"),
            (Lang::Zh, "中文"),
            (Lang::En, "English"),
            (Lang::Fr, "Français"),
            (Lang::Ru, "Русский"),
            (Lang::Es, "Español"),
        ]
    }

    /// Where the style sheet is: another one has another address.
    pub fn style() -> &'static str {
        &STYLE.address
    }

    /// Where the script of every page is.
    pub fn script() -> &'static str {
        &SCRIPT.address
    }

    /// Where the script of a section is.
    pub fn section_script() -> &'static str {
        &SECTION_SCRIPT.address
    }
}

/// A file that pages refer to, at an address by which it can be kept for good.
struct Referred {
    address: String,
    asset: Asset,
}

impl Referred {
    fn new(path: &str, media_type: &str, text: &'static str) -> Self {
        let asset = Asset::new(media_type, text);
        Self {
            address: format!("{path}?v={}", asset.hash()),
            asset,
        }
    }

    fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let mut response = self.asset.answer(request);
        let is_this = request.uri().to_string() == self.address;
        let kept = match is_this {
            true => "public, max-age=31536000, immutable",
            false => "public, no-cache",
        };
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
        response
    }
}

static STYLE: LazyLock<Referred> = LazyLock::new(|| {
    let style = include_str!("../../../data/pages/pages.css");
    Referred::new("/pages.css", "text/css; charset=utf-8", style)
});

static SCRIPT: LazyLock<Referred> = LazyLock::new(|| {
    let script = include_str!("../../../data/pages/pages.js");
    Referred::new("/pages.js", "text/javascript; charset=utf-8", script)
});

static SECTION_SCRIPT: LazyLock<Referred> = LazyLock::new(|| {
    let script = concat!(
        include_str!("../../../data/pages/section.js"),
        include_str!("../../../data/pages/tables.js")
    );
    Referred::new("/section.js", "text/javascript; charset=utf-8", script)
});

/// How pages look.
pub async fn style(request: HttpRequest) -> HttpResponse {
    STYLE.answer(&request)
}

/// What makes pages easier to use.
pub async fn script(request: HttpRequest) -> HttpResponse {
    SCRIPT.answer(&request)
}

/// What saves a section as one types.
pub async fn section_script(request: HttpRequest) -> HttpResponse {
    SECTION_SCRIPT.answer(&request)
}

/// A page as it is answered. Nothing of it is kept anywhere, it runs no script but ours, and stands in no other site's frame. Where
/// it leads, no more than this site's name is told of where one comes from: the address may hold a secret. (To tell not
/// even that would turn the Origin of the page's own form into `null`, by which older browsers show whose form it is.)
pub fn page(
    status: StatusCode,
    lang: Lang,
    template: &impl Template,
) -> Result<HttpResponse, Problem> {
    Ok(answer(status, lang, written(template)?))
}

/// A page that shows everybody the same: search engines may find it, and whoever has it asks whether it still holds.
pub fn public_page(
    request: &HttpRequest,
    lang: Lang,
    template: &impl Template,
) -> Result<HttpResponse, Problem> {
    let html = written(template)?;
    // Weak, since it is packed on the way.
    let tag = format!("W/\"{}\"", hex::encode(&Sha256::digest(&html)[..8]));
    let is_known = conditional::has(request.headers(), &tag);
    let mut response = match is_known {
        true => answer(StatusCode::NOT_MODIFIED, lang, String::new()),
        false => answer(StatusCode::OK, lang, html),
    };
    let headers = response.headers_mut();
    headers.remove("X-Robots-Tag");
    let kept = HeaderValue::from_static("private, no-cache");
    headers.insert(header::CACHE_CONTROL, kept);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    Ok(response)
}

fn written(template: &impl Template) -> Result<String, Problem> {
    template.render().map_err(|error| {
        tracing::error!(%error, "a page cannot be written");
        Problem::new("internal")
    })
}

fn answer(status: StatusCode, lang: Lang, html: String) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::REFERRER_POLICY, "strict-origin"))
        .insert_header((header::X_FRAME_OPTIONS, "DENY"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header(("X-Robots-Tag", "noindex"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, lang.as_str()))
        .insert_header((header::VARY, "Accept-Language, Cookie"))
        .body(html)
}

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
