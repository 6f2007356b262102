use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::Decider;
use crate::collection::{
    Basis, Collection, CollectionOpened, Deadline, Invitation, PartiesInvited,
};
use crate::party::PartyKind;
use crate::questionnaire::JsonTrue;
use crate::testing::{assert_table, evolved, given, questionnaire, stored};
use crate::{InstrumentId, Lang, Texts};

mod properties;

const OF: DelegationKey = DelegationKey {
    collection: CollectionId(Uuid::from_u128(7)),
    party: PartyId(Uuid::from_u128(8)),
};
const FIRST: PersonId = PersonId(Uuid::from_u128(1));
const SECOND: PersonId = PersonId(Uuid::from_u128(2));

fn context() -> Context {
    let opened = CollectionOpened {
        instrument: InstrumentId(Uuid::from_u128(1)),
        revision: 1,
        title: Texts::from([(Lang::En, "Prisoners")]),
        reference: "CU/2011/26".into(),
        opened_on: date(2011, 3, 8),
        deadline: Deadline {
            at: "2011-06-30T21:59:59Z".parse().unwrap(),
            time_zone: "Europe/Vienna".into(),
        },
        session: None,
        notices: Vec::new(),
        basis: Basis::Consenting,
        release_threshold: None,
        reference_year: None,
        contact: None,
    };
    let invited = PartiesInvited {
        parties: vec![Invitation {
            party: OF.party,
            kind: PartyKind::MemberState,
            regional_group: None,
            region: None,
        }],
        letter: None,
    };
    Context {
        collection: Arc::new(evolved::<Collection>([opened.into(), invited.into()])),
        questionnaire: Arc::new(questionnaire()),
        begun_by: None,
        is_replaced: Some(false),
    }
}

fn named(person: PersonId) -> Event {
    FocalPointNamed { of: OF, person }.into()
}

fn admitted(person: PersonId, sections: &[&str]) -> Event {
    let sections = sections.iter().map(|code| (*code).to_owned()).collect();
    ContributorAdmitted {
        of: OF,
        person,
        sections,
        reads: None,
    }
    .into()
}

fn to(change: DelegationChange) -> Command {
    Command { of: OF, change }
}

fn admit(person: PersonId, sections: &[&str], by: Option<PersonId>) -> Command {
    to(DelegationChange::Admit {
        person,
        sections: sections.iter().map(|code| (*code).to_owned()).collect(),
        reads: None,
        by,
    })
}

fn dismiss(person: PersonId, by: Option<PersonId>) -> Command {
    to(DelegationChange::Dismiss { person, by })
}

#[test]
fn every_command_in_every_state() {
    let nominated = FocalPointNominated {
        of: OF,
        person: FIRST,
    };
    let helped = vec![named(FIRST), admitted(SECOND, &["A"])];
    let ended = vec![named(FIRST), FocalPointEnded { of: OF }.into()];
    let (name, ends, none) = ("focal_point_named", "focal_point_ended", "no_focal_point");
    let (nominate, admits) = ("focal_point_nominated", "contributor_admitted");
    let (not, unknown) = ("not_focal_point", "unknown_contributor");
    assert_table::<Delegation, 5>(
        &context(),
        [
            Vec::new(),
            vec![nominated.into()],
            vec![named(FIRST)],
            helped,
            ended,
        ],
        [
            (
                to(DelegationChange::Nominate(FIRST)),
                [nominate, "", "", "", nominate],
            ),
            (to(DelegationChange::Nominate(SECOND)), [nominate; 5]),
            (
                to(DelegationChange::Name(FIRST)),
                [name, name, "", "", name],
            ),
            (to(DelegationChange::Name(SECOND)), [name; 5]),
            (to(DelegationChange::End), [none, none, ends, ends, none]),
            (
                admit(SECOND, &["A"], Some(FIRST)),
                [admits, admits, admits, "", not],
            ),
            (admit(SECOND, &["B"], None), [admits; 5]),
            (
                admit(FIRST, &["A"], None),
                [admits, admits, "is_focal_point", "is_focal_point", admits],
            ),
            (
                dismiss(SECOND, None),
                [unknown, unknown, unknown, "contributor_dismissed", unknown],
            ),
            (
                dismiss(SECOND, Some(SECOND)),
                [unknown, unknown, not, not, not],
            ),
        ],
    );
}

#[test]
fn a_party_that_is_not_invited_has_no_delegation() {
    let of = DelegationKey {
        party: PartyId(Uuid::from_u128(9)),
        ..OF
    };
    let change = DelegationChange::Name(FIRST);
    given::<Delegation>([])
        .when(&context(), Command { of, change })
        .refused("party_not_invited", &[]);
}

#[test]
fn whoever_did_not_begin_the_reply_admits_nobody() {
    let begun = Context {
        begun_by: Some(FIRST),
        ..context()
    };
    given::<Delegation>([])
        .when(&begun, admit(SECOND, &["A"], Some(SECOND)))
        .refused("not_focal_point", &[]);
    given::<Delegation>([])
        .when(&begun, admit(SECOND, &["A"], Some(FIRST)))
        .then([admitted(SECOND, &["A"])]);
}

#[test]
fn a_contributor_is_admitted_to_sections_that_there_are() {
    given::<Delegation>([named(FIRST)])
        .when(&context(), admit(SECOND, &["A", "Z"], Some(FIRST)))
        .refused("delegation_faulty", &[("no_such_section", "/sections/1")]);
    given::<Delegation>([named(FIRST)])
        .when(&context(), admit(SECOND, &[], Some(FIRST)))
        .refused("delegation_faulty", &[("list_empty", "/sections")]);
}

