//! The mandate tracker: how far each operative paragraph of the resolution is, and the events that show it.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::conditional::Tag;
use crate::http::figures;
use crate::http::handling::lookup::{At, Lookup};
use crate::http::problem::Problem;
use crate::http::schemas::{AsOf, NoticeView};
use crate::http::services::kept_answers::KeptAnswer;
use crate::reading::mandate as reading;
use domain::Lang;
use domain::mandate::{self, Paragraph};
use event_log::ReadError;

/// The only resolution tracked, as it stands in paths.
const PATH: &str = "2004-28";

/// Where it is.
pub const ADDRESS: &str = "/v1/mandates/2004-28";

/// How far a resolution is.
#[derive(Debug, Serialize, ToSchema)]
pub struct MandateView {
    /// The resolution: 2004/28.
    resolution: &'static str,
    /// The state of the log that was looked at.
    pub as_of: AsOf,
    /// Its operative paragraphs, in their order.
    pub paragraphs: Vec<ParagraphView>,
    /// What a reader must know: that a language is missing.
    pub notices: Vec<NoticeView>,
}

/// An operative paragraph.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParagraphView {
    /// 1 to 17.
    pub paragraph: u8,
    /// What it asks, in our own short words.
    asks: String,
    /// Of whom.
    of: String,
    /// not_begun, under_way, done, continuing, not_applicable
    pub state: domain::mandate::State,
    /// Its items; empty where it has none.
    pub items: Vec<ItemView>,
    /// The events that show it, in the order of the log.
    pub evidence: Vec<ParagraphEventView>,
}

/// An item of a paragraph.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemView {
    /// Its letter.
    pub item: char,
    /// not_begun, under_way, done, continuing, not_applicable
    pub state: domain::mandate::State,
}

/// An event.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParagraphEventView {
    /// Its place in the log.
    position: u64,
    /// What happened; see docs/events.md.
    kind: &'static str,
    /// The object that it happened to; whoever may see it finds its timeline under this id.
    object: Uuid,
}

impl ParagraphView {
    fn from_paragraph(paragraph: &Paragraph, languages: &[Lang]) -> Self {
        let number = paragraph.paragraph;
        let say =
            |what: &str| texts::text::<&str>(&format!("mandate.{number}.{what}"), languages, &[]);
        let items = paragraph.items.iter();
        let evidence = paragraph.evidence.iter();
        Self {
            paragraph: number,
            asks: say("asks"),
            of: say("of"),
            state: paragraph.state,
            items: items
                .map(|(item, state)| ItemView {
                    item: *item,
                    state: *state,
                })
                .collect(),
            evidence: evidence
                .map(|shown| ParagraphEventView {
                    position: shown.position,
                    kind: shown.kind,
                    object: shown.object,
                })
                .collect(),
        }
    }
}

/// How far each operative paragraph of resolution 2004/28 is, computed from the log by the rules that docs/mandate.md states.
#[utoipa::path(get, path = "/v1/mandates/{resolution}", tag = "mandates", params(At), responses((status = 200, body = MandateView)))]
pub async fn get_mandate(
    lookup: Lookup,
    resolution: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    if resolution.as_str() != PATH {
        return Err(Problem::not_found("resolution"));
    }
    lookup
        .answer_kept(async || mandate_now(&lookup).await)
        .await
}

/// How far it is, as of then.
async fn mandate_now(lookup: &Lookup) -> Result<KeptAnswer, Problem> {
    let (view, changed) = read(lookup).await?;
    let lang = figures::language(lookup.languages()).0;
    let tag = Tag::Figure(changed, lookup.reader());
    KeptAnswer::new(view.as_of.position, tag, Some(lang), &view)
}

/// How far it is, as of then, and the last position at which that could have changed.
///
/// # Errors
/// The database does not answer.
pub async fn read(lookup: &Lookup) -> Result<(MandateView, u64), Problem> {
    let (services, languages) = (&lookup.services, lookup.languages());
    let read = reading::changed(lookup.pool(), lookup.position()).await;
    let read = read.map_err(ReadError::from)?;
    let paragraphs = services
        .tracked
        .paragraphs(services.log(), read.changed)
        .await?;
    let head = match &lookup.as_of {
        Some(head) => Some(head.clone()),
        None => services.log().at(read.position).await?,
    };
    let (_, missing) = figures::language(languages);
    let view = MandateView {
        resolution: mandate::RESOLUTION,
        as_of: head.ok_or(Problem::new("internal"))?.into(),
        notices: missing.into_iter().collect(),
        paragraphs: paragraphs
            .iter()
            .map(|paragraph| ParagraphView::from_paragraph(paragraph, languages))
            .collect(),
    };
    Ok((view, read.changed))
}
