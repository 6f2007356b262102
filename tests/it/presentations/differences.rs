//! What differs between two revisions, beside the questions' own texts.

use serde_json::json;

use crate::support::{World, item_where, questionnaire};

#[tokio::test]
async fn limits_options_and_titles_differ_in_the_languages_in_which_they_do() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let mut changed = questionnaire();
    changed["title"]["fr"] = json!("Un autre titre");
    changed["introduction"] = json!({"en": "First", "fr": "D’abord"});
    changed["sections"][1]["title"]["fr"] = json!("Obstacles");
    let questions = &mut changed["sections"][0]["questions"];
    questions[1]["options"][0]["label"]["fr"] = json!("Autre");
    questions[1]["exclusive"] = json!([]);
    questions[2]["max"] = json!(2000);
    questions[3]["places"] = json!(2);
    questions[3]["unit"] = json!({"en": "per cent", "fr": "pour cent"});
    changed["sections"][1]["questions"][0]["max_length"] = json!(300);
    world.revise(&instrument, &changed, json!({})).await;
    let found = world.get(&format!("{instrument}/revisions/2/differences"));
    let found = found.token(&world.officer).expect(200).await;
    assert_eq!(found["title"]["languages"], json!(["fr"]));
    let introduction = &found["introduction"];
    assert_eq!(introduction["from"], json!(null));
    assert_eq!(introduction["languages"], json!(["en", "fr"]));
    assert_eq!(found["sections"][0]["languages"], json!(["fr"]));
    for (code, languages, was, is) in [
        (
            "A2",
            json!(["fr"]),
            json!({"exclusive": ["none"]}),
            json!({}),
        ),
        (
            "A3",
            json!([]),
            json!({"min": 0, "max": 1000}),
            json!({"min": 0, "max": 2000}),
        ),
        (
            "A4",
            json!(["en", "fr"]),
            json!({"min": "0", "max": "100", "places": 1}),
            json!({"min": "0", "max": "100", "places": 2, "unit": {"en": "per cent", "fr": "pour cent"}}),
        ),
        (
            "D1",
            json!([]),
            json!({"max_length": 200}),
            json!({"max_length": 300}),
        ),
    ] {
        let question = item_where(&found["questions"], "code", code);
        assert_eq!(question["parts"], json!(["answer"]), "{code}");
        assert_eq!(question["languages"], languages, "{code}");
        assert_eq!(question["from"]["limits"], was, "{code}");
        assert_eq!(question["to"]["limits"], is, "{code}");
    }
}
