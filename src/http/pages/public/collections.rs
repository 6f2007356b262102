//! What was sent out.

use actix_web::HttpResponse;
use askama::Template;
use uuid::Uuid;

use super::{Figure, all, participation, shown, title};
use crate::http::figures::participation::{self as figures, GetParticipation};
use crate::http::pages::frame::{Frame, public_page};
use crate::http::pages::moment;
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::schemas::collection_notices;
use crate::reading::collections::{self as reading, CollectionRow};
use domain::CollectionId;
use domain::collection::Status;

/// How many are on a page.
const SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "public/collections.html")]
struct CollectionsTemplate {
    frame: Frame,
    collections: Vec<CollectionLine>,
    next: Option<Uuid>,
}

/// A collection, and how many have replied to it.
pub struct CollectionLine {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub title: Passage,
    /// The letter.
    pub letter: String,
    /// Whether replies are taken.
    pub status: String,
    /// How many have replied.
    pub replied: Figure,
    /// What a reader must know, such as that its answers are made up.
    pub notices: Vec<Passage>,
}

/// Every collection, the newest first.
///
/// # Errors
/// The database does not answer.
pub async fn newest(visitor: &Visitor) -> Result<Vec<CollectionRow>, Problem> {
    let read = async |part| reading::list(visitor.pool(), &part).await;
    let (mut rows, _) = all(|row: &CollectionRow| row.id, read).await?;
    rows.reverse();
    Ok(rows)
}

/// A collection as a line.
///
/// # Errors
/// The database does not answer.
pub async fn line(visitor: &Visitor, row: &CollectionRow) -> Result<CollectionLine, Problem> {
    let w = visitor.words;
    let id = CollectionId(row.id);
    let collection = visitor.services.fresh_collection(id).await?;
    let asked = GetParticipation::default();
    let (view, _) = figures::read(&visitor.for_anybody(), id, &asked).await?;
    let deadline = moment::deadline(w.lang, &collection.deadline);
    Ok(CollectionLine {
        id: row.id,
        title: title(visitor, &row.title),
        letter: w.collection_letter(&row.reference, locale::date(w.lang, row.opened_on)),
        status: match row.status {
            Status::Open => w.collection_open(deadline),
            Status::Closed => w.collection_closed().to_owned(),
        },
        replied: participation::replied(w, &view),
        notices: super::notices(
            visitor,
            collection_notices(&collection, visitor.languages()),
        ),
    })
}

/// What was sent out, the newest first.
pub async fn collections_page(visitor: Visitor) -> Result<HttpResponse, Problem> {
    let rows = newest(&visitor).await?;
    let part = shown(&visitor, rows, SHOWN, |row| row.id)?;
    let mut collections = Vec::new();
    for row in &part.rows {
        collections.push(line(&visitor, row).await?);
    }
    let template = CollectionsTemplate {
        frame: visitor.frame(visitor.words.collections_title()).await?,
        collections,
        next: part.next,
    };
    public_page(&visitor.http, visitor.lang(), &template)
}
