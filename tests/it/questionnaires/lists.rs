//! Lists: entries that whoever answers adds, takes away and puts in order, two at once.

use serde_json::{Map, Value, json};

use super::{Asked, USE_OF_STANDARDS};
use crate::support::faults;

fn text(text: &str) -> Value {
    json!({"value": {"text": text, "lang": "en"}})
}

#[tokio::test]
async fn entries_are_added_by_their_parts_put_in_order_and_taken_away() {
    let asked = Asked::of(USE_OF_STANDARDS, None).await;
    asked.save(json!({"L1": {"value": "yes"}})).await;
    let blank = ("required_question_blank".to_owned(), "L1A".to_owned());
    assert!(
        asked.faults().await.contains(&blank),
        "at least one law: {:?}",
        asked.faults().await
    );
    let saved = asked
        .save(json!({"L1A.first.law.title": text("Act 1"), "L1A.second.law.title": text("Act 2")}))
        .await;
    assert_eq!(
        saved["saved"],
        json!([
            "L1A.first",
            "L1A.first.law.title",
            "L1A.second",
            "L1A.second.law.title"
        ])
    );
    assert_eq!(asked.answer("L1A.second").await["value"]["order"], "2");
    // In between, and before.
    asked.save(json!({"L1A.third": {"value": {"order": "1.5"}}, "L1A.third.law.link": {"value": "https://law.example/3"}})).await;
    assert_eq!(
        asked.answer("L1A.third.law.link").await["value"],
        "https://law.example/3"
    );
    let problem = asked
        .refused(
            "L1A.third.law.link",
            json!({"value": "javascript:alert(1)"}),
            "answers_faulty",
        )
        .await;
    assert_eq!(faults(&problem), [("bad_link", "/value")]);
    assert_eq!(
        asked.faults().await,
        [(
            "required_question_blank".to_owned(),
            "L1A.third.law.title".to_owned()
        )]
    );
    asked
        .save(json!({"L1A.third.law.title": text("Act 3")}))
        .await;
    let gone = asked.save(json!({"L1A.first": null})).await;
    assert_eq!(gone["cleared"], json!(["L1A.first", "L1A.first.law.title"]));
    assert_eq!(asked.check().await["ready"], true);
    asked.submit().await;
    let version = asked.version(1).await;
    let held: Vec<&String> = version
        .as_object()
        .unwrap()
        .keys()
        .filter(|address| address.starts_with("L1A"))
        .collect();
    assert_eq!(held.len(), 5, "{held:?}");
    asked
        .refused("L1A.Entry", json!({"value": {}}), "unknown_question")
        .await;
}

#[tokio::test]
async fn two_who_save_a_thousand_fields_at_once_lose_none() {
    let asked = Asked::of(USE_OF_STANDARDS, None).await;
    let fields = |hand: &str| -> Vec<(String, Value)> {
        (0..500)
            .flat_map(|number| {
                // Each adds entries of its own to the same lists, which hold twenty at most in the end.
                let entry = format!("{hand}{}", number % 10);
                [
                    (
                        format!("L1A.{entry}.law.title"),
                        text(&format!("{hand} {number}")),
                    ),
                    (format!("T1A.{entry}.use"), json!({"value": "much"})),
                ]
            })
            .collect()
    };
    let save = async |hand: &str| {
        for part in fields(hand).chunks(50) {
            let part: Map<String, Value> = part.iter().cloned().collect();
            let path = format!("/v1/replies/{}/answers", asked.reply);
            let saved = asked.world.patch(&path).token(&asked.finland);
            saved.json(&json!({"answers": part})).expect(200).await;
        }
    };
    tokio::join!(save("a"), save("b"));
    let path = format!("/v1/replies/{}/answers", asked.reply);
    let held = asked
        .world
        .get(&path)
        .token(&asked.finland)
        .expect(200)
        .await["answers"]
        .clone();
    for hand in ["a", "b"] {
        for (address, _) in fields(hand) {
            assert!(held.get(&address).is_some(), "{address}");
            let (entry, _) = address
                .rsplit_once(".law.title")
                .or(address.rsplit_once(".use"))
                .unwrap();
            assert!(held.get(entry).is_some(), "{entry}");
        }
    }
    let orders: Vec<&str> = (0..10)
        .flat_map(|n| [format!("L1A.a{n}"), format!("L1A.b{n}")])
        .filter_map(|entry| held[entry.as_str()]["value"]["order"].as_str())
        .collect();
    assert_eq!(orders.len(), 20);
}
