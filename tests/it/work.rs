//! /v1/work, and the letters that tell officers of it.

use access::Role;
use serde_json::{Value, json};

use crate::support::{World, each, eventually};

async fn digests(world: &World, email: &str) -> Vec<Value> {
    let letters = world.letters_to(email).await.into_iter();
    letters
        .filter(|letter| letter["kind"] == "digest")
        .collect()
}

#[tokio::test]
async fn where_nothing_waits_the_page_says_so_and_nobody_else_is_shown_a_list() {
    let world = World::new().await;
    let home = async |token: &str, lang: &str| {
        let home = world.get(&format!("/home?lang={lang}")).token(token);
        home.send().await.text
    };
    let nothing = [
        ("en", "Nothing waits for the Secretariat"),
        ("ar", "لا توجد مهام في انتظار الأمانة"),
    ];
    for (lang, said) in nothing {
        let page = home(&world.officer, lang).await;
        assert!(page.contains(said), "{said} in {page}");
    }
    let finland = world.focal_point("FIN").await;
    let page = home(&finland, "en").await;
    assert!(!page.contains("To be dealt with"), "{page}");
}

#[tokio::test]
async fn what_waits_is_listed_until_it_is_dealt_with_and_told_once_by_letter() {
    let world = World::new().await;
    let (_, officer) = world.officer_with_address("officer@example.org").await;
    let put = |every: &str| {
        let call = world.put("/v1/me/digest").token(&officer);
        call.json(&json!({ "every": every }))
    };
    let get = world.get("/v1/me/digest").token(&officer);
    assert_eq!(get.expect(200).await, json!({"every": "never"}));
    put("hourly").problem(422, "wrong_body").await;
    assert_eq!(put("at_once").expect(200).await["every"], "at_once");

    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let finland = world.focal_point("FIN").await;
    let yes = json!({"A1": {"value": "yes"}});
    let reply = world.submitted(&opened.collection, &finland, yes).await;
    eventually("the officer is told", async || {
        digests(&world, "officer@example.org").await.len() == 1
    })
    .await;
    let [told] = &digests(&world, "officer@example.org").await[..] else {
        panic!("one letter")
    };
    assert_eq!(told["replies_count"], 1);
    assert_eq!(told["replies"][0]["en"], "Finland");

    // Nothing of it is told again; what comes since is.
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["SWE"]).await;
    let sweden = world.focal_point("SWE").await;
    let on = json!({"instrument": true});
    let comment = world.comment(&path, &sweden, on, "A comment.").await;
    eventually("the officer is told", async || {
        digests(&world, "officer@example.org").await.len() == 2
    })
    .await;
    let told = digests(&world, "officer@example.org").await;
    assert_eq!(told[1]["comments_count"], 1);
    assert_eq!(told[1]["replies_count"], json!(null));

    let work = async || {
        let call = world.get("/v1/work").token(&officer);
        call.expect(200).await["items"].clone()
    };
    let waiting = work().await;
    assert_eq!(each(&waiting, "kind"), ["reply", "comment"]);
    assert_eq!(each(&waiting, "party"), ["FIN", "SWE"]);
    assert!(reply.contains(waiting[0]["id"].as_str().unwrap()));
    // The page says the same, by kind, and where each thing is read.
    let home = async |query: &str| {
        let home = world.get(&format!("/home{query}")).token(&officer);
        home.send().await.text
    };
    let page = home("").await;
    let id = waiting[0]["id"].as_str().unwrap();
    let consultation = path.rsplit('/').next().unwrap();
    for said in [
        "Replies submitted",
        "Comments without a disposition",
        &format!("/replies/{id}/versions\">Finland: "),
        &format!("/consultations/{consultation}\">Sweden: "),
        "Since ",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(!page.contains("Requests for assistance"), "{page}");
    assert!(home("?lang=ar").await.contains("في انتظار البت"));
    world.dispose(&comment, "noted").await;
    assert!(!home("").await.contains("Sweden: "));
    assert_eq!(each(&work().await, "kind"), ["reply"]);

    // Whoever wants none gets none, nor does one who is no officer any more.
    put("never").expect(200).await;
    world
        .comment(&path, &sweden, json!({"question": "A1"}), "Another.")
        .await;
    put("daily").expect(200).await;
    world
        .sql("update access.token set revoked_at = now() where role = 'officer'")
        .await;
    world.letters_follow().await;
    assert_eq!(digests(&world, "officer@example.org").await.len(), 2);
    let mission = world.token(Role::Mission, Some("FIN")).await;
    let work = world.get("/v1/work").token(&mission);
    work.problem(404, "not_found").await;
}
