//! /v1/collections/{id}/figures and /v1/collections/{id}/cross-tables

mod formats;
mod recounted;
mod released;

use serde_json::{Value, json};

use crate::support::World;

/// Six Member States and an observer State reply. Kenya replies twice, so that a version is replaced.
pub async fn replied(world: &World) -> String {
    let invited = json!({"parties": ["FIN", "SWE", "THA", "KEN", "BRA", "FRA", "VAT", "JPN"]});
    let collection = world.collection(invited).await.collection;
    let none = json!({"not_available": true});
    for (party, answers) in [
        (
            "FIN",
            json!({"A1": {"value": "yes"}, "A2": {"value": ["a", "b"]}, "A3": {"value": 0}, "A4": {"value": "1.5"}, "A5": {"value": "2019-05-01"},
                   "D1": {"value": {"text": "=1+1", "lang": "en"}}}),
        ),
        (
            "SWE",
            json!({"A1": {"value": "no"}, "A2": {"value": ["b"]}, "A3": none, "A4": {"value": "2"}, "A5": {"value": "2020-01-01"}}),
        ),
        ("THA", json!({"A1": none, "A2": none, "A3": {"value": 7}})),
        (
            "KEN",
            json!({"A1": {"value": "yes"}, "A3": {"value": 10}, "A6": {"value": 1998}}),
        ),
        (
            "BRA",
            json!({"A1": {"value": "in_part"}, "A2": {"value": ["none"]}, "A3": {"value": 3}, "A6": {"value": 2004}}),
        ),
        (
            "FRA",
            json!({"A1": {"value": "yes"}, "A3": {"value": 1000}, "A4": {"value": "99.9"}}),
        ),
        (
            "VAT",
            json!({"A1": {"value": "yes"}, "A2": {"value": ["a"]}, "A3": {"value": 5}}),
        ),
    ] {
        let token = world.focal_point(party).await;
        world.submitted(&collection, &token, answers).await;
    }
    collection
}

/// A figure's rows: question, group if there is one, measure, category, value.
pub fn value(table: &Value, wanted: &[(&str, &str)]) -> Value {
    let rows = table["rows"].as_array().unwrap();
    let is = |row: &&Value| wanted.iter().all(|(column, code)| row[*column] == *code);
    let mut found = rows.iter().filter(is);
    let row = found.next().unwrap_or_else(|| panic!("no row {wanted:?}"));
    assert!(found.next().is_none(), "several rows {wanted:?}");
    row["value"].clone()
}

async fn figures(world: &World, collection: &str, asked: &str) -> Value {
    let path = format!("/v1/collections/{collection}/figures?{asked}");
    world.get(&path).token(&world.officer).expect(200).await
}

