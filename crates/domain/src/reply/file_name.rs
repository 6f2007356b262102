//! Names of files: one rule, so that a name is the same file on every system and shows what it is.

use unicode_normalization::UnicodeNormalization;

use crate::blank;
use crate::fault::{self, Fault};

use super::file_types::FileType;

/// The most bytes of a file's name in UTF-8: what file systems take.
pub const MAX_FILE_NAME_BYTES: usize = 255;

/// What some file systems keep for themselves, beside the strokes of paths.
const RESERVED: [char; 7] = ['"', '*', ':', '<', '>', '?', '|'];

/// A file's name as it is kept: composed (NFC), with plain spaces.
///
/// # Errors
/// The first thing that is wrong with it: it has no visible character, parts of a path, a character that cannot be seen or
/// turns the direction, one that systems keep for themselves, an end that systems cut off, the name of a device, more bytes than file systems take, or not the
/// extension of its type.
pub fn file_name(given: &str, of: FileType) -> Result<String, Fault> {
    let spaced = given
        .chars()
        .map(|character| match character.is_whitespace() {
            true if !character.is_control() => ' ',
            _ => character,
        });
    let name: String = spaced.nfc().collect();
    let wrong = |kind: fault::FaultCode| kind.at("").arg("name", &name);
    if blank::is_blank(&name) {
        return Err(fault::BLANK.at(""));
    }
    if name.contains(['/', '\\']) || name == "." || name == ".." {
        return Err(wrong(fault::FILE_NAME_IS_PATH));
    }
    if let Some((place, character)) = first_unfit_character(&name) {
        let fault = wrong(fault::STRAY_IN_FILE_NAME).arg("place", place);
        return Err(fault.arg("character", blank::name(character)));
    }
    if let Some((index, character)) = name
        .chars()
        .enumerate()
        .find(|(_, one)| RESERVED.contains(one))
    {
        let fault = wrong(fault::FILE_NAME_RESERVED).arg("place", index + 1);
        return Err(fault.arg("character", character));
    }
    if name.starts_with(' ') || name.ends_with([' ', '.']) {
        return Err(wrong(fault::FILE_NAME_END));
    }
    if is_device(&name) {
        return Err(wrong(fault::FILE_NAME_OF_DEVICE));
    }
    if name.len() > MAX_FILE_NAME_BYTES {
        let fault = fault::FILE_NAME_TOO_LONG.at("").arg("bytes", name.len());
        return Err(fault.arg("max", MAX_FILE_NAME_BYTES));
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    let is_of = |known: &&str| extension.is_some_and(|given| given.eq_ignore_ascii_case(known));
    if !of.extensions().iter().any(is_of) {
        let known = of.extensions().join(", .");
        let fault = wrong(fault::FILE_EXTENSION).arg("expected", format!(".{known}"));
        return Err(fault.arg("media_type", of));
    }
    Ok(name)
}

/// The first character that a name does not have, with its place. Marks that join letters (U+200C, U+200D) are part of
/// words in Arabic script and in those of India: behind a letter that is not ASCII they stay.
fn first_unfit_character(name: &str) -> Option<(usize, char)> {
    let mut before = None;
    for (index, character) in name.chars().enumerate() {
        let joins = matches!(character, '\u{200c}' | '\u{200d}')
            && before
                .is_some_and(|before: char| !before.is_ascii() && !blank::is_invisible(before));
        if character != ' ' && blank::is_invisible(character) && !joins {
            return Some((index + 1, character));
        }
        before = Some(character);
    }
    None
}

/// Whether some system takes the name for a device's, whatever its extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let stem = stem.to_ascii_uppercase();
    let numbered = |prefix: &str| {
        let number = stem.strip_prefix(prefix);
        number.is_some_and(|number| {
            let mut digits = number.chars();
            let digit = digits.next();
            digits.next().is_none()
                && digit.is_some_and(|digit| digit.is_ascii_digit() || "¹²³".contains(digit))
        })
    };
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str())
        || numbered("COM")
        || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::phrase::PlaceholderValue;

    fn pdf(name: &str) -> Result<String, Fault> {
        file_name(name, "application/pdf".parse().unwrap())
    }

    #[test]
    fn what_people_call_files_is_taken() {
        for name in [
            "law.pdf",
            "Loi pénale (1955), art. 3.PDF",
            "ж.pdf",
            "a “b”.pdf",
            "قانون العقوبات.pdf",
            "می‌خواهم.pdf",
            "क्‍ष.pdf",
            "..hidden.pdf",
            "console.pdf",
            "COM10.pdf",
            "com.pdf",
        ] {
            assert_eq!(pdf(name).as_deref(), Ok(name));
        }
        assert_eq!(pdf("pe\u{301}nale.pdf").as_deref(), Ok("p\u{e9}nale.pdf"));
        assert_eq!(
            pdf("at 9.41\u{202f}AM.pdf").as_deref(),
            Ok("at 9.41 AM.pdf")
        );
    }

    #[test]
    fn what_is_wrong_with_a_name_is_told() {
        let long = format!("{}.pdf", "ж".repeat(126));
        for (name, code) in [
            ("", "blank"),
            (" \u{200b}", "blank"),
            ("..", "file_name_is_path"),
            (".", "file_name_is_path"),
            ("../law.pdf", "file_name_is_path"),
            ("a\\b.pdf", "file_name_is_path"),
            ("annex\u{202e}fdp.exe", "stray_in_file_name"),
            ("a\u{2066}b.pdf", "stray_in_file_name"),
            ("a\0.pdf", "stray_in_file_name"),
            ("a\nb.pdf", "stray_in_file_name"),
            ("a\u{200b}.pdf", "stray_in_file_name"),
            ("annex\u{200d}.pdf", "stray_in_file_name"),
            ("law.pdf\u{feff}", "stray_in_file_name"),
            ("a:b.pdf", "file_name_reserved"),
            ("a?.pdf", "file_name_reserved"),
            ("a|b.pdf", "file_name_reserved"),
            ("a \"b\".pdf", "file_name_reserved"),
            ("<a>*.pdf", "file_name_reserved"),
            ("law.pdf.", "file_name_end"),
            ("law.pdf ", "file_name_end"),
            (" law.pdf", "file_name_end"),
            ("nul.pdf", "file_name_of_device"),
            ("CON.tar.pdf", "file_name_of_device"),
            ("aux .pdf", "file_name_of_device"),
            ("Lpt1.pdf", "file_name_of_device"),
            ("com².pdf", "file_name_of_device"),
            (&long, "file_name_too_long"),
            ("law", "file_extension"),
            ("law.exe", "file_extension"),
            ("law.pdf.exe", "file_extension"),
            ("law.docx", "file_extension"),
        ] {
            assert_eq!(pdf(name).unwrap_err().code, code, "{name:?}");
        }
        let turned = pdf("annex\u{202e}fdp.exe").unwrap_err();
        assert!(
            turned
                .args
                .contains(&("character", PlaceholderValue::same("U+202E")))
        );
        assert!(turned.args.contains(&("place", PlaceholderValue::same(6))));
    }

    proptest! {
        #[test]
        fn a_name_that_is_taken_is_taken_again_as_it_is(name in ".{0,40}") {
            if let Ok(kept) = pdf(&format!("{name}.pdf")) {
                prop_assert_eq!(pdf(&kept), Ok(kept.clone()));
                prop_assert!(!kept.contains(|one: char| blank::turns(one) || one.is_control() || one == '/'));
            }
        }
    }
}
