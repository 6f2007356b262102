use proptest::prelude::*;

use super::*;
use crate::testing::{assert_table, given, play, stored};

fn list(codes: &[&str]) -> Vec<NeedType> {
    let types = codes.iter().map(|code| NeedType {
        code: (*code).to_owned(),
        label: Texts::from([(Lang::En, "A type"), (Lang::Fr, "Un type")]),
    });
    types.collect()
}

fn revise(codes: &[&str]) -> Command {
    Command::Revise { types: list(codes) }
}

fn revised(version: u32, codes: &[&str]) -> Event {
    let types = list(codes);
    NeedTypesRevised { version, types }.into()
}

#[test]
fn every_command_in_every_state() {
    assert_table::<NeedTypes, 3>(
        &(),
        [
            Vec::new(),
            vec![revised(1, &["a"])],
            vec![revised(1, &["a"]), revised(2, &["b"])],
        ],
        [
            (
                revise(&["a"]),
                ["need_types_revised", "", "need_types_revised"],
            ),
            (
                revise(&["b"]),
                ["need_types_revised", "need_types_revised", ""],
            ),
            (revise(&[]), ["need_types_faulty"; 3]),
        ],
    );
}

#[test]
fn a_version_is_kept_beside_the_later_ones() {
    let state = crate::testing::evolved::<NeedTypes>([revised(1, &["a", "b"]), revised(2, &["b"])]);
    assert!(state.label(1, "a").is_some() && state.label(2, "a").is_none());
    assert!(state.offers("b") && !state.offers("a"));
    assert_eq!((state.version(0).len(), state.version(3).len()), (0, 0));
}

#[test]
fn every_fault_of_a_list_is_listed() {
    let mut types = list(&["a", "A-b", "a", ""]);
    types[0].label = Texts::from([(Lang::En, "Only English")]);
    given::<NeedTypes>([])
        .when(&(), Command::Revise { types })
        .refused(
            "need_types_faulty",
            &[
                ("missing_text", "/types/0/label"),
                ("bad_need_type", "/types/1/code"),
                ("duplicate_need_type", "/types/2/code"),
                ("bad_need_type", "/types/3/code"),
            ],
        );
    let many: Vec<String> = (0..=MOST).map(|n| format!("t{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    given::<NeedTypes>([])
        .when(&(), revise(&many))
        .refused("need_types_faulty", &[("too_many_listed", "/types")]);
}

#[test]
fn stored_events() {
    insta::assert_snapshot!(stored(&[revised(1, &["legislation"])]), @r#"need_types_revised {"types":[{"code":"legislation","label":{"en":"A type","fr":"Un type"}}],"version":1}"#);
}

proptest! {
    #[test]
    fn versions_are_numbered_without_a_gap_and_differ_from_the_one_before(
        lists in prop::collection::vec(prop::collection::vec(prop::sample::select(vec!["a", "b", "c", "?"]), 0..4), 0..20),
    ) {
        play::<NeedTypes>(&(), lists.iter().map(|codes| revise(codes)), |before, events, after| {
            assert_eq!(events.is_empty(), before == after);
            for event in events {
                let Event::NeedTypesRevised(event) = event;
                assert_eq!(event.version, before.latest() + 1);
                assert_eq!(after.version(event.version), event.types);
                assert!(event.types.iter().all(|known| after.offers(&known.code) && known.code != "?"));
            }
        });
    }
}
