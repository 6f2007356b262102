//! What is wrong with a rule of a questionnaire, as a fault of the questionnaire, in words of every language of ours.

use rules::{Circle, Expected, FaultKind, Kind, Missing, Options, PatternFault, Type, Wanted};

use super::super::blank::with_invisible_named;
use super::super::fault::{self, Fault};
use super::super::phrase::{Phrase, brief, rule};

/// The most options, or rules in a circle, that a sentence lists.
const MOST_LISTED: usize = 20;

/// The fault of a rule whose text is at a place. The line and column that it tells are within that text.
pub(super) fn rule_fault(fault: &rules::Fault, at: &str) -> Fault {
    of_kind(&fault.kind, at)
        .arg("line", fault.place.line)
        .arg("column", fault.place.column)
}

/// The fault of rules that wait for each other, told at one of them.
pub(super) fn circle_fault(circle: &Circle, at: &str) -> Fault {
    let names: Vec<&str> = circle.names.iter().map(String::as_str).collect();
    // The last is the first again, which closes the circle.
    let told = match names.as_slice() {
        [first @ .., last] if first.len() > MOST_LISTED => {
            let first = first.iter().take(MOST_LISTED).copied();
            first.chain(["…", last]).collect()
        }
        _ => names,
    };
    fault::RULE_CIRCLE.at(at).arg("rules", told.join(" → "))
}

/// The fault without its place in the rule's text.
fn of_kind(kind: &FaultKind, at: &str) -> Fault {
    use rules::limits as most;
    match kind {
        FaultKind::SourceTooLong => fault::RULE_TOO_LONG
            .at(at)
            .arg("max", most::MAX_SOURCE_BYTES),
        FaultKind::TooManyNodes => fault::RULE_TOO_LARGE.at(at).arg("max", most::MAX_NODES),
        FaultKind::TooDeep => fault::RULE_TOO_DEEP.at(at).arg("max", most::MAX_DEPTH),
        FaultKind::Empty => fault::RULE_EMPTY.at(at),
        FaultKind::UnexpectedCharacter { found, instead } => {
            let hint = instead.map_or(rule::REMOVE, |sign| rule::SIGN_INSTEAD.with("sign", sign));
            let fault = fault::RULE_CHARACTER.at(at).arg("found", found);
            fault.words("hint", hint)
        }
        FaultKind::UnclosedText => fault::RULE_TEXT_UNCLOSED.at(at),
        FaultKind::UnknownEscape => fault::RULE_ESCAPE.at(at),
        FaultKind::NumberForm => fault::RULE_NUMBER_FORM.at(at),
        FaultKind::NumberTooLong => fault::RULE_NUMBER_TOO_LONG
            .at(at)
            .arg("max", most::MAX_DIGITS)
            .arg("places", most::MAX_PLACES),
        FaultKind::Unexpected { found, expected } => {
            let found = found.as_deref();
            let found = found.map_or(rule::END, |found| rule::TOKEN.with("token", shown(found)));
            let fault = fault::RULE_UNEXPECTED.at(at).words("found", found);
            fault.words("expected", wanted(*expected))
        }
        FaultKind::ReservedWord { word } => fault::RULE_RESERVED_WORD.at(at).arg("word", word),
        FaultKind::NoNull => fault::RULE_NULL.at(at),
        FaultKind::UnknownField { name, nearest } => {
            let fault = fault::RULE_UNKNOWN_FIELD.at(at).arg("name", name);
            fault.words("hint", hint(nearest.as_deref()))
        }
        FaultKind::UnknownMember { name, of } => {
            let fault = fault::RULE_UNKNOWN_MEMBER.at(at).arg("name", name);
            fault.words("of", type_words(*of))
        }
        FaultKind::UnknownFunction { name, nearest } => {
            let fault = fault::RULE_UNKNOWN_FUNCTION.at(at).arg("name", name);
            fault.words("hint", hint(nearest.as_deref()))
        }
        FaultKind::WrongArguments { form } => with_form(fault::RULE_ARGUMENTS.at(at), form),
        FaultKind::NotALiteral { form } => with_form(fault::RULE_LITERAL.at(at), form),
        FaultKind::WrongType { expected, found } => fault::RULE_TYPE
            .at(at)
            .words("found", type_words(*found))
            .words("expected", needed(expected)),
        FaultKind::UnknownOption {
            value,
            options,
            nearest,
        } => fault::RULE_OPTION
            .at(at)
            .arg("value", value)
            .words("hint", hint(nearest.as_deref()))
            .arg("options", listed(options)),
        FaultKind::NoOptionInCommon => fault::RULE_NO_OPTION_IN_COMMON.at(at),
        FaultKind::NoSuchCells { pattern } => fault::RULE_NO_CELLS.at(at).arg("pattern", pattern),
        FaultKind::TooManyCells => fault::RULE_TOO_MANY_CELLS
            .at(at)
            .arg("max", most::MAX_CELLS)
            .arg("patterns", most::MAX_CELL_PATTERNS),
        FaultKind::BadCells { pattern } => fault::RULE_CELLS_PATTERN.at(at).arg("pattern", pattern),
        FaultKind::TooManyRegularExpressions => fault::RULE_TOO_MANY_PATTERNS
            .at(at)
            .arg("max", most::MAX_REGULAR_EXPRESSIONS),
        FaultKind::MixedTypes { one, other } => fault::RULE_MIXED_TYPES
            .at(at)
            .words("one", type_words(*one))
            .words("other", type_words(*other)),
        FaultKind::BadPattern { why } => fault::RULE_PATTERN.at(at).words("why", why_words(why)),
        FaultKind::BadDate => fault::RULE_DATE.at(at),
        FaultKind::BadPlaces => fault::RULE_PLACES.at(at).arg("max", most::MAX_PLACES),
        FaultKind::UnknownReason { code } => {
            let known = Missing::ALL.map(Missing::code).join(", ");
            let fault = fault::RULE_UNKNOWN_REASON.at(at).arg("code", code);
            fault.arg("known", known)
        }
        FaultKind::OutOfPlace { word } => fault::RULE_OUT_OF_PLACE.at(at).arg("word", word),
        FaultKind::NameTaken { name } => fault::RULE_NAME_TAKEN.at(at).arg("name", name),
    }
}

