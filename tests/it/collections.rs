//! /v1/collections, their invitations, closure and reopening

use serde_json::{Value, json};

use crate::support::{World, each, faults, item_where, opening};

#[tokio::test]
async fn a_collection_says_what_it_asks_of_whom_and_until_when() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let mut new = opening(
        &instrument,
        "2011-06-30",
        &json!({"kinds": ["member_state", "observer_state"]}),
    );
    new["session"] = json!(21);
    new["notices"] = json!([{"code": "sample", "text": {"en": "A sample.", "fr": "Un exemple."}}]);
    let created = world
        .post("/v1/collections")
        .token(&world.officer)
        .json(&new)
        .send()
        .await;
    let collection = created.expect(201);
    assert_eq!(collection["status"], "open");
    assert_eq!(
        collection["invited"],
        json!({"member_state": 193, "observer_state": 2})
    );
    assert_eq!(
        collection["deadline"],
        json!({"at": "2011-06-30T21:59:59Z", "time_zone": "Europe/Vienna", "local": "2011-06-30T23:59:59"})
    );
    assert_eq!(collection["session"], 21);
    assert_eq!(
        collection["notices"][0],
        json!({"code": "sample", "text": "A sample.", "lang": "en"})
    );
    // On whom its public figures stand is said beside it; and to whoever opened it, that the deadline is past.
    assert_eq!(
        each(&collection["notices"], "code"),
        ["sample", "basis_consenting", "deadline_passed"]
    );
    let location = created.header("location");
    let id = collection["id"].as_str().unwrap().to_owned();
    assert_eq!(location, format!("/v1/collections/{id}"));
    let mut shown = collection;
    shown["notices"].as_array_mut().unwrap().pop();
    assert_eq!(world.get(location).expect(200).await, shown);
    let listed = world.get("/v1/collections").expect(200).await;
    assert_eq!(
        item_where(&listed["items"], "id", &id)["reference"],
        "CU/2011/26"
    );
}

#[tokio::test]
async fn a_deadline_is_an_instant_a_local_time_or_the_end_of_a_day() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    for (given, instant) in [
        ("2011-06-30T12:00:00+05:00", "2011-06-30T07:00:00Z"),
        ("2011-06-30T12:00:00Z", "2011-06-30T12:00:00Z"),
        ("2011-06-30T12:00:00", "2011-06-30T10:00:00Z"),
        ("2011-12-30", "2011-12-30T22:59:59Z"),
    ] {
        let id = world.open(&instrument, given, &json!({})).await;
        let opened = world.get(&format!("/v1/collections/{id}"));
        assert_eq!(
            opened.expect(200).await["deadline"]["at"],
            instant,
            "{given}"
        );
    }
}

#[tokio::test]
async fn a_time_that_the_clocks_never_show_or_show_twice_is_refused_with_what_would_be_right() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    for (at, zone, code, right) in [
        (
            "2026-03-29T02:30",
            "Europe/Vienna",
            "no_such_local_time",
            &["2026-03-29T03:00:00+02:00"][..],
        ),
        (
            "2011-12-30",
            "Pacific/Apia",
            "no_such_local_time",
            &["2011-12-31"],
        ),
        (
            "2026-10-25T02:30",
            "Europe/Vienna",
            "local_time_twice",
            &["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"],
        ),
    ] {
        let mut new = opening(&instrument, at, &json!({}));
        new["deadline"]["time_zone"] = json!(zone);
        let call = world
            .post("/v1/collections")
            .token(&world.officer)
            .json(&new);
        let problem = call.problem(422, "collection_faulty").await;
        assert_eq!(faults(&problem), [(code, "/deadline/at")], "{at} {zone}");
        let told = problem["faults"][0]["detail"].as_str().unwrap();
        assert!(right.iter().all(|right| told.contains(right)), "{told}");
    }
    // Either of the two is taken, with its offset.
    for at in ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"] {
        world.open(&instrument, at, &json!({})).await;
    }
}

