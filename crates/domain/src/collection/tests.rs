use std::collections::BTreeSet;

use jiff::civil::date;

use super::*;
use crate::Decider;
use crate::party::{PartyKind, RegionalGroup};
use crate::testing::{assert_table, evolved, given, stored};
use crate::{InstrumentId, Lang, Texts};

mod corrections;
mod deadlines;
mod properties;
mod releases;

const APPROVED: Context = Context {
    approved_revision: RevisionStanding::Approved,
    has_years: false,
    correction: None,
    counted: Some(COUNTED),
    reminded_lately: Some(BTreeSet::new()),
};

const COUNTED: ReleaseCount = ReleaseCount {
    replied: 9,
    counted: 8,
    newly_counted: 3,
    consent_as_of: 41,
    is_unchanged: false,
};

fn opened() -> CollectionOpened {
    CollectionOpened {
        instrument: InstrumentId(uuid::Uuid::from_u128(1)),
        revision: 1,
        title: Texts::from([(Lang::En, "Treatment of prisoners")]),
        reference: "CU/2011/26".into(),
        opened_on: date(2011, 3, 8),
        deadline: Deadline {
            at: "2011-06-30T21:59:59Z".parse().unwrap(),
            time_zone: "Europe/Vienna".into(),
        },
        session: Some(21),
        notices: vec![Notice {
            code: "made_up".into(),
            text: Texts::from([(Lang::En, "Made up.")]),
        }],
        basis: Basis::Consenting,
        release_threshold: None,
        reference_year: None,
        contact: None,
    }
}

fn invitation(code: &str) -> Invitation {
    Invitation {
        party: PartyId::from_code(code),
        kind: PartyKind::MemberState,
        regional_group: Some(RegionalGroup::Weog),
        region: Some("Europe".into()),
    }
}

fn open(invited: &[Invitation]) -> Command {
    Command::Open {
        opening: opened(),
        invited: invited.to_vec(),
    }
}

fn invite(code: &str) -> Command {
    Command::Invite {
        parties: vec![invitation(code)],
        letter: None,
    }
}

fn invited(code: &str) -> Event {
    PartiesInvited {
        parties: vec![invitation(code)],
        letter: None,
    }
    .into()
}

fn closed() -> Event {
    CollectionClosed { reason: None }.into()
}

#[test]
fn every_command_in_every_state() {
    let opened: Event = opened().into();
    let open_with = vec![opened.clone(), invited("FIN")];
    let shut = vec![opened.clone(), invited("FIN"), closed()];
    let (none, again) = ("unknown_collection", "collection_already_exists");
    let (is_closed, is_open) = ("collection_closed", "collection_open");
    let reopen = Command::Reopen {
        reason: deadlines::why(),
    };
    assert_table::<Collection, 4>(
        &corrections::corrected(|_| {}),
        [Vec::new(), vec![opened], open_with, shut],
        [
            (open(&[]), ["collection_opened", again, again, again]),
            (
                open(&[invitation("FIN")]),
                ["collection_opened parties_invited", again, again, again],
            ),
            (
                invite("FIN"),
                [none, "parties_invited", "party_already_invited", is_closed],
            ),
            (
                Command::Invite {
                    parties: Vec::new(),
                    letter: None,
                },
                [none, "", "", is_closed],
            ),
            (
                Command::Close { reason: None },
                [none, "collection_closed", "collection_closed", is_closed],
            ),
            (
                corrections::correct(2),
                [
                    none,
                    "questionnaire_corrected",
                    "questionnaire_corrected",
                    is_closed,
                ],
            ),
            (reopen, [none, is_open, is_open, "collection_reopened"]),
        ],
    );
}

#[test]
fn only_an_approved_revision_is_sent_out() {
    for (approved_revision, code) in [
        (RevisionStanding::Unknown, "unknown_revision"),
        (RevisionStanding::NotApproved, "revision_not_approved"),
    ] {
        given::<Collection>([])
            .when(
                &Context {
                    approved_revision,
                    ..APPROVED
                },
                open(&[]),
            )
            .refused(code, &[]);
    }
}

