//! /v1/consultations

use access::Role;
use serde_json::{Value, json};

use crate::support::{World, each, faults, forwarding, item_where, questionnaire};

async fn status(world: &World, instrument: &str) -> String {
    let shown = world.shown_instrument(instrument).await;
    shown["status"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_revision_is_forwarded_to_audiences_and_parties_and_its_instrument_says_so() {
    let world = World::new().await;
    world.register("PRI", "ngo").await;
    world.register("AI", "ngo").await;
    let instrument = world.revised_instrument("intersessional").await;
    assert_eq!(status(&world, &instrument).await, "drafting");
    let id = instrument.rsplit('/').next().unwrap();
    let mut new = forwarding(id, 1, &json!(["PRI"]));
    new["audiences"] = json!(["observer_state"]);
    new["title"] = json!({"en": "Comments on category I", "fr": "Observations sur la catégorie I"});
    new["deadline"] = json!({"at": "2004-07-31", "time_zone": "Europe/Vienna"});
    let opened = world.post("/v1/consultations").token(&world.officer);
    let opened = opened.json(&new).send().await;
    let view = opened.expect(201);
    let path = opened.header("location").to_owned();
    assert_eq!(path, world.round(&instrument, 1));
    assert_eq!(view["asked"], json!({"ngo": 1, "observer_state": 2}));
    assert_eq!(view["deadline"]["local"], "2004-07-31T23:59:59");
    assert_eq!(view["overdue"], true);
    assert_eq!(view["round"], 1);
    assert_eq!(status(&world, &instrument).await, "forwarded");

    let change = |what: &str, body: Value| {
        let call = world.post(&format!("{path}/{what}"));
        call.token(&world.officer).json(&body)
    };
    let before = world.head().await;
    let more = change("parties", json!({"parties": ["AI"], "kinds": []}));
    assert_eq!(more.expect(200).await["asked"]["ngo"], 2);
    let again = change("parties", json!({"parties": ["FIN", "AI"]}));
    let again = again.problem(409, "party_already_asked").await;
    assert_eq!(faults(&again), [("asked_already", "/parties/1")]);
    let shorter = json!({"deadline": {"at": "2004-06-30", "time_zone": "Europe/Vienna"}});
    let shorter = change("extension", shorter);
    let shorter = shorter.problem(422, "consultation_faulty").await;
    assert_eq!(faults(&shorter), [("no_extension", "/deadline/at")]);
    let longer = json!({"deadline": {"at": "2999-12-31", "time_zone": "Europe/Vienna"}});
    let longer = change("extension", longer).expect(200).await;
    assert_eq!(longer["overdue"], false);

    let ngo = world.focal_point("PRI").await;
    let mine = world.comment(&path, &ngo, json!({"instrument": true}), "Good.");
    mine.await;
    let asked = |query: &str| {
        let call = world.get(&format!("{path}/parties{query}"));
        call.token(&world.officer).expect(200)
    };
    let all = asked("").await;
    assert_eq!(each(&all["items"], "code"), ["AI", "PRI", "PSE", "VAT"]);
    let ngos = item_where(&all["kinds"], "kind", "ngo");
    assert_eq!((&ngos["asked"], &ngos["answered"]), (&json!(2), &json!(1)));
    assert_eq!(item_where(&all["items"], "code", "PRI")["answered"], true);
    let silent = asked("?answered=false&kind=ngo").await;
    assert_eq!(each(&silent["items"], "code"), ["AI"]);
    let answered = asked("?answered=true").await;
    assert_eq!(each(&answered["items"], "code"), ["PRI"]);
    let then = asked(&format!("?as_of={before}")).await;
    assert_eq!(each(&then["items"], "code"), ["PRI", "PSE", "VAT"]);
    assert_eq!(item_where(&then["kinds"], "kind", "ngo")["answered"], 0);
    let page = asked("?limit=2").await;
    let rest = asked(&format!("?cursor={}", page["next"].as_str().unwrap())).await;
    assert_eq!(each(&rest["items"], "code"), ["PSE", "VAT"]);

    change(
        "reopening",
        json!({"reason": {"text": "Why not", "lang": "en"}}),
    )
    .problem(409, "consultation_open")
    .await;
    assert_eq!(
        change("closure", json!({})).expect(200).await["status"],
        "closed"
    );
    assert_eq!(status(&world, &instrument).await, "under_review");
    for (what, body) in [
        ("closure", json!({})),
        ("parties", json!({"parties": ["FIN"]})),
        (
            "extension",
            json!({"deadline": {"at": "2999-12-31", "time_zone": "Europe/Vienna"}}),
        ),
    ] {
        change(what, body).problem(409, "consultation_closed").await;
    }
    let blank = change("reopening", json!({"reason": {"text": " ", "lang": "en"}}));
    blank.problem(422, "consultation_faulty").await;
    let reopened = change(
        "reopening",
        json!({"reason": {"text": "A State asked for time.", "lang": "en"}}),
    );
    let reopened = reopened.expect(200).await;
    assert_eq!(reopened["status"], "open");
    // Why is told to the Secretariat, as words that can be redacted.
    assert_eq!(reopened["reason"]["text"], "A State asked for time.");
    assert!(reopened["reason"]["content"].is_string());
    let seen = world.get(&path).token(&ngo).expect(200).await;
    assert_eq!(seen["reason"], json!(null));
    let listed = world.get("/v1/consultations").token(&ngo).expect(200).await;
    assert_eq!(listed["items"][0]["status"], "open");
    let nothing = format!("/v1/consultations?instrument={}", clock_id());
    let nothing = world.get(&nothing).token(&ngo).expect(200).await;
    assert_eq!(nothing["items"], json!([]));
}

fn clock_id() -> uuid::Uuid {
    clock::new_id()
}

#[tokio::test]
async fn the_rest_of_a_kind_is_asked_later_and_counts_as_forwarded_to_it() {
    let world = World::new().await;
    world.register("PRI", "ngo").await;
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["FIN", "PRI"]).await;
    world.register("AI", "ngo").await;
    let ask = |body: Value| {
        let call = world.post(&format!("{path}/parties"));
        call.token(&world.officer).json(&body)
    };
    let all = ask(json!({"kinds": ["ngo"], "regional_groups": ["weog"]}))
        .expect(200)
        .await;
    assert_eq!(all["audiences"], json!(["ngo"]));
    assert_eq!(all["asked"], json!({"member_state": 29, "ngo": 2}));
    let head = world.head().await;
    ask(json!({"kinds": ["ngo"]})).expect(200).await;
    assert_eq!(world.head().await, head, "nobody is new");
    // Whoever is named is new, or it was a mistake.
    let twice = ask(json!({"kinds": ["igo"], "parties": ["KEN", "PRI"]}));
    let twice = twice.problem(409, "party_already_asked").await;
    assert_eq!(faults(&twice), [("asked_already", "/parties/1")]);
    let unknown = ask(json!({"parties": ["KEN", "XXX"]}));
    let unknown = unknown.problem(422, "consultation_faulty").await;
    assert_eq!(faults(&unknown), [("unknown_party", "/parties/1")]);
    // A kind of which nobody is registered is addressed all the same.
    let nobody = ask(json!({"kinds": ["igo"]})).expect(200).await;
    assert_eq!(nobody["audiences"], json!(["ngo", "igo"]));
}

#[tokio::test]
async fn only_the_latest_revision_that_is_worked_on_is_forwarded_and_every_fault_is_named() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let id = instrument.rsplit('/').next().unwrap();
    let forward = |change: &dyn Fn(&mut Value)| {
        let mut new = forwarding(id, 1, &json!([]));
        change(&mut new);
        let call = world.post("/v1/consultations");
        call.token(&world.officer).json(&new)
    };
    let faulty = forward(&|new| {
        new["title"] = json!({});
        new["reference"] = json!("");
        new["deadline"]["at"] = json!("2004-05-02");
        new["audiences"] = json!(["ngo", "ngo"]);
        new["parties"] = json!(["FIN", "fin"]);
    });
    assert_eq!(
        faults(&faulty.problem(422, "consultation_faulty").await),
        [
            ("blank", "/title"),
            ("blank", "/reference"),
            ("deadline_before_opening", "/deadline/at"),
            ("audience_listed_twice", "/audiences/1"),
            ("party_listed_twice", "/parties/1"),
        ]
    );
    let unknown = forward(&|new| new["parties"] = json!(["FIN", "XXX"]));
    let unknown = unknown.problem(422, "consultation_faulty").await;
    assert_eq!(faults(&unknown), [("unknown_party", "/parties/1")]);
    let atlantis = forward(&|new| new["deadline"]["time_zone"] = json!("Europe/Atlantis"));
    let atlantis = atlantis.problem(422, "consultation_faulty").await;
    assert_eq!(
        faults(&atlantis),
        [("unknown_time_zone", "/deadline/time_zone")]
    );
    forward(&|new| new["revision"] = json!(2))
        .problem(404, "unknown_revision")
        .await;
    let mut changed = questionnaire();
    changed["sections"][0]["questions"][0]["required"] = json!(false);
    world.revise(&instrument, &changed, json!({})).await;
    forward(&|_| {}).problem(409, "revision_superseded").await;
    let opened = world.forward(&instrument, 2, &["FIN"]).await;
    let second = world.forward(&instrument, 2, &["KEN"]).await;
    assert_eq!(
        [opened, second.clone()],
        [1, 2].map(|n| world.round(&instrument, n))
    );
    let path = format!("{instrument}/revisions/2/approval");
    let approve = || {
        let call = world.post(&path).token(&world.officer);
        call.json(&json!({"meeting": "M", "decision": "D", "date": "2004-10-01"}))
    };
    let open = approve().problem(409, "consultations_open").await;
    assert_eq!(open["faults"].as_array().unwrap().len(), 2);
    for n in [1, 2] {
        world.close_consultation(&world.round(&instrument, n)).await;
    }
    approve().expect(201).await;
    assert_eq!(status(&world, &instrument).await, "approved");
    forward(&|new| new["revision"] = json!(2))
        .problem(409, "revision_already_approved")
        .await;
    let reopen = world.post(&format!("{second}/reopening"));
    let reopen = reopen
        .token(&world.officer)
        .json(&json!({"reason": {"text": "Late.", "lang": "en"}}));
    reopen.problem(409, "revision_already_approved").await;
}

