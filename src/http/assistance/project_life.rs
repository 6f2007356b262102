//! What happens to a project: proposed, planned otherwise, funded, begun, completed, cancelled; its resources.

use actix_web::{HttpResponse, post, put, web};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::desk::{Decided, Reads};
use crate::http::assistance::project_plan::{ProjectPlan, context};
use crate::http::assistance::project_view::{ProjectView, Shown};
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::conditional;
use crate::http::handling::dates;
use crate::http::handling::there::There;
use crate::http::handling::word_input::NewWords;
use crate::http::meetings::life::RecordResources;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::reference;
use domain::ProjectId;
use domain::project::{Command, Context, NewPlan, Project, ProjectResourcesRecorded, Step};
use event_log::NewContent;

/// A project to propose.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeProject {
    /// What is planned.
    plan: ProjectPlan,
    /// The day of the proposal, not one that is still to come.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    on: Date,
}

/// Proposes a project.
#[utoipa::path(tag = "projects", request_body = ProposeProject, responses((status = 201, body = ProjectView)))]
#[post("/v1/projects")]
pub async fn propose_project(
    caller: Caller,
    body: Body<ProposeProject>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = ProjectId(clock::new_id());
    let plan = body.value.plan.read();
    let propose = || Command::Propose {
        plan: plan.clone(),
        on: body.value.on,
        today: dates::today(),
    };
    let placed = |problem: Problem| {
        problem.placed(|at| (!at.is_empty() && at != "/on").then(|| format!("/plan{at}")))
    };
    let decided = decide(
        &services,
        &caller,
        id,
        &body.bytes,
        &[],
        Some(&plan),
        propose,
    );
    let decided = decided.await.map_err(placed)?;
    answer(&services, &caller, &decided, true).await
}

/// Plans a project otherwise, as long as it is not over: what is planned is given as a whole.
#[utoipa::path(tag = "projects", request_body = ProjectPlan, responses((status = 200, body = ProjectView)))]
#[put("/v1/projects/{project}")]
pub async fn edit_project(
    caller: Caller,
    project: web::Path<String>,
    body: Body<ProjectPlan>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = caller::id(&project, "project")?;
    let plan = body.value.whole()?;
    let edit = || Command::Edit(plan.clone());
    let decided = decide(&services, &caller, id, &body.bytes, &[], Some(&plan), edit).await?;
    answer(&services, &caller, &decided, false).await
}

/// The day of a step.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepOn {
    /// The day: not before that of the step before, and not still to come.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    pub(in crate::http) on: Date,
}

/// Records that the money for a project is there.
#[utoipa::path(tag = "projects", request_body = StepOn, responses((status = 200, body = ProjectView)))]
#[post("/v1/projects/{project}/funding")]
pub async fn fund_project(
    caller: Caller,
    project: web::Path<String>,
    body: Body<StepOn>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    advance(&services, &caller, &project, &body, Step::Fund).await
}

/// Records that a project is under way.
#[utoipa::path(tag = "projects", request_body = StepOn, responses((status = 200, body = ProjectView)))]
#[post("/v1/projects/{project}/start")]
pub async fn begin_project(
    caller: Caller,
    project: web::Path<String>,
    body: Body<StepOn>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    advance(&services, &caller, &project, &body, Step::Begin).await
}

/// Records that a project has ended as planned.
#[utoipa::path(tag = "projects", request_body = StepOn, responses((status = 200, body = ProjectView)))]
#[post("/v1/projects/{project}/completion")]
pub async fn complete_project(
    caller: Caller,
    project: web::Path<String>,
    body: Body<StepOn>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    advance(&services, &caller, &project, &body, Step::Complete).await
}

async fn advance(
    services: &Services,
    caller: &Caller,
    project: &str,
    body: &Body<StepOn>,
    to: Step,
) -> Result<HttpResponse, Problem> {
    let id = caller::id(project, "project")?;
    let step = || Command::Advance {
        to,
        on: body.value.on,
        today: dates::today(),
    };
    let decided = decide(services, caller, id, &body.bytes, &[], None, step).await?;
    answer(services, caller, &decided, false).await
}

/// Why a project is given up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelProject {
    /// The day.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// Why; shown to the Secretariat only.
    reason: NewWords,
}

/// Gives a project up.
#[utoipa::path(tag = "projects", request_body = CancelProject, responses((status = 200, body = ProjectView)))]
#[post("/v1/projects/{project}/cancellation")]
pub async fn cancel_project(
    caller: Caller,
    project: web::Path<String>,
    body: Body<CancelProject>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = caller::id(&project, "project")?;
    let mut contents = Vec::new();
    let reason = body.value.reason.as_answer(&mut contents)?;
    let cancel = || Command::Cancel {
        on: body.value.on,
        reason: reason.clone(),
        today: dates::today(),
    };
    let decided = decide(&services, &caller, id, &body.bytes, &contents, None, cancel).await?;
    answer(&services, &caller, &decided, false).await
}

/// Records how it stands with the extrabudgetary resources that a project is subject to.
#[utoipa::path(tag = "projects", request_body = RecordResources, responses((status = 200, body = ProjectView)))]
#[put("/v1/projects/{project}/resources")]
pub async fn record_project_resources(
    caller: Caller,
    project: web::Path<String>,
    body: Body<RecordResources>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = caller::id(&project, "project")?;
    let (resources, on) = (body.value.resources, body.value.on);
    let record = || Command::RecordResources {
        resources: ProjectResourcesRecorded { resources, on },
        today: dates::today(),
    };
    let decided = decide(&services, &caller, id, &body.bytes, &[], None, record).await?;
    answer(&services, &caller, &decided, false).await
}

async fn decide(
    services: &Services,
    caller: &Caller,
    id: ProjectId,
    bytes: &[u8],
    contents: &[NewContent],
    plan: Option<&NewPlan>,
    command: impl Fn() -> Command,
) -> Result<Decided<Project>, Problem> {
    let currencies = reference::currencies::known().map_err(|_| Problem::new("internal"))?;
    let context = async |reads: &mut Reads<'_>| {
        Ok(Context {
            currencies: currencies.clone(),
            ..context(reads, plan).await?
        })
    };
    let request = caller.request(bytes);
    let desk = &services.desk;
    let decided = desk.decide_with::<Project>(&request, id.0, contents, context, command);
    Ok(decided.await?)
}

async fn answer(
    services: &Services,
    caller: &Caller,
    decided: &Decided<Project>,
    is_new: bool,
) -> Result<HttpResponse, Problem> {
    let id = ProjectId(decided.stream);
    let project = There::is(&decided.now).ok_or(Problem::not_found("project"))?;
    let shown = Shown::of(services, caller, id, &project, decided.as_of).await?;
    let location = is_new.then(|| format!("/v1/projects/{id}"));
    Ok(conditional::written(
        location,
        project.position,
        &shown.view,
    ))
}
