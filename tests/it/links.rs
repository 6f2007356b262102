//! Links that open once: invitations, and asking for a new one.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Call, ServingProcess, World, faults, http};

const AINO: &str = "aino@example.org";

/// A collection to which Finland and Sweden are invited, and a link for Finland's focal point.
async fn invited() -> (World, String, String) {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let link = world.invited(&opened.collection, "FIN", AINO).await;
    (world, opened.collection, link)
}

fn same_page(one: &Answer, other: &Answer) {
    assert_eq!(
        (one.status, one.nameless()),
        (other.status, other.nameless())
    );
}

#[tokio::test]
async fn a_focal_point_is_invited_presses_the_button_and_replies() {
    let (world, collection, link) = invited().await;
    let page = world.get(&format!("/join/{link}")).send().await;
    assert_eq!(page.status, 200);
    for said in [
        "The Secretariat",
        "You reply for Finland",
        "A sample collection",
        "31 December 2999",
    ] {
        assert!(page.text.contains(said), "{said} in {page:#?}");
    }
    let cookie = world.signed_in(&link).await;
    let reply = world
        .post(&format!("/v1/collections/{collection}/replies"))
        .cookie(&cookie)
        .expect(201)
        .await;
    let path = format!("/v1/replies/{}", reply["id"].as_str().unwrap());
    world
        .put(&format!("{path}/answers/A1"))
        .cookie(&cookie)
        .json(&json!({"value": "yes"}))
        .expect(200)
        .await;
    world
        .post(&format!("{path}/submission"))
        .cookie(&cookie)
        .expect(201)
        .await;
}

#[tokio::test]
async fn only_the_button_uses_a_link_up_however_often_it_was_followed() {
    let (world, _, link) = invited().await;
    let path = format!("/join/{link}");
    let scanner = "Mozilla/5.0 (compatible; a mail scanner)";
    let first = world.get(&path).header("user-agent", scanner).send().await;
    let second = world.get(&path).send().await;
    world.call(Method::HEAD, &path).send().await;
    same_page(&first, &second);
    assert!(first.headers.get("set-cookie").is_none());
    world.signed_in(&link).await;
}

#[tokio::test]
async fn used_expired_ended_and_unknown_links_are_told_in_the_same_words() {
    let (world, collection, used) = invited().await;
    world.signed_in(&used).await;
    let unknown = "0".repeat(64);
    let over = world.get(&format!("/join/{unknown}")).send().await;
    assert_eq!(over.status, 404);
    assert!(over.text.contains("/sign-in"), "{over:#?}");
    // Called alike, so that nothing but the words can differ.
    let open = |link: &str| {
        let call = world.post("/v1/session").header("x-request-id", "alike");
        call.json(&json!({ "link": link }))
    };
    let problem = open(&unknown);
    let problem = problem.problem(404, "unknown_link").await;

    let expired = world.invited(&collection, "FIN", "b@example.org").await;
    world
        .sql(
            "update access.link set expires_at = now() - interval '1 second' where used_at is null",
        )
        .await;
    let ended = world.invited(&collection, "FIN", "c@example.org").await;
    world.invited(&collection, "FIN", "c@example.org").await;
    let erased = world.invited(&collection, "SWE", "d@example.org").await;
    let person = world
        .sql("select id::text from directory.person where email = 'd@example.org'")
        .await;
    world.erase(&person).await;
    for link in [
        &used,
        &expired,
        &ended,
        &erased,
        "",
        "x",
        "%00",
        "../sign-in",
    ] {
        let looked = world.get(&format!("/join/{link}")).send().await;
        if link.len() == 64 {
            same_page(&looked, &over);
            same_page(&world.press(link).await, &over);
        }
        assert!(looked.status != 500, "{looked:#?}");
        let opened = open(link);
        if link == "%00" {
            opened.problem(404, "unknown_link").await;
            continue;
        }
        assert_eq!(opened.problem(404, "unknown_link").await, problem);
    }
}

#[tokio::test]
async fn of_many_who_press_at_once_over_two_servers_one_comes_in() {
    let (world, _, link) = invited().await;
    let other = World::on(world.database.clone()).await;
    let presses = (0..12).map(|number| {
        let server = if number % 2 == 0 { &world } else { &other };
        server.press(&link)
    });
    let statuses = join_all(presses).await;
    let came_in = statuses.iter().filter(|answer| answer.status == 303);
    assert_eq!(came_in.count(), 1, "{statuses:#?}");
    assert!(
        statuses
            .iter()
            .all(|answer| [303, 404].contains(&answer.status))
    );
    assert_eq!(
        world.sql("select count(*)::text from access.session").await,
        "1"
    );
}

