//! Words for what is wrong with a rule of a questionnaire: types, what was to come, how a function is written, what may have been
//! meant.

use super::Phrase;

macro_rules! phrases {
    ($($of:literal { $($name:ident = $key:literal;)+ })+) => {
        $($(#[doc = concat!("The words of `", $of, ".", $key, "`.")] pub const $name: Phrase = Phrase::new($of, $key);)+)+

        /// All of them but those of functions.
        pub const ALL: &[Phrase] = &[$($($name,)+)+];
    };
}

phrases! {
    // What something is.
    "rule_type" {
        BOOL = "bool";
        WHOLE_NUMBER = "whole_number";
        DECIMAL = "decimal";
        YEAR = "year";
        MONEY = "money";
        TEXT = "text";
        ONE_CHOICE = "one_choice";
        SEVERAL_CHOICES = "several_choices";
        DATE = "date";
        MONTH = "month";
        OPAQUE = "opaque";
        LIST = "list";
        ENTRIES = "entries";
    }
    // What is needed, where it is not one of these types.
    "rule_needed" {
        NUMBER = "number";
        AMOUNT = "amount";
        ORDERED = "ordered";
        COMPARABLE = "comparable";
        COUNTABLE = "countable";
        FIELD = "field";
        SEVERAL = "several";
        SEVERAL_AMOUNTS = "several_amounts";
        SEVERAL_ORDERED = "several_ordered";
        SEVERAL_COMPARABLE = "several_comparable";
        // One of `codes`.
        OPTION = "option";
        // Whatever there may be besides: one, or several of one, of `codes`.
        ONE_OF = "one_of";
        SEVERAL_OF = "several_of";
    }
    // What is there, and what was to come, in a text that does not parse.
    "rule_found" {
        // `token`, as it is written.
        TOKEN = "token";
        END = "end";
    }
    "rule_wanted" {
        // `sign`.
        SIGN = "sign";
        COMMA_OR = "comma_or";
        NAME = "name";
        VALUE = "value";
        OPERATOR = "operator";
    }
    // Why a pattern is no regular expression.
    "rule_pattern" {
        // `max` bytes, `max` letters.
        TOO_LONG = "too_long";
        TOO_MUCH_WORK = "too_much_work";
        IN_BRACKETS = "in_brackets";
        // `why`, in English.
        FORM = "form";
    }
    // What to do about it.
    "rule_hint" {
        // `name`, which is like what was written.
        NEAREST = "nearest";
        SPELLING = "spelling";
        // `sign`, for which the character is often written.
        SIGN_INSTEAD = "sign_instead";
        REMOVE = "remove";
    }
}

/// How each function is written.
pub fn forms() -> impl Iterator<Item = Phrase> {
    let functions = rules::FUNCTIONS.into_iter();
    functions.map(|(name, _)| Phrase::new("rule_form", name))
}

/// How the function is written whose form rules tell so.
pub fn form(told: &str) -> Option<Phrase> {
    let mut functions = rules::FUNCTIONS.into_iter();
    let (name, _) = functions.find(|(_, form)| *form == told)?;
    Some(Phrase::new("rule_form", name))
}
