//! The mandate tracker: how far each operative paragraph of the resolution is, and the events that show it.

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::as_of;
use super::caller::Caller;
use super::conditional::{Reader, Tag};
use super::figures::{self, Figure, Figures};
use super::problem::Problem;
use super::query::Query;
use super::schemas::AsOf;
use super::services::Services;
use crate::domain::Lang;
use crate::domain::mandate::{self, Paragraph};
use crate::log::ReadError;
use crate::reading::mandate as reading;
use crate::texts;

/// The only resolution tracked, as it stands in paths.
const PATH: &str = "2004-28";

/// How far a resolution is.
#[derive(Debug, Serialize, ToSchema)]
pub struct MandateView {
    /// The resolution: 2004/28.
    resolution: &'static str,
    /// The state of the log that was looked at.
    as_of: AsOf,
    /// Its operative paragraphs, in their order.
    paragraphs: Vec<ParagraphView>,
}

/// An operative paragraph.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParagraphView {
    /// 1 to 17.
    paragraph: u8,
    /// What it asks, in our own short words.
    asks: String,
    /// Of whom.
    of: String,
    /// not_begun, under_way, done, continuing, not_applicable
    state: String,
    /// Its items; empty where it has none.
    items: Vec<ItemView>,
    /// The events that show it, in the order of the log.
    evidence: Vec<EvidenceView>,
}

/// An item of a paragraph.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemView {
    /// Its letter.
    item: char,
    /// not_begun, under_way, done, continuing, not_applicable
    state: String,
}

/// An event.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceView {
    /// Its place in the log.
    position: u64,
    /// What happened; see docs/events.md.
    kind: &'static str,
    /// The object that it happened to; it has a timeline.
    object: Uuid,
}

impl ParagraphView {
    fn of(paragraph: Paragraph, languages: &[Lang]) -> Self {
        let number = paragraph.paragraph;
        let say =
            |what: &str| texts::text::<&str>(&format!("mandate.{number}.{what}"), languages, &[]);
        let items = paragraph.items.into_iter();
        let evidence = paragraph.evidence.into_iter();
        Self {
            paragraph: number,
            asks: say("asks"),
            of: say("of"),
            state: paragraph.state.to_string(),
            items: items
                .map(|(item, state)| ItemView {
                    item,
                    state: state.to_string(),
                })
                .collect(),
            evidence: evidence
                .map(|shown| EvidenceView {
                    position: shown.position,
                    kind: shown.kind,
                    object: shown.object,
                })
                .collect(),
        }
    }
}

/// As of when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GetMandate {
    /// A position or a time.
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// How far each operative paragraph of resolution 2004/28 is, computed from the log by stated rules.
#[utoipa::path(tag = "mandates", params(GetMandate), responses((status = 200, body = MandateView)))]
#[get("/v1/mandates/{resolution}")]
pub async fn get_mandate(
    request: HttpRequest,
    caller: Caller,
    resolution: web::Path<String>,
    Query(asked): Query<GetMandate>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    if resolution.as_str() != PATH {
        return Err(Problem::not_found("resolution"));
    }
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let asked = as_of.as_ref().map(|head| head.position);
    let key = Figures::key(&request, &caller.languages);
    let known = services
        .figures
        .get(&key, asked.unwrap_or_else(|| services.head()));
    if let Some(figure) = known {
        return Ok(figures::answer(&request, &figure));
    }
    let read = reading::events(services.log().pool(), asked).await;
    let read = read.map_err(ReadError::from)?;
    let paragraphs = mandate::evaluate(&read.rows).map_err(|error| ReadError::Stored {
        position: read.changed,
        why: error.to_string(),
    })?;
    let head = match as_of {
        Some(head) => Some(head),
        None => services.log().at(read.position).await?,
    };
    let view = MandateView {
        resolution: mandate::RESOLUTION,
        as_of: head.ok_or(Problem::new("internal"))?.into(),
        paragraphs: paragraphs
            .into_iter()
            .map(|paragraph| ParagraphView::of(paragraph, &caller.languages))
            .collect(),
    };
    let figure = Figure {
        position: read.position,
        tag: Tag::Figure(read.changed, Reader::of(&caller.languages)),
        lang: figures::language(&caller.languages).0,
        body: serde_json::to_string(&view).map_err(|_| Problem::new("internal"))?,
    };
    let figure = services.figures.put(key, figure);
    Ok(figures::answer(&request, &figure))
}