#[test]
fn every_fault_of_an_opening_is_listed() {
    let opening = CollectionOpened {
        title: Texts::default(),
        reference: " ".into(),
        deadline: Deadline {
            time_zone: "europe/vienna".into(),
            ..opened().deadline
        },
        session: Some(0),
        notices: vec![Notice {
            code: String::new(),
            text: Texts::from([(Lang::En, "")]),
        }],
        ..opened()
    };
    let invited = vec![invitation("FIN"), invitation("THA"), invitation("FIN")];
    given::<Collection>([])
        .when(&APPROVED, Command::Open { opening, invited })
        .refused(
            "collection_faulty",
            &[
                ("blank", "/title"),
                ("blank", "/reference"),
                ("unknown_time_zone", "/deadline/time_zone"),
                ("bad_session", "/session"),
                ("blank", "/notices/0/code"),
                ("missing_text", "/notices/0/text"),
                ("party_listed_twice", "/invited/2"),
            ],
        );
    let opening = CollectionOpened {
        opened_on: date(2011, 7, 1),
        ..opened()
    };
    given::<Collection>([])
        .when(
            &APPROVED,
            Command::Open {
                opening,
                invited: Vec::new(),
            },
        )
        .refused(
            "collection_faulty",
            &[("deadline_before_opening", "/deadline/at")],
        );
}

#[test]
fn the_day_of_the_deadline_is_that_of_its_zone() {
    // 22:00 UTC on 30 June is already 1 July in Vienna.
    let deadline = Deadline {
        at: "2011-06-30T22:00:00Z".parse().unwrap(),
        ..opened().deadline
    };
    let opening = CollectionOpened {
        opened_on: date(2011, 7, 1),
        deadline,
        ..opened()
    };
    given::<Collection>([])
        .when(
            &APPROVED,
            Command::Open {
                opening: opening.clone(),
                invited: Vec::new(),
            },
        )
        .then([opening.into()]);
}

#[test]
fn each_party_invited_already_is_named() {
    let parties = vec![invitation("THA"), invitation("FIN"), invitation("THA")];
    given::<Collection>([opened().into(), invited("FIN")])
        .when(
            &APPROVED,
            Command::Invite {
                parties,
                letter: None,
            },
        )
        .refused(
            "party_already_invited",
            &[
                ("invited_already", "/parties/1"),
                ("invited_already", "/parties/2"),
            ],
        );
}

fn nothing() -> Words {
    Words {
        length: 0,
        ..deadlines::why()
    }
}

#[test]
fn closing_and_reopening_say_something_or_nothing() {
    given::<Collection>([opened().into()])
        .when(
            &APPROVED,
            Command::Close {
                reason: Some(nothing()),
            },
        )
        .refused("collection_faulty", &[("blank", "/reason")]);
    given::<Collection>([opened().into(), closed()])
        .when(&APPROVED, Command::Reopen { reason: nothing() })
        .refused("collection_faulty", &[("blank", "/reason")]);
}

#[test]
fn a_thousand_invitations_are_several_events() {
    let parties: Vec<_> = (0..1_000).map(|n| invitation(&n.to_string())).collect();
    let events = Collection::decide(&None, &APPROVED, open(&parties)).unwrap();
    assert!(events.len() > 3);
    let collection = evolved::<Collection>(events).unwrap();
    assert_eq!(collection.invited.len(), 1_000);
    let small = Collection::decide(&None, &APPROVED, open(&parties[..193])).unwrap();
    assert_eq!(small.len(), 2, "all Member States are one event");
}

