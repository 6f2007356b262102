//! What is wrong with a rule, each fault with its place in the text.
//!
//! Faults are typed: [`Fault::code`] is for programs and for whoever has texts for people, in their languages; what `Display`
//! says is English, for logs and tests. The texts for people are not here, so that this crate needs nothing of ours.

use std::fmt;

use crate::limits::{
    MAX_CELL_PATTERNS, MAX_CELLS, MAX_DEPTH, MAX_DIGITS, MAX_NODES, MAX_PATTERN_BYTES,
    MAX_PATTERN_WEIGHT, MAX_PLACES, MAX_REGULAR_EXPRESSIONS, MAX_SOURCE_BYTES,
};
use crate::place::{Place, Span};
use crate::types::{Kind, Options, Type};

/// One thing that is wrong with a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What.
    pub kind: FaultKind,
}

impl Fault {
    pub(crate) fn new(kind: FaultKind, span: Span, source: &str) -> Self {
        Self {
            place: Place::of(span, source),
            kind,
        }
    }

    /// Stable, in snake case.
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { line, column, .. } = self.place;
        write!(out, "line {line}, column {column}: {}", self.kind)
    }
}

impl std::error::Error for Fault {}

/// What would have been right in place of what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// One of these types.
    OneOf(&'static [Kind]),
    /// This type, with its options.
    Type(Type),
    /// Several of one type: `cells(…)`, or values in brackets.
    List,
    /// Several of these types.
    ListOf(&'static [Kind]),
    /// A field by its name.
    Field,
}

impl fmt::Display for Expected {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |kinds: &[Kind]| {
            let codes: Vec<_> = kinds.iter().map(|kind| kind.code()).collect();
            codes.join(" or ")
        };
        match self {
            Self::OneOf(kinds) => out.write_str(&joined(kinds)),
            Self::Type(Type::Choice(options)) => write!(out, "one of {}", listed(options)),
            Self::Type(kind) => kind.kind().fmt(out),
            Self::List => out.write_str("a list"),
            Self::ListOf(kinds) => write!(out, "a list of {}", joined(kinds)),
            Self::Field => out.write_str("the name of a field"),
        }
    }
}

/// What was to come in a text that does not parse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// This sign.
    Sign(&'static str),
    /// A comma, or the sign that ends what it stands in.
    CommaOr(&'static str),
    /// A name.
    Name,
    /// What a value begins with.
    Value,
    /// What follows a value.
    Operator,
}

impl fmt::Display for Wanted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sign(sign) => out.write_str(sign),
            Self::CommaOr(sign) => write!(out, ", or {sign}"),
            Self::Name => out.write_str("a name"),
            Self::Value => out.write_str("a value, a name or a bracket"),
            Self::Operator => out.write_str("an operator or the end"),
        }
    }
}

/// Why a pattern of `matches` is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternFault {
    /// It has too many bytes.
    #[error("it is longer")]
    TooLong,
    /// It would be too much work to look for.
    #[error("with its repetitions written out it has more than {MAX_PATTERN_WEIGHT} letters")]
    TooMuchWork,
    /// What in RE2 is a letter and elsewhere is not.
    #[error("between square brackets [, &&, -- and ~~ take a backslash")]
    InBrackets,
    /// It is not written as one: in English, as whoever reads regular expressions here says it.
    #[error("{0}")]
    Form(String),
}

/// The first of the options: a code list may have thousands.
fn listed(options: &Options) -> String {
    const MOST: usize = 20;
    let first: Vec<&str> = options.iter().take(MOST).map(|option| &**option).collect();
    let more = if options.len() > MOST { ", …" } else { "" };
    format!("{}{more}", first.join(", "))
}

fn perhaps(name: &Option<String>) -> String {
    let said = name.as_ref().map(|name| format!("; is it {name:?}?"));
    said.unwrap_or_default()
}

