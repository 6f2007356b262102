//! Requests that are wrong: each gets a problem with its code and its place, never a 500.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Answer, World, faults, item_where, opening};

async fn posted(world: &World, path: &str, body: impl Into<reqwest::Body>) -> Answer {
    world
        .post(path)
        .token(&world.officer)
        .body("application/json", body)
        .send()
        .await
}

#[tokio::test]
async fn a_problem_has_the_members_of_rfc_9457() {
    let world = World::new().await;
    let answer = world.get("/v1/parties/XXX").send().await;
    let problem = answer.problem(404, "not_found");
    assert_eq!(problem["type"], "urn:rapporteur:problem:not_found");
    assert_eq!(problem["title"], "Not Found");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn malformed_json_is_refused_with_its_place() {
    let world = World::new().await;
    let path = "/v1/parties";
    for (body, pointer) in [
        ("{", ""),
        ("nonsense", ""),
        (" ", ""),
        ("{\"code\": \"ICPO\",}", ""),
        ("{\"code\": \"ICPO\"} {}", ""),
        ("{'code': 'ICPO'}", ""),
        ("\u{feff}{}", ""),
        ("{\"names\": {\"en\": tru}}", "/names/en"),
        ("{\"names\": {\"en\": 1e999}}", "/names/en"),
        ("{\"names\": [1, \"\\x\"]}", "/names/1"),
    ] {
        let problem = posted(&world, path, body).await.problem(400, "bad_json");
        assert_eq!(problem["pointer"].as_str().unwrap_or(""), pointer, "{body}");
    }
    for body in [
        &b"{\"code\": \"\xff\xfe\"}"[..],
        b"\xff",
        b"\0",
        b"\x1f\x8b",
    ] {
        posted(&world, path, body).await.problem(400, "bad_json");
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    posted(&world, path, deep).await.problem(400, "bad_json");
    let deep = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    posted(&world, path, deep).await.problem(400, "bad_json");
}

#[tokio::test]
async fn a_member_that_is_there_twice_is_refused() {
    let world = World::new().await;
    let before = world.head().await;
    for (body, pointer) in [
        (
            r#"{"code": "ICPO", "code": "WCO", "kind": "igo", "names": {"en": "N"}}"#,
            "",
        ),
        (
            r#"{"code": "ICPO", "kind": "igo", "names": {"en": "N", "\u0065n": "M"}}"#,
            "/names",
        ),
    ] {
        let problem = posted(&world, "/v1/parties", body).await;
        let problem = problem.problem(400, "bad_json");
        assert_eq!(problem["pointer"].as_str().unwrap_or(""), pointer);
        assert!(problem["detail"].as_str().unwrap().contains("twice"));
    }
    assert_eq!(world.head().await, before);
}

#[tokio::test]
async fn a_body_of_the_wrong_shape_is_refused_with_its_place() {
    let world = World::new().await;
    let good = json!({"code": "ICPO", "kind": "igo", "names": {"en": "N"}});
    let changed = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        body
    };
    for (body, pointer) in [
        (json!({"kind": "igo", "names": {}}), "/code"),
        (json!(null), ""),
        (json!([]), ""),
        (json!(["ICPO", "igo", {"en": "N"}]), ""),
        (json!("ICPO"), ""),
        (changed("colour", json!("red")), "/colour"),
        (changed("code", json!(12)), "/code"),
        (changed("code", json!(null)), "/code"),
        (changed("kind", json!("club")), "/kind"),
        (changed("kind", json!({"igo": null})), "/kind"),
        (changed("names", json!("N")), "/names"),
        (changed("names", json!({"de": "N"})), "/names/de"),
        (changed("names", json!({"en": ["N"]})), "/names/en"),
        (changed("admitted", json!("yesterday")), "/admitted"),
        (
            changed("admitted", json!("2011-03-08T10:00:00Z")),
            "/admitted",
        ),
        (changed("admitted", json!("-000100-01-01")), "/admitted"),
        (changed("admitted", json!(2011)), "/admitted"),
    ] {
        let answer = posted(&world, "/v1/parties", body.to_string()).await;
        let problem = answer.problem(422, "wrong_body");
        assert_eq!(problem["pointer"], pointer, "{body}");
        assert_eq!(problem["faults"][0]["pointer"], pointer, "{body}");
        assert_eq!(problem["faults"].as_array().unwrap().len(), 1, "{body}");
    }
}

#[tokio::test]
async fn every_fault_of_a_bodys_shape_is_told_at_once_in_the_callers_language() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let before = world.head().await;
    let body = json!({"colour": "red", "revision": -1, "session": 70_000, "opened_on": "8 March", "instrument": "x",
        "title": {"de": "T"}, "deadline": {"at": 3}, "notices": [7], "invited": {"kinds": ["club"]}});
    let post = |lang: &str| {
        let call = world.post(&format!("/v1/collections?lang={lang}"));
        call.token(&world.officer).json(&body)
    };
    let (english, french) = (
        post("en").problem(422, "wrong_body").await,
        post("fr").problem(422, "wrong_body").await,
    );
    let expected = [
        ("missing_field", "/reference"),
        ("unknown_field", "/colour"),
        ("missing_field", "/deadline/time_zone"),
        ("wrong_json_type", "/deadline/at"),
        ("not_as_expected", "/instrument"),
        ("not_as_expected", "/invited/kinds/0"),
        ("wrong_json_type", "/notices/0"),
        ("bad_date", "/opened_on"),
        ("not_as_expected", "/revision"),
        ("unknown_field", "/title/de"),
    ];
    assert_eq!(faults(&english), expected);
    assert_eq!(faults(&french), expected);
    assert!(english.get("pointer").is_none(), "{english}");
    let said = |told: &Value, place: &str| {
        let fault = item_where(&told["faults"], "pointer", place);
        fault["detail"].as_str().unwrap().to_owned()
    };
    for (place, in_english, in_french) in [
        (
            "/revision",
            "a whole number from 0 to 4294967295",
            "un nombre entier de 0 à 4294967295",
        ),
        (
            "/invited/kinds/0",
            "one of “member_state, observer_state",
            "l’une des valeurs «\u{a0}member_state, observer_state",
        ),
        ("/deadline/at", "a text", "un texte"),
        (
            "/opened_on",
            "for example 2011-03-08",
            "par exemple 2011-03-08",
        ),
        (
            "/title/de",
            "Known here: “ar, zh, en, fr, ru, es”",
            "Champs connus\u{a0}: «\u{a0}ar, zh, en, fr, ru, es",
        ),
    ] {
        assert!(
            said(&english, place).contains(in_english),
            "{}",
            said(&english, place)
        );
        assert!(
            said(&french, place).contains(in_french),
            "{}",
            said(&french, place)
        );
    }
    // What was refused is told by the operation.
    for (told, refused) in [
        (&english, "The collection was not opened"),
        (&french, "La collecte n’a pas été ouverte"),
    ] {
        assert!(
            told["detail"].as_str().unwrap().starts_with(refused),
            "{told}"
        );
    }
    // What only the types know is told too, beside what the document shows.
    let path = format!("/v1/instruments/{}/revisions/1/approval", opened.instrument);
    let approval = world.post(&path).token(&world.officer);
    let approval = approval.json(&json!({"date": "2011-02-30", "decision": 1, "meeting_id": 2}));
    let approval = approval.problem(422, "wrong_body").await;
    assert_eq!(
        faults(&approval),
        [
            ("bad_date", "/date"),
            ("wrong_json_type", "/decision"),
            ("wrong_json_type", "/meeting_id")
        ]
    );
    let session = {
        let mut new = opening(&opened.instrument, "2999-12-31", &json!({}));
        new["session"] = json!(70_000);
        new["reference"] = json!(1);
        posted(&world, "/v1/collections", new.to_string()).await
    };
    let session = session.problem(422, "wrong_body");
    assert!(
        faults(&session).contains(&("wrong_json_type", "/reference")),
        "{session}"
    );
    assert_eq!(world.head().await, before);
}

