//! What is the same for every operation: who may call it, what it takes beside its body, how it answers.

use utoipa::openapi::path::{HttpMethod, Operation};
use utoipa::openapi::security::SecurityRequirement;

use super::{parameters, responses};
use crate::http::policy;

/// Adds it to each.
pub(super) fn complete(document: &mut utoipa::openapi::OpenApi) {
    let components = document.components.get_or_insert_default();
    for (path, item) in &mut document.paths.paths {
        let operations = [
            (HttpMethod::Get, &mut item.get),
            (HttpMethod::Post, &mut item.post),
            (HttpMethod::Put, &mut item.put),
            (HttpMethod::Patch, &mut item.patch),
            (HttpMethod::Delete, &mut item.delete),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                let is_read = method == HttpMethod::Get;
                parameters::complete(path, is_read, operation);
                responses::complete(is_read, operation, &components.schemas);
                secure(is_read, operation);
            }
        }
    }
}

fn secure(is_read: bool, operation: &mut Operation) {
    let row = operation.operation_id.as_deref().and_then(policy::row);
    if row.is_some_and(|row| !row.is_public()) {
        let ways: &[&str] = if is_read {
            &["token", "token_as_password"]
        } else {
            &["token"]
        };
        let ways = ways.iter();
        let ways = ways.map(|way| SecurityRequirement::new(*way, Vec::<String>::new()));
        operation.security = Some(ways.collect());
    }
}
