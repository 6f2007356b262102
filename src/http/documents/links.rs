//! What a document belongs to.

use actix_web::{HttpResponse, delete, post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::{DeskError, Reads};
use crate::http::documents::{DocumentView, answer};
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::problem::Problem;
use crate::http::services::Services;
use domain::DocumentId;
use domain::collection::Collection;
use domain::consultation::Consultation;
use domain::document::{Command, Context, Document, LinkAs, Target};
use domain::instrument::Instrument;
use domain::meeting::Meeting;
use domain::report::Report;
use domain::said::{Phrase, expected};

/// What a document is to be linked to, and how.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkDocument {
    /// One of `{"meeting": id}`, `{"instrument": id}`, `{"consultation": id}`, `{"collection": id}`, `{"report": id}`.
    #[schema(value_type = LinkTarget)]
    to: TargetInput,
    /// before_the_meeting and outcome (of a meeting), report_of, progress_report (on an instrument, or to a meeting),
    /// text_of (an instrument or a report), about
    #[serde(rename = "as")]
    #[schema(value_type = String)]
    how: LinkAs,
}

/// What a document is linked to: one of the five.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
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
            .filter_map(|(kind, id)| Target::of(kind, id?));
        match (named.next(), named.next()) {
            (Some(target), None) => Ok(Self(target)),
            _ => Err(expected::ONE_NAMED.codes(members)),
        }
    }
}

/// Links a document to what it belongs to.
#[utoipa::path(tag = "documents", request_body = LinkDocument, responses((status = 200, body = DocumentView)))]
#[post("/v1/documents/{document}/links")]
pub async fn link_document(
    caller: Caller,
    document: web::Path<String>,
    body: Body<LinkDocument>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: DocumentId = caller::id(&document, "document")?;
    let (to, how) = (body.value.to.0, body.value.how);
    let decided = services
        .desk
        .decide::<Document>(
            &caller.request(&body.bytes),
            id.0,
            &[],
            async |reads| context(reads, to).await,
            || Command::Link { to, how },
        )
        .await?;
    answer(&caller, &decided, false)
}

/// Takes a link of a document back: that to `object`, of the kind `target`, as `relation`.
#[utoipa::path(tag = "documents", responses((status = 200, body = DocumentView)))]
#[delete("/v1/documents/{document}/links/{target}/{object}/{relation}")]
pub async fn unlink_document(
    caller: Caller,
    path: web::Path<(String, String, String, String)>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (document, target, object, relation) = path.into_inner();
    let id: DocumentId = caller::id(&document, "document")?;
    let object: Uuid = caller::id(&object, "link")?;
    let to = Target::of(&target, object).ok_or(Problem::not_found("link"))?;
    let how: LinkAs = relation.parse().map_err(|_| Problem::not_found("link"))?;
    let decided = services
        .desk
        .decide::<Document>(
            &caller.request(&[]),
            id.0,
            &[],
            async |_| Ok(Context::default()),
            || Command::Unlink { to, how },
        )
        .await?;
    answer(&caller, &decided, false)
}

/// Whether there is what a document is to be linked to.
///
/// # Errors
/// [`DeskError::Read`].
pub async fn context(reads: &mut Reads<'_>, to: Target) -> Result<Context, DeskError> {
    let stream = to.stream();
    // What is there once stays there, so it needs no guard.
    let desk = reads.desk();
    let known = |fresh| async move {
        Ok::<_, DeskError>(match to {
            Target::Meeting(_) => desk.load::<Meeting>(stream, fresh).await?.state.is_some(),
            Target::Instrument(_) => desk
                .load::<Instrument>(stream, fresh)
                .await?
                .state
                .is_some(),
            Target::Consultation(_) => desk
                .load::<Consultation>(stream, fresh)
                .await?
                .state
                .is_some(),
            Target::Collection(_) => desk
                .load::<Collection>(stream, fresh)
                .await?
                .state
                .is_some(),
            Target::Report(_) => desk.load::<Report>(stream, fresh).await?.state.is_some(),
        })
    };
    let target_exists = known(false).await? || known(true).await?;
    Ok(Context { target_exists })
}