#[tokio::test]
async fn a_refusal_says_which_of_the_commands_it_refused() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let path = format!("/v1/instruments/{instrument}");
    let draft = json!({"category": "XX", "title": {"en": "T"}, "route": "intersessional", "languages": ["en"]});
    let withdrawal = json!({"reason": {"text": " ", "lang": "en"}});
    for (path, body, refused) in [
        (
            "/v1/instruments".to_owned(),
            draft,
            "The instrument was not drafted",
        ),
        (
            format!("{path}/withdrawal"),
            withdrawal,
            "The instrument was not withdrawn",
        ),
    ] {
        let answer = posted(&world, &path, body.to_string()).await;
        let problem = answer.problem(422, "instrument_faulty");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.starts_with(refused), "{detail}");
    }
}

#[tokio::test]
async fn every_faulty_parameter_is_told_at_once_in_the_callers_language() {
    let world = World::new().await;
    let ask = async |query: &str| {
        let call = world.get(&format!("/v1/parties?{query}"));
        call.send().await.json()
    };
    let told = ask("limit=0&kind=club&as_of=yesterday&colour=red&cursor=1&cursor=2&lang=fr").await;
    assert_eq!(told["code"], "bad_parameter");
    let faults = told["faults"].as_array().unwrap();
    let found: Vec<_> = faults
        .iter()
        .map(|fault| {
            (
                fault["code"].as_str().unwrap(),
                fault["parameter"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("bad_parameter", "limit"),
            ("bad_parameter", "kind"),
            ("bad_parameter", "as_of"),
            ("unknown_parameter", "colour"),
            ("bad_parameter", "cursor"),
        ]
    );
    let detail = faults[0]["detail"].as_str().unwrap();
    assert_eq!(
        detail,
        "Le paramètre «\u{a0}limit\u{a0}» ne peut pas valoir «\u{a0}0\u{a0}». Valeur attendue\u{a0}: un nombre entier de 1 à 500."
    );
    assert_eq!(told["detail"], detail, "the first is the problem");
    assert!(faults[0].get("pointer").is_none());
    let unknown = ask("colour=red&limit=0").await;
    assert_eq!(unknown["code"], "unknown_parameter");
    assert_eq!(unknown["faults"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_array_does_not_stand_for_an_object() {
    let world = World::new().await;
    let opened = world.collection(json!({})).await;
    let path = format!("/v1/collections/{}", opened.collection);
    let closure = format!("{path}/closure");
    let before = world.head().await;
    for (path, body) in [
        (&closure, json!([null])),
        (&closure, json!([])),
        (
            &format!("/v1/instruments/{}/revisions", opened.instrument),
            json!([]),
        ),
    ] {
        posted(&world, path, body.to_string())
            .await
            .problem(422, "wrong_body");
    }
    let mut new = opening(&opened.instrument, "2999-12-31", &json!({}));
    let list = json!(["2999-12-31", "Europe/Vienna"]);
    for other in [
        list,
        json!("2999-12-31"),
        json!(-7),
        json!(0.5),
        json!(true),
        json!(null),
    ] {
        new["deadline"] = other;
        let problem = posted(&world, "/v1/collections", new.to_string()).await;
        let problem = problem.problem(422, "wrong_body");
        assert_eq!(problem["pointer"], "/deadline");
        let detail = problem["faults"][0]["detail"].as_str().unwrap();
        assert!(detail.contains("Expected: an object."), "{detail}");
    }
    assert_eq!(world.head().await, before);
}

#[tokio::test]
async fn numbers_out_of_their_range_are_refused() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    for (member, value) in [
        ("revision", "-1"),
        ("revision", "4294967296"),
        ("revision", "1.0"),
        ("revision", "1e0"),
        ("revision", "\"1\""),
        ("revision", "99999999999999999999999999"),
        ("session", "65536"),
        ("session", "-1"),
        ("session", "2.5"),
    ] {
        let new = opening(&instrument, "2999-12-31", &json!({})).to_string();
        let body = match member {
            "revision" => new.replace("\"revision\":1", &format!("\"revision\":{value}")),
            _ => new.replace(
                "\"revision\":1",
                &format!("\"revision\":1,\"session\":{value}"),
            ),
        };
        let problem = posted(&world, "/v1/collections", body).await;
        // What readers of JSON would round is told so before it is judged.
        let is_inexact = value.len() > 20;
        let code = ["wrong_body", "inexact_number"][usize::from(is_inexact)];
        let problem = problem.problem(422, code);
        assert_eq!(problem["pointer"], format!("/{member}"), "{value}");
    }
}

#[tokio::test]
async fn characters_that_cannot_be_stored_are_refused_wherever_they_stand() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.reply(&opened.collection, &finland).await;
    let path = format!("/v1/replies/{reply}/answers");
    for (escape, place) in [
        (r"\u0000", "/answers/D1/value/text"),
        (r"a\u0000b", "/answers/D1/value/text"),
        (r"\ud83d", "/answers/D1/value/text"),
        (r"\udc00", "/answers/D1/value/text"),
        (r"\ud83dx", "/answers/D1/value/text"),
        (r"\ud83d\ud83d", "/answers/D1/value/text"),
    ] {
        let body =
            format!(r#"{{"answers":{{"D1":{{"value":{{"text":"{escape}","lang":"en"}}}}}}}}"#);
        let problem = world
            .patch(&path)
            .token(&finland)
            .body("application/json", body)
            .problem(422, "forbidden_character")
            .await;
        assert_eq!(problem["pointer"], place, "{escape}");
    }
    for body in [
        r#"{"answers":{"A\u00001":null}}"#,
        r#"{"answers":{"\ud800":null}}"#,
    ] {
        let problem = world
            .patch(&path)
            .token(&finland)
            .body("application/json", body)
            .problem(422, "forbidden_character")
            .await;
        assert_eq!(problem["pointer"], "/answers");
    }
    let raw = world.get("/v1/parties/A%00B").send().await;
    raw.problem(404, "not_found");
    for path in ["/v1/standards?category=%00", "/v1/standards?category=I%00"] {
        let answer = world.get(path).send().await;
        assert_eq!(answer.status, 400, "{answer:#?}");
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let world = World::new().await;
    let words = |bytes: usize| format!("{{\"code\": \"{}\"}}", "A".repeat(bytes));
    let large = posted(&world, "/v1/parties", words(2 << 20)).await;
    let problem = large.problem(413, "body_too_large");
    assert!(problem["detail"].as_str().unwrap().contains("2097152"));
    posted(&world, "/v1/parties", words(1 << 20))
        .await
        .problem(422, "wrong_body");
}

/// However small it is as it comes: what is held of a body is bounded as it comes, so nothing may unpack to more.
#[tokio::test]
async fn a_packed_body_is_refused_by_every_operation_before_it_is_unpacked() {
    let world = World::new().await;
    // A gzip member of 2 MiB of blanks in two kilobytes would pass as small.
    for path in [
        "/v1/session",
        "/v1/sign-in-links",
        "/v1/parties",
        "/sign-in",
        "/join/x",
    ] {
        for encoding in ["gzip", "deflate", "br", "GZIP", "identity, gzip", "\u{e9}"] {
            let call = world.post(path).header("content-encoding", encoding);
            let call = call.body("application/json", vec![b'{'; 64]);
            let answer = call.send().await;
            answer.problem(415, "packed_body");
            assert_eq!(answer.header("accept-encoding"), "identity", "{path}");
        }
    }
    let party = r#"{"code": "ICPO", "kind": "igo", "names": {"en": "N"}}"#;
    let plain = world.post("/v1/parties").token(&world.officer);
    let plain = plain.header("content-encoding", "identity");
    plain.body("application/json", party).expect(201).await;
}

#[tokio::test]
async fn a_header_that_says_one_thing_is_not_taken_twice() {
    let world = World::new().await;
    for (name, values) in [
        ("idempotency-key", ["one", "two"]),
        ("idempotency-key", ["one", "one"]),
        ("content-disposition", ["attachment", "inline"]),
        ("origin", ["https://a.example", "https://b.example"]),
    ] {
        let call = world.post("/v1/parties").token(&world.officer);
        let call = call.header(name, values[0]).header(name, values[1]);
        let problem = call.body("application/json", "{}").send().await;
        let problem = problem.problem(400, "repeated_header");
        assert!(problem["detail"].as_str().unwrap().contains(name));
    }
    let typed = world.post("/v1/parties").token(&world.officer);
    let typed = typed.header("content-type", "text/plain");
    let typed = typed.body("application/json", "{}");
    typed.problem(400, "repeated_header").await;
    // Lists come in as many lines as they like.
    let call = world.get("/v1/parties/ICPO");
    let call = call.header("accept-language", "de");
    let answer = call.header("accept-language", "fr").send().await;
    let problem = answer.problem(404, "not_found");
    assert_ne!(problem["title"], "Not Found");
}

#[tokio::test]
async fn a_body_that_is_not_declared_as_json_is_refused() {
    let world = World::new().await;
    let body = r#"{"code": "ICPO", "kind": "igo", "names": {"en": "N"}}"#;
    for media_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "json",
        "",
    ] {
        let call = world.post("/v1/parties").token(&world.officer);
        let call = call.body(media_type, body);
        call.problem(415, "unsupported_media_type").await;
    }
    for media_type in ["application/json; charset=utf-8", "Application/JSON"] {
        let call = world.post("/v1/parties").token(&world.officer);
        let answer = call.body(media_type, body).send().await;
        assert_ne!(answer.status, 415, "{media_type}");
    }
}

#[tokio::test]
async fn who_shows_no_token_or_a_wrong_one_is_told_so() {
    let world = World::new().await;
    let none = world.get("/v1/events").send().await;
    none.problem(401, "missing_token");
    assert_eq!(none.header("www-authenticate"), "Bearer");
    let unknown = format!("Bearer rpt_{}", "0".repeat(64));
    for wrong in [
        &unknown,
        "Bearer x",
        "Bearer ",
        "Bearer",
        "Basic dXNlcjpwYXNz",
        "rpt_1",
        "Bearer \u{e9}",
    ] {
        for path in ["/v1/events", "/v1/parties"] {
            let answer = world.get(path).header("authorization", wrong).send().await;
            answer.problem(401, "unknown_token");
            assert!(answer.header("www-authenticate").starts_with("Bearer"));
        }
    }
    let lower = format!("bearer {}", world.officer);
    world
        .get("/v1/events")
        .header("authorization", &lower)
        .expect(200)
        .await;
}

#[tokio::test]
async fn unknown_ids_are_not_found() {
    let world = World::new().await;
    let unknown = "0190b5f0-0000-7000-8000-000000000000";
    let long = "a".repeat(6000);
    for id in [
        unknown,
        "x",
        "1",
        "..%2f..%2fetc",
        "%F0%9F%98%80",
        "%ff",
        "'; drop table log.event; --",
        &long,
    ] {
        for path in [
            format!("/v1/parties/{id}"),
            format!("/v1/instruments/{id}"),
            format!("/v1/instruments/{id}/draft"),
            format!("/v1/instruments/{id}/revisions/1"),
            format!("/v1/meetings/{id}"),
            format!("/v1/documents/{id}"),
            format!("/v1/collections/{id}"),
            format!("/v1/collections/{id}/invitations"),
            format!("/v1/collections/{id}/replies"),
            format!("/v1/collections/{id}/participation"),
            format!("/v1/collections/{id}/tallies?question=A1"),
            format!("/v1/replies/{id}"),
            format!("/v1/replies/{id}/answers"),
        ] {
            let answer = world.get(&path).token(&world.officer).send().await;
            answer.problem(404, "not_found");
        }
    }
    let finland = world.focal_point("FIN").await;
    for (method, path, body) in [
        (
            Method::POST,
            format!("/v1/collections/{unknown}/replies"),
            None,
        ),
        (
            Method::POST,
            format!("/v1/replies/{unknown}/submission"),
            None,
        ),
        (
            Method::PUT,
            format!("/v1/replies/{unknown}/answers/A1"),
            Some(json!({"value": 1})),
        ),
        (
            Method::DELETE,
            format!("/v1/replies/{unknown}/answers/A1"),
            None,
        ),
    ] {
        let call = world.call(method, &path).token(&finland);
        let call = body.iter().fold(call, |call, body| call.json(body));
        call.problem(404, "not_found").await;
    }
    for (path, code) in [
        (
            format!("/v1/collections/{unknown}/closure"),
            "unknown_collection",
        ),
        (
            format!("/v1/instruments/{unknown}/revisions"),
            "unknown_instrument",
        ),
    ] {
        world
            .post(&path)
            .token(&world.officer)
            .problem(404, code)
            .await;
    }
}

#[tokio::test]
async fn an_unknown_parameter_is_refused_on_every_operation() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let collection = format!("/v1/collections/{}", opened.collection);
    for path in [
        "/v1/parties",
        "/v1/parties/FIN",
        "/v1/regional-groups",
        "/v1/instruments",
        &format!("/v1/instruments/{}", opened.instrument),
        &collection,
        &format!("{collection}/participation"),
        "/v1/events",
    ] {
        let call = world
            .get(&format!("{path}?colour=red"))
            .token(&world.officer);
        let problem = call.problem(400, "unknown_parameter").await;
        assert!(problem["detail"].as_str().unwrap().contains("colour"));
        let call = world
            .get(&format!("{path}?lang=en&lang=fr"))
            .token(&world.officer);
        call.problem(400, "bad_parameter").await;
    }
    // A collection is shown as it is now; who asks for another time must not be given this one.
    let then = world
        .get(&format!("{collection}?as_of=5"))
        .token(&world.officer);
    then.problem(400, "unknown_parameter").await;
    let closure = world.post(&format!("{collection}/closure?dry_run=true"));
    closure
        .token(&world.officer)
        .problem(400, "unknown_parameter")
        .await;
}

#[tokio::test]
async fn parameters_that_are_none_are_refused() {
    let world = World::new().await;
    for (asked, code) in [
        ("cursor=zz", "bad_cursor"),
        ("cursor=00", "bad_cursor"),
        ("cursor=", "bad_cursor"),
        ("cursor=ff", "bad_cursor"),
        ("limit=0", "bad_parameter"),
        ("limit=501", "bad_parameter"),
        ("limit=", "bad_parameter"),
        ("limit=-1", "bad_parameter"),
        ("limit=99999999999999999999", "bad_parameter"),
        ("kind=club", "bad_parameter"),
        ("kind=", "bad_parameter"),
        ("regional_group=eu", "bad_parameter"),
        ("as_of=", "bad_parameter"),
        ("as_of=-1", "bad_parameter"),
        ("as_of=yesterday", "bad_parameter"),
        ("as_of=1.5", "bad_parameter"),
        ("as_of=2011-02-30", "bad_parameter"),
        ("as_of=2011-03-08T12:00", "bad_parameter"),
        ("as_of=99999999999999999999", "bad_parameter"),
        ("as_of=-009999-01-01T00:00:00Z", "bad_parameter"),
        ("as_of=1&as_of=2", "bad_parameter"),
        ("limit=%ff", "bad_parameter"),
        ("=", "unknown_parameter"),
    ] {
        let answer = world.get(&format!("/v1/parties?{asked}")).send().await;
        answer.problem(400, code);
    }
    let uuid_list = world.get("/v1/collections?cursor=41").send().await;
    uuid_list.problem(400, "bad_cursor");
}

#[tokio::test]
async fn what_is_still_to_come_cannot_be_asked_for() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let figures = format!("/v1/collections/{}/participation", opened.collection);
    let next = world.head().await + 1;
    for path in ["/v1/parties", "/v1/categories", "/v1/collections", &figures] {
        for (then, code) in [
            (next.to_string(), "future_position"),
            (u64::MAX.to_string(), "future_position"),
            ("9999-12-30T00:00:00Z".to_owned(), "future_time"),
            ("2999-01-01T00:00:00%2B02:00".to_owned(), "future_time"),
            ("2999-01-01".to_owned(), "future_time"),
        ] {
            let answer = world.get(&format!("{path}?as_of={then}")).send().await;
            answer.problem(422, code);
        }
    }
}

#[tokio::test]
async fn today_is_now() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let figures = format!("/v1/collections/{}/participation", opened.collection);
    let day_at = |hours| {
        let instant = clock::now() + jiff::SignedDuration::from_hours(hours);
        jiff::tz::TimeZone::UTC.to_datetime(instant).date()
    };
    // Days begin in Kiribati, fourteen hours before UTC's.
    let (first, today) = (day_at(14), day_at(0));
    for day in [first, today] {
        let asked = format!("as_of={day}&received_by={day}");
        let seen = world.get(&format!("{figures}?{asked}")).expect(200).await;
        assert_eq!(seen["as_of"]["position"], world.head().await, "{day}");
    }
    let tomorrow = first.tomorrow().unwrap();
    let answer = world.get(&format!("{figures}?as_of={tomorrow}"));
    answer.problem(422, "future_time").await;
}

#[tokio::test]
async fn unknown_routes_and_methods_are_told_apart() {
    let world = World::new().await;
    for path in [
        "/v1",
        "/v1/",
        "/v1/nothing",
        "/v1/parties/",
        "/v1//parties",
        "/v2/parties",
        "/favicon.ico",
        "/v1/parties/FIN/x",
        "/docs/nothing.js",
    ] {
        world.get(path).problem(404, "no_such_route").await;
    }
    for (method, path, allowed) in [
        (Method::DELETE, "/v1/parties", "GET, HEAD, POST"),
        (Method::PUT, "/v1/parties/FIN", "GET, HEAD"),
        (Method::GET, "/v1/classification", "POST"),
        (Method::OPTIONS, "/v1/parties", "GET, HEAD, POST"),
        (Method::TRACE, "/v1/events", "GET, HEAD"),
        (Method::HEAD, "/v1/classification", "POST"),
        (Method::POST, "/healthz", "GET, HEAD"),
    ] {
        let answer = world
            .call(method.clone(), path)
            .token(&world.officer)
            .send()
            .await;
        assert_eq!(answer.status, 405, "{answer:#?}");
        assert_eq!(answer.header("allow"), allowed, "{path}");
        if method != Method::HEAD {
            answer.problem(405, "method_not_allowed");
        }
    }
}

/// Sends bytes as they are, and answers the status line and what follows it.
async fn raw(world: &World, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(world.server.address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    let _ = tokio::time::timeout(Duration::from_secs(5), read).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn requests_that_are_hardly_http_do_no_harm() {
    let world = World::new().await;
    let end = "host: x\r\nconnection: close\r\n\r\n";
    let long = format!("GET /v1/parties/{} HTTP/1.1\r\n{end}", "a".repeat(60_000));
    for (request, status) in [
        (format!("GET /v1/parties/FIN HTTP/1.0\r\n{end}"), "200"),
        (
            format!("GET http://elsewhere/v1/parties/FIN HTTP/1.1\r\n{end}"),
            "200",
        ),
        (
            format!("GET http://elsewhere/v1/events HTTP/1.1\r\n{end}"),
            "401",
        ),
        (format!("OPTIONS * HTTP/1.1\r\n{end}"), "404"),
        (format!("CONNECT elsewhere:443 HTTP/1.1\r\n{end}"), "404"),
        (format!("BREW /v1/parties HTTP/1.1\r\n{end}"), "405"),
        (format!("GET /v1/parties/%zz HTTP/1.1\r\n{end}"), "404"),
        (format!("GET /v1/parties?%zz=%zz HTTP/1.1\r\n{end}"), "400"),
        (
            format!("POST /v1/parties HTTP/1.1\r\ncontent-length: 5\r\ncontent-length: 6\r\n{end}"),
            "400",
        ),
        ("GET / HTTP/9.9\r\n\r\n".to_owned(), "400"),
        ("\0\0\0\0\r\n\r\n".to_owned(), "400"),
        (long, "414"),
    ] {
        let answer = raw(&world, request.as_bytes()).await;
        let found = answer.split(' ').nth(1).unwrap_or_default();
        assert_eq!(
            found,
            status,
            "{} {answer}",
            &request[..request.len().min(200)]
        );
    }
    // Headers that are no UTF-8.
    let mut request =
        b"GET /v1/parties/FIN HTTP/1.1\r\naccept-language: \xff\xfe\r\nif-none-match: \xff\r\n"
            .to_vec();
    request.extend(end.as_bytes());
    assert!(raw(&world, &request).await.starts_with("HTTP/1.1 200"));
    world.get("/healthz").send().await;
}

#[tokio::test]
async fn what_one_event_cannot_hold_of_a_questionnaire_others_do() {
    let world = World::new().await;
    let text = json!({"en": "E", "fr": "F"});
    let options: Vec<Value> = (0..30)
        .map(|number| json!({"value": format!("an-option-with-a-rather-long-name-{number}"), "label": text}))
        .collect();
    let questions: Vec<Value> = (0..300)
        .map(|number| json!({"code": format!("Q{number}"), "heading": "practices", "type": "one_choice", "text": text,
                             "options": options}))
        .collect();
    let draft =
        json!({"title": text, "sections": [{"code": "A", "title": text, "questions": questions}]});
    let instrument = world.approved_instrument().await;
    let path = format!("/v1/instruments/{instrument}");
    let saved = world
        .put(&format!("{path}/draft"))
        .token(&world.officer)
        .json(&draft)
        .send()
        .await;
    let revised = world
        .post(&format!("{path}/revisions"))
        .token(&world.officer)
        .send()
        .await;
    saved.expect(200);
    let revision = &revised.expect(201)["revision"];
    let listed = world
        .sql(&format!("select count(*) || ' ' || max(number) from views.question where instrument = '{instrument}' and revision = {revision}"))
        .await;
    assert_eq!(listed, "300 300");
    let rebuilt = world.events_after(world.head().await - 5).await;
    assert!(
        rebuilt
            .iter()
            .any(|event| event["kind"] == "revision_questions_listed"),
        "{rebuilt:#?}"
    );
}
