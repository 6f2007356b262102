//! In which form a document is wanted: `format=`, or else `Accept`.

use actix_web::http::header::{self, HeaderMap};

use crate::http::problem::Problem;
use crate::written::FORMATS;
use domain::phrase::expected;

/// A form of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A page that stands by itself.
    Html,
    /// Text with marks.
    Markdown,
    /// Data.
    Json,
}

impl Form {
    const ALL: [Self; 3] = [Self::Json, Self::Html, Self::Markdown];

    /// Its name, as `format=` has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Json => "json",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Json => "application/json",
        }
    }

    /// The form that is wanted: that of `format=`, or the one that `Accept` likes best; JSON where it says nothing of any.
    ///
    /// # Errors
    /// `bad_parameter` for a format that there is not.
    pub fn wanted(format: Option<&str>, headers: &HeaderMap) -> Result<Self, Problem> {
        if let Some(format) = format {
            let mut known = Self::ALL.into_iter();
            let found = known.find(|form| form.as_str() == format);
            return found.ok_or_else(|| {
                let expected = expected::ONE_OF.codes(FORMATS);
                Problem::bad_parameter("format", expected, format)
            });
        }
        let accept = headers.get_all(header::ACCEPT);
        let accept: Vec<&str> = accept.filter_map(|accept| accept.to_str().ok()).collect();
        Ok(Self::accepted(&accept.join(",")))
    }

    fn accepted(accept: &str) -> Self {
        let mut best = (Self::Json, 0.0);
        for range in accept.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default();
            let quality = parts.find_map(|part| part.strip_prefix("q="));
            let quality = quality.map_or(1.0, |quality| quality.parse::<f32>().unwrap_or(0.0));
            let named = Self::ALL.into_iter().find(|form| {
                let media_type = form.media_type().split(';').next();
                media_type.is_some_and(|media_type| name.eq_ignore_ascii_case(media_type))
            });
            if let Some(form) = named
                && quality > best.1
            {
                best = (form, quality);
            }
        }
        best.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_that_is_liked_best_is_given() {
        for (accept, form) in [
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                Form::Html,
            ),
            ("text/markdown", Form::Markdown),
            ("text/html;q=0.2, Text/Markdown;q=0.9", Form::Markdown),
            ("application/json, text/html;q=0.9", Form::Json),
            ("text/html;q=0", Form::Json),
            ("*/*", Form::Json),
            ("", Form::Json),
        ] {
            assert_eq!(Form::accepted(accept), form, "{accept}");
        }
    }
}
