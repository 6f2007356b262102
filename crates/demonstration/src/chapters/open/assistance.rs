//! Assistance that waits: a need that nobody has confirmed, a request that nobody has decided, one that is accepted and that no
//! project answers, a project without money, a pledge that has not come, a model law under review, a manual to be issued.

use serde_json::json;

use super::super::assisted::given::pledge;
use super::super::assisted::needs::Need;
use super::super::assisted::{advance, propose, resource, take_up};
use super::super::{Stage, both};

/// On which all this was recorded.
const DAY: &str = "2011-06-01";

pub async fn play(stage: &Stage<'_>) -> anyhow::Result<()> {
    let text = "[Made up] Computers for registers.";
    Need::indicate(stage, "EGY", "equipment", text).await?;
    let text = "[Made up] A common register.";
    let asked_for = Need::indicate(stage, "BRA", "research_and_data", text).await?;
    asked_for.request(stage, DAY).await?;

    let text = "[Made up] Advice on legal aid for children.";
    let advice = Need::indicate(stage, "GHA", "on_site_expertise", text).await?;
    advice.confirm(stage).await?;
    let request = advice.request(stage, DAY).await?;
    let why = "[Made up] An expert is looked for.";
    request.decide(stage, "acceptance", why).await?;

    let title = both(
        "Sample project without money: a common register (made up)",
        "Exemple de projet sans fonds : un registre commun (inventé)",
    );
    let plan = json!({"title": title, "needs": [asked_for.id], "budget": [{"amount": "90000", "currency": "CHF"}]});
    let project = propose(stage, "register", &plan, DAY).await?;
    let (key, path) = ("demo/project/register", format!("/v1/projects/{project}"));
    resource(stage, key, &path, "sought", DAY).await?;
    let money = json!({"money": {"amount": "15000", "currency": "CHF"}});
    let office = json!({"office": true});
    pledge(stage, "open", "SAMPLE-IGO", &office, &money, DAY).await?;

    let title = both(
        "Sample model law on juvenile justice (made up)",
        "Exemple de loi type sur la justice pour mineurs (inventé)",
    );
    let law =
        json!({"kind": "model_law", "title": title, "standards": ["beijing-rules"], "on": DAY});
    take_up(stage, "model-law", &law).await?;
    let title = both(
        "Sample manual on restorative justice (made up)",
        "Exemple de manuel sur la justice réparatrice (inventé)",
    );
    let manual = json!({"kind": "manual", "title": title, "on": "2010-06-01"});
    let manual = take_up(stage, "restorative", &manual).await?;
    advance(stage, "restorative", &manual, "revision", DAY).await
}
