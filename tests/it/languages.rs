//! lang=, Accept-Language, Content-Language

use serde_json::json;

use crate::support::{World, item_where, opening};

#[tokio::test]
async fn texts_are_in_the_language_asked_for_and_the_answer_says_which() {
    let world = World::new().await;
    for (lang, name) in [
        ("ar", "فنلندا"),
        ("zh", "芬兰"),
        ("en", "Finland"),
        ("fr", "Finlande"),
        ("ru", "Финляндия"),
        ("es", "Finlandia"),
    ] {
        let party = world.get(&format!("/v1/parties/FIN?lang={lang}"));
        let party = party.send().await;
        assert_eq!(party.expect(200)["name"], name);
        assert_eq!(party.json()["lang"], lang);
        assert_eq!(party.header("content-language"), lang);
    }
    for (accepted, lang) in [
        ("fr-CH, en;q=0.8", "fr"),
        ("de, es;q=0.5, ru;q=0.7", "ru"),
        ("de", "en"),
        ("*", "en"),
        ("fr;q=0, en", "en"),
        ("", "en"),
        (";;,q=,fr;q=x", "en"),
    ] {
        let party = world.get("/v1/parties/FIN");
        let party = party.header("accept-language", accepted).expect(200).await;
        assert_eq!(party["lang"], lang, "{accepted}");
    }
    let quebec = world.get("/v1/parties/FIN?lang=fr-CA").expect(200).await;
    assert_eq!(quebec["lang"], "fr", "a region's language is its base");
    let both = world.get("/v1/parties/FIN?lang=es");
    let both = both.header("accept-language", "fr").expect(200).await;
    assert_eq!(both["lang"], "es", "lang= goes before the header");
}

#[tokio::test]
async fn a_language_that_is_none_of_the_six_is_refused_everywhere() {
    let world = World::new().await;
    for path in [
        "/v1/parties/FIN",
        "/v1/parties",
        "/v1/regional-groups",
        "/v1/events",
    ] {
        for wrong in ["de", "", "FR", "fr,en"] {
            let call = world.get(&format!("{path}?lang={wrong}"));
            let problem = call
                .token(&world.officer)
                .problem(400, "bad_parameter")
                .await;
            assert!(problem["detail"].as_str().unwrap().contains("lang"));
        }
        for right in ["f%72", "fr-CA", "zh-Hant-TW"] {
            let call = world.get(&format!("{path}?lang={right}"));
            call.token(&world.officer).expect(200).await;
        }
    }
}

#[tokio::test]
async fn a_missing_translation_falls_back_and_is_reported() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let mut new = opening(&instrument, "2999-12-31", &json!({"parties": ["FIN"]}));
    new["title"] = json!({"fr": "Un exemple"});
    let opened = world
        .post("/v1/collections")
        .token(&world.officer)
        .json(&new);
    let id = opened.expect(201).await["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/collections/{id}");
    let ask = async |what: &str, accepted: &str| {
        let call = world.get(&format!("{path}{what}")).token(&world.officer);
        call.header("accept-language", accepted).send().await
    };
    let shown = ask("", "ru, en").await;
    assert_eq!(shown.json()["title"], "Un exemple");
    assert_eq!(shown.json()["lang"], "fr");
    assert_eq!(shown.header("content-language"), "fr");

    let tally = ask("/tallies?question=A1", "ru, fr").await;
    assert_eq!(tally.json()["question"]["lang"], "fr");
    assert_eq!(tally.header("content-language"), "fr");
    let missing = item_where(&tally.json()["notices"], "code", "translation_missing").clone();
    assert_eq!(missing["lang"], "fr");
    for option in tally.json()["options"].as_array().unwrap() {
        assert!(option["lang"].is_string(), "{option}");
    }
    let counted = ask("/participation", "es").await;
    assert_eq!(counted.header("content-language"), "en");
    let notice =
        item_where(&counted.json()["notices"], "code", "translation_missing")["text"].clone();
    let notice = notice.as_str().unwrap();
    assert!(notice.contains("es") && notice.contains("en"), "{notice}");
    let french = ask("/participation", "fr").await.json();
    assert_eq!(
        item_where(&french["groups"], "group", "grulac")["label"],
        "États d'Amérique latine et des Caraïbes"
    );
    let notices = french["notices"].to_string();
    assert!(!notices.contains("translation_missing"), "{notices}");
}

#[tokio::test]
async fn who_reads_other_second_languages_is_not_given_anothers_figure() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let path = format!("/v1/collections/{}/tallies?question=A1", opened.collection);
    let ask = async |accepted: &str| {
        let call = world.get(&path).token(&world.officer);
        call.header("accept-language", accepted).send().await
    };
    let (french, english) = (ask("ru, fr").await, ask("ru, en").await);
    assert_eq!(french.json()["question"]["text"], "Is it law? (fr)");
    assert_eq!(english.json()["question"]["text"], "Is it law?");
    assert_ne!(french.header("etag"), english.header("etag"));
}

#[tokio::test]
async fn problems_are_told_in_the_callers_language() {
    let world = World::new().await;
    let detail = async |path: &str, accepted: &str| {
        let call = world.get(path).header("accept-language", accepted);
        let problem = call.send().await.json();
        problem["detail"].as_str().unwrap().to_owned()
    };
    for path in [
        "/v1/parties/XXX",
        "/v1/nothing",
        "/v1/events",
        "/v1/parties?x=1",
    ] {
        let (french, english) = (detail(path, "fr").await, detail(path, "en").await);
        assert_ne!(french, english, "{path}");
        assert_eq!(
            detail(
                &format!(
                    "{path}{}lang=fr",
                    if path.contains('?') { "&" } else { "?" }
                ),
                "en"
            )
            .await,
            french
        );
    }
}
