//! Consent that lapsed between the position of a release and the release: what may not be read is not counted.

use serde_json::{Value, json};

use super::{nordic, public, release, submitted};
use crate::support::{Answer, World};

/// Kenya's reply, which was submitted with consent, and the position at which it stood so.
struct Kenya {
    world: World,
    collection: String,
    reply: String,
    token: String,
    then: u64,
}

impl Kenya {
    async fn consenting() -> Self {
        let world = World::new().await;
        let collection = nordic(&world).await;
        let (reply, token) = submitted(&world, &collection, "KEN", "no", &all()).await;
        Self {
            then: world.head().await,
            world,
            collection,
            reply,
            token,
        }
    }

    async fn post(&self, what: &str, body: &Value) {
        let path = format!("/v1/replies/{}/{what}", self.reply);
        let post = self.world.post(&path).token(&self.token);
        let done = post.json(body).send().await;
        assert!([200, 201].contains(&done.status), "{what}: {done:?}");
    }

    /// A further version.
    async fn version(&self, publication: &Value) {
        self.post("amendment", &json!({})).await;
        self.post("submission", publication).await;
    }

    /// What anybody is answered who asks for the version that stood then.
    async fn read(&self) -> Answer {
        let path = format!("/v1/replies/{}?as_of={}", self.reply, self.then);
        self.world.get(&path).send().await
    }

    /// A release of what stood then counts as many.
    async fn releases(&self, counted: u64) {
        let path = format!("/v1/collections/{}/releases", self.collection);
        let post = self.world.post(&path).token(&self.world.officer);
        let made = post.json(&json!({"as_of": self.then})).expect(201).await;
        assert_eq!(
            (&made["replied"], &made["counted"]),
            (&json!(1), &json!(counted))
        );
        let tally = public(&self.world, &self.collection, "").await;
        assert_eq!(tally["base"]["counted"], counted);
    }
}

fn all() -> Value {
    json!({"publication": {"all": true}})
}

#[tokio::test]
async fn a_version_that_was_withdrawn_counts_in_no_later_release_though_the_next_one_is_consented_to()
 {
    let kenya = Kenya::consenting().await;
    kenya.releases(1).await;
    let reason = json!({"reason": {"text": "We reconsider.", "lang": "en"}});
    kenya.post("withdrawal", &reason).await;
    kenya.post("submission", &all()).await;
    kenya.read().await.problem(404, "not_found");
    kenya.releases(0).await;
    // The version that stands now counts as of now.
    let now = release(&kenya.world, &kenya.collection).await;
    assert_eq!(
        (&now["counted"], &now["newly_counted"]),
        (&json!(1), &json!(1))
    );
}

#[tokio::test]
async fn consent_that_lapsed_with_one_version_is_not_given_back_with_the_next() {
    let kenya = Kenya::consenting().await;
    kenya.version(&json!({"publication": null})).await;
    kenya.version(&all()).await;
    kenya.read().await.problem(404, "not_found");
    kenya.releases(0).await;
}

#[tokio::test]
async fn consent_to_every_section_lasts_for_those_that_the_next_versions_consent_to() {
    let kenya = Kenya::consenting().await;
    kenya
        .version(&json!({"publication": {"sections": ["A"]}}))
        .await;
    kenya.version(&all()).await;
    kenya.read().await.expect(200);
    kenya.releases(1).await;
    let d = format!("/v1/collections/{}/tallies?question=D1", kenya.collection);
    let d = kenya.world.get(&d).expect(200).await;
    assert_eq!(d["base"]["counted"], 0, "it lapsed with the second version");
}
