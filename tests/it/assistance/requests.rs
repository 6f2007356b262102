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
    for (status, found) in [("answered", 1), ("accepted", 0)] {
        let listed = world.get(&format!("/v1/requests?status={status}"));
        let listed = listed.token(&world.officer).expect(200).await;
        let listed = listed["items"].as_array().unwrap();
        assert_eq!(listed.len(), found, "{status}");
    }
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
    let future = json!({"needs": [id(&need)], "text": words("Help."), "on": "2999-01-01"});
    let problem = ask(&finland, future).problem(422, "request_faulty").await;
    assert_eq!(faults(&problem), [("day_in_the_future", "/on")]);

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

#[tokio::test]
async fn what_a_state_sent_on_paper_is_entered_for_it_and_is_its_own() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let need = json!({"category": "I", "type": "legislation", "urgency": "high", "description": words("A law")});
    let enter = |token: &str, what: &str, body: Value| {
        let call = world.post(&format!("/v1/parties/fin/{what}"));
        call.token(token).json(&body)
    };
    let need = json!({"need": need, "source": "NV/7/2005", "received_on": "2005-02-03"});
    let refused = enter(&finland, "needs", need.clone());
    refused.problem(403, "not_allowed").await;
    let made = enter(&world.officer, "needs", need).expect(201).await;
    let note = json!({"source": "NV/7/2005", "received_on": "2005-02-03"});
    assert_eq!(made["entered_on_behalf"], note);
    let need = format!("/v1/needs/{}", made["id"].as_str().unwrap());
    let shown = world.get(&need).token(&finland).expect(200).await;
    assert_eq!(
        (&shown["status"], &shown["entered_on_behalf"]),
        (&json!("indicated"), &note)
    );
    let asked = |on: Value, received_on: &str| {
        let request = json!({"needs": [made["id"]], "text": words("We ask for help."), "on": on});
        json!({"request": request, "source": "NV/7/2005", "received_on": received_on})
    };
    let faulty = asked(json!("2999-01-01"), "2005-02-03");
    let problem = enter(&world.officer, "requests", faulty);
    let problem = problem.problem(422, "request_faulty").await;
    assert_eq!(
        faults(&problem),
        [
            ("day_in_the_future", "/request/on"),
            ("before_what_it_follows", "/received_on")
        ]
    );
    let request = asked(Value::Null, "2005-02-03");
    let request = enter(&world.officer, "requests", request).expect(201).await;
    assert_eq!(
        (&request["party"], &request["made_on"]),
        (&json!("FIN"), &json!("2005-02-03"))
    );
    // It is the State's own from then on.
    let path = format!("/v1/requests/{}", request["id"].as_str().unwrap());
    let shown = world.get(&path).token(&finland).expect(200).await;
    assert_eq!(shown["entered_on_behalf"], note);
    let withdrawal = world.post(&format!("{path}/withdrawal")).token(&finland);
    withdrawal.expect(200).await;
}
