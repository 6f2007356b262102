//! Clarifications, amendments, withdrawals and what is entered from paper: what each leaves behind.

use super::lives::*;
use super::*;
use crate::reply::events::*;

pub(super) fn by_secretariat() -> Context {
    Context {
        hand: ReplyCapacity::Secretariat,
        ..open()
    }
}

pub(super) fn submitted_once() -> Vec<Event> {
    let comment = comments::commented(5);
    let before = [comment, hindered(&["money"]), words(5)];
    vec![
        started(),
        answered(&before),
        super::files::file(1).into(),
        submitted(),
    ]
}

/// What the party changes, in every way there is.
pub(super) fn changes() -> Vec<Event> {
    let cleared = ReplyCleared {
        codes: vec!["P3".into()],
        ..ReplyCleared::default()
    };
    let removed = ReplyFileRemoved {
        file: super::files::file(1).file,
    };
    vec![
        answered(&[yes(), answer("N1", number(3))]),
        cleared.into(),
        removed.into(),
        super::files::file(2).into(),
    ]
}

pub(super) fn after(events: &[&[Event]]) -> Reply {
    evolved::<Reply>(events.concat()).unwrap()
}

pub(super) fn decided(context: &Context, reply: &Reply, command: Command) -> Vec<Event> {
    Reply::decide(&Some(reply.clone()), context, command).expect("the command is accepted")
}

#[test]
fn a_discarded_amendment_leaves_the_reply_as_it_was_submitted() {
    for accepted in [vec![], vec![accepted()]] {
        let before = after(&[&submitted_once(), &accepted]);
        let changed = after(&[&submitted_once(), &accepted, &[begun(None)], &changes()]);
        assert_ne!(changed.answers, before.answers);
        let discarded = decided(&open(), &changed, Command::DiscardAmendment);
        // Whoever folds answers alone comes to the same: they are given again.
        let kinds: Vec<_> = discarded.iter().map(crate::DomainEvent::kind).collect();
        assert_eq!(
            kinds,
            [
                "reply_answered",
                "reply_cleared",
                "reply_files_deleted",
                "amendment_discarded"
            ]
        );
        let again = discarded
            .iter()
            .fold(Some(changed.clone()), Reply::evolve)
            .unwrap();
        assert_eq!(again, before);
    }
}

#[test]
fn an_amendment_counts_only_once_it_is_submitted() {
    let open_again = after(&[&submitted_once(), &[begun(None)], &changes()]);
    assert_eq!((open_again.version, open_again.counts()), (1, true));
    let events = decided(&open(), &open_again, submit(None));
    let second = ReplySubmitted {
        unconfirmed: 0,
        revision: None,
        version: 2,
        publication: None,
        source: None,
        needs: Vec::new(),
    };
    assert_eq!(events, [second.into()]);
    let now = events.iter().fold(Some(open_again), Reply::evolve).unwrap();
    assert_eq!((now.status(), now.version), (Status::Submitted, 2));
    assert!(!now.answers.contains_key("P3"));
}

#[test]
fn a_submission_answers_every_open_clarification() {
    let reply = after(&[
        &submitted_once(),
        &[asked(1, None), asked(2, Some("P1")), answered_it(1)],
    ]);
    assert_eq!(reply.open_clarifications(), 1);
    let events = decided(&open(), &reply, submit(None));
    let now = events.iter().fold(Some(reply), Reply::evolve).unwrap();
    let outcomes: Vec<_> = now
        .clarifications
        .values()
        .map(|asked| asked.outcome.clone())
        .collect();
    assert_eq!(
        outcomes,
        [Outcome::Answered(remark(9)), Outcome::Resubmitted(2)]
    );
    assert_eq!(now.status(), Status::Submitted);
    let next = decided(&by_secretariat(), &now, clarify(None));
    assert_eq!(next, [asked(3, None)], "numbers go on");
}

#[test]
fn words_that_answer_the_last_clarification_close_the_reply_again() {
    let reply = after(&[&submitted_once(), &[asked(1, None)]]);
    let events = decided(&open(), &reply, answer_it(1));
    assert_eq!(events, [answered_it(1)]);
    let now = events.iter().fold(Some(reply), Reply::evolve).unwrap();
    assert_eq!((now.status(), now.can_change()), (Status::Submitted, false));
}

#[test]
fn changes_made_meanwhile_go_on_as_an_amendment() {
    let reply = after(&[&submitted_once(), &[asked(1, None)], &changes()]);
    let kept = after(&[&submitted_once()]);
    for (context, command, closed) in [
        (open(), answer_it(1), answered_it(1)),
        (by_secretariat(), take_it_back(1), took_it_back(1)),
    ] {
        let events = decided(&context, &reply, command);
        assert_eq!(events, [begun(None), closed]);
        let now = events
            .iter()
            .fold(Some(reply.clone()), Reply::evolve)
            .unwrap();
        assert_eq!(now.status(), Status::Amendment);
        let discarded = decided(&open(), &now, Command::DiscardAmendment);
        let now = discarded.iter().fold(Some(now), Reply::evolve).unwrap();
        assert_eq!((&now.answers, &now.files), (&kept.answers, &kept.files));
        assert_eq!(now.status(), Status::Submitted);
    }
}

#[test]
fn a_withdrawn_reply_is_its_partys_to_submit_anew() {
    let consented = ReplySubmitted {
        unconfirmed: 0,
        revision: None,
        version: 1,
        publication: Some(Consent::All(JsonTrue)),
        source: None,
        needs: Vec::new(),
    };
    let reply = after(&[
        &[started(), complete(), consented.into()],
        &[asked(1, None), withdrawn()],
    ]);
    assert_eq!(
        reply.publication, None,
        "what is withdrawn is not published"
    );
    assert_eq!(reply.clarifications[&1].outcome, Outcome::Lapsed);
    let events = decided(&open(), &reply, submit(None));
    let now = events.iter().fold(Some(reply), Reply::evolve).unwrap();
    assert_eq!((now.version, now.status()), (2, Status::Submitted));
}

