use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::Decider;
use crate::collection::{self, Collection, CollectionOpened, Deadline, Invitation, PartiesInvited};
use crate::party::PartyKind;
use crate::questionnaire::{Answer, AnswerValue, Flags, JsonTrue, TextAnswer};
use crate::testing::{assert_table, content, evolved, form, given, questionnaire};
use crate::{Decimal, InstrumentId, Lang, NeedId, PersonId, Texts, WholeNumber, delegation};

mod amending;
mod comments;
mod corrections;
mod entries;
mod files;
mod handing_back;
mod hands;
mod lives;
mod needs;
mod pen;
mod persons;
mod properties;
mod publication;
mod random;
mod rounds;
mod stating;
mod stored;
mod table;

const COLLECTION: CollectionId = CollectionId(uuid::Uuid::from_u128(7));
const INSTRUMENT: InstrumentId = InstrumentId(uuid::Uuid::from_u128(1));
const SOMEBODY: PersonId = PersonId(uuid::Uuid::from_u128(3));

fn finland() -> PartyId {
    PartyId::from_code("FIN")
}

fn context(more: &[collection::Event]) -> Context {
    let opened = CollectionOpened {
        instrument: INSTRUMENT,
        revision: 3,
        title: Texts::from([(Lang::En, "Prisoners")]),
        reference: "CU/2011/26".into(),
        opened_on: date(2011, 3, 8),
        deadline: Deadline {
            at: "2011-06-30T21:59:59Z".parse().unwrap(),
            time_zone: "Europe/Vienna".into(),
        },
        session: None,
        notices: Vec::new(),
        basis: collection::Basis::Consenting,
        release_threshold: None,
        reference_year: None,
        contact: None,
    };
    let party = Invitation {
        party: finland(),
        kind: PartyKind::MemberState,
        regional_group: None,
        region: None,
    };
    let invited = PartiesInvited {
        parties: vec![party],
        letter: None,
    };
    let events = [opened.into(), invited.into()]
        .into_iter()
        .chain(more.iter().cloned());
    Context {
        hand: ReplyCapacity::FocalPoint(SOMEBODY),
        delegation: Arc::default(),
        is_replaced: false,
        needs: Some(Vec::new()),
        stating: None,
        consents_given: Some(Vec::new()),
        last_versions: Vec::new(),
        previous: None,
        collection: Arc::new(evolved::<Collection>(events)),
        form: Arc::new(form()),
        words: crate::questionnaire::WordsRead::new(),
    }
}

fn open() -> Context {
    context(&[])
}

fn closed() -> Context {
    context(&[collection::CollectionClosed { reason: None }.into()])
}

fn started() -> Event {
    ReplyStarted {
        collection: COLLECTION,
        party: finland(),
        instrument: INSTRUMENT,
        revision: 3,
        reference_year: None,
        begun_by: Some(SOMEBODY),
        source: None,
        previous: Vec::new(),
    }
    .into()
}

fn answer(code: &str, value: AnswerValue) -> Answer {
    Answer {
        code: code.into(),
        value,
        flags: Flags::default(),
        comment: None,
    }
}

fn yes() -> Answer {
    answer("P1", AnswerValue::Choice("yes".into()))
}

fn hindered(by: &[&str]) -> Answer {
    answer(
        "P2",
        AnswerValue::Choices(by.iter().map(|value| (*value).to_owned()).collect()),
    )
}

fn words(length: u32) -> Answer {
    answer(
        "P3",
        AnswerValue::Text(TextAnswer {
            content: content(9),
            lang: Lang::Fr,
            length,
        }),
    )
}

fn decimal(text: &str) -> AnswerValue {
    AnswerValue::Decimal(text.parse::<Decimal>().unwrap())
}

fn number(n: i64) -> AnswerValue {
    AnswerValue::WholeNumber(WholeNumber(n))
}

fn answered(answers: &[Answer]) -> Event {
    ReplyAnswered {
        answers: answers.to_vec(),
        ..ReplyAnswered::default()
    }
    .into()
}

fn submitted() -> Event {
    ReplySubmitted {
        unconfirmed: 0,
        revision: None,
        version: 1,
        publication: None,
        source: None,
        needs: Vec::new(),
    }
    .into()
}

fn save(answers: &[Answer], clear: &[&str]) -> Command {
    Command::Save {
        answers: answers.iter().cloned().map(AnswerChange::from).collect(),
        clear: clear.iter().map(|code| (*code).to_owned()).collect(),
    }
}

fn submit(publication: Option<Consent>) -> Command {
    Command::Submit {
        publication: Some(publication),
    }
}

fn decide_publication(publication: Option<Consent>) -> Command {
    Command::DecidePublication {
        publication,
        source: None,
        now: lives::now(),
    }
}

fn sections(codes: &[&str]) -> Option<Consent> {
    let codes = codes.iter().map(|code| (*code).to_owned());
    Some(Consent::Sections(codes.collect()))
}

fn start(party: PartyId) -> Command {
    Command::Start {
        collection: COLLECTION,
        party,
    }
}

fn complete() -> Event {
    answered(&[yes(), hindered(&["money"])])
}

