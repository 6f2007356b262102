//! /v1/needs, /v1/replies/{id}/needs and the list of types of needs

use access::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Call, World, each, faults, item_where};

mod drafts;
mod matching;
mod sharing;

fn words(text: &str) -> Value {
    json!({"text": text, "lang": "en"})
}

fn need(text: &str) -> Value {
    json!({"category": "I", "type": "legislation", "urgency": "high", "description": words(text)})
}

impl World {
    /// A need that a focal point indicates outside of any reply, by its path.
    async fn need(&self, token: &str, text: &str) -> String {
        let made = self.post("/v1/needs").token(token).json(&need(text));
        let made = made.expect(201).await;
        format!("/v1/needs/{}", made["id"].as_str().unwrap())
    }

    /// The need's status as an officer sees it.
    async fn status_of(&self, need: &str) -> String {
        let seen = self.get(need).token(&self.officer).expect(200).await;
        seen["status"].as_str().unwrap().to_owned()
    }

    async fn share(&self, need: &str, token: &str, with: &str) {
        let shared = self.put(&format!("{need}/sharing")).token(token);
        let shared = shared.json(&json!({ "with": with })).expect(200).await;
        assert_eq!(shared["shared_with"], with);
    }
}

#[tokio::test]
async fn a_state_indicates_a_need_and_the_secretariat_takes_it_up() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let new = json!({"standard": "bangkok-rules", "type": "equipment", "urgency": "low",
        "description": words("Beds"), "obstacle": {"words": words("No money")}});
    let made = world.post("/v1/needs").token(&finland).json(&new);
    let made = made.send().await;
    let shown = made.expect(201);
    let path = made.header("location").to_owned();
    assert_eq!(shown["code"], "FIN");
    assert_eq!(
        shown["type"],
        json!({"code": "equipment", "label": "Equipment", "lang": "en", "version": 1})
    );
    assert_eq!(shown["description"]["text"], "Beds");
    assert_eq!(shown["obstacle"]["words"]["text"], "No money");
    assert_eq!(shown["status"], "indicated");
    assert_eq!(shown["shared_with"], "nobody");
    assert_eq!(world.get(&path).token(&finland).expect(200).await, shown);

    let confirm = |token| world.post(&format!("{path}/confirmation")).token(token);
    confirm(&finland).problem(403, "not_allowed").await;
    let confirmed = confirm(&world.officer).expect(200).await;
    assert_eq!(confirmed["status"], "confirmed");
    confirm(&world.officer)
        .problem(409, "need_already_confirmed")
        .await;
    let met = world
        .post(&format!("{path}/fulfilment"))
        .token(&world.officer);
    met.json(&json!({"on": "2006-05-01"}))
        .problem(409, "need_not_matched")
        .await;
    let lapse = world.post(&format!("{path}/lapse")).token(&finland);
    let lapsed = lapse.json(&json!({"on": "2006-05-01", "reason": words("The law has changed")}));
    let lapsed = lapsed.expect(200).await;
    assert_eq!(lapsed["status"], "lapsed");
    assert_eq!(lapsed["end"]["on"], "2006-05-01");
    assert_eq!(lapsed["end"]["remark"]["text"], "The law has changed");
    confirm(&world.officer).problem(409, "need_over").await;
}

#[tokio::test]
async fn needs_are_merged_and_declined_with_reasons() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let sweden = world.focal_point("SWE").await;
    let [one, two, three] = [
        world.need(&finland, "One").await,
        world.need(&finland, "Two").await,
        world.need(&finland, "Three").await,
    ];
    let stranger = world.need(&sweden, "Another's").await;
    let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let merge = |need: &str, into: &str| {
        let merge = world.post(&format!("{need}/merger")).token(&world.officer);
        merge.json(&json!({"into": id(into)}))
    };
    for wrong in [&one, &stranger, "/0190b5f0-0000-7000-8000-000000000000"] {
        let problem = merge(&one, wrong).problem(422, "need_faulty").await;
        assert_eq!(faults(&problem), [("bad_merge_target", "/into")]);
    }
    let merged = merge(&one, &two).expect(200).await;
    assert_eq!(merged["status"], "merged");
    assert_eq!(merged["end"]["into"], json!(id(&two)));
    merge(&two, &one).problem(422, "need_faulty").await;
    let decline = |body: Value| {
        let call = world.post(&format!("{three}/declination"));
        call.token(&world.officer).json(&body)
    };
    let blank = decline(json!({"reason": words("  ")}));
    let blank = blank.problem(422, "need_faulty").await;
    assert_eq!(faults(&blank), [("blank", "/reason")]);
    decline(json!({})).problem(422, "wrong_body").await;
    let declined = decline(json!({"reason": words("Asked of another body")}));
    declined.expect(200).await;
    // The State is told why.
    let told = world.get(&three).token(&finland).expect(200).await;
    assert_eq!(told["end"]["remark"]["text"], "Asked of another body");
    for (status, path) in [("merged", &one), ("indicated", &two), ("declined", &three)] {
        let listed = world.get(&format!("/v1/needs?party=FIN&status={status}"));
        let listed = listed.token(&world.officer).expect(200).await;
        assert_eq!(each(&listed["items"], "id"), [id(path)]);
    }
}

