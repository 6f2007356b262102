//! Paragraphs 15 to 17: categories II and III, each with its meeting of experts, its sample instrument, comments and a
//! revision, presented to the sixteenth session with a progress report. All of it is made up but the session.

use serde_json::json;

use super::consulting::Consultation;
use super::meetings::{Document, Meeting};
use super::sample::Sample;
use super::{Stage, both};

const SESSION: [&str; 2] = ["2007-04-23", "2007-04-27"];

/// What tells one category from the other.
struct LaterCategory {
    category: &'static str,
    key: &'static str,
    days: [&'static str; 2],
    title: [&'static str; 2],
    reference: &'static str,
    report: Document<'static>,
}

const LATER: [LaterCategory; 2] = [
    LaterCategory {
        category: "II",
        key: "category-two",
        days: ["2006-02-06", "2006-02-08"],
        title: [
            "Sample meeting of experts on category II (made up)",
            "Exemple de réunion d’experts sur la catégorie II (inventée)",
        ],
        reference: "SAMPLE/2006/2",
        report: Document {
            symbol: "SAMPLE/2007/1",
            date: "2007-02-01",
            en: "Sample progress report on category II (made up)",
            fr: "Exemple de rapport d’étape sur la catégorie II (inventé)",
        },
    },
    LaterCategory {
        category: "III",
        key: "category-three",
        days: ["2006-03-06", "2006-03-08"],
        title: [
            "Sample meeting of experts on category III (made up)",
            "Exemple de réunion d’experts sur la catégorie III (inventée)",
        ],
        reference: "SAMPLE/2006/3",
        report: Document {
            symbol: "SAMPLE/2007/2",
            date: "2007-02-01",
            en: "Sample progress report on category III (made up)",
            fr: "Exemple de rapport d’étape sur la catégorie III (inventé)",
        },
    },
];

pub async fn play(stage: &Stage<'_>) -> anyhow::Result<()> {
    let title = both(
        "Commission on Crime Prevention and Criminal Justice, sixteenth session",
        "Commission pour la prévention du crime et la justice pénale, seizième session",
    );
    let about = json!({"session": 16});
    let kind = "commission_session";
    let session = Meeting::convene(stage, "session-16", kind, title, SESSION, about).await?;
    for later in LATER {
        play_category(stage, &session, later).await?;
    }
    session.held(stage).await
}

async fn play_category(
    stage: &Stage<'_>,
    session: &Meeting,
    later: LaterCategory,
) -> anyhow::Result<()> {
    let LaterCategory { category, key, .. } = later;
    let [en, fr] = later.title;
    let about = json!({"categories": [category], "mandate": 15});
    let convened = format!("{key}/meeting");
    let kind = "expert_group";
    let meeting = Meeting::convene(stage, &convened, kind, both(en, fr), later.days, about).await?;
    meeting.held_with_experts(stage).await?;
    let sample = Sample::for_category(category)?;
    let instrument = sample.revise(stage, key, category, "presentation").await?;
    let made = json!({"revisions": [{"instrument": instrument, "revision": 1}]});
    meeting.post(stage, "outcome", &made).await?;

    let days = ["2006-06-01", "2006-09-30"];
    let consultation = Consultation::open(stage, key, &instrument, later.reference, days).await?;
    consultation.taken_up(stage, &sample).await?;
    let symbol = later.report.symbol;
    session
        .document(stage, later.report, "before_the_meeting")
        .await?;
    let presented = json!({"meeting": session.id, "progress_report": symbol, "on": SESSION[0]});
    stage
        .post(
            &format!("demo/{key}/presentation"),
            &format!("/v1/instruments/{instrument}/revisions/2/presentation"),
            &presented,
        )
        .await
}
