//! Paragraphs 1 to 7: the meeting of experts of March 2004 and its sample instrument, comments on it, its approval. The
//! meeting and its documents are real; its days, who came, and every text are made up.

use serde_json::json;

use super::consulting::Consultation;
use super::meetings::{Document, Meeting};
use super::sample::Sample;
use super::{CategoryOne, Stage, asked, both};

const KEY: &str = "category-one";
/// The revision that the intersessional meeting approves.
pub const APPROVED: u32 = 2;

/// Plays it.
pub async fn play(stage: &Stage<'_>) -> anyhow::Result<CategoryOne> {
    asked::register(stage).await?;
    let sample = Sample::for_category("I")?;
    let played = experts(stage, &sample).await?;
    let instrument = &played.instrument;
    let days = ["2004-06-01", "2004-08-31"];
    let consultation = Consultation::open(stage, KEY, instrument, "SAMPLE/2004/1", days).await?;
    consultation.taken_up(stage, &sample).await?;
    approved(stage, instrument).await?;
    Ok(played)
}

async fn experts(stage: &Stage<'_>, sample: &Sample) -> anyhow::Result<CategoryOne> {
    let title = both(
        "Commission on Crime Prevention and Criminal Justice, thirteenth session",
        "Commission pour la prévention du crime et la justice pénale, treizième session",
    );
    let days = ["2004-05-11", "2004-05-20"];
    let about = json!({"session": 13});
    let session = Meeting::convene(
        stage,
        "session-13",
        "commission_session",
        title,
        days,
        about,
    )
    .await?;
    let title = both(
        "Meeting of experts on category I, March 2004 (days and participants made up)",
        "Réunion d’experts sur la catégorie I, mars 2004 (dates et participants inventés)",
    );
    let days = ["2004-03-16", "2004-03-18"];
    let about = json!({"categories": ["I"], "mandate": 3,
                       "place": both("Vienna", "Vienne")});
    let meeting = Meeting::convene(stage, "march-2004", "expert_group", title, days, about).await?;
    let report = Document {
        symbol: "E/CN.15/2004/9",
        date: "2004-04-05",
        en: "Standards and norms in crime prevention and criminal justice: report of the Secretary-General",
        fr: "Règles et normes en matière de prévention du crime et de justice pénale : rapport du Secrétaire général",
    };
    session
        .document(stage, report, "before_the_meeting")
        .await?;
    meeting.held_with_experts(stage).await?;
    let addendum = Document {
        symbol: "E/CN.15/2004/9/Add.1",
        date: "2004-04-06",
        en: "Addendum: report on the meeting of experts",
        fr: "Additif : rapport sur la réunion d’experts",
    };
    meeting.document(stage, addendum, "report_of").await?;
    session.held(stage).await?;
    let instrument = sample.revise(stage, KEY, "I", "intersessional").await?;
    let made = json!({"revisions": [{"instrument": instrument, "revision": 1}]});
    meeting.post(stage, "outcome", &made).await?;
    Ok(CategoryOne {
        meeting: meeting.id,
        instrument,
    })
}

async fn approved(stage: &Stage<'_>, instrument: &str) -> anyhow::Result<()> {
    let title = both(
        "Sample intersessional meeting (made up)",
        "Exemple de réunion intersessions (inventée)",
    );
    let days = ["2004-10-01", "2004-10-02"];
    let about = json!({"categories": ["I"], "mandate": 7});
    let key = "intersessional-2004";
    let meeting = Meeting::convene(stage, key, "intersessional", title, days, about).await?;
    let path = format!("/v1/instruments/{instrument}/revisions/{APPROVED}");
    let presented = json!({"meeting": meeting.id, "on": days[0]});
    stage
        .post(
            "demo/category-one/presentation",
            &format!("{path}/presentation"),
            &presented,
        )
        .await?;
    meeting.held(stage).await?;
    let approval = json!({"meeting_id": meeting.id, "decision": "Sample decision (made up): revision 2 is approved",
                          "date": days[1]});
    stage
        .post(
            "demo/category-one/approval",
            &format!("{path}/approval"),
            &approval,
        )
        .await
}
