//! The sample instruments, one for each category: data, in our own words.

use std::collections::BTreeMap;

use anyhow::Context;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Stage;

const INSTRUMENTS: &str = include_str!("../../../../data/demonstration/instruments.json");

/// The question whose wording a revision changes.
pub const REWORDED: &str = "A1";

/// A sample instrument.
#[derive(Deserialize)]
pub struct Sample {
    /// As it is first drafted.
    pub questionnaire: Value,
    /// The wording of [`REWORDED`] that is proposed, by language; null where none is.
    pub revised: Value,
}

impl Sample {
    /// One that nobody proposes to word otherwise.
    ///
    /// # Errors
    /// It is not as it should be.
    pub fn read(questionnaire: &str) -> serde_json::Result<Self> {
        Ok(Self {
            questionnaire: serde_json::from_str(questionnaire)?,
            revised: Value::Null,
        })
    }

    /// That of a category.
    ///
    /// # Errors
    /// The data are not as they should be.
    pub fn for_category(category: &str) -> anyhow::Result<Self> {
        let all: BTreeMap<String, Self> =
            serde_json::from_str(INSTRUMENTS).context("instruments.json")?;
        let sample = all.into_iter().find(|(known, _)| known == category);
        let (_, sample) = sample.with_context(|| format!("instruments.json: no {category}"))?;
        Ok(sample)
    }

    /// As it is drafted anew, with the wording that was proposed.
    pub fn reworded(&self) -> Value {
        let mut questionnaire = self.questionnaire.clone();
        let sections = questionnaire["sections"].as_array_mut();
        let questions = sections
            .into_iter()
            .flatten()
            .filter_map(|section| section["questions"].as_array_mut())
            .flatten();
        for question in questions {
            if question["code"] == REWORDED {
                question["text"] = self.revised.clone();
            }
        }
        questionnaire
    }

    /// Drafts it; answers its id.
    pub async fn draft(
        &self,
        stage: &Stage<'_>,
        key: &str,
        category: &str,
        route: &str,
    ) -> anyhow::Result<String> {
        let new = json!({"title": self.questionnaire["title"], "category": category, "route": route,
                         "languages": ["en", "fr"]});
        let key = format!("demo/{key}");
        let id = stage
            .make(&format!("{key}/instrument"), "/v1/instruments", &new)
            .await?;
        stage
            .put(
                &format!("{key}/draft"),
                &format!("/v1/instruments/{id}/draft"),
                &self.questionnaire,
            )
            .await?;
        Ok(id)
    }

    /// Drafts it, and freezes it as its first revision; answers its id.
    pub async fn revise(
        &self,
        stage: &Stage<'_>,
        key: &str,
        category: &str,
        route: &str,
    ) -> anyhow::Result<String> {
        let id = self.draft(stage, key, category, route).await?;
        let path = format!("/v1/instruments/{id}/revisions");
        let key = format!("demo/{key}/revision/1");
        stage.post(&key, &path, &json!({})).await?;
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::questionnaire::{Form, Questionnaire};

    #[test]
    fn each_category_has_a_sample_whose_rewording_can_be_read() {
        for category in ["I", "II", "III", "IV"] {
            let sample = Sample::for_category(category).unwrap();
            let read = |json| -> Form {
                let questionnaire: Questionnaire = serde_json::from_value(json).unwrap();
                questionnaire.into()
            };
            let (first, second) = (read(sample.questionnaire.clone()), read(sample.reworded()));
            let text = |form: &Form| {
                let question = form.question(REWORDED).unwrap();
                serde_json::to_value(&question.text).unwrap()
            };
            assert_ne!(text(&first), text(&second), "{category}");
            assert_eq!(text(&second), sample.revised, "{category}");
        }
    }
}
