//! Needs that rows and entries state: a submission indicates each once, later versions update it, and what staff did with it stays.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::json;

use super::lives::*;
use super::*;
use crate::need::{self, Need, NeedConfirmed, NeedDeclined, NeedMerged, NeedParticulars, Urgency};
use crate::need_types::{NeedType, NeedTypes};
use crate::questionnaire::Questionnaire;
use crate::{Ids, NeedId, ReplyId};

const REPLY: ReplyId = ReplyId(uuid::Uuid::from_u128(31));
const KINDS: [&str; 3] = ["legislation", "policy", "other"];
const ROWS: [&str; 3] = ["a", "b", "c"];

fn ids() -> Ids {
    Ids::new(&[7; 32], std::collections::HashSet::new())
}

fn id(row: &str) -> NeedId {
    ids().stated_need(REPLY, &format!("T1.{row}"))
}

/// A table whose rows state a need each, with what was done with them.
fn table(known: &BTreeMap<NeedId, Need>) -> Context {
    let text = json!({"en": "?", "fr": "?"});
    let options: Vec<_> = KINDS
        .iter()
        .map(|kind| json!({"value": kind, "label": text}))
        .collect();
    let rows: Vec<_> = ROWS
        .iter()
        .map(|code| json!({"code": code, "text": text}))
        .collect();
    let questionnaire = json!({"title": text, "sections": [{"code": "T", "title": text, "questions": [
        {"code": "T1", "type": "table", "heading": "assistance", "text": text, "rows": rows, "columns": [
            {"code": "kind", "type": "one_choice", "options": options, "text": text},
            {"code": "words", "type": "text", "text": text}],
         "need": {"type": {"of": "kind"}, "urgency": "high", "remark": "words"}}]}]});
    let types = KINDS.map(|code| NeedType {
        code: code.into(),
        label: crate::Texts::from([(Lang::En, "A type")]),
    });
    let stating = StatingContext {
        reply: REPLY,
        ids: ids(),
        is_state: true,
        category: "I".into(),
        classification: Arc::default(),
        types: Arc::new(NeedTypes {
            versions: vec![types.to_vec()],
        }),
        known: known.clone(),
    };
    Context {
        form: Arc::new(Questionnaire::read(&questionnaire).unwrap().into()),
        stating: Some(stating),
        ..open()
    }
}

pub(super) fn untouched() -> Context {
    table(&BTreeMap::new())
}

fn kind(row: &str, kind: &str) -> Answer {
    answer(&format!("T1.{row}.kind"), AnswerValue::Choice(kind.into()))
}

fn about(kind: &str, description: Option<Words>) -> NeedParticulars {
    NeedParticulars {
        category: Some("I".into()),
        standard: None,
        kind: kind.into(),
        types_version: 1,
        urgency: Urgency::High,
        description,
        obstacle: None,
    }
}

fn stated(row: &str, status: Option<need::Status>, about: NeedParticulars) -> StatedNeed {
    StatedNeed {
        need: id(row),
        at: format!("T1.{row}"),
        status,
        about,
    }
}

fn ended(row: &str, status: Option<need::Status>) -> EndedNeed {
    EndedNeed {
        need: id(row),
        status,
    }
}

fn recorded(version: u32, stated: Vec<StatedNeed>, ended: Vec<EndedNeed>) -> Event {
    ReplyNeedsStated {
        version,
        party: finland(),
        stated,
        ended,
    }
    .into()
}

fn submission(version: u32) -> Event {
    ReplySubmitted {
        unconfirmed: 0,
        revision: None,
        version,
        publication: None,
        source: None,
        needs: Vec::new(),
    }
    .into()
}

/// The need of a row, after somebody did this with it.
fn after(row: &str, events: impl IntoIterator<Item = need::Event>) -> BTreeMap<NeedId, Need> {
    let mut state = Some(Need::stated(finland(), REPLY, format!("T1.{row}")));
    for event in events {
        state = Need::evolve(state, &event);
    }
    BTreeMap::from([(id(row), state.unwrap())])
}

/// Two rows state a need each, and the reply is amended since.
fn amended() -> Vec<Event> {
    let [a, b] = [("a", "legislation"), ("b", "policy")]
        .map(|(row, kind)| stated(row, Some(need::Status::Indicated), about(kind, None)));
    vec![
        started(),
        answered(&[kind("a", "legislation"), kind("b", "policy")]),
        recorded(1, vec![a, b], vec![]),
        submission(1),
        begun(None),
    ]
}

fn cleared(code: &str) -> Event {
    ReplyCleared {
        codes: vec![code.into()],
        ..ReplyCleared::default()
    }
    .into()
}

