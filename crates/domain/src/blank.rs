//! What is blank: text in which no character can be seen. Every place at which words arrive asks this one rule, and codes and
//! numbers have no such characters at all.
//!
//! The table is Unicode 17's `White_Space` and `Default_Ignorable_Code_Point` (DerivedCoreProperties.txt), the controls (Cc),
//! the format characters (Cf) that stand for nothing to be seen, and what is drawn as nothing without being called so there.
//! Those that join letters or turn the direction (U+200C, U+200D, U+200F) are no fault in a text: only a text of nothing else.

use std::fmt::Write as _;

/// Characters that cannot be seen, in order: first and last of each range.
const INVISIBLE: &[(char, char)] = &[
    ('\u{0}', '\u{20}'),
    ('\u{7f}', '\u{a0}'),
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{2000}', '\u{200f}'),
    ('\u{2028}', '\u{202f}'),
    ('\u{205f}', '\u{206f}'),
    // The pattern of no dots, of the patterns that are written as dots.
    ('\u{2800}', '\u{2800}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    // To U+FFF8 unassigned and ignorable, from there the marks of annotations.
    ('\u{fff0}', '\u{fffb}'),
    // How hieroglyphs are joined.
    ('\u{13430}', '\u{1343f}'),
    ('\u{1bca0}', '\u{1bca3}'),
    // A note without a head.
    ('\u{1d159}', '\u{1d159}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Whether a character cannot be seen: space of any kind, controls, and what is there for its neighbours only.
pub fn is_invisible(character: char) -> bool {
    let after = INVISIBLE.partition_point(|(first, _)| *first <= character);
    let range = after.checked_sub(1).and_then(|index| INVISIBLE.get(index));
    range.is_some_and(|(_, last)| character <= *last)
}

/// Whether nothing of a text can be seen.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_invisible)
}

/// A text without what cannot be seen before its first and after its last visible character; nothing where it is blank. What
/// is never meant, controls and what turns the direction, stays, for whoever takes a line to refuse it.
pub fn trimmed(text: &str) -> &str {
    if is_blank(text) {
        return "";
    }
    let is_to_be_refused = |one: char| (one.is_control() && !one.is_whitespace()) || turns(one);
    text.trim_matches(|one| is_invisible(one) && !is_to_be_refused(one))
}

/// Whether a character turns the direction of all that follows it (the bidirectional overrides, embeddings and isolates): on
/// one line it makes a name be read as another.
pub fn turns(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A character as a text names it: `U+0663 (٣)`, or `U+200B` where there is nothing to see.
pub fn name(character: char) -> String {
    let point = u32::from(character);
    if is_invisible(character) {
        format!("U+{point:04X}")
    } else {
        format!("U+{point:04X} ({character})")
    }
}

/// A text that repeats what was given, with what cannot be seen in it named: `yes[U+200B]`. An ordinary space, and a line's
/// end, are what they are.
pub fn with_invisible_named(text: &str) -> String {
    let is_plain =
        |character: char| matches!(character, ' ' | '\n' | '\t' | '\r') || !is_invisible(character);
    if text.chars().all(is_plain) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_plain(character) {
            shown.push(character);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(shown, "[{}]", name(character));
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_of_invisible_characters_alone_is_blank() {
        for blank in [
            "",
            " ",
            "\t\r\n",
            "\u{a0}",
            "\u{ad}",
            "\u{200b}",
            "\u{200d}",
            "\u{200e}",
            "\u{2060}",
            "\u{feff}",
            "\u{2800}",
            "\u{3164}",
            "\u{ffa0}",
            "\u{115f}",
            "\u{1160}",
            "\u{3000}",
            "\u{202e}",
            "\u{2066}",
            "\u{fe0f}",
            "\u{e0041}",
            "\u{180e}",
            "\u{85}",
            "\u{61c}",
            "\u{fffa}",
            "\u{13430}",
            " \u{200b}\u{2800}\n",
        ] {
            assert!(is_blank(blank), "{blank:?}");
            assert_eq!(trimmed(blank), "", "{blank:?}");
        }
        for visible in [
            "a",
            "0",
            ".",
            "-",
            "—",
            "ा",
            "\u{301}",
            "می‌خواهم",
            "क्‍ष",
            "٣",
            "\u{6dd}",
            "\u{600}",
            "☐",
            "\u{fffc}",
            "\u{fffd}",
            "王",
            "😀",
            "\u{10ffff}",
            "\u{d7ff}",
            "\u{e000}",
        ] {
            assert!(!is_blank(visible), "{visible:?}");
        }
    }

    #[test]
    fn only_the_ends_are_trimmed() {
        assert_eq!(trimmed("\u{feff} می‌خواهم\u{200f}\n"), "می‌خواهم");
        assert_eq!(trimmed("a\u{200b}b"), "a\u{200b}b");
        for refused in ["a\0", "\u{202e}a"] {
            assert_eq!(trimmed(refused), refused);
        }
    }

    #[test]
    fn what_cannot_be_seen_is_named_in_what_is_repeated() {
        for (given, told) in [
            ("yes", "yes"),
            ("two words", "two words"),
            ("yes\u{200b}", "yes[U+200B]"),
            ("a\u{202e}fdp.exe", "a[U+202E]fdp.exe"),
            ("\u{e0041}", "[U+E0041]"),
        ] {
            assert_eq!(with_invisible_named(given), told);
        }
        assert_eq!(name('٣'), "U+0663 (٣)");
        assert_eq!(name('\u{ad}'), "U+00AD");
    }

    #[test]
    fn the_table_is_in_order_and_has_no_character_twice() {
        assert!(INVISIBLE.iter().all(|(first, last)| first <= last));
        assert!(INVISIBLE.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    /// The two properties of which the standard library has one and its own derivation the other.
    #[test]
    fn all_white_space_and_all_controls_are_invisible() {
        let all = (0..=0x0010_ffff).filter_map(char::from_u32);
        for character in all.filter(|one| one.is_whitespace() || one.is_control()) {
            assert!(is_invisible(character), "{}", name(character));
        }
    }

    proptest! {
        #[test]
        fn a_text_is_blank_where_trimming_leaves_nothing(text in ".{0,12}", around in "[ \u{200b}\u{feff}\u{2800}]{0,3}") {
            let padded = format!("{around}{text}{around}");
            prop_assert_eq!(is_blank(&padded), trimmed(&padded).is_empty());
            prop_assert_eq!(trimmed(&padded), trimmed(&text));
        }
    }
}