#[tokio::test]
async fn a_link_is_kept_as_a_hash_and_its_letter_forgets_it() {
    let (world, _, link) = invited().await;
    let token = world.token_by(&link).await;
    // What queued letters hold is theirs until they are sent.
    world
        .sql("update mail.letter set state = 'sent', sent_at = now(), args = args - 'path'")
        .await;
    for secret in [&link, &token] {
        let found = world
            .sql(&format!(
                "select string_agg(table_schema || '.' || table_name, ', ') from information_schema.tables
                  where table_schema in ('access', 'directory', 'mail', 'log', 'views') and table_type = 'BASE TABLE'
                    and query_to_xml(format('select * from %I.%I t where t::text ilike %L', table_schema, table_name,
                        '%' || '{secret}' || '%'), false, true, '')::text <> ''"
            ))
            .await;
        assert_eq!(found, "", "a secret in plain");
    }
    let kept = world
        .sql("select encode(hash, 'hex') from access.link")
        .await;
    assert!(kept.len() == 64 && kept != link);
}

#[tokio::test]
async fn no_log_holds_a_secret_however_talkative_it_is() {
    let (world, _, link) = invited().await;
    let served = ServingProcess::start(&world.database, &[]);
    let client = http();
    let call =
        |method: Method, path: &str| Call::new(&client, method, &format!("{}{path}", served.url));
    let path = format!("/join/{link}");
    assert_eq!(call(Method::GET, &path).send().await.status, 200);
    let press = || call(Method::POST, &path).header("origin", &served.url);
    let pressed = press().send().await;
    assert_eq!(pressed.status, 303, "{pressed:#?}");
    assert_eq!(press().send().await.status, 404);
    let again = call(Method::POST, "/v1/session").json(&json!({ "link": link }));
    again.problem(404, "unknown_link").await;
    call(Method::POST, &format!("{path}/more")).send().await;
    let cookie = pressed.header("set-cookie").split(';').next().unwrap();
    let secret = cookie.split_once('=').unwrap().1;
    let session = call(Method::GET, "/v1/session");
    session.header("cookie", cookie).expect(200).await;
    let session = call(Method::GET, "/v1/session").token(secret);
    session.expect(200).await;
    let ask = call(Method::POST, "/v1/sign-in-links");
    ask.json(&json!({ "email": AINO })).expect(202).await;
    wait_for(&world, AINO, "sign_in_link").await;
    let said = served.said();
    assert!(said.contains("update access.link"), "it is talkative");
    for secret in [&link, secret, AINO] {
        assert!(!said.contains(secret), "{secret} in the log");
    }
}

#[tokio::test]
async fn the_page_runs_no_scripts_but_ours_is_kept_nowhere_and_tells_no_referrer() {
    let (world, _, link) = invited().await;
    let page = world.get(&format!("/join/{link}")).send().await;
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    assert!(
        policy.contains("script-src 'self';") && !policy.contains("unsafe"),
        "{policy}"
    );
    // The address holds the secret: no more than the site's name may leave.
    assert_eq!(page.header("referrer-policy"), "strict-origin");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("x-frame-options"), "DENY");
    assert!(
        !page.text.contains(&link) && !page.text.contains("<script>"),
        "{page:#?}"
    );
    assert!(
        !page.text.contains(AINO) && !page.text.contains("Aino"),
        "{page:#?}"
    );
    let style = world.get("/pages.css").send().await;
    assert_eq!(
        (style.status, style.header("content-type")),
        (200, "text/css; charset=utf-8")
    );
}

