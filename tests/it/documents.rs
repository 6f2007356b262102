//! /v1/documents

use serde_json::{Value, json};

use crate::support::{World, each, faults};

fn report() -> Value {
    json!({"symbol": "E/CN.15/2004/9/Add.1", "title": {"en": "Report of the experts", "fr": "Rapport des experts"},
           "date": "2004-04-05", "kind": "report", "url": "https://undocs.org/E/CN.15/2004/9/Add.1"})
}

#[tokio::test]
async fn a_document_is_recorded_once_and_amended() {
    let world = World::new().await;
    let record = |body: &Value| world.post("/v1/documents").token(&world.officer).json(body);
    let recorded = record(&report()).send().await;
    let path = recorded.header("location").to_owned();
    assert_eq!(recorded.expect(201)["symbol"], "E/CN.15/2004/9/Add.1");
    record(&report())
        .problem(409, "document_already_recorded")
        .await;
    let faulty = json!({"symbol": "no symbol", "title": {"en": " "}, "date": "2004-04-05", "url": "undocs.org"});
    let problem = record(&faulty).problem(422, "document_faulty").await;
    let expected = [
        ("bad_symbol", "/symbol"),
        ("missing_text", "/title"),
        ("bad_url", "/url"),
    ];
    assert_eq!(faults(&problem), expected);

    let corrected = json!({"title": {"en": "Corrected"}, "date": "2004-04-06"});
    let amend = || world.put(&path).token(&world.officer).json(&corrected);
    assert_eq!(amend().expect(200).await["date"], "2004-04-06");
    let head = world.head().await;
    amend().expect(200).await;
    assert_eq!(world.head().await, head, "the same again leaves no trace");
    let shown = world.get(&path).expect(200).await;
    assert_eq!(
        (&shown["title"], &shown["url"]),
        (&json!("Corrected"), &Value::Null)
    );
    let unknown = "/v1/documents/0190b5f0-0000-7000-8000-000000000000";
    world.get(unknown).problem(404, "not_found").await;
    let unknown = world.put(unknown).token(&world.officer).json(&corrected);
    unknown.problem(404, "document_not_recorded").await;
}

#[tokio::test]
async fn a_document_is_linked_to_what_it_belongs_to_and_found_by_it() {
    let world = World::new().await;
    let recorded = world
        .post("/v1/documents")
        .token(&world.officer)
        .json(&report());
    let id = recorded.expect(201).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let links = format!("/v1/documents/{id}/links");
    world.document("E/CN.15/2004/9").await;
    let meeting = world.meeting("expert_group").await;
    let instrument = world.revised_instrument("presentation").await;
    let instrument = instrument.rsplit('/').next().unwrap();
    let link = |to: Value, how: &str| {
        let call = world.post(&links).token(&world.officer);
        call.json(&json!({"to": to, "as": how}))
    };
    let before = world.head().await;
    link(json!({"meeting": meeting}), "report_of")
        .expect(200)
        .await;
    link(json!({"meeting": meeting}), "report_of")
        .problem(409, "document_already_linked")
        .await;
    let linked = link(json!({"instrument": instrument}), "progress_report")
        .expect(200)
        .await;
    assert_eq!(
        linked["links"],
        json!([
        {"target": "meeting", "object": meeting, "as": "report_of"},
        {"target": "instrument", "object": instrument, "as": "progress_report"}])
    );

    // It leads to something that is there, is of that kind, and can be so related.
    for (to, how, fault) in [
        (
            json!({"meeting": instrument}),
            "about",
            ("no_such_object", "/to/meeting"),
        ),
        (
            json!({"report": meeting}),
            "about",
            ("no_such_object", "/to/report"),
        ),
        (
            json!({"consultation": meeting}),
            "about",
            ("no_such_object", "/to/consultation"),
        ),
        (
            json!({"collection": meeting}),
            "about",
            ("no_such_object", "/to/collection"),
        ),
        (
            json!({"instrument": instrument}),
            "outcome",
            ("not_for_this_target", "/as"),
        ),
    ] {
        let problem = link(to, how).problem(422, "document_faulty").await;
        assert_eq!(faults(&problem), [fault]);
    }
    for to in [json!({}), json!({"meeting": meeting, "report": meeting})] {
        let problem = link(to, "about").problem(422, "wrong_body").await;
        assert_eq!(problem["pointer"], "/to");
    }

    let symbols = async |query: String| {
        let listed = world
            .get(&format!("/v1/documents?{query}"))
            .expect(200)
            .await;
        each(&listed["items"], "symbol").join(", ")
    };
    assert_eq!(
        symbols(String::new()).await,
        "E/CN.15/2004/9, E/CN.15/2004/9/Add.1"
    );
    assert_eq!(
        symbols("symbol=E/CN.15/2004/9".into()).await,
        "E/CN.15/2004/9"
    );
    assert_eq!(symbols("kind=note".into()).await, "");
    let add_1 = "E/CN.15/2004/9/Add.1";
    assert_eq!(symbols(format!("meeting={meeting}")).await, add_1);
    assert_eq!(symbols(format!("instrument={instrument}")).await, add_1);
    assert_eq!(symbols(format!("report={meeting}")).await, "");
    assert_eq!(
        symbols(format!("meeting={meeting}&as_of={before}")).await,
        ""
    );
    let first = world.get("/v1/documents?limit=1").expect(200).await;
    let next = first["next"].as_str().unwrap();
    assert_eq!(symbols(format!("cursor={next}")).await, add_1);
    let both = format!("/v1/documents?meeting={meeting}&instrument={instrument}");
    for wrong in ["/v1/documents?meeting=x", "/v1/documents?kind=poem", &both] {
        world.get(wrong).problem(400, "bad_parameter").await;
    }

    let unlink = |rest: &str| {
        world
            .delete(&format!("{links}/{rest}"))
            .token(&world.officer)
    };
    let one = format!("meeting/{meeting}/report_of");
    unlink(&one).expect(200).await;
    unlink(&one).problem(409, "document_not_linked").await;
    unlink(&format!("party/{meeting}/report_of"))
        .problem(404, "not_found")
        .await;
    unlink(&format!("meeting/{meeting}/somehow"))
        .problem(404, "not_found")
        .await;
    assert_eq!(symbols(format!("meeting={meeting}")).await, "");
    let shown = world
        .get(&format!("/v1/meetings/{meeting}"))
        .expect(200)
        .await;
    assert_eq!(shown["documents"], json!([]));
}
