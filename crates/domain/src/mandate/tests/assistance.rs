//! Paragraphs 4 and 10 to 13.

use super::*;

fn pledged(object: u128, from_kind: &str, to: &Value, what: &Value) -> Step {
    let data = json!({"from": party("AUT"), "from_kind": from_kind, "to": to, "what": what, "on": "2004-01-15"});
    step(id(object), "contribution_pledged", data)
}

fn taken_back(object: u128) -> Step {
    let data = json!({"on": "2004-02-01", "reason": words()});
    step(id(object), "contribution_cancelled", data)
}

fn in_kind(purpose: &str) -> Value {
    json!({"in_kind": {"purpose": purpose}})
}

fn money() -> Value {
    json!({"money": {"amount": "25000", "currency": "EUR"}})
}

#[test]
fn somebody_gives_to_the_expert_meeting_and_an_institute_helps_in_preparing_instruments() {
    let to = json!({"meeting": id(MEETING)});
    let whole = vec![
        convened(MEETING, "expert_group", "2004-03-15", &json!({})),
        pledged(10, "member_state", &to, &money()),
        pledged(
            11,
            "programme_institute",
            &to,
            &in_kind("preparing_instruments"),
        ),
    ];
    let by_a_state = then(
        &whole[..1],
        [pledged(
            11,
            "member_state",
            &to,
            &in_kind("preparing_instruments"),
        )],
    );
    check(
        4,
        [
            ("nothing", N, vec![]),
            ("a meeting alone", N, whole[..1].to_vec()),
            ("money", U, whole[..2].to_vec()),
            ("help of a State", U, by_a_state),
            ("both", D, whole.clone()),
            ("the help was taken back", U, then(&whole, [taken_back(11)])),
            (
                "all was taken back",
                U,
                then(&whole, [taken_back(10), taken_back(11)]),
            ),
        ],
    );
}

#[test]
fn what_is_given_to_the_office_is_human_or_financial() {
    let office = json!({"office": true});
    let one = |what: Value| vec![pledged(10, "member_state", &office, &what)];
    let received = step(id(10), "contribution_received", json!({"on": "2004-02-01"}));
    check(
        10,
        [
            ("nothing", N, vec![]),
            ("money", C, one(money())),
            ("staff", C, one(json!({"staff": {"person_months": "6"}}))),
            ("experts", C, one(in_kind("experts"))),
            ("received", C, then(&one(money()), [received])),
            ("a place to meet", N, one(in_kind("hosting"))),
            ("taken back", U, then(&one(money()), [taken_back(10)])),
            (
                "to a meeting",
                N,
                vec![pledged(
                    10,
                    "member_state",
                    &json!({"meeting": id(MEETING)}),
                    &money(),
                )],
            ),
        ],
    );
}

fn proposed(object: u128, plan: &Value) -> Step {
    let mut data =
        json!({"title": {"en": "A project"}, "post_conflict": false, "on": "2005-01-01"});
    data.as_object_mut()
        .unwrap()
        .extend(plan.as_object().unwrap().clone());
    step(id(object), "project_proposed", data)
}

fn given_up(object: u128) -> Step {
    let data = json!({"on": "2005-04-01", "reason": words()});
    step(id(object), "project_cancelled", data)
}

#[test]
fn a_project_answers_a_request() {
    let made =
        json!({"party": party("KEN"), "needs": [id(20)], "text": words(), "on": "2005-05-01"});
    let request = vec![
        step(id(21), "request_made", made),
        step(id(21), "request_accepted", json!({"reason": words()})),
    ];
    let answered = then(&request, [proposed(22, &json!({"requests": [id(21)]}))]);
    let declined = step(id(21), "request_declined", json!({"reason": words()}));
    let of_none = proposed(22, &json!({}));
    let edited =
        json!({"title": {"en": "A project"}, "post_conflict": false, "requests": [id(21)]});
    let edited = step(id(22), "project_edited", edited);
    check(
        11,
        [
            ("nothing", N, vec![]),
            ("asked", U, request[..1].to_vec()),
            ("accepted", U, request.clone()),
            ("declined", U, then(&request[..1], [declined])),
            ("a project that answers none", N, vec![of_none.clone()]),
            ("answered", C, answered.clone()),
            (
                "answered by what was planned otherwise",
                C,
                then(&request, [of_none, edited]),
            ),
            ("given up", U, then(&answered, [given_up(22)])),
        ],
    );
}

#[test]
fn a_post_conflict_project_with_a_partner_cites_replies() {
    let plan = json!({"post_conflict": true, "replies": [id(23)],
                      "partners": [{"party": party("UNDP"), "kind": "un_entity"}]});
    let whole = vec![proposed(22, &plan)];
    check(
        12,
        [
            ("nothing", N, vec![]),
            ("all of it", C, whole.clone()),
            (
                "cites no reply",
                U,
                with(&whole, "project_proposed", "replies", &json!([])),
            ),
            (
                "has no partner",
                U,
                with(&whole, "project_proposed", "partners", &json!([])),
            ),
            (
                "is for no country after a conflict",
                N,
                with(&whole, "project_proposed", "post_conflict", &json!(false)),
            ),
            ("given up", U, then(&whole, [given_up(22)])),
        ],
    );
}

#[test]
fn a_material_is_under_review() {
    let taken_up = json!({"kind": "manual", "on": "2005-01-01", "title": {"en": "A manual"}});
    let whole = vec![step(id(24), "material_taken_up", taken_up)];
    let issued = step(id(24), "material_issued", json!({"on": "2005-03-01"}));
    check(
        13,
        [
            ("nothing", N, vec![]),
            ("under review", C, whole.clone()),
            ("issued", C, then(&whole, [issued])),
        ],
    );
}
