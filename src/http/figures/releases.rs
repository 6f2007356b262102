//! Releases: an officer shows the public a collection's figures as of a position.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::CollectionId;
use crate::domain::collection::{Collection, Command, Context, Event};
use crate::http::handling::as_of;
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::query;
use crate::http::problem::Problem;
use crate::http::schemas::{AsOf, rfc3339};
use crate::http::services::Services;
use crate::reading::releases::{self as reading, ReleaseRow};

/// A release.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseView {
    /// The collection.
    collection: Uuid,
    /// 1, 2, 3 within the collection.
    release: u32,
    /// The state of the log that is shown.
    as_of: AsOf,
    /// Where in the log the release stands, and when that was recorded.
    released: AsOf,
    /// How many replies of Member States are counted.
    counted: u32,
    /// How many of them the release before did not count.
    newly_counted: u32,
}

impl ReleaseView {
    fn of(collection: Uuid, row: &ReleaseRow) -> Self {
        Self {
            collection,
            release: row.release,
            as_of: AsOf {
                position: row.position,
                time: row.time.clone(),
            },
            released: AsOf {
                position: row.since,
                time: row.released_at.clone(),
            },
            counted: row.counted,
            newly_counted: row.newly_counted,
        }
    }
}

/// The releases of a collection.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseList {
    /// Oldest first.
    items: Vec<ReleaseView>,
}

/// What to release.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseFigures {
    /// A position, a time, or a day to its end in UTC; now, if left out.
    #[schema(value_type = Option<String>, example = "2011-06-30T22:00:00Z")]
    as_of: Option<Value>,
}

/// Releases a collection's figures as of a position: from then on the public reads tallies as of there. Refused where fewer
/// replies were newly counted since the last release than the collection asks for.
#[utoipa::path(tag = "figures", request_body(content = ReleaseFigures, description = "may be left out"),
    responses((status = 201, body = ReleaseView)))]
#[post("/v1/collections/{collection}/releases")]
pub async fn release_figures(
    caller: Caller,
    collection: web::Path<String>,
    body: Body<ReleaseFigures>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: CollectionId = caller::id(&collection, "collection")?;
    let position = as_of::of_body(services.log(), body.value.as_of.as_ref()).await?;
    let decided = services
        .desk
        .decide::<Collection>(
            &caller.request(&body.bytes),
            id.0,
            &[],
            async |reads| {
                let own = reads.own::<Collection>(id.0).await?;
                let releases = own.as_ref().as_ref().map(|own| own.releases.as_slice());
                let last = releases.and_then(<[_]>::last).map(|last| last.position);
                // What was counted at a position never changes, so it needs no guard.
                let pool = reads.desk().log().pool();
                let counted = reading::counted(pool, id.0, position, last).await;
                Ok(Context {
                    counted: counted.map_err(crate::log::ReadError::from)?,
                    ..Context::default()
                })
            },
            || Command::Release { position },
        )
        .await?;
    let released = decided.events.iter().find_map(|event| match event {
        Event::FiguresReleased(released) => Some(released),
        _ => None,
    });
    let released = released.ok_or(Problem::new("internal"))?;
    let time = async |position| -> Result<AsOf, Problem> {
        let head = services.log().at(position).await?;
        Ok(AsOf {
            position,
            time: head.and_then(|head| head.time).map(rfc3339),
        })
    };
    let view = ReleaseView {
        collection: id.0,
        release: released.release,
        as_of: time(released.position).await?,
        released: time(decided.now.position).await?,
        counted: released.counted,
        newly_counted: released.newly_counted,
    };
    let location = format!("/v1/collections/{id}/releases/{}", view.release);
    Ok(conditional::written(
        Some(location),
        decided.now.position,
        &view,
    ))
}

/// The releases of a collection's figures, oldest first.
#[utoipa::path(tag = "figures", responses((status = 200, body = ReleaseList)))]
#[get("/v1/collections/{collection}/releases")]
pub async fn list_releases(
    request: HttpRequest,
    collection: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: CollectionId = caller::id(&collection, "collection")?;
    services.collection(id, None).await?;
    let read = reading::list(services.log().pool(), id.0).await?;
    let items = read.rows.iter().map(|row| ReleaseView::of(id.0, row));
    let view = ReleaseList {
        items: items.collect(),
    };
    let last = read.rows.last().map_or(0, |row| row.since);
    let tag = Tag::Figure(last, Reader::any());
    Ok(conditional::answer(&request, &tag, &view))
}

/// A release.
#[utoipa::path(tag = "figures", responses((status = 200, body = ReleaseView)))]
#[get("/v1/collections/{collection}/releases/{release}")]
pub async fn get_release(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (collection, release) = path.into_inner();
    let id: CollectionId = caller::id(&collection, "collection")?;
    services.collection(id, None).await?;
    let release: u32 = release.parse().map_err(|_| Problem::not_found("release"))?;
    let read = reading::list(services.log().pool(), id.0).await?;
    let row = read.find(Some(release), None);
    let row = row.ok_or(Problem::not_found("release"))?;
    let tag = Tag::Resource(row.since, Reader::any());
    Ok(conditional::answer(
        &request,
        &tag,
        &ReleaseView::of(id.0, row),
    ))
}

/// `release=`: a number.
///
/// # Errors
/// `bad_parameter`.
pub fn number(asked: Option<&str>) -> Result<Option<u32>, Problem> {
    query::parse("release", asked, "the number of a release: 1, 2, 3")
}
