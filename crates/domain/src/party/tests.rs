use jiff::civil::date;

use super::*;
use crate::testing::{assert_table, given, stored};

mod properties;

fn finland() -> PartyRegistered {
    PartyRegistered {
        code: "FIN".into(),
        kind: PartyKind::MemberState,
        names: Texts::from([(Lang::En, "Finland"), (Lang::Fr, "Finlande")]),
        iso2: Some("FI".into()),
        m49: Some("246".into()),
        regional_group: Some(RegionalGroup::Weog),
        region: Some("Europe".into()),
        sub_region: Some("Northern Europe".into()),
        admitted: Some(date(1955, 12, 14)),
    }
}

fn institute() -> PartyRegistered {
    PartyRegistered {
        code: "HEUNI".into(),
        kind: PartyKind::ProgrammeInstitute,
        names: Texts::from([(Lang::En, "HEUNI")]),
        iso2: None,
        m49: None,
        regional_group: None,
        region: None,
        sub_region: None,
        admitted: None,
    }
}

fn regrouped(regional_group: Option<RegionalGroup>) -> PartyRegrouped {
    PartyRegrouped {
        regional_group,
        on: date(2024, 1, 1),
        reason: "A decision of the group".into(),
    }
}

#[test]
fn every_command_in_every_state() {
    let registered = vec![finland().into()];
    let moved = vec![
        finland().into(),
        regrouped(Some(RegionalGroup::African)).into(),
    ];
    let weog = regrouped(Some(RegionalGroup::Weog));
    let none = regrouped(None);
    let again = "party_already_registered";
    assert_table::<Party, 3>(
        &(),
        [Vec::new(), registered, moved],
        [
            (
                Command::Register(finland()),
                ["party_registered", again, again],
            ),
            (
                Command::Register(institute()),
                ["party_registered", again, again],
            ),
            (
                Command::Regroup(weog),
                ["unknown_party", "party_already_in_group", "party_regrouped"],
            ),
            (
                Command::Regroup(none),
                ["unknown_party", "party_faulty", "party_faulty"],
            ),
        ],
    );
}

#[test]
fn every_fault_of_a_registration_is_listed() {
    let party = PartyRegistered {
        code: "fin".into(),
        names: Texts::from([(Lang::Fr, " ")]),
        iso2: Some("FIN".into()),
        m49: Some("46".into()),
        regional_group: None,
        region: Some(String::new()),
        sub_region: Some("x".repeat(REGION_CHARS + 1)),
        ..finland()
    };
    given::<Party>([])
        .when(&(), Command::Register(party))
        .refused(
            "party_faulty",
            &[
                ("bad_state_code", "/code"),
                ("missing_text", "/names"),
                ("missing_text", "/names"),
                ("bad_iso2", "/iso2"),
                ("bad_m49", "/m49"),
                ("regional_group_required", "/regional_group"),
                ("blank", "/region"),
                ("text_too_long", "/sub_region"),
            ],
        );
}

#[test]
fn only_states_have_groups_and_alpha_3_codes() {
    let party = PartyRegistered {
        code: "no spaces".into(),
        regional_group: Some(RegionalGroup::Weog),
        ..institute()
    };
    given::<Party>([])
        .when(&(), Command::Register(party))
        .refused(
            "party_faulty",
            &[
                ("bad_party_code", "/code"),
                ("regional_group_not_allowed", "/regional_group"),
            ],
        );
    let observer = PartyRegistered {
        code: "VAT".into(),
        kind: PartyKind::ObserverState,
        regional_group: None,
        ..finland()
    };
    given::<Party>([])
        .when(&(), Command::Register(observer.clone()))
        .then([observer.into()]);
}

#[test]
fn a_regrouping_says_why() {
    let silent = PartyRegrouped {
        reason: " ".into(),
        ..regrouped(Some(RegionalGroup::African))
    };
    given::<Party>([finland().into()])
        .when(&(), Command::Regroup(silent))
        .refused("party_faulty", &[("blank", "/reason")]);
}

#[test]
fn stored_events() {
    let samples: [Event; 4] = [
        finland().into(),
        institute().into(),
        regrouped(Some(RegionalGroup::AsiaPacific)).into(),
        regrouped(None).into(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    party_registered {"admitted":"1955-12-14","code":"FIN","iso2":"FI","kind":"member_state","m49":"246","names":{"en":"Finland","fr":"Finlande"},"region":"Europe","regional_group":"weog","sub_region":"Northern Europe"}
    party_registered {"code":"HEUNI","kind":"programme_institute","names":{"en":"HEUNI"}}
    party_regrouped {"on":"2024-01-01","reason":"A decision of the group","regional_group":"asia-pacific"}
    party_regrouped {"on":"2024-01-01","reason":"A decision of the group"}
    "#);
}
