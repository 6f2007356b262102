//! The front page: what this is, and where everything is.

use actix_web::HttpResponse;
use askama::Template;

use super::collections::{self, CollectionLine};
use super::mandate::{self, Count};
use super::reports::{self, ReportLine};
use crate::http::log::mandates;
use crate::http::pages::frame::{Frame, public_page};
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;

/// How many of the newest are shown.
const NEWEST: usize = 3;

#[derive(Template)]
#[template(path = "public/front.html")]
struct FrontTemplate {
    frame: Frame,
    paragraphs: String,
    counts: Vec<Count>,
    collections: Vec<CollectionLine>,
    reports: Vec<ReportLine>,
}

/// What this is, and where everything is.
pub async fn front_page(visitor: Visitor) -> Result<HttpResponse, Problem> {
    let w = visitor.words;
    let (view, _) = mandates::read(&visitor.for_anybody()).await?;
    let mut newest = Vec::new();
    for row in collections::newest(&visitor).await?.iter().take(NEWEST) {
        newest.push(collections::line(&visitor, row).await?);
    }
    let (reported, _) = reports::newest(&visitor).await?;
    let reported = reported.iter().take(NEWEST);
    let template = FrontTemplate {
        frame: visitor.frame(w.front_title()).await?,
        paragraphs: w.front_paragraphs(view.paragraphs.len()),
        counts: mandate::counts(w, &view),
        collections: newest,
        reports: reported.map(|row| reports::line(&visitor, row)).collect(),
    };
    public_page(&visitor.http, visitor.lang(), &template)
}
