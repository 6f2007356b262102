//! Invitations by list: looked through as a whole, carried out line by line, and sent twice without harm.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, World, each, eventually, faults, opening};

const HEAD: &str = "party,name,address,language,role,sections\n";

async fn send(world: &World, path: &str, table: &str) -> Answer {
    let call = world.post(path).token(&world.officer);
    call.body("text/csv", table.to_owned()).send().await
}

/// A list, once nothing of it waits.
async fn done(world: &World, path: &str) -> Value {
    let list = async || world.get(path).token(&world.officer).expect(200).await;
    eventually("the list is carried out", async || {
        list().await["queued"] == 0
    })
    .await;
    list().await
}

fn state_of(list: &Value) -> Vec<&str> {
    each(&list["lines"], "state")
}

#[tokio::test]
async fn a_list_is_looked_through_carried_out_and_sent_again() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let path = format!("/v1/collections/{}/invitation-lists", opened.collection);
    let table = format!(
        "\u{feff}{HEAD}FIN,Aino Esimerkki,aino@example.org,fr,focal_point,\r\n\
         fin,Eero Esimerkki,eero@example.org,en,contributor,A\r\n\
         SWE,\"Öberg, Åsa\",asa@example.org,ar,focal_point,\r\n"
    );
    let before = world.head().await;
    let checked = send(&world, &format!("{path}?check=true"), &table).await;
    let checked = checked.expect(200);
    assert_eq!(
        (&checked["good"], &checked["faults"]),
        (&json!(3), &json!([]))
    );
    assert_eq!(each(&checked["lines"], "does"), ["invite"; 3]);
    assert_eq!(world.head().await, before, "nobody was invited");
    let known = "select count(*)::text from directory.person where email = 'aino@example.org'";
    assert_eq!(world.sql(known).await, "0");

    let sent = send(&world, &path, &table).await;
    let accepted = sent.expect(202);
    assert_eq!(accepted["total"], 3);
    let list = done(&world, sent.header("location")).await;
    assert_eq!(state_of(&list), ["invited"; 3]);
    assert_eq!((&list["invited"], &list["failed"]), (&json!(3), &json!(0)));
    let [letter] = &world.letters_to("aino@example.org").await[..] else {
        panic!("one letter")
    };
    assert_eq!(letter["kind"], "invitation");
    let link = world.link_to("eero@example.org").await.unwrap();
    world.token_by(&link).await;

    // Sent again, also as what came of it, it invites nobody twice.
    let table = world.get(sent.header("location")).token(&world.officer);
    let table = table.header("accept", "text/csv").send().await;
    assert!(table.header("content-type").starts_with("text/csv"));
    assert!(
        table
            .text
            .contains("\"Öberg, Åsa\",asa@example.org,ar,focal_point,,invited,"),
        "{}",
        table.text
    );
    let again = send(&world, &path, &table.text).await;
    again.expect(202);
    let list = done(&world, again.header("location")).await;
    assert_eq!(state_of(&list), ["already_invited"; 3]);
    assert_eq!(world.letters_to("aino@example.org").await.len(), 1);
    let wishes = "select count(*)::text from access.invitation_wish";
    assert_eq!(world.sql(wishes).await, "0");
    // Another in a focal point's place is told before.
    let other = format!("{HEAD}SWE,Bo,bo@example.org,en,focal_point,\n");
    let checked = send(&world, &format!("{path}?check=true"), &other).await;
    assert_eq!(each(&checked.expect(200)["lines"], "does"), ["replace"]);
    // With a key the same request is one list.
    let keyed = async || {
        let call = world.post(&path).token(&world.officer);
        let call = call.header("idempotency-key", "a list");
        call.body("text/csv", other.clone()).expect(202).await["id"].clone()
    };
    assert_eq!(keyed().await, keyed().await);
}

