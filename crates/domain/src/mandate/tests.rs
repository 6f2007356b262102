//! The rules, one by one: what a paragraph is before anything, on the way, when all is there, and each way in which it
//! falls short.

use serde_json::{Value, json};

use super::*;
use crate::{DocumentId, PartyId};

mod assistance;
mod instruments;
mod meetings;
mod reporting;

/// An event: of which object, what, with which data.
type Step = (Uuid, &'static str, Value);

const N: State = State::NotBegun;
const U: State = State::UnderWay;
const D: State = State::Done;
const C: State = State::Continuing;

/// The nth object.
fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn step(object: Uuid, kind: &'static str, data: Value) -> Step {
    (object, kind, data)
}

/// Words beside the log.
fn words() -> Value {
    json!({"content": id(0), "commitment": "", "lang": "en", "length": 5})
}

fn evaluated(steps: &[Step]) -> Vec<Paragraph> {
    let events = (1..).zip(steps).map(|(position, (stream, kind, data))| {
        assert!(KINDS.contains(kind), "{kind} is not read");
        MandateEvent {
            position,
            stream: *stream,
            kind: (*kind).to_owned(),
            data: data.clone(),
        }
    });
    evaluate(&events.collect::<Vec<_>>()).unwrap()
}

fn paragraph(number: u8, steps: &[Step]) -> Paragraph {
    let mut all = evaluated(steps).into_iter();
    all.find(|paragraph| paragraph.paragraph == number).unwrap()
}

/// In each case the paragraph is so, and has evidence if it was begun.
#[track_caller]
fn check<'a>(number: u8, cases: impl IntoIterator<Item = (&'a str, State, Vec<Step>)>) {
    for (what, expected, steps) in cases {
        let found = paragraph(number, &steps);
        assert_eq!(found.state, expected, "paragraph {number}: {what}");
        assert_eq!(
            found.evidence.is_empty(),
            expected == N,
            "paragraph {number}: {what}: {:?}",
            found.evidence
        );
    }
}

/// All of these steps but those of a kind.
fn without(steps: &[Step], kind: &str) -> Vec<Step> {
    let others = steps.iter().filter(|(_, known, _)| *known != kind);
    others.cloned().collect()
}

/// The same steps, of which those of a kind have something else in a field.
fn with(steps: &[Step], kind: &str, field: &str, value: &Value) -> Vec<Step> {
    let mut steps = steps.to_vec();
    for (_, known, data) in &mut steps {
        if *known == kind {
            data[field] = value.clone();
        }
    }
    steps
}

/// These steps, and then others.
fn then(steps: &[Step], others: impl IntoIterator<Item = Step>) -> Vec<Step> {
    steps.iter().cloned().chain(others).collect()
}

// What several paragraphs need.

const MEETING: u128 = 1;
const INSTRUMENT: u128 = 2;
const ROUND: u128 = 3;
const COMMENT: u128 = 4;
const SITTING: u128 = 5;

fn convened(object: u128, kind: &str, day: &str, more: &Value) -> Step {
    let mut data =
        json!({"kind": kind, "title": {"en": "A meeting"}, "starts_on": day, "ends_on": day});
    data.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    step(id(object), "meeting_convened", data)
}

fn held(object: u128, kind: &str, day: &str) -> Step {
    let data = json!({"kind": kind, "starts_on": day, "ends_on": day});
    step(id(object), "meeting_held", data)
}

fn cancelled(object: u128) -> Step {
    step(id(object), "meeting_cancelled", json!({"reason": words()}))
}

/// What came of a meeting: a revision of the instrument.
fn outcome(object: u128, instrument: u128) -> Step {
    let made = json!([{"instrument": id(instrument), "revision": 1}]);
    let data = json!({"kind": "expert_group", "revisions": made});
    step(id(object), "meeting_outcome_recorded", data)
}

fn drafted(object: u128, category: &str) -> Step {
    let data = json!({"title": {"en": "A sample"}, "category": category, "route": "intersessional", "languages": ["en"]});
    step(id(object), "instrument_drafted", data)
}

fn revised(object: u128, revision: u32, takes_up: &[u128]) -> Step {
    let takes_up: Vec<Uuid> = takes_up.iter().map(|comment| id(*comment)).collect();
    let data = json!({"revision": revision, "questionnaire": {"content": id(0), "commitment": ""},
                      "languages": ["en"], "questions": [], "takes_up": takes_up});
    step(id(object), "instrument_revised", data)
}

fn linked(symbol: &str, to: &Value, how: &str) -> Step {
    let data = json!({"symbol": symbol, "to": to, "as": how});
    step(DocumentId::from_symbol(symbol).0, "document_linked", data)
}

fn recorded(symbol: &str) -> Step {
    let data = json!({"symbol": symbol, "title": {"en": "A document"}, "date": "2004-04-05"});
    step(DocumentId::from_symbol(symbol).0, "document_recorded", data)
}

fn party(code: &str) -> PartyId {
    PartyId::from_code(code)
}

/// The expert meeting made a revision of an instrument, of a category.
fn made(category: &str, day: &str) -> Vec<Step> {
    let about = json!({"categories": [category]});
    vec![
        convened(MEETING, "expert_group", day, &about),
        held(MEETING, "expert_group", day),
        drafted(INSTRUMENT, category),
        revised(INSTRUMENT, 1, &[]),
        outcome(MEETING, INSTRUMENT),
    ]
}

fn disposed(disposition: &str) -> Step {
    let data = json!({"disposition": disposition, "reason": {"content": id(0), "commitment": ""}, "lang": "en"});
    step(id(COMMENT), "comment_disposed", data)
}

/// It was forwarded, commented on, and revised.
fn commented() -> Vec<Step> {
    let opened = json!({"instrument": id(INSTRUMENT), "revision": 1, "round": 1, "reference": "CU/2004/52",
        "opened_on": "2004-05-03", "until": {"at": "2004-07-01T00:00:00Z", "time_zone": "Europe/Vienna"},
        "audiences": ["member_state"]});
    let comment = json!({"consultation": id(ROUND), "party": party("FIN"), "on": {"instrument": true}, "lang": "en",
        "text": {"content": id(0), "commitment": ""}});
    vec![
        step(id(ROUND), "consultation_opened", opened),
        step(id(COMMENT), "comment_made", comment),
        step(id(ROUND), "consultation_closed", json!({})),
        disposed("accepted"),
        revised(INSTRUMENT, 2, &[COMMENT]),
    ]
}
