//! What happens to a material: put under review, revised, issued, reviewed again; what is known of it; its resources.

use actix_web::HttpResponse;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::desk::PresentResource;
use crate::http::assistance::materials::{MaterialView, view};
use crate::http::conditional;
use crate::http::handling::dates;
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::schemas::StepOn;
use domain::material::{Command, Material, MaterialKind, MaterialTakenUp, Status, Subject};
use domain::resources::ResourcesRecorded;
use domain::{MaterialId, NeedId, Texts};

/// A material to put under review.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TakeUpMaterial {
    /// manual, model_law
    kind: MaterialKind,
    /// What it is called.
    title: Texts,
    /// The needs that it meets.
    #[serde(default)]
    #[schema(value_type = Vec<uuid::Uuid>)]
    needs: Vec<NeedId>,
    /// The codes of the standards that it is about.
    #[serde(default)]
    standards: Vec<String>,
    /// Since which day it is under review; not one that is still to come.
    #[serde(deserialize_with = "dates::read_day")]
    on: Date,
}

/// Puts a manual or model law under review for the first time.
#[utoipa::path(post, path = "/v1/materials", tag = "materials", request_body = TakeUpMaterial, responses((status = 201, body = MaterialView)))]
pub async fn take_up_material(write: Write<TakeUpMaterial>) -> Result<HttpResponse, Problem> {
    let new = &write.body;
    let take_up = Command::TakeUp {
        material: MaterialTakenUp {
            kind: new.kind,
            subject: Subject {
                title: new.title.clone(),
                needs: new.needs.clone(),
                standards: new.standards.clone(),
            },
            on: new.on,
        },
        today: dates::today(),
    };
    change(&write, MaterialId(clock::new_id()), take_up).await
}

/// What is known of a material, whole.
#[derive(Debug, Deserialize, ToSchema)]
pub struct EditMaterial {
    /// What it is called.
    title: Texts,
    /// The needs that it meets.
    #[schema(value_type = Vec<uuid::Uuid>)]
    needs: Vec<NeedId>,
    /// The codes of the standards that it is about.
    standards: Vec<String>,
}

/// Says otherwise what is known of a material, as long as it is not issued.
#[utoipa::path(put, path = "/v1/materials/{material}", tag = "materials", request_body = EditMaterial, responses((status = 200, body = MaterialView)))]
pub async fn edit_material(
    write: Write<EditMaterial>,
    PathId(id): PathId<MaterialId>,
) -> Result<HttpResponse, Problem> {
    let new = &write.body;
    let edit = Command::Edit(Subject {
        title: new.title.clone(),
        needs: new.needs.clone(),
        standards: new.standards.clone(),
    });
    change(&write, id, edit).await
}

/// Records that a material was revised.
#[utoipa::path(post, path = "/v1/materials/{material}/revision", tag = "materials", request_body = StepOn, responses((status = 200, body = MaterialView)))]
pub async fn revise_material(
    write: Write<StepOn>,
    PathId(id): PathId<MaterialId>,
) -> Result<HttpResponse, Problem> {
    advance(&write, id, Status::Revised).await
}

/// Records that a revised material was issued.
#[utoipa::path(post, path = "/v1/materials/{material}/issue", tag = "materials", request_body = StepOn, responses((status = 200, body = MaterialView)))]
pub async fn issue_material(
    write: Write<StepOn>,
    PathId(id): PathId<MaterialId>,
) -> Result<HttpResponse, Problem> {
    advance(&write, id, Status::Issued).await
}

/// Puts an issued material under review again.
#[utoipa::path(post, path = "/v1/materials/{material}/review", tag = "materials", request_body = StepOn, responses((status = 200, body = MaterialView)))]
pub async fn review_material(
    write: Write<StepOn>,
    PathId(id): PathId<MaterialId>,
) -> Result<HttpResponse, Problem> {
    advance(&write, id, Status::UnderReview).await
}

async fn advance(
    write: &Write<StepOn>,
    id: MaterialId,
    to: Status,
) -> Result<HttpResponse, Problem> {
    let advance = Command::Advance {
        to,
        on: write.body.on,
        today: dates::today(),
    };
    change(write, id, advance).await
}

/// Records how it stands with the extrabudgetary resources that a material is subject to.
#[utoipa::path(put, path = "/v1/materials/{material}/resources", tag = "materials", request_body = ResourcesRecorded, responses((status = 200, body = MaterialView)))]
pub async fn record_material_resources(
    write: Write<ResourcesRecorded>,
    PathId(id): PathId<MaterialId>,
) -> Result<HttpResponse, Problem> {
    let record = Command::RecordResources {
        resources: write.body.clone(),
        today: dates::today(),
    };
    change(&write, id, record).await
}

/// Decides on a command to a material, and answers it as it then is.
async fn change<B>(
    write: &Write<B>,
    id: MaterialId,
    command: Command,
) -> Result<HttpResponse, Problem> {
    let is_new = matches!(command, Command::TakeUp { .. });
    let decided = write.decide::<Material>(id, command).await?;
    let id = MaterialId(decided.stream);
    let there = PresentResource::from_loaded(&decided.now).ok_or(Problem::not_found("material"))?;
    let (view, _) = view(&write.services, &write.caller, id, &there).await?;
    let location = is_new.then(|| format!("/v1/materials/{id}"));
    Ok(conditional::write_answer(location, there.position, &view))
}
