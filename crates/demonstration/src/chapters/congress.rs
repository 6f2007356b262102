//! Paragraph 14: the Eleventh Congress, its agenda item, what was put before it, its outcome.

use serde_json::json;

use super::meetings::{Document, Meeting};
use super::{Stage, both};

pub async fn play(stage: &Stage<'_>) -> anyhow::Result<()> {
    let title = both(
        "Eleventh United Nations Congress on Crime Prevention and Criminal Justice",
        "Onzième Congrès des Nations Unies pour la prévention du crime et la justice pénale",
    );
    let days = ["2005-04-18", "2005-04-25"];
    let about = json!({"session": 11, "mandate": 14, "place": both("Bangkok", "Bangkok")});
    let congress = Meeting::convene(stage, "congress-11", "congress", title, days, about).await?;
    let item = json!({"number": "8", "title": both(
        "Fifty years of standard-setting in crime prevention and criminal justice",
        "Cinquante ans de travaux normatifs en matière de prévention du crime et de justice pénale")});
    congress.post(stage, "agenda-items", &item).await?;
    let paper = Document {
        symbol: "SAMPLE/CONF/2005/1",
        date: "2005-03-01",
        en: "Sample working paper on agenda item 8 (made up)",
        fr: "Exemple de document de travail sur le point 8 de l’ordre du jour (inventé)",
    };
    congress
        .document(stage, paper, "before_the_meeting")
        .await?;
    congress.held(stage).await?;
    congress
        .post(
            stage,
            "outcome",
            &json!({"decision": "Bangkok Declaration"}),
        )
        .await
}