#[test]
fn a_submission_indicates_what_rows_state_and_the_next_says_what_changed() {
    let first = amended();
    given::<Reply>(first[..2].to_vec())
        .when(&untouched(), submit(None))
        .then(first[2..4].to_vec());
    given::<Reply>(amended())
        .when(&untouched(), submit(None))
        .then([submission(2)]);
    let said = TextAnswer {
        content: content(9),
        lang: Lang::En,
        length: 5,
    };
    let words = answer("T1.a.words", AnswerValue::Text(said.clone()));
    let changed = [answered(&[words]), cleared("T1.b.kind")];
    let told = recorded(
        2,
        vec![stated("a", None, about("legislation", Some(said)))],
        vec![ended("b", Some(need::Status::Lapsed))],
    );
    given::<Reply>(amended().into_iter().chain(changed.clone()))
        .when(&untouched(), submit(None))
        .then([told.clone(), submission(2)]);
    // What is stated again is indicated again.
    let again = [
        told,
        submission(2),
        begun(None),
        answered(&[kind("b", "other")]),
    ];
    let back = stated("b", Some(need::Status::Indicated), about("other", None));
    given::<Reply>(amended().into_iter().chain(changed).chain(again))
        .when(&untouched(), submit(None))
        .then([recorded(3, vec![back], vec![]), submission(3)]);
}

#[test]
fn what_was_done_with_a_need_stays_and_what_is_over_does_not_come_back() {
    let merged = NeedMerged { into: id("a") };
    let declined = NeedDeclined { reason: remark(5) };
    let confirmed = after("b", [NeedConfirmed {}.into()]);
    let gone: Vec<Event> = amended()
        .into_iter()
        .chain([cleared("T1.b.kind")])
        .collect();
    let anew = |lapses: Option<need::Status>| {
        let gone = gone.clone().into_iter();
        let told = recorded(2, vec![], vec![ended("b", lapses)]);
        gone.chain([
            told,
            submission(2),
            begun(None),
            answered(&[kind("b", "policy")]),
        ])
    };
    // Confirmed: it lapses, and stands where it stood when it is stated again.
    let lapsed = Some(need::Status::Lapsed);
    given::<Reply>(gone.clone())
        .when(&table(&confirmed), submit(None))
        .then([recorded(2, vec![], vec![ended("b", lapsed)]), submission(2)]);
    let back = stated("b", Some(need::Status::Confirmed), about("policy", None));
    given::<Reply>(anew(lapsed))
        .when(&table(&confirmed), submit(None))
        .then([recorded(3, vec![back], vec![]), submission(3)]);
    // Over: an update changes what is said of it, and nothing else.
    for known in [after("b", [merged.into()]), after("b", [declined.into()])] {
        let otherwise = [answered(&[kind("b", "other")])];
        given::<Reply>(amended().into_iter().chain(otherwise))
            .when(&table(&known), submit(None))
            .then([
                recorded(2, vec![stated("b", None, about("other", None))], vec![]),
                submission(2),
            ]);
        given::<Reply>(gone.clone())
            .when(&table(&known), submit(None))
            .then([recorded(2, vec![], vec![ended("b", None)]), submission(2)]);
        given::<Reply>(anew(None))
            .when(&table(&known), submit(None))
            .then([
                recorded(3, vec![stated("b", None, about("policy", None))], vec![]),
                submission(3),
            ]);
    }
}

#[test]
fn others_than_states_indicate_nothing_and_where_nobody_looked_nothing_is_submitted() {
    let mut context = untouched();
    context.stating.as_mut().unwrap().is_state = false;
    let draft = [started(), answered(&[kind("a", "other")])];
    given::<Reply>(draft.clone())
        .when(&context, submit(None))
        .then([submission(1)]);
    context.stating = None;
    given::<Reply>(draft)
        .when(&context, submit(None))
        .refused("reply_incomplete", &[]);
}

#[test]
fn three_hundred_needs_with_words_fit_their_events() {
    let reply = evolved::<Reply>([started()]).unwrap();
    let many = (0..300).map(|number| crate::questionnaire::NeedAnswer {
        at: format!("L1.{number:0>40}"),
        kind: "legislation".into(),
        category: None,
        standard: None,
        urgency: Urgency::Low,
        remark: Some(remark(5)),
    });
    let many: Vec<_> = many.collect();
    let context = untouched().stating.unwrap();
    let events = crate::reply::stating::events(&reply, &context, 1, &many);
    assert!(events.len() > 1);
    for event in &events {
        assert!(crate::size::fits(&crate::DomainEvent::to_data(event)));
    }
    let after = events.iter().fold(Some(reply), Reply::evolve).unwrap();
    assert_eq!(after.needs.len(), 300);
}

