//! Drafts that begin as a copy of another instrument's revision, or take over sections of one.

use serde_json::{Value, json};

use crate::support::{World, faults};

fn both(text: &str) -> Value {
    json!({"en": text, "fr": format!("{text} (fr)")})
}

/// Two sections, of which the second reads the first; a code list, and a variable by way of another.
fn source() -> Value {
    json!({"title": both("The source"),
        "code_lists": [{"code": "crimes", "entries": [{"value": "theft", "label": both("Theft")}]}],
        "variables": [{"code": "many", "rule": "B1 > 10"}, {"code": "grave", "rule": "many && B2 == \"theft\""}],
        "sections": [
            {"code": "A", "title": both("A"), "questions": [
                {"code": "A1", "heading": "application", "type": "year", "text": both("When?")}]},
            {"code": "B", "title": both("B"), "questions": [
                {"code": "B0", "type": "note", "text": both("Read this.")},
                {"code": "B1", "heading": "practices", "type": "whole_number", "text": both("How many?")},
                {"code": "B2", "heading": "practices", "type": "one_choice", "list": "crimes", "text": both("Which?")},
                {"code": "B3", "heading": "practices", "type": "text", "text": both("Why?"), "relevant": "grave",
                    "same_as": null}]},
            {"code": "C", "title": both("C"), "relevant": "A1 > 2000", "questions": [
                {"code": "C1", "heading": "practices", "type": "decimal", "text": both("How much?")}]}]})
}

struct ModuleFixture {
    world: World,
    source: String,
}

impl ModuleFixture {
    async fn new() -> Self {
        let world = World::new().await;
        let mut asked = source();
        let b3 = &mut asked["sections"][1]["questions"][3];
        b3.as_object_mut().unwrap().remove("same_as");
        let source = world.instrument_that_asks(&asked).await;
        Self { world, source }
    }

    async fn draft(&self, more: Value) -> String {
        let mut new = json!({"title": both("Another"), "category": "I", "route": "intersessional", "languages": ["en", "fr"]});
        for (name, value) in more.as_object().unwrap() {
            new[name] = value.clone();
        }
        let call = self
            .world
            .post("/v1/instruments")
            .token(&self.world.officer);
        let made = call.json(&new).expect(201).await;
        format!("/v1/instruments/{}", made["id"].as_str().unwrap())
    }

    fn take(&self, into: &str, sections: &[&str]) -> crate::support::Call {
        let call = self.world.post(&format!("{into}/draft/sections"));
        let body = json!({"instrument": self.source, "revision": 1, "sections": sections});
        call.token(&self.world.officer).json(&body)
    }

    async fn get(&self, path: &str) -> Value {
        self.world
            .get(path)
            .token(&self.world.officer)
            .expect(200)
            .await
    }

    fn same(&self, code: &str) -> Value {
        json!({"instrument": self.source, "question": code})
    }
}

