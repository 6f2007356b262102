//! Paragraph 9: the report to the fifteenth session, compiled, drafted in English and French, published. Its texts are made
//! up.

use serde_json::json;

use super::meetings::{Document, Meeting};
use super::{Stage, both};

/// A heading, its text in English and French, and the question that it rests on.
const NARRATIVES: [(&str, &str, &str, &str); 4] = [
    (
        "application",
        "[Made up] Most of the States that replied have courts for juveniles.",
        "[Inventé] La plupart des États ayant répondu ont des tribunaux pour mineurs.",
        "A1",
    ),
    (
        "difficulties",
        "[Made up] Training and distance are the difficulties that are named most.",
        "[Inventé] La formation et la distance sont les difficultés les plus citées.",
        "D1",
    ),
    (
        "assistance",
        "[Made up] Training is what every State would find useful.",
        "[Inventé] Tous les États estiment que la formation serait utile.",
        "T1",
    ),
    (
        "practices",
        "[Made up] Mobile courts and mediation are named as useful practices.",
        "[Inventé] Les tribunaux itinérants et la médiation sont cités comme pratiques utiles.",
        "P1",
    ),
];

pub async fn play(stage: &Stage<'_>) -> anyhow::Result<()> {
    let collected = stage.collected()?;
    let title = both(
        "Commission on Crime Prevention and Criminal Justice, fifteenth session",
        "Commission pour la prévention du crime et la justice pénale, quinzième session",
    );
    let days = ["2006-04-24", "2006-04-28"];
    let about = json!({"session": 15});
    let session = Meeting::convene(
        stage,
        "session-15",
        "commission_session",
        title,
        days,
        about,
    )
    .await?;
    let document = Document {
        symbol: "SAMPLE/2006/1",
        date: "2006-03-01",
        en: "Sample report on the use and application of standards and norms (made up)",
        fr: "Exemple de rapport sur l’utilisation et l’application des règles et normes (inventé)",
    };
    let title = both(document.en, document.fr);
    let new = json!({"title": title, "session": 15, "collections": [collected.collection],
                     "instruments": [stage.category_one()?.instrument]});
    let id = stage.make("demo/report/begun", "/v1/reports", &new).await?;
    let path = format!("/v1/reports/{id}");
    stage
        .post(
            "demo/report/compilation",
            &format!("{path}/compilation"),
            &json!({}),
        )
        .await?;
    for (heading, en, fr, question) in NARRATIVES {
        for (lang, text) in [("en", en), ("fr", fr)] {
            let rests_on: Vec<_> = collected.replies[..2]
                .iter()
                .map(|reply| json!({"reply": reply, "question": question}))
                .collect();
            stage
                .put(
                    &format!("demo/report/{heading}/{lang}"),
                    &format!("{path}/narratives/{heading}/{lang}"),
                    &json!({"text": text, "rests_on": rests_on}),
                )
                .await?;
        }
    }
    session
        .document(stage, document, "before_the_meeting")
        .await?;
    session.held(stage).await?;
    let body = json!({"meeting": session.id, "document": "SAMPLE/2006/1", "on": days[0]});
    stage
        .post(
            "demo/report/publication",
            &format!("{path}/publication"),
            &body,
        )
        .await
}
