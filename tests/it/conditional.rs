//! ETag, If-None-Match, If-Match, HEAD

use reqwest::Method;
use serde_json::json;

use crate::support::World;

#[tokio::test]
async fn what_the_caller_has_is_not_sent_again() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.answered(&opened.collection, &finland).await;
    let collection = format!("/v1/collections/{}", opened.collection);
    let instrument = format!("/v1/instruments/{}", opened.instrument);
    for path in [
        "/v1/parties?limit=3",
        "/v1/parties/FIN",
        "/v1/regional-groups",
        "/v1/categories",
        "/v1/standards",
        "/v1/instruments",
        &instrument,
        &format!("{instrument}/draft"),
        &format!("{instrument}/revisions/1"),
        "/v1/collections",
        &collection,
        &format!("{collection}/invitations"),
        &format!("{collection}/replies"),
        &format!("{collection}/participation"),
        &format!("{collection}/tallies?question=A1"),
        &format!("/v1/replies/{reply}"),
        &format!("/v1/replies/{reply}/answers"),
    ] {
        let get = || world.get(path).token(&world.officer);
        let first = get().send().await;
        first.expect(200);
        let tag = first.header("etag").to_owned();
        assert!(tag.ends_with('"'), "{path}: {tag}");
        assert_eq!(first.header("cache-control"), "private, no-cache", "{path}");
        assert!(first.header("vary").contains("Authorization"), "{path}");
        let weak = weak(tag.trim_start_matches("W/"));
        for known in [&tag, "*", &format!("\"0-x\", {tag}"), &weak] {
            let again = get().header("if-none-match", known).send().await;
            assert_eq!(again.status, 304, "{path} with {known}");
            assert_eq!(again.text, "");
            assert_eq!(again.header("etag"), tag);
        }
        for other in ["\"999999\"", "", "x"] {
            get().header("if-none-match", other).expect(200).await;
        }
    }
}

#[tokio::test]
async fn a_resources_tag_is_the_position_of_its_last_change() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN", "THA"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.reply(&opened.collection, &finland).await;
    let path = format!("/v1/replies/{reply}");
    let tag = async || {
        let shown = world.get(&path).token(&finland).send().await;
        shown.header("etag").to_owned()
    };
    assert_eq!(tag().await, format!("\"{}\"", world.head().await));
    let before = tag().await;
    world.register("ICPO", "igo").await;
    assert_eq!(tag().await, before, "somebody else's change is none of it");
    let saved = world
        .put(&format!("{path}/answers/A1"))
        .token(&finland)
        .json(&json!({"value": "no"}))
        .send()
        .await;
    assert_eq!(tag().await, saved.header("etag"));
    assert_ne!(tag().await, before);
}

#[tokio::test]
async fn a_figures_tag_changes_with_the_figure_and_not_with_the_log() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN", "THA"]})).await;
    let other = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let path = format!("/v1/collections/{}", opened.collection);
    let paths = [
        format!("{path}/participation"),
        format!("{path}/tallies?question=A1"),
    ];
    let tags = async || {
        let mut tags = Vec::new();
        for path in &paths {
            let figure = world.get(path).token(&world.officer).send().await;
            figure.expect(200);
            assert!(figure.header("etag").starts_with("W/"));
            tags.push(figure.header("etag").to_owned());
        }
        tags
    };
    let before = tags().await;
    let answers = json!({"A1": {"value": "yes"}});
    world
        .submitted(&other.collection, &finland, answers.clone())
        .await;
    assert_eq!(tags().await, before);
    world.submitted(&opened.collection, &finland, answers).await;
    let after = tags().await;
    assert_ne!(after[0], before[0]);
    assert_ne!(after[1], before[1]);
    let thailand = world.focal_point("THA").await;
    world.answered(&opened.collection, &thailand).await;
    assert_eq!(tags().await, after, "a draft changes no figure");
}

