//! The languages that a caller reads: `lang=`, or else `Accept-Language`. Of a tag the base language counts: `fr-CA` is
//! French.

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::http::handling::query;
use crate::http::problem::Problem;
use domain::Lang;
use domain::fault::Codes;
use domain::phrase::expected;

/// The languages, best first; empty where the caller has no wish.
///
/// # Errors
/// `lang=` names none of the six.
pub fn from_request(request: &HttpRequest) -> Result<Vec<Lang>, Problem> {
    let pairs = query::pairs(request.query_string())?;
    if let Some((_, asked)) = pairs.iter().find(|(name, _)| name == "lang") {
        let lang = base(asked).parse::<Lang>().map_err(|_| {
            let expected = expected::ONE_OF.codes(Lang::CODES.iter().copied());
            Problem::bad_parameter("lang", expected, asked)
        })?;
        return Ok(vec![lang]);
    }
    let headers = request.headers().get_all(header::ACCEPT_LANGUAGE);
    let headers: Vec<&str> = headers.filter_map(|value| value.to_str().ok()).collect();
    Ok(accepted(&headers.join(",")))
}

/// The name of the cookie in which a browser keeps the language that pages were last asked for in.
pub const COOKIE: &str = "__Host-language";

/// The languages of whoever asks for a page, best first: `lang=`, or what they chose before, then `Accept-Language`.
pub fn for_page(request: &HttpRequest) -> Vec<Lang> {
    let chosen = asked(request).or_else(|| cookie(request));
    let headers = request.headers().get_all(header::ACCEPT_LANGUAGE);
    let headers: Vec<&str> = headers.filter_map(|value| value.to_str().ok()).collect();
    let mut languages: Vec<Lang> = chosen.into_iter().collect();
    for lang in accepted(&headers.join(",")) {
        if !languages.contains(&lang) {
            languages.push(lang);
        }
    }
    languages
}

/// The language that a page is asked for in, by `lang=`.
pub fn asked(request: &HttpRequest) -> Option<Lang> {
    let pairs = query::pairs(request.query_string()).unwrap_or_default();
    let asked = pairs.into_iter().find(|(name, _)| name == "lang");
    asked.and_then(|(_, lang)| base(&lang).parse().ok())
}

/// `Set-Cookie` that makes the browser keep a language that was asked for.
pub fn kept(lang: Lang) -> String {
    format!("{COOKIE}={lang}; Path=/; Secure; SameSite=Lax; Max-Age=31536000")
}

/// The language that the browser keeps.
pub fn cookie(request: &HttpRequest) -> Option<Lang> {
    let headers = request.headers().get_all(header::COOKIE);
    let pairs = headers
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'));
    let mut kept = pairs.filter_map(|pair| pair.trim().split_once('='));
    kept.find(|(name, _)| *name == COOKIE)
        .and_then(|(_, lang)| lang.parse().ok())
}

/// A tag without its region, its script and whatever else stands behind the language.
pub(in crate::http) fn base(tag: &str) -> &str {
    tag.split_once('-').map_or(tag, |(base, _)| base)
}

/// `fr-CH, en;q=0.8, de;q=0.9` reads as French, then English: the region is left off, unknown languages are skipped.
fn accepted(header: &str) -> Vec<Lang> {
    let mut wanted: Vec<(Lang, u32)> = header
        .split(',')
        .filter_map(|range| {
            let mut parts = range.split(';').map(str::trim);
            let tag = base(parts.next()?).to_ascii_lowercase();
            let quality = parts
                .find_map(|part| part.strip_prefix("q="))
                .map_or(Some(1000), thousandths)?;
            (quality > 0).then_some((tag.parse().ok()?, quality))
        })
        .collect();
    wanted.sort_by_key(|(_, quality)| std::cmp::Reverse(*quality));
    let mut languages = Vec::new();
    for (lang, _) in wanted {
        if !languages.contains(&lang) {
            languages.push(lang);
        }
    }
    languages
}

fn thousandths(quality: &str) -> Option<u32> {
    let (whole, part) = quality.split_once('.').unwrap_or((quality, ""));
    let part = format!("{part:0<3}");
    Some((whole.parse::<u32>().ok()? * 1000 + part.get(..3)?.parse::<u32>().ok()?).min(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_read_by_quality() {
        assert_eq!(accepted("fr-CH, en;q=0.8, de;q=0.9"), [Lang::Fr, Lang::En]);
        assert_eq!(accepted("en;q=0.5, ES;q=0.75"), [Lang::Es, Lang::En]);
        assert_eq!(accepted("en;q=0, ru"), [Lang::Ru]);
        assert_eq!(accepted("fr-CH, fr;q=0.9, en;q=0.8"), [Lang::Fr, Lang::En]);
        assert!(accepted("*").is_empty());
    }
}