#[test]
fn stored_events() {
    let bare = CollectionOpened {
        session: None,
        notices: Vec::new(),
        ..opened()
    };
    let observer = Invitation {
        kind: PartyKind::ObserverState,
        regional_group: None,
        region: None,
        ..invitation("VAT")
    };
    let strict = CollectionOpened {
        basis: Basis::All,
        release_threshold: Some(5),
        ..opened()
    };
    let before_there_was_a_basis = FiguresReleased {
        release: 1,
        position: 40,
        replied: None,
        counted: 8,
        newly_counted: 3,
        consent_as_of: None,
    };
    let samples: [Event; 16] = [
        opened().into(),
        bare.into(),
        PartiesInvited {
            parties: vec![invitation("FIN"), observer],
            letter: None,
        }
        .into(),
        closed(),
        CollectionClosed {
            reason: Some(Reason::Stored("The session is near".into())),
        }
        .into(),
        CollectionReopened {
            reason: Reason::Stored("A State asked".into()),
        }
        .into(),
        CollectionClosed {
            reason: Some(Reason::Words(deadlines::why())),
        }
        .into(),
        CollectionReopened {
            reason: Reason::Words(deadlines::why()),
        }
        .into(),
        strict.into(),
        before_there_was_a_basis.into(),
        releases::released(1, 40),
        deadlines::by_another_letter(),
        deadlines::extended(None),
        deadlines::extended(Some(&["FIN"])),
        deadlines::reminded(&["FIN", "THA"]),
        corrections::moved(2).into(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    collection_opened {"deadline":{"at":"2011-06-30T21:59:59Z","time_zone":"Europe/Vienna"},"instrument":"00000000-0000-0000-0000-000000000001","notices":[{"code":"made_up","text":{"en":"Made up."}}],"opened_on":"2011-03-08","reference":"CU/2011/26","revision":1,"session":21,"title":{"en":"Treatment of prisoners"}}
    collection_opened {"deadline":{"at":"2011-06-30T21:59:59Z","time_zone":"Europe/Vienna"},"instrument":"00000000-0000-0000-0000-000000000001","opened_on":"2011-03-08","reference":"CU/2011/26","revision":1,"title":{"en":"Treatment of prisoners"}}
    parties_invited {"parties":[{"kind":"member_state","party":"9d4bc12d-4226-5a7e-821a-46ea584b0221","region":"Europe","regional_group":"weog"},{"kind":"observer_state","party":"0fa4e982-b6dc-5425-b5ed-ad3bab714386"}]}
    collection_closed {}
    collection_closed {"reason":"The session is near"}
    collection_reopened {"reason":"A State asked"}
    collection_closed {"reason":{"commitment":"0707070707070707070707070707070707070707070707070707070707070707","content":"00000000-0000-0000-0000-000000000007","lang":"en","length":12}}
    collection_reopened {"reason":{"commitment":"0707070707070707070707070707070707070707070707070707070707070707","content":"00000000-0000-0000-0000-000000000007","lang":"en","length":12}}
    collection_opened {"basis":"all","deadline":{"at":"2011-06-30T21:59:59Z","time_zone":"Europe/Vienna"},"instrument":"00000000-0000-0000-0000-000000000001","notices":[{"code":"made_up","text":{"en":"Made up."}}],"opened_on":"2011-03-08","reference":"CU/2011/26","release_threshold":5,"revision":1,"session":21,"title":{"en":"Treatment of prisoners"}}
    figures_released {"counted":8,"newly_counted":3,"position":40,"release":1}
    figures_released {"consent_as_of":41,"counted":8,"newly_counted":3,"position":40,"release":1,"replied":9}
    parties_invited {"letter":{"dated":"2011-04-01","reference":"CU/2011/41"},"parties":[{"kind":"member_state","party":"5879e57b-6f3b-59c6-ba41-d198bee8038a","region":"Europe","regional_group":"weog"}]}
    deadline_extended {"deadline":{"at":"2011-07-30T21:59:59Z","time_zone":"Europe/Vienna"},"reason":{"commitment":"0707070707070707070707070707070707070707070707070707070707070707","content":"00000000-0000-0000-0000-000000000007","lang":"en","length":12}}
    deadline_extended {"deadline":{"at":"2011-07-30T21:59:59Z","time_zone":"Europe/Vienna"},"parties":["9d4bc12d-4226-5a7e-821a-46ea584b0221"],"reason":{"commitment":"0707070707070707070707070707070707070707070707070707070707070707","content":"00000000-0000-0000-0000-000000000007","lang":"en","length":12}}
    reminders_sent {"parties":["9d4bc12d-4226-5a7e-821a-46ea584b0221","0fdf1500-6cbe-53ca-8aa8-c0fcb5a7886a"]}
    questionnaire_corrected {"from":1,"reason":[{"commitment":"0909090909090909090909090909090909090909090909090909090909090909","content":"00000000-0000-0000-0000-000000000009","lang":"en","length":20},{"commitment":"0909090909090909090909090909090909090909090909090909090909090909","content":"00000000-0000-0000-0000-000000000009","lang":"fr","length":22}],"revision":2}
    "#);
}
