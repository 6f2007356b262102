//! Sessions: by cookie or token, sliding, signed out, and safe from other sites.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{World, item_where};

/// A person with an account as Finland's focal point, and a link that opens it.
async fn with_link(world: &World) -> (String, String) {
    let person = world.account("focal_point", "FIN").await;
    let link = world.sign_in_link(&person).await;
    (person, link)
}

/// A person who is signed in as Finland's focal point, and the cookie.
async fn with_cookie(world: &World) -> (String, String) {
    let (person, link) = with_link(world).await;
    let cookie = world.signed_in(&link).await;
    (person, cookie)
}

async fn who(world: &World, cookie: &str) -> Value {
    world
        .get("/v1/session")
        .header("cookie", cookie)
        .expect(200)
        .await
}

#[tokio::test]
async fn the_cookie_is_for_this_host_and_its_pages_alone() {
    let world = World::new().await;
    let (person, link) = with_link(&world).await;
    let answer = world.press(&link).await;
    let cookie = answer.header("set-cookie");
    let (shown, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(
        attributes,
        "Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=2592000"
    );
    assert_eq!(shown.len(), "__Host-rapporteur=rps_".len() + 64);
    assert_eq!(answer.header("location"), "/home");
    let who = who(&world, shown).await;
    assert_eq!(
        (&who["person"], &who["role"]),
        (&json!(person), &json!("focal_point"))
    );
    assert!(who.get("token").is_none());
    let page = world.get("/home").header("cookie", shown).send().await;
    assert!(page.text.contains("Focal point of Finland"), "{page:#?}");
    let page = world.get("/home").send().await;
    assert_eq!(page.header("location"), "/sign-in?to=%2Fhome");
}

#[tokio::test]
async fn a_session_can_be_shown_by_a_bearer_token_which_needs_no_other_proof() {
    let world = World::new().await;
    let (_, link) = with_link(&world).await;
    let opened = world
        .post("/v1/session")
        .json(&json!({"link": link, "as": "token"}))
        .send()
        .await;
    let said = opened.expect(201);
    assert!(opened.headers.get("set-cookie").is_none());
    let token = said["token"].as_str().unwrap();
    let until: jiff::Timestamp = said["until"].as_str().unwrap().parse().unwrap();
    let since: jiff::Timestamp = said["since"].as_str().unwrap().parse().unwrap();
    assert_eq!(until.duration_since(since).as_hours(), 30 * 24);
    let who = world.get("/v1/session").token(token).expect(200).await;
    assert_eq!(who["until"], said["until"]);
    world.delete("/v1/session").token(token).expect(204).await;
    world
        .get("/v1/session")
        .token(token)
        .problem(401, "unknown_token")
        .await;
    // An API token has no session, and stays what it is.
    let who = world
        .get("/v1/session")
        .token(&world.officer)
        .expect(200)
        .await;
    assert_eq!(
        (&who["role"], &who["until"]),
        (&json!("officer"), &Value::Null)
    );
    world
        .delete("/v1/session")
        .token(&world.officer)
        .expect(204)
        .await;
    world
        .get("/v1/session")
        .token(&world.officer)
        .expect(200)
        .await;
    world.get("/v1/session").problem(401, "missing_token").await;
}

#[tokio::test]
async fn another_site_can_change_nothing_with_somebodys_cookie() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let (_, cookie) = with_cookie(&world).await;
    let path = format!("/v1/collections/{}/replies", opened.collection);
    let ours = world.url("");
    let over_tls = ours.replace("http://", "https://");
    let before = world.head().await;
    let sent = |headers: &[(&str, &str)]| {
        let call = world.post(&path).header("cookie", &cookie);
        headers
            .iter()
            .fold(call, |call, (name, value)| call.header(name, value))
    };
    let with = ("x-requested-with", "rapporteur");
    for headers in [
        &[][..],
        &[with],
        &[("origin", ours.as_str())],
        &[("sec-fetch-site", "same-origin")],
        &[("origin", "null"), with],
        &[("origin", "https://evil.example"), with],
        &[("origin", "http://127.0.0.1"), with],
        &[("origin", over_tls.as_str()), with],
        &[
            ("origin", "https://evil.example"),
            ("sec-fetch-site", "same-origin"),
            with,
        ],
        &[
            ("origin", ours.as_str()),
            ("sec-fetch-site", "cross-site"),
            with,
        ],
        &[
            ("origin", ours.as_str()),
            ("sec-fetch-site", "same-site"),
            with,
        ],
        &[("sec-fetch-site", "none"), with],
        &[("referer", ours.as_str()), with],
    ] {
        sent(headers).problem(403, "cross_site_request").await;
    }
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let call = world.call(method, "/v1/session").header("cookie", &cookie);
        let answer = call.header("origin", "https://evil.example").send().await;
        assert!([403, 405].contains(&answer.status), "{answer:#?}");
    }
    let out = world.post("/sign-out").header("cookie", &cookie);
    assert_eq!(
        out.header("origin", "https://evil.example")
            .send()
            .await
            .status,
        403
    );
    assert_eq!(world.head().await, before);
    who(&world, &cookie).await;
    sent(&[("origin", ours.as_str()), with]).expect(201).await;
}

