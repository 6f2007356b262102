//! Regular expressions of `matches`: in the syntax of RE2, as CEL has them, and with a measure of how much work they are.

use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, HirKind};

use crate::fault::PatternFault;
use crate::limits::{MAX_COMPILED_PATTERN_BYTES, MAX_PATTERN_BYTES, MAX_PATTERN_WEIGHT};

mod classes;

/// A regular expression.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    regex: Regex,
    /// How many letters it has when its repetitions are written out: the most places in it where a match can be at once.
    weight: usize,
}

/// How deep brackets stand in each other in a pattern.
const MAX_NESTING: u32 = 20;

impl Pattern {
    /// Reads a regular expression, or says what is wrong with it.
    pub(crate) fn read(written: &str) -> Result<Self, PatternFault> {
        if written.len() > MAX_PATTERN_BYTES {
            return Err(PatternFault::TooLong);
        }
        let pattern = classes::as_in_re2(written)?;
        // Of several lines the last says what is wrong; the others draw the place.
        let last_line =
            |why: String| PatternFault::Form(why.lines().last().unwrap_or_default().to_owned());
        let mut parser = ParserBuilder::new().nest_limit(MAX_NESTING).build();
        let parsed = parser.parse(&pattern);
        let weight = weight(&parsed.map_err(|why| last_line(why.to_string()))?);
        if weight > MAX_PATTERN_WEIGHT {
            return Err(PatternFault::TooMuchWork);
        }
        let regex = RegexBuilder::new(&pattern)
            .nest_limit(MAX_NESTING)
            .size_limit(MAX_COMPILED_PATTERN_BYTES)
            .dfa_size_limit(MAX_COMPILED_PATTERN_BYTES)
            .build()
            .map_err(|why| last_line(why.to_string()))?;
        Ok(Self { regex, weight })
    }

    /// Whether it is found in a text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// In how many places of the pattern letters of so long a text may have to be compared, at worst.
    pub(crate) fn work(&self, text: &str) -> usize {
        self.weight.saturating_mul(text.len())
    }
}

/// How many letters an expression has, its repetitions written out. It is as deep as brackets are.
fn weight(of: &Hir) -> usize {
    match of.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(_) => 1,
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min + 1).max(1);
            let times = usize::try_from(times).unwrap_or(usize::MAX);
            weight(&repetition.sub).saturating_mul(times)
        }
        HirKind::Capture(capture) => weight(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            let weights = parts.iter().map(weight);
            weights.fold(0, usize::saturating_add)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_of_ascii_and_letters_of_unicode() {
        for (pattern, text, is_in) in [
            ("^\\d+$", "123", true),
            ("^\\d+$", "١٢٣", false),
            ("^\\w+$", "Schöffen", false),
            ("^\\pL+$", "Schöffen", true),
            ("^[\\w ]+$", "a b_1", true),
            ("^[\\D]+$", "abc", true),
            ("^[^\\s]+$", "abc", true),
            ("^\\S+$", "a c", false),
            ("\\bact\\b", "the act is", true),
            ("\\bact\\b", "exact", false),
            ("^.$", "ö", true),
            ("(?i)^ACT$", "act", true),
            ("a\\.b\\\\d", "a.b\\d", true),
            ("^[]a[:digit:]]+$", "]a1", true),
            ("^[^]a]$", "]", false),
            ("^[a\\[\\-\\]]+$", "[-]a", true),
            ("^[^@ ]+@[^@ ]+\\.[a-z]{2,}$", "name@example.org", true),
        ] {
            assert_eq!(
                Pattern::read(pattern).unwrap().is_in(text),
                is_in,
                "{pattern} in {text}"
            );
        }
    }

    #[test]
    fn what_is_too_much_work_is_refused() {
        for wrong in [
            "(",
            "a{1000}",
            "(a{20}){20}",
            "((a{9}){9}){9}",
            "\\",
            "(?=a)",
            "(a)\\1",
            "[a",
            "[a[b]]",
            "[a&&b]",
            "[a--b]",
            "[a~~b]",
            "\\pL{50}{50}",
        ] {
            assert!(Pattern::read(wrong).is_err(), "{wrong}");
        }
        assert!(Pattern::read(&"(".repeat(100)).is_err());
        assert!(Pattern::read(&"a".repeat(201)).is_err());
        assert_eq!(Pattern::read("ab[cd]{3}(e|f)+").unwrap().weight, 7);
    }
}
