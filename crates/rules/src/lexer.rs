//! The text of a rule as words and signs.

use crate::fault::FaultKind;
use crate::number::Number;
use crate::place::Span;

pub(crate) mod text;

/// A word or a sign.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token<'s> {
    Name(&'s str),
    Whole(Number),
    Decimal(Number),
    Text(String),
    Sign(&'static str),
    End,
}

/// Longer signs before those that they begin with.
const SIGNS: [&str; 21] = [
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "-", "+", "*", "/", "%", "?", ":", ".", ",",
    "(", ")", "[",
];

/// What people write, or their word processor does, and what it is meant for.
const MEANT: [(char, &str); 14] = [
    ('=', "=="),
    ('&', "&&"),
    ('|', "||"),
    ('\u{2260}', "!="),
    ('\u{2264}', "<="),
    ('\u{2265}', ">="),
    ('\u{2212}', "-"),
    ('\u{2013}', "-"),
    ('\u{d7}', "*"),
    ('\u{f7}', "/"),
    ('\u{201c}', "\""),
    ('\u{201d}', "\""),
    ('\u{ab}', "\""),
    ('\u{bb}', "\""),
];

/// What is wrong, and where.
pub(crate) type Spanned = (FaultKind, Span);

/// The words and signs of a text, the end among them.
pub(crate) fn tokens(source: &str) -> Result<Vec<(Token<'_>, Span)>, Vec<Spanned>> {
    let (mut tokens, mut faults) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        let skipped = blank(rest);
        if skipped > 0 {
            at += skipped;
            continue;
        }
        let (read, length) = next(rest);
        let span = Span::new(at, at + length);
        match read {
            Ok(token) => tokens.push((token, span)),
            Err(fault) => faults.push((fault, span)),
        }
        // What is read is at least a character long, so that the end is reached.
        at += length.max(1);
    }
    tokens.push((Token::End, Span::new(source.len(), source.len())));
    if faults.is_empty() {
        Ok(tokens)
    } else {
        Err(faults)
    }
}

/// How long the spaces are, or the comment, with which a text begins.
fn blank(rest: &str) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    let spaces = rest
        .bytes()
        .take_while(|byte| b" \t\r\n\x0c".contains(byte));
    spaces.count()
}

/// The first word or sign of a text, and how long it is.
fn next(rest: &str) -> (Result<Token<'_>, FaultKind>, usize) {
    let first = rest.chars().next().unwrap_or_default();
    if let Some(read) = text::read(rest) {
        return read;
    }
    if first.is_ascii_digit() {
        return number(rest);
    }
    if is_letter(first) {
        let length = rest.find(|letter| !is_of_name(letter));
        let length = length.unwrap_or(rest.len());
        let name = rest.get(..length).unwrap_or_default();
        return (Ok(Token::Name(name)), length);
    }
    let sign = SIGNS
        .iter()
        .chain(&["]"])
        .find(|sign| rest.starts_with(**sign));
    if let Some(sign) = sign {
        return (Ok(Token::Sign(sign)), sign.len());
    }
    let meant = MEANT.iter().find(|(character, _)| *character == first);
    let fault = FaultKind::UnexpectedCharacter {
        found: first,
        instead: meant.map(|(_, instead)| *instead),
    };
    (Err(fault), first.len_utf8())
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic() || letter == '_'
}

fn is_of_name(letter: char) -> bool {
    is_letter(letter) || letter.is_ascii_digit()
}

/// The number with which a text begins. Whatever sticks to it belongs to it, so that `5kg` or `1.2.3` is one fault.
fn number(rest: &str) -> (Result<Token<'_>, FaultKind>, usize) {
    let digits = |from: usize| {
        let rest = rest.get(from..).unwrap_or_default();
        rest.bytes().take_while(u8::is_ascii_digit).count()
    };
    let byte = |at: usize| rest.as_bytes().get(at).copied();
    let mut length = digits(0);
    let mut points = 0;
    while byte(length) == Some(b'.') && digits(length + 1) > 0 {
        length += 1 + digits(length + 1);
        points += 1;
    }
    let more = rest.get(length..).unwrap_or_default();
    let stuck = more
        .find(|letter| !is_of_name(letter))
        .unwrap_or(more.len());
    if stuck > 0 || points > 1 {
        return (Err(FaultKind::NumberForm), length + stuck);
    }
    let read = rest.get(..length).unwrap_or_default().parse();
    let token = read.map(if points == 0 {
        Token::Whole
    } else {
        Token::Decimal
    });
    (token.map_err(|_| FaultKind::NumberTooLong), length)
}
