//! What fills a placeholder of a text for people: the same in every language, or words, of which each language has its own.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use super::Texts;
use super::blank;
use super::fault::Codes;

pub mod rule;

/// How many characters of what was sent are sent back in one place.
const MOST_SAID: usize = 1_000;

/// What fills a placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceholderValue {
    /// A number, a day, a code, what the caller wrote.
    Same(String),
    /// Words.
    Words(Phrase),
    /// What somebody wrote in several languages, of which the reader is told one.
    Texts(Texts),
}

/// Words by their key: the text `<of>.<key>` of data/texts.json, its own placeholders filled with what is the same in every
/// language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// What kind of words: `expected`, `thing`, `refused`.
    pub of: &'static str,
    /// Which of them.
    pub key: &'static str,
    /// What its placeholders say.
    pub args: Vec<(&'static str, String)>,
}

impl PlaceholderValue {
    /// What is the same in every language. What cannot be seen in it, where a caller wrote it, is named.
    pub fn same(value: impl fmt::Display) -> Self {
        Self::Same(blank::with_invisible_named(brief(&value.to_string())))
    }
}

/// As much of what a caller wrote as whoever wrote it needs to find it again.
pub fn brief(said: &str) -> &str {
    let end = said.char_indices().nth(MOST_SAID);
    end.map_or(said, |(end, _)| &said[..end])
}

impl Phrase {
    /// The words with this key.
    pub const fn new(of: &'static str, key: &'static str) -> Self {
        Self {
            of,
            key,
            args: Vec::new(),
        }
    }

    /// The same with a placeholder filled.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// The codes of a list, as one reads them: the same in every language.
    #[must_use]
    pub fn codes<'a>(self, codes: impl IntoIterator<Item = &'a str>) -> Self {
        let codes: Vec<_> = codes.into_iter().collect();
        self.with("codes", codes.join(", "))
    }

    /// The codes of a list that may be empty, which is told too.
    pub fn codes_if_any<'a>(codes: impl IntoIterator<Item = &'a str>) -> Self {
        let mut codes = codes.into_iter().peekable();
        match codes.peek() {
            Some(_) => LISTED_CODES.codes(codes),
            None => LISTED_NONE,
        }
    }

    /// The key of its text.
    pub fn text(&self) -> String {
        format!("{}.{}", self.of, self.key)
    }
}

/// A list of codes, `codes`.
pub const LISTED_CODES: Phrase = Phrase::new("listed", "codes");
/// A list of nothing.
pub const LISTED_NONE: Phrase = Phrase::new("listed", "none");

/// As an error of a type says it where it is read; [`expected::read`] reads it back.
impl fmt::Display for Phrase {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.of, self.key)?;
        let codes = self.args.iter().find(|(name, _)| *name == "codes");
        codes.map_or(Ok(()), |(_, codes)| write!(out, ":{codes}"))
    }
}

/// What a value was expected to be.
pub mod expected {
    use super::Phrase;

    macro_rules! expected {
        ($($name:ident = $key:literal;)+) => {
            $(#[doc = concat!("The words of `expected.", $key, "`.")] pub const $name: Phrase = Phrase::new("expected", $key);)+

            /// All of them.
            pub const ALL: &[Phrase] = &[$($name,)+];
        };
    }

    /// The words that the error of a type said.
    pub fn read(said: &str) -> Option<Phrase> {
        let said = said.strip_prefix("expected.")?;
        let (key, codes) = said.split_once(':').unwrap_or((said, ""));
        let phrase = ALL.iter().find(|phrase| phrase.key == key)?.clone();
        Some(if codes.is_empty() {
            phrase
        } else {
            phrase.with("codes", codes)
        })
    }

    expected! {
        // What JSON knows.
        OBJECT = "object";
        LIST = "list";
        TEXT = "text";
        BOOLEAN = "boolean";
        ONLY_TRUE = "only_true";
        NUMBER = "number";
        WHOLE_NUMBER = "whole_number";
        // From `least` to `most`.
        WHOLE_NUMBER_BETWEEN = "whole_number_between";
        // What is written in a text.
        DECIMAL = "decimal";
        DAY = "day";
        MONTH = "month";
        // A rule of a questionnaire.
        RULE = "rule";
        BOOLEAN_OR_RULE = "boolean_or_rule";
        // Of needs that rows state.
        CODE_OR_PART = "code_or_part";
        OBJECT_OF_CODES = "object_of_codes";
        TIME = "time";
        DAY_OR_TIME = "day_or_time";
        DEADLINE = "deadline";
        ID = "id";
        POSITION = "position";
        POSITION_OR_TIME = "position_or_time";
        // Of objects and lists.
        TEXTS = "texts";
        LIST_OF_TEXTS = "list_of_texts";
        // `"rest"`, or codes.
        REST_OR_CODES = "rest_or_codes";
        // Each of them one of `codes`.
        LIST_OF_CODES = "list_of_codes";
        WORDS = "words";
        // Of answers.
        MONEY = "money";
        FILES = "files";
        LINK = "link";
        EMAIL = "email";
        ENTRY = "entry";
        // One of `codes`.
        ONE_OF = "one_of";
        // One of the parameters or members that `codes` names.
        ONE_NAMED = "one_named";
        // Parameters and requests.
        ONE_VALUE = "one_value";
        PAIRS = "pairs";
        FILTER = "filter";
        CLASSES = "classes";
        WELL_FORMED = "well_formed";
        AS_DOCUMENTED = "as_documented";
    }
}

/// What a text can be read as, and what is expected of one that is.
pub trait ExpectedText: FromStr {
    /// What is expected of the text.
    fn expected() -> Phrase;
}

impl<T: Codes + FromStr> ExpectedText for T {
    fn expected() -> Phrase {
        expected::ONE_OF.codes(T::CODES.iter().copied())
    }
}

macro_rules! expected_as {
    ($($type:ty = $expected:expr;)+) => {
        $(impl ExpectedText for $type {
            fn expected() -> Phrase {
                $expected
            }
        })+
    };
}

expected_as! {
    bool = expected::ONE_OF.codes(["true", "false"]);
    u16 = expected::WHOLE_NUMBER;
    u32 = expected::WHOLE_NUMBER;
    u64 = expected::WHOLE_NUMBER;
    Uuid = expected::ID;
}
