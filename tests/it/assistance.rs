//! /v1/requests, /v1/projects and /v1/materials

use access::Role;
use serde_json::{Value, json};

use crate::support::{World, each, faults};

mod materials;
mod projects;
mod requests;

fn words(text: &str) -> Value {
    json!({"text": text, "lang": "en"})
}

fn id(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

impl World {
    /// A need that a focal point indicates outside of any reply, by its path.
    async fn indicated(&self, token: &str) -> String {
        let need = json!({"category": "I", "type": "legislation", "urgency": "high", "description": words("A law")});
        let made = self.post("/v1/needs").token(token).json(&need);
        let made = made.expect(201).await;
        format!("/v1/needs/{}", made["id"].as_str().unwrap())
    }

    /// A request for a need, by its path.
    async fn asks(&self, token: &str, need: &str) -> String {
        let body =
            json!({"needs": [id(need)], "text": words("We ask for help."), "on": "2005-02-01"});
        let made = self.post("/v1/requests").token(token).json(&body);
        let made = made.expect(201).await;
        format!("/v1/requests/{}", made["id"].as_str().unwrap())
    }

    /// Posts something as an officer that succeeds.
    async fn tell(&self, path: &str, body: Value) -> Value {
        let told = self.post(path).token(&self.officer).json(&body);
        told.expect(200).await
    }

    async fn accept(&self, request: &str) {
        let because = json!({"reason": words("We look for a donor.")});
        self.tell(&format!("{request}/acceptance"), because).await;
    }

    /// A project that an officer proposes, by its path.
    async fn propose(&self, plan: Value) -> String {
        let body = json!({"plan": plan, "on": "2005-03-01"});
        let proposed = self.post("/v1/projects").token(&self.officer).json(&body);
        let proposed = proposed.expect(201).await;
        format!("/v1/projects/{}", proposed["id"].as_str().unwrap())
    }
}
