//! How translations are given: what was sent is looked at beside the questionnaire as it is, and anew where that moved on.

use std::collections::BTreeMap;

use actix_web::web;

use super::held::HeldQuestionnaire;
use super::table;
use crate::desk::{DecisionError, DeskError, RecordedDecision, Request};
use crate::http::handling::new_content;
use crate::http::problem::Problem;
use crate::http::services::Services;
use domain::instrument::{Command, Instrument, InstrumentTranslated, Translation};
use domain::questionnaire::translations::{
    KeyedTexts, TranslationChanges, TranslationRecord, place_of_text,
};
use domain::{ContentRef, Fault, InstrumentId, Lang};
use event_log::NewContent;

/// How often it is looked at anew.
const ATTEMPTS: u32 = 16;

/// Translations, as they were sent.
pub enum SentTranslation {
    /// By key.
    Texts(BTreeMap<String, Option<String>>),
    /// As a table.
    Table(web::Bytes),
}

impl SentTranslation {
    /// Records them; answers the questionnaire with them, and the instrument's position.
    ///
    /// # Errors
    /// Every fault of a text at once; the refusal, or why it could not be recorded.
    pub async fn give(
        &self,
        services: &Services,
        request: Request,
        id: InstrumentId,
        lang: Lang,
        revision: Option<u32>,
    ) -> Result<(HeldQuestionnaire, u64), Problem> {
        let make = async || {
            let held = HeldQuestionnaire::load(services, id, revision).await?;
            held.refuse_original(lang)?;
            let (command, contents) = self.command(services, &held, lang).await?;
            Ok((command, contents, held.position))
        };
        let decided = decided_on_position(services, &request, id, make).await?;
        let (state, position) = (&decided.now.state, decided.now.position);
        let held = HeldQuestionnaire::of_state(services, id, state, position, revision).await?;
        Ok((held, position))
    }

    /// The command that they are, beside the questionnaire as it is, and what it stores.
    async fn command(
        &self,
        services: &Services,
        held: &HeldQuestionnaire,
        lang: Lang,
    ) -> Result<(Command, Vec<NewContent>), Problem> {
        let record = held.record(services, lang).await?;
        let texts = held.questionnaire.keyed_texts();
        let changes = self.changes(&texts, held, lang, &record)?;
        let now = held.questionnaire.translated(lang, &changes);
        let now = now.map_err(|_| Problem::new("internal"))?;
        let after = record.clone().with(&texts, held.original, &changes);
        let texts = now.keyed_texts();
        let standing = texts.standing(held.original, lang, &after);
        let translated = standing.iter().filter(|text| text.text.is_some()).count();
        let mut contents = Vec::new();
        let questionnaire = if now == *held.questionnaire {
            held.reference.clone()
        } else {
            new_content::json(&now, &mut contents)?
        };
        let translated = InstrumentTranslated {
            lang,
            revision: held.revision,
            translation: Translation {
                record: record_of(held, lang, &record, &after, &mut contents)?,
                behind: texts.behind(held.original, lang, &after),
            },
            questionnaire,
            translated: count(translated),
            texts: count(standing.len()),
        };
        Ok((Command::Translate(translated), contents))
    }

    fn changes(
        &self,
        texts: &KeyedTexts,
        held: &HeldQuestionnaire,
        lang: Lang,
        record: &TranslationRecord,
    ) -> Result<TranslationChanges, Problem> {
        let frozen = held.frozen.as_ref().map(|frozen| frozen.keyed_texts());
        let (changes, faults) = match self {
            Self::Texts(changes) => {
                let faults = texts.faults(lang, changes, frozen.as_ref(), place_of_text);
                (changes.clone(), faults)
            }
            Self::Table(bytes) => {
                let standing = texts.standing(held.original, lang, record);
                let read = table::read(bytes, &standing, held.original, lang)?;
                let place = |key: &str| table::place_of_line(read.line_of(key));
                let mut faults = read.faults.clone();
                faults.extend(texts.faults(lang, &read.changes, frozen.as_ref(), place));
                faults.sort_by_key(table::line_of_fault);
                (read.changes, faults)
            }
        };
        none(faults)?;
        Ok(changes)
    }
}

fn none(faults: Vec<Fault>) -> Result<(), Problem> {
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Problem::new("translation_faulty").faults(faults))
    }
}

/// Where the record of a language is stored; anew, if it is another than before.
pub fn record_of(
    held: &HeldQuestionnaire,
    lang: Lang,
    before: &TranslationRecord,
    after: &TranslationRecord,
    contents: &mut Vec<NewContent>,
) -> Result<ContentRef, Problem> {
    match held.translation(lang) {
        Some(known) if before == after => Ok(known.record.clone()),
        _ => new_content::json(after, contents),
    }
}

fn count(texts: usize) -> u32 {
    u32::try_from(texts).unwrap_or(u32::MAX)
}

/// Decides on a command that is made beside an instrument as it is, with what it stores and the position at which that was
/// read; it is made anew where the instrument moved on.
///
/// # Errors
/// Those of `make`; the refusal, or why it could not be recorded.
pub async fn decided_on_position(
    services: &Services,
    request: &Request,
    id: InstrumentId,
    make: impl AsyncFn() -> Result<(Command, Vec<NewContent>, u64), Problem>,
) -> Result<RecordedDecision<Instrument>, Problem> {
    let desk = &services.desk;
    // What was done once is answered as then, whatever became of the instrument since.
    if let Some(decided) = desk.recorded::<Instrument>(request).await? {
        return Ok(decided);
    }
    for _ in 0..ATTEMPTS {
        let (command, contents, position) = make().await?;
        let asked = request.if_match.as_ref();
        let mut made = request.clone();
        // Where the caller made the change to another position, that is refused as theirs.
        let is_asked = asked.is_none_or(|positions| positions.contains(&position));
        if is_asked {
            made.if_match = Some(vec![position]);
        }
        match desk
            .decide::<Instrument>(&made, id.0, &(), command, &contents)
            .await
        {
            Err(DecisionError::Desk(DeskError::Stale { .. })) if is_asked => {}
            decided => return Ok(decided?),
        }
    }
    Err(Problem::new("too_many_retries"))
}
