//! Paragraphs 4 and 10 to 13: contributions, needs, requests, projects, materials.

use serde_json::{Value, json};

use super::play::{Play, id, told};

impl Play<'_> {
    /// Paragraph 4.
    pub async fn contributions_to(&self, meeting: &str) {
        let pledge = |from: &str, what: Value| json!({"from": from, "to": {"meeting": id(meeting)}, "what": what, "on": "2004-01-15"});
        let money = json!({"money": {"amount": "25000.00", "currency": "EUR"}});
        self.post("/v1/contributions", pledge("AUT", money)).await;
        let help = json!({"in_kind": {"purpose": "preparing_instruments"}});
        self.post("/v1/contributions", pledge("HEUNI", help)).await;
    }

    /// Paragraph 8: Kenya indicates a need with its reply.
    pub async fn with_a_need(&self, collection: &str, answers: &Value) -> String {
        let world = self.world;
        let reply = world.reply(collection, &self.kenya).await;
        let path = format!("/v1/replies/{reply}");
        let saved = world.patch(&format!("{path}/answers")).token(&self.kenya);
        saved.json(&json!({ "answers": answers })).expect(200).await;
        let need = json!({"category": "I", "type": "legislation", "urgency": "high",
                          "description": {"text": "A new law on prisons.", "lang": "en"}});
        let drafted = world.post(&format!("{path}/needs")).token(&self.kenya);
        assert_eq!(drafted.json(&need).expect(201).await["status"], "drafted");
        world
            .post(&format!("{path}/submission"))
            .token(&self.kenya)
            .expect(201)
            .await;
        reply
    }

    /// Paragraphs 10 to 13.
    pub async fn assistance(&self, replies: &[String]) {
        let world = self.world;
        let needs = world.get("/v1/needs").token(&self.kenya).expect(200).await;
        assert_eq!(needs["items"][0]["status"], "indicated");
        let need = told(&needs["items"][0], "id");
        let asking = json!({"needs": [need], "text": {"text": "Please help.", "lang": "en"}});
        let asked = world
            .post("/v1/requests")
            .token(&self.kenya)
            .json(&asking)
            .expect(201)
            .await;
        let request = told(&asked, "id");
        let reason = json!({"reason": {"text": "It is what the Office does.", "lang": "en"}});
        self.post(&format!("/v1/requests/{request}/acceptance"), reason)
            .await;
        let money = json!({"money": {"amount": "100000", "currency": "USD"}});
        let pledge =
            json!({"from": "FIN", "to": {"office": true}, "what": money, "on": "2005-06-01"});
        self.post("/v1/contributions", pledge).await;
        let project = json!({"plan": {"title": {"en": "Prison law"}, "requests": [request], "needs": [need]}, "on": "2005-07-01"});
        self.post("/v1/projects", project).await;
        let plan = json!({"title": {"en": "Prisons after a conflict"}, "replies": [replies[1]], "post_conflict": true,
                          "partners": ["UNICEF"], "budget": [{"amount": "250000.50", "currency": "USD"}]});
        self.post("/v1/projects", json!({"plan": plan, "on": "2005-08-01"}))
            .await;
        let material = json!({"kind": "manual", "title": {"en": "A manual for prison staff"}, "on": "2005-09-01"});
        self.post("/v1/materials", material).await;
    }
}