#[tokio::test]
async fn every_fault_of_an_opening_is_named_with_its_place() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let open = |change: &dyn Fn(&mut Value)| {
        let mut new = opening(&instrument, "2011-06-30", &json!({}));
        change(&mut new);
        world
            .post("/v1/collections")
            .token(&world.officer)
            .json(&new)
    };
    let problem = open(&|new| {
        new["title"] = json!({"en": "\u{2060}"});
        new["reference"] = json!(" \u{3164}");
        new["session"] = json!(0);
        new["deadline"]["at"] = json!("2011-03-07");
        new["notices"] = json!([{"code": "", "text": {}}]);
    })
    .problem(422, "collection_faulty")
    .await;
    assert_eq!(
        faults(&problem),
        [
            ("missing_text", "/title"),
            ("blank", "/reference"),
            ("deadline_before_opening", "/deadline/at"),
            ("bad_session", "/session"),
            ("blank", "/notices/0/code"),
            ("blank", "/notices/0/text"),
        ]
    );
    for (zone, expected) in [
        ("Europe/Atlantis", "/deadline/time_zone"),
        ("", "/deadline/time_zone"),
        ("europe/vienna", "/deadline/time_zone"),
    ] {
        let problem = open(&|new| new["deadline"]["time_zone"] = json!(zone))
            .problem(422, "collection_faulty")
            .await;
        assert_eq!(faults(&problem), [("unknown_time_zone", expected)]);
    }
    for wrong in [
        "",
        "soon",
        "30.6.2011",
        "2011-02-30",
        "2011-06-30T25:00:00Z",
        "-009999-01-01T00:00:00Z",
        "2011-6-30",
    ] {
        let problem = open(&|new| new["deadline"]["at"] = json!(wrong))
            .problem(422, "wrong_body")
            .await;
        assert_eq!(problem["pointer"], "/deadline/at", "{wrong}");
    }
    let problem = open(&|new| new["invited"] = json!({"parties": ["FIN", "XXX", "THA", "YYY"]}))
        .problem(422, "collection_faulty")
        .await;
    assert_eq!(
        faults(&problem),
        [
            ("unknown_party", "/invited/parties/1"),
            ("unknown_party", "/invited/parties/3")
        ]
    );
    let problem = open(&|new| new["invited"] = json!({"parties": ["FIN", "THA", "fin"]}))
        .problem(422, "collection_faulty")
        .await;
    assert_eq!(
        faults(&problem),
        [("party_listed_twice", "/invited/parties/2")]
    );
}

#[tokio::test]
async fn only_an_approved_revision_is_sent_out() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let mut unknown = opening(&instrument, "2011-06-30", &json!({}));
    unknown["revision"] = json!(2);
    let open = |new: &Value| {
        world
            .post("/v1/collections")
            .token(&world.officer)
            .json(new)
    };
    open(&unknown).problem(404, "unknown_revision").await;
    let stranger = opening(
        "0190b5f0-0000-7000-8000-000000000000",
        "2011-06-30",
        &json!({}),
    );
    open(&stranger).problem(404, "unknown_revision").await;

    let path = format!("/v1/instruments/{instrument}");
    let mut draft = crate::support::questionnaire();
    draft["sections"][0]["questions"][0]["required"] = json!(false);
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
    open(&unknown).problem(409, "revision_not_approved").await;
}

#[tokio::test]
async fn a_party_is_invited_once() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let invited = json!({"parties": ["FIN", "THA"], "kinds": ["observer_state"]});
    let collection = world.open(&instrument, "2999-12-31", &invited).await;
    let invitations = format!("/v1/collections/{collection}/invitations");
    let listed = world
        .get(&invitations)
        .token(&world.officer)
        .expect(200)
        .await;
    assert_eq!(each(&listed["items"], "code"), ["FIN", "PSE", "THA", "VAT"]);
    let finland = item_where(&listed["items"], "code", "FIN");
    assert_eq!(finland["regional_group"], "weog");
    assert_eq!(finland["replied"], false);

    let invite = |body: Value| world.post(&invitations).token(&world.officer).json(&body);
    let before = world.head().await;
    let problem = invite(json!({"parties": ["KEN", "FIN", "BRA"], "kinds": ["observer_state"]}))
        .problem(409, "party_already_invited")
        .await;
    assert_eq!(faults(&problem), [("invited_already", "/parties/1")]);
    assert_eq!(world.head().await, before, "KEN is not invited either");
    let now = invite(json!({"parties": ["KEN"], "kinds": ["observer_state"]}));
    let now = now.expect(200).await;
    assert_eq!(now["invited"]["member_state"], 3);
    assert_eq!(
        now["invited"]["observer_state"], 2,
        "who is there is left out"
    );
    let all = invite(json!({"kinds": ["member_state"]})).expect(200).await;
    assert_eq!(all["invited"]["member_state"], 193);
    let then = world
        .get(&format!("{invitations}?as_of={before}"))
        .token(&world.officer)
        .expect(200)
        .await;
    assert_eq!(each(&then["items"], "code"), ["FIN", "PSE", "THA", "VAT"]);
    let second = world
        .get(&format!("{invitations}?limit=2"))
        .token(&world.officer)
        .expect(200)
        .await;
    let next = second["next"].as_str().unwrap();
    let rest = world
        .get(&format!("{invitations}?limit=500&cursor={next}"))
        .token(&world.officer)
        .expect(200)
        .await;
    let codes = each(&rest["items"], "code");
    assert_eq!(codes.len(), 193);
    assert!(!codes.contains(&each(&second["items"], "code")[1]));
}