#[tokio::test]
async fn every_fault_of_a_list_is_named_by_line_and_column_and_nobody_is_invited() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let path = format!("/v1/collections/{}/invitation-lists", opened.collection);
    let table = format!(
        "{HEAD}XXX,A,a@example.org,en,focal_point,\n\
         KEN,A,a@example.org,en,focal_point,\n\
         FIN, ,nobody,de,officer,\n\
         FIN,A,a@example.org,en,contributor,\n\
         FIN,B,b@example.org,en,contributor,A Z\n\
         FIN,C,c@example.org,en,focal_point,A\n\
         FIN,D,d@example.org,en,focal_point,\n\
         FIN,E,e@example.org,en,focal_point,\n\
         FIN,D,D@example.org,en,contributor,A\n"
    );
    let expected = [
        ("no_such_party", "/lines/2/party"),
        ("not_invited", "/lines/3/party"),
        ("bad_cell", "/lines/4/language"),
        ("bad_cell", "/lines/4/role"),
        ("blank", "/lines/4/name"),
        ("bad_email", "/lines/4/address"),
        ("list_empty", "/lines/5/sections"),
        ("no_such_section", "/lines/6/sections"),
        ("sections_without_contributor", "/lines/7/sections"),
        ("focal_point_listed_twice", "/lines/9/role"),
        ("invitee_listed_twice", "/lines/10/address"),
    ];
    let before = world.head().await;
    let checked = send(&world, &format!("{path}?check=true"), &table).await;
    let checked = checked.expect(200);
    assert_eq!(faults(&checked), expected);
    assert_eq!(checked["good"], 1);
    let refused = send(&world, &path, &table).await;
    let refused = refused.problem(422, "invitation_list_faulty");
    assert_eq!(faults(&refused), expected);
    for (table, faulty) in [
        (HEAD, vec![("list_empty", "/lines")]),
        (
            "party,name,email,language,role\nFIN,A,a@example.org,en,focal_point\n",
            vec![
                ("column_missing", "/lines/1"),
                ("column_unknown", "/lines/1"),
            ],
        ),
        (
            "party,name,address,language,role\nFIN,A\n",
            vec![("bad_table_line", "/lines/2")],
        ),
    ] {
        let refused = send(&world, &path, table).await;
        let refused = refused.problem(422, "invitation_list_faulty");
        assert_eq!(faults(&refused), faulty, "{table}");
    }
    let json = world.post(&path).token(&world.officer).json(&json!({}));
    json.problem(415, "unsupported_media_type").await;
    let nowhere = format!("/v1/collections/{}/invitation-lists", clock::new_id());
    send(&world, &nowhere, &table)
        .await
        .problem(404, "not_found");
    let unknown = format!("{path}/{}", clock::new_id());
    let unknown = world.get(&unknown).token(&world.officer);
    unknown.problem(404, "not_found").await;
    assert_eq!(world.head().await, before);
    let known = "select count(*)::text from directory.person where email like '_@example.org'";
    assert_eq!(world.sql(known).await, "0");
}

#[tokio::test]
async fn a_line_that_waits_is_carried_out_by_whoever_starts_and_one_that_is_refused_says_why() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let path = format!("/v1/collections/{}/invitation-lists", opened.collection);
    let table = format!("{HEAD}FIN,Aino,aino@example.org,fr,focal_point,\n");
    let sent = send(&world, &path, &table).await;
    sent.expect(202);
    done(&world, sent.header("location")).await;
    // As if the process had ended after the event and before it was noted; and, of another, before anything.
    world
        .sql("update access.invitation_line set state = 'queued', next_attempt = now()")
        .await;
    let list = done(&world, sent.header("location")).await;
    assert_eq!(state_of(&list), ["invited"]);
    assert_eq!(world.letters_to("aino@example.org").await.len(), 1);
    // Whoever is the focal point is no contributor.
    let table = format!("{HEAD}FIN,Aino,aino@example.org,fr,contributor,A\n");
    let sent = send(&world, &path, &table).await;
    sent.expect(202);
    let list = done(&world, sent.header("location")).await;
    assert_eq!(state_of(&list), ["failed"]);
    assert_eq!(list["lines"][0]["why"], "is_focal_point");
}

