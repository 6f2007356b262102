//! Projects, as they are read. They are public; what they name of needs, requests and replies only as far as that is.

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::assistance::project_view::{MoneyView, ProjectRepresentation, ProjectView};
use crate::http::handling::as_of;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::page::{Page, Slice};
use crate::http::handling::path_id::PathId;
use crate::http::handling::query::{self, Query};
use crate::http::problem::Problem;
use crate::http::schemas::chosen;
use crate::http::schemas::written;
use crate::http::services::Services;
use crate::reading::projects::{self as reading, Filter};
use domain::ProjectId;
use domain::project::{Project, Status};

/// A project in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectItem {
    /// Its id.
    id: Uuid,
    /// What it is called, in the language `lang`.
    title: String,
    /// The language of `title`.
    #[schema(value_type = Option<domain::Lang>)]
    lang: Option<String>,
    /// proposed, funded, under_way, completed, cancelled
    #[schema(value_type = domain::project::Status)]
    status: String,
    /// Since which day it stands so.
    #[schema(format = Date)]
    status_on: String,
    /// Whether it is for a country after a conflict.
    post_conflict: bool,
    /// When it is to begin.
    #[schema(format = Date)]
    starts_on: Option<String>,
    /// When it is to end.
    #[schema(format = Date)]
    ends_on: Option<String>,
    /// What it is to cost, by currency. Never added up.
    budget: Vec<MoneyView>,
    /// How it stands with the resources that it is subject to: sought, secured, not_available
    #[schema(value_type = Option<domain::meeting::ResourcesState>)]
    resources: Option<String>,
    /// How much of money is there for it: none; pledged, which has not come yet; received, be it a part
    #[schema(value_type = written::Funds)]
    funds: String,
}

/// How far money for a project can be.
pub(in crate::http) const FUNDS: [&str; 3] = ["none", "pledged", "received"];

/// Which projects.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListProjects {
    /// Only those that stand so: proposed, funded, under_way, completed, cancelled.
    #[param(value_type = Option<domain::project::Status>, inline)]
    status: Option<String>,
    /// `true`: only those for a country after a conflict; `false`: only the others.
    #[param(value_type = Option<bool>)]
    post_conflict: Option<String>,
    /// `true`: only those that are not over and for which no money was pledged or given; `false`: only the others.
    #[param(value_type = Option<bool>)]
    without_funds: Option<String>,
    /// Only those for which money is so far: none, pledged, received.
    #[param(value_type = Option<written::Funds>, inline)]
    funds: Option<String>,
    /// Where the page begins: `next` of the page before.
    #[param(value_type = Option<written::Cursor>, inline)]
    cursor: Option<String>,
    /// How many at most: 1 to 500, 100 if left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 500)]
    limit: Option<String>,
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// Projects, in the order in which they were proposed.
#[utoipa::path(tag = "projects", params(ListProjects), responses((status = 200, body = Page<ProjectItem>)))]
#[get("/v1/projects")]
pub async fn list_projects(
    request: HttpRequest,
    caller: Caller,
    Query(asked): Query<ListProjects>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let status = query::parse::<Status>("status", asked.status.as_deref())?;
    let without_funds = query::parse("without_funds", asked.without_funds.as_deref())?;
    let funds = query::one_of("funds", asked.funds.as_deref(), &FUNDS)?;
    let post_conflict = query::parse("post_conflict", asked.post_conflict.as_deref())?;
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let slice = Slice::read(&request, asked.cursor.as_deref(), asked.limit.as_deref())?;
    let filter = Filter {
        status: status.map(Status::as_str),
        post_conflict,
        without_funds,
        funds,
        after: slice.after_key()?,
    };
    let as_of = as_of.map(|head| head.position);
    let read = reading::list(services.log().pool(), as_of, &filter, slice.rows()).await?;
    let page = slice
        .page(read.rows, read.position, |row| row.id.to_string())
        .map(|row| {
            let (lang, title) = chosen(&row.title, &caller.languages);
            ProjectItem {
                id: row.id,
                title,
                lang,
                status: row.status,
                status_on: row.status_on,
                post_conflict: row.post_conflict,
                starts_on: row.starts_on,
                ends_on: row.ends_on,
                budget: row.budget.iter().map(MoneyView::from).collect(),
                resources: row.resources,
                funds: row.funds,
            }
        });
    let tag = Tag::Figure(read.changed, Reader::of(&caller.languages));
    Ok(conditional::answer(&request, &tag, &page))
}

/// When to look.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GetProject {
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// A project, with the contributions to it. Of what it names, the reader is shown what the reader may see now.
#[utoipa::path(tag = "projects", params(GetProject), responses((status = 200, body = ProjectView)))]
#[get("/v1/projects/{project}")]
pub async fn get_project(
    request: HttpRequest,
    caller: Caller,
    PathId(id): PathId<ProjectId>,
    Query(asked): Query<GetProject>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let as_of = as_of.map(|head| head.position);
    let project = as_of::present::<Project, _, _>(&services.desk, id, as_of).await?;
    let shown = ProjectRepresentation::of(&services, &caller, id, &project, as_of).await?;
    let tag = if shown.is_withheld {
        Tag::Published(project.position, shown.reader)
    } else {
        Tag::Resource(project.position, shown.reader)
    };
    let lang = shown.view.lang.as_deref();
    Ok(conditional::answer_in(&request, &tag, lang, &shown.view))
}
