//! Deadlines of one or all, who is overdue, and what is recorded of reminders and invitations.

use serde_json::{Value, json};

use crate::support::{World, each, faults, item_where, said};

struct ExtensionFixture {
    world: World,
    collection: String,
}

impl ExtensionFixture {
    /// Asked until a day that is over.
    async fn until_june() -> Self {
        let world = World::new().await;
        let instrument = world.approved_instrument().await;
        let invited = json!({"parties": ["FIN", "SWE", "NOR"]});
        let collection = world.open(&instrument, "2011-06-30", &invited).await;
        Self { world, collection }
    }

    fn path(&self, what: &str) -> String {
        format!("/v1/collections/{}{what}", self.collection)
    }

    fn extension(&self, body: &Value) -> crate::support::Call {
        let call = self.world.post(&self.path("/extension"));
        call.token(&self.world.officer).json(body)
    }

    async fn get(&self, what: &str) -> Value {
        let call = self.world.get(&self.path(what));
        call.token(&self.world.officer).expect(200).await
    }

    async fn overdue(&self, more: &str) -> Vec<String> {
        let listed = self.get(&format!("/invitations?overdue=true{more}")).await;
        let codes = each(&listed["items"], "code").into_iter();
        codes.map(str::to_owned).collect()
    }
}

fn until(at: &str, parties: Value) -> Value {
    json!({"deadline": {"at": at, "time_zone": "Europe/Vienna"}, "parties": parties, "reason": said("They asked for time.")})
}

#[tokio::test]
async fn each_party_has_a_deadline_of_its_own_by_which_it_is_late_or_overdue() {
    let asked = ExtensionFixture::until_june().await;
    let before = asked.world.head().await;
    assert_eq!(asked.overdue("").await, ["FIN", "NOR", "SWE"]);
    let tag = async || {
        let path = asked.path("/invitations");
        let answer = asked.world.get(&path).token(&asked.world.officer).send();
        answer.await.header("etag").to_owned()
    };
    let first = tag().await;
    let more = until("2999-12-31", json!(["FIN"]));
    let now = asked.extension(&more).expect(200).await;
    assert_eq!(now["extended"], 1);
    assert_eq!(
        now["deadline"]["local"], "2011-06-30T23:59:59",
        "that of the others"
    );
    assert_ne!(tag().await, first);
    assert_eq!(asked.overdue("").await, ["NOR", "SWE"]);
    assert_eq!(
        asked.overdue(&format!("&as_of={before}")).await,
        ["FIN", "NOR", "SWE"]
    );
    let in_time = asked.get("/invitations?overdue=false").await;
    let finland = item_where(&in_time["items"], "code", "FIN");
    assert_eq!(finland["deadline"]["local"], "2999-12-31T23:59:59");

    let yes = json!({"A1": {"value": "yes"}});
    for (party, late) in [("FIN", false), ("SWE", true)] {
        let token = asked.world.focal_point(party).await;
        let reply = asked.world.answered(&asked.collection, &token).await;
        let submit = asked.world.post(&format!("/v1/replies/{reply}/submission"));
        let receipt = submit.token(&token).expect(201).await;
        assert_eq!(receipt["late"], late, "{party} {yes}");
    }
    assert_eq!(asked.overdue("").await, ["NOR"]);
    let invited = asked.get("/invitations").await;
    for (party, replied, late) in [
        ("FIN", true, json!(false)),
        ("NOR", false, json!(null)),
        ("SWE", true, json!(true)),
    ] {
        let row = item_where(&invited["items"], "code", party);
        assert_eq!(
            (&row["replied"], &row["late"]),
            (&json!(replied), &late),
            "{party}"
        );
    }
    let counted = asked.world.participation(&asked.collection, "").await;
    assert_eq!(
        (&counted["replied"], &counted["late"]),
        (&json!(2), &json!(1))
    );

    // All are given more time: then nobody is late, and who had more keeps it.
    asked
        .extension(&until("2998-12-31", json!(null)))
        .expect(200)
        .await;
    let counted = asked.world.participation(&asked.collection, "").await;
    assert_eq!(counted["late"], 0);
    assert_eq!(asked.overdue("").await, Vec::<String>::new());
    let invited = asked.get("/invitations").await;
    let local = |party| &item_where(&invited["items"], "code", party)["deadline"]["local"];
    assert_eq!(
        (local("FIN"), local("NOR")),
        (&json!("2999-12-31T23:59:59"), &json!("2998-12-31T23:59:59"))
    );
    let told = asked.get("/extensions").await;
    assert_eq!(told["items"][0]["reason"]["text"], "They asked for time.");
    assert_eq!(told["items"][1]["parties"], json!(null));
}