#[tokio::test]
async fn all_questions_are_told_at_once_each_as_its_type_asks() {
    let world = World::new().await;
    let collection = replied(&world).await;
    let table = figures(&world, &collection, "").await;
    let codes = |column: usize| {
        let categories = table["columns"][column]["categories"].as_array().unwrap();
        categories
            .iter()
            .map(|category| category["code"].as_str().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(0), ["A1", "A2", "A3", "A4", "A5", "A6", "D1"]);
    let of = |question: &str, measure: &str, category: &str| {
        value(
            &table,
            &[
                ("question", question),
                ("measure", measure),
                ("category", category),
            ],
        )
    };
    for (question, measure, category, expected) in [
        ("A1", "replied", "all", json!(6)),
        ("A1", "answered", "all", json!(5)),
        ("A1", "not_available", "all", json!(1)),
        ("A1", "chosen", "yes", json!(3)),
        ("A1", "chosen", "no", json!(1)),
        ("A1", "share", "yes", json!(0.6)),
        ("A2", "chosen", "b", json!(2)),
        ("A2", "chosen", "none", json!(1)),
        ("A2", "blank", "all", json!(2)),
        ("A3", "min", "all", json!(0)),
        ("A3", "first_quartile", "all", json!(3)),
        ("A3", "median", "all", json!(7)),
        ("A3", "third_quartile", "all", json!(10)),
        ("A3", "max", "all", json!(1000)),
        ("A3", "mean", "all", json!(204)),
        ("A3", "sum", "all", json!(1020)),
        ("A4", "median", "all", json!(2)),
        ("A4", "sum", "all", json!(103.4)),
        ("A5", "chosen", "2019", json!(1)),
        ("A6", "median", "all", json!(2001)),
        ("D1", "answered", "all", json!(1)),
    ] {
        assert_eq!(
            of(question, measure, category),
            expected,
            "{question} {measure} {category}"
        );
    }
    // A sum of years says nothing.
    let rows = table["rows"].as_array().unwrap();
    assert!(
        !rows
            .iter()
            .any(|row| row["question"] == "A6" && row["measure"] == "sum")
    );
    let source = table["source"].as_str().unwrap();
    let again = world.get(source).token(&world.officer).expect(200).await;
    assert_eq!(again["rows"], table["rows"]);
}

#[tokio::test]
async fn figures_are_grouped_filtered_and_classed() {
    let world = World::new().await;
    let collection = replied(&world).await;
    let table = figures(
        &world,
        &collection,
        "questions=A3&group_by=regional_group&classes=0,5,100",
    )
    .await;
    let of = |group: &str, measure: &str, category: &str| {
        value(
            &table,
            &[
                ("regional_group", group),
                ("measure", measure),
                ("category", category),
            ],
        )
    };
    assert_eq!(of("all", "in_class", "0..5"), 2);
    assert_eq!(of("all", "in_class", "5..100"), 2);
    assert_eq!(of("all", "in_class", ">100"), 1);
    assert_eq!(of("weog", "replied", "all"), 3);
    assert_eq!(of("weog", "max", "all"), 1000);
    assert_eq!(of("grulac", "median", "all"), 3);
    // A group from which nobody replied has figures too: none.
    assert_eq!(of("eastern-european", "replied", "all"), 0);
    assert_eq!(of("eastern-european", "median", "all"), Value::Null);

    let filtered = figures(&world, &collection, "questions=A3&filter=A1:yes,A3>=1").await;
    let of = |measure: &str| value(&filtered, &[("measure", measure), ("category", "all")]);
    // Of those that replied, those that answered so are counted.
    assert_eq!(
        (of("replied"), of("counted"), of("min")),
        (json!(6), json!(2), json!(10))
    );
    let groups = figures(
        &world,
        &collection,
        "questions=A3&filter=regional_group:weog|african",
    )
    .await;
    assert_eq!(
        value(&groups, &[("measure", "replied"), ("category", "all")]),
        4
    );
    let others = figures(&world, &collection, "questions=A3&kinds=observer_state").await;
    assert_eq!(
        value(&others, &[("measure", "sum"), ("category", "all")]),
        5
    );
    let parties = figures(
        &world,
        &collection,
        "questions=A3&group_by=party&kinds=member_state,observer_state",
    )
    .await;
    let codes: Vec<&str> = parties["columns"][1]["categories"]
        .as_array()
        .unwrap()
        .iter()
        .map(|code| code["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        codes,
        ["all", "BRA", "FIN", "FRA", "KEN", "SWE", "THA", "VAT"]
    );
}

#[tokio::test]
async fn two_questions_stand_side_by_side() {
    let world = World::new().await;
    let collection = replied(&world).await;
    let path = format!("/v1/collections/{collection}/cross-tables?rows=A1&columns=A2");
    let table = world.get(&path).token(&world.officer).expect(200).await;
    let of = |row: &str, column: &str| value(&table, &[("row", row), ("column", column)]);
    assert_eq!(of("yes", "a"), 1);
    assert_eq!(of("yes", "b"), 1);
    assert_eq!(of("yes", "unanswered"), 2);
    // Finland chose both, and is one reply.
    assert_eq!(of("yes", "all"), 3);
    assert_eq!(of("all", "all"), 6);
    assert_eq!(of("unanswered", "unanswered"), 1);
    assert_eq!(of("no", "none"), 0);
}

#[tokio::test]
async fn what_cannot_be_told_says_why() {
    let world = World::new().await;
    let collection = replied(&world).await;
    for (asked, status, code) in [
        ("questions=X9", 422, "unknown_question"),
        ("sections=X", 400, "bad_parameter"),
        ("group_by=size", 400, "bad_parameter"),
        ("kinds=planets", 400, "bad_parameter"),
        ("filter=A1", 400, "bad_parameter"),
        ("filter=A3>=many", 400, "bad_parameter"),
        ("filter=size:1", 422, "filter_unknown_name"),
        ("filter=A1:perhaps", 422, "filter_unknown_value"),
        ("filter=regional_group:nordic", 422, "filter_unknown_value"),
        ("classes=1", 400, "bad_parameter"),
        ("labels=all", 400, "bad_parameter"),
        ("format=tsv", 406, "format_not_offered"),
    ] {
        let path = format!("/v1/collections/{collection}/figures?{asked}");
        let problem = world
            .get(&path)
            .token(&world.officer)
            .problem(status, code)
            .await;
        assert!(problem["detail"].is_string(), "{asked}");
    }
    let nothing = figures(
        &world,
        &world
            .collection(json!({"parties": ["FIN"]}))
            .await
            .collection,
        "",
    )
    .await;
    assert_eq!(
        value(
            &nothing,
            &[
                ("question", "A3"),
                ("measure", "median"),
                ("category", "all")
            ]
        ),
        Value::Null
    );
    let status = |row: &Value| row["measure"] == "median" && row["status"] == "no_answers";
    assert!(nothing["rows"].as_array().unwrap().iter().any(status));
}

/// Words are read page by page, and go with a redaction.
#[tokio::test]
async fn answers_in_words_are_listed_with_party_language_and_length() {
    let world = World::new().await;
    let collection = world
        .collection(json!({"parties": ["FIN", "SWE", "KEN"]}))
        .await
        .collection;
    for (party, words, consent) in [
        ("FIN", "Raha.", true),
        ("SWE", "Pengar.", false),
        ("KEN", "Money.", true),
    ] {
        let token = world.focal_point(party).await;
        let reply = world.reply(&collection, &token).await;
        let path = format!("/v1/replies/{reply}");
        let answers = json!({"answers": {"A1": {"value": "yes"}, "D1": {"value": {"text": words, "lang": "en"}}}});
        world
            .patch(&format!("{path}/answers"))
            .token(&token)
            .json(&answers)
            .expect(200)
            .await;
        let publication = if consent {
            json!({"all": true})
        } else {
            Value::Null
        };
        world
            .post(&format!("{path}/submission"))
            .token(&token)
            .json(&json!({ "publication": publication }))
            .expect(201)
            .await;
    }
    let path = format!("/v1/collections/{collection}/texts?question=D1");
    let first = world
        .get(&format!("{path}&limit=2"))
        .token(&world.officer)
        .expect(200)
        .await;
    let told = |page: &Value| {
        let items = page["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| {
                format!(
                    "{} {} {}",
                    item["party"].as_str().unwrap(),
                    item["text"]["text"].as_str().unwrap_or("-"),
                    item["length"]
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(told(&first), ["FIN Raha. 5", "KEN Money. 6"]);
    let next = format!("{path}&limit=2&cursor={}", first["next"].as_str().unwrap());
    let second = world.get(&next).token(&world.officer).expect(200).await;
    assert_eq!(
        (told(&second), &second["next"]),
        (vec!["SWE Pengar. 7".to_owned()], &Value::Null)
    );
    let african = world
        .get(&format!("{path}&filter=regional_group:african"))
        .token(&world.officer)
        .expect(200)
        .await;
    assert_eq!(told(&african), ["KEN Money. 6"]);
    // The public reads what is consented to be published, and no more.
    let public = world.get(&path).expect(200).await;
    assert_eq!(told(&public), ["FIN Raha. 5", "KEN Money. 6"]);
    let administrator = world.token(access::Role::Administrator, None).await;
    let content = first["items"][0]["text"]["content"].as_str().unwrap();
    let redact = world
        .post(&format!("/v1/contents/{content}/redaction"))
        .token(&administrator);
    redact
        .json(&json!({"reason": "names_a_person"}))
        .expect(200)
        .await;
    let after = world.get(&path).expect(200).await;
    assert_eq!(told(&after), ["FIN - null", "KEN Money. 6"]);
    world
        .get(&format!("/v1/collections/{collection}/texts?question=A1"))
        .token(&world.officer)
        .problem(400, "bad_parameter")
        .await;
}

#[tokio::test]
async fn figures_are_told_over_time_and_against_an_earlier_round() {
    let world = World::new().await;
    let collection = replied(&world).await;
    let path = format!(
        "/v1/collections/{collection}/figures-over-time?interval=month&questions=A1&from=2026-01-01"
    );
    let table = world.get(&path).token(&world.officer).expect(200).await;
    let periods = table["columns"][0]["categories"].as_array().unwrap();
    let last = periods.last().unwrap()["code"].as_str().unwrap();
    let of = |period: &str, measure: &str, category: &str| {
        value(
            &table,
            &[
                ("period", period),
                ("measure", measure),
                ("category", category),
            ],
        )
    };
    assert_eq!(of("2026-01", "replied", "all"), 0);
    assert_eq!(
        (of(last, "replied", "all"), of(last, "chosen", "yes")),
        (json!(6), json!(3))
    );
    let days = format!("/v1/collections/{collection}/figures-over-time?interval=day");
    world
        .get(&days)
        .token(&world.officer)
        .problem(422, "too_many_periods")
        .await;

    // The same revision is sent out again, and three of six reply to both.
    let earlier = world
        .get(&format!("/v1/collections/{collection}"))
        .token(&world.officer)
        .expect(200)
        .await;
    let mut again = crate::support::opening(
        earlier["instrument"].as_str().unwrap(),
        "2999-12-31",
        &json!({"parties": ["FIN", "SWE", "KEN", "NOR"]}),
    );
    again["reference"] = json!("CU/2012/1");
    let again = world
        .post("/v1/collections")
        .token(&world.officer)
        .json(&again)
        .expect(201)
        .await;
    let again = again["id"].as_str().unwrap();
    for (party, law, number) in [
        ("FIN", "yes", 4),
        ("SWE", "yes", 6),
        ("KEN", "yes", 20),
        ("NOR", "no", 500),
    ] {
        let token = world.focal_point(party).await;
        world
            .submitted(
                again,
                &token,
                json!({"A1": {"value": law}, "A3": {"value": number}}),
            )
            .await;
    }
    let path = format!("/v1/collections/{again}/changes?since={collection}");
    let table = world.get(&path).token(&world.officer).expect(200).await;
    let row = |measure: &str, question: &str, category: &str| {
        let rows = table["rows"].as_array().unwrap();
        let found = rows.iter().find(|row| {
            row["question"] == question && row["measure"] == measure && row["category"] == category
        });
        let found = found.unwrap();
        (
            found["then"].clone(),
            found["now"].clone(),
            found["change"].clone(),
        )
    };
    assert_eq!(row("replied", "A1", "all"), (json!(3), json!(3), json!(0)));
    assert_eq!(row("chosen", "A1", "yes"), (json!(2), json!(3), json!(1)));
    assert_eq!(row("median", "A3", "all"), (json!(5), json!(6), json!(1)));
    let codes: Vec<&str> = table["notices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|notice| notice["code"].as_str().unwrap())
        .collect();
    assert!(codes.contains(&"both_rounds"), "{codes:?}");
}
