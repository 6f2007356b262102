//! Replies in a collection that moved to a corrected revision.

use super::lives::*;
use super::*;
use crate::collection::QuestionnaireCorrected;
use crate::reply::events::*;
use crate::testing::evolved;

/// The collection asks revision 4 from now on.
fn moved() -> Context {
    context(&[QuestionnaireCorrected {
        from: 3,
        revision: 4,
        reason: Vec::new(),
    }
    .into()])
}

pub(super) fn submitted_as(version: u32, revision: Option<u32>) -> Event {
    ReplySubmitted {
        unconfirmed: 0,
        revision,
        version,
        publication: None,
        source: None,
        needs: Vec::new(),
    }
    .into()
}

#[test]
fn a_version_says_which_revision_it_answers_and_keeps_it() {
    given::<Reply>([started(), complete()])
        .when(&moved(), submit(None))
        .then([submitted_as(1, Some(4))]);
    given::<Reply>([started(), complete()])
        .when(&open(), submit(None))
        .then([submitted_as(1, None)]);
    let events = [started(), complete(), submitted_as(1, None)];
    let reply = evolved::<Reply>(events.clone()).unwrap();
    // Handed in, it is of the revision that it answered; the collection has moved to 4.
    assert_eq!(reply.settled_revision(), Some(3));
    let asked = evolved::<Reply>(events.into_iter().chain([asked(1, None)])).unwrap();
    assert_eq!(asked.settled_revision(), None, "it is open again");
    assert_eq!(asked.as_submitted().settled_revision(), Some(3));
    let draft = evolved::<Reply>([started()]).unwrap();
    assert_eq!(draft.settled_revision(), None);
    assert_eq!(draft.as_submitted().settled_revision(), None);
}
