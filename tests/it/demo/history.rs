//! What happened in the collection of 2011, and what was known of it when.

use serde_json::Value;

use super::ready::Demo;
use crate::support::{each, item_where};

/// What happened from the draft of the instrument of 2011 to the release of its figures.
pub async fn of_2011(demo: &Demo) -> Vec<Value> {
    let events = demo.events().await;
    let at = |kind: &str, stream: &str| {
        let is_it = |event: &Value| event["kind"] == kind && event["stream"] == stream;
        events.iter().position(is_it).unwrap()
    };
    let first = at("instrument_drafted", demo.text("/instrument"));
    let last = at("figures_released", demo.text("/collection"));
    events[first..=last].to_vec()
}

/// The past, by position and by time.
pub async fn check(demo: &Demo) {
    let events = of_2011(demo).await;
    let position = |event: &Value| event["position"].as_u64().unwrap();
    let of_kind = |kind: &str| {
        let kind = kind.to_owned();
        events.iter().filter(move |event| event["kind"] == *kind)
    };
    let opened = position(of_kind("collection_opened").next().unwrap());
    let invited = position(of_kind("parties_invited").next_back().unwrap());
    let submitted: Vec<&Value> = of_kind("reply_submitted").collect();
    assert_eq!(submitted.len(), 34);
    // What was saved on the way, second thoughts too, the feed tells nobody.
    assert_eq!(of_kind("reply_answered").count(), 0);
    assert_eq!(of_kind("reply_cleared").count(), 0);

    let before = demo.participation(&format!("as_of={}", opened - 1));
    before.problem(404, "before_it_existed").await;
    for at in [invited, position(submitted[0]) - 1] {
        let figure = demo.participation(&format!("as_of={at}")).expect(200).await;
        assert_eq!(figure["replied"], 0, "as of {at}");
        assert_eq!(figure["denominator"]["invited"], 193, "as of {at}");
        assert_eq!(figure["as_of"]["position"], at);
    }
    let time = submitted[9]["time"].as_str().unwrap();
    let figure = demo
        .participation(&format!("as_of={time}"))
        .expect(200)
        .await;
    assert_eq!(figure["replied"], 10);
    assert_eq!(figure["as_of"]["position"], position(submitted[9]));
}

/// The replies came in over the weeks after the note verbale: a curve, by the days on which they were received. When they
/// were recorded is something else.
pub async fn check_curve(demo: &Demo) {
    let mut curve = Vec::new();
    for day in [
        "2011-03-08",
        "2011-03-21",
        "2011-03-22",
        "2011-03-31",
        "2011-04-15",
        "2011-04-30",
        "2011-05-15",
        "2011-05-31",
        "2011-06-19",
        "2011-06-20",
    ] {
        let query = format!("group_by=none&received_by={day}");
        let figure = demo.participation(&query).expect(200).await;
        curve.push(figure["replied"].as_u64().unwrap());
    }
    assert_eq!(curve[..3], [0, 0, 4], "nobody answers within two weeks");
    assert_eq!(curve[8..], [33, 34], "the last one comes in June");
    for days in curve[2..].windows(2) {
        assert!(days[0] < days[1], "each stretch brings some: {curve:?}");
    }
    let reply = of_2011(demo).await;
    let submitted = reply
        .iter()
        .find(|event| event["kind"] == "reply_submitted");
    let submitted = submitted.unwrap();
    assert_eq!(submitted["data"]["source"]["kind"], "paper");
    let recorded = submitted["time"].as_str().unwrap();
    assert!(recorded > "2020", "the database's clock: {recorded}");
}

/// So did those of 2005, on days of their own.
pub async fn check_curve_of_2005(demo: &Demo) {
    let listed = demo.get("/v1/collections?limit=500").expect(200).await;
    let collection = item_where(&listed["items"], "reference", "SAMPLE/2005/1");
    let path = format!("/v1/collections/{}", collection["id"].as_str().unwrap());
    let said = demo.get(&path).expect(200).await;
    assert_eq!(
        each(&said["notices"], "code"),
        ["made_up_answers", "made_up_days", "basis_consenting"]
    );
    let mut curve = Vec::new();
    for day in [
        "2005-01-17",
        "2005-03-01",
        "2005-03-02",
        "2005-04-01",
        "2005-05-01",
        "2005-06-01",
        "2005-06-14",
    ] {
        let asked = format!("{path}/participation?group_by=none&received_by={day}");
        let figure = demo.get(&asked).expect(200).await;
        curve.push(figure["replied"].as_u64().unwrap());
    }
    assert_eq!(curve, [0, 0, 1, 2, 3, 4, 5]);
}