#[test]
fn a_contributor_reads_its_own_sections_and_what_is_opened_to_it() {
    let opened = |codes: &[&str]| {
        let codes = codes.iter().map(|code| (*code).to_owned());
        Some(Consent::Sections(codes.collect()))
    };
    let admit = |reads: Option<Consent>| {
        to(DelegationChange::Admit {
            person: SECOND,
            sections: vec!["A".into()],
            reads,
            by: Some(FIRST),
        })
    };
    given::<Delegation>([named(FIRST)])
        .when(&context(), admit(opened(&["B", "Z"])))
        .refused(
            "delegation_faulty",
            &[("no_such_section", "/reads/sections/Z")],
        );
    // To open nothing is what holds already.
    given::<Delegation>([named(FIRST), admitted(SECOND, &["A"])])
        .when(&context(), admit(opened(&[])))
        .then([]);
    for (reads, readable) in [
        (None, Some("A")),
        (opened(&["B"]), Some("A B")),
        (Some(Consent::All(JsonTrue)), None),
    ] {
        let state = evolved::<Delegation>([named(FIRST)]);
        let events = Delegation::decide(&state, &context(), admit(reads)).unwrap();
        let state = events.iter().fold(state, evolve);
        let codes = state.contributors[&SECOND].readable();
        let codes = codes.map(|codes| Vec::from_iter(codes).join(" "));
        assert_eq!(codes.as_deref(), readable);
    }
}

#[test]
fn a_delegation_has_so_many_contributors_and_no_more() {
    let colleague = |n: usize| PersonId(uuid::Uuid::from_u128(1_000 + n as u128));
    let all = (0..MAX_CONTRIBUTORS).map(|n| admitted(colleague(n), &["A"]));
    let all = [named(FIRST)].into_iter().chain(all);
    let one_more = admit(colleague(MAX_CONTRIBUTORS), &["A"], Some(FIRST));
    given::<Delegation>(all)
        .when(&context(), one_more)
        .refused("too_many_contributors", &[]);
}

#[test]
fn whoever_becomes_the_focal_point_is_no_contributor_any_more() {
    let state = evolved::<Delegation>([named(FIRST), admitted(SECOND, &["A"]), named(SECOND)]);
    assert!(state.contributors.is_empty());
    assert!(state.is_focal_point(SECOND, Some(FIRST)));
    assert!(!state.is_focal_point(FIRST, Some(FIRST)));
}

#[test]
fn stored_events() {
    let of = OF;
    let (nominated, ended) = (
        FocalPointNominated { of, person: FIRST },
        FocalPointEnded { of },
    );
    let dismissed = ContributorDismissed { of, person: SECOND };
    let samples = [
        nominated.into(),
        named(FIRST),
        ended.into(),
        admitted(SECOND, &["B", "A"]),
        ContributorAdmitted {
            of,
            person: SECOND,
            sections: ["A".to_owned()].into(),
            reads: Some(Consent::Sections(["B".to_owned()].into())),
        }
        .into(),
        dismissed.into(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    focal_point_nominated {"collection":"00000000-0000-0000-0000-000000000007","party":"00000000-0000-0000-0000-000000000008","person":"00000000-0000-0000-0000-000000000001"}
    focal_point_named {"collection":"00000000-0000-0000-0000-000000000007","party":"00000000-0000-0000-0000-000000000008","person":"00000000-0000-0000-0000-000000000001"}
    focal_point_ended {"collection":"00000000-0000-0000-0000-000000000007","party":"00000000-0000-0000-0000-000000000008"}
    contributor_admitted {"collection":"00000000-0000-0000-0000-000000000007","party":"00000000-0000-0000-0000-000000000008","person":"00000000-0000-0000-0000-000000000002","sections":["A","B"]}
    contributor_admitted {"collection":"00000000-0000-0000-0000-000000000007","party":"00000000-0000-0000-0000-000000000008","person":"00000000-0000-0000-0000-000000000002","reads":{"sections":["B"]},"sections":["A"]}
    contributor_dismissed {"collection":"00000000-0000-0000-0000-000000000007","party":"00000000-0000-0000-0000-000000000008","person":"00000000-0000-0000-0000-000000000002"}
    "#);
}

#[test]
fn whoever_was_replaced_elsewhere_admits_nobody_where_nobody_holds_the_office() {
    let replaced = Context {
        is_replaced: Some(true),
        ..context()
    };
    let unread = Context {
        is_replaced: None,
        ..context()
    };
    given::<Delegation>([])
        .when(&unread, admit(SECOND, &["A"], Some(FIRST)))
        .refused("not_focal_point", &[]);
    given::<Delegation>([])
        .when(&replaced, admit(SECOND, &["A"], Some(FIRST)))
        .refused("not_focal_point", &[]);
    let begun = Context {
        begun_by: Some(FIRST),
        ..replaced.clone()
    };
    for (context, events) in [(&begun, vec![]), (&replaced, vec![named(FIRST)])] {
        let state = evolved::<Delegation>(events);
        let decided = Delegation::decide(&state, context, admit(SECOND, &["A"], Some(FIRST)));
        assert_eq!(decided.map(|events| events.len()), Ok(1));
    }
}
