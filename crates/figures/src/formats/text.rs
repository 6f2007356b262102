//! Texts, as every format can hold them.

use std::borrow::Cow;

/// What stands in the place of a character that cannot.
const REPLACEMENT: &str = "\u{fffd}";

/// The characters that XML 1.0 has no spelling for.
const fn is_forbidden(character: char) -> bool {
    matches!(
        character,
        '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}'
    )
}

/// A text that every format can hold: U+FFFD for each character that XML forbids, in those formats too that are not XML, so that all of them
/// say the same.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    // Such a character is below a space, or begins with this byte.
    let is_suspect = text.bytes().any(|byte| byte < 0x20 || byte == 0xef);
    if is_suspect && text.contains(is_forbidden) {
        Cow::Owned(text.replace(is_forbidden, REPLACEMENT))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether programs for tables would take a cell for a formula; or for one whose apostrophe was taken off, so that what is written with one
/// reads back as it was.
pub(super) fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_is_replaced_and_nothing_else_is() {
        for (text, cleaned) in [
            ("", ""),
            ("plain", "plain"),
            ("tab\tline\nreturn\r", "tab\tline\nreturn\r"),
            (
                "\0a\x08\x0b\x0c\x1f",
                "\u{fffd}a\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
            ),
            ("\u{fffe}\u{ffff}\u{fffd}", "\u{fffd}\u{fffd}\u{fffd}"),
            ("ﷺ＝\u{7f}\u{1f600}", "ﷺ＝\u{7f}\u{1f600}"),
        ] {
            assert_eq!(clean(text), cleaned, "{text:?}");
        }
    }

    #[test]
    fn formulas_are_known_however_many_apostrophes_are_before_them() {
        for formula in ["=1+1", "+4", "-1", "@a", "\tx", "\rx", "'=1", "''@", "＝1"] {
            assert!(is_formula(formula), "{formula:?}");
        }
        for words in ["", "'quoted'", "a=b", " =1", "1-2", "…"] {
            assert!(!is_formula(words), "{words:?}");
        }
    }
}
