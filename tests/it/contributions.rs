//! /v1/contributions and /v1/currencies

use access::Role;
use serde_json::{Value, json};

use crate::support::{World, each, faults, item_where};

fn pledge(from: &str, to: Value, what: Value) -> Value {
    json!({"from": from, "to": to, "what": what, "on": "2004-01-15"})
}

fn euros(amount: &str) -> Value {
    json!({"money": {"amount": amount, "currency": "EUR"}})
}

impl World {
    /// A contribution that is recorded, as it is shown.
    pub(super) async fn pledged(&self, from: &str, to: Value, what: Value) -> Value {
        let body = pledge(from, to, what);
        let pledged = self.post("/v1/contributions").token(&self.officer);
        pledged.json(&body).expect(201).await
    }
}

#[tokio::test]
async fn parties_give_money_staff_and_help_in_kind_to_meetings_and_the_office() {
    let world = World::new().await;
    world.register("HEUNI", "programme_institute").await;
    let meeting = world.meeting("expert_group").await;
    let to_meeting = json!({"meeting": meeting});
    let began = world.head().await;
    let mut body = pledge("AUT", to_meeting.clone(), euros("25000.50"));
    body["earmarked"] = json!({"text": "Travel of experts", "lang": "en"});
    let pledged = world.post("/v1/contributions").token(&world.officer);
    let pledged = pledged.json(&body).send().await;
    let path = pledged.header("location").to_owned();
    let money = pledged.expect(201);
    assert_eq!(money["amount"], "25000.5");
    assert_eq!(
        (&money["to"], &money["object"]),
        (&json!("meeting"), &json!(meeting))
    );
    assert_eq!(money["from"]["kind"], "member_state");
    let help = json!({"in_kind": {"purpose": "preparing_instruments"}});
    let help = world.pledged("heuni", to_meeting, help).await;
    assert_eq!(help["from"]["kind"], "programme_institute");
    let staff = json!({"staff": {"person_months": "6.5"}});
    world.pledged("ITA", json!({"office": true}), staff).await;

    // It is received, or it is not; and that once.
    let receipt = world.post(&format!("{path}/receipt")).token(&world.officer);
    let received = receipt.json(&json!({"on": "2004-02-01"})).expect(200).await;
    assert_eq!(
        (&received["status"], &received["status_on"]),
        (&json!("received"), &json!("2004-02-01"))
    );
    let again = world.post(&format!("{path}/receipt")).token(&world.officer);
    let again = again.json(&json!({"on": "2004-02-01"}));
    again.problem(409, "contribution_already_received").await;
    let other = format!("/v1/contributions/{}", help["id"].as_str().unwrap());
    let cancelled =
        json!({"on": "2004-02-02", "reason": {"text": "The institute moves.", "lang": "en"}});
    let cancel = |path: &str| {
        world
            .post(&format!("{path}/cancellation"))
            .token(&world.officer)
    };
    let cancel_received = cancel(&path).json(&cancelled);
    cancel_received
        .problem(409, "contribution_already_received")
        .await;
    let shown = cancel(&other).json(&cancelled).expect(200).await;
    assert_eq!(shown["cancellation"]["text"], "The institute moves.");
    cancel(&other)
        .json(&cancelled)
        .problem(409, "contribution_is_cancelled")
        .await;

    // Everybody may read it, but not why it was taken back; as of an earlier position it is what it was then.
    assert_eq!(
        world.get(&other).expect(200).await["cancellation"],
        Value::Null
    );
    let shown = world.get(&path).expect(200).await;
    assert_eq!(
        shown["earmarked"],
        json!({"text": "Travel of experts", "lang": "en"})
    );
    let then = world
        .get(&format!("{path}?as_of={}", began + 1))
        .expect(200)
        .await;
    assert_eq!(then["status"], "pledged");
    let listed = world.get("/v1/contributions").expect(200).await;
    assert_eq!(
        each(&listed["items"], "form"),
        ["money", "in_kind", "staff"]
    );
    assert_eq!(
        item_where(&listed["items"], "form", "staff")["person_months"],
        "6.5"
    );
    for (asked, found) in [
        ("from=ITA", vec!["staff"]),
        ("to=office", vec!["staff"]),
        ("form=in_kind&status=cancelled", vec!["in_kind"]),
        ("status=received", vec!["money"]),
    ] {
        let page = world
            .get(&format!("/v1/contributions?{asked}"))
            .expect(200)
            .await;
        assert_eq!(each(&page["items"], "form"), found, "{asked}");
    }
    let of_meeting = world
        .get(&format!("/v1/contributions?object={meeting}"))
        .expect(200)
        .await;
    assert_eq!(each(&of_meeting["items"], "form"), ["money", "in_kind"]);
    let early = world
        .get(&format!("/v1/contributions?as_of={began}"))
        .expect(200)
        .await;
    assert_eq!(early["items"], json!([]));
    world
        .get("/v1/contributions?to=nobody")
        .problem(400, "bad_parameter")
        .await;

    let told = world.get(&format!("/v1/timelines/{}", money["id"].as_str().unwrap()));
    let told = told.expect(200).await;
    let expected = [
        "Austria pledged a contribution on 15 January 2004.",
        "The contribution was received on 1 February 2004.",
    ];
    assert_eq!(each(&told["items"], "text"), expected);
}

