//! What holds for all aggregates together.

use std::collections::BTreeSet;

use super::*;

#[test]
fn no_two_aggregates_share_a_kind_of_event() {
    let distinct: BTreeSet<_> = kinds().into_iter().collect();
    assert_eq!(distinct.len(), kinds().len());
}

#[test]
fn every_code_is_in_snake_case_and_means_one_thing() {
    let refusals = refusals();
    let codes = refusals
        .iter()
        .map(|(code, _)| *code)
        .chain(fault::all().map(|row| row.code));
    let codes: Vec<_> = codes.collect();
    let distinct: BTreeSet<_> = codes.iter().collect();
    assert_eq!(
        distinct.len(),
        codes.len(),
        "a code has one sentence, and is a refusal's or a fault's"
    );
    assert_eq!(all_codes().len(), codes.len());
    for code in codes.iter().chain(&kinds()) {
        assert!(fault::is_code(code, 4..=40, |byte| byte
            .is_ascii_lowercase()
            || byte == b'_'
            || byte.is_ascii_digit()));
    }
}

#[test]
fn pointers_escape_what_rfc_6901_escapes() {
    assert_eq!(fault::pointer("/answers", "a/b~c"), "/answers/a~1b~0c");
}