#[tokio::test]
async fn those_of_the_last_round_are_proposed_and_can_be_sent_back() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let invited = json!({"parties": ["FIN", "SWE"]});
    let first = world.open(&instrument, "2999-12-31", &invited).await;
    world.invited(&first, "FIN", "aino@example.org").await;
    world.invited(&first, "SWE", "asa@example.org").await;
    let erased = "select id::text from directory.person where email = 'asa@example.org'";
    let erased = world.sql(erased).await;
    world.erase(&erased).await;
    let next = world.open(&instrument, "2999-12-31", &invited).await;
    let path = format!("/v1/collections/{next}");
    let proposals = world.get(&format!("{path}/invitation-proposals"));
    let proposals = proposals.token(&world.officer).expect(200).await;
    assert_eq!(
        proposals["items"],
        json!([{"party": "FIN", "name": "Aino Esimerkki", "address": "aino@example.org", "language": "en",
                "role": "focal_point"}])
    );
    let table = world.get(&format!("{path}/invitation-proposals?format=csv"));
    let table = table.token(&world.officer).send().await;
    let sent = send(&world, &format!("{path}/invitation-lists"), &table.text).await;
    sent.expect(202);
    let list = done(&world, sent.header("location")).await;
    assert_eq!(state_of(&list), ["invited"]);
    let proposals = world.get(&format!("{path}/invitation-proposals"));
    let proposals = proposals.token(&world.officer).expect(200).await;
    assert_eq!(proposals["items"], json!([]));

    // In consultations those who commented.
    world.register("PRI", "ngo").await;
    let instrument = world.revised_instrument("intersessional").await;
    let before = world.forward(&instrument, 1, &["PRI"]).await;
    world.commenter(&before, "PRI", "noor@example.org").await;
    world.close_consultation(&before).await;
    let path = world.forward(&instrument, 1, &["PRI"]).await;
    let table = world.call(
        Method::GET,
        &format!("{path}/invitation-proposals?format=csv"),
    );
    let table = table.token(&world.officer).send().await;
    let sent = send(&world, &format!("{path}/invitation-lists"), &table.text).await;
    sent.expect(202);
    let list = done(&world, sent.header("location")).await;
    assert_eq!(state_of(&list), ["invited"]);
    assert_eq!(world.letters_to("noor@example.org").await.len(), 2);
    let wrong = format!("{HEAD}PRI,A,a@example.org,en,focal_point,\n");
    let wrong = send(&world, &format!("{path}/invitation-lists"), &wrong).await;
    let wrong = wrong.problem(422, "invitation_list_faulty");
    assert_eq!(faults(&wrong), [("bad_cell", "/lines/2/role")]);
}

#[tokio::test]
async fn an_opening_that_is_to_send_letters_invites_whoever_is_known_once() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let invited = json!({"parties": ["FIN", "SWE"]});
    let first = world.open(&instrument, "2999-12-31", &invited).await;
    world.invited(&first, "FIN", "aino@example.org").await;
    let mut new = opening(&instrument, "2999-12-31", &invited);
    new["letters"] = json!(true);
    let open = async || {
        let call = world.post("/v1/collections").token(&world.officer);
        let call = call.header("idempotency-key", "the next");
        call.json(&new).expect(201).await
    };
    let opened = open().await;
    let list = opened["invitation_list"].as_str().unwrap();
    let path = format!("/v1/collections/{}", opened["id"].as_str().unwrap());
    let list = done(&world, &format!("{path}/invitation-lists/{list}")).await;
    assert_eq!(state_of(&list), ["invited"]);
    assert_eq!(open().await["invitation_list"], opened["invitation_list"]);
    assert_eq!(world.letters_to("aino@example.org").await.len(), 2);
    // Without it, or where nobody is known, there is none.
    let other = world.approved_instrument().await;
    let mut none = opening(&other, "2999-12-31", &invited);
    none["letters"] = json!(true);
    let opened = world.post("/v1/collections").token(&world.officer);
    let opened = opened.json(&none).expect(201).await;
    assert_eq!(opened["invitation_list"], json!(null));
}
