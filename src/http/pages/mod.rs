//! Pages for people who come in by a link: small, without scripts, in English and French. Their words are data/pages.

pub mod join;
pub mod sign_in;
pub mod sso;

use std::sync::LazyLock;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};

use crate::http::handling::asset::Asset;
use crate::http::handling::languages;
use domain::Lang;

pub use texts::html::Html;

macro_rules! pages {
    ($($name:ident $file:literal,)+) => {
        /// A page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Page {
            $(#[doc = concat!("data/pages/", $file, ".*.html")] $name,)+
        }

        impl Page {
            /// Every page.
            #[cfg(test)]
            const ALL: &[Self] = &[$(Self::$name,)+];

            /// Its words: a line that is its title, then HTML with placeholders.
            fn source(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$name, Lang::Fr) => include_str!(concat!("../../../data/pages/", $file, ".fr.html")),
                      (Self::$name, _) => include_str!(concat!("../../../data/pages/", $file, ".en.html")),)+
                }
            }
        }
    };
}

pages! {
    Invitation "invitation",
    Choice "choice",
    SignedIn "signed_in",
    LinkOver "link_over",
    Ask "ask",
    Asked "asked",
    AskedTooOften "asked_too_often",
    Refused "refused",
    SignedOut "signed_out",
    SsoSetOut "sso_set_out",
    SsoFailed "sso_failed",
    SignedOn "signed_on",
}

/// The language of the pages for whoever sends this request: English where they read neither that nor French.
pub fn language(request: &HttpRequest) -> Lang {
    texts::language(&languages::from_request(request).unwrap_or_default())
}

/// A page as it is answered. Nothing of it is kept anywhere, it runs no scripts, and stands in no other site's frame. Where
/// it leads, no more than this site's name is told of where one comes from: the address may hold a secret. (To tell not
/// even that would turn the Origin of the page's own form into `null`, by which older browsers show whose form it is.)
pub fn answer(status: StatusCode, page: Page, lang: Lang, args: &[(&str, Html)]) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ))
        .insert_header((header::REFERRER_POLICY, "strict-origin"))
        .insert_header((header::X_FRAME_OPTIONS, "DENY"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header(("X-Robots-Tag", "noindex"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, lang.as_str()))
        .insert_header((header::VARY, "Accept-Language, Cookie"))
        .body(html(page, lang, args).into_string())
}

fn html(page: Page, lang: Lang, args: &[(&str, Html)]) -> Html {
    let (title, body) = page.source(lang).split_once('\n').unwrap_or_default();
    let other = match lang {
        Lang::Fr => r#"<a href="?lang=en" lang="en" hreflang="en">English</a>"#,
        _ => r#"<a href="?lang=fr" lang="fr" hreflang="fr">Français</a>"#,
    };
    let layout = include_str!("../../../data/pages/layout.html");
    let filled = [
        ("lang", Html::text(lang.as_str())),
        ("title", Html::from_template(title, args)),
        ("other", Html::ours(other)),
        ("body", Html::from_template(body, args)),
    ];
    Html::from_template(layout, &filled)
}

/// How pages look.
pub async fn style(request: HttpRequest) -> HttpResponse {
    static STYLE: LazyLock<Asset> = LazyLock::new(|| {
        let style = include_str!("../../../data/pages/pages.css");
        Asset::new("text/css; charset=utf-8", style)
    });
    let mut response = STYLE.answer(&request);
    let kept = HeaderValue::from_static("public, max-age=3600");
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_there_in_both_languages_and_says_the_same_things() {
        let placeholders = |text: &str| -> Vec<String> {
            let names = text.split('{').skip(1);
            let names = names.map(|rest| rest.split('}').next().unwrap().to_owned());
            let mut names: Vec<String> = names.collect();
            names.sort_unstable();
            names
        };
        for page in Page::ALL {
            let (english, french) = (page.source(Lang::En), page.source(Lang::Fr));
            assert_ne!(english, french, "{page:?}");
            assert_eq!(placeholders(english), placeholders(french), "{page:?}");
            let html = html(*page, Lang::Fr, &[]);
            assert!(
                html.as_ref()
                    .starts_with("<!doctype html>\n<html lang=\"fr\">")
            );
            assert!(!html.as_ref().contains("<script"), "{page:?}");
        }
    }
}
