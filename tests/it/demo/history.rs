//! What happened in the collection of 2011, and what was known of it when.

use serde_json::Value;

use super::ready::Demo;

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
    assert!(of_kind("reply_cleared").count() > 10, "second thoughts");

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
