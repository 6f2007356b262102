//! PUT /v1/instruments/{instrument}/translations/{language}

use serde_json::{Value, json};

use crate::support::{World, faults, questionnaire};

/// An instrument in English and French whose draft is in English alone, but for its standard scales; answers its path.
async fn drafted(world: &World) -> String {
    let instrument = world
        .post("/v1/instruments")
        .token(&world.officer)
        .json(
            &json!({"title": {"en": "A sample", "fr": "Un exemple"}, "category": "I",
                      "route": "intersessional", "languages": ["en", "fr"]}),
        )
        .expect(201)
        .await;
    let path = format!("/v1/instruments/{}", instrument["id"].as_str().unwrap());
    save(world, &path, &english()).await;
    path
}

/// The sample in English alone.
fn english() -> Value {
    let mut draft = questionnaire();
    leave_out(&mut draft, "fr");
    draft
}

fn leave_out(value: &mut Value, lang: &str) {
    match value {
        Value::Object(members) => {
            members.remove(lang);
            members
                .values_mut()
                .for_each(|member| leave_out(member, lang));
        }
        Value::Array(elements) => elements
            .iter_mut()
            .for_each(|element| leave_out(element, lang)),
        _ => {}
    }
}

async fn save(world: &World, path: &str, draft: &Value) -> Value {
    let save = world
        .put(&format!("{path}/draft"))
        .token(&world.officer)
        .json(draft);
    save.expect(200).await
}

async fn draft(world: &World, path: &str) -> Value {
    let draft = world.get(&format!("{path}/draft")).token(&world.officer);
    draft.expect(200).await
}

async fn translate(world: &World, path: &str, texts: Value) -> Value {
    let put = world
        .put(&format!("{path}/translations/fr"))
        .token(&world.officer)
        .json(&json!({ "texts": texts }));
    put.expect(200).await["completeness"].clone()
}

async fn texts(world: &World, path: &str, query: &str) -> Value {
    let get = world
        .get(&format!("{path}/translations/fr{query}"))
        .token(&world.officer);
    get.expect(200).await
}

fn text<'a>(translation: &'a Value, key: &str) -> &'a Value {
    let texts = translation["texts"].as_array().unwrap();
    texts.iter().find(|text| text["key"] == key).unwrap()
}

/// Every text in French, as it would be typed.
async fn all(world: &World, path: &str) -> Value {
    let there = texts(world, path, "").await;
    let texts = there["texts"].as_array().unwrap().iter();
    let texts = texts.map(|text| {
        let original = text["original"].as_str().unwrap();
        (
            text["key"].as_str().unwrap().to_owned(),
            json!(format!("{original} (fr)")),
        )
    });
    Value::Object(texts.collect())
}

