//! What becomes of comments, and until when that can be said anew.

use super::*;

#[test]
fn a_disposition_holds_once_the_instrument_is_before_a_meeting() {
    let meeting = uuid::Uuid::from_u128(7);
    let presented = json!({"revision": 1, "meeting": meeting, "on": "2004-09-01"});
    let later = json!({"revision": 2, "meeting": meeting, "on": "2004-09-01"});
    let returned = json!({"revision": 1, "meeting": meeting, "on": "2004-09-02", "remarks": content(1), "lang": "en"});
    let approved = json!({"revision": 1, "route": "intersessional", "meeting": "M", "decision": "D", "date": "2004-09-02"});
    let presented = ("instrument_presented", presented);
    for events in [
        vec![presented.clone()],
        vec![
            ("instrument_revised", revised(2, &[])),
            ("instrument_presented", later),
        ],
        vec![("instrument_approved", approved)],
    ] {
        let context = Context {
            instrument: instrument(&events),
            ..closed()
        };
        given::<Comment>([made().into(), disposed(Disposition::Noted).into()])
            .when(&context, dispose(Disposition::Accepted))
            .refused("disposition_fixed", &[]);
    }
    let context = Context {
        instrument: instrument(&[presented, ("instrument_returned", returned)]),
        ..closed()
    };
    given::<Comment>([made().into()])
        .when(&context, dispose(Disposition::Accepted))
        .then([disposed(Disposition::Accepted).into()]);
}

#[test]
fn what_is_withdrawn_still_tells_who_commented_what_becomes_of_it() {
    let withdrawn = json!({"reason": content(1), "lang": "en"});
    let context = Context {
        instrument: instrument(&[("instrument_withdrawn", withdrawn)]),
        ..closed()
    };
    given::<Comment>([made().into()])
        .when(&context, dispose(Disposition::Noted))
        .then([disposed(Disposition::Noted).into()]);
    let in_the_next = Command::Dispose(CommentDisposed {
        revision: Some(2),
        ..disposed(Disposition::Accepted)
    });
    given::<Comment>([made().into()])
        .when(&context, in_the_next)
        .refused("disposition_faulty", &[("revision_not_later", "/revision")]);
}

#[test]
fn what_a_revision_takes_up_stays_accepted_and_only_what_is_accepted_names_a_later_one() {
    let context = Context {
        instrument: instrument(&[("instrument_revised", revised(2, &[id()]))]),
        ..closed()
    };
    let accepted: Event = disposed(Disposition::Accepted).into();
    for disposition in [Disposition::NotAccepted, Disposition::Noted] {
        given::<Comment>([made().into(), accepted.clone()])
            .when(&context, dispose(disposition))
            .refused("comment_taken_up", &[]);
    }
    let in_revision = |disposition, revision| {
        Command::Dispose(CommentDisposed {
            revision: Some(revision),
            ..disposed(disposition)
        })
    };
    for (disposition, revision, fault) in [
        (Disposition::Accepted, 1, "revision_not_later"),
        (Disposition::AcceptedInPart, 4, "revision_not_later"),
    ] {
        given::<Comment>([made().into()])
            .when(&context, in_revision(disposition, revision))
            .refused("disposition_faulty", &[(fault, "/revision")]);
    }
    given::<Comment>([made().into()])
        .when(&closed(), in_revision(Disposition::Noted, 2))
        .refused(
            "disposition_faulty",
            &[("revision_takes_nothing_up", "/revision")],
        );
    let in_part = CommentDisposed {
        revision: Some(3),
        ..disposed(Disposition::AcceptedInPart)
    };
    given::<Comment>([made().into(), accepted])
        .when(&context, Command::Dispose(in_part.clone()))
        .then([in_part.into()]);
}