#[tokio::test]
async fn pages_are_in_french_for_whoever_reads_it() {
    let (world, _, link) = invited().await;
    let path = format!("/join/{link}");
    let french = world
        .get(&path)
        .header("accept-language", "fr-CH, en;q=0.5")
        .send()
        .await;
    assert!(
        french.text.contains("<html lang=\"fr\" dir=\"ltr\">"),
        "{french:#?}"
    );
    assert!(french.text.contains("Invitation à participer") && french.text.contains("Finlande"));
    assert_eq!(french.header("content-language"), "fr");
    let asked = world.get(&format!("{path}?lang=fr")).send().await;
    same_page(&french, &asked);
    for (lang, invited) in [
        ("ar", "دعوة إلى المشاركة"),
        ("zh", "参与邀请"),
        ("ru", "Приглашение к участию"),
        ("es", "Invitación a participar"),
    ] {
        let call = world.get(&path).header("accept-language", lang);
        let page = call.send().await;
        assert!(
            page.text.contains(&format!("<html lang=\"{lang}\"")),
            "{page:#?}"
        );
        assert!(page.text.contains(invited), "{page:#?}");
    }
}

#[tokio::test]
async fn what_a_title_says_cannot_become_markup() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let mut opening =
        crate::support::opening(&instrument, "2999-12-31", &json!({"parties": ["FIN"]}));
    opening["title"] = json!({"en": "<script>alert(1)</script> \"{deadline}\""});
    let opened = world
        .post("/v1/collections")
        .token(&world.officer)
        .json(&opening);
    let collection = opened.expect(201).await["id"].as_str().unwrap().to_owned();
    let link = world.invited(&collection, "FIN", AINO).await;
    let page = world.get(&format!("/join/{link}")).send().await;
    assert!(!page.text.contains("<script>"), "{page:#?}");
    assert!(
        page.text
            .contains("&#60;script&#62;alert(1)&#60;/script&#62; &#34;{deadline}&#34;"),
        "{page:#?}"
    );
}

#[tokio::test]
async fn another_site_cannot_press_the_button() {
    let (world, _, link) = invited().await;
    let path = format!("/join/{link}");
    for (name, value) in [
        ("accept", "text/html"),
        ("origin", "null"),
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "none"),
    ] {
        let refused = world.post(&path).header(name, value).send().await;
        assert_eq!(refused.status, 403, "{name}: {value}: {refused:#?}");
        assert!(refused.headers.get("set-cookie").is_none());
    }
    world
        .post("/v1/session")
        .json(&json!({"link": link, "as": "cookie"}))
        .problem(403, "cross_site_request")
        .await;
    world.signed_in(&link).await;
}

#[tokio::test]
async fn inviting_again_sends_a_fresh_link_and_ends_the_earlier_ones() {
    let (world, collection, first) = invited().await;
    let second = world.invited(&collection, "FIN", "AINO@example.org").await;
    assert_ne!(first, second);
    assert_eq!(world.press(&first).await.status, 404);
    world.signed_in(&second).await;
    // Another invitation of the same person's is another matter.
    let third = world
        .collection(json!({"parties": ["FIN"]}))
        .await
        .collection;
    let here = world.invited(&third, "FIN", AINO).await;
    world.invited(&collection, "FIN", AINO).await;
    world.signed_in(&here).await;
}

#[tokio::test]
async fn the_same_request_sent_again_sends_one_letter() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let path = format!(
        "/v1/collections/{}/parties/FIN/invitation",
        opened.collection
    );
    let invite = |name: &str| {
        let call = world
            .post(&path)
            .token(&world.officer)
            .header("idempotency-key", "one");
        call.json(&json!({"name": name, "email": AINO}))
    };
    let first = invite("Aino").expect(201).await;
    assert_eq!(invite("Aino").expect(201).await, first);
    invite("Another").problem(422, "key_reused").await;
    assert_eq!(world.letters_to(AINO).await.len(), 1);
}

#[tokio::test]
async fn an_address_that_was_mistyped_opens_nothing_once_it_is_mended() {
    let (world, collection, mistyped) = invited().await;
    world
        .invited(&collection, "FIN", "aino.right@example.org")
        .await;
    assert_eq!(world.press(&mistyped).await.status, 404);
    ask(&world, AINO).await;
    ask(&world, "aino.right@example.org").await;
    wait_for(&world, "aino.right@example.org", "sign_in_link").await;
    assert_eq!(
        kinds(&world, AINO).await,
        ["invitation"],
        "no new link either"
    );
}