#[tokio::test]
async fn two_who_forward_at_once_open_two_rounds_and_a_repeated_request_opens_one() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let id = instrument.rsplit('/').next().unwrap();
    let forward = |key: &str| {
        let call = world.post("/v1/consultations").token(&world.officer);
        let call = call.header("idempotency-key", key);
        call.json(&forwarding(id, 1, &json!(["FIN"]))).expect(201)
    };
    let (one, other) = tokio::join!(forward("a"), forward("b"));
    let mut rounds = [&one, &other].map(|opened| opened["round"].as_u64().unwrap());
    rounds.sort_unstable();
    assert_eq!(rounds, [1, 2]);
    assert_eq!(forward("a").await["id"], one["id"]);
    let listed = world.get("/v1/consultations").token(&world.officer);
    let listed = listed.expect(200).await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn parties_may_know_of_a_consultation_and_outsiders_once_it_is_published() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["FIN"]).await;
    let donor = world.token(Role::Donor, Some("SWE")).await;
    let mission = world.token(Role::Mission, Some("KEN")).await;
    world.get(&path).token(&mission).expect(200).await;
    world.get(&path).problem(404, "not_found").await;
    world
        .get(&path)
        .token(&donor)
        .problem(404, "not_found")
        .await;
    let listed = world.get("/v1/consultations").expect(200).await;
    assert_eq!(listed["items"], json!([]));
    for what in [
        "parties",
        "extension",
        "closure",
        "reopening",
        "publication",
    ] {
        let call = world.post(&format!("{path}/{what}")).token(&mission);
        call.json(&json!({})).problem(403, "not_allowed").await;
    }
    let parties = world.get(&format!("{path}/parties")).token(&mission);
    parties.problem(404, "not_found").await;

    world.publish_comments(&path).await;
    let shown = world.get(&path).expect(200).await;
    assert_eq!(shown["comments_published_on"], "2004-09-01");
    world.get(&path).token(&donor).expect(200).await;
    let listed = world.get("/v1/consultations").expect(200).await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let reopen = world.post(&format!("{path}/reopening"));
    let reopen = reopen
        .token(&world.officer)
        .json(&json!({"reason": {"text": "Late.", "lang": "en"}}));
    reopen.problem(409, "comments_already_published").await;
}
