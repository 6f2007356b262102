//! The words of pages, data/words, a file a language. Templates call them by name, so that one which does not exist does not
//! compile; a test looks that each language has each, with the same placeholders.

/// The method of each word, and the placeholders that it has.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident $(($($arg:ident),+))? $([$count:ident $(, $more:ident)*])?;)+) => {
        impl Words {
            $(words!{@method $(#[$doc])* $name $(($($arg),+))? $([$count $(, $more)*])?})+
        }

        /// Each word's key, and its placeholders.
        #[cfg(test)]
        pub(super) const KEYS: &[(&str, &[&str])] = &[$(
            (stringify!($name), &[$($(stringify!($arg)),+)? $(stringify!($count) $(, stringify!($more))*)?]),
        )+];
    };
    (@method $(#[$doc:meta])* $name:ident) => {
        #[doc = concat!("`", stringify!($name), "`")]
        pub fn $name(self) -> &'static str {
            self.find(stringify!($name), None)
        }
    };
    (@method $(#[$doc:meta])* $name:ident($($arg:ident),+)) => {
        #[doc = concat!("`", stringify!($name), "`")]
        pub fn $name(self, $($arg: impl Display),+) -> String {
            self.filled(stringify!($name), None, &[$((stringify!($arg), &$arg)),+])
        }
    };
    (@method $(#[$doc:meta])* $name:ident[$count:ident $(, $more:ident)*]) => {
        #[doc = concat!("`", stringify!($name), "`, of a number")]
        pub fn $name(self, $count: impl Count, $($more: impl Display),*) -> String {
            let number = $count.count();
            let shown = locale::integer(self.lang, number);
            self.filled(stringify!($name), Some(number), &[(stringify!($count), &shown) $(, (stringify!($more), &$more))*])
        }
    };
}
mod list;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Display;
use std::sync::LazyLock;

use serde::Deserialize;

use domain::Lang;
use domain::questionnaire::{Flag, MissingKind};

/// A word as its file has it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Word {
    /// The same whatever it is said of.
    One(String),
    /// By the plural category of the number that it is said of (CLDR: zero, one, two, few, many, other).
    ByCount(BTreeMap<String, String>),
}

/// A number of things.
pub trait Count {
    /// How many.
    fn count(&self) -> u64;
}

impl Count for u64 {
    fn count(&self) -> u64 {
        *self
    }
}

impl Count for u32 {
    fn count(&self) -> u64 {
        u64::from(*self)
    }
}

impl Count for usize {
    fn count(&self) -> u64 {
        u64::try_from(*self).unwrap_or(u64::MAX)
    }
}

impl<T: Count> Count for &T {
    fn count(&self) -> u64 {
        T::count(self)
    }
}

type Dictionary = HashMap<String, Word>;

static DICTIONARIES: LazyLock<HashMap<Lang, Dictionary>> = LazyLock::new(|| {
    let read = |lang: &Lang| {
        // A test reads the files too: a malformed one never leaves the developer's machine.
        let words = serde_json::from_str(source(*lang)).unwrap_or_default();
        (*lang, words)
    };
    Lang::ALL.iter().map(read).collect()
});

const fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::Ar => include_str!("../../../data/words/ar.json"),
        Lang::Zh => include_str!("../../../data/words/zh.json"),
        Lang::En => include_str!("../../../data/words/en.json"),
        Lang::Fr => include_str!("../../../data/words/fr.json"),
        Lang::Ru => include_str!("../../../data/words/ru.json"),
        Lang::Es => include_str!("../../../data/words/es.json"),
    }
}

/// The words of pages in a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// The language.
    pub lang: Lang,
}

impl Words {
    /// The words of this language.
    pub const fn new(lang: Lang) -> Self {
        Self { lang }
    }

    /// Why there is no answer.
    pub fn missing(self, kind: MissingKind) -> &'static str {
        match kind {
            MissingKind::NotAvailable => self.missing_not_available(),
            MissingKind::NotApplicable => self.missing_not_applicable(),
            MissingKind::NotCollected => self.missing_not_collected(),
            MissingKind::Confidential => self.missing_confidential(),
        }
    }

    /// What is said of a figure.
    pub fn flag(self, flag: Flag) -> &'static str {
        match flag {
            Flag::Provisional => self.flag_provisional(),
            Flag::Estimated => self.flag_estimated(),
        }
    }

    /// The word with this key, of this count.
    fn find(self, key: &str, count: Option<u64>) -> &'static str {
        let word = |lang| DICTIONARIES.get(&lang).and_then(|words| words.get(key));
        let (lang, word) = match word(self.lang) {
            Some(word) => (self.lang, word),
            None => match word(Lang::En) {
                Some(word) => (Lang::En, word),
                None => return "…",
            },
        };
        match word {
            Word::One(word) => word,
            Word::ByCount(forms) => {
                let category = locale::plural(lang, count.unwrap_or_default());
                let form = forms
                    .get(locale::category_name(category))
                    .or_else(|| forms.get("other"));
                form.map_or("…", String::as_str)
            }
        }
    }

    /// A word with its placeholders filled.
    fn filled(self, key: &str, count: Option<u64>, args: &[(&str, &dyn Display)]) -> String {
        let args = args.iter();
        let args: Vec<_> = args
            .map(|(name, value)| (*name, value.to_string()))
            .collect();
        crate::fill(self.find(key, count), &args)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_word_is_there_in_every_language_and_no_other_is_and_says_the_same() {
        for lang in Lang::ALL {
            let words: Dictionary = serde_json::from_str(source(*lang)).unwrap();
            let known: BTreeSet<&str> = list::keys().map(|(key, _)| *key).collect();
            let there: BTreeSet<&str> = words.keys().map(String::as_str).collect();
            assert_eq!(known, there, "{lang}");
            for (key, args) in list::keys() {
                let args: BTreeSet<&str> = args.iter().copied().collect();
                let said = |text: &str| -> BTreeSet<String> {
                    crate::placeholders(text).map(str::to_owned).collect()
                };
                match &words[*key] {
                    Word::One(text) => {
                        assert!(!text.trim().is_empty(), "{lang} {key}");
                        let said = said(text);
                        assert_eq!(
                            said,
                            args.iter().map(|arg| (*arg).to_owned()).collect(),
                            "{lang} {key}"
                        );
                    }
                    Word::ByCount(forms) => {
                        assert!(forms.contains_key("other"), "{lang} {key}");
                        for (category, text) in forms {
                            for said in said(text) {
                                assert!(
                                    args.contains(said.as_str()),
                                    "{lang} {key} {category}: {said}"
                                );
                            }
                        }
                    }
                }
            }
        }
    }
}
