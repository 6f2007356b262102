//! Paragraph 8: the approved instrument goes to all Member States; a handful answer, with made-up answers; it is closed and
//! its figures are released.

use serde_json::{Value, json};

use super::category_one::APPROVED;
use super::{Collected, Stage, both, said, until};
use crate::domain::{Lang, Texts};
use crate::texts;

/// Who answers: code, A1, since when, difficulties, practices, and the language of these.
const REPLIES: [(&str, &str, Option<u16>, &str, &str, &str); 5] = [
    (
        "FIN",
        "yes",
        Some(1990),
        "[Made up] Few judges are trained for it.",
        "[Made up] Mediation before trial.",
        "en",
    ),
    (
        "KEN",
        "in_part",
        Some(2001),
        "[Made up] There are courts in the large towns only.",
        "[Made up] Mobile courts.",
        "en",
    ),
    (
        "BEL",
        "yes",
        Some(1965),
        "[Inventé] Les délais sont longs.",
        "[Inventé] Un service social auprès de chaque tribunal.",
        "fr",
    ),
    (
        "BRA",
        "yes",
        Some(1990),
        "[Made up] Data are kept by each state on its own.",
        "[Made up] A common register.",
        "en",
    ),
    (
        "THA",
        "no",
        None,
        "[Made up] The law is being drafted.",
        "[Made up] Family conferences.",
        "en",
    ),
];

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
    for (code, ..) in &REPLIES {
        replies.push(reply(stage, &collection, code).await?);
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

async fn reply(stage: &Stage<'_>, collection: &str, code: &str) -> anyhow::Result<String> {
    let state = stage.focal_point(code).await?;
    let key = format!("demo/collected/{code}");
    let path = format!("/v1/collections/{collection}/replies");
    let id = state
        .make(&format!("{key}/start"), &path, &json!({}))
        .await?;
    let path = format!("/v1/replies/{id}");
    let answers = json!({"answers": answers(code)});
    state
        .patch(
            &format!("{key}/answers"),
            &format!("{path}/answers"),
            &answers,
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

fn answers(code: &str) -> Value {
    let known = REPLIES.iter().find(|(known, ..)| *known == code);
    let Some((_, law, since, difficulties, practices, lang)) = known else {
        return json!({});
    };
    let since = match since {
        Some(year) => json!({"value": year}),
        None => json!({"not_available": true}),
    };
    json!({"A1": {"value": law}, "A2": since, "D1": {"value": said(difficulties, lang)},
           "T1": {"value": ["training"]}, "P1": {"value": said(practices, lang)}})
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