#[tokio::test]
async fn behind_a_proxy_that_speaks_tls_only_pages_that_came_over_tls_are_ours() {
    let world = World::behind_a_proxy().await;
    let (_, cookie) = with_cookie(&world).await;
    let sent = |scheme: &str, said: Option<&str>| {
        let call = world.delete("/v1/session").header("cookie", &cookie);
        let call = call.header("x-requested-with", "rapporteur");
        let call = call.header("host", "rapporteur.example.org");
        let call = call.header("origin", &format!("{scheme}://rapporteur.example.org"));
        said.iter()
            .fold(call, |call, said| call.header("x-forwarded-proto", said))
    };
    for (scheme, said) in [
        ("http", Some("https")),
        ("https", Some("http")),
        ("https", None),
    ] {
        let foreign = sent(scheme, said);
        foreign.problem(403, "cross_site_request").await;
    }
    sent("https", Some("https")).expect(204).await;
}

#[tokio::test]
async fn a_cookie_that_shows_nobody_is_refused_and_taken_back() {
    let world = World::new().await;
    let (_, cookie) = with_cookie(&world).await;
    let forged = format!("__Host-rapporteur=rps_{}", "0".repeat(64));
    for cookie in [forged.as_str(), "__Host-rapporteur="] {
        let answer = world
            .get("/v1/parties")
            .header("cookie", cookie)
            .send()
            .await;
        answer.problem(401, "session_over");
        assert!(
            answer.header("set-cookie").contains("Max-Age=0"),
            "{answer:#?}"
        );
    }
    // A neighbouring host can plant only cookies of other names, which show nobody.
    let planted = cookie.replace("__Host-", "");
    world
        .get("/v1/session")
        .header("cookie", &planted)
        .problem(401, "missing_token")
        .await;
    // A session's secret is no API token under another name, nor the other way round.
    let secret = cookie.split_once("rps_").unwrap().1;
    world
        .get("/v1/session")
        .token(&format!("rpt_{secret}"))
        .problem(401, "unknown_token")
        .await;
    let as_cookie = format!("__Host-rapporteur={}", world.officer);
    world
        .get("/v1/session")
        .header("cookie", &as_cookie)
        .problem(401, "session_over")
        .await;
    // Who shows a token is who the token shows, whatever cookie the browser adds.
    let both = world
        .get("/v1/session")
        .header("cookie", &cookie)
        .token(&world.officer);
    assert_eq!(both.expect(200).await["role"], "officer");
}

#[tokio::test]
async fn a_session_slides_when_it_is_used_and_is_written_once_an_hour() {
    let world = World::new().await;
    let (_, cookie) = with_cookie(&world).await;
    let until = who(&world, &cookie).await["until"].clone();
    let again = world
        .get("/v1/session")
        .header("cookie", &cookie)
        .send()
        .await;
    assert_eq!(
        again.expect(200)["until"],
        until,
        "used within the hour, it is not written"
    );
    assert!(again.headers.get("set-cookie").is_none());
    world
        .sql("update access.session set last_seen_at = now() - interval '61 minutes', expires_at = now() + interval '2 days'")
        .await;
    // Whichever request it is, its answer sets the cookie anew too.
    let answer = world
        .get("/v1/parties/FIN")
        .header("cookie", &cookie)
        .send()
        .await;
    answer.expect(200);
    assert!(
        answer.header("set-cookie").starts_with(&cookie),
        "{answer:#?}"
    );
    assert!(
        answer.header("set-cookie").ends_with("Max-Age=2592000"),
        "{answer:#?}"
    );
    let slid = who(&world, &cookie).await["until"].clone();
    assert!(slid.as_str() > until.as_str(), "{slid} after {until}");

    world
        .sql("update access.session set last_seen_at = now() - interval '31 days', expires_at = now() - interval '1 second'")
        .await;
    world
        .get("/v1/session")
        .header("cookie", &cookie)
        .problem(401, "session_over")
        .await;
    let page = world.get("/home").header("cookie", &cookie).send().await;
    assert_eq!(page.header("location"), "/sign-in?to=%2Fhome");
}

