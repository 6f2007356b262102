//! What happens to a project: proposed, planned otherwise, funded, begun, completed, cancelled; its resources.

use actix_web::HttpResponse;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::desk::PresentResource;
use crate::http::assistance::project_plan::ProjectPlan;
use crate::http::assistance::project_view::{ProjectRepresentation, ProjectView};
use crate::http::conditional;
use crate::http::handling::dates;
use crate::http::handling::path_id::PathId;
use crate::http::handling::word_input::NewWords;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::schemas::StepOn;
use crate::reference;
use domain::ProjectId;
use domain::project::{Command, Project, Step};
use domain::resources::ResourcesRecorded;

/// A project to propose.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ProposeProject {
    /// What is planned.
    plan: ProjectPlan,
    /// The day of the proposal, not one that is still to come.
    #[serde(deserialize_with = "dates::read_day")]
    on: Date,
}

/// Proposes a project.
#[utoipa::path(post, path = "/v1/projects", tag = "projects", request_body = ProposeProject, responses((status = 201, body = ProjectView)))]
pub async fn propose_project(write: Write<ProposeProject>) -> Result<HttpResponse, Problem> {
    let propose = Command::Propose {
        plan: write.body.plan.read(),
        on: write.body.on,
        today: dates::today(),
    };
    let proposed = change(&write, ProjectId(clock::new_id()), propose).await;
    proposed.map_err(|problem| {
        problem.remap_pointers(|at| (!at.is_empty() && at != "/on").then(|| format!("/plan{at}")))
    })
}

/// Plans a project otherwise, as long as it is not over: what is planned is given as a whole.
#[utoipa::path(put, path = "/v1/projects/{project}", tag = "projects", request_body = ProjectPlan, responses((status = 200, body = ProjectView)))]
pub async fn edit_project(
    write: Write<ProjectPlan>,
    PathId(id): PathId<ProjectId>,
) -> Result<HttpResponse, Problem> {
    let plan = write.body.whole()?;
    change(&write, id, Command::Edit(plan)).await
}

/// Records that the money for a project is there.
#[utoipa::path(post, path = "/v1/projects/{project}/funding", tag = "projects", request_body = StepOn, responses((status = 200, body = ProjectView)))]
pub async fn fund_project(
    write: Write<StepOn>,
    PathId(id): PathId<ProjectId>,
) -> Result<HttpResponse, Problem> {
    advance(&write, id, Step::Fund).await
}

/// Records that a project is under way.
#[utoipa::path(post, path = "/v1/projects/{project}/start", tag = "projects", request_body = StepOn, responses((status = 200, body = ProjectView)))]
pub async fn begin_project(
    write: Write<StepOn>,
    PathId(id): PathId<ProjectId>,
) -> Result<HttpResponse, Problem> {
    advance(&write, id, Step::Begin).await
}

/// Records that a project has ended as planned.
#[utoipa::path(post, path = "/v1/projects/{project}/completion", tag = "projects", request_body = StepOn, responses((status = 200, body = ProjectView)))]
pub async fn complete_project(
    write: Write<StepOn>,
    PathId(id): PathId<ProjectId>,
) -> Result<HttpResponse, Problem> {
    advance(&write, id, Step::Complete).await
}

async fn advance(write: &Write<StepOn>, id: ProjectId, to: Step) -> Result<HttpResponse, Problem> {
    let advance = Command::Advance {
        to,
        on: write.body.on,
        today: dates::today(),
    };
    change(write, id, advance).await
}

/// Why a project is given up.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CancelProject {
    /// The day.
    #[serde(deserialize_with = "dates::read_day")]
    on: Date,
    /// Why; shown to the Secretariat only.
    reason: NewWords,
}

/// Gives a project up.
#[utoipa::path(post, path = "/v1/projects/{project}/cancellation", tag = "projects", request_body = CancelProject, responses((status = 200, body = ProjectView)))]
pub async fn cancel_project(
    mut write: Write<CancelProject>,
    PathId(id): PathId<ProjectId>,
) -> Result<HttpResponse, Problem> {
    let cancel = Command::Cancel {
        on: write.body.on,
        reason: write.body.reason.as_answer(&mut write.contents)?,
        today: dates::today(),
    };
    change(&write, id, cancel).await
}

/// Records how it stands with the extrabudgetary resources that a project is subject to.
#[utoipa::path(put, path = "/v1/projects/{project}/resources", tag = "projects", request_body = ResourcesRecorded, responses((status = 200, body = ProjectView)))]
pub async fn record_project_resources(
    write: Write<ResourcesRecorded>,
    PathId(id): PathId<ProjectId>,
) -> Result<HttpResponse, Problem> {
    let record = Command::RecordResources {
        resources: write.body.clone(),
        today: dates::today(),
    };
    change(&write, id, record).await
}

/// Decides on a command to a project, and answers it as it then is.
async fn change<B>(
    write: &Write<B>,
    id: ProjectId,
    command: Command,
) -> Result<HttpResponse, Problem> {
    let is_new = matches!(command, Command::Propose { .. });
    let currencies =
        reference::currencies::known_currencies().map_err(|_| Problem::new("internal"))?;
    let decided = write.decide_case::<Project>(id, &currencies, command);
    let decided = decided.await?;
    let id = ProjectId(decided.stream);
    let project =
        PresentResource::from_loaded(&decided.now).ok_or(Problem::not_found("project"))?;
    let (services, caller) = (&write.services, &write.caller);
    let shown = ProjectRepresentation::load(services, caller, id, &project, decided.as_of).await?;
    let location = is_new.then(|| format!("/v1/projects/{id}"));
    Ok(conditional::write_answer(
        location,
        project.position,
        &shown.view,
    ))
}
