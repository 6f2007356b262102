use super::*;

#[tokio::test]
async fn a_project_goes_from_a_proposal_to_its_completion() {
    let world = World::new().await;
    world.register("UNDP", "un_entity").await;
    let finland = world.focal_point("FIN").await;
    let (need, shared) = (
        world.indicated(&finland).await,
        world.indicated(&finland).await,
    );
    let share = world.put(&format!("{shared}/sharing")).token(&finland);
    share.json(&json!({"with": "donors"})).expect(200).await;
    let request = world.asks(&finland, &need).await;
    world.accept(&request).await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let reply = world.submitted(
        &opened.collection,
        &finland,
        json!({"A1": {"value": "yes"}}),
    );
    let reply = reply.await;
    let plan = json!({"title": {"en": "Courts", "fr": "Tribunaux"}, "requests": [id(&request)], "replies": [reply],
        "needs": [id(&need), id(&shared)], "post_conflict": true, "partners": ["undp"], "starts_on": "2005-07-01",
        "budget": [{"amount": "250000", "currency": "EUR"}, {"amount": "1000000", "currency": "JPY"}]});
    let project = world.propose(plan.clone()).await;

    // What is restricted is withheld from whoever may not see it, and counted.
    let donor = world.token(Role::Donor, Some("AUT")).await;
    let withheld = |shown: &Value| {
        let count = |kind: &str| shown["withheld"][kind].as_u64().unwrap();
        (count("requests"), count("needs"), count("replies"))
    };
    for token in [&world.officer, &finland] {
        let shown = world.get(&project).token(token).expect(200).await;
        assert_eq!(withheld(&shown), (0, 0, 0));
        assert_eq!(shown["needs"], json!([id(&need), id(&shared)]));
        assert_eq!(
            (&shown["requests"], &shown["replies"]),
            (&json!([id(&request)]), &json!([reply]))
        );
    }
    let shown = world.get(&project).token(&donor).expect(200).await;
    assert_eq!(withheld(&shown), (1, 1, 1));
    assert_eq!(shown["needs"], json!([id(&shared)]));
    let public = world.get(&format!("{project}?lang=fr")).send().await;
    let (tag, shown) = (public.header("etag").to_owned(), public.expect(200));
    assert_eq!(withheld(&shown), (1, 2, 1));
    assert_eq!(
        (&shown["title"], &shown["requests"]),
        (&json!("Tribunaux"), &json!([]))
    );
    assert_eq!(shown["partners"][0]["kind"], "un_entity");
    assert!(!public.text.contains(id(&need)) && !public.text.contains(&reply));
    // Consent is that of now, and moves the tag.
    let publication = world
        .put(&format!("/v1/replies/{reply}/publication"))
        .token(&finland);
    publication
        .json(&json!({"publication": {"all": true}}))
        .expect(200)
        .await;
    let again = world
        .get(&format!("{project}?lang=fr"))
        .header("if-none-match", &tag);
    let shown = again.expect(200).await;
    assert_eq!(shown["replies"], json!([reply]));

    // Without money, until somebody gives some.
    let without = "/v1/projects?without_funds=true";
    assert_eq!(
        each(&world.get(without).expect(200).await["items"], "id"),
        [id(&project)]
    );
    let before = world.head().await;
    let give = |what: Value| {
        let body = json!({"from": "AUT", "to": {"project": id(&project)}, "what": what, "on": "2005-03-02"});
        world
            .post("/v1/contributions")
            .token(&world.officer)
            .json(&body)
    };
    give(json!({"in_kind": {"purpose": "experts"}}))
        .expect(201)
        .await;
    assert_eq!(
        each(&world.get(without).expect(200).await["items"], "id"),
        [id(&project)]
    );
    give(json!({"money": {"amount": "250000", "currency": "EUR"}}))
        .expect(201)
        .await;
    assert_eq!(world.get(without).expect(200).await["items"], json!([]));
    let then = format!("{without}&as_of={before}");
    assert_eq!(
        each(&world.get(&then).expect(200).await["items"], "id"),
        [id(&project)]
    );
    let shown = world.get(&project).expect(200).await;
    assert_eq!(
        (&shown["donors"], each(&shown["contributions"], "form")),
        (&json!(["AUT"]), vec!["in_kind", "money"])
    );
    let money = json!([{"currency": "EUR", "pledged": "250000", "received": "0"}]);
    assert_eq!(shown["money"], money);
    for (asked, found) in [("pledged", 1), ("none", 0), ("received", 0)] {
        let listed = world.get(&format!("/v1/projects?funds={asked}"));
        let listed = listed.expect(200).await;
        let listed = listed["items"].as_array().unwrap();
        assert_eq!(listed.len(), found, "{asked}");
    }

    // Its way, with the wrong moves.
    let step = |what: &str, on: &str| {
        let call = world
            .post(&format!("{project}/{what}"))
            .token(&world.officer);
        call.json(&json!({ "on": on }))
    };
    step("start", "2005-04-01")
        .problem(409, "project_not_funded")
        .await;
    let problem = step("funding", "2005-02-28")
        .problem(422, "project_faulty")
        .await;
    assert_eq!(faults(&problem), [("before_what_it_follows", "/on")]);
    let funded = step("funding", "2005-04-01").expect(200).await;
    assert_eq!(
        (&funded["status"], &funded["status_on"]),
        (&json!("funded"), &json!("2005-04-01"))
    );
    step("funding", "2005-04-02")
        .problem(409, "project_already_funded")
        .await;
    // Projects run for years, and their plans grow meanwhile.
    let mut larger = plan.clone();
    larger["budget"][0]["amount"] = json!("300000");
    let edit = world.put(&project).token(&world.officer).json(&larger);
    assert_eq!(edit.expect(200).await["budget"][0]["amount"], "300000");
    step("completion", "2005-05-01")
        .problem(409, "project_not_under_way")
        .await;
    step("start", "2005-05-01").expect(200).await;
    step("start", "2005-05-01")
        .problem(409, "project_already_under_way")
        .await;
    let completed = step("completion", "2006-05-01").expect(200).await;
    assert_eq!(completed["status"], "completed");
    step("funding", "2006-05-01")
        .problem(409, "project_is_completed")
        .await;
    let then = world
        .get(&format!("{project}?as_of={before}"))
        .expect(200)
        .await;
    assert_eq!(
        (&then["status"], &then["contributions"]),
        (&json!("proposed"), &json!([]))
    );
    let told = world
        .get(&format!("/v1/timelines/{}", id(&project)))
        .expect(200)
        .await;
    assert_eq!(
        told["items"][0]["text"],
        "A project was proposed on 1 March 2005: Courts."
    );
    assert!(!told.to_string().contains(id(&need)));
}

