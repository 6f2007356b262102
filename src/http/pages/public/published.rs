//! A reply, as far as its party consents to its publication.

use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Figure, notices};
use crate::http::handling::caller;
use crate::http::handling::read_record::PublicAnswer;
use crate::http::pages::frame::{Frame, public_page};
use crate::http::pages::moment;
use crate::http::pages::passage::Passage;
use crate::http::pages::reply::check::SectionAnswers;
use crate::http::pages::reply::version::told_sections;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::replies::published::SeenReply;
use crate::http::schemas::collection_notices;
use domain::ReplyId;

#[derive(Template)]
#[template(path = "public/published.html")]
struct PublishedTemplate {
    frame: Frame,
    collection: Uuid,
    collection_title: Passage,
    version: String,
    submitted: Option<String>,
    answers: Figure,
    notices: Vec<Passage>,
    sections: Vec<SectionAnswers>,
}

/// What is published of a reply now, for everybody alike: its party and the Secretariat see no more of it here.
pub async fn published_page(
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path, "reply")?;
    let anybody = visitor.for_anybody();
    let seen = SeenReply::read(&anybody, id).await?;
    PublicAnswer::note(&visitor.http);
    let w = visitor.words;
    let (services, languages) = (&visitor.services, visitor.languages());
    let collection = services.collection(seen.reply.collection, None).await?;
    let submitted = match &seen.reply.source {
        // It came on another day than the one on which it was entered.
        Some(source) => Some(locale::date(w.lang, source.received_on)),
        None => {
            let head = services.log().at(seen.position).await?;
            let time = head.and_then(|head| head.time);
            time.map(|time| moment::told(w.lang, time))
        }
    };
    let party = visitor.party_name(seen.reply.party).await?;
    let told = collection_notices(&collection, languages);
    let answers = locale::integer(w.lang, seen.answered());
    let template = PublishedTemplate {
        frame: visitor.frame(w.published_reply_title(party)).await?,
        collection: seen.reply.collection.0,
        collection_title: Passage::pick(&collection.title, languages, visitor.lang()),
        version: locale::integer(w.lang, seen.reply.version),
        submitted,
        answers: Figure {
            text: answers,
            address: format!("/v1/replies/{id}"),
        },
        notices: notices(&visitor, told.into_iter().chain(seen.notice(languages))),
        sections: told_sections(&visitor, &anybody.caller, &seen.reply, &seen.form).await?,
    };
    public_page(&visitor.http, visitor.lang(), &template)
}
