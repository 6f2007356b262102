//! Who plays, and how.

use serde_json::{Value, json};

use crate::support::World;

/// The roles concerned.
pub struct Play<'a> {
    pub world: &'a World,
    /// Focal points of Member States.
    pub finland: String,
    pub kenya: String,
    pub brazil: String,
    /// A non-governmental organization's, and an institute's.
    pub organization: String,
    pub institute: String,
}

impl<'a> Play<'a> {
    pub async fn new(world: &'a World) -> Self {
        for (code, kind) in [
            ("ICPO", "igo"),
            ("PRI", "ngo"),
            ("HEUNI", "programme_institute"),
            ("UNICEF", "un_entity"),
        ] {
            world.register(code, kind).await;
        }
        let focal_point = async |code: &str| world.focal_point(code).await;
        Self {
            world,
            finland: focal_point("FIN").await,
            kenya: focal_point("KEN").await,
            brazil: focal_point("BRA").await,
            organization: focal_point("PRI").await,
            institute: focal_point("HEUNI").await,
        }
    }

    /// What an officer posts; answers what came of it.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        self.sent(
            self.world
                .post(path)
                .token(&self.world.officer)
                .json(&body)
                .send()
                .await,
        )
    }

    /// What an officer puts.
    pub async fn put(&self, path: &str, body: Value) -> Value {
        self.sent(
            self.world
                .put(path)
                .token(&self.world.officer)
                .json(&body)
                .send()
                .await,
        )
    }

    fn sent(&self, answer: crate::support::Answer) -> Value {
        assert!((200..300).contains(&answer.status), "{answer:#?}");
        answer.json()
    }

    /// Convenes a meeting; answers its path.
    pub async fn convened(&self, kind: &str, days: [&str; 2], more: Value) -> String {
        let mut new = json!({"kind": kind, "title": {"en": "A meeting"}, "starts_on": days[0], "ends_on": days[1]});
        new.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        format!(
            "/v1/meetings/{}",
            told(&self.post("/v1/meetings", new).await, "id")
        )
    }

    /// Experts in proportion to the Commission, on forty seats; then the meeting is held.
    pub async fn held_with_experts(&self, meeting: &str, days: [&str; 2]) {
        self.put(&format!("{meeting}/seats"), json!({"seats": 40}))
            .await;
        let expert = |party: &str, persons: u16| json!({"party": party, "capacity": "expert", "persons": persons});
        let experts = [
            expert("KEN", 12),
            expert("THA", 9),
            expert("BRA", 8),
            expert("ROU", 4),
            expert("FIN", 7),
        ];
        self.put(
            &format!("{meeting}/participants"),
            json!({"participants": experts}),
        )
        .await;
        self.held(meeting, days).await;
    }

    pub async fn held(&self, meeting: &str, days: [&str; 2]) {
        let days = json!({"starts_on": days[0], "ends_on": days[1]});
        self.post(&format!("{meeting}/holding"), days).await;
    }

    /// Records a document and links it.
    pub async fn document(&self, symbol: &str, meeting: &str, how: &str) {
        let new = json!({"symbol": symbol, "title": {"en": "A document"}, "date": "2004-04-05"});
        let recorded = self.post("/v1/documents", new).await;
        let link = json!({"to": {"meeting": id(meeting)}, "as": how});
        self.post(
            &format!("/v1/documents/{}/links", told(&recorded, "id")),
            link,
        )
        .await;
    }

    /// Forwards a revision to all four audiences; answers the consultation's path.
    pub async fn forward(&self, instrument: &str, revision: u64) -> String {
        let audiences = [
            "member_state",
            "igo",
            "ngo",
            "programme_institute",
            "un_entity",
        ];
        let opened = self.post("/v1/consultations", json!({
            "instrument": id(instrument), "revision": revision, "reference": "CU/2004/52", "opened_on": "2004-05-03",
            "deadline": {"at": "2999-12-31", "time_zone": "Europe/Vienna"}, "audiences": audiences}));
        format!("/v1/consultations/{}", told(&opened.await, "id"))
    }

    /// Everybody's comments get their dispositions, and a later revision takes them up.
    pub async fn revised_on_comments(&self, instrument: &str, consultation: &str) -> u64 {
        let (world, on) = (self.world, || json!({"instrument": true}));
        let mut comments = Vec::new();
        for (token, text) in [
            (&self.finland, "Shorter."),
            (&self.organization, "Longer."),
            (&self.institute, "Clearer."),
        ] {
            comments.push(world.comment(consultation, token, on(), text).await);
        }
        world.close_consultation(consultation).await;
        for (comment, disposition) in
            comments
                .iter()
                .zip(["accepted", "not_accepted", "accepted_in_part"])
        {
            world.dispose(comment, disposition).await;
        }
        let mut draft = crate::support::questionnaire();
        draft["sections"][0]["questions"][0]["text"]["en"] = json!("Is it law, in short?");
        let taken_up = [id(&comments[0]), id(&comments[2])];
        world
            .revise(instrument, &draft, json!({"takes_up": taken_up}))
            .await
    }
}

/// The id at the end of a path.
pub fn id(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

/// A text under a key.
pub fn told(value: &Value, key: &str) -> String {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("no {key} in {value}"))
        .to_owned()
}