#[tokio::test]
async fn a_plan_is_edited_as_a_whole_and_its_faults_are_listed() {
    let world = World::new().await;
    let project = world.propose(json!({"title": {"en": "A project"}})).await;
    let edit = |body: Value| world.put(&project).token(&world.officer).json(&body);
    let whole = |title: Value| json!({"title": title, "requests": [], "needs": [], "replies": [], "budget": [], "partners": []});
    let mut edited = whole(json!({"en": "Renamed", "fr": "Rebaptisé"}));
    edited["budget"] = json!([{"amount": "5", "currency": "USD"}]);
    // What is left out would be lost.
    for list in ["requests", "needs", "replies", "budget", "partners"] {
        let mut less = edited.clone();
        less.as_object_mut().unwrap().remove(list);
        edit(less).problem(422, "wrong_body").await;
    }
    let shown = edit(edited.clone()).expect(200).await;
    assert_eq!(shown["budget"], json!([{"amount": "5", "currency": "USD"}]));
    assert_eq!(shown["titles"], edited["title"]);
    let head = world.head().await;
    edit(edited).expect(200).await;
    assert_eq!(world.head().await, head, "the same again leaves no trace");
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let draft = world.reply(&opened.collection, &finland).await;
    let faulty = json!({"title": {}, "requests": [], "post_conflict": true, "replies": [draft], "partners": ["FIN"],
        "needs": ["0190b5f0-0000-7000-8000-000000000000"], "budget": [{"amount": "5", "currency": "XYZ"}]});
    let problem = edit(faulty).problem(422, "project_faulty").await;
    let expected = [
        ("blank", "/title"),
        ("not_there", "/needs/0"),
        ("not_a_submitted_reply", "/replies/0"),
        ("unknown_currency", "/budget/0/currency"),
        ("no_partner_entity", "/partners/0"),
    ];
    assert_eq!(faults(&problem), expected);
    let mut alone = whole(json!({"en": "A"}));
    alone["post_conflict"] = json!(true);
    let problem = edit(alone).problem(422, "project_faulty").await;
    assert_eq!(faults(&problem), [("partner_required", "/partners")]);

    // The state of its resources has a history.
    let resources = |state: &str, on: &str| {
        let call = world
            .put(&format!("{project}/resources"))
            .token(&world.officer);
        call.json(&json!({"resources": state, "on": on}))
    };
    resources("sought", "2005-03-01").expect(200).await;
    let shown = resources("not_available", "2005-09-01").expect(200).await;
    assert_eq!(
        each(&shown["resources"], "resources"),
        ["sought", "not_available"]
    );
    let late = resources("secured", "2004-01-01").problem(422, "project_faulty");
    assert_eq!(faults(&late.await), [("before_what_it_follows", "/on")]);
    let listed = world
        .get("/v1/projects?status=proposed&post_conflict=false")
        .expect(200)
        .await;
    assert_eq!(listed["items"][0]["resources"], "not_available");
    // Nobody but the Secretariat writes.
    let donor = world.token(Role::Donor, Some("AUT")).await;
    let call = world
        .put(&project)
        .token(&donor)
        .json(&json!({"title": {"en": "A"}}));
    call.problem(403, "not_allowed").await;
    let given_up = json!({"on": "2005-10-01", "reason": words("No money.")});
    let cancelled = world
        .tell(&format!("{project}/cancellation"), given_up.clone())
        .await;
    assert_eq!(cancelled["cancellation"]["text"], "No money.");
    assert_eq!(
        world.get(&project).expect(200).await["cancellation"],
        Value::Null
    );
    let again = world
        .post(&format!("{project}/cancellation"))
        .token(&world.officer);
    again
        .json(&given_up)
        .problem(409, "project_is_cancelled")
        .await;
    let give = json!({"from": "AUT", "to": {"project": id(&project)}, "on": "2005-10-02",
        "what": {"money": {"amount": "1", "currency": "EUR"}}});
    let give = world
        .post("/v1/contributions")
        .token(&world.officer)
        .json(&give);
    let problem = give.problem(422, "contribution_faulty").await;
    assert_eq!(
        faults(&problem),
        [("takes_no_contributions", "/to/project")]
    );
}
