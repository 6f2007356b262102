//! /v1/meetings

use access::Role;
use serde_json::{Value, json};

use crate::support::{World, each, faults, item_where};

fn expert_meeting() -> Value {
    json!({"kind": "expert_group", "title": {"en": "Meeting of experts", "fr": "Réunion d’experts"},
           "place": {"en": "Vienna", "fr": "Vienne"}, "starts_on": "2004-02-01", "ends_on": "2004-02-03", "categories": ["I"],
           "mandate": 3})
}

async fn convene(world: &World, meeting: &Value) -> String {
    let convened = world
        .post("/v1/meetings")
        .token(&world.officer)
        .json(meeting);
    let convened = convened.expect(201).await;
    format!("/v1/meetings/{}", convened["id"].as_str().unwrap())
}

async fn put(world: &World, path: &str, body: Value) -> Value {
    let put = world.put(path).token(&world.officer).json(&body);
    put.expect(200).await
}

async fn post(world: &World, path: &str, body: Value) -> Value {
    let post = world.post(path).token(&world.officer).json(&body);
    post.expect(200).await
}

#[tokio::test]
async fn seats_are_shared_out_as_on_the_commission() {
    let world = World::new().await;
    let forty = world.get("/v1/meetings/seats?lang=fr").expect(200).await;
    assert_eq!(forty["seats"], 40);
    for (group, seats) in [
        ("african", 12),
        ("asia-pacific", 9),
        ("grulac", 8),
        ("eastern-european", 4),
        ("weog", 7),
    ] {
        assert_eq!(
            item_where(&forty["groups"], "regional_group", group)["seats"],
            seats
        );
    }
    let label = &item_where(&forty["groups"], "regional_group", "african")["label"];
    assert_eq!(label, "États d'Afrique");
    let some = world.get("/v1/meetings/seats?seats=25").expect(200).await;
    let seats = some["groups"].as_array().unwrap();
    let seats: Vec<_> = seats
        .iter()
        .map(|group| group["seats"].as_u64().unwrap())
        .collect();
    assert_eq!(seats, [8, 6, 2, 5, 4]);
    for wrong in ["0", "1001", "x", "-1", "70000"] {
        let path = format!("/v1/meetings/seats?seats={wrong}");
        world.get(&path).problem(400, "bad_parameter").await;
    }
}