#[tokio::test]
async fn a_focal_point_invites_colleagues_to_chosen_sections() {
    let (world, collection, link) = invited().await;
    let token = world.token_by(&link).await;
    let path = format!("/v1/collections/{collection}/parties/FIN/contributors");
    let colleague =
        json!({"name": "Eetu", "email": "eetu@example.org", "language": "fr", "sections": ["D"]});
    world
        .post(&path)
        .token(&token)
        .json(&colleague)
        .expect(201)
        .await;
    let letters = world.letters_to("eetu@example.org").await;
    assert_eq!(
        (&letters[0]["kind"], &letters[0]["sections"]),
        (&json!("contributor_invitation"), &json!("D"))
    );
    let reply = world.answered(&collection, &token).await;

    let link = world.link_to("eetu@example.org").await.unwrap();
    let page = world.get(&format!("/join/{link}")).send().await;
    assert!(
        page.text.contains("The focal point of Finland")
            && page.text.contains("<li>Difficulties</li>"),
        "{page:#?}"
    );
    let eetu = world.signed_in(&link).await;
    let words = json!({"value": {"text": "Words.", "lang": "en"}});
    let answer = |question: &str| {
        world
            .put(&format!("/v1/replies/{reply}/answers/{question}"))
            .cookie(&eetu)
    };
    answer("D1").json(&words).expect(200).await;
    answer("A1")
        .json(&json!({"value": "no"}))
        .problem(403, "section_not_assigned")
        .await;
    let submission = format!("/v1/replies/{reply}/submission");
    world
        .post(&submission)
        .cookie(&eetu)
        .problem(403, "not_allowed")
        .await;
    world
        .post(&path)
        .cookie(&eetu)
        .json(&colleague)
        .problem(403, "not_allowed")
        .await;
}

#[tokio::test]
async fn an_invitation_that_is_refused_leaves_nothing_behind() {
    let (world, collection, link) = invited().await;
    let focal_point = world.token_by(&link).await;
    let stranger = world.focal_point("FIN").await;
    let body =
        |sections: Value| json!({"name": "B", "email": "b@example.org", "sections": sections});
    let path = format!("/v1/collections/{collection}/parties/FIN/contributors");
    let invite = |token: &str, body: Value| world.post(&path).token(token).json(&body);
    let refused = invite(&focal_point, body(json!(["A", "Z"])))
        .problem(422, "delegation_faulty")
        .await;
    assert_eq!(faults(&refused), [("no_such_section", "/sections/1")]);
    invite(&focal_point, body(json!([])))
        .problem(422, "delegation_faulty")
        .await;
    invite(&stranger, body(json!(["A"])))
        .problem(403, "not_focal_point")
        .await;
    let sweden = world.focal_point("SWE").await;
    invite(&sweden, body(json!(["A"])))
        .problem(404, "not_found")
        .await;
    let kenya = format!("/v1/collections/{collection}/parties/KEN/invitation");
    let kenya = world.post(&kenya).token(&world.officer);
    kenya
        .json(&json!({"name": "B", "email": "b@example.org"}))
        .problem(409, "party_not_invited")
        .await;
    let path = format!("/v1/collections/{collection}/parties/FIN/invitation");
    let invite = |name: &str, email: &str| {
        let call = world.post(&path).token(&world.officer);
        call.json(&json!({"name": name, "email": email}))
            .problem(422, "person_faulty")
    };
    assert_eq!(
        faults(&invite(" ", "nobody").await),
        [("blank", "/name"), ("bad_email", "/email")]
    );
    for email in [
        "a@",
        "@b",
        "a b@example.org",
        "a@example.org\r\nBcc: c@example.org",
        "a@example.org, b@example.org",
    ] {
        assert_eq!(
            faults(&invite("A", email).await),
            [("bad_email", "/email")],
            "{email}"
        );
    }
    invite(&"x".repeat(201), "a@example.org").await;
    invite("A\r\nB", "a@example.org").await;
    let known = world.sql("select count(*)::text from directory.person where email in ('a@example.org', 'b@example.org')");
    assert_eq!(known.await, "0");
}

#[tokio::test]
async fn an_invitation_tells_nothing_of_whether_the_address_was_known() {
    let (world, collection, link) = invited().await;
    let token = world.token_by(&link).await;
    let sweden = world
        .collection(json!({"parties": ["SWE"]}))
        .await
        .collection;
    world.invited(&sweden, "SWE", "known@example.org").await;
    let path = format!("/v1/collections/{collection}/parties/FIN/contributors");
    let mut answers = Vec::new();
    for email in ["known@example.org", "unknown@example.org"] {
        let body = json!({"name": "B", "email": email, "sections": ["A"]});
        let answer = world.post(&path).token(&token).json(&body).send().await;
        answers.push((answer.expect(201), answer.headers.len()));
    }
    assert_eq!(answers[0], answers[1]);
}

