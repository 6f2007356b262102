//! A collection's data sets as a Frictionless Data Package: what programs need to read them.

use actix_web::HttpResponse;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::source::DatasetSource;
use crate::http::conditional::Tag;
use crate::http::handling::lookup::{At, Lookup};
use crate::http::handling::path_id::PathId;
use crate::http::problem::Problem;
use crate::http::schemas;
use ::figures::datasets::{Dataset, code_book};
use ::figures::{Column, ValueType};
use domain::CollectionId;

/// A descriptor of the Data Package standard (https://datapackage.org/standard/data-package/).
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct DataPackageView {
    /// Its name.
    name: String,
    /// What it is called.
    title: String,
    /// The data sets, each with its address, its columns, and what stands in them.
    #[schema(value_type = Vec<Object>)]
    resources: Vec<Value>,
}

/// The data sets of a collection as a Frictionless Data Package: each as CSV, with the schema of its table.
#[utoipa::path(get, path = "/v1/collections/{collection}/datapackage", tag = "figures", params(At), responses((status = 200, body = DataPackageView)))]
pub async fn get_data_package(
    lookup: Lookup,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let source = DatasetSource::open(&lookup, id).await?;
    let languages = lookup.languages();
    let (_, title) = schemas::chosen(&source.collection.title, languages);
    let resource = |name: &str, columns: &[Column], key: &[&str]| {
        let fields: Vec<Value> = columns.iter().map(field).collect();
        json!({
            "name": name.to_lowercase(),
            "path": format!("/v1/collections/{id}/datasets/{name}?format=csv&as_of={}", source.position),
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {"fields": fields, "missingValues": [""], "primaryKey": key},
        })
    };
    let sets = Dataset::all(&source.form).into_iter().map(|dataset| {
        let columns = dataset.columns(&source.form, languages);
        // A key has no blank cell: an answer that is not one of several options has no option.
        let key = if dataset == Dataset::Answers {
            &[][..]
        } else {
            dataset.key()
        };
        resource(&dataset.name(), &columns, key)
    });
    let mut resources: Vec<Value> = sets.collect();
    let (columns, _) = code_book(&source.form, languages);
    resources.push(resource(super::CODE_BOOK, &columns, &[]));
    let package = json!({
        "profile": "tabular-data-package",
        "name": format!("collection-{id}"),
        "title": title,
        "version": source.position.to_string(),
        "resources": resources,
    });
    let reader = lookup.reader().seeing(&source.consent.is_some());
    Ok(lookup.answer(&Tag::Figure(source.position, reader), &package))
}

fn field(column: &Column) -> Value {
    let kind = match column.values {
        ValueType::Code(_) | ValueType::Text => "string",
        ValueType::Integer => "integer",
        ValueType::Decimal => "number",
        ValueType::Boolean => "boolean",
        ValueType::Date => "date",
        ValueType::Time => "datetime",
    };
    let mut field = json!({"name": column.code, "title": column.label, "type": kind});
    let codes: Vec<&str> = column
        .categories()
        .iter()
        .map(|category| &*category.code)
        .collect();
    if !codes.is_empty() {
        field["constraints"] = json!({ "enum": codes });
    }
    if column.values == ValueType::Boolean {
        field["trueValues"] = json!(["true"]);
        field["falseValues"] = json!(["false"]);
    }
    field
}
