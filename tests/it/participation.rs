//! /v1/collections/{id}/participation

use serde_json::json;

use crate::support::{World, each, item_where};

#[tokio::test]
async fn participation_has_its_fixed_shape() {
    let world = World::new().await;
    let opened = world.collection(json!({"kinds": ["member_state"]})).await;
    let answers = json!({"A1": {"value": "yes"}});
    for party in ["KEN", "FIN", "THA"] {
        let token = world.focal_point(party).await;
        world
            .submitted(&opened.collection, &token, answers.clone())
            .await;
    }
    let counted = world
        .participation(&opened.collection, "group_by=regional_group")
        .await;
    let head = world.events_after(world.head().await - 1).await;
    let other = |kind: &str| json!({"kind": kind, "invited": 0, "replied": 0});
    let group = |code: &str, label: &str, invited: u32, replied: u32, rate: f64| json!({"group": code, "label": label, "invited": invited, "replied": replied, "rate": rate});
    assert_eq!(
        counted,
        json!({"collection": opened.collection,
               "as_of": {"position": head[0]["position"], "time": head[0]["time"]},
               "group_by": "regional_group",
               "denominator": {"kind": "member_state", "invited": 193},
               "replied": 3, "late": 0, "rate": 0.0155,
               "groups": [group("african", "African States", 54, 1, 0.0185),
                          group("asia-pacific", "Asia-Pacific States", 54, 1, 0.0185),
                          group("eastern-european", "Eastern European States", 23, 0, 0.0),
                          group("grulac", "Latin American and Caribbean States", 33, 0, 0.0),
                          group("weog", "Western European and other States", 29, 1, 0.0345)],
               "others": [other("observer_state"), other("igo"), other("ngo"), other("programme_institute"),
                          other("un_entity")],
               "notices": [{"code": "denominator_date", "lang": "en",
                            "text": "Parties are counted as invited on 2011-03-08, each by its kind and regional group of that day."}]})
    );
    let keys: Vec<&String> = counted.as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 10);
}

#[tokio::test]
async fn groups_count_by_the_group_on_the_day_of_the_invitation() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let invited = json!({"parties": ["FIN", "THA"]});
    let before = world.open(&instrument, "2999-12-31", &invited).await;
    world
        .post("/v1/parties/FIN/regional-group")
        .token(&world.officer)
        .json(&json!({"regional_group": "african", "on": "2025-01-01", "reason": "A test."}))
        .expect(200)
        .await;
    let after = world.open(&instrument, "2999-12-31", &invited).await;
    let finland = world.focal_point("FIN").await;
    for collection in [&before, &after] {
        let answers = json!({"A1": {"value": "no"}});
        world.submitted(collection, &finland, answers).await;
    }
    for (collection, group, other) in [(&before, "weog", "african"), (&after, "african", "weog")] {
        let counted = world.participation(collection, "").await;
        assert_eq!(item_where(&counted["groups"], "group", group)["replied"], 1);
        assert_eq!(item_where(&counted["groups"], "group", group)["rate"], 1.0);
        assert_eq!(item_where(&counted["groups"], "group", other)["invited"], 0);
        assert_eq!(
            item_where(&counted["groups"], "group", other)["rate"],
            json!(null)
        );
        let tally = world.tally(collection, "question=A1").await;
        assert_eq!(
            item_where(&tally["groups"], "group", group)["base"]["replied"],
            1
        );
        assert_eq!(
            item_where(&tally["groups"], "group", other)["base"]["replied"],
            0
        );
    }
}

