//! Paragraphs 5, 7, 8 and 17.

use super::*;

const DAY: &str = "2004-03-15";
const COLLECTION: u128 = 6;
const TYPES: u128 = 7;

#[test]
fn the_expert_meeting_made_a_revision_on_category_i() {
    let whole = made("I", DAY);
    check(
        5,
        [
            ("nothing", N, vec![]),
            ("a meeting alone", N, whole[..2].to_vec()),
            ("drafted", U, whole[..3].to_vec()),
            ("revised, but not by the meeting", U, whole[..4].to_vec()),
            ("made", D, whole.clone()),
            (
                "of another category",
                U,
                with(&whole, "instrument_drafted", "category", &json!("II")),
            ),
            ("by a meeting of another month", U, made("I", "2004-05-15")),
        ],
    );
}

fn before(meeting: u128, kind: &str, session: u16) -> Vec<Step> {
    let presented = json!({"revision": 2, "meeting": id(meeting), "on": "2004-12-01"});
    vec![
        convened(meeting, kind, "2004-12-01", &json!({"session": session})),
        step(id(INSTRUMENT), "instrument_presented", presented),
    ]
}

fn approved(meeting: u128) -> Step {
    let data = json!({"revision": 2, "route": "intersessional", "meeting": "A meeting", "meeting_id": id(meeting),
                      "decision": "So decided", "date": "2004-12-01"});
    step(id(INSTRUMENT), "instrument_approved", data)
}

#[test]
fn a_revision_on_the_comments_was_approved_by_the_intersessional_meeting_that_had_it_before_it() {
    let forwarded = then(&made("I", DAY), commented());
    let presented = then(&forwarded, before(SITTING, "intersessional", 13));
    let whole = then(&presented, [approved(SITTING)]);
    let before_a_session = before(SITTING, "commission_session", 13);
    let before_a_session = then(&then(&forwarded, before_a_session), [approved(SITTING)]);
    let reopened = step(
        id(ROUND),
        "consultation_reopened",
        json!({"reason": "More."}),
    );
    let withdrawn = step(id(COMMENT), "comment_withdrawn", json!({}));
    check(
        7,
        [
            ("nothing", N, vec![]),
            ("made", N, made("I", DAY)),
            ("forwarded, and revised", U, forwarded.clone()),
            ("presented", U, presented.clone()),
            ("approved", D, whole.clone()),
            ("a comment may still come", U, then(&whole, [reopened])),
            (
                "a comment is not disposed of",
                U,
                without(&whole, "comment_disposed"),
            ),
            (
                "a comment without disposition was withdrawn",
                D,
                then(&without(&whole, "comment_disposed"), [withdrawn]),
            ),
            (
                "what was accepted is not taken up",
                U,
                with(&whole, "instrument_revised", "takes_up", &json!([])),
            ),
            (
                "nothing was accepted, so nothing is taken up",
                D,
                then(
                    &with(&whole, "instrument_revised", "takes_up", &json!([])),
                    [disposed("noted")],
                ),
            ),
            ("before a session", U, before_a_session),
            (
                "the meeting was cancelled",
                U,
                then(&whole, [cancelled(SITTING)]),
            ),
            (
                "approved by another meeting than it was put before",
                U,
                then(
                    &presented,
                    [
                        convened(50, "intersessional", "2004-12-05", &json!({})),
                        approved(50),
                    ],
                ),
            ),
        ],
    );
}

fn state(code: &str, admitted: Option<&str>) -> Step {
    let mut data = json!({"code": code, "kind": "member_state", "names": {"en": code}});
    if let Some(day) = admitted {
        data["admitted"] = json!(day);
    }
    step(party(code).0, "party_registered", data)
}

fn collection(object: u128, invited: &[&str], more: impl IntoIterator<Item = Step>) -> Vec<Step> {
    let opened = json!({"instrument": id(INSTRUMENT), "revision": 2, "title": {"en": "A collection"},
        "reference": "CU/2005/1", "opened_on": "2005-01-10",
        "deadline": {"at": "2005-07-01T00:00:00Z", "time_zone": "Europe/Vienna"}});
    let invited = invited
        .iter()
        .map(|code| json!({"party": party(code), "kind": "member_state"}));
    let invited: Vec<Value> = invited.collect();
    let mut steps = vec![
        step(id(object), "collection_opened", opened),
        step(id(object), "parties_invited", json!({"parties": invited})),
    ];
    steps.extend(more);
    steps
}

