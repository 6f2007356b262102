//! Words of a questionnaire or of a person, which may be in another language than the page around them.

use domain::{Lang, Texts};

/// Words, and the language that they are in, where that is not the page's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The words.
    pub text: String,
    lang: Option<Lang>,
}

impl Passage {
    /// Words in this language, on a page in that.
    pub fn new(text: impl Into<String>, lang: Lang, around: Lang) -> Self {
        Self {
            text: text.into(),
            lang: (lang != around).then_some(lang),
        }
    }

    /// Words that are in no language, or in the page's.
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

    /// Other words, in the same language.
    #[must_use]
    pub fn with_text(&self, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            lang: self.lang,
        }
    }

    /// Whether they are in another language than the page.
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