#[tokio::test]
async fn only_states_have_needs() {
    let world = World::new().await;
    world.register("ICPO", "igo").await;
    let collection = world.collection(json!({"parties": ["FIN", "ICPO"]})).await;
    let igo = world.focal_point("ICPO").await;
    let reply = world.answered(&collection.collection, &igo).await;
    for path in ["/v1/needs".to_owned(), format!("/v1/replies/{reply}/needs")] {
        let new = world.post(&path).token(&igo).json(&need("Desks"));
        new.problem(403, "not_a_state").await;
    }
}

#[tokio::test]
async fn needs_are_found_by_what_they_are_about_page_by_page() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let collection = world.collection(json!({"parties": ["FIN"]})).await;
    let reply = world.answered(&collection.collection, &finland).await;
    let beside = format!("/v1/replies/{reply}/needs");
    let about = |category: Option<&str>, standard: Option<&str>, kind: &str| json!({"category": category, "standard": standard, "type": kind, "urgency": "low", "description": words("A need")});
    let mut made = Vec::new();
    for (path, body) in [
        ("/v1/needs", about(Some("I"), None, "policy")),
        // A standard tells its category.
        ("/v1/needs", about(None, Some("bangkok-rules"), "other")),
        (
            &*beside,
            about(None, Some("model-treaty-extradition"), "policy"),
        ),
        (&*beside, about(Some("II"), None, "legislation")),
    ] {
        let new = world.post(path).token(&finland).json(&body);
        let new = new.expect(201).await;
        made.push(new["id"].as_str().unwrap().to_owned());
    }
    let listed = async |asked: &str| -> Vec<String> {
        let call = world.get(&format!("/v1/needs?{asked}")).token(&finland);
        let listed = call.expect(200).await;
        let ids = each(&listed["items"], "id");
        ids.into_iter().map(str::to_owned).collect()
    };
    let these = |places: &[usize]| {
        let mut ids: Vec<_> = places.iter().map(|place| made[*place].clone()).collect();
        ids.sort();
        ids
    };
    for (asked, found) in [
        ("category=I", these(&[0, 1])),
        ("category=II", these(&[2, 3])),
        ("category=III", these(&[])),
        ("standard=bangkok-rules", these(&[1])),
        ("type=policy", these(&[0, 2])),
        ("type=policy&category=II", these(&[2])),
        ("status=drafted", these(&[2, 3])),
    ] {
        assert_eq!(listed(asked).await, found, "{asked}");
    }
    // Ids of drafts are of another making than the others, and pages hold all of them all the same.
    let mut pages = Vec::new();
    let mut asked = "limit=1".to_owned();
    loop {
        let page = world.get(&format!("/v1/needs?{asked}")).token(&finland);
        let page = page.expect(200).await;
        pages.extend(each(&page["items"], "id").into_iter().map(str::to_owned));
        match page["next"].as_str() {
            Some(next) => asked = format!("limit=1&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(pages, these(&[0, 1, 2, 3]));
}

#[tokio::test]
async fn every_fault_of_a_need_is_named_with_its_place() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let post = |body: Value| world.post("/v1/needs").token(&finland).json(&body);
    let problem = post(
        json!({"category": "IX", "standard": "no-rules", "type": "weather", "urgency": "low",
        "description": words(" "), "obstacle": {"question": "D1"}}),
    );
    let problem = problem.problem(422, "need_faulty").await;
    assert_eq!(
        faults(&problem),
        [
            ("unknown_category", "/category"),
            ("unknown_standard", "/standard"),
            ("unknown_need_type", "/type"),
            ("blank", "/description"),
            ("not_a_difficulty", "/obstacle/question"),
        ]
    );
    let mut nothing = need("A need");
    nothing["category"] = json!(null);
    let problem = post(nothing).problem(422, "need_faulty").await;
    assert_eq!(faults(&problem), [("no_area", "")]);
    for (member, wrong) in [
        ("urgency", json!("yesterday")),
        ("description", json!("Words")),
        ("obstacle", json!({})),
        ("weight", json!(3)),
    ] {
        let mut body = need("A need");
        body[member] = wrong;
        post(body).problem(422, "wrong_body").await;
    }
    let nobody = world.get("/v1/needs").token(&finland).expect(200).await;
    assert_eq!(nobody["items"], json!([]));
}

#[tokio::test]
async fn a_description_that_names_somebody_is_redacted_and_the_need_stays() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let need = world.need(&finland, "Ask A. Person").await;
    let seen = world.get(&need).token(&world.officer).expect(200).await;
    let content = seen["description"]["content"].as_str().unwrap();
    let administrator = world.token(Role::Administrator, None).await;
    let redact = world.post(&format!("/v1/contents/{content}/redaction"));
    let redact = redact.token(&administrator);
    redact
        .json(&json!({"reason": "names_a_person"}))
        .expect(200)
        .await;
    let told = world.get(&need).token(&finland).expect(200).await;
    assert_eq!(
        told["description"],
        json!({"redacted": true, "reason": "names_a_person"})
    );
    assert_eq!(told["urgency"], "high");
}

