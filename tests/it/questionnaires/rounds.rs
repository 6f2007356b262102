//! Rounds: what a party answered before, beside what it is asked now under other codes; carried over, and confirmed.

use serde_json::{Value, json};

use crate::support::{World, faults};
use access::Role;

/// What the first round asks.
fn first() -> Value {
    let texts = |text: &str| json!({"en": text, "fr": text});
    let asked = |code: &str, more: Value| {
        let mut question = json!({"code": code, "heading": "application", "text": texts("?")});
        let more = more.as_object().unwrap().clone();
        question.as_object_mut().unwrap().extend(more);
        question
    };
    json!({"title": texts("A sample"), "sections": [
    {"code": "A", "title": texts("Law"), "questions": [
        asked("A1", json!({"type": "one_choice", "scale": "yes_in_part_no", "required": true})),
        asked("A2", json!({"type": "text", "max_length": 500})),
        asked("A3", json!({"type": "text", "max_length": 500, "personal": true})),
    ]},
    {"code": "B", "title": texts("Figures"), "questions": [
        asked("P1", json!({"type": "table", "rows": [{"code": "theft", "text": texts("Theft")}],
            "columns": [{"year": 0, "type": "whole_number", "flags": ["provisional"]}, {"year": -1, "type": "whole_number"}]})),
        asked("L1", json!({"type": "list", "parts": [{"code": "title", "text": texts("Title"), "type": "text", "max_length": 100}]})),
        asked("K1", json!({"type": "calculated", "rule": "P1.theft.y0 + P1.theft.y1"})),
        asked("F1", json!({"type": "file"})),
    ]}]})
}

/// The second asks the same under other codes, and explains what changes much.
fn second(instrument: &str) -> Value {
    let mut asked = first();
    for section in asked["sections"].as_array_mut().unwrap() {
        for question in section["questions"].as_array_mut().unwrap() {
            let code = question["code"].as_str().unwrap().to_owned();
            question["code"] = json!(format!("{code}_NEW"));
            question["same_as"] = json!({"instrument": instrument, "question": code});
        }
    }
    asked["sections"][1]["questions"][2]["rule"] = json!("P1_NEW.theft.y0 + P1_NEW.theft.y1");
    asked["sections"][1]["questions"][0]["required"] = json!(true);
    asked["sections"][1]["checks"] = json!([{"code": "revised", "kind": "explain",
        "rule": "P1_NEW.theft.y1 == last.P1_NEW.theft.y1", "text": {"en": "The figure of the year before was revised.", "fr": "Chiffre révisé."}}]);
    asked
}

struct Rounds {
    world: World,
    finland: String,
}

impl Rounds {
    async fn open(&self, instrument: &str, year: i16) -> String {
        let opening = json!({"instrument": instrument, "revision": 1, "title": {"en": "A sample"}, "reference": format!("CU/{year}/1"),
            "opened_on": "2025-01-08", "deadline": {"at": "2999-12-31", "time_zone": "Europe/Vienna"}, "reference_year": year,
            "invited": {"parties": ["FIN"]}});
        let opened = self.world.post("/v1/collections");
        let opened = opened.token(&self.world.officer).json(&opening);
        opened.expect(201).await["id"].as_str().unwrap().to_owned()
    }

    async fn post(&self, path: &str, body: Value, status: u16) -> Value {
        let call = self.world.post(path).token(&self.finland).json(&body);
        call.expect(status).await
    }

    async fn get(&self, path: &str) -> Value {
        self.world.get(path).token(&self.finland).expect(200).await
    }

    async fn save(&self, reply: &str, answers: Value) {
        let save = self.world.patch(&format!("/v1/replies/{reply}/answers"));
        let save = save
            .token(&self.finland)
            .json(&json!({ "answers": answers }));
        save.expect(200).await;
    }