#[tokio::test]
async fn a_write_with_a_stale_if_match_is_refused_with_the_current_tag() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.reply(&opened.collection, &finland).await;
    let path = format!("/v1/replies/{reply}");
    let put = |value: &str, tag: &str| {
        world
            .patch(&format!("{path}/answers"))
            .token(&finland)
            .json(&json!({"answers": {"A1": {"value": value}}}))
            .header("if-match", tag)
    };
    let first = world.get(&path).token(&finland).send().await;
    let first = first.header("etag").to_owned();
    let saved = put("yes", &first).send().await;
    saved.expect(200);
    let second = saved.header("etag").to_owned();

    let stale = put("no", &first).send().await;
    let problem = stale.problem(412, "stale_if_match");
    assert_eq!(stale.header("etag"), second);
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains(second.trim_matches('"')), "{detail}");
    put("no", "\"0\", \"1\"")
        .problem(412, "stale_if_match")
        .await;
    put("no", &format!("{first}, {second}")).expect(200).await;
    put("yes", "*").expect(200).await;
    put("no", &format!("\"0\", {}", weak(&second)))
        .problem(412, "stale_if_match")
        .await;
    let submission = format!("{path}/submission");
    world
        .post(&submission)
        .token(&finland)
        .header("if-match", &second)
        .problem(412, "stale_if_match")
        .await;
}

/// What a proxy makes of a tag when it compresses the answer.
fn weak(tag: &str) -> String {
    format!("W/{tag}")
}

#[tokio::test]
async fn a_tag_that_a_proxy_weakened_holds_for_the_state_that_it_names() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.reply(&opened.collection, &finland).await;
    let path = format!("/v1/replies/{reply}");
    let read = || world.get(&path).token(&finland);
    let tag = read().send().await.header("etag").to_owned();
    let known = read().header("if-none-match", &weak(&tag)).send().await;
    assert_eq!(known.status, 304);
    let save = |path: &str, tag: &str| {
        let call = world.patch(path).token(&finland);
        let answers = json!({"answers": {"A1": {"value": "yes"}}});
        call.json(&answers).header("if-match", tag)
    };
    let answers = format!("{path}/answers");
    let list = format!("\"1\", {}, W/\"2-fr\"", weak(&tag));
    save(&answers, &list).expect(200).await;
    save(&answers, &weak(&tag))
        .problem(412, "stale_if_match")
        .await;
    // One answer has a tag of its own.
    let one = format!("{answers}/A1");
    let tag = world.get(&one).token(&finland).send().await;
    let put = |value: &str, tag: &str| {
        let call = world.put(&one).token(&finland);
        call.json(&json!({"value": value})).header("if-match", tag)
    };
    put("no", &weak(tag.header("etag"))).expect(200).await;
    put("yes", &weak(tag.header("etag")))
        .problem(412, "stale_if_match")
        .await;
}

#[tokio::test]
async fn the_tag_of_a_translation_serves_for_if_match() {
    let world = World::new().await;
    let opened = world.collection(json!({})).await;
    let path = format!("/v1/collections/{}", opened.collection);
    let french = world.get(&format!("{path}?lang=fr")).send().await;
    let english = world.get(&path).send().await;
    assert_ne!(french.header("etag"), english.header("etag"));
    world
        .post(&format!("{path}/closure"))
        .token(&world.officer)
        .header("if-match", french.header("etag"))
        .expect(200)
        .await;
}

#[tokio::test]
async fn an_if_match_that_is_no_tag_of_ours_is_refused() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.reply(&opened.collection, &finland).await;
    for wrong in [
        "",
        "5",
        "\"x\"",
        "W/\"x\"",
        "W/5",
        "w/\"5\"",
        "\"+5\"",
        "\"05\"",
        "*, \"x\"",
        "\"5",
        "\"5\",",
        "\"-5\"",
        "\"99999999999999999999\"",
    ] {
        world
            .put(&format!("/v1/replies/{reply}/answers/A1"))
            .token(&finland)
            .json(&json!({"value": "yes"}))
            .header("if-match", wrong)
            .problem(400, "bad_if_match")
            .await;
    }
    // Several lines are one list.
    let position = world.head().await;
    world
        .patch(&format!("/v1/replies/{reply}/answers"))
        .token(&finland)
        .json(&json!({"answers": {"A1": {"value": "yes"}}}))
        .header("if-match", "\"1\"")
        .header("if-match", &format!("\"{position}\""))
        .expect(200)
        .await;
}

