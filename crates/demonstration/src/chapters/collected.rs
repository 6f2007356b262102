//! Paragraph 8: the approved instrument goes to all Member States; a handful answer, with made-up answers; it is closed and
//! its figures are released.

use jiff::civil::{Date, date};
use serde_json::{Value, json};

use super::assisted::needs::new_need;
use super::category_one::APPROVED;
use super::{ClosedCollection, Stage, both, said, until};
use domain::{Lang, Texts};

/// What a State answers.
struct Answers {
    code: &'static str,
    /// On which day it came: made up, so that a curve over time can be shown.
    received_on: Date,
    /// To A1, whether there is a law.
    law: &'static str,
    /// To A2, since when.
    since: Option<u16>,
    difficulties: &'static str,
    practices: &'static str,
    /// The language of these.
    lang: &'static str,
}

/// Whose reply indicates needs, each by its type and what it says.
const IN_NEED: &str = "KEN";
const NEEDS: [(&str, &str); 2] = [
    ("legislation", "[Made up] A law on courts for juveniles."),
    (
        "institution_building",
        "[Made up] Courts outside of the large towns.",
    ),
];

const REPLIES: [Answers; 5] = [
    Answers {
        code: "FIN",
        received_on: date(2005, 3, 2),
        law: "yes",
        since: Some(1990),
        difficulties: "[Made up] Few judges are trained for it.",
        practices: "[Made up] Mediation before trial.",
        lang: "en",
    },
    Answers {
        code: "KEN",
        received_on: date(2005, 3, 30),
        law: "in_part",
        since: Some(2001),
        difficulties: "[Made up] There are courts in the large towns only.",
        practices: "[Made up] Mobile courts.",
        lang: "en",
    },
    Answers {
        code: "BEL",
        received_on: date(2005, 4, 12),
        law: "yes",
        since: Some(1965),
        difficulties: "[Inventé] Les délais sont longs.",
        practices: "[Inventé] Un service social auprès de chaque tribunal.",
        lang: "fr",
    },
    Answers {
        code: "BRA",
        received_on: date(2005, 5, 20),
        law: "yes",
        since: Some(1990),
        difficulties: "[Made up] Data are kept by each state on its own.",
        practices: "[Made up] A common register.",
        lang: "en",
    },
    Answers {
        code: "THA",
        received_on: date(2005, 6, 14),
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
pub async fn play(stage: &Stage<'_>) -> anyhow::Result<ClosedCollection> {
    let title = both(
        "Sample: replies on category I (made-up answers)",
        "Exemple : réponses sur la catégorie I (réponses inventées)",
    );
    let opening = json!({"instrument": stage.category_one()?.instrument, "revision": APPROVED, "title": title,
                         "reference": "SAMPLE/2005/1", "opened_on": "2005-01-17", "session": 15,
                         "deadline": until(stage.began), "basis": "consenting", "notices": [made_up(), notice("made_up_days")],
                         "invited": {"kinds": ["member_state"]}});
    let key = "demo/collected/collection";
    let collection = stage.make(key, "/v1/collections", &opening).await?;
    let (mut replies, mut needs) = (Vec::new(), Vec::new());
    for answers in &REPLIES {
        let reply = reply(stage, &collection, answers).await?;
        if answers.code == IN_NEED {
            needs = draft_needs(stage, &reply).await?;
        }
        submit(stage, answers.code, &reply).await?;
        replies.push(reply);
    }
    let path = format!("/v1/collections/{collection}");
    for step in ["releases", "closure"] {
        let key = format!("demo/collected/{step}");
        stage
            .post(&key, &format!("{path}/{step}"), &json!({}))
            .await?;
    }
    Ok(ClosedCollection {
        collection,
        replies,
        needs,
    })
}

/// A State's reply, as the Secretariat enters it: what came in 2005 came on paper.
async fn reply(stage: &Stage<'_>, collection: &str, answers: &Answers) -> anyhow::Result<String> {
    let Answers {
        code, received_on, ..
    } = answers;
    let source = json!({"kind": "paper", "reference": format!("SAMPLE/2005/1/{code}"),
                        "received_on": received_on});
    let entry = json!({"collection": collection, "party": code, "source": source});
    let key = format!("demo/collected/{code}");
    let id = stage
        .make(&format!("{key}/entry"), "/v1/replies", &entry)
        .await?;
    let path = format!("/v1/replies/{id}/answers");
    stage
        .officer
        .patch(&format!("{key}/answers"), &path, &answers.body())
        .await?;
    Ok(id)
}

/// Needs beside a reply's answers, for the difficulty that these tell of; the reply's submission indicates them.
async fn draft_needs(stage: &Stage<'_>, reply: &str) -> anyhow::Result<Vec<String>> {
    let path = format!("/v1/replies/{reply}/needs");
    let mut needs = Vec::new();
    for (kind, text) in NEEDS {
        let mut need = new_need(kind, text);
        need["obstacle"] = json!({"question": "D1"});
        let key = format!("demo/collected/{IN_NEED}/needs/{kind}");
        needs.push(stage.make(&key, &path, &need).await?);
    }
    Ok(needs)
}

async fn submit(stage: &Stage<'_>, code: &str, reply: &str) -> anyhow::Result<()> {
    let key = format!("demo/collected/{code}/submission");
    let path = format!("/v1/replies/{reply}/submission");
    let consent = json!({"publication": {"all": true}});
    stage.post(&key, &path, &consent).await
}

/// The notice that every answer is made up.
pub fn made_up() -> Value {
    notice("made_up_answers")
}

/// What a reader of the collection must know.
fn notice(code: &str) -> Value {
    let key = format!("notice.{code}");
    let languages = [Lang::En, Lang::Fr].into_iter();
    let text: Texts = languages
        .map(|lang| (lang, texts::text::<&str>(&key, &[lang], &[])))
        .collect();
    json!({"code": code, "text": text})
}