#[tokio::test]
async fn a_meeting_of_experts_is_convened_held_and_has_an_outcome() {
    let world = World::new().await;
    let path = convene(&world, &expert_meeting()).await;
    let began = world.head().await;
    let shared = put(&world, &format!("{path}/seats"), json!({"seats": 40})).await;
    assert_eq!(shared["seats"]["shortfall"], 40);
    assert_eq!(shared["notices"], json!([]), "nobody was to come yet");

    // Representation that falls short says so, group by group: too many of one do not help another.
    let participants = json!({"participants": [
        {"party": "KEN", "capacity": "expert", "persons": 14}, {"party": "AUT", "capacity": "expert", "persons": 7},
        {"party": "ita", "capacity": "observer", "persons": 2}, {"party": "VAT", "capacity": "observer", "persons": 1}]});
    let listed = put(
        &world,
        &format!("{path}/participants"),
        participants.clone(),
    )
    .await;
    let seats = &listed["seats"];
    assert_eq!(
        (&seats["experts"], &seats["shortfall"]),
        (&json!(21), &json!(21))
    );
    let african = item_where(&seats["groups"], "regional_group", "african");
    assert_eq!(
        (&african["experts"], &african["shortfall"]),
        (&json!(14), &json!(0))
    );
    assert_eq!(
        item_where(&seats["groups"], "regional_group", "grulac")["shortfall"],
        8
    );
    assert_eq!(
        each(&listed["notices"], "code"),
        ["representation_falls_short"]
    );
    assert_eq!(
        each(&listed["participants"], "party"),
        ["KEN", "AUT", "ITA", "VAT"]
    );
    assert_eq!(
        item_where(&listed["participants"], "party", "ITA")["regional_group"],
        "weog"
    );
    let before = world.head().await;
    put(&world, &format!("{path}/participants"), participants).await;
    assert_eq!(
        world.head().await,
        before,
        "the same list again leaves no trace"
    );

    let moved = json!({"starts_on": "2004-03-15", "ends_on": "2004-03-17"});
    let moved = put(&world, &format!("{path}/dates"), moved).await;
    assert_eq!(
        (&moved["starts_on"], &moved["place"]),
        (&json!("2004-03-15"), &json!("Vienna"))
    );
    let secured = json!({"resources": "secured", "on": "2004-01-20"});
    put(&world, &format!("{path}/resources"), secured).await;

    // What comes of it comes after it, and names revisions that there are.
    let instrument = world.revised_instrument("intersessional").await;
    let instrument = instrument.rsplit('/').next().unwrap();
    let made = |revision| {
        json!({"revisions": [{"instrument": instrument, "revision": revision}],
                                 "summary": {"text": "The experts designed it.", "lang": "en"}})
    };
    let outcome = || world.post(&format!("{path}/outcome")).token(&world.officer);
    outcome()
        .json(&made(1))
        .problem(409, "meeting_not_held")
        .await;
    let held = json!({"starts_on": "2004-03-15", "ends_on": "2004-03-17"});
    post(&world, &format!("{path}/holding"), held).await;
    let wrong = outcome()
        .json(&made(2))
        .problem(422, "meeting_faulty")
        .await;
    assert_eq!(
        faults(&wrong),
        [("no_such_revision", "/revisions/0/revision")]
    );
    let unknown = json!({"revisions": [{"instrument": "0190b5f0-0000-7000-8000-000000000000", "revision": 1}]});
    let unknown = outcome()
        .json(&unknown)
        .problem(422, "meeting_faulty")
        .await;
    assert_eq!(
        faults(&unknown),
        [("no_such_instrument", "/revisions/0/instrument")]
    );
    post(&world, &format!("{path}/outcome"), made(1)).await;

    // Anybody may read it, in their language; as of an earlier position it is what it was then.
    let now = world.get(&format!("{path}?lang=fr")).expect(200).await;
    assert_eq!(now["title"], "Réunion d’experts");
    assert_eq!(now["status"], "concluded");
    assert_eq!(
        now["outcome"]["revisions"][0],
        json!({"instrument": instrument, "revision": 1})
    );
    assert_eq!(
        now["outcome"]["summary"],
        json!({"text": "The experts designed it.", "lang": "en"})
    );
    assert_eq!(
        now["resources"],
        json!([{"resources": "secured", "on": "2004-01-20"}])
    );
    let then = world
        .get(&format!("{path}?as_of={began}"))
        .expect(200)
        .await;
    assert_eq!(
        (&then["status"], &then["seats"]),
        (&json!("convened"), &Value::Null)
    );
    world
        .get(&format!("{path}?as_of=1"))
        .problem(404, "before_it_existed")
        .await;
    // Its history is public too.
    let id = path.rsplit('/').next().unwrap();
    let told = world.get(&format!("/v1/timelines/{id}")).expect(200).await;
    assert_eq!(
        told["items"][1]["text"],
        "40 seats were shared out among the regional groups."
    );
}

