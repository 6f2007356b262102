//! Two whole questionnaires, one on law and practice and one of figures, year by year: each is drafted, revised and approved, and
//! a handful of States reply, with made-up answers. Their collections stay open.

use std::sync::Arc;

use anyhow::Context;
use jiff::ToSpan;
use serde_json::{Value, json};

use super::collected::made_up;
use super::replying::Reply;
use super::sample::Sample;
use super::{Stage, both, until};
use crate::answers::Respondent;
use crate::words::MadeUpTexts;
use domain::questionnaire::{Form, Questionnaire};

/// The year of the figures that are asked for, and up to which years and days are usually answered.
const REFERENCE_YEAR: i16 = 2024;

/// A questionnaire that is sent out, and to whom.
struct SampleCollection {
    key: &'static str,
    questionnaire: &'static str,
    category: &'static str,
    title: [&'static str; 2],
    reference: &'static str,
    reference_year: Option<i16>,
    /// Who has submitted.
    submitted: &'static [&'static str],
    /// Who has saved something, and not submitted.
    drafting: &'static [&'static str],
    /// Who has not begun.
    silent: &'static [&'static str],
}

const COLLECTIONS: [SampleCollection; 2] = [
    SampleCollection {
        key: "demo/samples/legal-aid",
        questionnaire: include_str!("../../../../data/demonstration/use_of_standards.json"),
        category: "IV",
        title: [
            "Sample: replies on legal aid (made-up answers)",
            "Exemple : réponses sur l’assistance juridique (réponses inventées)",
        ],
        reference: "SAMPLE/LEGAL-AID/1",
        reference_year: None,
        submitted: &["CHE", "GHA", "PHL", "URY"],
        drafting: &["CRI"],
        silent: &["POL", "SEN"],
    },
    SampleCollection {
        key: "demo/samples/figures",
        questionnaire: include_str!("../../../../data/demonstration/crime_figures.json"),
        category: "III",
        title: [
            "Sample: figures of crime and justice, 2024 (made-up answers)",
            "Exemple : chiffres sur la criminalité et la justice, 2024 (réponses inventées)",
        ],
        reference: "SAMPLE/FIGURES/2024",
        reference_year: Some(REFERENCE_YEAR),
        submitted: &["CHE", "CHL", "MYS", "SEN"],
        drafting: &["LVA", "ZMB"],
        silent: &["FJI"],
    },
];

/// Plays both.
pub async fn play(stage: &Stage<'_>) -> anyhow::Result<()> {
    let words = MadeUpTexts::read()?;
    for collection in &COLLECTIONS {
        collection.play(stage, &words).await?;
    }
    Ok(())
}

impl SampleCollection {
    async fn play(&self, stage: &Stage<'_>, words: &MadeUpTexts) -> anyhow::Result<()> {
        let sample = Sample::read(self.questionnaire).context(self.key)?;
        let form = self.form(&sample).context(self.key)?;
        let instrument = self.approved(stage, &sample).await?;
        let collection = self.opened(stage, &instrument).await?;
        for (place, code) in self.submitted.iter().enumerate() {
            let reply = Reply::begin(stage, self.key, &collection, code).await?;
            let saves = self.respondent(code, &form, words).into_iter().enumerate();
            for (number, answers) in saves {
                reply.save(&number.to_string(), &answers).await?;
            }
            // Some consent to publication, and some do not.
            let consent = (place % 3 != 2).then(|| json!({"all": true}));
            let submission = json!({ "publication": consent });
            reply.post("submission", &submission).await?;
        }
        for code in self.drafting {
            let reply = Reply::begin(stage, self.key, &collection, code).await?;
            let saves = self.respondent(code, &form, words);
            if let Some(answers) = saves.first() {
                reply.save("0", answers).await?;
            }
        }
        Ok(())
    }

    /// The questionnaire as this collection asks it.
    fn form(&self, sample: &Sample) -> anyhow::Result<Form> {
        let questionnaire: Questionnaire = serde_json::from_value(sample.questionnaire.clone())?;
        Ok(Form::new(Arc::new(questionnaire), self.reference_year))
    }

    /// What a State saves, save by save.
    fn respondent(&self, code: &str, form: &Form, words: &MadeUpTexts) -> Vec<Value> {
        let seed = format!("{}/{code}", self.key);
        let respondent = Respondent::new(code, &seed, form, words, REFERENCE_YEAR);
        let saves = respondent.saves().into_iter();
        saves.map(Value::Object).collect()
    }

    async fn approved(&self, stage: &Stage<'_>, sample: &Sample) -> anyhow::Result<String> {
        let key = self.key.trim_start_matches("demo/");
        let revised = sample.revise(stage, key, self.category, "intersessional");
        let instrument = revised.await?;
        let approval = json!({"meeting": "Sample intersessional meeting (made up for demonstration)",
                              "decision": "Sample decision (made up for demonstration): revision 1 is approved",
                              "date": stage.began.checked_sub(40.days())?});
        let path = format!("/v1/instruments/{instrument}/revisions/1/approval");
        let key = format!("{}/approval", self.key);
        stage.post(&key, &path, &approval).await?;
        Ok(instrument)
    }

    async fn opened(&self, stage: &Stage<'_>, instrument: &str) -> anyhow::Result<String> {
        let [en, fr] = self.title;
        let invited = [self.submitted, self.drafting, self.silent].concat();
        let mut opening = json!({"instrument": instrument, "revision": 1, "title": both(en, fr),
                                 "reference": self.reference, "basis": "consenting", "notices": [made_up()],
                                 "opened_on": stage.began.checked_sub(30.days())?,
                                 "deadline": until(stage.began.checked_add(60.days())?),
                                 "invited": {"parties": invited}});
        if let Some(year) = self.reference_year {
            opening["reference_year"] = json!(year);
        }
        let key = format!("{}/collection", self.key);
        stage.make(&key, "/v1/collections", &opening).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sample_is_read_and_each_of_its_states_has_something_to_save() {
        let words = MadeUpTexts::read().unwrap();
        for collection in &COLLECTIONS {
            let sample = Sample::read(collection.questionnaire).unwrap();
            let form = collection.form(&sample).unwrap();
            assert_eq!(form.has_years(), collection.reference_year.is_some());
            for code in [collection.submitted, collection.drafting].concat() {
                assert!(
                    !collection.respondent(code, &form, &words).is_empty(),
                    "{code}"
                );
            }
        }
    }
}
