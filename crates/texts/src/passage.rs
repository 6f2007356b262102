//! Words of a questionnaire, of data or of a person, which may be in another language than the page around them.

use domain::{Lang, Texts};

/// Words, and the language that they are in, where that is not the one around them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The words.
    pub text: String,
    lang: Option<Lang>,
}

impl Passage {
    /// Words in this language, among words in that.
    pub fn new(text: impl Into<String>, lang: Lang, around: Lang) -> Self {
        Self {
            text: text.into(),
            lang: (lang != around).then_some(lang),
        }
    }

    /// Words that are in no language, or in the one around them.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            lang: None,
        }
    }

    /// The words for a reader of these languages.
    pub fn pick(texts: &Texts, languages: &[Lang], around: Lang) -> Self {
        match texts.pick(languages) {
            Some((lang, text)) => Self::new(text, lang, around),
            None => Self::default(),
        }
    }

    /// A text of ours, its placeholders filled with what may be in other languages, part after part: `Presented to {meeting}`.
    pub fn filled(text: &str, args: &[(&str, Passage)]) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, (name, after))) = rest
            .split_once('{')
            .and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            parts.push(Self::plain(before));
            let arg = args.iter().find(|(of, _)| *of == name);
            parts.push(arg.map_or_else(|| Self::plain("…"), |(_, passage)| passage.clone()));
            rest = after;
        }
        parts.push(Self::plain(rest));
        parts.retain(|part| !part.text.is_empty());
        parts
    }

    /// Other words, in the same language.
    #[must_use]
    pub fn with_text(&self, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            lang: self.lang,
        }
    }

    /// Whether they are in another language than what is around them.
    pub const fn is_foreign(&self) -> bool {
        self.lang.is_some()
    }

    /// The attributes of the element that holds them.
    pub fn attributes(&self) -> String {
        self.lang.map_or_else(String::new, |lang| {
            format!(" lang=\"{lang}\" dir=\"{}\"", lang.dir())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_in_another_language_than_around_it_says_so() {
        let title = Passage::new("عنوان", Lang::Ar, Lang::En);
        assert_eq!(title.attributes(), " lang=\"ar\" dir=\"rtl\"");
        assert_eq!(
            Passage::new("d’un", Lang::Fr, Lang::Fr),
            Passage::plain("d’un")
        );
        let said = Passage::filled("Of {title} and {who}", &[("title", title.clone())]);
        let plain = Passage::plain;
        assert_eq!(said, [plain("Of "), title, plain(" and "), plain("…")]);
    }
}
