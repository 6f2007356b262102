//! Needs beside a reply: its submission names those that are drafted, each once.

use super::*;
use crate::domain::NeedId;

const FIRST: NeedId = NeedId(uuid::Uuid::from_u128(21));
const SECOND: NeedId = NeedId(uuid::Uuid::from_u128(22));

fn drafted(needs: &[NeedId]) -> Context {
    Context {
        needs: needs.to_vec(),
        ..open()
    }
}

fn named(version: u32, needs: &[NeedId]) -> Event {
    ReplySubmitted {
        version,
        publication: None,
        source: None,
        needs: needs.to_vec(),
    }
    .into()
}

#[test]
fn a_submission_names_the_needs_that_are_drafted_and_no_submission_before_it_did() {
    given::<Reply>([started(), complete()])
        .when(&drafted(&[FIRST]), Command::Submit { publication: None })
        .then([named(1, &[FIRST])]);
    let amended = AmendmentBegun {
        source: None,
        begun_by: None,
    };
    given::<Reply>([started(), complete(), named(1, &[FIRST]), amended.into()])
        .when(
            &drafted(&[FIRST, SECOND]),
            Command::Submit { publication: None },
        )
        .then([named(2, &[SECOND])]);
}

#[test]
fn stored_submissions_with_needs() {
    let stored = named(1, &[FIRST]);
    let data = crate::domain::DomainEvent::to_data(&stored);
    insta::assert_snapshot!(data, @r#"{"needs":["00000000-0000-0000-0000-000000000015"],"version":1}"#);
    let read = <Event as crate::domain::DomainEvent>::from_stored("reply_submitted", data);
    assert_eq!(read.unwrap(), stored);
}