#[tokio::test]
async fn a_party_finds_its_own_invitation_and_deadline_and_nobody_elses() {
    let world = World::new().await;
    let invited = json!({"parties": ["FIN", "SWE"]});
    let collection = world.collection(invited).await.collection;
    let path = format!("/v1/collections/{collection}");
    let of = |party: &str| format!("{path}/parties/{party}/invitation");
    // Somebody of the State's whom nobody has named.
    let finland = world.focal_point("FIN").await;
    let extension = json!({"deadline": {"at": "3000-12-31", "time_zone": "Europe/Vienna"},
        "parties": ["FIN"], "reason": {"text": "They asked.", "lang": "en"}});
    let extend = world.post(&format!("{path}/extension"));
    let extend = extend.token(&world.officer).json(&extension);
    extend.expect(200).await;
    let own = world.get(&of("FIN")).token(&finland).expect(200).await;
    assert_eq!(own["code"], "FIN");
    assert_eq!(own["deadline"]["local"], "3000-12-31T23:59:59");
    let other = world.get(&of("SWE")).token(&finland);
    other.problem(404, "not_found").await;
    let thailand = world.focal_point("THA").await;
    let own = world.get(&of("THA")).token(&thailand);
    own.problem(404, "not_found").await;

    let (person, named) = world.person_as(access::Role::FocalPoint, "FIN").await;
    let name = world.put(&format!("{path}/parties/FIN/focal-point"));
    let name = name.token(&world.officer).json(&json!({"person": person}));
    name.expect(200).await;
    let offices = world.get("/v1/me/offices").token(&named).expect(200).await;
    assert_eq!(
        offices["offices"][0]["deadline"]["local"],
        "3000-12-31T23:59:59"
    );
}

#[tokio::test]
async fn a_closed_collection_takes_nothing_until_it_is_reopened() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN", "THA"]})).await;
    let path = format!("/v1/collections/{}", opened.collection);
    let finland = world.focal_point("FIN").await;
    let thailand = world.focal_point("THA").await;
    let reply = world.answered(&opened.collection, &finland).await;

    let reopen = |reason: Value| {
        world
            .post(&format!("{path}/reopening"))
            .token(&world.officer)
            .json(&json!({"reason": reason}))
    };
    let said = |text: &str| json!({"text": text, "lang": "en"});
    reopen(said("Why not"))
        .problem(409, "collection_open")
        .await;
    let closed = world
        .post(&format!("{path}/closure"))
        .token(&world.officer)
        .json(&json!({"reason": said("The report is due.")}))
        .expect(200)
        .await;
    assert_eq!(closed["status"], "closed");
    assert_eq!(closed["status_reason"]["text"], "The report is due.");
    let shown = world.get(&path).expect(200).await;
    assert_eq!(shown["status_reason"], said("The report is due."));
    let listed = world.get("/v1/collections").expect(200).await;
    assert_eq!(listed["items"][0]["status"], "closed");

    world
        .post(&format!("{path}/closure"))
        .token(&world.officer)
        .problem(409, "collection_closed")
        .await;
    world
        .post(&format!("{path}/invitations"))
        .token(&world.officer)
        .json(&json!({"parties": ["KEN"]}))
        .problem(409, "collection_closed")
        .await;
    world
        .post(&format!("{path}/replies"))
        .token(&thailand)
        .problem(409, "collection_closed")
        .await;
    let answer = || {
        world
            .put(&format!("/v1/replies/{reply}/answers/A1"))
            .token(&finland)
            .json(&json!({"value": "no"}))
    };
    answer().problem(409, "collection_closed").await;
    let submit = || {
        world
            .post(&format!("/v1/replies/{reply}/submission"))
            .token(&finland)
    };
    submit().problem(409, "collection_closed").await;

    let problem = reopen(said("")).problem(422, "collection_faulty").await;
    assert_eq!(faults(&problem), [("blank", "/reason")]);
    assert_eq!(
        reopen(said("Two asked for time.")).expect(200).await["status"],
        "open"
    );
    answer().expect(200).await;
    submit().expect(201).await;
    world.reply(&opened.collection, &thailand).await;
}
