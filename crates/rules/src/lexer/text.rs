//! Texts in quotation marks, single or double; with an `r` before them backslashes are letters like others.

use super::Token;
use crate::fault::FaultKind;

/// The text with which a rule goes on, and how long it is with its marks; `None` where there is none.
pub(super) fn read(rest: &str) -> Option<(Result<Token<'_>, FaultKind>, usize)> {
    let raw = rest.strip_prefix('r').or_else(|| rest.strip_prefix('R'));
    let (body, is_raw) = match raw {
        Some(body) if body.starts_with(['"', '\'']) => (body, true),
        _ => (rest, false),
    };
    let mark = body
        .chars()
        .next()
        .filter(|mark| ['"', '\''].contains(mark))?;
    let opening = usize::from(is_raw) + 1;
    let inner = rest.get(opening..).unwrap_or_default();
    let Some(length) = end(inner, mark, is_raw) else {
        let line = inner.find('\n').unwrap_or(inner.len());
        return Some((Err(FaultKind::UnclosedText), opening + line));
    };
    let written = inner.get(..length).unwrap_or_default();
    let text = if is_raw {
        Some(written.to_owned())
    } else {
        unescaped(written)
    };
    let token = text.map(Token::Text).ok_or(FaultKind::UnknownEscape);
    Some((token, opening + length + 1))
}

/// Where the mark that closes a text stands.
fn end(inner: &str, mark: char, is_raw: bool) -> Option<usize> {
    let mut is_escaped = false;
    for (at, letter) in inner.char_indices() {
        if letter == '\n' {
            return None;
        }
        if letter == mark && !is_escaped {
            return Some(at);
        }
        is_escaped = !is_raw && letter == '\\' && !is_escaped;
    }
    None
}

fn unescaped(written: &str) -> Option<String> {
    let mut text = String::with_capacity(written.len());
    let mut letters = written.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        let hexadecimal = |letters: &mut std::str::Chars<'_>, count: usize| {
            let digits: String = letters.by_ref().take(count).collect();
            let is_whole =
                digits.len() == count && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            let code = u32::from_str_radix(&digits, 16).ok()?;
            is_whole.then(|| char::from_u32(code)).flatten()
        };
        text.push(match letters.next()? {
            letter @ ('\\' | '"' | '\'') => letter,
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => hexadecimal(&mut letters, 4)?,
            'U' => hexadecimal(&mut letters, 8)?,
            _ => return None,
        });
    }
    Some(text)
}

/// A text as it is written in a rule.
pub(crate) fn quoted(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for letter in text.chars() {
        match letter {
            '\\' | '"' => written.extend(['\\', letter]),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            letter if letter.is_control() => {
                written.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            letter => written.push(letter),
        }
    }
    written.push('"');
    written
}
