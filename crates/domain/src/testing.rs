//! How the core's tests are written: given events, when a command, then events or a refusal.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write};

use serde_json::{Value, json};

use super::{ContentId, ContentRef, Decider, DomainEvent, Fault, Refusal, fault};

pub mod draw;
pub mod drawn_answers;
pub mod drawn_questionnaire;
mod drawn_rule;

/// The events so far.
pub fn given<D: Decider>(events: impl IntoIterator<Item = D::Event>) -> Given<D> {
    Given {
        state: evolved::<D>(events),
    }
}

pub struct Given<D: Decider> {
    state: D::State,
}

impl<D: Decider> Given<D> {
    pub fn when(self, context: &D::Context, command: D::Command) -> Then<D> {
        Then {
            decision: D::decide(&self.state, context, command),
        }
    }
}

pub struct Then<D: Decider> {
    decision: Result<Vec<D::Event>, D::Refusal>,
}

impl<D: Decider<Event: Debug + PartialEq>> Then<D> {
    #[track_caller]
    pub fn then(self, events: impl IntoIterator<Item = D::Event>) {
        let decided = self.decision.expect("the command is accepted");
        assert_eq!(decided, events.into_iter().collect::<Vec<_>>());
    }

    /// Refused with this code and these faults, each by code and pointer.
    #[track_caller]
    pub fn refused(self, code: &str, faults: &[(&str, &str)]) {
        let refusal = self.decision.expect_err("the command is refused");
        assert_eq!(refusal.code(), code);
        assert_faults(&refusal.faults(), faults);
    }
}

#[track_caller]
pub fn assert_faults(found: &[Fault], expected: &[(&str, &str)]) {
    for fault in found {
        let row = fault::all()
            .find(|row| row.code == fault.code)
            .expect("a row of the table");
        let args: Vec<_> = fault.args.iter().map(|(name, _)| *name).collect();
        assert_eq!(args, row.args, "the arguments of {}", fault.code);
    }
    let found: Vec<_> = found
        .iter()
        .map(|fault| (fault.code, fault.pointer.as_str()))
        .collect();
    assert_eq!(found, expected);
}

pub fn evolved<D: Decider>(events: impl IntoIterator<Item = D::Event>) -> D::State {
    events
        .into_iter()
        .fold(D::State::default(), |state, event| D::evolve(state, &event))
}

