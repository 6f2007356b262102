//! Addresses of e-mail: in one form, so that one address is one person, and such as letters can be sent to.

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use unicode_normalization::UnicodeNormalization;

use super::blank;

/// The most characters of an address (RFC 5321, erratum 1690).
pub const LONGEST: usize = 254;

/// An address in the form in which it is kept: its host as the DNS has it (UTS 46, in small letters, `xn--` for other letters
/// than ASCII), what is before the @ as it is written, but composed (NFC), and folded where it has other letters than ASCII,
/// whose case databases do not agree on. `None` for what no letter can be sent to.
pub fn normal_form(given: &str) -> Option<String> {
    let (local, host) = parts(given)?;
    let host = Uts46::new().to_ascii(
        host.as_bytes(),
        AsciiDenyList::STD3,
        Hyphens::CheckFirstLast,
        DnsLength::Verify,
    );
    let host = host.ok()?;
    // Four numbers are no name, though the mail library takes them.
    let is_number = |label: &str| label.bytes().all(|byte| byte.is_ascii_digit());
    if host.rsplit('.').next().is_none_or(is_number) {
        return None;
    }
    let local: String = local.nfc().collect();
    let local = if local.is_ascii() {
        local
    } else {
        local.to_lowercase()
    };
    let address = format!("{local}@{host}");
    let is_short = address.chars().count() <= LONGEST;
    (is_short && is_local(&local)).then_some(address)
}

/// Whether two addresses are one.
pub fn is_same(one: &str, other: &str) -> bool {
    let key = |address: &str| {
        let normal = normal_form(address);
        normal.unwrap_or_else(|| address.to_owned()).to_lowercase()
    };
    key(one) == key(other)
}

/// What stands before and after the @, without what cannot be seen around the whole.
fn parts(given: &str) -> Option<(&str, &str)> {
    let given = blank::trimmed(given);
    // Lawful, some of them, but nobody has one, and much goes wrong with them.
    let is_unfit =
        |character: char| blank::is_invisible(character) || "\"<>[]()\\,;:".contains(character);
    if given.contains(is_unfit) {
        return None;
    }
    let (local, host) = given.rsplit_once('@')?;
    (!local.is_empty() && !local.contains('@')).then_some((local, host))
}

/// Whether letters are sent to what stands before the @: letters, digits and signs, dots between them, 64 bytes at most.
fn is_local(local: &str) -> bool {
    let is_allowed = |character: char| {
        !character.is_ascii()
            || character.is_ascii_alphanumeric()
            || "!#$%&'*+-/=?^_`{|}~".contains(character)
    };
    local.len() <= 64
        && local
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(is_allowed))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_has_one_form() {
        for (given, kept) in [
            ("info@bücher.example", "info@xn--bcher-kva.example"),
            ("info@BÜCHER.example", "info@xn--bcher-kva.example"),
            ("info@xn--bcher-kva.example", "info@xn--bcher-kva.example"),
            ("info@XN--BCHER-KVA.Example", "info@xn--bcher-kva.example"),
            ("info@bu\u{308}cher.example", "info@xn--bcher-kva.example"),
            ("info@bücher。example", "info@xn--bcher-kva.example"),
            ("Aino.Virtanen@Example.ORG", "Aino.Virtanen@example.org"),
            (" a@b.example\u{200b}", "a@b.example"),
            ("o'brien+tag@sub.example.org", "o'brien+tag@sub.example.org"),
            ("用户@例子.example", "用户@xn--fsqu00a.example"),
            ("ÅSA@example.org", "åsa@example.org"),
            ("a@faß.example", "a@xn--fa-hia.example"),
        ] {
            assert_eq!(normal_form(given).as_deref(), Some(kept), "{given}");
            assert!(is_same(given, kept), "{given}");
        }
        assert!(is_same("aino@example.org", "AINO@EXAMPLE.ORG"));
        assert!(!is_same("aino@example.org", "aina@example.org"));
    }

    #[test]
    fn what_no_letter_can_be_sent_to_is_none() {
        let long_label = format!("a@{}.example", "x".repeat(64));
        let long = format!("a@{}", "x.".repeat(130));
        for wrong in [
            "",
            "a",
            "a@",
            "@b",
            "a@b@example.org",
            "a@-.example",
            "a@exa mple.org",
            "a@ex_ample.org",
            "a@.example",
            "a@b..example",
            "a@127.0.0.1",
            "a@[127.0.0.1]",
            "a@xn--\u{fc}.example",
            "a@xn--a.example",
            "a\u{202e}@example.org",
            "a@exa\u{200b}mple.org",
            "\"a b\"@example.org",
            "a..b@example.org",
            ".a@example.org",
            &long_label,
            &long,
        ] {
            assert_eq!(normal_form(wrong), None, "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn a_form_is_its_own_form(local in "[a-zA-Zäß.]{1,8}", host in "[a-zäßπ例]{1,8}", end in "[a-z]{2,6}") {
            if let Some(kept) = normal_form(&format!("{local}@{host}.{end}")) {
                prop_assert_eq!(normal_form(&kept), Some(kept.clone()));
                prop_assert!(kept.rsplit('@').next().is_some_and(str::is_ascii));
            }
        }
    }
}
