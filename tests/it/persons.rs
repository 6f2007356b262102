//! Persons: one's own data, corrections, and erasure.

use access::Role;
use serde_json::{Value, json};

use crate::support::{World, faults};

/// An administrator's token.
async fn administrator(world: &World) -> String {
    world.token(Role::Administrator, None).await
}

#[tokio::test]
async fn everybody_can_read_in_which_role_they_are_here_and_what_is_known_of_them() {
    let world = World::new().await;
    let (id, token) = world
        .known_person(Role::FocalPoint, Some("FIN"), "Åsa", "Asa@example.org")
        .await;
    let me = world.get("/v1/me").token(&token).expect(200).await;
    let finland = world.get("/v1/parties/FIN").expect(200).await["id"].clone();
    let person = json!({"id": id, "name": "Åsa", "email": "Asa@example.org", "telephone": null, "function": null, "language": "en"});
    assert_eq!(
        me,
        json!({"id": id, "role": "focal_point", "party": finland, "person": person})
    );
    // A script's token is nobody's.
    let me = world.get("/v1/me").token(&world.officer).expect(200).await;
    assert_eq!(
        (&me["role"], &me["party"], &me["person"]),
        (&json!("officer"), &Value::Null, &Value::Null)
    );
    world
        .patch("/v1/me")
        .token(&world.officer)
        .json(&json!({"name": "N"}))
        .problem(404, "not_found")
        .await;
    world
        .delete("/v1/me")
        .token(&world.officer)
        .problem(404, "not_found")
        .await;
    world.get("/v1/me").problem(401, "missing_token").await;
}

#[tokio::test]
async fn a_correction_changes_what_it_names_and_nothing_else() {
    let world = World::new().await;
    let (_, token) = world
        .known_person(Role::Contributor, Some("FIN"), "Åsa", "asa@example.org")
        .await;
    let correct = |body: Value| world.patch("/v1/me").token(&token).json(&body).expect(200);
    let all = json!({"telephone": "+358 9 1234 ext. 5", "function": "Judge", "language": "ar"});
    let person = correct(all).await;
    assert_eq!(
        (&person["name"], &person["telephone"]),
        (&json!("Åsa"), &json!("+358 9 1234 ext. 5"))
    );
    let person = correct(json!({"name": " عبد الرحمن ", "function": null})).await;
    assert_eq!(
        (&person["name"], &person["function"]),
        (&json!("عبد الرحمن"), &Value::Null)
    );
    assert_eq!(
        (&person["language"], &person["telephone"]),
        (&json!("ar"), &json!("+358 9 1234 ext. 5"))
    );
    let person = correct(json!({"email": "ASA@example.org"})).await;
    assert_eq!(
        person["email"], "ASA@example.org",
        "one's own address can be cased anew"
    );
    let read = world.get("/v1/me").token(&token).expect(200).await;
    assert_eq!(read["person"], person);
    assert_eq!(correct(json!({})).await, person);
}

#[tokio::test]
async fn what_cannot_be_a_name_or_an_address_is_refused_with_its_place() {
    let world = World::new().await;
    let (id, token) = world
        .known_person(Role::Mission, Some("FIN"), "Åsa", "asa@example.org")
        .await;
    let administrator = world.token(Role::Administrator, None).await;
    let path = format!("/v1/persons/{id}");
    let correct = |body: Value| world.patch(&path).token(&administrator).json(&body);
    let wrong = json!({"name": "Å\r\nBcc: x@example.org", "email": "asa", "telephone": "ask", "function": " "});
    let problem = correct(wrong.clone()).problem(422, "person_faulty").await;
    let expected = [
        ("bad_line", "/name"),
        ("bad_email", "/email"),
        ("bad_telephone", "/telephone"),
        ("blank", "/function"),
    ];
    assert_eq!(faults(&problem), expected);
    let post = world.post("/v1/persons").token(&world.officer).json(&wrong);
    assert_eq!(faults(&post.problem(422, "person_faulty").await), expected);
    for (body, pointer) in [
        (json!({"name": null}), "/name"),
        (json!({"email": null}), "/email"),
        (json!({"language": null}), "/language"),
        (json!({"language": "de"}), "/language"),
        (json!({"role": "administrator"}), "/role"),
    ] {
        let problem = correct(body.clone()).problem(422, "wrong_body").await;
        assert_eq!(problem["pointer"], pointer, "{body}");
    }
    let me = world.get("/v1/me").token(&token).expect(200).await;
    assert_eq!(
        (&me["person"]["name"], &me["person"]["email"]),
        (&json!("Åsa"), &json!("asa@example.org"))
    );
}