    /// The first round, submitted by Finland and accepted; its instrument and reply.
    async fn begun() -> (Self, String, String) {
        let world = World::new().await;
        let instrument = world.instrument_that_asks(&first()).await;
        let finland = world.focal_point("FIN").await;
        let rounds = Self { world, finland };
        let collection = rounds.open(&instrument, 2023).await;
        let reply = rounds.world.reply(&collection, &rounds.finland).await;
        let answers = json!({
            "A1": {"value": "in_part"},
            "A2": {"value": {"text": "By the act.", "lang": "en"}},
            "A3": {"value": {"text": "Ms Example", "lang": "en"}},
            "P1.theft.y2023": {"value": 20, "flags": ["provisional"]},
            "P1.theft.y2022": {"missing": "not_available"},
            "L1.act.title": {"value": {"text": "The act", "lang": "en"}},
        });
        rounds.save(&reply, answers).await;
        let path = format!("/v1/replies/{reply}");
        let none = rounds.get(&format!("{path}/previous")).await;
        assert_eq!(
            (&none["versions"], &none["answers"]),
            (&json!([]), &json!({}))
        );
        let carry = rounds.world.post(&format!("{path}/carry-over"));
        carry
            .token(&rounds.finland)
            .problem(409, "no_previous_round")
            .await;
        rounds
            .post(&format!("{path}/submission"), json!({}), 201)
            .await;
        let accept = rounds.world.post(&format!("{path}/acceptance"));
        accept.token(&rounds.world.officer).expect(201).await;
        (rounds, instrument, reply)
    }
}

