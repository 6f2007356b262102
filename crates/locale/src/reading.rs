//! Numbers as people type them.

use domain::Lang;

#[cfg(test)]
mod tests;

/// Why a text that was typed is not read as a number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    /// Nothing was typed.
    #[error("nothing is typed")]
    Blank,
    /// It is not written as the language writes numbers.
    #[error("not a number as the language writes one")]
    NotANumber,
    /// It may be either of two numbers: the mark in it groups digits for some who write the language, and is the decimal mark for others.
    #[error("may be {whole} or {fraction}")]
    Ambiguous {
        /// What it is if the mark groups.
        whole: String,
        /// What it is if the mark is the decimal mark.
        fraction: String,
    },
}

/// Reads a number in the marks of a language, and returns it as the core writes it: digits 0-9, `-` before them, `.` among
/// them, no needless zero in front; what follows the point stays as it was typed.
///
/// Groups of three may be set off by spaces, apostrophes, and the language's own mark; digits may be Arabic-Indic or of full
/// width. A plain dot is a decimal mark in every language, unless it may be taken for a grouping one. No digit is dropped, and
/// none changes its place by a guess.
///
/// # Errors
/// It is no number, or may be two.
pub fn parse_number(lang: Lang, typed: &str) -> Result<String, NumberFault> {
    let Typed { text, is_eastern } = Typed::new(typed).ok_or(NumberFault::NotANumber)?;
    if text.is_empty() {
        return Err(NumberFault::Blank);
    }
    let (sign, magnitude) = match text.strip_prefix(['-', '+']) {
        Some(magnitude) => (
            text.get(..1).filter(|sign| *sign == "-"),
            magnitude.trim_start(),
        ),
        None => (None, text.as_str()),
    };
    let own = Marks::of(lang);
    // The other mark as a decimal one: the dot on keyboards everywhere; the comma, which stands for ٫ among Eastern digits.
    let other = match (own.decimal, is_eastern) {
        (',', _) => Some('.'),
        (_, true) => Some(','),
        _ => None,
    };
    let as_own = own.read(magnitude);
    let as_other = other.and_then(|decimal| {
        Marks {
            decimal,
            group: None,
        }
        .read(magnitude)
    });
    let signed = |number: String| match sign {
        Some(sign) if number.contains(|digit| matches!(digit, '1'..='9')) => {
            format!("{sign}{number}")
        }
        _ => number,
    };
    match (as_own, as_other) {
        (Some(whole), Some(fraction)) if whole != fraction => Err(NumberFault::Ambiguous {
            whole: signed(whole),
            fraction: signed(fraction),
        }),
        (Some(number), _) | (None, Some(number)) => Ok(signed(number)),
        (None, None) => Err(NumberFault::NotANumber),
    }
}

/// What was typed, each sign in one spelling: ASCII digits, `-`, `+`, space, `'`, `.`, `,`, and the Arabic marks.
struct Typed {
    text: String,
    /// Whether it has Arabic-Indic digits.
    is_eastern: bool,
}

impl Typed {
    fn new(typed: &str) -> Option<Self> {
        let mut is_eastern = false;
        let mut text = String::new();
        for sign in typed.trim().chars() {
            let digit_after =
                |zero: char| char::from_digit((sign as u32).wrapping_sub(zero as u32), 10);
            match sign {
                '0'..='9' | '.' | ',' | '+' | '٫' | '٬' => text.push(sign),
                '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => {
                    is_eastern = true;
                    let zero = if sign < '\u{6f0}' {
                        '\u{660}'
                    } else {
                        '\u{6f0}'
                    };
                    text.push(digit_after(zero)?);
                }
                '\u{ff10}'..='\u{ff19}' => text.push(digit_after('\u{ff10}')?),
                '．' => text.push('.'),
                '，' => text.push(','),
                '-' | '−' | '‐' | '‑' | '–' => text.push('-'),
                '\'' | '’' | 'ʼ' => text.push('\''),
                // Marks of direction, which come along when a number is copied out of Arabic.
                '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}' => {}
                _ if sign.is_whitespace() && !sign.is_control() => text.push(' '),
                _ => return None,
            }
        }
        Some(Self {
            text: text.trim().to_owned(),
            is_eastern,
        })
    }
}

/// A way of writing numbers.
struct Marks {
    decimal: char,
    /// What groups digits beside spaces, apostrophes and ٬.
    group: Option<char>,
}

impl Marks {
    const fn of(lang: Lang) -> Self {
        let (decimal, group) = match lang {
            Lang::Ar | Lang::Zh | Lang::En => ('.', ','),
            Lang::Fr | Lang::Ru | Lang::Es => (',', '.'),
        };
        Self {
            decimal,
            group: Some(group),
        }
    }

    /// The number that a text without a sign is, written so; `None` where it is not.
    fn read(&self, text: &str) -> Option<String> {
        let (whole, fraction) = match text.split_once([self.decimal, '٫']) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (text, None),
        };
        let whole = match whole {
            "" if fraction.is_some() => "0".to_owned(),
            _ => self.ungrouped(whole)?,
        };
        match fraction {
            Some(fraction) => are_digits(fraction).then(|| format!("{whole}.{fraction}")),
            None => Some(whole),
        }
    }

    /// Digits in groups of three by one mark, or in none, without needless zeros.
    fn ungrouped(&self, whole: &str) -> Option<String> {
        let mark = whole.chars().find(|sign| !sign.is_ascii_digit());
        let digits = match mark {
            None => whole.to_owned(),
            Some(mark) if matches!(mark, ' ' | '\'' | '٬') || self.group == Some(mark) => {
                let (first, others) = whole.split_once(mark)?;
                // Nobody groups a number that begins with nought: 0.123 is a fraction.
                let begins = matches!(first.len(), 1..=3) && !first.starts_with('0');
                let goes_on = others.split(mark).all(|group| group.len() == 3);
                (begins && goes_on).then(|| whole.replace(mark, ""))?
            }
            Some(_) => return None,
        };
        let significant = digits.trim_start_matches('0');
        let zero_or = |digits: &str| if digits.is_empty() { "0" } else { digits }.to_owned();
        are_digits(&digits).then(|| zero_or(significant))
    }
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit())
}