#[tokio::test]
async fn an_address_that_another_has_is_refused_without_saying_whose_it_is() {
    let world = World::new().await;
    let (other, _) = world
        .known_person(Role::Officer, None, "Zyqqyx", "taken@example.org")
        .await;
    let (id, token) = world
        .known_person(Role::FocalPoint, Some("FIN"), "Åsa", "asa@example.org")
        .await;
    // Nobody takes an address by saying that it is theirs, and so learns nothing of which are taken.
    for address in ["Taken@Example.org", "free@example.org"] {
        let claimed = world.patch("/v1/me").token(&token);
        let refused = claimed.json(&json!({ "email": address }));
        let refused = refused.problem(403, "address_change_refused").await;
        assert_eq!(refused["pointer"], "/email");
    }
    let administrator = world.token(Role::Administrator, None).await;
    let taken = world
        .patch(&format!("/v1/persons/{id}"))
        .token(&administrator)
        .json(&json!({"email": "Taken@Example.org"}));
    let problem = taken.problem(409, "address_taken").await;
    assert_eq!(problem["pointer"], "/email");
    let told = problem.to_string();
    assert!(!told.contains("Zyqqyx") && !told.contains(&other), "{told}");
}

#[tokio::test]
async fn an_officer_finds_a_person_by_address_or_adds_them() {
    let world = World::new().await;
    let new =
        json!({"name": "Åsa", "email": "asa@example.org", "function": "Judge", "language": "fr"});
    let add = |body: &Value| world.post("/v1/persons").token(&world.officer).json(body);
    let answer = add(&new).send().await;
    let added = answer.expect(201);
    let path = format!("/v1/persons/{}", added["id"].as_str().unwrap());
    assert_eq!(answer.header("location"), path);
    assert_eq!(
        (&added["language"], &added["telephone"]),
        (&json!("fr"), &Value::Null)
    );
    let again = json!({"name": "Somebody else", "email": "ASA@example.org"});
    assert_eq!(
        add(&again).expect(200).await,
        added,
        "whoever is there stays"
    );
    assert_eq!(
        world.get(&path).token(&world.officer).expect(200).await,
        added
    );
    for unknown in ["nonsense", "0190b5f0-0000-7000-8000-000000000000"] {
        let unknown = format!("/v1/persons/{unknown}");
        world
            .get(&unknown)
            .token(&world.officer)
            .problem(404, "not_found")
            .await;
        let administrator = administrator(&world).await;
        world
            .delete(&unknown)
            .token(&administrator)
            .problem(404, "not_found")
            .await;
    }
}

#[tokio::test]
async fn whoever_erases_themselves_is_gone_and_their_address_free() {
    let world = World::new().await;
    let (id, token) = world
        .known_person(Role::FocalPoint, Some("FIN"), "Åsa", "asa@example.org")
        .await;
    world.delete("/v1/me").token(&token).expect(204).await;
    let path = format!("/v1/persons/{id}");
    world
        .get(&path)
        .token(&world.officer)
        .problem(404, "not_found")
        .await;
    let administrator = administrator(&world).await;
    world
        .patch(&path)
        .token(&administrator)
        .json(&json!({"name": "N"}))
        .problem(404, "not_found")
        .await;
    // Whoever did not hear that it was done may ask again.
    world.delete(&path).token(&administrator).expect(204).await;
    // Another server has not seen the token before, and never will.
    let other = World::on(world.database.clone()).await;
    other
        .get("/v1/me")
        .token(&token)
        .problem(401, "unknown_token")
        .await;
    let again = json!({"name": "Åsa", "email": "asa@example.org"});
    let added = world
        .post("/v1/persons")
        .token(&world.officer)
        .json(&again)
        .expect(201)
        .await;
    assert_ne!(added["id"], json!(id));
}

