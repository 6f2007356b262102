use super::*;

#[tokio::test]
async fn a_manual_is_reviewed_revised_issued_and_reviewed_again() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let need = world.indicated(&finland).await;
    let new = json!({"kind": "manual", "title": {"en": "A manual", "fr": "Un manuel"}, "needs": [id(&need)],
        "standards": ["bangkok-rules"], "on": "2005-01-10"});
    let taken_up = world.post("/v1/materials").token(&world.officer).json(&new);
    let taken_up = taken_up.send().await;
    let material = taken_up.header("location").to_owned();
    assert_eq!(taken_up.expect(201)["status"], "under_review");
    let began = world.head().await;
    let step = |what: &str, on: &str| {
        let call = world
            .post(&format!("{material}/{what}"))
            .token(&world.officer);
        call.json(&json!({ "on": on }))
    };
    step("issue", "2005-02-01")
        .problem(409, "material_not_revised")
        .await;
    step("review", "2005-02-01")
        .problem(409, "material_under_review")
        .await;
    let problem = step("revision", "2005-01-09")
        .problem(422, "material_faulty")
        .await;
    assert_eq!(faults(&problem), [("before_what_it_follows", "/on")]);
    step("revision", "2005-02-01").expect(200).await;
    step("revision", "2005-02-01")
        .problem(409, "material_already_revised")
        .await;
    step("review", "2005-02-01")
        .problem(409, "material_not_issued")
        .await;
    step("issue", "2005-03-01").expect(200).await;
    let edit = json!({"title": {"en": "Another"}, "needs": [], "standards": []});
    let call = world.put(&material).token(&world.officer).json(&edit);
    call.problem(409, "material_already_issued").await;
    let again = step("review", "2006-03-01").expect(200).await;
    assert_eq!(
        (&again["status"], &again["status_on"]),
        (&json!("under_review"), &json!("2006-03-01"))
    );
    for (state, on) in [("sought", "2006-03-01"), ("secured", "2006-05-01")] {
        let body = json!({"resources": state, "on": on});
        let put = world
            .put(&format!("{material}/resources"))
            .token(&world.officer);
        put.json(&body).expect(200).await;
    }

    // The need is its State's to see; how many there are, everybody's.
    let shown = world.get(&format!("{material}?lang=fr")).expect(200).await;
    let titles = json!({"en": "A manual", "fr": "Un manuel"});
    assert_eq!(shown["titles"], titles);
    assert_eq!(
        (&shown["title"], &shown["needs"]),
        (&json!("Un manuel"), &json!([]))
    );
    assert_eq!(shown["withheld"]["needs"], 1);
    assert_eq!(
        each(&shown["resources"], "resources"),
        ["sought", "secured"]
    );
    let shown = world.get(&material).token(&finland).expect(200).await;
    assert_eq!(
        (&shown["needs"], &shown["withheld"]["needs"]),
        (&json!([id(&need)]), &json!(0))
    );
    let then = world
        .get(&format!("{material}?as_of={began}"))
        .expect(200)
        .await;
    assert_eq!(
        (&then["status_on"], &then["resources"]),
        (&json!("2005-01-10"), &json!([]))
    );
    for (asked, found) in [
        ("kind=manual&status=under_review&standard=bangkok-rules", 1),
        ("kind=model_law", 0),
        ("status=issued", 0),
    ] {
        let listed = world
            .get(&format!("/v1/materials?{asked}"))
            .expect(200)
            .await;
        assert_eq!(listed["items"].as_array().unwrap().len(), found, "{asked}");
    }
    let told = world
        .get(&format!("/v1/timelines/{}", id(&material)))
        .expect(200)
        .await;
    assert_eq!(
        told["items"][0]["text"],
        "A material is under review since 10 January 2005 (manual): A manual."
    );
}

#[tokio::test]
async fn the_faults_of_a_material_are_listed() {
    let world = World::new().await;
    let faulty = json!({"kind": "model_law", "title": {"en": " "}, "standards": ["none", "none"],
        "needs": ["0190b5f0-0000-7000-8000-000000000000"], "on": "2999-01-10"});
    let call = |token: &str, body: &Value| world.post("/v1/materials").token(token).json(body);
    let problem = call(&world.officer, &faulty)
        .problem(422, "material_faulty")
        .await;
    let expected = [
        ("missing_text", "/title"),
        ("not_there", "/needs/0"),
        ("unknown_standard", "/standards/0"),
        ("listed_twice", "/standards/1"),
        ("day_in_the_future", "/on"),
    ];
    assert_eq!(faults(&problem), expected);
    let good = json!({"kind": "model_law", "title": {"en": "A law"}, "on": "2005-01-10"});
    let donor = world.token(Role::Donor, Some("AUT")).await;
    call(&donor, &good).problem(403, "not_allowed").await;
    world
        .post("/v1/materials")
        .json(&good)
        .problem(401, "missing_token")
        .await;
    let made = call(&world.officer, &good).expect(201).await;
    let path = format!("/v1/materials/{}", made["id"].as_str().unwrap());
    let edit = || {
        world
            .put(&path)
            .token(&world.officer)
            .json(&json!({"title": {"en": "Renamed"}, "needs": [], "standards": []}))
    };
    // Who writes back less than was read would lose the rest.
    let less = world.put(&path).token(&world.officer);
    let less = less.json(&json!({"title": {"en": "Renamed"}, "needs": []}));
    less.problem(422, "wrong_body").await;
    assert_eq!(edit().expect(200).await["title"], "Renamed");
    let head = world.head().await;
    edit().expect(200).await;
    assert_eq!(world.head().await, head, "the same again leaves no trace");
}
