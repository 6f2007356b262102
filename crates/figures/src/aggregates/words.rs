//! The words of figures' own columns and codes: `figure.<code>` in data/texts.json.

use domain::Lang;

/// What a column, a measure or a code of figures is called.
pub fn word(code: &str, languages: &[Lang]) -> String {
    texts::text::<&str>(&format!("figure.{code}"), languages, &[])
}