/// What somebody does: the party with a row, or staff with its need.
#[derive(Clone, Debug)]
enum Act {
    Answer(usize, Option<usize>),
    Submit,
    Amend,
    Discard,
    Withdraw,
    Staff(usize, Box<need::Command>),
}

fn act() -> impl Strategy<Value = Act> {
    let staff = prop_oneof![
        3 => Just(need::Command::Confirm),
        1 => Just(need::Command::Merge { into: NeedId(uuid::Uuid::from_u128(9)) }),
        1 => Just(need::Command::Decline { reason: remark(5) }),
    ];
    prop_oneof![
        6 => (0..3_usize, prop::option::of(0..3_usize)).prop_map(|(row, kind)| Act::Answer(row, kind)),
        4 => Just(Act::Submit),
        4 => Just(Act::Amend),
        1 => Just(Act::Discard),
        1 => Just(Act::Withdraw),
        3 => (0..3_usize, staff).prop_map(|(row, command)| Act::Staff(row, Box::new(command))),
    ]
}

/// What decisions on a need read, where its reply is so.
fn on_need(reply: &Reply, need: NeedId, party_context: &Context) -> need::Context {
    need::Context {
        classification: Arc::default(),
        types: Arc::default(),
        party: None,
        stated: reply.stated_need(REPLY, need),
        beside: need::DraftContext::for_need(need, &Some(reply.clone()), party_context),
        is_replaced: false,
        is_matched: Some(false),
        into: Some((finland(), need::Status::Indicated)),
        completed_on: None,
    }
}

proptest! {
    #[test]
    fn each_row_has_at_most_one_need_that_says_what_was_submitted_last(acts in prop::collection::vec(act(), 0..60)) {
        let mut reply = Some(evolved::<Reply>([started()]).unwrap());
        let mut needs: BTreeMap<NeedId, Need> = BTreeMap::new();
        // As the views have it: where each need stands, and what is said of it.
        let mut shown: BTreeMap<NeedId, (need::Status, String)> = BTreeMap::new();
        for act in acts {
            let context = table(&needs);
            let command = match act {
                Act::Answer(row, Some(of)) => save(&[kind(ROWS[row], KINDS[of])], &[]),
                Act::Answer(row, None) => save(&[], &[&format!("T1.{}.kind", ROWS[row])]),
                Act::Submit => submit(None),
                Act::Amend => begin(None),
                Act::Discard => Command::DiscardAmendment,
                Act::Withdraw => withdraw(),
                Act::Staff(row, command) => {
                    let need = id(ROWS[row]);
                    let held = reply.clone().unwrap();
                    let state = needs.get(&need).cloned();
                    let Ok(events) = Need::decide(&state, &on_need(&held, need, &context), *command) else {
                        continue;
                    };
                    let after = events.iter().fold(state, Need::evolve).unwrap();
                    shown.get_mut(&need).unwrap().0 = after.stage;
                    needs.insert(need, after);
                    continue;
                }
            };
            let Ok(events) = Reply::decide(&reply, &context, command) else {
                continue;
            };
            let is_submitted = events.iter().any(|event| matches!(event, Event::ReplySubmitted(_)));
            for event in &events {
                if let Event::ReplyNeedsStated(event) = event {
                    prop_assert!(is_submitted, "nothing but a submission says what is stated");
                    for stated in &event.stated {
                        let before = shown.get(&stated.need).map(|(status, _)| *status);
                        let status = stated.status.or(before).expect("what is new stands somewhere");
                        shown.insert(stated.need, (status, stated.about.kind.clone()));
                    }
                    for ended in &event.ended {
                        let shown = shown.get_mut(&ended.need).unwrap();
                        shown.0 = ended.status.unwrap_or(shown.0);
                    }
                }
                reply = Reply::evolve(reply, event);
            }
            let held = reply.as_ref().unwrap();
            for row in ROWS {
                let need = id(row);
                let own = needs.get(&need).cloned().or_else(|| held.stated_need(REPLY, need));
                let status = own.as_ref().map(|own| own.status(held.needs.contains(&need), false));
                prop_assert_eq!(status, shown.get(&need).map(|(status, _)| *status), "the view and the core agree");
                if !is_submitted {
                    continue;
                }
                // What was submitted last is what is said, of what is not over.
                let answer = held.answers.get(&format!("T1.{row}.kind"));
                match (answer, shown.get(&need)) {
                    (Some(AnswerValue::Choice(kind)), Some((status, said))) => {
                        prop_assert_eq!(kind, said);
                        let by_staff = needs.get(&need).map(|own| own.stage);
                        prop_assert_eq!(*status, by_staff.unwrap_or(need::Status::Indicated));
                    }
                    (None, Some((status, _))) => prop_assert!(status.is_over()),
                    (None, None) => {}
                    other => prop_assert!(false, "{other:?}"),
                }
            }
        }
    }
}
