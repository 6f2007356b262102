//! Paragraph 8: the approved instrument goes to all Member States; a handful answer, with made-up answers; it is closed and
//! its figures are released.

use serde_json::{Value, json};

use super::category_one::APPROVED;
use super::{Collected, Stage, both, said, until};
use crate::domain::{Lang, Texts};
use crate::texts;

/// What a State answers.
struct Answers {
    code: &'static str,
    /// To A1, whether there is a law.
    law: &'static str,
    /// To A2, since when.
    since: Option<u16>,
    difficulties: &'static str,
    practices: &'static str,
    /// The language of these.
    lang: &'static str,
}

const REPLIES: [Answers; 5] = [
    Answers {
        code: "FIN",
        law: "yes",
        since: Some(1990),
        difficulties: "[Made up] Few judges are trained for it.",
        practices: "[Made up] Mediation before trial.",
        lang: "en",
    },
    Answers {
        code: "KEN",
        law: "in_part",
        since: Some(2001),
        difficulties: "[Made up] There are courts in the large towns only.",
        practices: "[Made up] Mobile courts.",
        lang: "en",
    },
    Answers {
        code: "BEL",
        law: "yes",
        since: Some(1965),
        difficulties: "[Inventé] Les délais sont longs.",
        practices: "[Inventé] Un service social auprès de chaque tribunal.",
        lang: "fr",
    },
    Answers {
        code: "BRA",
        law: "yes",
        since: Some(1990),
        difficulties: "[Made up] Data are kept by each state on its own.",
        practices: "[Made up] A common register.",
        lang: "en",
    },
    Answers {
        code: "THA",
        law: "no",
        since: None,
        difficulties: "[Made up] The law is being drafted.",
        practices: "[Made up] Family conferences.",
        lang: "en",
    },
];

impl Answers {
    /// As they are sent.
    fn body(&self) -> Value {
        let since = match self.since {
            Some(year) => json!({"value": year}),
            None => json!({"not_available": true}),
        };
        let words = |text: &str| json!({"value": said(text, self.lang)});
        json!({"answers": {"A1": {"value": self.law}, "A2": since, "D1": words(self.difficulties),
                           "T1": {"value": ["training"]}, "P1": words(self.practices)}})
    }
}

/// Plays it; answers the collection and its replies.
pub async fn play(stage: &Stage<'_>) -> anyhow::Result<Collected> {
    let officer = stage.officer;
    let title = both(
        "Sample: replies on category I (made-up answers)",
        "Exemple : réponses sur la catégorie I (réponses inventées)",
    );
    let opening = json!({"instrument": stage.category_one()?.instrument, "revision": APPROVED, "title": title,
                         "reference": "SAMPLE/2005/1", "opened_on": "2005-01-17", "session": 15,
                         "deadline": until(stage.began), "notices": [made_up()],
                         "invited": {"kinds": ["member_state"]}});
    let key = "demo/collected/collection";
    let collection = officer.make(key, "/v1/collections", &opening).await?;
    let mut replies = Vec::new();
    for answers in &REPLIES {
        replies.push(reply(stage, &collection, answers).await?);
    }
    let path = format!("/v1/collections/{collection}");
    for step in ["releases", "closure"] {
        let key = format!("demo/collected/{step}");
        officer
            .post(&key, &format!("{path}/{step}"), &json!({}))
            .await?;
    }
    Ok(Collected {
        collection,
        replies,
    })
}

async fn reply(stage: &Stage<'_>, collection: &str, answers: &Answers) -> anyhow::Result<String> {
    let code = answers.code;
    let state = stage.focal_point(code).await?;
    let key = format!("demo/collected/{code}");
    let path = format!("/v1/collections/{collection}/replies");
    let id = state
        .make(&format!("{key}/start"), &path, &json!({}))
        .await?;
    let path = format!("/v1/replies/{id}");
    state
        .patch(
            &format!("{key}/answers"),
            &format!("{path}/answers"),
            &answers.body(),
        )
        .await?;
    let consent = json!({"publication": {"all": true}});
    state
        .post(
            &format!("{key}/submission"),
            &format!("{path}/submission"),
            &consent,
        )
        .await?;
    Ok(id)
}

/// The notice that every answer is made up.
pub fn made_up() -> Value {
    let text: Texts = [Lang::En, Lang::Fr]
        .into_iter()
        .map(|lang| {
            (
                lang,
                texts::text::<&str>("notice.made_up_answers", &[lang], &[]),
            )
        })
        .collect();
    json!({"code": "made_up_answers", "text": text})
}
