//! Finland's reply beside others, through its life.

use serde_json::{Value, json};

use super::{Call, World};

/// A collection to which Finland and Sweden are invited, and Finland's reply in it.
pub struct Life {
    pub world: World,
    pub collection: String,
    /// Finland's focal point's token.
    pub finland: String,
    /// The path of its reply.
    pub reply: String,
}

/// Words in English.
pub fn said(text: &str) -> Value {
    json!({"text": text, "lang": "en"})
}

impl Life {
    /// Finland's reply with A1 "yes" and words in D1, submitted.
    pub async fn submitted() -> Self {
        let world = World::new().await;
        let invited = json!({"parties": ["FIN", "SWE"]});
        let collection = world.collection(invited).await.collection;
        let finland = world.focal_point("FIN").await;
        let answers = json!({"A1": {"value": "yes", "comment": said("Since 2009.")}, "D1": {"value": said("Money.")}});
        let reply = world.submitted(&collection, &finland, answers).await;
        Self {
            world,
            collection,
            finland,
            reply: format!("/v1/replies/{reply}"),
        }
    }

    /// Something posted to the reply, by the Secretariat.
    pub fn officer(&self, what: &str) -> Call {
        let path = format!("{}{what}", self.reply);
        self.world.post(&path).token(&self.world.officer)
    }

    /// Something posted to the reply, by Finland.
    pub fn post(&self, what: &str) -> Call {
        let path = format!("{}{what}", self.reply);
        self.world.post(&path).token(&self.finland)
    }

    /// Something of the reply taken away by Finland.
    pub fn delete(&self, what: &str) -> Call {
        let path = format!("{}{what}", self.reply);
        self.world.delete(&path).token(&self.finland)
    }

    /// Something of the reply, as Finland sees it.
    pub async fn get(&self, what: &str) -> Value {
        let path = format!("{}{what}", self.reply);
        self.world.get(&path).token(&self.finland).expect(200).await
    }

    pub fn save(&self, answers: &Value) -> Call {
        let path = format!("{}/answers", self.reply);
        let call = self.world.patch(&path).token(&self.finland);
        call.json(&json!({ "answers": answers }))
    }

    pub async fn status(&self) -> Value {
        self.get("").await["status"].clone()
    }

    /// How many Member States count as having replied.
    pub async fn replied(&self) -> Value {
        let counted = self.world.participation(&self.collection, "").await;
        counted["replied"].clone()
    }

    /// How often each of "yes", "in part" and "no" is counted for A1; `asked` is more of the query.
    pub async fn counted(&self, asked: &str) -> Vec<u64> {
        let asked = format!("question=A1{asked}");
        let tally = self.world.tally(&self.collection, &asked).await;
        let options = tally["options"].as_array().unwrap().iter();
        options
            .map(|option| option["count"].as_u64().unwrap())
            .collect()
    }
}