/// Makes the kinds of faults, each with its code and its sentence.
macro_rules! kinds {
    ($($(#[$about:meta])* $kind:ident $({ $($(#[$of:meta])* $member:ident: $type:ty),+ $(,)? })? $code:literal, $($sentence:expr),+;)+) => {
        /// The kinds of faults.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        pub enum FaultKind {
            $($(#[$about])* #[error($($sentence),+)] $kind $({ $($(#[$of])* $member: $type),+ })?,)+
        }

        impl FaultKind {
            /// Every code, in the order of the kinds.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// Stable, in snake case.
            pub fn code(&self) -> &'static str {
                match self { $(Self::$kind $({ $($member: _),+ })? => $code,)+ }
            }
        }
    };
}

kinds! {
    /// The text is too long.
    SourceTooLong "rule_too_long", "a rule has at most {MAX_SOURCE_BYTES} bytes";
    /// The tree has too many nodes.
    TooManyNodes "rule_too_large", "a rule has at most {MAX_NODES} parts";
    /// The tree is too deep.
    TooDeep "rule_too_deep", "a rule's parts stand at most {MAX_DEPTH} deep in each other";
    /// There is nothing.
    Empty "rule_empty", "a rule says something";
    /// A character that stands for nothing here.
    UnexpectedCharacter {
        /// The character.
        found: char,
        /// What it may have been meant for.
        instead: Option<&'static str>,
    } "rule_character", "{found:?} stands for nothing here{}", instead.map(|instead| format!("; is it {instead}?")).unwrap_or_default();
    /// A text without an end.
    UnclosedText "rule_text_unclosed", "a text ends with the quotation mark with which it begins, in the same line";
    /// A backslash with something that it does not go with.
    UnknownEscape "rule_escape", "a backslash stands before one of \\ \" ' n r t, or u and four, U and eight hexadecimal digits";
    /// A number in another form.
    NumberForm "rule_number_form", "a number is digits, with at most one point among them";
    /// A number with too many digits.
    NumberTooLong "rule_number_too_long", "a number has at most {MAX_DIGITS} digits, {MAX_PLACES} of them after the point";
    /// Something else was to come.
    Unexpected {
        /// What is there; nothing where the rule ends.
        found: Option<String>,
        /// What would be right.
        expected: Wanted,
    } "rule_unexpected", "{} where {expected} was expected", found.as_deref().unwrap_or("the end");
    /// A word that CEL keeps for itself.
    ReservedWord {
        /// The word.
        word: String,
    } "rule_reserved_word", "{word:?} is a word that names nothing; write field(\"…\")";
    /// `null`, which there is not.
    NoNull "rule_null", "a blank is no value: ask has(…)";
    /// No field has this name.
    UnknownField {
        /// The name.
        name: String,
        /// One that is near to it.
        nearest: Option<String>,
    } "rule_unknown_field", "there is no field {name:?}{}", perhaps(nearest);
    /// A part that the value has not.
    UnknownMember {
        /// The name of the part.
        name: String,
        /// What it was asked of.
        of: Kind,
    } "rule_unknown_member", "{of} has no part {name:?}; money has amount and currency";
    /// No function has this name.
    UnknownFunction {
        /// The name.
        name: String,
        /// One that is near to it.
        nearest: Option<String>,
    } "rule_unknown_function", "there is no function {name:?}{}", perhaps(nearest);
    /// Too few, too many, or in the wrong place.
    WrongArguments {
        /// How it is written.
        form: &'static str,
    } "rule_arguments", "it is written {form}";
    /// Something computed where it must be written out.
    NotALiteral {
        /// How it is written.
        form: &'static str,
    } "rule_literal", "it is written out as it is, in {form}";
    /// Another type was wanted.
    WrongType {
        /// What would be right.
        expected: Expected,
        /// What it is.
        found: Kind,
    } "rule_type", "{expected} was expected, and this is {found}";
    /// No option of the choice has this code.
    UnknownOption {
        /// The code.
        value: String,
        /// The options.
        options: Options,
        /// One that is near to it.
        nearest: Option<String>,
    } "rule_option", "no option is {value:?}{}; there are {}", perhaps(nearest), listed(options);
    /// Two choices without an option in common.
    NoOptionInCommon "rule_no_option_in_common", "these choices have no option in common";
    /// No field has such an address.
    NoSuchCells {
        /// The pattern.
        pattern: String,
    } "rule_no_cells", "no field's address is like {pattern:?}";
    /// More cells than a rule may read.
    TooManyCells "rule_too_many_cells", "a rule names at most {MAX_CELLS} cells, with at most {MAX_CELL_PATTERNS} patterns";
    /// A pattern of addresses that is none.
    BadCells {
        /// The pattern.
        pattern: String,
    } "rule_cells_pattern", "{pattern:?} is no pattern of addresses: parts joined by dots, with a * for some after the first";
    /// More regular expressions than a rule may have.
    TooManyRegularExpressions "rule_too_many_patterns", "a rule has at most {MAX_REGULAR_EXPRESSIONS} regular expressions";
    /// Several types where one is wanted.
    MixedTypes {
        /// One of them.
        one: Kind,
        /// Another.
        other: Kind,
    } "rule_mixed_types", "values of one type are expected, and here are {one} and {other}";
    /// A pattern of `matches` that is none.
    BadPattern {
        /// Why.
        why: PatternFault,
    } "rule_pattern", "this is no regular expression of at most {MAX_PATTERN_BYTES} bytes: {why}";
    /// A day or a month that does not exist.
    BadDate "rule_date", "a day is written \"2024-01-31\", a month \"2024-01\"";
    /// A number of places that nothing is rounded to.
    BadPlaces "rule_places", "a number is rounded to 0 up to {MAX_PLACES} places";
    /// No reason for which a figure is missing has this code.
    UnknownReason {
        /// The code.
        code: String,
    } "rule_unknown_reason", "{code:?} is none of not_available, not_applicable, not_collected, confidential";
    /// `this`, `row` or `entry` in a rule that stands on none.
    OutOfPlace {
        /// The word.
        word: &'static str,
    } "rule_out_of_place", "there is no {word} where this rule stands";
    /// A name for the cells of `all` and `exists` that means something already.
    NameTaken {
        /// The name.
        name: String,
    } "rule_name_taken", "{name:?} has a meaning already";
}