#[tokio::test]
async fn whoever_signs_out_is_out_at_once_and_only_there() {
    let world = World::new().await;
    let other = World::on(world.database.clone()).await;
    let person = world.account("focal_point", "FIN").await;
    let one = world.signed_in(&world.sign_in_link(&person).await).await;
    world.sql("delete from access.link").await;
    let elsewhere = world.signed_in(&world.sign_in_link(&person).await).await;
    who(&other, &one).await;
    let out = world.delete("/v1/session").cookie(&one).send().await;
    out.expect(204);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    for server in [&world, &other] {
        server
            .get("/v1/session")
            .header("cookie", &one)
            .problem(401, "session_over")
            .await;
        who(server, &elsewhere).await;
    }
    let out = world
        .post("/sign-out")
        .header("cookie", &elsewhere)
        .header("sec-fetch-site", "same-origin");
    let out = out.send().await;
    assert_eq!(out.status, 200, "{out:#?}");
    world
        .get("/v1/session")
        .header("cookie", &elsewhere)
        .problem(401, "session_over")
        .await;
}

#[tokio::test]
async fn a_session_ends_with_its_person_and_with_its_account() {
    let world = World::new().await;
    for is_erased in [true, false] {
        let (person, cookie) = with_cookie(&world).await;
        world.sql("delete from access.link").await;
        let link = world.sign_in_link(&person).await;
        if is_erased {
            world.erase(&person).await;
        } else {
            let end = format!("update access.account set until = now() where person = '{person}'");
            world.sql(&end).await;
        }
        world
            .get("/v1/session")
            .header("cookie", &cookie)
            .problem(401, "session_over")
            .await;
        assert_eq!(world.press(&link).await.status, 404);
    }
}

#[tokio::test]
async fn a_focal_point_who_was_replaced_can_neither_see_nor_submit() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let first = world
        .invited(&opened.collection, "FIN", "first@example.org")
        .await;
    let first = world.signed_in(&first).await;
    // The first holds the office in another collection too, and so still comes in.
    let other = world.collection(json!({"parties": ["FIN"]})).await;
    world
        .invited(&other.collection, "FIN", "first@example.org")
        .await;
    let reply = world
        .post(&format!("/v1/collections/{}/replies", opened.collection))
        .cookie(&first)
        .expect(201)
        .await;
    let path = format!("/v1/replies/{}", reply["id"].as_str().unwrap());
    let answer = || {
        world
            .put(&format!("{path}/answers/A1"))
            .json(&json!({"value": "yes"}))
    };
    answer().cookie(&first).expect(200).await;
    let second = world
        .invited(&opened.collection, "FIN", "second@example.org")
        .await;
    // From then on, before the second has even opened the link.
    answer().cookie(&first).problem(404, "not_found").await;
    world
        .post(&format!("{path}/submission"))
        .cookie(&first)
        .problem(404, "not_found")
        .await;
    world
        .get(&path)
        .header("cookie", &first)
        .problem(404, "not_found")
        .await;
    who(&world, &first).await;
    let second = world.signed_in(&second).await;
    world
        .post(&format!("{path}/submission"))
        .cookie(&second)
        .expect(201)
        .await;
}

#[tokio::test]
async fn who_has_several_accounts_chooses_one_and_acts_in_no_other() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let person = world.account("focal_point", "FIN").await;
    let finland = world
        .sql(&format!(
            "select id::text from access.account where person = '{person}'"
        ))
        .await;
    let sweden = world.another_account(&person, "focal_point", "SWE").await;
    let stranger = world.account("focal_point", "NOR").await;
    let strange = world
        .sql(&format!(
            "select id::text from access.account where person = '{stranger}'"
        ))
        .await;
    let link = world.sign_in_link(&person).await;

    let page = world.get(&format!("/join/{link}")).send().await;
    assert!(
        page.text.contains("Focal point of Finland") && page.text.contains("Focal point of Sweden"),
        "{page:#?}"
    );
    assert!(!page.text.contains("Norway"));
    let undecided = world.press(&link).await;
    assert_eq!((undecided.status, undecided.text), (200, page.text));
    let open = |account: Value| {
        let body = json!({"link": link, "account": account});
        world.post("/v1/session").json(&body)
    };
    let told = open(Value::Null).problem(409, "account_not_chosen").await;
    assert!(
        told["detail"].as_str().unwrap().contains(&finland),
        "{told}"
    );
    open(json!(strange))
        .problem(409, "account_not_chosen")
        .await;

    let form = format!("account={sweden}");
    let chosen = world
        .post(&format!("/join/{link}"))
        .header("sec-fetch-site", "same-origin");
    let chosen = chosen
        .body("application/x-www-form-urlencoded", form)
        .send()
        .await;
    assert_eq!(chosen.status, 303, "{chosen:#?}");
    let cookie = chosen.header("set-cookie").split(';').next().unwrap();
    let finns = world.focal_point("FIN").await;
    let finns = world.answered(&opened.collection, &finns).await;
    world
        .get(&format!("/v1/replies/{finns}"))
        .header("cookie", cookie)
        .problem(404, "not_found")
        .await;
    let start = world.post(&format!("/v1/collections/{}/replies", opened.collection));
    let started = start.cookie(cookie).expect(201).await;
    assert_eq!(started["party"], who(&world, cookie).await["party"]);
}

