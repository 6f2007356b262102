//! How many statements a request takes besides its append: so that a regression is seen without a clock.

use access::Role;
use serde_json::json;

use crate::support::{Call, ServingProcess, World, http};

/// The statements that were made for a request.
async fn statements(served: &ServingProcess, call: Call, expected: u16) -> Vec<String> {
    let id = clock::new_id().to_string();
    call.header("x-request-id", &id).expect(expected).await;
    let said = served.said();
    let lines = said
        .lines()
        .filter(|line| line.contains(&id) && line.contains("sqlx::query"));
    let summary = |line: &str| line.split_once("summary=").unwrap().1.to_owned();
    lines.map(summary).collect()
}

#[tokio::test]
async fn a_save_takes_one_statement_besides_its_append_and_what_is_read_again_none() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let collection = format!("/v1/collections/{}", opened.collection);
    let finland = world.focal_point("FIN").await;
    let officer = world.token(Role::Officer, None).await;
    let settings = [("RAPPORTEUR_LOG", "info,sqlx=debug")];
    let served = ServingProcess::start(&world.database, &settings);
    let client = http();
    let call = |method: reqwest::Method, path: &str| {
        Call::new(&client, method, &format!("{}{path}", served.url))
    };
    let get = |path: &str| call(reqwest::Method::GET, path);
    let begin = call(reqwest::Method::POST, &format!("{collection}/replies")).token(&finland);
    let begun = begin.expect(201).await;
    let reply = format!("/v1/replies/{}", begun["id"].as_str().unwrap());
    let save = |value: &str| {
        let save = call(reqwest::Method::PUT, &format!("{reply}/answers/A1"));
        save.token(&finland).json(&json!({ "value": value }))
    };
    // The first one reserves bytes of the day, and reads what the process does not know yet.
    save("yes").expect(200).await;
    let saved = statements(&served, save("no"), 200).await;
    assert_eq!(saved.len(), 1, "whose token it is: {saved:#?}");

    let submit = call(reqwest::Method::POST, &format!("{reply}/submission")).token(&finland);
    let submitted = statements(&served, submit, 201).await;
    // Whose token it is, the needs that are drafted beside it, and the receipt's evidence.
    assert!(submitted.len() <= 5, "{submitted:#?}");

    for path in [
        format!("{collection}/participation"),
        "/v1/parties?limit=1".to_owned(),
        "/v1/standards".to_owned(),
        "/v1/collections".to_owned(),
        "/v1/mandates/2004-28".to_owned(),
    ] {
        let first = statements(&served, get(&path), 200).await;
        assert!((1..=4).contains(&first.len()), "{path}: {first:#?}");
        let again = statements(&served, get(&path), 200).await;
        assert!(again.is_empty(), "{path}: {again:#?}");
    }
    let tally = || get(&format!("{collection}/tallies?question=A1")).token(&officer);
    statements(&served, tally(), 200).await;
    let mut again = statements(&served, tally(), 200).await;
    // Whose token it is may be asked once a second.
    again.retain(|statement| !statement.contains("t.hash"));
    assert!(again.is_empty(), "{again:#?}");
}