fn states() -> [Vec<Event>; 4] {
    [
        Vec::new(),
        vec![started()],
        vec![started(), complete()],
        vec![started(), complete(), submitted()],
    ]
}

#[test]
fn every_command_in_every_state_of_an_open_collection() {
    let (none, again, locked) = ("unknown_reply", "reply_already_started", "reply_submitted");
    let unknown = answer("Z9", number(1));
    let (nothing, wrong) = ("unknown_question", answer("P1", number(1)));
    assert_table::<Reply, 4>(
        &open(),
        states(),
        [
            (start(finland()), ["reply_started", again, again, again]),
            (
                start(PartyId::from_code("THA")),
                ["party_not_invited", again, again, again],
            ),
            (save(&[], &[]), [none, "", "", locked]),
            (save(&[yes()], &[]), [none, "reply_answered", "", locked]),
            (save(&[], &["P1"]), [none, "", "reply_cleared", locked]),
            (
                save(&[words(5)], &["P1"]),
                [
                    none,
                    "reply_answered",
                    "reply_answered reply_cleared",
                    locked,
                ],
            ),
            (save(&[unknown], &[]), [none, nothing, nothing, locked]),
            (save(&[], &["Z9"]), [none, nothing, nothing, locked]),
            (
                save(&[wrong], &[]),
                [none, "wrong_answer_type", "wrong_answer_type", locked],
            ),
            (
                submit(None),
                [none, "reply_incomplete", "reply_submitted", locked],
            ),
        ],
    );
}

#[test]
fn a_closed_collection_takes_nothing() {
    let (none, again, shut) = (
        "unknown_reply",
        "reply_already_started",
        "collection_closed",
    );
    assert_table::<Reply, 4>(
        &closed(),
        states(),
        [
            (start(finland()), [shut, again, again, again]),
            (save(&[yes()], &[]), [none, shut, shut, shut]),
            (submit(None), [none, shut, shut, shut]),
        ],
    );
}

#[test]
fn a_collection_that_is_not_there_takes_nothing() {
    let nowhere = Context {
        collection: Arc::new(None),
        ..open()
    };
    given::<Reply>([])
        .when(&nowhere, start(finland()))
        .refused("unknown_collection", &[]);
    given::<Reply>([started()])
        .when(&nowhere, submit(None))
        .refused("unknown_collection", &[]);
}

#[test]
fn only_what_changes_is_recorded() {
    let changed = answer("N1", number(12));
    given::<Reply>([started(), complete()])
        .when(&open(), save(&[yes(), changed.clone()], &["P1", "P3"]))
        .then([answered(&[changed])]);
}

#[test]
fn of_two_answers_to_a_question_the_last_counts() {
    let (first, last) = (answer("N1", number(1)), answer("N1", number(2)));
    given::<Reply>([started()])
        .when(&open(), save(&[first, last.clone()], &[]))
        .then([answered(&[last])]);
}

#[test]
fn each_answer_that_cannot_be_kept_is_named() {
    given::<Reply>([started()])
        .when(&open(), save(&[answer("a/b", number(1))], &["Z9"]))
        .refused(
            "unknown_question",
            &[
                ("no_such_question", "/answers/a~1b"),
                ("no_such_question", "/answers/Z9"),
            ],
        );
    let wrong = [
        answer("P1", AnswerValue::Choice("perhaps".into())),
        hindered(&["staff", "money"]),
    ];
    given::<Reply>([started()])
        .when(&open(), save(&wrong, &[]))
        .refused(
            "wrong_answer_type",
            &[
                ("answer_of_wrong_type", "/answers/P1"),
                ("answer_of_wrong_type", "/answers/P2"),
            ],
        );
}

#[test]
fn a_submission_lists_every_fault_at_once() {
    let draft = [
        hindered(&["money", "none"]),
        words(11),
        answer("N1", number(-1)),
        answer("N2", decimal("100.25")),
        answer("N3", AnswerValue::Date(date(1945, 10, 23))),
        answer("N4", AnswerValue::Year(2031)),
    ];
    given::<Reply>([started(), answered(&draft)])
        .when(&open(), submit(None))
        .refused(
            "reply_incomplete",
            &[
                ("required_question_blank", "/answers/P1"),
                ("exclusive_option", "/answers/P2"),
                ("too_long", "/answers/P3"),
                ("out_of_range", "/answers/N1"),
                ("too_many_places", "/answers/N2"),
                ("out_of_range", "/answers/N2"),
                ("out_of_range", "/answers/N3"),
                ("out_of_range", "/answers/N4"),
            ],
        );
}

#[test]
fn not_available_is_an_answer_that_any_question_takes() {
    let all: Vec<_> = questionnaire()
        .questions()
        .map(|question| answer(&question.code, AnswerValue::NotAvailable(JsonTrue)))
        .collect();
    given::<Reply>([started()])
        .when(&open(), save(&all, &[]))
        .then([ReplyAnswered {
            answers: {
                let mut sorted = all.clone();
                sorted.sort_by(|one, other| one.code.cmp(&other.code));
                sorted
            },
            ..ReplyAnswered::default()
        }
        .into()]);
    given::<Reply>([started(), answered(&all)])
        .when(&open(), submit(None))
        .then([submitted()]);
}
