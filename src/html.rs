//! HTML: templates of ours, filled with texts that cannot become markup.

use crate::texts;

/// HTML that shows what it is meant to show, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// A text, whatever it says.
    pub fn text(text: &str) -> Self {
        let mut html = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                other => html.push(other),
            }
        }
        Self(html)
    }

    /// What is ours as it stands, without placeholders: a style sheet.
    pub fn ours(html: &'static str) -> Self {
        Self(html.to_owned())
    }

    /// A template of ours, its placeholders filled.
    pub fn of(template: &str, args: &[(&str, Html)]) -> Self {
        Self(texts::fill(template, args))
    }

    /// What is written.
    pub fn into_string(self) -> String {
        self.0
    }

    /// These, one after the other.
    pub fn all(parts: impl IntoIterator<Item = Html>) -> Self {
        Self(parts.into_iter().map(|Html(part)| part).collect())
    }
}

impl AsRef<str> for Html {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_cannot_become_markup() {
        let hostile = r#"<script>alert("1")</script>{body}&'"#;
        let shown = Html::of("<p title=\"{x}\">{x}</p>", &[("x", Html::text(hostile))]);
        let escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;{body}&amp;&#39;";
        assert_eq!(
            shown.as_ref(),
            format!("<p title=\"{escaped}\">{escaped}</p>")
        );
    }
}