#[tokio::test]
async fn money_is_added_up_within_each_currency_and_over_none() {
    let world = World::new().await;
    let meeting = world.meeting("expert_group").await;
    let office = || json!({"office": true});
    let to_meeting = || json!({"meeting": meeting});
    let yen = json!({"money": {"amount": "900", "currency": "JPY"}});
    let totals = async |asked: &str| {
        let path = format!("/v1/contributions/totals{asked}");
        world.get(&path).expect(200).await["money"].clone()
    };
    assert_eq!(totals("").await, json!([]));
    let mut given = Vec::new();
    for (from, to, what) in [
        ("AUT", office(), euros("0.1")),
        ("ITA", office(), euros("0.2")),
        ("FIN", office(), euros("10")),
        ("SWE", to_meeting(), euros("5.50")),
        ("JPN", to_meeting(), yen),
        ("NOR", office(), json!({"staff": {"person_months": "6"}})),
    ] {
        given.push(world.pledged(from, to, what).await["id"].clone());
    }
    let before = world.head().await;
    let tell = async |place: usize, what: &str, body: Value| {
        let id = given[place].as_str().unwrap();
        let call = world.post(&format!("/v1/contributions/{id}/{what}"));
        call.token(&world.officer).json(&body).expect(200).await;
    };
    tell(1, "receipt", json!({"on": "2004-02-01"})).await;
    let reason = json!({"on": "2004-02-01", "reason": {"text": "So.", "lang": "en"}});
    tell(2, "cancellation", reason).await;
    let of = |currency: &str, pledged: &str, received: &str| json!({"currency": currency, "pledged": pledged, "received": received});
    let all = json!([of("EUR", "5.6", "0.2"), of("JPY", "900", "0")]);
    assert_eq!(totals("").await, all);
    let to_office = json!([of("EUR", "0.1", "0.2")]);
    assert_eq!(totals("?to=office").await, to_office);
    let object = format!("?object={meeting}");
    let there = json!([of("EUR", "5.5", "0"), of("JPY", "900", "0")]);
    assert_eq!(totals(&object).await, there);
    let then = json!([of("EUR", "10.3", "0")]);
    let asked = format!("?to=office&as_of={before}");
    assert_eq!(totals(&asked).await, then);
    let wrong = world.get("/v1/contributions/totals?to=nobody");
    wrong.problem(400, "bad_parameter").await;
}

#[tokio::test]
async fn what_was_recorded_wrongly_is_corrected_and_stays_on_record_as_of_then() {
    let world = World::new().await;
    let office = || json!({"office": true});
    let mut new = pledge("AUT", office(), euros("250000"));
    new["earmarked"] = json!({"text": "Travel of experts", "lang": "en"});
    let given = world.post("/v1/contributions").token(&world.officer);
    let given = given.json(&new).expect(201).await;
    let path = format!("/v1/contributions/{}", given["id"].as_str().unwrap());
    let receipt = world.post(&format!("{path}/receipt")).token(&world.officer);
    let receipt = receipt.json(&json!({"on": "2004-02-01"}));
    receipt.expect(200).await;
    let before = world.head().await;
    let reason = json!({"text": "One nought too many.", "lang": "en"});
    let correct = |token: &str, pledge: Value| {
        let call = world.put(&path).token(token);
        call.json(&json!({"pledge": pledge, "reason": reason}))
    };
    let right = || pledge("AUT", office(), euros("25000"));
    let donor = world.token(Role::Donor, Some("AUT")).await;
    correct(&donor, right()).problem(403, "not_allowed").await;
    let shown = correct(&world.officer, right()).expect(200).await;
    assert_eq!(
        (&shown["amount"], &shown["status"]),
        (&json!("25000"), &json!("received"))
    );
    assert_eq!(shown["earmarked"]["text"], "Travel of experts");
    assert_eq!(shown["correction"]["text"], "One nought too many.");
    let public = world.get(&path).expect(200).await;
    assert_eq!(public["correction"], Value::Null);
    for (as_of, amount) in [
        (String::new(), "25000"),
        (format!("?as_of={before}"), "250000"),
    ] {
        let shown = world.get(&format!("{path}{as_of}")).expect(200).await;
        assert_eq!(shown["amount"], amount);
        let totals = world.get(&format!("/v1/contributions/totals{as_of}"));
        let totals = totals.expect(200).await;
        assert_eq!(totals["money"][0]["received"], amount);
    }
    let same = correct(&world.officer, right()).problem(422, "contribution_faulty");
    assert_eq!(faults(&same.await), [("corrects_nothing", "/pledge")]);
    let mut late = pledge("NOBODY", office(), euros("1"));
    late["on"] = json!("2004-02-02");
    let late = correct(&world.officer, late).problem(422, "contribution_faulty");
    let expected = [
        ("after_what_follows", "/pledge/on"),
        ("no_such_party", "/pledge/from"),
    ];
    assert_eq!(faults(&late.await), expected);
}

