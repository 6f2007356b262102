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
        ("classes=1", 400, "bad_parameter"),
        ("labels=all", 400, "bad_parameter"),
        ("format=tsv", 406, "format_not_offered"),
    ] {
        let path = format!("/v1/collections/{collection}/figures?{asked}");
        let problem = world.get(&path).token(&world.officer).expect(status).await;
        assert_eq!(problem["code"], code, "{asked}");
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