#[tokio::test]
async fn the_wrong_move_is_refused_with_its_code() {
    let world = World::new().await;
    let held = convene(&world, &expert_meeting()).await;
    let days = json!({"starts_on": "2004-02-01", "ends_on": "2004-02-03"});
    let in_future = json!({"starts_on": "2004-02-01", "ends_on": "2999-02-03"});
    let call = |path: String| world.post(&path).token(&world.officer);
    let problem = call(format!("{held}/holding"))
        .json(&in_future)
        .problem(422, "meeting_faulty");
    assert_eq!(faults(&problem.await), [("day_in_the_future", "/ends_on")]);
    post(&world, &format!("{held}/holding"), days.clone()).await;
    let reason = json!({"reason": {"text": "No money.", "lang": "en"}});
    call(format!("{held}/holding"))
        .json(&days)
        .problem(409, "meeting_already_held")
        .await;
    call(format!("{held}/cancellation"))
        .json(&reason)
        .problem(409, "meeting_already_held")
        .await;
    let put = world.put(&format!("{held}/dates")).token(&world.officer);
    put.json(&days).problem(409, "meeting_already_held").await;
    // Seats are shared out afterwards too; until then nobody can tell who was represented.
    let told = world.get(&held).expect(200).await;
    assert_eq!(each(&told["notices"], "code"), ["no_seats_allocated"]);
    let put = world.put(&format!("{held}/seats")).token(&world.officer);
    let told = put.json(&json!({"seats": 40})).expect(200).await;
    assert_eq!(
        each(&told["notices"], "code"),
        ["representation_falls_short"]
    );

    let cancelled = convene(&world, &expert_meeting()).await;
    post(&world, &format!("{cancelled}/cancellation"), reason.clone()).await;
    for (what, body) in [("holding", &days), ("cancellation", &reason)] {
        let again = call(format!("{cancelled}/{what}")).json(body);
        again.problem(409, "meeting_is_cancelled").await;
    }
    // Why is told to the Secretariat only.
    let told = world
        .get(&cancelled)
        .token(&world.officer)
        .expect(200)
        .await;
    assert_eq!(told["cancellation"]["text"], "No money.");
    assert_eq!(
        world.get(&cancelled).expect(200).await["cancellation"],
        Value::Null
    );

    let congress = json!({"kind": "congress", "title": {"en": "Congress"}, "starts_on": "2005-04-25", "ends_on": "2005-04-18",
                          "categories": ["V"], "mandate": 18});
    let problem = call("/v1/meetings".to_owned())
        .json(&congress)
        .problem(422, "meeting_faulty")
        .await;
    let expected = [
        ("ends_before_it_starts", "/ends_on"),
        ("session_required", "/session"),
        ("unknown_category", "/categories/0"),
        ("no_such_paragraph", "/mandate"),
    ];
    assert_eq!(faults(&problem), expected);
    let session = convene(
        &world,
        &json!({"kind": "commission_session", "title": {"en": "Session"}, "session": 13,
                                          "starts_on": "2004-05-11", "ends_on": "2004-05-20"}),
    )
    .await;
    let put = |path: String| world.put(&path).token(&world.officer);
    put(format!("{session}/seats"))
        .json(&json!({"seats": 40}))
        .problem(409, "no_seats_to_allocate")
        .await;
    let who = json!({"participants": [{"party": "XXX", "capacity": "member", "persons": 1},
                                      {"party": "VAT", "capacity": "member", "persons": 1},
                                      {"party": "KEN", "capacity": "member", "persons": 0}]});
    let problem = put(format!("{session}/participants"))
        .json(&who)
        .problem(422, "meeting_faulty")
        .await;
    let expected = [
        ("no_such_party", "/participants/0/party"),
        ("member_is_no_member_state", "/participants/1/capacity"),
        ("nobody", "/participants/2/persons"),
    ];
    assert_eq!(faults(&problem), expected);
    let finland = world.focal_point("FIN").await;
    let theirs = world
        .post("/v1/meetings")
        .token(&finland)
        .json(&expert_meeting());
    theirs.problem(403, "not_allowed").await;
    let unknown = "/v1/meetings/0190b5f0-0000-7000-8000-000000000000";
    world.get(unknown).problem(404, "not_found").await;
    call(format!("{unknown}/holding"))
        .json(&days)
        .problem(404, "unknown_meeting")
        .await;
}

#[tokio::test]
async fn a_congress_shows_its_agenda_and_what_was_put_before_it() {
    let world = World::new().await;
    let congress = convene(&world, &json!({"kind": "congress", "title": {"en": "Eleventh Congress"}, "session": 11,
        "place": {"en": "Bangkok"}, "starts_on": "2005-04-18", "ends_on": "2005-04-25", "mandate": 14})).await;
    let item = |title: &str| json!({"number": "8", "title": {"en": title}});
    post(
        &world,
        &format!("{congress}/agenda-items"),
        item("Fifty years"),
    )
    .await;
    post(
        &world,
        &format!("{congress}/agenda-items"),
        item("Fifty years of standard-setting"),
    )
    .await;
    let id = congress.rsplit('/').next().unwrap();
    let document = world.document("A/CONF.203/8").await;
    let before = json!({"to": {"meeting": id}, "as": "before_the_meeting"});
    post(&world, &format!("{document}/links"), before.clone()).await;
    let first = world.get(&congress).send().await;
    let shown = first.expect(200);
    assert_eq!(
        each(&shown["agenda"], "title"),
        ["Fifty years of standard-setting"]
    );
    assert_eq!(each(&shown["documents"], "symbol"), ["A/CONF.203/8"]);
    assert_eq!(shown["documents"][0]["as"], "before_the_meeting");

    // The tag tells of the documents beside it, and still serves whoever changes the meeting.
    let tag = first.header("etag").to_owned();
    let known = world
        .get(&congress)
        .header("if-none-match", &tag)
        .send()
        .await;
    assert_eq!(known.status, 304);
    let report = world.document("A/CONF.203/18").await;
    let outcome = json!({"to": {"meeting": id}, "as": "outcome"});
    post(&world, &format!("{report}/links"), outcome).await;
    let changed = world
        .get(&congress)
        .header("if-none-match", &tag)
        .send()
        .await;
    let shown = changed.expect(200);
    assert_eq!(
        each(&shown["documents"], "symbol"),
        ["A/CONF.203/18", "A/CONF.203/8"]
    );
    let held = world
        .post(&format!("{congress}/holding"))
        .token(&world.officer);
    let held = held.header("if-match", &tag);
    held.json(&json!({"starts_on": "2005-04-18", "ends_on": "2005-04-25"}))
        .expect(200)
        .await;
    let declared = json!({"decision": "Bangkok Declaration"});
    let stale = world
        .post(&format!("{congress}/outcome"))
        .token(&world.officer);
    stale
        .header("if-match", &tag)
        .json(&declared)
        .problem(412, "stale_if_match")
        .await;
    let concluded = post(&world, &format!("{congress}/outcome"), declared).await;
    assert_eq!(concluded["outcome"]["decision"], "Bangkok Declaration");
}

