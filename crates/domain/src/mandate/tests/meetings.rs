//! Paragraphs 3, 14 and 15.

use super::*;

#[test]
fn the_meeting_of_march_2004_is_held_with_its_report() {
    let report = "E/CN.15/2004/9/Add.1";
    let whole = vec![
        convened(MEETING, "expert_group", "2004-03-15", &json!({})),
        held(MEETING, "expert_group", "2004-03-15"),
        recorded(report),
        linked(report, &json!({"meeting": id(MEETING)}), "report_of"),
    ];
    let unlinked = step(
        DocumentId::from_symbol(report).0,
        "document_unlinked",
        json!({"symbol": report, "to": {"meeting": id(MEETING)}, "as": "report_of"}),
    );
    let other = [
        convened(9, "expert_group", "2004-03-22", &json!({})),
        held(9, "expert_group", "2004-03-22"),
    ];
    check(
        3,
        [
            ("nothing", N, vec![]),
            ("convened", U, whole[..1].to_vec()),
            ("held", U, whole[..2].to_vec()),
            ("with its report", D, whole.clone()),
            ("unlinked", U, then(&whole, [unlinked])),
            (
                "before the meeting instead",
                U,
                with(
                    &whole,
                    "document_linked",
                    "as",
                    &json!("before_the_meeting"),
                ),
            ),
            ("in another month", N, {
                let day = json!("2004-04-15");
                let moved = with(&whole, "meeting_convened", "starts_on", &day);
                with(&moved, "meeting_held", "starts_on", &day)
            }),
            ("cancelled", U, vec![whole[0].clone(), cancelled(MEETING)]),
            (
                "one with a report, another held",
                U,
                then(&without(&whole, "meeting_held"), other),
            ),
        ],
    );
}

#[test]
fn the_congress_has_its_agenda_item_documents_and_outcome() {
    let item = json!({"number": "8", "title": {"en": "Standards"}});
    let outcome = json!({"kind": "congress", "decision": "Bangkok Declaration"});
    let whole = vec![
        convened(9, "congress", "2005-04-18", &json!({"session": 11})),
        step(id(9), "agenda_item_recorded", item),
        recorded("A/CONF.203/8"),
        linked(
            "A/CONF.203/8",
            &json!({"meeting": id(9)}),
            "before_the_meeting",
        ),
        held(9, "congress", "2005-04-18"),
        step(id(9), "meeting_outcome_recorded", outcome),
    ];
    let report = json!({"title": {"en": "To the Congress"}, "purpose": "congress", "session": 11,
                        "collections": [id(6)]});
    let published = json!({"session": 11, "meeting": id(9), "on": "2005-04-18", "languages": ["en"],
                           "headings": ["application"], "body": {"content": id(0), "commitment": ""}});
    check(
        14,
        [
            ("nothing", N, vec![]),
            ("convened", U, whole[..1].to_vec()),
            ("no agenda item", U, without(&whole, "agenda_item_recorded")),
            ("no document", U, without(&whole, "document_linked")),
            ("no outcome", U, without(&whole, "meeting_outcome_recorded")),
            ("all of it", D, whole.clone()),
            (
                "a report in place of a document",
                D,
                then(
                    &without(&whole, "document_linked"),
                    [
                        step(id(10), "report_begun", report),
                        step(id(10), "report_published", published),
                    ],
                ),
            ),
            (
                "another Congress",
                N,
                with(&whole, "meeting_convened", "session", &json!(12)),
            ),
        ],
    );
}

fn represented(object: u128, category: &str, experts: u16) -> Vec<Step> {
    let seats =
        json!({"african": 1, "asia-pacific": 0, "eastern-european": 0, "grulac": 0, "weog": 0});
    let participants = json!([{"party": party("KEN"), "capacity": "expert", "persons": experts,
                               "kind": "member_state", "regional_group": "african"}]);
    vec![
        convened(
            object,
            "expert_group",
            "2006-02-06",
            &json!({"categories": [category]}),
        ),
        step(
            id(object),
            "meeting_seats_allocated",
            json!({"seats": 1, "by_group": seats, "commission": seats}),
        ),
        step(
            id(object),
            "meeting_participants_recorded",
            json!({"participants": participants}),
        ),
        held(object, "expert_group", "2006-02-06"),
    ]
}

#[test]
fn a_meeting_for_each_later_category_is_held_with_representation_and_makes_an_instrument() {
    let of = |object: u128, category: &str| {
        let mut steps = represented(object, category, 1);
        steps.extend([
            drafted(object + 50, category),
            revised(object + 50, 1, &[]),
            outcome(object, object + 50),
        ]);
        steps
    };
    let both = then(&of(10, "II"), of(11, "III"));
    let split = then(&of(10, "II"), represented(11, "III", 1));
    let short = convened(
        12,
        "expert_group",
        "2006-03-06",
        &json!({"categories": ["III"]}),
    );
    let elsewhere = [
        short,
        held(12, "expert_group", "2006-03-06"),
        drafted(62, "III"),
        revised(62, 1, &[]),
        outcome(12, 62),
    ];
    check(
        15,
        [
            ("nothing", N, vec![]),
            ("one of them", U, of(10, "II")),
            ("both", D, both.clone()),
            ("no instrument on the second", U, split.clone()),
            (
                "nobody representing",
                U,
                without(&both, "meeting_participants_recorded"),
            ),
            (
                "no seats shared out",
                U,
                without(&both, "meeting_seats_allocated"),
            ),
            (
                "one meeting with representation, another with an instrument",
                U,
                then(&split, elsewhere),
            ),
            (
                "a seat is empty",
                U,
                then(&represented(10, "II", 0), of(11, "III")),
            ),
        ],
    );
    let found = paragraph(15, &of(10, "II"));
    assert_eq!(found.items, [('a', D), ('b', N)]);
}
