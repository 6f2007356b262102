//! Languages and multilingual texts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::blank;
use super::fault::{self, Fault, pointer};

code_enum! {
    /// An official language of the United Nations, by its BCP 47 tag.
    pub enum Lang {
        /// Arabic.
        Ar = "ar",
        /// Chinese.
        Zh = "zh",
        /// English.
        En = "en",
        /// French.
        Fr = "fr",
        /// Russian.
        Ru = "ru",
        /// Spanish.
        Es = "es",
    }
}

impl Lang {
    /// The language in which a reader is served, among those that `has` says there is something in: the first that is asked
    /// for, then English, then the first there is. Every text that people read is chosen so.
    pub fn served(asked: &[Self], has: impl Fn(Self) -> bool) -> Option<Self> {
        let asked = asked.iter().chain(&[Self::En]).chain(Self::ALL).copied();
        asked.into_iter().find(|lang| has(*lang))
    }

    /// In which direction it is written, as HTML's `dir` says it.
    pub const fn dir(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            Self::Zh | Self::En | Self::Fr | Self::Ru | Self::Es => "ltr",
        }
    }
}

/// The same text in one or more languages: `{"en": "Yes", "fr": "Oui"}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Texts(pub BTreeMap<Lang, String>);

impl Texts {
    /// The text in this very language.
    pub fn get(&self, lang: Lang) -> Option<&str> {
        self.0.get(&lang).map(String::as_str)
    }

    /// The text for a reader of these languages, best first, and the language that it is in: see [`Lang::served`].
    pub fn pick(&self, wanted: &[Lang]) -> Option<(Lang, &str)> {
        let lang = Lang::served(wanted, |lang| self.0.contains_key(&lang))?;
        Some((lang, self.get(lang)?))
    }

    /// The languages that there is a text in.
    pub fn languages(&self) -> impl Iterator<Item = Lang> + '_ {
        self.0.keys().copied()
    }

    /// What is wrong with texts that must exist in `required`, or in some language where none is required, and have at most
    /// `max` characters each.
    pub(super) fn faults(&self, at: &str, required: &[Lang], max: usize) -> Vec<Fault> {
        if self.0.is_empty() && required.is_empty() {
            return vec![fault::BLANK.at(at)];
        }
        let absent = required.iter().filter(|lang| !self.0.contains_key(lang));
        let blank = self
            .0
            .iter()
            .filter(|(_, text)| blank::is_blank(text))
            .map(|(lang, _)| lang);
        let missing = absent
            .chain(blank)
            .map(|lang| fault::MISSING_TEXT.at(at).arg("language", lang));
        let long = self.0.iter().filter(|(_, text)| text.chars().count() > max);
        let long = long.map(|(lang, _)| fault::TEXT_TOO_LONG.at(pointer(at, lang)).arg("max", max));
        missing.chain(long).collect()
    }
}

impl<T: Into<String>, const N: usize> From<[(Lang, T); N]> for Texts {
    fn from(texts: [(Lang, T); N]) -> Self {
        texts.into_iter().collect()
    }
}

impl<T: Into<String>> FromIterator<(Lang, T)> for Texts {
    fn from_iter<I: IntoIterator<Item = (Lang, T)>>(texts: I) -> Self {
        Self(
            texts
                .into_iter()
                .map(|(lang, text)| (lang, text.into()))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_gets_the_best_language_there_is() {
        let texts = Texts::from([(Lang::Es, "Sí"), (Lang::En, "Yes"), (Lang::Fr, "Oui")]);
        assert_eq!(texts.pick(&[Lang::Ru, Lang::Fr]), Some((Lang::Fr, "Oui")));
        assert_eq!(texts.pick(&[Lang::Zh]), Some((Lang::En, "Yes")));
        assert_eq!(texts.pick(&[]), Some((Lang::En, "Yes")));
        assert_eq!(
            Texts::from([(Lang::Es, "Sí")]).pick(&[Lang::Fr]),
            Some((Lang::Es, "Sí"))
        );
        assert_eq!(Texts::default().pick(&[Lang::Fr]), None);
    }

    #[test]
    fn every_tag_reads_back() {
        for lang in Lang::ALL {
            assert_eq!(lang.as_str().parse(), Ok(*lang));
        }
        assert!("de".parse::<Lang>().is_err());
        assert!(serde_json::from_str::<Texts>(r#"{"de":"Ja"}"#).is_err());
    }

    #[test]
    fn blank_missing_and_long_texts_are_faults() {
        let texts = Texts::from([(Lang::En, " "), (Lang::Fr, "trop long")]);
        let faults = texts.faults("/title", &[Lang::En, Lang::Es], 5);
        let found: Vec<_> = faults
            .iter()
            .map(|fault| (fault.code, fault.pointer.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("missing_text", "/title"),
                ("missing_text", "/title"),
                ("text_too_long", "/title/fr")
            ]
        );
    }
}
