//! What of a reply may be published: its party decides, and may change its mind at any time.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::PresentResource;
use crate::http::conditional::{self, Tag};
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::Lookup;
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::rights::reply::visible;
use crate::http::rights::reply_actor::ReplyActor;
use crate::http::schemas::{ConsentInput, ConsentShape, NoticeView, basis_notice};
use crate::http::services::Services;
use domain::ReplyId;
use domain::collection::Basis;
use domain::reply::{Command, Consent, Reply, Source};

/// What may be published of a reply.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicationView {
    /// The reply.
    reply: Uuid,
    /// What its party consents to; null: to nothing.
    #[schema(value_type = Option<ConsentShape>)]
    publication: Option<Consent>,
    /// In what the party said so, where the Secretariat recorded it; null where it said so itself.
    source: Option<Source>,
    /// What whoever decides must know: on whom the collection's public figures stand, and what withdrawing consent changes.
    notices: Vec<NoticeView>,
}

impl PublicationView {
    async fn load(
        services: &Services,
        caller: &Caller,
        id: ReplyId,
        reply: &Reply,
    ) -> Result<Self, Problem> {
        let basis = services.collection(reply.collection, None).await?.basis;
        let languages = &caller.languages;
        let withdrawing = match basis {
            Basis::Consenting => "withdrawing_consent",
            Basis::All => "withdrawing_consent_all",
        };
        Ok(Self {
            reply: id.0,
            publication: reply.publication.clone(),
            source: reply.publication_source.clone(),
            notices: vec![
                basis_notice(basis, languages),
                NoticeView::new(withdrawing, languages, &[]),
            ],
        })
    }
}

/// What the party of a reply consents to have published of it; told a contributor of the sections that it reads.
#[utoipa::path(get, path = "/v1/replies/{reply}/publication", tag = "replies", responses((status = 200, body = PublicationView)))]
pub async fn get_publication(
    lookup: Lookup,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let held = visible(&lookup.services, &lookup.caller, id, true).await?;
    let view = PublicationView::load(&lookup.services, &lookup.caller, id, &held).await?;
    let reader = lookup.reader();
    let tag = Tag::Resource(held.position, held.sight.tagged(reader));
    Ok(lookup.answer(&tag, &view))
}

/// What may be published from now on.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DecidePublication {
    /// Null: nothing. It must be said, so that consent is never withdrawn by leaving something out.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(value_type = Option<ConsentShape>, required)]
    publication: Option<ConsentInput>,
    /// In what the party said so, where the Secretariat records it; left out where the party decides itself.
    source: Option<Source>,
}

/// Decides what may be published of a submitted reply, after the close of the collection too. It holds at once, for
/// what is read as of past positions too; what others have read meanwhile cannot be taken back. Of a version that was replaced
/// nothing is shown but what its party had consented to while it stood, and has consented to ever since: what is given again is
/// given for the version that stands. Figures follow with the next release. Consent can be given ten times within 24 hours; it
/// can be withdrawn, wholly or in part, at any time. The Secretariat records what a party says by letter, and names it.
#[utoipa::path(put, path = "/v1/replies/{reply}/publication", tag = "replies", request_body = DecidePublication, responses((status = 200, body = PublicationView)))]
pub async fn decide_publication(
    write: Write<DecidePublication>,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let acting = ReplyActor::on(&write.services, &write.caller, id).await?;
    let decide = Command::DecidePublication {
        publication: write.body.publication.clone().map(|given| given.consent),
        source: write.body.source.clone(),
        now: clock::now(),
    };
    let decided = acting.decide(write.request(), &[], decide);
    let publication = write.body.publication.as_ref();
    let decided = decided.await.map_err(|error| {
        ConsentInput::remap_sections(publication, "/publication/sections", Problem::from(error))
    })?;
    let now = PresentResource::from_loaded(&decided.now).ok_or(Problem::not_found("reply"))?;
    let view = PublicationView::load(&write.services, &write.caller, id, &now).await?;
    Ok(conditional::write_answer(None, decided.now.position, &view))
}
