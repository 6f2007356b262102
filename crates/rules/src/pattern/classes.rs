//! Classes of letters as in RE2: `\d`, `\w`, `\s` and `\b` are of ASCII, and what this library reads in brackets in a way of its
//! own is refused, so that a pattern means the same everywhere.

use crate::fault::PatternFault;

/// The same pattern for this library.
pub(super) fn as_in_re2(written: &str) -> Result<String, PatternFault> {
    let mut pattern = String::with_capacity(written.len() * 2);
    let mut rest = written;
    let mut is_in_class = false;
    while let Some(letter) = rest.chars().next() {
        let length = match letter {
            '\\' => escaped(rest, is_in_class, &mut pattern),
            '[' if is_in_class => named(rest, &mut pattern)?,
            '[' => {
                is_in_class = true;
                opening(rest, &mut pattern)
            }
            _ => {
                if is_in_class && ["&&", "--", "~~"].iter().any(|sign| rest.starts_with(sign)) {
                    return Err(PatternFault::InBrackets);
                }
                is_in_class &= letter != ']';
                pattern.push(letter);
                letter.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(pattern)
}

/// A backslash and the letter behind it.
fn escaped(rest: &str, is_in_class: bool, pattern: &mut String) -> usize {
    let Some(letter) = rest.chars().nth(1) else {
        pattern.push('\\');
        return 1;
    };
    match (letter, is_in_class) {
        ('d', _) => pattern.push_str("[0-9]"),
        ('D', _) => pattern.push_str("[^0-9]"),
        ('w', _) => pattern.push_str("[0-9A-Za-z_]"),
        ('W', _) => pattern.push_str("[^0-9A-Za-z_]"),
        ('s', _) => pattern.push_str("[\\t\\n\\x0C\\r ]"),
        ('S', _) => pattern.push_str("[^\\t\\n\\x0C\\r ]"),
        ('b', false) => pattern.push_str("(?-u:\\b)"),
        ('B', false) => pattern.push_str("(?-u:\\B)"),
        (letter, _) => pattern.extend(['\\', letter]),
    }
    1 + letter.len_utf8()
}

/// The beginning of a class, with a bracket that closes nothing where it stands first.
fn opening(rest: &str, pattern: &mut String) -> usize {
    for (written, meant) in [("[^]", "[^\\]"), ("[]", "[\\]"), ("[^", "[^")] {
        if rest.starts_with(written) {
            pattern.push_str(meant);
            return written.len();
        }
    }
    pattern.push('[');
    1
}

/// A class by its name, `[:alpha:]`, in another.
fn named(rest: &str, pattern: &mut String) -> Result<usize, PatternFault> {
    let name = rest
        .strip_prefix("[:")
        .and_then(|rest| rest.split_once(":]"));
    let (name, _) = name.ok_or(PatternFault::InBrackets)?;
    let is_name = name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'^');
    if !is_name {
        return Err(PatternFault::InBrackets);
    }
    pattern.push_str(&format!("[:{name}:]"));
    Ok(name.len() + 4)
}