/// Asks for a new link; answers what is answered.
async fn ask(world: &World, email: &str) -> Value {
    let call = world
        .post("/v1/sign-in-links")
        .json(&json!({ "email": email }));
    call.expect(202).await
}

async fn kinds(world: &World, email: &str) -> Vec<String> {
    let letters = world.letters_to(email).await;
    letters
        .iter()
        .map(|letter| letter["kind"].as_str().unwrap().to_owned())
        .collect()
}

/// Waits until a letter of this kind is there.
async fn wait_for(world: &World, email: &str, kind: &str) {
    for _ in 0..200 {
        if kinds(world, email).await.iter().any(|found| found == kind) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("no {kind} for {email}");
}

#[tokio::test]
async fn whoever_has_an_account_asks_for_a_new_link_and_gets_one_in_five_minutes() {
    let (world, _, link) = invited().await;
    world.signed_in(&link).await;
    // Known to the directory, but without an account.
    world.sql("insert into directory.person (id, name, email) values (gen_random_uuid(), 'N', 'n@example.org')").await;
    let answer = ask(&world, " Aino@Example.org ").await;
    for unknown in [
        "nobody@example.org",
        "n@example.org",
        "",
        "no address",
        &"x".repeat(4_000),
    ] {
        assert_eq!(ask(&world, unknown).await, answer);
    }
    wait_for(&world, AINO, "sign_in_link").await;
    let older = world.link_to(AINO).await.unwrap();
    ask(&world, AINO).await;
    // Addresses are taken in the order in which they came: once this one is dealt with, so are the others.
    let other = world.account("contributor", "SWE").await;
    let email = world
        .sql(&format!(
            "select email from directory.person where id = '{other}'"
        ))
        .await;
    ask(&world, &email).await;
    wait_for(&world, &email, "sign_in_link").await;
    assert_eq!(kinds(&world, AINO).await, ["invitation", "sign_in_link"]);
    assert_eq!(
        world.sql("select count(*)::text from mail.letter").await,
        "3"
    );

    world
        .sql("update access.link set created_at = now() - interval '6 minutes'")
        .await;
    ask(&world, AINO).await;
    for _ in 0..200 {
        if kinds(&world, AINO).await.len() == 3 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let newer = world.link_to(AINO).await.unwrap();
    world.signed_in(&newer).await;
    assert_eq!(
        world.press(&older).await.status,
        404,
        "whoever is in needs no other link"
    );
}

#[tokio::test]
async fn the_form_that_asks_for_a_link_answers_everybody_the_same() {
    let (world, ..) = invited().await;
    let form = world.get("/sign-in").send().await;
    assert!(
        form.text.contains("name=\"email\" type=\"email\""),
        "{form:#?}"
    );
    let ask = |email: &str| {
        let form = format!("email={}", email.replace('@', "%40"));
        world
            .post("/sign-in")
            .body("application/x-www-form-urlencoded", form)
            .send()
    };
    let known = ask(AINO).await;
    assert_eq!(known.status, 202, "{known:#?}");
    same_page(&known, &ask("nobody@example.org").await);
    same_page(&known, &ask("%00%FF").await);
    wait_for(&world, AINO, "sign_in_link").await;
}

#[tokio::test]
async fn whoever_asks_again_and_again_waits() {
    let world = World::new().await;
    let ask = || {
        world
            .post("/v1/sign-in-links")
            .json(&json!({"email": "a@example.org"}))
            .send()
    };
    let answers = join_all((0..40).map(|_| ask())).await;
    let refused: Vec<&Answer> = answers
        .iter()
        .filter(|answer| answer.status != 202)
        .collect();
    assert_eq!(refused.len(), 10, "{refused:#?}");
    refused[0].problem(429, "asked_too_often");
    assert!(refused[0].header("retry-after").parse::<u32>().unwrap() <= 60);
    let form = world
        .post("/sign-in")
        .body("application/x-www-form-urlencoded", "email=a")
        .send()
        .await;
    assert_eq!(
        (form.status, form.header("content-type")),
        (429, "text/html; charset=utf-8")
    );
}