#[tokio::test]
async fn what_cannot_be_given_is_refused_with_every_fault() {
    let world = World::new().await;
    let meeting = world.meeting("expert_group").await;
    let reason = json!({"reason": {"text": "So.", "lang": "en"}});
    let cancel = world.post(&format!("/v1/meetings/{meeting}/cancellation"));
    cancel.token(&world.officer).json(&reason).expect(200).await;
    let call = |body: &Value| {
        world
            .post("/v1/contributions")
            .token(&world.officer)
            .json(body)
    };
    let nobody = json!({"project": "0190b5f0-0000-7000-8000-000000000000"});
    let mut faulty = pledge(
        "NOBODY",
        nobody,
        json!({"money": {"amount": "1.5", "currency": "JPY"}}),
    );
    faulty["on"] = json!("2999-01-01");
    let problem = call(&faulty).problem(422, "contribution_faulty").await;
    let expected = [
        ("no_such_party", "/from"),
        ("not_there", "/to/project"),
        ("amount_too_fine", "/what/money/amount"),
        ("day_in_the_future", "/on"),
    ];
    assert_eq!(faults(&problem), expected);
    let over = pledge(
        "AUT",
        json!({ "meeting": meeting }),
        json!({"money": {"amount": "0", "currency": "ECU"}}),
    );
    let problem = call(&over).problem(422, "contribution_faulty").await;
    let expected = [
        ("takes_no_contributions", "/to/meeting"),
        ("not_positive", "/what/money/amount"),
        ("unknown_currency", "/what/money/currency"),
    ];
    assert_eq!(faults(&problem), expected);
    let office = || json!({"office": true});
    for wrong in [
        pledge("AUT", json!({}), euros("1")),
        pledge(
            "AUT",
            json!({"office": true, "meeting": meeting}),
            euros("1"),
        ),
        pledge("AUT", json!({"office": false}), euros("1")),
        pledge("AUT", office(), json!({})),
        pledge(
            "AUT",
            office(),
            json!({"money": {"amount": "1,5", "currency": "EUR"}}),
        ),
        pledge("AUT", office(), json!({"in_kind": {"purpose": "luck"}})),
    ] {
        call(&wrong).problem(422, "wrong_body").await;
    }

    // Only the Secretariat records what is given.
    let (finland, donor) = (
        world.focal_point("FIN").await,
        world.token(Role::Donor, Some("AUT")).await,
    );
    let good = pledge("AUT", office(), euros("1"));
    for token in [&finland, &donor] {
        let call = world.post("/v1/contributions").token(token).json(&good);
        call.problem(403, "not_allowed").await;
    }
    let call = world.post("/v1/contributions").json(&good);
    call.problem(401, "missing_token").await;
    let unknown = "/v1/contributions/0190b5f0-0000-7000-8000-000000000000";
    world.get(unknown).problem(404, "not_found").await;
    let receipt = world
        .post(&format!("{unknown}/receipt"))
        .token(&world.officer);
    let receipt = receipt.json(&json!({"on": "2004-02-01"}));
    receipt.problem(404, "unknown_contribution").await;
}

#[tokio::test]
async fn an_amount_is_written_as_every_number_is() {
    let world = World::new().await;
    let office = || json!({"office": true});
    for amount in [json!(25_000.5), json!("+025000.50"), json!("25000.5")] {
        let what = json!({"money": {"amount": amount, "currency": "EUR"}});
        assert_eq!(
            world.pledged("AUT", office(), what).await["amount"],
            "25000.5"
        );
    }
    let what = json!({"money": {"amount": "1", "currency": "EUR\u{200b}"}});
    let call = world.post("/v1/contributions").token(&world.officer);
    let call = call.json(&pledge("AUT", office(), what));
    let problem = call.problem(422, "contribution_faulty").await;
    assert_eq!(
        faults(&problem),
        [("unknown_currency", "/what/money/currency")]
    );
    let told = problem["faults"][0]["detail"].as_str().unwrap();
    assert!(told.contains("EUR[U+200B]"), "{told}");
}

#[tokio::test]
async fn currencies_are_those_of_iso_4217() {
    let world = World::new().await;
    let listed = world.get("/v1/currencies?lang=fr").expect(200).await;
    assert_eq!(item_where(&listed, "code", "GBP")["name"], "Livre sterling");
    assert_eq!(item_where(&listed, "code", "KWD")["minor_units"], 3);
    let listed = world.get("/v1/currencies").expect(200).await;
    assert_eq!(item_where(&listed, "code", "GBP")["name"], "Pound sterling");
}
