//! Addresses as they stand in the directory and on letters. Their one form is the core's.

use idna::uts46::{AsciiDenyList, Hyphens, Uts46};
use lettre::message::Mailbox;

use domain::blank;
pub use domain::email::{LONGEST, is_same, normal_form};

/// The forms in which an address may stand in the directory: as it is kept now, and as it was written before, when hosts were
/// kept in other letters than ASCII.
pub fn forms(given: &str) -> Vec<String> {
    let given = blank::trimmed(given);
    let mut forms = vec![given.to_owned()];
    if let Some(normal) = normal_form(given) {
        if let Some((local, host)) = normal.split_once('@') {
            let (host, _) =
                Uts46::new().to_unicode(host.as_bytes(), AsciiDenyList::EMPTY, Hyphens::Allow);
            forms.push(format!("{local}@{host}"));
        }
        forms.push(normal);
    }
    forms
}

/// A mailbox with its address in the form in which letters are sent to it.
pub fn mailbox(mailbox: Mailbox) -> Option<Mailbox> {
    let email = normal_form(mailbox.email.as_ref())?.parse().ok()?;
    Some(Mailbox { email, ..mailbox })
}

#[cfg(test)]
mod tests {
    use lettre::Address;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_found_under_the_form_that_it_had() {
        assert!(forms("info@xn--bcher-kva.example").contains(&"info@bücher.example".to_owned()));
    }

    proptest! {
        #[test]
        fn letters_are_sent_to_what_has_a_form(
            local in "[a-zA-Z0-9äß.!#$%&'*+/=?^_`{|}~ -]{1,70}", host in "[a-zäßπ例-]{1,8}", end in "[a-z0-9]{1,6}",
        ) {
            if let Some(kept) = normal_form(&format!("{local}@{host}.{end}")) {
                prop_assert!(kept.parse::<Address>().is_ok(), "{kept}");
                prop_assert!(kept.rsplit('@').next().is_some_and(str::is_ascii));
            }
        }

        #[test]
        fn what_is_before_the_at_is_what_the_mail_library_takes(local in "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,70}") {
            let address = format!("{local}@example.org");
            prop_assert_eq!(normal_form(&address).is_some(), address.parse::<Address>().is_ok(), "{}", address);
        }
    }
}
