//! Modules: what a draft takes from revisions of other instruments.

use std::sync::Arc;

use actix_web::HttpResponse;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::instruments::drafts::{DraftSaved, SavedForm, saved_answer};
use crate::http::instruments::load;
use crate::http::instruments::translations::giving::decided_on_position;
use crate::http::problem::Problem;
use crate::http::services::Services;
use domain::InstrumentId;
use domain::instrument::Command;
use domain::questionnaire::{MAX_SECTIONS_TAKEN, Questionnaire};

/// A revision of an instrument.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct RevisionReference {
    /// The instrument.
    #[schema(value_type = Uuid)]
    pub instrument: InstrumentId,
    /// Its revision.
    pub revision: u32,
}

impl RevisionReference {
    /// What the revision asks, in all the languages that it has by now.
    ///
    /// # Errors
    /// `unknown_instrument`, `unknown_revision`.
    pub async fn read(&self, services: &Services, at: &str) -> Result<Arc<Questionnaire>, Problem> {
        let loaded = load(services, self.instrument).await?;
        let instrument = loaded.state.as_ref().as_ref();
        let instrument = instrument
            .ok_or_else(|| Problem::new("unknown_instrument").at(format!("{at}/instrument")))?;
        let revision = instrument.revision(self.revision);
        let revision = revision
            .ok_or_else(|| Problem::new("unknown_revision").at(format!("{at}/revision")))?;
        Ok(services.desk.questionnaire(revision.shown()).await?)
    }
}

/// Sections to take over.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TakeOverSections {
    /// From which instrument.
    #[schema(value_type = Uuid)]
    instrument: InstrumentId,
    /// From which of its revisions.
    revision: u32,
    /// The codes of its sections, in the order in which they are to stand behind those of the draft.
    #[schema(max_items = 200, example = json!(["B"]))]
    sections: Vec<String>,
}

/// Puts whole sections of a revision of another instrument behind those of the draft: with their words in all languages, their
/// rules, the code lists that their questions name, and the variables that their rules read. Their questions say in `same_as`
/// that they are the same as there. Refused, with every place, where a code is taken, where rules read what is not taken over,
/// and where there would be too much; nothing else of the draft is changed.
#[utoipa::path(post, path = "/v1/instruments/{instrument}/draft/sections", tag = "instruments", request_body = TakeOverSections, responses((status = 200, body = DraftSaved)))]
pub async fn take_over_sections(
    write: Write<TakeOverSections>,
    PathId(id): PathId<InstrumentId>,
) -> Result<HttpResponse, Problem> {
    let (services, asked) = (&write.services, &write.body);
    if asked.sections.len() > MAX_SECTIONS_TAKEN {
        return Err(Problem::new("too_many_items")
            .arg("count", asked.sections.len())
            .arg("limit", MAX_SECTIONS_TAKEN)
            .at("/sections"));
    }
    let request = write.request();
    let from = RevisionReference {
        instrument: asked.instrument,
        revision: asked.revision,
    };
    let source = from.read(services, "").await?;
    let make = async || {
        let before = load(services, id).await?;
        let instrument = before.state.as_ref().as_ref();
        let instrument = instrument.ok_or(Problem::new("unknown_instrument"))?;
        let draft = instrument.draft.as_ref().ok_or(Problem::new("no_draft"))?;
        let draft = services.desk.questionnaire(draft).await?;
        let of = (from.instrument, id);
        let whole = draft.with_sections_of(&source, &asked.sections, of);
        let whole = whole.map_err(|faults| Problem::new("sections_not_taken").faults(faults))?;
        let saved = SavedForm::beside(services, &before.state, &whole).await?;
        Ok((
            Command::SaveDraft(saved.event),
            saved.contents,
            before.position,
        ))
    };
    let decided = decided_on_position(services, &request, id, make).await?;
    saved_answer(&write, id, &decided).await
}
