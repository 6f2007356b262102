//! Paragraphs 15 to 17: categories II and III.

use serde_json::json;

use super::category_one::without_standards;
use super::play::{Play, id, told};

impl Play<'_> {
    pub async fn later_categories(&self) {
        let days = ["2007-04-23", "2007-04-27"];
        let session = self
            .convened("commission_session", days, json!({"session": 16}))
            .await;
        for (category, month) in [("II", "02"), ("III", "03")] {
            let days = [format!("2006-{month}-06"), format!("2006-{month}-08")];
            let days = [days[0].as_str(), days[1].as_str()];
            let about = json!({"categories": [category], "mandate": 15});
            let meeting = self.convened("expert_group", days, about).await;
            self.held_with_experts(&meeting, days).await;
            let new = json!({"title": {"en": "A sample", "fr": "Un exemple"}, "category": category,
                             "route": "presentation", "languages": ["en", "fr"]});
            let drafted = self.post("/v1/instruments", new).await;
            let instrument = format!("/v1/instruments/{}", told(&drafted, "id"));
            self.world
                .revise(&instrument, &without_standards(), json!({}))
                .await;
            let made = json!({"revisions": [{"instrument": id(&instrument), "revision": 1}]});
            self.post(&format!("{meeting}/outcome"), made).await;

            let consultation = self.forward(&instrument, 1).await;
            let revision = self.revised_on_comments(&instrument, &consultation).await;
            let symbol = format!("E/CN.15/2007/{}", if category == "II" { 11 } else { 12 });
            self.document(&symbol, &session, "before_the_meeting").await;
            let presented =
                json!({"meeting": id(&session), "progress_report": symbol, "on": "2007-04-23"});
            let path = format!("{instrument}/revisions/{revision}/presentation");
            self.post(&path, presented).await;
        }
    }
}