/// What was written, as it can be told.
fn shown(said: &str) -> String {
    with_invisible_named(brief(said))
}

fn hint(nearest: Option<&str>) -> Phrase {
    nearest.map_or(rule::SPELLING, |name| {
        rule::NEAREST.with("name", shown(name))
    })
}

/// The first of the options: a code list may have thousands.
fn listed(options: &Options) -> String {
    let first: Vec<&str> = options.iter().take(MOST_LISTED).map(|one| &**one).collect();
    let more = if options.len() > MOST_LISTED {
        ", …"
    } else {
        ""
    };
    shown(&format!("{}{more}", first.join(", ")))
}

fn with_form(fault: Fault, told: &'static str) -> Fault {
    match rule::form(told) {
        Some(form) => fault.words("form", form),
        None => fault.arg("form", told),
    }
}

fn wanted(wanted: Wanted) -> Phrase {
    match wanted {
        Wanted::Sign(sign) => rule::SIGN.with("sign", sign),
        Wanted::CommaOr(sign) => rule::COMMA_OR.with("sign", sign),
        Wanted::Name => rule::NAME,
        Wanted::Value => rule::VALUE,
        Wanted::Operator => rule::OPERATOR,
    }
}

fn why_words(why: &PatternFault) -> Phrase {
    use rules::limits::{MAX_PATTERN_BYTES, MAX_PATTERN_WEIGHT};
    match why {
        PatternFault::TooLong => rule::TOO_LONG.with("max", MAX_PATTERN_BYTES),
        PatternFault::TooMuchWork => rule::TOO_MUCH_WORK.with("max", MAX_PATTERN_WEIGHT),
        PatternFault::InBrackets => rule::IN_BRACKETS,
        PatternFault::Form(why) => rule::FORM.with("why", shown(why)),
    }
}

fn type_words(kind: Kind) -> Phrase {
    match kind {
        Kind::Bool => rule::BOOL,
        Kind::Whole => rule::WHOLE_NUMBER,
        Kind::Decimal => rule::DECIMAL,
        Kind::Year => rule::YEAR,
        Kind::Money => rule::MONEY,
        Kind::Text => rule::TEXT,
        Kind::Choice => rule::ONE_CHOICE,
        Kind::Choices => rule::SEVERAL_CHOICES,
        Kind::Date => rule::DATE,
        Kind::Month => rule::MONTH,
        Kind::Opaque => rule::OPAQUE,
        Kind::List => rule::LIST,
        Kind::Entries => rule::ENTRIES,
    }
}

/// What would be right. The sets of types that rules ask for have words of their own; another one is told by its codes.
fn needed(expected: &Expected) -> Phrase {
    match expected {
        Expected::OneOf([kind]) => type_words(*kind),
        Expected::OneOf(Kind::NUMBERS) => rule::NUMBER,
        Expected::OneOf(Kind::AMOUNTS) => rule::AMOUNT,
        Expected::OneOf(Kind::ORDERED) => rule::ORDERED,
        Expected::OneOf(Kind::COMPARABLE) => rule::COMPARABLE,
        Expected::OneOf([Kind::Text, Kind::Choices]) => rule::COUNTABLE,
        Expected::OneOf(kinds) => rule::ONE_OF.codes(kinds.iter().map(|kind| kind.code())),
        Expected::Type(Type::Choice(options)) => rule::OPTION.with("codes", listed(options)),
        Expected::Type(kind) => type_words(kind.kind()),
        Expected::List => rule::SEVERAL,
        Expected::ListOf(Kind::AMOUNTS) => rule::SEVERAL_AMOUNTS,
        Expected::ListOf(Kind::ORDERED) => rule::SEVERAL_ORDERED,
        Expected::ListOf(Kind::COMPARABLE) => rule::SEVERAL_COMPARABLE,
        Expected::ListOf(kinds) => rule::SEVERAL_OF.codes(kinds.iter().map(|kind| kind.code())),
        Expected::Field => rule::FIELD,
    }
}