#[tokio::test]
async fn meetings_are_listed_by_kind_session_status_and_category() {
    let world = World::new().await;
    let before = world.head().await;
    let session = |number: u16| {
        json!({"kind": "commission_session", "title": {"en": format!("Session {number}")},
        "session": number, "starts_on": "2004-05-11", "ends_on": "2004-05-20"})
    };
    let experts = convene(&world, &expert_meeting()).await;
    let held = convene(&world, &session(13)).await;
    convene(&world, &session(15)).await;
    let convened = world.head().await;
    let days = json!({"starts_on": "2004-05-11", "ends_on": "2004-05-20"});
    post(&world, &format!("{held}/holding"), days).await;
    let titles = async |query: &str| {
        let listed = world
            .get(&format!("/v1/meetings?{query}"))
            .expect(200)
            .await;
        each(&listed["items"], "title").join(", ")
    };
    assert_eq!(
        titles("").await,
        "Meeting of experts, Session 13, Session 15"
    );
    assert_eq!(
        titles("kind=commission_session").await,
        "Session 13, Session 15"
    );
    assert_eq!(titles("session=15").await, "Session 15");
    assert_eq!(titles("status=held").await, "Session 13");
    assert_eq!(titles("category=I").await, "Meeting of experts");
    assert_eq!(titles(&format!("status=held&as_of={convened}")).await, "");
    assert_eq!(titles(&format!("as_of={before}")).await, "");
    let first = world.get("/v1/meetings?limit=2").expect(200).await;
    let next = first["next"].as_str().unwrap();
    assert_eq!(
        titles(&format!("limit=2&cursor={next}")).await,
        "Session 15"
    );
    let sought = json!({"resources": "sought", "on": "2004-01-20"});
    put(&world, &format!("{experts}/resources"), sought).await;
    let listed = world.get("/v1/meetings").expect(200).await;
    assert_eq!(listed["items"][0]["resources"], "sought");
    assert_eq!(listed["items"][1]["resources"], Value::Null);
    for wrong in ["kind=party", "status=over", "session=x"] {
        let path = format!("/v1/meetings?{wrong}");
        world.get(&path).problem(400, "bad_parameter").await;
    }
}

#[tokio::test]
async fn what_a_meeting_said_can_be_redacted() {
    let world = World::new().await;
    let path = convene(&world, &expert_meeting()).await;
    let days = json!({"starts_on": "2004-02-01", "ends_on": "2004-02-03"});
    post(&world, &format!("{path}/holding"), days).await;
    let summary = json!({"summary": {"text": "Somebody said it.", "lang": "en"}});
    let told = post(&world, &format!("{path}/outcome"), summary).await;
    let content = told["outcome"]["summary"]["content"].as_str().unwrap();
    let read = world.get(&path).send().await;
    let tag = read.header("etag").to_owned();
    let administrator = world.token(Role::Administrator, None).await;
    let redact = world
        .post(&format!("/v1/contents/{content}/redaction"))
        .token(&administrator);
    redact
        .json(&json!({"reason": "names_a_person"}))
        .expect(200)
        .await;
    let again = world
        .get(&path)
        .header("if-none-match", &tag)
        .send()
        .await
        .expect(200);
    assert_eq!(
        again["outcome"]["summary"],
        json!({"redacted": true, "reason": "names_a_person"})
    );
}