#[tokio::test]
async fn an_extension_gives_more_time_to_those_who_are_invited_while_the_collection_is_open() {
    let asked = ExtensionFixture::until_june().await;
    let before = asked.world.head().await;
    for (body, expected) in [
        (
            until("2011-06-30", json!(null)),
            vec![("deadline_not_later", "/deadline/at")],
        ),
        (
            until("2011-06-29", json!(["SWE"])),
            vec![("deadline_not_later", "/parties/0")],
        ),
        (
            until("2999-12-31", json!(["FIN", "THA", "FIN"])),
            vec![
                ("party_listed_twice", "/parties/2"),
                ("not_invited", "/parties/1"),
            ],
        ),
        (
            until("2999-12-31", json!([])),
            vec![("list_empty", "/parties")],
        ),
    ] {
        let problem = asked.extension(&body).problem(422, "collection_faulty");
        assert_eq!(faults(&problem.await), expected);
    }
    let mut silent = until("2999-12-31", json!(null));
    silent["reason"] = said("  ");
    let problem = asked
        .extension(&silent)
        .problem(422, "collection_faulty")
        .await;
    assert_eq!(faults(&problem), [("blank", "/reason")]);
    let finland = asked.world.focal_point("FIN").await;
    let own = asked.world.post(&asked.path("/extension")).token(&finland);
    own.json(&until("2999-12-31", json!(["FIN"])))
        .problem(403, "not_allowed")
        .await;
    assert_eq!(asked.world.head().await, before);
    asked.world.close(&asked.collection).await;
    let late = asked.extension(&until("2999-12-31", json!(null)));
    late.problem(409, "collection_closed").await;
}

#[tokio::test]
async fn who_was_invited_when_by_which_letter_and_reminded_is_on_record() {
    let world = World::new().await;
    let collection = world
        .collection(json!({"regional_groups": ["eastern-european"]}))
        .await;
    let asked = ExtensionFixture {
        world,
        collection: collection.collection,
    };
    let world = &asked.world;
    let invited = asked.get("/invitations?limit=500").await;
    assert_eq!(invited["items"].as_array().unwrap().len(), 23);
    let estonia = item_where(&invited["items"], "code", "EST");
    assert_eq!(estonia["regional_group"], "eastern-european");
    assert_eq!(
        estonia["letter"],
        json!({"reference": "CU/2011/26", "dated": "2011-03-08"})
    );
    let position = estonia["position"].as_u64().unwrap();
    let event = &world.events_after(position - 1).await[0];
    assert_eq!(event["time"], estonia["invited_at"]);

    let invite = |body: &Value| {
        let call = world.post(&asked.path("/invitations"));
        call.token(&world.officer).json(body)
    };
    let letter = json!({"reference": "CU/2011/41", "dated": "2011-04-01"});
    let more = json!({"parties": ["FIN"], "letter": letter});
    invite(&more).expect(200).await;
    let invited = asked.get("/invitations?limit=500").await;
    assert_eq!(
        item_where(&invited["items"], "code", "FIN")["letter"],
        letter
    );
    let groups = json!({"parties": ["KEN", "FIN"], "regional_groups": ["eastern-european"]});
    let problem = invite(&groups).problem(409, "party_already_invited").await;
    assert_eq!(faults(&problem), [("invited_already", "/parties/1")]);
    let early =
        json!({"parties": ["KEN"], "letter": {"reference": "CU/2011/1", "dated": "2011-01-01"}});
    let problem = invite(&early).problem(422, "collection_faulty").await;
    assert_eq!(
        faults(&problem),
        [("letter_before_opening", "/letter/dated")]
    );

    let person = world.person().await;
    let named = world.put(&asked.path("/parties/FIN/focal-point"));
    let named = named.token(&world.officer).json(&json!({"person": person}));
    named.expect(200).await;
    let before = world.head().await;
    let remind = || world.post(&asked.path("/reminders")).token(&world.officer);
    let keyed = async || {
        remind()
            .header("idempotency-key", "weekly")
            .expect(202)
            .await
    };
    assert_eq!(each(&keyed().await["reminded"], "code"), ["FIN"]);
    keyed().await;
    let events = world.events_after(before).await;
    assert_eq!(each(&json!(events), "kind"), ["reminders_sent"], "once");
    assert!(
        !json!(events).to_string().contains(&person),
        "of parties, not of persons"
    );
    let finland = &asked.get("/invitations?limit=500").await["items"];
    let finland = item_where(finland, "code", "FIN");
    assert_eq!(finland["reminders"], 1);
    assert_eq!(finland["reminded_at"], events[0]["time"]);
    let told = asked.get("/reminders").await;
    assert_eq!(told["items"][0]["parties"], json!([finland["party"]]));
    let shown = world.get(&asked.path("")).expect(200).await;
    assert_eq!(shown["reminders"], 1);
    // Nobody could be reminded: then nothing is recorded either.
    let nobody = remind().json(&json!({"parties": ["EST"]}));
    nobody.expect(202).await;
    assert_eq!(world.head().await, before + 1);
}