#[tokio::test]
async fn a_draft_begins_as_a_copy_of_another_instruments_revision() {
    let modules = ModuleFixture::new().await;
    let spanish = format!(
        "/v1/instruments/{}/translations/es?revision=1",
        modules.source
    );
    let translate = modules.world.put(&spanish).token(&modules.world.officer);
    let words = json!({"texts": {"questions.A1.text": "¿Cuándo?"}});
    translate.json(&words).expect(200).await;
    let copies = json!({"copies": {"instrument": modules.source, "revision": 1}});
    let copy = modules.draft(copies.clone()).await;
    let draft = modules.get(&format!("{copy}/draft")).await;
    assert_eq!(draft["code_lists"][0]["code"], "crimes");
    assert_eq!(draft["variables"].as_array().unwrap().len(), 2);
    assert_eq!(
        draft["sections"][0]["questions"][0]["text"]["es"],
        "¿Cuándo?"
    );
    assert_eq!(
        draft["sections"][0]["questions"][0]["same_as"],
        modules.same("A1")
    );
    assert_eq!(
        draft["sections"][1]["questions"][0].get("same_as"),
        None,
        "a note"
    );
    assert_eq!(
        draft["sections"][2]["questions"][0]["same_as"],
        modules.same("C1")
    );
    // It can be frozen as it is, and copied in turn: then of the copy.
    let revise = modules
        .world
        .post(&format!("{copy}/revisions"))
        .token(&modules.world.officer);
    revise.expect(201).await;
    let id = copy.rsplit('/').next().unwrap();
    let next = modules
        .draft(json!({"copies": {"instrument": id, "revision": 1}}))
        .await;
    let draft = modules.get(&format!("{next}/draft")).await;
    assert_eq!(
        draft["sections"][0]["questions"][0]["same_as"],
        json!({"instrument": id, "question": "A1"})
    );
    for (copies, status, code) in [
        (
            json!({"instrument": modules.source, "revision": 2}),
            404,
            "unknown_revision",
        ),
        (
            json!({"instrument": "00000000-0000-0000-0000-000000000001", "revision": 1}),
            404,
            "unknown_instrument",
        ),
    ] {
        let new = json!({"title": both("Another"), "category": "I", "route": "intersessional", "languages": ["en"], "copies": copies});
        let call = modules
            .world
            .post("/v1/instruments")
            .token(&modules.world.officer);
        call.json(&new).problem(status, code).await;
    }
}

#[tokio::test]
async fn sections_are_taken_over_with_what_their_rules_and_questions_need() {
    let modules = ModuleFixture::new().await;
    let into = modules.draft(json!({})).await;
    modules.take(&into, &["B"]).problem(409, "no_draft").await;
    let own = json!({"title": both("Own"), "sections": [{"code": "Z", "title": both("Z"), "questions": [
        {"code": "Z1", "heading": "application", "type": "year", "text": both("Since?"), "relevant": "nothing"}]}]});
    let save = modules
        .world
        .put(&format!("{into}/draft"))
        .token(&modules.world.officer);
    let saved = save.json(&own).send().await;
    let tag = saved.header("etag").to_owned();
    saved.expect(200);
    let taken = modules
        .take(&into, &["B"])
        .header("if-match", &tag)
        .expect(200)
        .await;
    assert_eq!(taken["questions"], 5);
    let draft = modules.get(&format!("{into}/draft")).await;
    assert_eq!(
        draft["sections"][0]["questions"][0]["relevant"], "nothing",
        "faulty or not, it stays"
    );
    assert_eq!(draft["sections"][1]["code"], "B");
    assert_eq!(
        draft["sections"][1]["questions"][3]["same_as"],
        modules.same("B3")
    );
    let codes = |list: &Value| -> Vec<String> {
        let list = list.as_array().unwrap().iter();
        list.map(|item| item["code"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(codes(&draft["variables"]), ["many", "grave"]);
    assert_eq!(codes(&draft["code_lists"]), ["crimes"]);
    // By the draft as it was before, no more.
    modules
        .take(&into, &["A"])
        .header("if-match", &tag)
        .problem(412, "stale_if_match")
        .await;
    let problem = modules
        .take(&into, &["B", "C", "Q"])
        .problem(422, "sections_not_taken")
        .await;
    let told = faults(&problem);
    assert!(told.contains(&("code_is_taken", "/sections/0")), "{told:?}");
    assert!(
        told.contains(&("rules_read_outside", "/sections/1")),
        "{told:?}"
    );
    assert!(
        told.contains(&("no_such_section", "/sections/2")),
        "{told:?}"
    );
    let problem = modules
        .take(&into, &[])
        .problem(422, "sections_not_taken")
        .await;
    assert_eq!(faults(&problem), [("list_empty", "/sections")]);
    // With what it reads it can be taken.
    modules.take(&into, &["A", "C"]).expect(200).await;
    let draft = modules.get(&format!("{into}/draft")).await;
    assert_eq!(codes(&draft["sections"]), ["Z", "B", "A", "C"]);
}
