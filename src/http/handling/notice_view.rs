//! A notice, as it is shown.

use serde::Serialize;
use utoipa::ToSchema;

use domain::Lang;

/// Something that a reader of a figure must know.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoticeView {
    /// Stable, for programs.
    pub code: String,
    /// For people.
    pub text: String,
    /// The language of `text`.
    pub lang: Lang,
}

impl NoticeView {
    /// A notice whose text is `notice.<code>` in data/texts.json.
    pub fn new(code: &str, languages: &[Lang], args: &[(&str, &str)]) -> Self {
        let (lang, text) = texts::chosen(&format!("notice.{code}"), languages, args);
        Self {
            code: code.to_owned(),
            text,
            lang,
        }
    }
}
