//! /v1/regional-groups, /v1/categories, /v1/standards, /v1/classification

use serde_json::json;

use crate::support::{World, each, faults, of};

#[tokio::test]
async fn the_regional_groups_have_names_and_seats() {
    let world = World::new().await;
    let groups = world.get("/v1/regional-groups").expect(200).await;
    assert_eq!(groups.as_array().unwrap().len(), 5);
    for (code, label, seats) in [
        ("african", "African States", 12),
        ("asia-pacific", "Asia-Pacific States", 9),
        ("grulac", "Latin American and Caribbean States", 8),
        ("eastern-european", "Eastern European States", 4),
        ("weog", "Western European and other States", 7),
    ] {
        let group = of(&groups, "code", code);
        assert_eq!(group["label"], label);
        assert_eq!(group["commission_seats"], seats);
    }
}

#[tokio::test]
async fn the_four_categories_count_their_standards() {
    let world = World::new().await;
    let categories = world.get("/v1/categories").expect(200).await;
    assert_eq!(each(&categories["items"], "code"), ["I", "II", "III", "IV"]);
    for category in categories["items"].as_array().unwrap() {
        let code = category["code"].as_str().unwrap();
        let path = format!("/v1/standards?limit=500&category={code}");
        let standards = world.get(&path).expect(200).await;
        let listed = standards["items"].as_array().unwrap();
        assert!(!listed.is_empty());
        assert_eq!(category["standards"], listed.len(), "{code}");
        assert!(listed.iter().all(|standard| standard["category"] == code));
    }
}

#[tokio::test]
async fn standards_are_paged_and_say_which_are_unconfirmed() {
    let world = World::new().await;
    let all = world.get("/v1/standards?limit=500").expect(200).await;
    let all = each(&all["items"], "code")
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    let mut walked = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = world
            .get(&format!("/v1/standards?limit=3{cursor}"))
            .expect(200)
            .await;
        walked.extend(each(&page["items"], "code").into_iter().map(str::to_owned));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(walked, all);
    assert!(all.len() > 10);
    let page = world.get("/v1/standards?limit=500").expect(200).await;
    let rules = of(&page["items"], "code", "bangkok-rules");
    assert_eq!(rules["years"], json!([2010]));
    for confidence in ["cited", "unconfirmed"] {
        of(&page["items"], "confidence", confidence);
    }
}

#[tokio::test]
async fn an_extension_is_whole_or_not_at_all() {
    let world = World::new().await;
    let standard = |code: &str, category: &str| {
        json!({"code": code, "category": category, "title": {"en": "A standard"}, "adopted_by": "A resolution",
               "years": [2024], "confidence": "cited"})
    };
    let before = world.head().await;
    let faulty = json!({"categories": [{"code": "I", "title": {"en": "Again"}}],
                        "standards": [standard("new-one", "V"), standard("bangkok-rules", "I"), standard("a b", "I")]});
    let problem = world
        .post("/v1/classification")
        .token(&world.officer)
        .json(&faulty)
        .problem(422, "classification_faulty")
        .await;
    assert_eq!(
        faults(&problem),
        [
            ("category_exists", "/categories/0/code"),
            ("unknown_category", "/standards/0/category"),
            ("standard_exists", "/standards/1/code"),
            ("bad_code", "/standards/2/code"),
        ]
    );
    assert_eq!(world.head().await, before);

    let good = json!({"categories": [{"code": "V", "title": {"en": "A fifth"}}], "standards": [standard("new-one", "V")]});
    let extended = world
        .post("/v1/classification")
        .token(&world.officer)
        .json(&good)
        .expect(200)
        .await;
    assert!(
        extended["categories"]
            .as_array()
            .unwrap()
            .contains(&json!("V"))
    );
    let now = world.get("/v1/categories").expect(200).await;
    assert_eq!(of(&now["items"], "code", "V")["standards"], 1);
    let then = world
        .get(&format!("/v1/categories?as_of={before}"))
        .expect(200)
        .await;
    assert_eq!(each(&then["items"], "code"), ["I", "II", "III", "IV"]);
}
