use super::*;

#[tokio::test]
async fn a_state_asks_for_assistance_and_a_project_answers() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let need = world.indicated(&finland).await;
    let request = world.asks(&finland, &need).await;
    let shown = world.get(&request).token(&finland).expect(200).await;
    assert_eq!(
        (&shown["party"], &shown["status"]),
        (&json!("FIN"), &json!("made"))
    );
    assert_eq!(shown["needs"], json!([id(&need)]));
    assert_eq!(shown["text"], words("We ask for help."));

    // A project answers what is accepted.
    let plan = json!({"title": {"en": "A law"}, "requests": [id(&request)]});
    let propose = || {
        let body = json!({"plan": plan, "on": "2005-03-01"});
        world.post("/v1/projects").token(&world.officer).json(&body)
    };
    let problem = propose().problem(422, "project_faulty").await;
    assert_eq!(
        faults(&problem),
        [("request_not_accepted", "/plan/requests/0")]
    );
    world.accept(&request).await;
    let before = world.head().await;
    let without = "/v1/requests?without_project=true";
    let open = world.get(without).token(&world.officer).expect(200).await;
    assert_eq!(each(&open["items"], "id"), [id(&request)]);
    let project = propose().expect(201).await["id"].clone();
    let shown = world.get(&request).token(&finland).expect(200).await;
    assert_eq!(
        (&shown["status"], &shown["projects"]),
        (&json!("answered"), &json!([project]))
    );
    assert_eq!(shown["reason"]["text"], "We look for a donor.");
    let open = world.get(without).token(&world.officer).expect(200).await;
    assert_eq!(open["items"], json!([]));
    let then = format!("{request}?as_of={before}");
    let then = world.get(&then).token(&finland).expect(200).await;
    assert_eq!(
        (&then["status"], &then["projects"]),
        (&json!("accepted"), &json!([]))
    );

    // A project that is given up answers nothing any more.
    let given_up = json!({"on": "2005-04-01", "reason": words("No money.")});
    world
        .tell(
            &format!("/v1/projects/{}/cancellation", project.as_str().unwrap()),
            given_up,
        )
        .await;
    let open = world.get(without).token(&world.officer).expect(200).await;
    assert_eq!(each(&open["items"], "id"), [id(&request)]);
    let timeline = format!("/v1/timelines/{}", id(&request));
    let told = world.get(&timeline).token(&finland).expect(200).await;
    assert_eq!(
        told["items"][0]["text"],
        "Finland asked for assistance on 1 February 2005."
    );
    world.get(&timeline).problem(404, "not_found").await;
}

#[tokio::test]
async fn a_request_is_for_its_state_and_the_secretariat() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let mission = world.token(Role::Mission, Some("FIN")).await;
    let sweden = world.focal_point("SWE").await;
    let need = world.indicated(&finland).await;
    let request = world.asks(&mission, &need).await;
    let others = [
        sweden.clone(),
        world.token(Role::Mission, Some("SWE")).await,
        world.token(Role::Donor, Some("FIN")).await,
        world.token(Role::Contributor, Some("FIN")).await,
    ];
    for token in &others {
        world
            .get(&request)
            .token(token)
            .problem(404, "not_found")
            .await;
    }
    world.get(&request).problem(401, "missing_token").await;
    for token in [&finland, &mission, &world.officer] {
        world.get(&request).token(token).expect(200).await;
        let listed = world.get("/v1/requests").token(token).expect(200).await;
        assert_eq!(each(&listed["items"], "id"), [id(&request)]);
    }
    for asked in ["", "?party=FIN"] {
        let listed = world.get(&format!("/v1/requests{asked}")).token(&sweden);
        assert_eq!(listed.expect(200).await["items"], json!([]), "{asked}");
    }
    let withdrawal = || world.post(&format!("{request}/withdrawal"));
    withdrawal().token(&sweden).problem(404, "not_found").await;
    withdrawal()
        .token(&world.officer)
        .problem(403, "not_allowed")
        .await;
    let withdrawn = withdrawal().token(&finland).expect(200).await;
    assert_eq!(withdrawn["status"], "withdrawn");
    withdrawal()
        .token(&finland)
        .problem(409, "request_is_withdrawn")
        .await;
}

#[tokio::test]
async fn what_cannot_be_asked_or_decided_is_refused() {
    let world = World::new().await;
    let [finland, sweden] = [
        world.focal_point("FIN").await,
        world.focal_point("SWE").await,
    ];
    let theirs = world.indicated(&sweden).await;
    let need = world.indicated(&finland).await;
    let ask = |token: &str, body: Value| world.post("/v1/requests").token(token).json(&body);
    let body = json!({"needs": [id(&theirs)], "text": words(" ")});
    let problem = ask(&finland, body).problem(422, "request_faulty").await;
    assert_eq!(
        faults(&problem),
        [("not_there", "/needs/0"), ("blank", "/text")]
    );
    let nothing = json!({"needs": [], "text": words("Help.")});
    let problem = ask(&finland, nothing).problem(422, "request_faulty").await;
    assert_eq!(faults(&problem), [("no_need", "/needs")]);
    let good = || json!({"needs": [id(&need)], "text": words("Help.")});
    ask(&world.officer, good())
        .problem(403, "not_allowed")
        .await;
    world.register("ICPO", "igo").await;
    let igo = world.focal_point("ICPO").await;
    ask(&igo, good()).problem(403, "not_a_state").await;

    let request = world.asks(&finland, &need).await;
    let because = json!({"reason": words("Not now.")});
    let decide = |token: &str, how: &str| {
        let call = world.post(&format!("{request}/{how}")).token(token);
        call.json(&because)
    };
    decide(&finland, "acceptance")
        .problem(403, "not_allowed")
        .await;
    let declined = decide(&world.officer, "declination").expect(200).await;
    assert_eq!(declined["status"], "declined");
    for how in ["acceptance", "declination"] {
        decide(&world.officer, how)
            .problem(409, "request_already_decided")
            .await;
    }
}
