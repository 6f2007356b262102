use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::collection::Deadline;
use crate::consultation::{
    Consultation, ConsultationOpened, ConsultationPartiesAsked, ConsultedParty,
};
use crate::party::PartyKind;
use crate::testing::{assert_table, evolved, given, stored};
use crate::{Decider, InstrumentId};

const OF: CommentersKey = CommentersKey {
    consultation: ConsultationId(Uuid::from_u128(7)),
    party: PartyId(Uuid::from_u128(8)),
};
const FIRST: PersonId = PersonId(Uuid::from_u128(1));
const SECOND: PersonId = PersonId(Uuid::from_u128(2));

fn context() -> Context {
    let opened = ConsultationOpened {
        instrument: InstrumentId(Uuid::from_u128(1)),
        revision: 1,
        round: 1,
        title: None,
        reference: "CU/2004/52".into(),
        opened_on: date(2004, 5, 3),
        until: Deadline {
            at: "2004-07-31T21:59:59Z".parse().unwrap(),
            time_zone: "Europe/Vienna".into(),
        },
        audiences: Vec::new(),
        contact: None,
    };
    let asked = ConsultationPartiesAsked {
        audiences: Vec::new(),
        parties: vec![ConsultedParty {
            party: OF.party,
            kind: PartyKind::Ngo,
            regional_group: None,
        }],
    };
    Context {
        consultation: Arc::new(evolved::<Consultation>([opened.into(), asked.into()])),
    }
}

fn named(person: PersonId) -> Event {
    CommenterNamed { of: OF, person }.into()
}

fn ended(person: PersonId) -> Event {
    CommenterEnded { of: OF, person }.into()
}

fn to(change: CommentersChange) -> Command {
    Command { of: OF, change }
}

#[test]
fn every_command_in_every_state() {
    let (name, end, unknown) = ("commenter_named", "commenter_ended", "unknown_commenter");
    assert_table::<Commenters, 3>(
        &context(),
        [
            Vec::new(),
            vec![named(FIRST)],
            vec![named(FIRST), ended(FIRST)],
        ],
        [
            (to(CommentersChange::Name(FIRST)), [name, "", name]),
            (to(CommentersChange::Name(SECOND)), [name; 3]),
            (to(CommentersChange::End(FIRST)), [unknown, end, unknown]),
            (to(CommentersChange::End(SECOND)), [unknown; 3]),
        ],
    );
}

#[test]
fn nobody_comments_for_a_party_that_was_not_asked() {
    let of = CommentersKey {
        party: PartyId(Uuid::from_u128(9)),
        ..OF
    };
    let change = CommentersChange::Name(FIRST);
    given::<Commenters>([])
        .when(&context(), Command { of, change })
        .refused("party_not_asked", &[]);
    let nothing = Context {
        consultation: Arc::default(),
    };
    given::<Commenters>([])
        .when(&nothing, to(change))
        .refused("unknown_consultation", &[]);
}

#[test]
fn so_many_comment_for_a_party_and_no_more() {
    let all = (0..MAX_COMMENTERS).map(|n| named(PersonId(Uuid::from_u128(100 + n as u128))));
    let full = evolved::<Commenters>(all);
    let again = to(CommentersChange::Name(PersonId(Uuid::from_u128(100))));
    assert_eq!(Commenters::decide(&full, &context(), again), Ok(Vec::new()));
    let more = to(CommentersChange::Name(FIRST));
    assert_eq!(
        Commenters::decide(&full, &context(), more),
        Err(Refusal::TooManyCommenters)
    );
}

#[test]
fn stored_events() {
    insta::assert_snapshot!(stored(&[named(FIRST), ended(SECOND)]), @r#"
    commenter_named {"consultation":"00000000-0000-0000-0000-000000000007","party":"00000000-0000-0000-0000-000000000008","person":"00000000-0000-0000-0000-000000000001"}
    commenter_ended {"consultation":"00000000-0000-0000-0000-000000000007","party":"00000000-0000-0000-0000-000000000008","person":"00000000-0000-0000-0000-000000000002"}
    "#);
}