fn closed(object: u128) -> Step {
    step(id(object), "collection_closed", json!({}))
}

#[test]
fn a_collection_was_opened_to_all_member_states_and_closed() {
    let mut start = made("I", DAY);
    start.extend([
        state("FIN", Some("1955-12-14")),
        state("KEN", None),
        state("SSD", Some("2011-07-14")),
        step(
            id(TYPES),
            "need_types_revised",
            json!({"version": 1, "types": []}),
        ),
    ]);
    let all = ["FIN", "KEN"];
    let opened = then(&start, collection(COLLECTION, &all, []));
    let whole = then(&opened, [closed(COLLECTION)]);
    let to_some = collection(8, &["FIN"], [closed(8)]);
    let reopened = step(
        id(COLLECTION),
        "collection_reopened",
        json!({"reason": "More."}),
    );
    check(
        8,
        [
            ("nothing", N, vec![]),
            ("no collection", N, start.clone()),
            ("open", U, opened.clone()),
            ("closed", D, whole.clone()),
            ("reopened", U, then(&whole, [reopened])),
            (
                "no needs could be indicated",
                U,
                without(&whole, "need_types_revised"),
            ),
            ("only to some", U, then(&start, to_some.clone())),
            (
                "one to all that is open, another to some that is closed",
                U,
                then(&opened, to_some),
            ),
            (
                "a State was put on the roll afterwards",
                D,
                then(&whole, [state("NEW", None)]),
            ),
            (
                "on another instrument",
                N,
                with(&whole, "collection_opened", "instrument", &json!(id(77))),
            ),
        ],
    );
    let evidence = paragraph(8, &then(&whole, collection(8, &["FIN"], []))).evidence;
    assert!(evidence.iter().all(|shown| shown.object == id(COLLECTION)));
}

#[test]
fn both_later_instruments_were_presented_to_the_sixteenth_session_with_a_progress_report() {
    let moved = |steps: Vec<Step>, by: u128| -> Vec<Step> {
        let text = |value: &Value| {
            let mut text = value.to_string();
            for object in [MEETING, INSTRUMENT, ROUND, COMMENT] {
                text = text.replace(&id(object).to_string(), &id(object + by).to_string());
            }
            serde_json::from_str(&text).unwrap()
        };
        let moved = steps.into_iter().map(|(object, kind, data)| {
            let object = if object == id(SITTING) {
                object
            } else {
                id(object.as_u128() + by)
            };
            (object, kind, text(&data))
        });
        moved.collect()
    };
    let of = |category: &str, by: u128| {
        let steps = then(&made(category, "2006-02-06"), commented());
        let presented = before(SITTING, "commission_session", 16).pop();
        let presented = presented.into_iter().collect::<Vec<_>>();
        let report = json!(crate::DocumentId::from_symbol("E/CN.15/2007/11"));
        let presented = with(
            &presented,
            "instrument_presented",
            "progress_report",
            &report,
        );
        moved(then(&steps, presented), by)
    };
    let session = convened(
        SITTING,
        "commission_session",
        "2007-04-23",
        &json!({"session": 16}),
    );
    let second = then(&[session], of("II", 100));
    let whole = then(&second, of("III", 200));
    let unreported = with(
        &whole,
        "instrument_presented",
        "progress_report",
        &Value::Null,
    );
    let report = json!({"title": {"en": "On progress"}, "purpose": "progress", "session": 16, "collections": [],
                        "instruments": [id(INSTRUMENT + 100), id(INSTRUMENT + 200)]});
    let published = json!({"session": 16, "meeting": id(SITTING), "on": "2007-04-23", "languages": ["en"],
                           "headings": ["progress"], "body": {"content": id(0), "commitment": ""}});
    check(
        17,
        [
            ("nothing", N, vec![]),
            ("one of them", U, second),
            ("both", D, whole.clone()),
            ("without a progress report", U, unreported.clone()),
            (
                "with one that was written here",
                D,
                then(
                    &unreported,
                    [
                        step(id(9), "report_begun", report),
                        step(id(9), "report_published", published),
                    ],
                ),
            ),
            (
                "to another session",
                U,
                with(&whole, "meeting_convened", "session", &json!(17)),
            ),
            (
                "the session was cancelled",
                U,
                then(&whole, [cancelled(SITTING)]),
            ),
            (
                "what was accepted is not taken up",
                U,
                with(&whole, "instrument_revised", "takes_up", &json!([])),
            ),
        ],
    );
}