#[test]
fn what_is_entered_names_its_source_in_every_version() {
    let reply = after(&[&[entered(), complete()]]);
    let events = decided(&by_secretariat(), &reply, submit(None));
    assert_eq!(events, [filed()]);
    let filed_reply = events.iter().fold(Some(reply), Reply::evolve).unwrap();
    // Its party goes on by itself.
    let amended = decided(&open(), &filed_reply, begin(None));
    let by_party = AmendmentBegun {
        source: None,
        begun_by: Some(SOMEBODY),
        set_aside: Vec::new(),
    };
    assert_eq!(amended, [by_party.into()]);
    let now = amended.iter().fold(Some(filed_reply), Reply::evolve);
    let now = now.unwrap();
    assert_eq!((&now.source, now.begun_by), (&None, Some(SOMEBODY)));
    let refused = Reply::decide(
        &Some(now.clone()),
        &by_secretariat(),
        save(&[words(5)], &[]),
    );
    assert_eq!(refused, Err(Refusal::ReplyNotEntered));
    let back = decided(&open(), &now, Command::DiscardAmendment);
    let back = back.iter().fold(Some(now), Reply::evolve).unwrap();
    assert_eq!(back.source, Some(source()));
}

#[test]
fn what_was_entered_by_mistake_is_discarded_and_its_partys_to_write() {
    let reply = after(&[&[entered(), complete()]]);
    let events = decided(&by_secretariat(), &reply, Command::DiscardAmendment);
    let now = events.iter().fold(Some(reply), Reply::evolve).unwrap();
    assert!(now.answers.is_empty() && now.source.is_none());
    decided(&open(), &now, save(&[yes()], &[]));
}

#[test]
fn a_source_says_what_it_must() {
    let wrong = Source {
        reference: " ".into(),
        received_on: date(2011, 3, 7),
        ..source()
    };
    let late = Source {
        received_on: date(2011, 7, 5),
        ..source()
    };
    for (source, faults) in [
        (
            wrong,
            vec![
                ("blank", "/source/reference"),
                ("received_before_opening", "/source/received_on"),
            ],
        ),
        (late, vec![("received_in_future", "/source/received_on")]),
    ] {
        let command = Command::Enter {
            collection: COLLECTION,
            party: finland(),
            source: source.clone(),
            now: now(),
        };
        given::<Reply>([])
            .when(&by_secretariat(), command)
            .refused("source_faulty", &faults);
        given::<Reply>(submitted_once())
            .when(&by_secretariat(), begin(Some(source)))
            .refused("source_faulty", &faults);
    }
    given::<Reply>(submitted_once())
        .when(&by_secretariat(), begin(None))
        .refused("source_faulty", &[("missing_field", "/source")]);
}

#[test]
fn what_is_asked_and_answered_says_something_about_a_question_that_there_is() {
    let ask = |question: Option<&str>, length| Command::Clarify {
        question: question.map(str::to_owned),
        text: remark(length),
    };
    for (command, code, fault) in [
        (
            ask(Some("Z9"), 5),
            "unknown_question",
            ("no_such_question", "/question"),
        ),
        (ask(None, 0), "remark_faulty", ("blank", "/text")),
        (
            ask(None, MAX_REMARK_CHARS + 1),
            "remark_faulty",
            ("text_too_long", "/text"),
        ),
    ] {
        given::<Reply>(submitted_once())
            .when(&by_secretariat(), command)
            .refused(code, &[fault]);
    }
    let nothing = Command::Withdraw { reason: remark(0) };
    given::<Reply>(submitted_once())
        .when(&open(), nothing)
        .refused("remark_faulty", &[("blank", "/reason")]);
}

#[test]
fn a_clarification_is_answered_once_and_a_version_that_was_replaced_is_not_accepted() {
    let settled = [submitted_once(), vec![asked(1, None), answered_it(1)]].concat();
    given::<Reply>(settled.clone())
        .when(&open(), answer_it(1))
        .refused("clarification_not_open", &[]);
    given::<Reply>(settled)
        .when(&by_secretariat(), take_it_back(1))
        .refused("clarification_not_open", &[]);
    let of = |version| Command::Accept {
        version: Some(version),
    };
    given::<Reply>(submitted_once())
        .when(&by_secretariat(), of(2))
        .refused("reply_version_superseded", &[]);
    given::<Reply>(submitted_once())
        .when(&by_secretariat(), of(1))
        .then([accepted()]);
}

#[test]
fn two_versions_differ_question_by_question() {
    let (from, to) = (
        after(&[&submitted_once()]),
        after(&[&submitted_once(), &[begun(None)], &changes()]),
    );
    let form = form();
    let found = versions::differences(&form, &from, &to);
    let told: Vec<_> = found
        .iter()
        .map(|found| (found.question, found.answer))
        .collect();
    use versions::Change::*;
    // P1 has lost its comment.
    assert_eq!(
        told,
        [
            ("P1", Some(Changed)),
            ("P3", Some(Removed)),
            ("N1", Some(Added))
        ]
    );
    let whole = versions::files(None, &from.files, &to.files);
    let whole: Vec<_> = whole
        .iter()
        .map(|(change, file)| (*change, file.file))
        .collect();
    let (one, two) = (super::files::file(1).file, super::files::file(2).file);
    assert_eq!(whole, [(Removed, one), (Added, two)]);
    assert_eq!(versions::differences(&form, &to, &to), []);
}
