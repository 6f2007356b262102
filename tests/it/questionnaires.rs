//! Questionnaires that hold the real ones: the two samples, sent out and answered.

use serde_json::{Value, json};

use crate::support::{World, faults};

mod lists;
mod needs;
mod rounds;
mod words;

const CRIME_FIGURES: &str = include_str!("../../data/demonstration/crime_figures.json");
const USE_OF_STANDARDS: &str = include_str!("../../data/demonstration/use_of_standards.json");

/// A collection that asks a questionnaire, and a State's reply to it that is begun.
struct Asked {
    world: World,
    collection: String,
    reply: String,
    finland: String,
}

impl Asked {
    async fn of(questionnaire: &str, reference_year: Option<i16>) -> Self {
        let world = World::new().await;
        let questionnaire: Value = serde_json::from_str(questionnaire).unwrap();
        let instrument = world.instrument_that_asks(&questionnaire).await;
        let mut opening = json!({"instrument": instrument, "revision": 1, "title": {"en": "A sample"}, "reference": "CU/2024/1",
            "opened_on": "2025-01-08", "deadline": {"at": "2999-12-31", "time_zone": "Europe/Vienna"}, "invited": {"parties": ["FIN", "THA"]}});
        if let Some(year) = reference_year {
            let without = world
                .post("/v1/collections")
                .token(&world.officer)
                .json(&opening);
            let problem = without.problem(422, "collection_faulty").await;
            assert_eq!(
                faults(&problem),
                [("reference_year_missing", "/reference_year")]
            );
            opening["reference_year"] = json!(year);
        }
        let opened = world
            .post("/v1/collections")
            .token(&world.officer)
            .json(&opening);
        let collection = opened.expect(201).await["id"].as_str().unwrap().to_owned();
        let finland = world.focal_point("FIN").await;
        let reply = world.reply(&collection, &finland).await;
        Self {
            world,
            collection,
            reply,
            finland,
        }
    }

    async fn save(&self, answers: Value) -> Value {
        let saved = self
            .world
            .patch(&format!("/v1/replies/{}/answers", self.reply));
        saved
            .token(&self.finland)
            .json(&json!({"answers": answers}))
            .expect(200)
            .await
    }

    async fn refused(&self, address: &str, answer: Value, code: &str) -> Value {
        let path = format!("/v1/replies/{}/answers/{address}", self.reply);
        self.world
            .put(&path)
            .token(&self.finland)
            .json(&answer)
            .problem(422, code)
            .await
    }

    async fn answer(&self, address: &str) -> Value {
        let path = format!("/v1/replies/{}/answers/{address}", self.reply);
        self.world.get(&path).token(&self.finland).expect(200).await["answer"].clone()
    }

    async fn check(&self) -> Value {
        let path = format!("/v1/replies/{}/check", self.reply);
        self.world
            .post(&path)
            .token(&self.finland)
            .expect(200)
            .await
    }

    /// The faults of a check, each with the address.
    async fn faults(&self) -> Vec<(String, String)> {
        let check = self.check().await;
        let faults = faults(&check).into_iter();
        let told = faults.map(|(code, at)| {
            (
                code.to_owned(),
                at.trim_start_matches("/answers/").to_owned(),
            )
        });
        told.collect()
    }

    async fn submit(&self) -> Value {
        let path = format!("/v1/replies/{}/submission", self.reply);
        self.world
            .post(&path)
            .token(&self.finland)
            .expect(201)
            .await
    }

    async fn version(&self, number: u32) -> Value {
        let path = format!("/v1/replies/{}/versions/{number}", self.reply);
        self.world.get(&path).token(&self.finland).expect(200).await["answers"].clone()
    }

    async fn base(&self, address: &str) -> Value {
        let asked = format!("question={address}&group_by=none");
        self.world.tally(&self.collection, &asked).await["base"].clone()
    }
}