/// Every command in every state: the kinds of the events that it gives, or the code of the refusal.
#[track_caller]
pub fn assert_table<D: Decider<Command: Clone + Debug>, const N: usize>(
    context: &D::Context,
    states: [Vec<D::Event>; N],
    rows: impl IntoIterator<Item = (D::Command, [&'static str; N])>,
) {
    let states = states.map(evolved::<D>);
    for (command, outcomes) in rows {
        for (place, (state, expected)) in states.iter().zip(outcomes).enumerate() {
            let outcome = match D::decide(state, context, command.clone()) {
                Ok(events) => events
                    .iter()
                    .map(DomainEvent::kind)
                    .collect::<Vec<_>>()
                    .join(" "),
                Err(refusal) => refusal.code().to_owned(),
            };
            assert_eq!(outcome, expected, "{command:?} in state {place}");
        }
    }
}

/// Plays commands one after another and shows each step to `check`: state before, events, state after.
pub fn play<D: Decider<Event: PartialEq + Debug>>(
    context: &D::Context,
    commands: impl IntoIterator<Item = D::Command>,
    mut check: impl FnMut(&D::State, &[D::Event], &D::State),
) {
    let mut state = D::State::default();
    for command in commands {
        match D::decide(&state, context, command) {
            Ok(events) => {
                events.iter().for_each(assert_reads_back);
                let after = events.iter().fold(state.clone(), D::evolve);
                check(&state, &events, &after);
                state = after;
            }
            Err(refusal) => assert_rows(&refusal.faults()),
        }
    }
}

#[track_caller]
fn assert_rows(faults: &[Fault]) {
    let found: Vec<_> = faults
        .iter()
        .map(|fault| (fault.code, fault.pointer.as_str()))
        .collect();
    assert_faults(faults, &found);
}

#[track_caller]
fn assert_reads_back<E: DomainEvent + PartialEq + Debug>(event: &E) {
    let data = event.to_data();
    assert!(
        data.to_string().len() <= super::size::EVENT_BYTES + 1_000,
        "a {} fits an envelope",
        event.kind()
    );
    assert_eq!(
        &E::from_stored(event.kind(), data).expect("what was stored reads back"),
        event
    );
}

/// The stored form of the samples, one a line, to be pinned by a snapshot. Every kind must have a sample; damaged data
/// must be an error and nothing worse.
#[track_caller]
pub fn stored<E: DomainEvent + PartialEq + Debug>(samples: &[E]) -> String {
    let mut lines = String::new();
    for event in samples {
        assert_reads_back(event);
        assert_damage_is_noticed(event);
        writeln!(lines, "{} {}", event.kind(), canonical(&event.to_data())).unwrap();
    }
    for kind in E::KINDS {
        assert!(
            samples.iter().any(|event| event.kind() == *kind),
            "{kind} has no sample"
        );
    }
    assert!(E::from_stored("of_no_kind", json!({})).is_err());
    lines
}

fn assert_damage_is_noticed<E: DomainEvent>(event: &E) {
    assert!(E::from_stored(event.kind(), json!(null)).is_err());
    assert!(E::from_stored(event.kind(), json!("text")).is_err());
    for field in event
        .to_data()
        .as_object()
        .expect("data are an object")
        .keys()
    {
        let mut damaged = event.to_data();
        damaged[field] = json!({"of": ["no", "such", "shape"]});
        assert!(
            E::from_stored(event.kind(), damaged).is_err(),
            "{} with a damaged {field}",
            event.kind()
        );
    }
}

/// JSON with members in order, whatever order the JSON library keeps.
fn canonical(json: &Value) -> String {
    match json {
        Value::Object(members) => {
            let members: BTreeMap<_, _> = members.iter().collect();
            let members = members
                .iter()
                .map(|(name, value)| format!("{}:{}", json!(name), canonical(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(elements) => {
            format!(
                "[{}]",
                elements.iter().map(canonical).collect::<Vec<_>>().join(",")
            )
        }
        Value::Number(number) => {
            assert!(!number.is_f64(), "no floats");
            number.to_string()
        }
        scalar => scalar.to_string(),
    }
}

/// The nth content.
pub fn content(n: u8) -> ContentRef {
    ContentRef {
        content: ContentId(uuid::Uuid::from_u128(n.into())),
        commitment: format!("{n:02x}").repeat(32),
    }
}

/// A questionnaire with a question of every type; P1 and P2 are required.
pub fn questionnaire_json() -> Value {
    json!({
        "title": {"en": "Treatment of prisoners", "fr": "Traitement des détenus"},
        "sections": [
            {"code": "A", "title": {"en": "Law", "fr": "Droit"}, "questions": [
                {"code": "P1", "heading": "application", "type": "one_choice", "scale": "yes_in_part_no",
                 "required": true, "standards": ["bangkok-rules"], "text": {"en": "Is it law?", "fr": "Est-ce la loi ?"}},
                {"code": "P2", "heading": "difficulties", "type": "several_choices", "required": true,
                 "text": {"en": "What hinders?", "fr": "Quels obstacles ?"}, "exclusive": ["none"], "options": [
                    {"value": "money", "label": {"en": "Money", "fr": "Argent"}},
                    {"value": "staff", "label": {"en": "Staff", "fr": "Personnel"}},
                    {"value": "none", "label": {"en": "Nothing", "fr": "Rien"}}]},
                {"code": "P3", "heading": "practices", "type": "text", "max_length": 10,
                 "text": {"en": "What works?", "fr": "Qu’est-ce qui marche ?"}},
                {"code": "P4", "heading": "assistance", "type": "one_choice", "text": {"en": "Help?", "fr": "Aide ?"},
                 "options": [{"value": "given", "label": {"en": "Given", "fr": "Donnée"}},
                             {"value": "sought", "label": {"en": "Sought", "fr": "Demandée"}}]},
            ]},
            {"code": "B", "title": {"en": "Figures", "fr": "Chiffres"}, "questions": [
                {"code": "N1", "heading": "application", "type": "whole_number", "min": 0,
                 "text": {"en": "Prisoners?", "fr": "Détenus ?"}, "unit": {"en": "persons", "fr": "personnes"}},
                {"code": "N2", "heading": "application", "type": "decimal", "min": "0", "max": "100", "places": 1,
                 "text": {"en": "Share?", "fr": "Part ?"}},
                {"code": "N3", "heading": "application", "type": "date", "min": "1945-10-24",
                 "text": {"en": "Since?", "fr": "Depuis ?"}},
                {"code": "N4", "heading": "application", "type": "year", "max": 2030,
                 "text": {"en": "Year?", "fr": "Année ?"}},
            ]},
        ],
    })
}

/// [`questionnaire_json`], read.
/// The sample as it is asked.
pub fn form() -> super::questionnaire::Form {
    questionnaire().into()
}

pub fn questionnaire() -> super::questionnaire::Questionnaire {
    super::questionnaire::Questionnaire::read(&questionnaire_json()).expect("the sample is read")
}
