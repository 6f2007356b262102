//! Paragraphs 1 to 14: category I.

use serde_json::json;

use super::play::{Play, id};
use crate::support::questionnaire;

const MARCH: [&str; 2] = ["2004-03-16", "2004-03-18"];

impl Play<'_> {
    /// Paragraphs 1 to 3.
    pub async fn expert_meeting(&self) -> String {
        let session = self
            .convened(
                "commission_session",
                ["2004-05-11", "2004-05-20"],
                json!({"session": 13}),
            )
            .await;
        self.document("E/CN.15/2004/9", &session, "before_the_meeting")
            .await;
        let meeting = self
            .convened(
                "expert_group",
                MARCH,
                json!({"categories": ["I"], "mandate": 3}),
            )
            .await;
        self.held_with_experts(&meeting, MARCH).await;
        self.document("E/CN.15/2004/9/Add.1", &meeting, "report_of")
            .await;
        meeting
    }

    /// Paragraph 5.
    pub async fn made_by(&self, meeting: &str) -> String {
        let instrument = self.world.revised_instrument("intersessional").await;
        let made = json!({"revisions": [{"instrument": id(&instrument), "revision": 1}]});
        self.post(&format!("{meeting}/outcome"), made).await;
        instrument
    }

    /// Paragraph 6.
    pub async fn forwarded(&self, instrument: &str) -> String {
        self.forward(instrument, 1).await
    }

    /// Paragraph 7.
    pub async fn approved(&self, instrument: &str, consultation: &str) {
        let revision = self.revised_on_comments(instrument, consultation).await;
        let days = ["2004-10-01", "2004-10-02"];
        let meeting = self.convened("intersessional", days, json!({})).await;
        let path = format!("{instrument}/revisions/{revision}");
        let presented = json!({"meeting": id(&meeting), "on": days[0]});
        self.post(&format!("{path}/presentation"), presented).await;
        let timeline = format!("/v1/timelines/{}", id(instrument));
        let told = self
            .world
            .get(&timeline)
            .token(&self.finland)
            .expect(200)
            .await;
        let last = told["items"].as_array().unwrap().last().unwrap();
        let expected = "Revision 2 was presented to a meeting on 1 October 2004: A meeting.";
        assert_eq!(last["text"], expected);
        self.held(&meeting, days).await;
        let approved = json!({"meeting_id": id(&meeting), "decision": "Approved", "date": days[1]});
        self.post(&format!("{path}/approval"), approved).await;
    }

    /// Paragraph 8: sent out to all Member States, answered by three, closed, its figures released.
    pub async fn collected(&self, instrument: &str) -> (String, Vec<String>) {
        let world = self.world;
        let mut opening = crate::support::opening(
            id(instrument),
            "2999-12-31",
            &json!({"kinds": ["member_state"]}),
        );
        opening["revision"] = json!(2);
        let opened = self.post("/v1/collections", opening).await;
        let collection = super::told(&opened, "id");
        let answers =
            json!({"A1": {"value": "yes"}, "D1": {"value": {"text": "Money.", "lang": "en"}}});
        let finland = world
            .submitted(&collection, &self.finland, answers.clone())
            .await;
        let kenya = self.with_a_need(&collection, &answers).await;
        let brazil = world.submitted(&collection, &self.brazil, answers).await;
        let replies = vec![finland, kenya, brazil];
        self.post(&format!("/v1/collections/{collection}/releases"), json!({}))
            .await;
        world.close(&collection).await;
        (collection, replies)
    }

    /// Paragraph 9.
    pub async fn reported(&self, collection: &str, instrument: &str, replies: &[String]) {
        let world = self.world;
        let report = world.report(&[collection], &[id(instrument)]).await;
        self.post(&format!("{report}/compilation"), json!({})).await;
        let rests_on = json!([{"reply": replies[0], "question": "D1"}]);
        for heading in ["application", "difficulties", "assistance", "practices"] {
            world
                .narrative(
                    &report,
                    heading,
                    "en",
                    &json!({"text": "Words.", "rests_on": rests_on}),
                )
                .await;
        }
        let session = world.session(15).await;
        world.publish(&report, &session).await;
        let body = world.get(&format!("{report}/body")).expect(200).await;
        let round = &body["instruments"][0]["rounds"][0];
        assert_eq!(
            (&round["revision"], &round["reference"]),
            (&json!(1), &json!("CU/2004/52"))
        );
        let disposed = json!({"accepted": 1, "accepted_in_part": 1, "not_accepted": 1});
        assert_eq!(round["comments"], disposed);
    }

    /// Paragraph 14.
    pub async fn congress(&self) {
        let days = ["2005-04-18", "2005-04-25"];
        let congress = self
            .convened("congress", days, json!({"session": 11, "mandate": 14}))
            .await;
        let item = json!({"number": "8", "title": {"en": "Fifty years of standard-setting"}});
        self.post(&format!("{congress}/agenda-items"), item).await;
        self.document("A/CONF.203/8", &congress, "before_the_meeting")
            .await;
        self.held(&congress, days).await;
        self.post(
            &format!("{congress}/outcome"),
            json!({"decision": "Bangkok Declaration"}),
        )
        .await;
    }
}

/// A questionnaire of a later category is about its standards, or about none.
pub fn without_standards() -> serde_json::Value {
    let mut draft = questionnaire();
    for section in draft["sections"].as_array_mut().unwrap() {
        for question in section["questions"].as_array_mut().unwrap() {
            question.as_object_mut().unwrap().remove("standards");
        }
    }
    draft
}
