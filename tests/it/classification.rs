//! /v1/regional-groups, /v1/categories, /v1/standards, /v1/classification

use serde_json::json;

use crate::support::{World, each, faults, item_where, questionnaire};

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
        let group = item_where(&groups, "code", code);
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
    let rules = item_where(&page["items"], "code", "bangkok-rules");
    assert_eq!(rules["years"], json!([2010]));
    for confidence in ["cited", "unconfirmed"] {
        item_where(&page["items"], "confidence", confidence);
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
    assert_eq!(item_where(&now["items"], "code", "V")["standards"], 1);
    let then = world
        .get(&format!("/v1/categories?as_of={before}"))
        .expect(200)
        .await;
    assert_eq!(each(&then["items"], "code"), ["I", "II", "III", "IV"]);
}

#[tokio::test]
async fn a_later_version_regroups_and_instruments_keep_theirs() {
    let world = World::new().await;
    let made_before = world.approved_instrument().await;
    let before = world.head().await;
    let version = |changes: serde_json::Value| {
        let mut version = json!({"title": {"en": "Compendium of 2006", "fr": "Recueil de 2006"}, "on": "2006-07-01"});
        for (name, change) in changes.as_object().unwrap() {
            version[name] = change.clone();
        }
        world
            .post("/v1/classification/versions")
            .token(&world.officer)
            .json(&version)
    };
    let nothing = version(json!({}))
        .problem(422, "classification_faulty")
        .await;
    assert_eq!(faults(&nothing), [("version_changes_nothing", "")]);
    let wrong = json!({"on": "2999-01-01", "retired": ["I"], "regrouped": [{"standard": "no-such", "category": "V"}]});
    let wrong = version(wrong).problem(422, "classification_faulty").await;
    let expected = [
        ("day_in_the_future", "/on"),
        ("unknown_standard", "/regrouped/0/standard"),
        ("unknown_category", "/regrouped/0/category"),
        ("category_not_empty", "/retired/0"),
    ];
    assert_eq!(faults(&wrong), expected);

    let changes = json!({"categories": [{"code": "V", "title": {"en": "Women"}}],
        "renamed": [{"code": "I", "title": {"en": "Persons in custody"}}],
        "regrouped": [{"standard": "bangkok-rules", "category": "V"}]});
    let published = version(changes).expect(200).await;
    assert_eq!(published["version"], 2);
    version(json!({"on": "2006-06-30", "renamed": [{"code": "I", "title": {"en": "A"}}]}))
        .problem(422, "classification_faulty")
        .await;

    // The latest version is shown unless another is asked for; that one as it was at its end.
    let standards = async |query: &str| {
        let listed = world
            .get(&format!("/v1/standards?limit=500&{query}"))
            .expect(200)
            .await;
        item_where(&listed["items"], "code", "bangkok-rules")["category"].clone()
    };
    assert_eq!(standards("").await, "V");
    assert_eq!(standards("version=2").await, "V");
    assert_eq!(standards("version=1").await, "I");
    assert_eq!(standards(&format!("as_of={before}")).await, "I");
    let categories = world.get("/v1/categories").expect(200).await;
    assert_eq!(
        item_where(&categories["items"], "code", "I")["title"],
        "Persons in custody"
    );
    assert_eq!(
        item_where(&categories["items"], "code", "V")["standards"],
        1
    );
    let first = world.get("/v1/categories?version=1").expect(200).await;
    assert_eq!(each(&first["items"], "code"), ["I", "II", "III", "IV"]);
    world
        .get("/v1/categories?version=3")
        .problem(404, "unknown_version")
        .await;
    let not_yet = format!("/v1/standards?version=2&as_of={before}");
    world.get(&not_yet).problem(404, "unknown_version").await;
    world
        .get("/v1/standards?version=x")
        .problem(400, "bad_parameter")
        .await;
    let versions = world
        .get("/v1/classification/versions?lang=fr")
        .expect(200)
        .await;
    let titles = versions["items"].as_array().unwrap();
    let titles: Vec<_> = titles.iter().map(|version| &version["title"]).collect();
    assert_eq!(titles, [&json!(null), &json!("Recueil de 2006")]);

    // An instrument keeps the version it was made under, and stays valid.
    let path = format!("/v1/instruments/{made_before}");
    let shown = world.get(&path).token(&world.officer).expect(200).await;
    assert_eq!(shown["classification_version"], 1);
    let mut draft = questionnaire();
    draft["title"]["en"] = json!("Another");
    world
        .put(&format!("{path}/draft"))
        .token(&world.officer)
        .json(&draft)
        .expect(200)
        .await;
    world
        .post(&format!("{path}/revisions"))
        .token(&world.officer)
        .expect(201)
        .await;
    let made_after = world.revised_instrument("presentation").await;
    let shown = world
        .get(&made_after)
        .token(&world.officer)
        .expect(200)
        .await;
    assert_eq!(shown["classification_version"], 2);

    // A category in which nothing is left is given up, and the reference data do not bring it back.
    let renamed = json!({"on": "2007-01-01", "retired": ["V"], "regrouped": [{"standard": "bangkok-rules", "category": "I"}]});
    assert_eq!(version(renamed).expect(200).await["version"], 3);
    let head = world.head().await;
    let loaded = rapporteur::reference::load(&world.server.services.desk)
        .await
        .unwrap();
    assert_eq!((loaded, world.head().await), (0, head));
    assert_eq!(standards("version=2").await, "V");
    assert_eq!(standards("version=3").await, "I");
}