#[tokio::test]
async fn head_is_answered_as_get_without_a_body() {
    let world = World::new().await;
    for path in ["/v1/parties/FIN", "/", "/healthz", "/openapi.json"] {
        let get = world.get(path).send().await;
        let head = world.call(Method::HEAD, path).send().await;
        assert_eq!(head.status, 200, "{path}");
        assert_eq!(head.text, "");
        for header in ["content-type", "etag", "content-length"] {
            assert_eq!(head.header(header), get.header(header), "{header} {path}");
        }
    }
    let refused = world.call(Method::HEAD, "/v1/events").send().await;
    assert_eq!((refused.status, refused.text.as_str()), (401, ""));
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_take_it() {
    let world = World::new().await;
    let path = "/v1/parties?limit=500";
    let zipped = world.get(path).header("accept-encoding", "gzip");
    let zipped = zipped.send().await;
    assert_eq!(zipped.header("content-encoding"), "gzip");
    let vary: Vec<_> = zipped.headers.get_all("vary").iter().collect();
    assert!(
        format!("{vary:?}")
            .to_lowercase()
            .contains("accept-encoding")
    );
    for identity in ["identity", "br", "*;q=0, identity"] {
        let plain = world.get(path).header("accept-encoding", identity);
        let plain = plain.send().await;
        plain.expect(200);
        assert_eq!(plain.header("content-encoding"), "", "{identity}");
    }
    world
        .get(path)
        .header("accept-encoding", "*;q=0")
        .problem(406, "not_acceptable")
        .await;
}

#[tokio::test]
async fn a_list_has_another_tag_only_when_it_can_have_changed() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let collection = format!("/v1/collections/{}", opened.collection);
    let (invitations, replies) = (
        format!("{collection}/invitations"),
        format!("{collection}/replies"),
    );
    let lists = [
        "/v1/parties",
        "/v1/categories",
        "/v1/standards",
        "/v1/instruments",
        "/v1/collections",
        &invitations,
        &replies,
    ];
    let tags = async || {
        let mut tags = Vec::new();
        for list in lists {
            let answer = world.get(list).token(&world.officer).send().await;
            answer.expect(200);
            tags.push(answer.header("etag").to_owned());
        }
        tags
    };
    // Which lists change by what happens.
    let changes = async |before: &[String]| {
        let after = tags().await;
        let changed = lists.iter().zip(before).zip(&after);
        let changed = changed.filter(|((_, before), after)| before != after);
        let changed: Vec<String> = changed.map(|((list, _), _)| (*list).to_owned()).collect();
        (after, changed)
    };
    let before = tags().await;
    let finland = world.focal_point("FIN").await;
    let reply = world.answered(&opened.collection, &finland).await;
    let (before, changed) = changes(&before).await;
    assert_eq!(changed, std::slice::from_ref(&replies));
    world
        .post(&format!("/v1/replies/{reply}/submission"))
        .token(&finland)
        .expect(201)
        .await;
    let (before, changed) = changes(&before).await;
    assert_eq!(changed, [invitations.clone(), replies.clone()]);
    world.register("ICPO", "igo").await;
    let (before, changed) = changes(&before).await;
    assert_eq!(changed, ["/v1/parties"]);
    let more = json!({"categories": [{"code": "V", "title": {"en": "A fifth"}}]});
    let extended = world.post("/v1/classification").token(&world.officer);
    extended.json(&more).expect(200).await;
    let (before, changed) = changes(&before).await;
    assert_eq!(changed, ["/v1/categories"]);
    world.close(&opened.collection).await;
    let (before, changed) = changes(&before).await;
    assert_eq!(changed, ["/v1/collections"]);
    world.approved_instrument().await;
    let (_, changed) = changes(&before).await;
    assert_eq!(changed, ["/v1/instruments"]);
}
