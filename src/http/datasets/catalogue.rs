//! What data sets there are.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::conditional::Tag;
use crate::http::handling::lookup::{At, Lookup};
use crate::http::problem::Problem;
use crate::http::schemas;
use crate::reading::collections;
use ::figures::datasets::Dataset;
use domain::CollectionId;
use domain::collection::Basis;

/// A data set.
#[derive(Debug, Serialize, ToSchema)]
pub struct DatasetView {
    /// Its name.
    dataset: String,
    /// The collection.
    collection: Uuid,
    /// What it is called.
    title: String,
    /// The language of `title`.
    lang: Option<domain::Lang>,
    /// How many replies it is made of, for the Secretariat; for others as many as are published are in it.
    replies: Option<u64>,
    /// The codes of its columns.
    columns: Vec<String>,
    /// By which of them its rows are told apart.
    key: Vec<&'static str>,
    /// The last position at which it changed, consent and redactions aside.
    changed: u64,
    /// Where it is.
    address: String,
    /// The formats that there are.
    formats: Vec<&'static str>,
}

/// What data sets there are.
#[derive(Debug, Serialize, ToSchema)]
pub struct DatasetList {
    /// Collection by collection.
    items: Vec<DatasetView>,
    /// The position that this was read at.
    position: u64,
}

/// The data sets of all collections that the caller may read: name, title, columns, how many replies, and when they changed last.
#[utoipa::path(get, path = "/v1/datasets", tag = "figures", params(At), responses((status = 200, body = DatasetList)))]
pub async fn get_dataset_catalogue(lookup: Lookup) -> Result<HttpResponse, Problem> {
    let services = &lookup.services;
    let is_secretariat = lookup.caller.principal.role.is_secretariat();
    let position = lookup.position();
    let found = collections::replied(lookup.pool(), position).await?;
    let mut items = Vec::new();
    for row in found.rows {
        let id = CollectionId(row.collection);
        let collection = services.collection(id, lookup.as_of.as_ref()).await?;
        if !is_secretariat && collection.basis == Basis::All {
            continue;
        }
        let form = services.desk.form_of_collection(&collection).await?;
        let (lang, title) = schemas::chosen(&collection.title, lookup.languages());
        items.extend(Dataset::all(&form).into_iter().map(|dataset| {
            let columns = dataset.columns(&form, lookup.languages());
            let name = dataset.name();
            DatasetView {
                address: format!("/v1/collections/{id}/datasets/{name}"),
                dataset: name,
                collection: id.0,
                title: title.clone(),
                lang,
                replies: is_secretariat.then_some(row.replied),
                columns: columns.into_iter().map(|column| column.code).collect(),
                key: dataset.key().to_vec(),
                changed: row.changed,
                formats: super::FORMATS
                    .iter()
                    .map(|format| format.as_str())
                    .collect(),
            }
        }));
    }
    let view = DatasetList {
        items,
        position: found.position,
    };
    let reader = lookup.reader().seeing(&is_secretariat);
    Ok(lookup.answer(&Tag::Figure(found.changed, reader), &view))
}