#[tokio::test]
async fn no_link_opens_the_secretariat_whoever_is_invited() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    // An officer by an API token, whose address is invited as Finland's focal point.
    let (officer, token) = world.officer_with_address("officer@example.org").await;
    let link = world
        .invited(&opened.collection, "FIN", "officer@example.org")
        .await;
    let session = world.token_by(&link).await;
    let who = world.get("/v1/session").token(&session).expect(200).await;
    assert_eq!(
        (&who["person"], &who["role"]),
        (&json!(officer), &json!("focal_point"))
    );
    world
        .get("/v1/events")
        .token(&session)
        .problem(404, "not_found")
        .await;
    world.get("/v1/events").token(&token).expect(200).await;
    // And as an officer one acts for no party.
    let start = world.post(&format!("/v1/collections/{}/replies", opened.collection));
    start.token(&token).problem(403, "not_allowed").await;
    let made = format!(
        "insert into access.account (id, person, role, party)
         values (gen_random_uuid(), '{officer}', 'officer', gen_random_uuid())"
    );
    let refused = world.try_sql(&made).await;
    assert!(refused.unwrap_err().contains("account_role_check"));
}

#[tokio::test]
async fn events_name_who_acted_by_id_and_hold_no_secret() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let before = world.head().await;
    let link = world
        .invited(&opened.collection, "FIN", "aino@example.org")
        .await;
    let cookie = world.signed_in(&link).await;
    let start = world.post(&format!("/v1/collections/{}/replies", opened.collection));
    start.cookie(&cookie).expect(201).await;
    let person = who(&world, &cookie).await["person"].clone();
    let events = json!(world.events_after(before).await);
    let started = item_where(&events, "kind", "reply_started");
    assert_eq!(started["actor"]["principal"], person);
    let text = events.to_string();
    for secret in [
        &link,
        cookie.split_once('=').unwrap().1,
        "aino@example.org",
        "Aino",
    ] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test]
async fn a_session_ends_after_ninety_days_however_much_it_is_used() {
    let world = World::new().await;
    let (person, cookie) = with_cookie(&world).await;
    let instant = |text: &Value| -> jiff::Timestamp { text.as_str().unwrap().parse().unwrap() };
    let hours = |from, to| instant(to).duration_since(instant(from)).as_hours();
    let said = who(&world, &cookie).await;
    assert_eq!(hours(&said["since"], &said["at_most"]), 90 * 24);
    let aged = async |age: &str| {
        let statement = format!(
            "update access.session
                set created_at = now() - interval '{age}', last_seen_at = now() - interval '2 hours',
                    expires_at = now() + interval '20 days'"
        );
        world.sql(&statement).await;
    };
    // A use moves the end on, but not beyond.
    aged("89 days").await;
    let said = who(&world, &cookie).await;
    assert_eq!(said["until"], said["at_most"]);
    assert_eq!(hours(&said["since"], &said["until"]), 90 * 24);
    let path = format!("/v1/persons/{person}/access");
    let administrator = world.token(access::Role::Administrator, None).await;
    let listed = || world.get(&path).token(&administrator).expect(200);
    assert_eq!(listed().await["sessions"][0]["until"], said["until"]);
    // Also one that an older program let go on for longer.
    aged("90 days").await;
    let over = world.get("/v1/session").header("cookie", &cookie);
    over.problem(401, "session_over").await;
    assert_eq!(listed().await["sessions"], json!([]));
}

#[tokio::test]
async fn of_two_credentials_none_is_believed() {
    let world = World::new().await;
    let (_, cookie) = with_cookie(&world).await;
    let get = || world.get("/v1/session");
    let finland = world.focal_point("FIN").await;
    let other = cookie.replace("rps_", "rps_0");
    let both = format!("{cookie}; {cookie}");
    for call in [
        get().token(&world.officer).token(&finland),
        get().token(&world.officer).token(&world.officer),
        get().token(&world.officer).token(""),
        get().token("wrong").basic("x", &world.officer),
        get().header("cookie", &both),
        get().header("cookie", &cookie).header("cookie", &other),
        get().token(&world.officer).header("cookie", &both),
    ] {
        let problem = call.problem(400, "several_credentials").await;
        assert!(!problem.to_string().contains("rp"), "{problem}");
    }
    // A browser adds its cookie by itself: what a script sends goes before it.
    let seen = get().token(&world.officer).header("cookie", &cookie);
    assert_eq!(seen.expect(200).await["role"], "officer");
    let seen = get().header("cookie", &format!("{cookie}; another=1"));
    assert_eq!(seen.expect(200).await["role"], "focal_point");
}
