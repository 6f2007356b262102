//! Releases: an officer shows the public a collection's figures as of a position.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::conditional::{self, Reader, Tag};
use crate::http::handling::caller::{self};
use crate::http::handling::lookup::Lookup;
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::handling::{as_of, query};
use crate::http::problem::Problem;
use crate::http::schemas::{AsOf, NoticeView, basis_notice};
use crate::http::services::Services;
use crate::reading::releases::{self as reading, ReleaseRow};
use crate::written;
use domain::collection::{Basis, Collection, Command, Event};
use domain::{CollectionId, Lang};

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
    /// On whom its figures stand: `consenting` or `all`.
    basis: domain::collection::Basis,
    /// How many replies of Member States there were.
    replied: u32,
    /// How many of them are counted: all, or those with a section that is. Null where it was released before collections said
    /// on whom their figures stand; its tallies say how many they count.
    counted: Option<u32>,
    /// How many of these the release before did not count.
    newly_counted: Option<u32>,
    /// On whom its figures stand, for people.
    notices: Vec<NoticeView>,
}

impl ReleaseView {
    fn from_row(collection: Uuid, basis: Basis, row: &ReleaseRow, languages: &[Lang]) -> Self {
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
            basis,
            replied: row.replied,
            counted: row.counted,
            newly_counted: row.newly_counted,
            notices: notices(basis, row, languages),
        }
    }
}

/// On whom a release stands, with numbers where they are known.
fn notices(basis: Basis, row: &ReleaseRow, languages: &[Lang]) -> Vec<NoticeView> {
    let replied = row.replied.to_string();
    let stands = |code: &str, counted: u32| {
        let args = [
            ("replied", replied.as_str()),
            ("counted", &counted.to_string()),
        ];
        NoticeView::new(code, languages, &args)
    };
    let numbers = match basis {
        Basis::Consenting => row
            .counted
            .map(|counted| stands("release_consenting", counted)),
        Basis::All => Some(stands("counted_all", row.replied)),
    };
    [basis_notice(basis, languages)]
        .into_iter()
        .chain(numbers)
        .collect()
}

/// The releases of a collection.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseList {
    /// Oldest first.
    items: Vec<ReleaseView>,
}

/// What to release.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReleaseFigures {
    /// A position, a time, or a day to its end in UTC; now, if left out.
    #[schema(value_type = Option<written::PositionOrTimeInput>, example = "2011-06-30T22:00:00Z")]
    as_of: Option<Value>,
}

/// Releases a collection's figures as of a position: from then on the public reads tallies as of there, which never change.
/// Where they stand on whoever consents, what counts is consented to as of that position, and still is now. Where they stand
/// on all, it is refused if fewer replies were newly counted since the last release than the collection asks for.
#[utoipa::path(post, path = "/v1/collections/{collection}/releases", tag = "figures", request_body(content = ReleaseFigures, description = "may be left out"),
    responses((status = 201, body = ReleaseView)))]
pub async fn release_figures(
    write: Write<ReleaseFigures>,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let services = &write.services;
    let position = as_of::of_body(services.log(), write.body.as_of.as_ref()).await?;
    let release = Command::Release { position };
    let decided = write
        .decide_case::<Collection>(id, &Vec::new(), release)
        .await?;
    let released = decided.events.iter().find_map(|event| match event {
        Event::FiguresReleased(released) => Some(released.release),
        _ => None,
    });
    let released = released.ok_or(Problem::new("internal"))?;
    let view = read(services, id, released, &write.caller.languages).await?;
    let location = format!("/v1/collections/{id}/releases/{released}");
    let position = view.released.position;
    Ok(conditional::write_answer(Some(location), position, &view))
}

/// A release as it is shown.
async fn read(
    services: &Services,
    id: CollectionId,
    release: u32,
    languages: &[Lang],
) -> Result<ReleaseView, Problem> {
    let basis = services.collection(id, None).await?.basis;
    let read = reading::list(services.log().pool(), id.0).await?;
    let row = read.find(Some(release), None);
    let row = row.ok_or(Problem::not_found("release"))?;
    Ok(ReleaseView::from_row(id.0, basis, row, languages))
}

/// The releases of a collection's figures, oldest first.
#[utoipa::path(get, path = "/v1/collections/{collection}/releases", tag = "figures", responses((status = 200, body = ReleaseList)))]
pub async fn list_releases(
    lookup: Lookup,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let basis = lookup.services.collection(id, None).await?.basis;
    let read = reading::list(lookup.pool(), id.0).await?;
    let languages = lookup.languages();
    let items = read.0.iter();
    let items = items.map(|row| ReleaseView::from_row(id.0, basis, row, languages));
    let view = ReleaseList {
        items: items.collect(),
    };
    let last = read.0.last().map_or(0, |row| row.since);
    let tag = Tag::Figure(last, Reader::for_languages(languages));
    Ok(lookup.answer(&tag, &view))
}

/// A release.
#[utoipa::path(get, path = "/v1/collections/{collection}/releases/{release}", tag = "figures", responses((status = 200, body = ReleaseView)))]
pub async fn get_release(
    lookup: Lookup,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (collection, release) = path.into_inner();
    let id: CollectionId = caller::id(&collection, "collection")?;
    lookup.services.collection(id, None).await?;
    let release: u32 = release.parse().map_err(|_| Problem::not_found("release"))?;
    let view = read(&lookup.services, id, release, lookup.languages()).await?;
    let tag = Tag::Resource(view.released.position, lookup.reader());
    Ok(lookup.answer(&tag, &view))
}

/// `release=`: a number.
///
/// # Errors
/// `bad_parameter`.
pub fn number(asked: Option<&str>) -> Result<Option<u32>, Problem> {
    query::parse("release", asked)
}