#[tokio::test]
async fn observers_and_others_are_listed_and_never_counted() {
    let world = World::new().await;
    world.register("AMNESTY", "ngo").await;
    world.register("UNICRI", "programme_institute").await;
    let invited =
        json!({"parties": ["FIN"], "kinds": ["observer_state", "ngo", "programme_institute"]});
    let opened = world.collection(invited).await;
    for party in ["VAT", "AMNESTY"] {
        let token = world.focal_point(party).await;
        let answers = json!({"A1": {"value": "yes"}});
        world.submitted(&opened.collection, &token, answers).await;
    }
    let counted = world.participation(&opened.collection, "").await;
    assert_eq!(counted["denominator"]["invited"], 1);
    assert_eq!(counted["replied"], 0);
    assert_eq!(counted["rate"], 0.0);
    for (kind, invited, replied) in [
        ("observer_state", 2, 1),
        ("ngo", 1, 1),
        ("programme_institute", 1, 0),
        ("igo", 0, 0),
    ] {
        let other = item_where(&counted["others"], "kind", kind);
        assert_eq!(
            (&other["invited"], &other["replied"]),
            (&json!(invited), &json!(replied)),
            "{kind}"
        );
    }
    let tally = world.tally(&opened.collection, "question=A1").await;
    assert_eq!(tally["base"]["replied"], 0);
    assert_eq!(tally["options"][0]["count"], 0);
    let notice = item_where(&tally["notices"], "code", "others_not_counted");
    let text = notice["text"].as_str().unwrap();
    assert!(text.contains('2') && text.contains(' '), "{text}");
}

#[tokio::test]
async fn without_anybody_invited_there_is_no_rate() {
    let world = World::new().await;
    let opened = world.collection(json!({})).await;
    let counted = world.participation(&opened.collection, "").await;
    assert_eq!(counted["denominator"]["invited"], 0);
    assert_eq!(counted["rate"], json!(null));
    let groups = counted["groups"].as_array().unwrap();
    assert!(groups.iter().all(|group| group["rate"] == json!(null)));
}

#[tokio::test]
async fn participation_is_asked_as_of_a_position_or_a_time() {
    let world = World::new().await;
    let opened = world
        .collection(json!({"parties": ["FIN", "THA", "KEN"]}))
        .await;
    let open = world.head().await;
    for party in ["FIN", "THA", "KEN"] {
        let token = world.focal_point(party).await;
        let answers = json!({"A1": {"value": "yes"}});
        world.submitted(&opened.collection, &token, answers).await;
    }
    let at_the_opening = world
        .participation(&opened.collection, &format!("as_of={open}"))
        .await;
    assert_eq!(at_the_opening["replied"], 0);
    assert_eq!(at_the_opening["denominator"]["invited"], 3);

    let events = world.events_after(open).await;
    let submitted = events
        .iter()
        .filter(|event| event["kind"] == "reply_submitted");
    for (number, event) in submitted.enumerate() {
        let position = event["position"].as_u64().unwrap();
        let time = event["time"].as_str().unwrap();
        for asked in [position.to_string(), time.to_owned()] {
            let then = world
                .participation(&opened.collection, &format!("as_of={asked}"))
                .await;
            assert_eq!(then["replied"], number + 1, "as of {asked}");
            assert_eq!(then["as_of"], json!({"position": position, "time": time}));
        }
        let just_before = world
            .participation(&opened.collection, &format!("as_of={}", position - 1))
            .await;
        assert_eq!(just_before["replied"], number);
    }
    // The same instant in another zone; what is finer than the log's times is cut off, never rounded up.
    let last = events.last().unwrap()["time"].as_str().unwrap();
    let finer = last.replace('Z', "999Z");
    let then = world
        .participation(&opened.collection, &format!("as_of={finer}"))
        .await;
    assert_eq!(then["as_of"]["time"], last);
}

#[tokio::test]
async fn before_a_collection_existed_its_figures_are_not_found() {
    let world = World::new().await;
    let before = world.head().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let path = format!("/v1/collections/{}", opened.collection);
    for (what, token) in [
        ("participation?", None),
        ("tallies?question=A1&", Some(&world.officer)),
        ("invitations?", Some(&world.officer)),
        ("replies?", Some(&world.officer)),
    ] {
        for then in [&before.to_string(), "0", "1999-01-01T00:00:00Z"] {
            let call = world.get(&format!("{path}/{what}as_of={then}"));
            let call = token.iter().fold(call, |call, token| call.token(token));
            call.problem(404, "before_it_existed").await;
        }
    }
    let listed = world.get(&format!("/v1/collections?as_of={before}"));
    assert_eq!(listed.expect(200).await["items"], json!([]));
}