#[tokio::test]
async fn an_address_is_one_person_however_its_host_is_written() {
    let world = World::new().await;
    let add = |email: &str| {
        let new = json!({"name": "Åsa", "email": email});
        world.post("/v1/persons").token(&world.officer).json(&new)
    };
    let added = add("Info@Bücher.example").expect(201).await;
    assert_eq!(added["email"], "Info@xn--bcher-kva.example");
    for same in [
        "info@xn--bcher-kva.example",
        "info@XN--BCHER-KVA.example",
        "INFO@bu\u{308}cher.example",
        "\u{200b}info@bücher.example ",
    ] {
        assert_eq!(add(same).expect(200).await, added, "{same}");
    }
    // Whoever was added when hosts were kept in other letters is still found, and nobody else takes the address.
    world
        .run("update directory.person set email = 'info@bücher.example' where email like 'Info@%'")
        .await;
    let there = add("info@xn--bcher-kva.example").expect(200).await;
    assert_eq!(there["id"], added["id"]);
    let other = add("other@example.org").expect(201).await;
    let administrator = administrator(&world).await;
    let take = world.patch(&format!("/v1/persons/{}", other["id"].as_str().unwrap()));
    let take = take.token(&administrator);
    let take = take.json(&json!({"email": "info@xn--bcher-kva.example"}));
    take.problem(409, "address_taken").await;

    for none in [
        "info@bü cher.example",
        "info@-.example",
        "info@127.0.0.1",
        "info@ex_ample.org",
        "info@xn--a.example",
    ] {
        let problem = add(none).problem(422, "person_faulty").await;
        assert_eq!(faults(&problem), [("bad_email", "/email")], "{none}");
        let told = problem["faults"][0]["detail"].as_str().unwrap();
        assert!(
            told.contains(none) && told.contains("name@example.org"),
            "{told}"
        );
    }
}

/// As they were kept before there was one form of an address.
#[tokio::test]
async fn of_two_whose_address_has_become_one_whoever_comes_in_by_it_is_meant_and_both_are_corrected()
 {
    let world = World::new().await;
    let administrator = administrator(&world).await;
    let add = |email: &str| {
        let new = json!({"name": "Åsa", "email": email});
        world.post("/v1/persons").token(&world.officer).json(&new)
    };
    let older = add("one@example.org").expect(201).await["id"].clone();
    let newer = add("two@example.org").expect(201).await["id"].clone();
    let (older, newer) = (older.as_str().unwrap(), newer.as_str().unwrap());
    world
        .run(&format!(
            "update directory.person set email = 'info@xn--bcher-kva.example' where id = '{newer}';
             update directory.person set email = 'info@bücher.example' where id = '{older}'"
        ))
        .await;
    let meant = async || add("info@bücher.example").expect(200).await["id"].clone();
    assert_eq!(meant().await, older);
    let party = domain::PartyId::from_code("FIN");
    world
        .run(&format!(
            "insert into access.account (id, person, role, party)
             values (gen_random_uuid(), '{newer}', 'mission', '{party}')"
        ))
        .await;
    assert_eq!(meant().await, newer);
    for id in [older, newer] {
        let path = format!("/v1/persons/{id}");
        let correct = |by: Value| world.patch(&path).token(&administrator).json(&by);
        let named = correct(json!({"name": "Öberg"})).expect(200).await;
        assert_eq!(named["name"], "Öberg");
        let moved = correct(json!({"email": format!("{id}@example.org")}));
        moved.expect(200).await;
        let back = correct(json!({"email": "info@bücher.example"}));
        if id == older {
            back.problem(409, "address_taken").await;
        } else {
            back.expect(200).await;
        }
    }
}

#[tokio::test]
async fn corrections_of_different_things_at_once_both_hold() {
    let world = World::new().await;
    let (id, _) = world
        .known_person(Role::FocalPoint, Some("FIN"), "Åsa", "asa@example.org")
        .await;
    let administrator = administrator(&world).await;
    let path = format!("/v1/persons/{id}");
    for number in 0..10 {
        let correct = |body: Value| {
            world
                .patch(&path)
                .token(&administrator)
                .json(&body)
                .expect(200)
        };
        let (telephone, function) = (format!("+358 9 {number}00"), format!("Judge {number}"));
        tokio::join!(
            correct(json!({"telephone": telephone})),
            correct(json!({"function": function}))
        );
        let person = world.get(&path).token(&administrator).expect(200).await;
        assert_eq!(
            (&person["telephone"], &person["function"]),
            (&json!(telephone), &json!(function))
        );
    }
}