#[tokio::test]
async fn a_day_ends_where_the_next_begins_for_what_is_late_and_for_what_was_received_by_it() {
    let asked = ExtensionFixture::until_june().await;
    let token = asked.world.focal_point("FIN").await;
    let reply = asked.world.answered(&asked.collection, &token).await;
    let submit = asked.world.post(&format!("/v1/replies/{reply}/submission"));
    submit.token(&token).expect(201).await;
    // The clock of the log is today's: the view is told when the reply came.
    for (number, (received, late)) in [
        ("2011-06-30T21:59:59.26Z", false),
        ("2011-06-30T21:59:59.999999Z", false),
        ("2011-06-30T22:00:00Z", true),
    ]
    .into_iter()
    .enumerate()
    {
        let came = format!("update views.submission set received_at = '{received}'");
        asked.world.run(&came).await;
        let listed = asked.get(&format!("/replies?limit={}", number + 1)).await;
        assert_eq!(listed["items"][0]["late"], late, "{received}");
        let invited = asked
            .get(&format!("/invitations?limit={}", number + 1))
            .await;
        assert_eq!(
            item_where(&invited["items"], "code", "FIN")["late"],
            late,
            "{received}"
        );
        // A figure is kept until something happens: each is asked for otherwise.
        let group = ["regional_group", "region", "none"][number];
        let count = async |more: &str| {
            let asked_for = format!("group_by={group}{more}");
            asked
                .world
                .participation(&asked.collection, &asked_for)
                .await
        };
        assert_eq!(count("").await["late"], u8::from(late), "{received}");
        for by in ["2011-06-30", "2011-06-30T23:59:59%2B02:00"] {
            let replied = count(&format!("&received_by={by}")).await["replied"].clone();
            assert_eq!(replied, u8::from(!late), "{received} {by}");
        }
    }
}

#[tokio::test]
async fn the_database_and_the_core_agree_on_when_a_day_ends() {
    let asked = ExtensionFixture::until_june().await;
    let instrument = asked.world.approved_instrument().await;
    for (at, zone) in [
        ("2011-12-29", "Pacific/Apia"),
        ("2026-03-29", "Europe/Vienna"),
        ("2026-10-25", "Europe/Vienna"),
        ("2018-02-17", "America/Sao_Paulo"),
        ("2018-11-03", "America/Sao_Paulo"),
        ("2018-02-18T01:59:59Z", "America/Sao_Paulo"),
        ("2011-06-30T21:59:59Z", "UTC"),
        ("2011-06-30T21:59:59.5Z", "Europe/Vienna"),
        ("2011-06-30T22:00:00Z", "Europe/Vienna"),
    ] {
        let mut new = crate::support::opening(&instrument, at, &json!({}));
        new["deadline"]["time_zone"] = json!(zone);
        let open = asked
            .world
            .post("/v1/collections")
            .token(&asked.world.officer);
        let opened = open.json(&new).expect(201).await;
        let deadline = domain::collection::Deadline {
            at: opened["deadline"]["at"].as_str().unwrap().parse().unwrap(),
            time_zone: zone.to_owned(),
        };
        let check = format!(
            "do $$ begin
                 assert (select last_moment from views.deadline where collection = '{}') = timestamptz '{}';
             end $$",
            opened["id"].as_str().unwrap(),
            deadline.last_moment()
        );
        asked.world.run(&check).await;
    }
    // What was recorded in a zone that this database does not have keeps no view from being built.
    asked
        .world
        .run(
            "do $$ begin
                 assert log.last_moment('2011-06-30T21:59:59Z', 'Europe/Atlantis') = timestamptz '2011-06-30T21:59:59Z';
             end $$",
        )
        .await;
}

#[tokio::test]
async fn as_of_takes_a_day_to_its_end_as_received_by_does() {
    let asked = ExtensionFixture::until_june().await;
    let get = |as_of: &str| {
        let call = asked
            .world
            .get(&asked.path(&format!("/participation?as_of={as_of}")));
        call.token(&asked.world.officer)
    };
    for before_it_was in ["2011-06-30", "2011-06-30T12:00:00Z"] {
        get(before_it_was).problem(404, "before_it_existed").await;
    }
    let still_to_come = get("2999-12-31").problem(422, "future_time").await;
    let told = still_to_come["detail"].as_str().unwrap();
    assert!(told.contains("2999-12-31T23:59:59.999999Z"), "{told}");
    for none in ["2011-02-30", "2011-06-30T12:00", "30.6.2011", "٢٠١١-٠٦-٣٠"] {
        get(none).problem(400, "bad_parameter").await;
    }
}
