//! Needs as they are shown.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::handling::caller::Caller;
use crate::http::handling::stored_words::StoredWords;
use crate::http::problem::Problem;
use crate::http::schemas::{WordsShape, chosen};
use crate::http::services::Services;
use crate::reading::needs::NeedRow;
use domain::comment::EnteredOnBehalf;
use domain::need::{Need, NeedParticulars, Obstacle};
use domain::need_types::NeedTypes;
use domain::{ContentRef, need_types_id};

/// A need for technical assistance.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedView {
    /// Its id.
    id: Uuid,
    /// The State whose need it is.
    pub(in crate::http) party: Uuid,
    /// That State's code.
    pub(in crate::http) code: String,
    /// The reply beside which it was drafted, or that states it; only told to the State and the Secretariat.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply: Option<Uuid>,
    /// Where in a reply it is stated; none where it was drafted beside a reply, or indicated outside of any. Only told to the State and
    /// the Secretariat.
    #[serde(skip_serializing_if = "Option::is_none")]
    stated_at: Option<StatedAt>,
    /// The code of the category that it is about.
    pub(in crate::http) category: Option<String>,
    /// The code of the standard that it is about.
    pub(in crate::http) standard: Option<String>,
    /// Its type.
    #[serde(rename = "type")]
    pub(in crate::http) kind: NeedTypeOf,
    /// low, medium, high, immediate
    pub(in crate::http) urgency: domain::need::Urgency,
    /// What is needed, in the State's own words; null where a reply states it without any.
    #[schema(value_type = Option<WordsShape>)]
    pub(in crate::http) description: Option<Value>,
    /// The obstacle that help would remove.
    obstacle: Option<ObstacleView>,
    /// drafted, indicated, confirmed, matched, merged, declined, met, lapsed. Requests are for their State and the Secretariat, so
    /// others are told `matched` only where a project is about it.
    pub(in crate::http) status: domain::need::Status,
    /// The projects, not cancelled, that are about it.
    pub(in crate::http) projects: Vec<Uuid>,
    /// The accepted requests that are about it; only told to the State and the Secretariat.
    #[serde(skip_serializing_if = "Option::is_none")]
    requests: Option<Vec<Uuid>>,
    /// Whether the reply that indicated it is withdrawn, which the need outlives; only told to the State and the Secretariat.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_withdrawn: Option<bool>,
    /// nobody, donors, all; only told to the State and the Secretariat.
    #[serde(skip_serializing_if = "Option::is_none")]
    shared_with: Option<domain::need::Sharing>,
    /// Where the Secretariat has it from that entered it; only of a single need, and only told to the State and the Secretariat.
    #[serde(skip_serializing_if = "Option::is_none")]
    entered_on_behalf: Option<EnteredOnBehalf>,
    /// How it ended; only of a single need, and only told to the State and the Secretariat.
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<NeedEnd>,
}

/// The row, the entry or the group of a reply that states a need.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatedAt {
    /// The reply.
    reply: Uuid,
    /// `T2.training` (a row), `L1.k7f3` (an entry), `G1` (a group): what the answers beneath it say.
    #[schema(example = "T2.training")]
    address: String,
}

/// The type of a need.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedTypeOf {
    /// Its code.
    code: String,
    /// What the list calls it, in the version of the day.
    pub(in crate::http) label: String,
    /// The language of `label`.
    pub(in crate::http) lang: Option<domain::Lang>,
    /// The version of the list.
    version: u32,
}

/// An obstacle: one of the two.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObstacleView {
    /// The code of a question, whose answer tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    /// Words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<WordsShape>)]
    words: Option<Value>,
}

/// How a need ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedEnd {
    /// The need that stands for it, where it was merged.
    into: Option<Uuid>,
    /// The day, where it was met or has lapsed.
    on: Option<jiff::civil::Date>,
    /// The project that met it, where one did.
    project: Option<Uuid>,
    /// What was said.
    #[schema(value_type = Option<WordsShape>)]
    remark: Option<Value>,
}

/// Needs to show, with what is shown of them.
pub(in crate::http) struct ShownNeeds {
    words: StoredWords,
    types: Arc<NeedTypes>,
}

impl ShownNeeds {
    /// Reads the words of needs, and of how they ended.
    pub async fn read(
        services: &Services,
        caller: &Caller,
        rows: &[NeedRow],
        ended: Option<&Need>,
    ) -> Result<Self, Problem> {
        let said = rows.iter().flat_map(|row| contents(&row.about));
        let remark = ended.and_then(|need| need.remark.as_ref());
        let references = said.chain(remark.map(|words| &words.content));
        let desk = &services.desk;
        let mut types = desk.load::<NeedTypes>(need_types_id(), false).await?;
        let newest = rows.iter().map(|row| row.about.types_version).max();
        if newest > Some(types.state.latest()) {
            types = desk.load::<NeedTypes>(need_types_id(), true).await?;
        }
        Ok(Self {
            words: StoredWords::read(services, caller, references).await?,
            types: types.state,
        })
    }

    /// The position at which words among them were last redacted or translated.
    pub fn changed(&self) -> u64 {
        self.words.changed
    }

    /// A need as the caller sees it.
    pub fn view(&self, caller: &Caller, row: NeedRow, ended: Option<&Need>) -> NeedView {
        let own = row.is_own;
        let about = row.about;
        let label = self.types.label(about.types_version, &about.kind);
        let label = label.map(|label| chosen(label, &caller.languages));
        let (lang, label) = label.unwrap_or_else(|| (None, about.kind.clone()));
        let entered = ended.filter(|_| own);
        let entered = entered.and_then(|need| need.entered_on_behalf.as_ref());
        let ended = ended.filter(|need| {
            own && (need.into.is_some() || need.ended_on.is_some() || need.remark.is_some())
        });
        NeedView {
            id: row.id,
            party: row.party,
            code: row.code,
            reply: row.reply.filter(|_| own),
            stated_at: row
                .reply
                .zip(row.stated_at)
                .filter(|_| own)
                .map(|(reply, address)| StatedAt { reply, address }),
            kind: NeedTypeOf {
                label,
                lang,
                code: about.kind,
                version: about.types_version,
            },
            category: about.category,
            standard: about.standard,
            urgency: about.urgency,
            description: about.description.map(|words| self.show(&words)),
            obstacle: about.obstacle.map(|obstacle| match obstacle {
                Obstacle::Question(code) => ObstacleView {
                    question: Some(code),
                    words: None,
                },
                Obstacle::Words(words) => ObstacleView {
                    question: None,
                    words: Some(self.show(&words)),
                },
            }),
            status: row.status,
            projects: row.projects,
            requests: own.then_some(row.requests),
            reply_withdrawn: (own && row.reply.is_some()).then_some(row.is_reply_withdrawn),
            shared_with: own.then_some(row.shared_with),
            entered_on_behalf: entered.cloned(),
            end: ended.map(|need| NeedEnd {
                into: need.into.map(|into| into.0),
                on: need.ended_on,
                project: need.met_by.map(|project| project.0),
                remark: need.remark.as_ref().map(|words| self.show(words)),
            }),
        }
    }

    fn show(&self, words: &domain::Words) -> Value {
        self.words.show(&words.content, Some(words.lang))
    }
}

fn contents(about: &NeedParticulars) -> impl Iterator<Item = &ContentRef> {
    let obstacle = match &about.obstacle {
        Some(Obstacle::Words(words)) => Some(words),
        _ => None,
    };
    about
        .description
        .iter()
        .chain(obstacle)
        .map(|words| &words.content)
}