#[tokio::test]
async fn the_list_of_types_is_revised_and_needs_keep_the_version_that_theirs_is_from() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let types = world.get("/v1/need-types?lang=fr").expect(200).await;
    assert_eq!(types["items"].as_array().unwrap().len(), 9);
    assert_eq!(
        item_where(&types["items"], "code", "policy")["label"],
        "Politiques"
    );
    let before = world.head().await;
    let path = world.need(&finland, "A law").await;
    let revise = |types: Value| {
        let call = world.post("/v1/need-types").token(&world.officer);
        call.json(&json!({ "types": types }))
    };
    let label = json!({"en": "Drafting of laws", "fr": "Rédaction de lois"});
    let revised = revise(json!([{"code": "laws", "label": label}]));
    assert_eq!(
        revised.expect(200).await,
        json!({"version": 2, "types": ["laws"]})
    );
    let kept = world.get(&path).token(&finland).expect(200).await;
    assert_eq!(
        kept["type"],
        json!({"code": "legislation", "label": "Legislation", "lang": "en", "version": 1})
    );
    let gone = world.post("/v1/needs").token(&finland);
    let gone = gone.json(&need("Another")).problem(422, "need_faulty");
    assert_eq!(faults(&gone.await), [("unknown_need_type", "/type")]);
    let then = world.get(&format!("/v1/need-types?as_of={before}"));
    assert_eq!(then.expect(200).await["items"].as_array().unwrap().len(), 9);
    let wrong = revise(json!([{"code": "Laws", "label": {"en": "L"}}]));
    let wrong = wrong.problem(422, "need_types_faulty").await;
    assert_eq!(
        faults(&wrong),
        [
            ("bad_need_type", "/types/0/code"),
            ("missing_text", "/types/0/label")
        ]
    );
}

#[tokio::test]
async fn reads_of_needs_are_recorded_and_their_timeline_is_for_those_whose_they_are() {
    let world = World::new().await;
    let administrator = world.token(Role::Administrator, None).await;
    let finland = world.focal_point("FIN").await;
    let sweden = world.focal_point("SWE").await;
    let donor = world.token(Role::Donor, Some("SWE")).await;
    let need = world.need(&finland, "A need").await;
    world.share(&need, &finland, "donors").await;
    let id = need.rsplit('/').next().unwrap();
    world.get(&need).token(&donor).expect(200).await;
    world.get("/v1/needs").token(&donor).expect(200).await;
    let reads = world.get("/v1/audit/reads").token(&administrator);
    let reads = reads.expect(200).await;
    let operations: Vec<_> = reads["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|read| read["role"] == "donor")
        .map(|read| (read["operation"].clone(), read["object"].clone()))
        .collect();
    assert!(operations.contains(&(json!("get_need"), json!(id))));
    assert!(operations.contains(&(json!("list_needs"), json!(null))));
    let timeline = |token: &String| world.get(&format!("/v1/timelines/{id}")).token(token);
    for token in [&finland, &world.officer] {
        let told = timeline(token).expect(200).await;
        assert_eq!(
            each(&told["items"], "text"),
            [
                "Finland indicated a need: Legislation.",
                "The State decided with whom the need is shared: donors."
            ]
        );
    }
    for token in [&sweden, &donor] {
        timeline(token).problem(404, "not_found").await;
    }
}
