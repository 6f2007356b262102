//! HTML: templates of ours, filled with texts that cannot become markup.

use domain::Lang;

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
    pub fn from_template(template: &str, args: &[(&str, Html)]) -> Self {
        Self(crate::fill(template, args))
    }

    /// A text of ours, filled with what can be marked up: `Presented to {meeting}`.
    pub fn from_text(text: &str, args: &[(&str, Html)]) -> Self {
        Self::from_template(Self::text(text).as_ref(), args)
    }

    /// The attributes of an element in a language: none where that is the language around it.
    pub fn in_language(lang: Lang, around: Lang) -> Self {
        if lang == around {
            return Self::all([]);
        }
        let attributes = [
            ("lang", Self::text(lang.as_str())),
            ("dir", Self::text(lang.dir())),
        ];
        Self::from_template(" lang=\"{lang}\" dir=\"{dir}\"", &attributes)
    }

    /// A text within others, marked with its language where that is not the one around it.
    pub fn passage(lang: Lang, around: Lang, text: &str) -> Self {
        if lang == around {
            return Self::text(text);
        }
        let args = [
            ("attributes", Self::in_language(lang, around)),
            ("text", Self::text(text)),
        ];
        Self::from_template("<bdi{attributes}>{text}</bdi>", &args)
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
    fn a_passage_in_another_language_than_around_it_says_so() {
        let title = Html::passage(Lang::Ar, Lang::En, "<عنوان>");
        let said = Html::from_text("Of {title} & others", &[("title", title)]);
        assert_eq!(
            said.as_ref(),
            "Of <bdi lang=\"ar\" dir=\"rtl\">&lt;عنوان&gt;</bdi> &amp; others"
        );
        assert_eq!(Html::passage(Lang::Fr, Lang::Fr, "d’un").as_ref(), "d’un");
    }

    #[test]
    fn what_is_typed_cannot_become_markup() {
        let hostile = r#"<script>alert("1")</script>{body}&'"#;
        let shown = Html::from_template("<p title=\"{x}\">{x}</p>", &[("x", Html::text(hostile))]);
        let escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;{body}&amp;&#39;";
        assert_eq!(
            shown.as_ref(),
            format!("<p title=\"{escaped}\">{escaped}</p>")
        );
    }
}