#[tokio::test]
async fn only_replies_received_by_a_time_are_counted_if_so_asked() {
    let world = World::new().await;
    let opened = world
        .collection(json!({"parties": ["FIN", "THA", "KEN"]}))
        .await;
    let mut times = Vec::new();
    for party in ["FIN", "THA", "KEN"] {
        let token = world.focal_point(party).await;
        let reply = world.answered(&opened.collection, &token).await;
        let receipt = world
            .post(&format!("/v1/replies/{reply}/submission"))
            .token(&token)
            .expect(201)
            .await;
        times.push(receipt["received_at"].as_str().unwrap().to_owned());
    }
    let replied = async |by: &str| {
        let asked = format!("received_by={by}");
        world.participation(&opened.collection, &asked).await["replied"].clone()
    };
    for (number, time) in times.iter().enumerate() {
        assert_eq!(replied(time).await, number + 1);
    }
    assert_eq!(replied("2011-06-30").await, 0);
    assert_eq!(replied("2999-12-31").await, 3);
    assert_eq!(replied("2011-06-30T23:59:59%2B02:00").await, 0);
    for wrong in [
        "",
        "soon",
        "2011-02-30",
        "5",
        "-009999-01-01T00:00:00Z",
        "2011-06-30T10:00",
    ] {
        let path = format!(
            "/v1/collections/{}/participation?received_by={wrong}",
            opened.collection
        );
        world.get(&path).problem(400, "bad_parameter").await;
    }
}

#[tokio::test]
async fn participation_groups_by_region_or_not_at_all() {
    let world = World::new().await;
    let opened = world.collection(json!({"kinds": ["member_state"]})).await;
    let by_region = world
        .participation(&opened.collection, "group_by=region")
        .await;
    assert_eq!(
        each(&by_region["groups"], "group"),
        ["Africa", "Americas", "Asia", "Europe", "Oceania"]
    );
    let invited = by_region["groups"].as_array().unwrap();
    let sum: u64 = invited
        .iter()
        .map(|group| group["invited"].as_u64().unwrap())
        .sum();
    assert_eq!(sum, 193);
    let whole = world
        .participation(&opened.collection, "group_by=none")
        .await;
    assert_eq!(whole["groups"], json!([]));
    assert_eq!(whole["denominator"]["invited"], 193);
    for wrong in ["", "gdp", "Regional_Group"] {
        let path = format!(
            "/v1/collections/{}/participation?group_by={wrong}",
            opened.collection
        );
        world.get(&path).problem(400, "bad_parameter").await;
    }
}

#[tokio::test]
async fn the_tag_of_participation_tells_of_no_amendment() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let collection = &opened.collection;
    let finland = world.focal_point("FIN").await;
    let answers = json!({"A1": {"value": "no"}});
    let reply = world.submitted(collection, &finland, answers).await;
    let path = format!("/v1/collections/{collection}/participation");
    let tag = async || world.get(&path).send().await.header("etag").to_owned();
    let before = tag().await;
    let reply = format!("/v1/replies/{reply}");
    let post = |what: &str| world.post(&format!("{reply}{what}")).token(&finland);
    post("/amendment").expect(201).await;
    let put = world.put(&format!("{reply}/answers/A1")).token(&finland);
    put.json(&json!({"value": "yes"})).expect(200).await;
    post("/submission").expect(201).await;
    assert_eq!(tag().await, before, "who replied has not changed");
    // A withdrawal and whatever is counted after it do change it.
    let why = json!({"reason": {"text": "We reconsider.", "lang": "en"}});
    post("/withdrawal").json(&why).expect(201).await;
    let withdrawn = tag().await;
    assert_ne!(withdrawn, before);
    post("/submission").expect(201).await;
    assert_ne!(tag().await, withdrawn);
}