#[tokio::test]
async fn what_was_answered_before_is_beside_what_is_asked_and_counts_once_it_is_confirmed() {
    let (rounds, instrument, before) = Rounds::begun().await;
    let asked = rounds
        .world
        .instrument_that_asks(&second(&instrument))
        .await;
    let collection = rounds.open(&asked, 2024).await;
    let reply = rounds.world.reply(&collection, &rounds.finland).await;
    let path = format!("/v1/replies/{reply}");

    // Beside it, by the address at which it is asked now: years are the same years, and what is calculated is shown.
    let previous = rounds.get(&format!("{path}/previous")).await;
    assert_eq!(previous["versions"][0]["reply"], before);
    assert_eq!(previous["versions"][0]["version"], 1);
    let answers = previous["answers"].as_object().unwrap();
    let addresses: Vec<&str> = answers.keys().map(String::as_str).collect();
    assert_eq!(
        addresses,
        [
            "A1_NEW",
            "A2_NEW",
            "A3_NEW",
            "L1_NEW.act",
            "L1_NEW.act.title",
            "P1_NEW.theft.y2023"
        ]
    );
    let figure = &answers["P1_NEW.theft.y2023"];
    assert_eq!(figure["question"], "P1.theft.y2023");
    assert_eq!(
        figure["answer"],
        json!({"value": 20, "flags": ["provisional"]})
    );
    assert_eq!(
        (&figure["can_be_carried"], &figure["carried"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(answers["A2_NEW"]["answer"]["value"]["text"], "By the act.");

    // Carried over it is nobody's answer yet: it stands in the way where an answer must be, and no check reads it.
    let carried = rounds
        .post(
            &format!("{path}/carry-over"),
            json!({"sections": ["A"]}),
            200,
        )
        .await;
    assert_eq!(carried["carried"], json!(["A1_NEW", "A2_NEW", "A3_NEW"]));
    let carried = rounds
        .post(&format!("{path}/carry-over"), json!({}), 200)
        .await;
    assert_eq!(
        carried["carried"],
        json!(["L1_NEW.act", "L1_NEW.act.title", "P1_NEW.theft.y2023"])
    );
    let again = rounds
        .post(&format!("{path}/carry-over"), json!({}), 200)
        .await;
    assert_eq!(again["carried"], json!([]));
    assert_eq!(
        rounds.get(&format!("{path}/answers")).await["answers"],
        json!({})
    );
    let shown = rounds.get(&path).await;
    assert_eq!(
        (&shown["answered"], &shown["unconfirmed"]),
        (&json!(0), &json!(6))
    );
    let check = rounds.post(&format!("{path}/check"), json!({}), 200).await;
    assert_eq!(
        faults(&check),
        [
            ("answer_not_confirmed", "/answers/A1_NEW"),
            ("required_question_blank", "/answers/P1_NEW.theft.y2024"),
            ("answer_not_confirmed", "/answers/P1_NEW.theft.y2023"),
        ]
    );
    assert_eq!(check["unconfirmed"].as_array().unwrap().len(), 6);

    // To the Secretariat it is a draft, of which nothing is told.
    let officer = |path: &str| rounds.world.get(path).token(&rounds.world.officer);
    let shown = officer(&path).expect(200).await;
    assert_eq!(
        (&shown["answered"], shown.get("unconfirmed")),
        (&json!(0), None)
    );
    let beside = officer(&format!("{path}/previous")).expect(200).await;
    assert_eq!(beside["answers"]["A1_NEW"]["carried"], false);

    // One confirmed, one answered anew, one with its words redacted, one left; and an entry by its part.
    let content = officer(&format!("/v1/replies/{before}/versions/1"))
        .expect(200)
        .await;
    let content = content["answers"]["A3"]["value"]["content"]
        .as_str()
        .unwrap()
        .to_owned();
    let redaction = rounds
        .world
        .post(&format!("/v1/contents/{content}/redaction"));
    let administrator = rounds.world.token(Role::Administrator, None).await;
    redaction
        .token(&administrator)
        .json(&json!({"reason": "names_a_person"}))
        .expect(200)
        .await;
    let confirmation = format!("{path}/carry-over/confirmation");
    let confirmed = rounds
        .post(
            &confirmation,
            json!({"addresses": ["A1_NEW", "A3_NEW", "L1_NEW.act.title"]}),
            200,
        )
        .await;
    assert_eq!(
        confirmed["saved"],
        json!(["A1_NEW", "L1_NEW.act", "L1_NEW.act.title"])
    );
    assert_eq!(
        confirmed["cleared"],
        json!(["A3_NEW"]),
        "there is nothing to confirm"
    );
    rounds
        .save(
            &reply,
            json!({"P1_NEW.theft.y2024": {"value": 30}, "P1_NEW.theft.y2023": {"value": 25}}),
        )
        .await;
    let shown = rounds.get(&path).await;
    assert_eq!(shown["unconfirmed"], 1, "{shown}");
    let nothing = rounds.world.post(&confirmation).token(&rounds.finland);
    let nothing = nothing
        .json(&json!({"addresses": ["A9"], "sections": ["Z"]}))
        .problem(422, "unknown_question")
        .await;
    assert_eq!(
        faults(&nothing),
        [
            ("no_such_question", "/addresses/0"),
            ("no_such_section", "/sections/0")
        ]
    );

    // A figure of last round's that was revised is to be explained.
    let check = rounds.post(&format!("{path}/check"), json!({}), 200).await;
    assert_eq!(
        faults(&check),
        [("explanation_missing", "/answers/checks.revised")]
    );
    rounds
        .save(
            &reply,
            json!({"checks.revised": {"value": {"text": "Counted anew.", "lang": "en"}}}),
        )
        .await;
    let receipt = rounds
        .post(&format!("{path}/submission"), json!({}), 201)
        .await;
    assert_eq!(receipt["unconfirmed"], 1);
    let version = rounds.get(&format!("{path}/versions/1")).await["answers"].clone();
    let held: Vec<&String> = version.as_object().unwrap().keys().collect();
    assert_eq!(
        held,
        [
            "A1_NEW",
            "K1_NEW",
            "L1_NEW.act",
            "L1_NEW.act.title",
            "P1_NEW.theft.y2023",
            "P1_NEW.theft.y2024",
            "checks.revised"
        ]
    );
    assert_eq!(
        rounds.get(&path).await.get("unconfirmed"),
        None,
        "a submission leaves it out for good"
    );
    let base = rounds
        .world
        .tally(&collection, "question=A2_NEW&group_by=none")
        .await["base"]
        .clone();
    assert_eq!(base["blank"], 1, "{base}");

    // The next round of the same instrument finds the same codes.
    let accept = rounds.world.post(&format!("{path}/acceptance"));
    accept.token(&rounds.world.officer).expect(201).await;
    let collection = rounds.open(&asked, 2025).await;
    let third = rounds.world.reply(&collection, &rounds.finland).await;
    let previous = rounds.get(&format!("/v1/replies/{third}/previous")).await;
    assert_eq!(previous["versions"].as_array().unwrap().len(), 2);
    assert_eq!(previous["answers"]["P1_NEW.theft.y2024"]["reply"], reply);
    assert_eq!(
        previous["answers"]["A2_NEW"]["reply"], before,
        "which was blank since"
    );

    // In a copy too, which names the second alone: what that was the same as is followed.
    let copy = json!({"title": {"en": "A copy", "fr": "Une copie"}, "category": "I", "route": "intersessional", "languages": ["en", "fr"],
        "copies": {"instrument": asked, "revision": 1}});
    let copy = rounds
        .world
        .post("/v1/instruments")
        .token(&rounds.world.officer)
        .json(&copy);
    let copy = copy.expect(201).await["id"].as_str().unwrap().to_owned();
    rounds.world.freeze(&copy).await;
    let collection = rounds.open(&copy, 2026).await;
    let fourth = rounds.world.reply(&collection, &rounds.finland).await;
    let previous = rounds.get(&format!("/v1/replies/{fourth}/previous")).await;
    assert_eq!(previous["answers"]["A1_NEW"]["reply"], reply);
    assert_eq!(previous["answers"]["A2_NEW"]["reply"], before);
}

#[tokio::test]
async fn a_contributor_carries_over_what_it_drafts_and_a_discard_gives_it_up() {
    let (rounds, instrument, _) = Rounds::begun().await;
    let collection = rounds.open(&instrument, 2024).await;
    let reply = rounds.world.reply(&collection, &rounds.finland).await;
    let (person, contributor) = rounds.world.person_as(Role::Contributor, "FIN").await;
    rounds
        .world
        .admit(&collection, "FIN", &person, &["A"])
        .await;
    let carry = |body: Value| {
        let call = rounds
            .world
            .post(&format!("/v1/replies/{reply}/carry-over"));
        call.token(&contributor).json(&body)
    };
    let problem = carry(json!({"addresses": ["A1", "P1"]}))
        .problem(403, "section_not_assigned")
        .await;
    assert_eq!(
        faults(&problem),
        [("section_of_others", "/answers/P1.theft.y2023")]
    );
    let carried = carry(json!({})).expect(200).await;
    assert_eq!(carried["carried"], json!(["A1", "A2", "A3"]));
    rounds
        .post(
            &format!("/v1/replies/{reply}/carry-over"),
            json!({"addresses": ["P1"]}),
            200,
        )
        .await;
    let shown = rounds
        .world
        .get(&format!("/v1/replies/{reply}"))
        .token(&contributor);
    assert_eq!(shown.expect(200).await["unconfirmed"], 3);
    // Paper comes: the Secretariat takes the pen, and sees nothing of it; discarded, it is back.
    let entry = json!({"collection": collection, "party": "FIN", "source": {"kind": "paper", "reference": "CU 1", "received_on": "2025-02-01"}});
    let entry = rounds
        .world
        .post("/v1/replies")
        .token(&rounds.world.officer)
        .json(&entry);
    assert_eq!(entry.expect(201).await.get("unconfirmed"), None);
    let discard = rounds
        .world
        .delete(&format!("/v1/replies/{reply}/amendment"));
    discard.token(&rounds.world.officer).expect(200).await;
    assert_eq!(
        rounds.get(&format!("/v1/replies/{reply}")).await["unconfirmed"],
        4
    );
}
