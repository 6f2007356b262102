//! Projects, as they are read. They are public; what they name of needs, requests and replies only as far as that is.

use actix_web::HttpResponse;

use crate::http::assistance::project_view::{ProjectRepresentation, ProjectView};
use crate::http::conditional::Tag;
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::PathId;
use crate::http::handling::query;
use crate::http::problem::Problem;
use crate::reading::projects::{self as reading, ProjectFilter, ProjectRow};
use crate::written::FUNDS;
use domain::ProjectId;
use domain::project::Project;

/// Projects, in the order in which they were proposed.
#[utoipa::path(get, path = "/v1/projects", tag = "projects", params(ProjectFilter, Paging, At), responses((status = 200, body = Page<ProjectRow>)))]
pub async fn list_projects(list: ListLookup<ProjectFilter>) -> Result<HttpResponse, Problem> {
    query::one_of("funds", list.query.funds.as_deref(), &FUNDS)?;
    let read = async || Ok(reading::list(list.pool(), &list.part()?, &list.query).await?);
    let show = |row: ProjectRow| row.told(list.languages());
    list.answer_page(read, |row| row.id, show).await
}

/// A project, with the contributions to it. Of what it names, the reader is shown what the reader may see now.
#[utoipa::path(get, path = "/v1/projects/{project}", tag = "projects", params(At), responses((status = 200, body = ProjectView)))]
pub async fn get_project(
    lookup: Lookup,
    PathId(id): PathId<ProjectId>,
) -> Result<HttpResponse, Problem> {
    let project = lookup.object::<Project, _, _>(id).await?;
    let (services, caller) = (&lookup.services, &lookup.caller);
    let as_of = lookup.position();
    let shown = ProjectRepresentation::load(services, caller, id, &project, as_of).await?;
    let tag = if shown.is_withheld {
        Tag::Published(project.position, shown.reader)
    } else {
        Tag::Resource(project.position, shown.reader)
    };
    Ok(lookup.answer_in(shown.view.lang.map(domain::Lang::as_str), &tag, &shown.view))
}