#[tokio::test]
async fn texts_are_translated_all_or_some_and_the_answer_says_what_is_missing() {
    let world = World::new().await;
    let path = drafted(&world).await;
    let said = translate(
        &world,
        &path,
        json!({"questions.A1.text": "Est-ce la loi ?"}),
    )
    .await;
    let total = said["total"].as_u64().unwrap();
    assert_eq!(
        (&said["translated"], &said["behind"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(said["missing"].as_array().unwrap().len() as u64, total - 1);
    assert_eq!(said["complete"], false);
    let shown = draft(&world, &path).await;
    let question = &shown["sections"][0]["questions"][0];
    assert_eq!(
        question["text"],
        json!({"en": "Is it law?", "fr": "Est-ce la loi ?"})
    );
    let revise = || {
        world
            .post(&format!("{path}/revisions"))
            .token(&world.officer)
    };
    revise().problem(422, "questionnaire_faulty").await;

    let mut rest = all(&world, &path).await;
    rest.as_object_mut().unwrap().remove("questions.A1.text");
    let said = translate(&world, &path, rest).await;
    assert_eq!(said["complete"], true);
    assert_eq!(
        (&said["translated"], &said["missing"]),
        (&json!(total), &json!([]))
    );
    let revised = revise().expect(201).await;
    assert_eq!(revised["languages"], json!(["en", "fr"]));
    assert_eq!(revised["behind"], json!({}));
}

#[tokio::test]
async fn no_edit_of_the_form_loses_a_translation_and_an_edited_original_leaves_it_behind() {
    let world = World::new().await;
    let path = drafted(&world).await;
    translate(
        &world,
        &path,
        json!({"questions.A1.text": "Loi ?", "questions.A3.text": "Combien ?"}),
    )
    .await;
    // Without any French, with A1 reworded and moved to another section.
    let mut edited = english();
    let mut moved = edited["sections"][0]["questions"]
        .as_array_mut()
        .unwrap()
        .remove(0);
    moved["text"]["en"] = json!("Is it a law?");
    edited["sections"][1]["questions"]
        .as_array_mut()
        .unwrap()
        .push(moved);
    let saved = save(&world, &path, &edited).await;
    assert_eq!(saved["languages"][0]["lang"], "fr");
    assert_eq!(saved["languages"][0]["completeness"]["behind"], 1);
    let shown = draft(&world, &path).await;
    assert_eq!(shown["sections"][1]["questions"][1]["text"]["fr"], "Loi ?");
    let there = texts(&world, &path, "").await;
    let behind = text(&there, "questions.A1.text");
    assert_eq!(behind["state"], "behind");
    assert_eq!(behind["translated_from"], "Is it law?");
    assert_eq!(text(&there, "questions.A3.text")["state"], "current");
    assert_eq!(text(&there, "questions.A2.text")["state"], "missing");
    // What the form brings holds.
    let mut brought = shown.clone();
    brought["sections"][1]["questions"][1]["text"]["fr"] = json!("Une loi ?");
    save(&world, &path, &brought).await;
    let there = texts(&world, &path, "").await;
    let now = text(&there, "questions.A1.text");
    assert_eq!(
        (&now["state"], &now["text"]),
        (&json!("current"), &json!("Une loi ?"))
    );
    // And a translation can be taken away.
    translate(&world, &path, json!({"questions.A3.text": null})).await;
    let there = texts(&world, &path, "").await;
    assert_eq!(text(&there, "questions.A3.text")["state"], "missing");
}

#[tokio::test]
async fn what_comes_with_the_form_is_behind_too_once_its_original_alone_is_edited() {
    let world = World::new().await;
    let path = drafted(&world).await;
    save(&world, &path, &questionnaire()).await;
    let mut edited = questionnaire();
    edited["title"]["en"] = json!("Another title");
    save(&world, &path, &edited).await;
    let there = texts(&world, &path, "").await;
    assert_eq!(text(&there, "title")["state"], "behind");
    assert_eq!(there["completeness"]["behind"], 1);
    let revised = world
        .post(&format!("{path}/revisions"))
        .token(&world.officer);
    assert_eq!(revised.expect(201).await["behind"], json!({"fr": 1}));
    let head = world.head().await;
    save(&world, &path, &edited).await;
    assert_eq!(world.head().await, head);
    // Given again, it is of the words as they are.
    let said = translate(&world, &path, json!({"title": "A sample (fr)"})).await;
    assert_eq!(said["behind"], 0);
}

#[tokio::test]
async fn translations_are_refused_text_by_text() {
    let world = World::new().await;
    let path = drafted(&world).await;
    let head = world.head().await;
    let long = "x".repeat(4_001);
    let put = world
        .put(&format!("{path}/translations/fr"))
        .token(&world.officer)
        .json(&json!({"texts": {"questions.A1.text": " ", "questions.A2.text": long, "questions.Z9.text": "Quoi ?",
                                "title": "Un exemple"}}));
    let problem = put.problem(422, "translation_faulty").await;
    let expected = [
        ("blank", "/texts/questions.A1.text"),
        ("text_too_long", "/texts/questions.A2.text"),
        ("no_such_text", "/texts/questions.Z9.text"),
    ];
    assert_eq!(faults(&problem), expected);
    assert_eq!(world.head().await, head);
    for lang in ["en", "de"] {
        let put = world
            .put(&format!("{path}/translations/{lang}"))
            .token(&world.officer)
            .json(&json!({"texts": {"title": "A"}}));
        put.problem(400, "bad_parameter").await;
    }
}

async fn table(world: &World, path: &str) -> String {
    let get = world
        .get(&format!("{path}/translations/fr?format=csv"))
        .token(&world.officer);
    let answer = get.send().await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-type").starts_with("text/csv"));
    answer.text.clone()
}

fn sent(world: &World, path: &str, table: &str) -> crate::support::Call {
    world
        .put(&format!("{path}/translations/fr"))
        .token(&world.officer)
        .body("text/csv; charset=utf-8", table.to_owned())
}

#[tokio::test]
async fn a_table_goes_to_translators_and_comes_back() {
    let world = World::new().await;
    let path = drafted(&world).await;
    let mut formula = english();
    formula["sections"][0]["title"]["en"] = json!("=1+1, \"quoted\"\nin two lines");
    save(&world, &path, &formula).await;
    translate(&world, &path, json!({"questions.A1.text": "+ Loi ?"})).await;
    let by_header = world
        .get(&format!("{path}/translations/fr"))
        .token(&world.officer)
        .header("accept", "text/csv");
    let given = table(&world, &path).await;
    assert_eq!(by_header.send().await.text, given);
    let lines: Vec<&str> = given.split("\r\n").collect();
    assert_eq!(lines[0], "\u{feff}key,en,fr,state,translated_from");
    assert!(
        given.contains("questions.A1.text,Is it law?,'+ Loi ?,current,\r\n"),
        "{given}"
    );
    assert!(
        given.contains("sections.A.title,\"'=1+1, \"\"quoted\"\"\nin two lines\",,missing,\r\n"),
        "{given}"
    );
    // As it went out, it changes nothing.
    let head = world.head().await;
    sent(&world, &path, &given).expect(200).await;
    assert_eq!(world.head().await, head);
    let filled = given
        .replace("in two lines\",,", "in two lines\",'=Droit,")
        .replace(
            "questions.A3.text,How many?,,",
            "questions.A3.text,How many?,\"Combien, au \"\"total\"\" ?\",",
        );
    let said = sent(&world, &path, &filled).expect(200).await;
    assert_eq!(said["completeness"]["translated"], 3);
    let there = texts(&world, &path, "").await;
    assert_eq!(text(&there, "sections.A.title")["text"], "=Droit");
    assert_eq!(
        text(&there, "questions.A3.text")["text"],
        "Combien, au \"total\" ?"
    );
    assert_eq!(text(&there, "questions.A1.text")["text"], "+ Loi ?");
}

#[tokio::test]
async fn a_table_is_refused_line_by_line() {
    let world = World::new().await;
    let path = drafted(&world).await;
    let head = world.head().await;
    let wrong = "key;en;fr;state\n\
                 title;A sample;Un exemple;missing\n\
                 questions.A1.text;Is it the law?;Loi ?;missing\n\
                 questions.Z9.text;What?;Quoi ?;missing\n\
                 questions.Z8.text;Who?;;missing\n\
                 title;A sample;Exemple;missing\n\
                 questions.A2.text;Which?\n";
    let problem = sent(&world, &path, wrong)
        .problem(422, "translation_faulty")
        .await;
    let expected = [
        ("original_differs", "/lines/3"),
        ("no_such_text", "/lines/4"),
        ("text_listed_twice", "/lines/6"),
        ("bad_table_line", "/lines/7"),
    ];
    assert_eq!(faults(&problem), expected);
    let problem = sent(&world, &path, "key,fr\ntitle,A\n").problem(422, "translation_faulty");
    assert_eq!(faults(&problem.await), [("column_missing", "/lines/1")]);
    let open = "key,en,fr\ntitle,A sample,\"Un exemple\nquestions.A2.text,Which?,Lesquels ?\n";
    let problem = sent(&world, &path, open)
        .problem(422, "translation_faulty")
        .await;
    assert_eq!(faults(&problem), [("bad_table_line", "/lines/2")]);
    assert_eq!(world.head().await, head);
}

#[tokio::test]
async fn what_is_behind_is_current_again_only_where_the_table_says_so() {
    let world = World::new().await;
    let path = drafted(&world).await;
    translate(&world, &path, json!({"title": "Un exemple"})).await;
    let mut edited = english();
    edited["title"]["en"] = json!("The sample");
    save(&world, &path, &edited).await;
    let given = table(&world, &path).await;
    assert!(
        given.contains("title,The sample,Un exemple,behind,A sample\r\n"),
        "{given}"
    );
    let said = sent(&world, &path, &given).expect(200).await;
    assert_eq!(said["completeness"]["behind"], 1);
    let confirmed = given.replace("Un exemple,behind,", "Un exemple,current,");
    let said = sent(&world, &path, &confirmed).expect(200).await;
    assert_eq!(said["completeness"]["behind"], 0);
}

#[tokio::test]
async fn a_frozen_revision_is_translated_and_asks_what_it_asked() {
    let world = World::new().await;
    let instrument = world.instrument_that_asks(&questionnaire()).await;
    let path = format!("/v1/instruments/{instrument}");
    let revision = format!("{path}/revisions/1");
    let before = world.get(&revision).token(&world.officer).expect(200).await;
    assert_eq!(before["languages"], json!(["en", "fr"]));
    let spanish = |texts: Value| {
        world
            .put(&format!("{path}/translations/es?revision=1"))
            .token(&world.officer)
            .json(&json!({ "texts": texts }))
    };
    let said = spanish(json!({"title": "Un ejemplo"})).expect(200).await;
    assert_eq!(
        (&said["revision"], &said["completeness"]["complete"]),
        (&json!(1), &json!(false))
    );
    let shown = async || world.get(&revision).token(&world.officer).expect(200).await;
    let some = shown().await;
    assert_eq!(some["questionnaire"]["title"]["es"], "Un ejemplo");
    assert_eq!(some["languages"], json!(["en", "fr"]));
    let keys = said["completeness"]["missing"].as_array().unwrap().iter();
    let rest = keys.map(|key| (key.as_str().unwrap().to_owned(), json!("X")));
    let said = spanish(Value::Object(rest.collect())).expect(200).await;
    assert_eq!(said["completeness"]["complete"], true);
    let mut after = shown().await;
    assert_eq!(after["languages"], json!(["en", "fr", "es"]));
    assert_eq!(after["approval"], before["approval"]);
    leave_out(&mut after["questionnaire"], "es");
    assert_eq!(after["questionnaire"], before["questionnaire"]);
    // What was frozen stays; what was added can be corrected, and the next revision has it.
    let french = world
        .put(&format!("{path}/translations/fr?revision=1"))
        .token(&world.officer)
        .json(&json!({"texts": {"title": "Autre chose"}}));
    let problem = french.problem(422, "translation_faulty").await;
    assert_eq!(faults(&problem), [("text_is_frozen", "/texts/title")]);
    spanish(json!({"title": "Una muestra"})).expect(200).await;
    assert_eq!(draft(&world, &path).await["title"]["es"], "Una muestra");
    let overview = world
        .get(&format!("{path}/translations?revision=1"))
        .token(&world.officer)
        .expect(200)
        .await;
    let languages = overview["languages"].as_array().unwrap().iter();
    let languages: Vec<_> = languages
        .map(|of| (&of["lang"], &of["completeness"]["complete"]))
        .collect();
    assert_eq!(
        languages,
        [(&json!("fr"), &json!(true)), (&json!("es"), &json!(true))]
    );
    let unknown = world
        .get(&format!("{path}/translations/es?revision=2"))
        .token(&world.officer);
    unknown.problem(404, "not_found").await;
}

#[tokio::test]
async fn a_translator_and_an_editor_at_once_lose_nothing_and_a_repeated_command_is_answered_as_then()
 {
    let world = World::new().await;
    let path = drafted(&world).await;
    let keys = ["A1", "A2", "A3", "A4", "A5", "A6", "D1"];
    let put = |key: &str| {
        let key = format!("questions.{key}.text");
        world
            .put(&format!("{path}/translations/fr"))
            .token(&world.officer)
            .header("idempotency-key", &key)
            .json(&json!({"texts": {key: "Traduit"}}))
    };
    let saving = async {
        for n in 0..3 {
            let mut edited = english();
            edited["sections"][0]["title"]["en"] = json!(format!("Title {n}"));
            save(&world, &path, &edited).await;
        }
    };
    let translating = futures_util::future::join_all(keys.map(|key| put(key).send()));
    let (answers, ()) = tokio::join!(translating, saving);
    assert!(answers.iter().all(|answer| answer.status == 200));
    let there = texts(&world, &path, "").await;
    assert_eq!(there["completeness"]["translated"], keys.len());
    let head = world.head().await;
    let again = put("A1").expect(200).await;
    assert_eq!(again, answers[0].json());
    assert_eq!(world.head().await, head);
}
