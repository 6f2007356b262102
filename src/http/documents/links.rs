//! What a document belongs to.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::documents::{DocumentView, answer};
use crate::http::handling::caller;
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::schemas::Nothing;
use domain::DocumentId;
use domain::document::{Command, Document, DocumentRelation, Target};
use domain::phrase::{Phrase, expected};

/// What a document is to be linked to, and how.
#[derive(Debug, Deserialize, ToSchema)]
pub struct LinkDocument {
    /// One of `{"meeting": id}`, `{"instrument": id}`, `{"consultation": id}`, `{"collection": id}`, `{"report": id}`.
    #[schema(value_type = LinkTarget)]
    to: TargetInput,
    /// before_the_meeting and outcome (of a meeting), report_of, progress_report (on an instrument, or to a meeting),
    /// text_of (an instrument or a report), about
    #[serde(rename = "as")]
    how: DocumentRelation,
}

/// What a document is linked to: one of the five.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(min_properties = 1, max_properties = 1)]
pub struct LinkTarget {
    /// A meeting.
    meeting: Option<Uuid>,
    /// An instrument.
    instrument: Option<Uuid>,
    /// A consultation.
    consultation: Option<Uuid>,
    /// A collection.
    collection: Option<Uuid>,
    /// A report to the Commission.
    report: Option<Uuid>,
}

/// What a document is linked to, as it is sent.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "LinkTarget")]
struct TargetInput(Target);

impl TryFrom<LinkTarget> for TargetInput {
    type Error = Phrase;

    fn try_from(new: LinkTarget) -> Result<Self, Self::Error> {
        let named = [
            ("meeting", new.meeting),
            ("instrument", new.instrument),
            ("consultation", new.consultation),
            ("collection", new.collection),
            ("report", new.report),
        ];
        let members = named.map(|(kind, _)| kind);
        let mut named = named
            .into_iter()
            .filter_map(|(kind, id)| Target::from_stream(kind, id?));
        match (named.next(), named.next()) {
            (Some(target), None) => Ok(Self(target)),
            _ => Err(expected::ONE_NAMED.codes(members)),
        }
    }
}

/// Links a document to what it belongs to.
#[utoipa::path(post, path = "/v1/documents/{document}/links", tag = "documents", request_body = LinkDocument, responses((status = 200, body = DocumentView)))]
pub async fn link_document(
    write: Write<LinkDocument>,
    PathId(id): PathId<DocumentId>,
) -> Result<HttpResponse, Problem> {
    let link = Command::Link {
        to: write.body.to.0,
        how: write.body.how,
    };
    let decided = write.decide::<Document>(id, link).await?;
    answer(&write.caller, &decided, false)
}

/// Takes a link of a document back: that to `object`, of the kind `target`, as `relation`.
#[utoipa::path(delete, path = "/v1/documents/{document}/links/{target}/{object}/{relation}", tag = "documents", responses((status = 200, body = DocumentView)))]
pub async fn unlink_document(
    write: Write<Nothing>,
    path: web::Path<(String, String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (document, target, object, relation) = path.into_inner();
    let id: DocumentId = caller::id(&document, "document")?;
    let object: Uuid = caller::id(&object, "link")?;
    let to = Target::from_stream(&target, object).ok_or(Problem::not_found("link"))?;
    let how: DocumentRelation = relation.parse().map_err(|_| Problem::not_found("link"))?;
    let unlink = Command::Unlink { to, how };
    let decided = write.decide::<Document>(id, unlink).await?;
    answer(&write.caller, &decided, false)
}