#[tokio::test]
async fn conditions_tables_details_and_explanations_are_followed_from_the_draft_to_the_figures() {
    let asked = Asked::of(USE_OF_STANDARDS, None).await;
    let text = |text: &str| json!({"value": {"text": text, "lang": "en"}});
    assert_eq!(
        asked.faults().await,
        [("required_question_blank".to_owned(), "L1".to_owned())]
    );
    // What the answer that is chosen asks for more.
    asked
        .save(json!({"L1": {"value": "no"}, "P1": {"value": ["bar", "other"]}}))
        .await;
    let blank = |address: &str| ("required_question_blank".to_owned(), address.to_owned());
    assert_eq!(asked.faults().await, [blank("L1.no"), blank("P1.other")]);
    asked
        .save(json!({
            "L1.no": text("A draft is before parliament."),
            "P1.other": text("Paralegals."),
            "L1B": {"value": 1998},
            "L3.counsel.in_law": {"value": "no"}, "L3.counsel.in_practice": {"value": "yes"},
            "P1A.bar.per_cent": {"value": "60.5"}, "P1A.other.per_cent": {"value": 30},
            "D1": {"value": ["training", "money"]},
            "P3.wait": {"missing": "not_available"},
        }))
        .await;
    let explained = |check: &str| ("explanation_missing".to_owned(), format!("checks.{check}"));
    assert_eq!(
        asked.faults().await,
        [
            explained("practice_without_law.counsel"),
            explained("p1a_per_cent_column")
        ]
    );
    let check = asked.check().await;
    assert_eq!(check["ready"], false);
    let detail = check["faults"][0]["detail"].as_str().unwrap();
    assert!(
        detail.contains("practice"),
        "the check's own words: {detail}"
    );
    let irrelevant: Vec<&str> = check["irrelevant"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert!(
        irrelevant.contains(&"L1A")
            && irrelevant.contains(&"L1B")
            && irrelevant.contains(&"P1A.university")
    );
    assert!(!irrelevant.contains(&"L1C"));

    let problem = asked
        .world
        .post(&format!("/v1/replies/{}/submission", asked.reply))
        .token(&asked.finland)
        .problem(422, "reply_incomplete")
        .await;
    assert_eq!(
        problem["faults"], check["faults"],
        "a submission says what the check said"
    );
    asked.save(json!({"checks.practice_without_law.counsel": text("By circular."), "checks.p1a_per_cent_column": text("Some are unknown.")})).await;
    assert_eq!(asked.check().await["ready"], true);
    let receipt = asked.submit().await;

    let version = asked.version(1).await;
    assert_eq!(
        version.get("L1B"),
        None,
        "what is not asked is in no version"
    );
    assert_eq!(
        version["checks.p1a_per_cent_column"]["value"]["text"],
        "Some are unknown."
    );
    assert_eq!(receipt["answers"], version.as_object().unwrap().len());
    assert_eq!(
        asked.answer("L1B").await["value"],
        1998,
        "and stays in the draft"
    );
    let base = asked.base("L1B").await;
    assert_eq!(
        (&base["not_relevant"], &base["answered"], &base["counted"]),
        (&json!(1), &json!(0), &json!(1))
    );
    assert_eq!(
        asked.base("P1A.university.per_cent").await["not_relevant"],
        1
    );
    assert_eq!(asked.base("P1A.bar.per_cent").await["answered"], 1);
    assert_eq!(asked.base("P3.wait").await["not_available"], 1);
    let tally = asked
        .world
        .tally(&asked.collection, "question=D1&group_by=none")
        .await;
    let chosen = |value: &str| {
        let options = tally["options"].as_array().unwrap();
        options
            .iter()
            .find(|option| option["value"] == value)
            .unwrap()["count"]
            .clone()
    };
    assert_eq!((chosen("training"), chosen("law")), (json!(1), json!(0)));
}

#[tokio::test]
async fn figures_stand_in_tables_by_the_years_of_the_collection() {
    let asked = Asked::of(CRIME_FIGURES, Some(2024)).await;
    let text = |text: &str| json!({"value": {"text": text, "lang": "fr"}});
    asked.save(json!({
        "G1.name": text("Somebody"), "G1.title": text("Head"), "G1.office": text("Statistics"), "G1.email": text("a@b.example"),
        "G1.telephone": text("+358 9 000 000"), "G3": {"value": "calendar"}, "X1": {"value": "2024-12-31"},
        "P1.theft.y2023": {"value": 1000}, "P1.theft.y2024": {"value": 1100, "flags": ["provisional"], "comment": {"text": "Provisoire.", "lang": "fr"}},
        "P1.robbery.y2024": {"missing": "confidential"},
        "R2.currency": {"value": "EUR"}, "R2.police.y2024": {"value": "12500000.50"},
        "X2.total.male_y0": {"value": 900}, "X2.total.female_y0": {"value": 100}, "X3.places.y2024": {"value": 800},
    })).await;
    assert_eq!(
        asked.answer("P1.theft.y2024").await["flags"],
        json!(["provisional"])
    );
    assert_eq!(
        asked.answer("P1.robbery.y2024").await["missing"],
        "confidential"
    );
    // Another year, a row that there is not, a cell for a table, a way of being missing that is not taken.
    for (address, code, fault) in [
        ("P1.theft.y2019", "unknown_question", "no_such_field"),
        ("P1.arson.y2024", "unknown_question", "no_such_field"),
        ("P1", "unknown_question", "no_such_field"),
    ] {
        let problem = asked.refused(address, json!({"value": 1}), code).await;
        assert_eq!(faults(&problem)[0].0, fault, "{address}");
    }
    let problem = asked
        .refused("X1", json!({"missing": "confidential"}), "answers_faulty")
        .await;
    assert_eq!(faults(&problem), [("unknown_missing_kind", "/missing")]);
    let problem = asked
        .refused("X4", json!({"value": 1}), "answers_faulty")
        .await;
    assert_eq!(faults(&problem), [("takes_no_answer", "/value")]);
    let check = asked.check().await;
    assert_eq!(check["ready"], true, "{check}");
    assert_eq!(check["calculated"]["X4"]["value"], "125");
    asked.submit().await;
    assert_eq!(
        asked.version(1).await["X4"]["value"],
        "125",
        "what is calculated is recorded"
    );
    assert_eq!(asked.base("X4").await["answered"], 1);
    assert_eq!(asked.base("P1.robbery.y2024").await["confidential"], 1);
    assert_eq!(asked.base("P1.theft.y2024").await["answered"], 1);
    let personal = asked.world.get(&format!(
        "/v1/collections/{}/tallies?question=G1.name",
        asked.collection
    ));
    personal
        .token(&asked.world.officer)
        .problem(422, "question_not_counted")
        .await;
}

#[tokio::test]
async fn a_rule_that_is_wrong_is_told_with_its_place_before_anybody_answers() {
    let world = World::new().await;
    let mut draft: Value = serde_json::from_str(USE_OF_STANDARDS).unwrap();
    draft["sections"][0]["questions"][1]["relevant"] = json!("L1 == \"perhaps\" && L9 > 3");
    draft["sections"][0]["questions"][2]["relevant"] = json!("L1 ==");
    draft["sections"][0]["questions"][3]["relevant"] = json!("has(L1C)");
    let created = world.post("/v1/instruments").token(&world.officer).json(
        &json!({"title": {"en": "A", "fr": "A"}, "category": "I", "route": "presentation", "languages": ["en", "fr"]}),
    );
    let id = created.expect(201).await["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/instruments/{id}");
    let saved = world
        .put(&format!("{path}/draft"))
        .token(&world.officer)
        .header("accept-language", "fr")
        .json(&draft)
        .expect(200)
        .await;
    let told: Vec<_> = saved["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| {
            (
                fault["code"].as_str().unwrap(),
                fault["pointer"].as_str().unwrap(),
                fault["question"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("rule_option", "/sections/0/questions/1/relevant", "L1A"),
            (
                "rule_unknown_field",
                "/sections/0/questions/1/relevant",
                "L1A"
            ),
            ("rule_unexpected", "/sections/0/questions/2/relevant", "L1B"),
        ]
    );
    let detail = saved["faults"][0]["detail"].as_str().unwrap();
    assert!(detail.contains("colonne 7"), "{detail}");
    for question in [1, 2] {
        draft["sections"][0]["questions"][question]
            .as_object_mut()
            .unwrap()
            .remove("relevant");
    }
    let saved = world
        .put(&format!("{path}/draft"))
        .token(&world.officer)
        .json(&draft)
        .expect(200)
        .await;
    assert_eq!(saved["faults"][0]["code"], "rule_circle");
    world
        .post(&format!("{path}/revisions"))
        .token(&world.officer)
        .problem(422, "questionnaire_faulty")
        .await;
}
