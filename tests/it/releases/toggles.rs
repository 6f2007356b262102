//! Consent that is given and withdrawn over and over.

use serde_json::{Value, json};

use super::{nordic, public, release, reply, silent, submitted};
use crate::support::{World, faults};

#[tokio::test]
async fn two_hundred_toggles_of_a_consent_are_bounded_and_cost_figures_nothing() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    reply(&world, &collection, &["FIN", "SWE"], "yes").await;
    let (kenyas, kenya) = submitted(&world, &collection, "KEN", "no", &silent()).await;
    release(&world, &collection).await;
    let path = format!("/v1/collections/{collection}/tallies?question=A1");
    let before = world.get(&path).send().await;
    let decide = async |publication: &Value| {
        let put = world.put(&format!("/v1/replies/{kenyas}/publication"));
        let body = json!({ "publication": publication });
        put.token(&kenya).json(&body).send().await
    };
    let begun = world.head().await;
    let mut refused = 0;
    for _ in 0..100 {
        let given = decide(&json!({"all": true})).await;
        if given.status != 200 {
            let problem = given.problem(409, "consent_changed_too_often");
            assert_eq!(
                faults(&problem),
                [("consent_given_too_often", "/publication")]
            );
            let detail = problem["faults"][0]["detail"].as_str().unwrap();
            assert!(
                detail.contains("10 times within 24 hours") && detail.contains("again from 2"),
                "{detail}"
            );
            refused += 1;
        }
        // It can be withdrawn however often it was given.
        let withdrawn = decide(&Value::Null).await.expect(200);
        assert_eq!(withdrawn["publication"], Value::Null);
    }
    assert_eq!(refused, 90);
    assert_eq!(world.head().await - begun, 20, "nothing else is recorded");
    // Nothing is derived of it: the release is what it was, and the next one would be the same.
    let after = world.get(&path).send().await;
    assert_eq!(after.header("etag"), before.header("etag"));
    assert_eq!(after.json(), before.json());
    let again = world.post(&format!("/v1/collections/{collection}/releases"));
    let again = again.token(&world.officer);
    again.problem(409, "release_unchanged").await;
    assert_eq!(public(&world, &collection, "").await["base"]["counted"], 2);
}

#[tokio::test]
async fn consent_that_is_narrowed_is_never_refused() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    let (kenyas, kenya) = submitted(&world, &collection, "KEN", "no", &silent()).await;
    let decide = |publication: Value| {
        let put = world.put(&format!("/v1/replies/{kenyas}/publication"));
        put.token(&kenya)
            .json(&json!({ "publication": publication }))
    };
    let (all, a) = (json!({"all": true}), json!({"sections": ["A"]}));
    // Ten are given, the first of a section; what is taken back between is not counted.
    decide(a.clone()).expect(200).await;
    for _ in 0..9 {
        decide(all.clone()).expect(200).await;
        decide(a.clone()).expect(200).await;
    }
    decide(all).problem(409, "consent_changed_too_often").await;
    decide(Value::Null).expect(200).await;
    decide(a).problem(409, "consent_changed_too_often").await;
}
