//! That a body has no member that its shape does not name. So it is read (`handling/json.rs`), whichever type it is read as.

use std::collections::BTreeSet;

use utoipa::openapi::schema::{AdditionalProperties, ArrayItems};
use utoipa::openapi::{OpenApi, RefOr, Schema};

use crate::http::handling::shape::READ_BY_THE_CORE;

/// Says it of all that bodies are made of.
pub(super) fn close(document: &mut OpenApi) {
    let Some(components) = &mut document.components else {
        return;
    };
    let mut waiting = BTreeSet::new();
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.post, &mut item.put, &mut item.patch];
        for operation in operations.into_iter().flatten() {
            let Some(RefOr::T(body)) = &mut operation.request_body else {
                continue;
            };
            if let Some(RefOr::T(content)) = body.content.get_mut("application/json")
                && let Some(shape) = &mut content.schema
            {
                close_one(shape, &mut waiting);
            }
        }
    }
    let mut closed = BTreeSet::new();
    while let Some(name) = waiting.pop_first() {
        if !READ_BY_THE_CORE.contains(&name.as_str())
            && closed.insert(name.clone())
            && let Some(shape) = components.schemas.get_mut(&name)
        {
            close_one(shape, &mut waiting);
        }
    }
}

/// Closes a shape and what it holds; `named` are the shapes that it names.
fn close_one(shape: &mut RefOr<Schema>, named: &mut BTreeSet<String>) {
    match shape {
        RefOr::Ref(reference) => {
            named.extend(reference.ref_location.rsplit('/').next().map(str::to_owned));
        }
        RefOr::T(Schema::Object(shape)) => {
            if !shape.properties.is_empty() && shape.additional_properties.is_none() {
                let none = AdditionalProperties::FreeForm(false);
                shape.additional_properties = Some(Box::new(none));
            }
            let members = shape.properties.values_mut();
            members.for_each(|member| close_one(member, named));
            if let Some(AdditionalProperties::RefOr(others)) =
                shape.additional_properties.as_deref_mut()
            {
                close_one(others, named);
            }
        }
        RefOr::T(Schema::Array(list)) => {
            if let ArrayItems::RefOrSchema(shape) = &mut list.items {
                close_one(shape, named);
            }
        }
        RefOr::T(Schema::OneOf(shapes)) => {
            let shapes = shapes.items.iter_mut();
            shapes.for_each(|shape| close_one(shape, named));
        }
        RefOr::T(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use utoipa::openapi::schema::Schema;

    use super::*;
    use crate::http::openapi;

    /// What a body may be made of so that members that nobody named are refused: not what is put together of several shapes, whose
    /// members serde reads by another way (`handling/json.rs`).
    fn is_closed(shape: &RefOr<Schema>) -> bool {
        match shape {
            RefOr::T(Schema::Object(shape)) => {
                (shape.properties.is_empty() || shape.additional_properties.is_some())
                    && shape.properties.values().all(is_closed)
            }
            RefOr::T(Schema::Array(list)) => match &list.items {
                ArrayItems::RefOrSchema(shape) => is_closed(shape),
                ArrayItems::False => true,
            },
            RefOr::T(Schema::OneOf(shapes)) => shapes.items.iter().all(is_closed),
            RefOr::Ref(_) => true,
            RefOr::T(_) => false,
        }
    }

    #[test]
    fn every_body_is_of_shapes_whose_unknown_members_are_refused() {
        let document = openapi::document();
        let components = document.components.clone().unwrap_or_default();
        let mut waiting = BTreeSet::new();
        let mut bodies = 0;
        for item in document.paths.paths.into_values() {
            for operation in [item.post, item.put, item.patch].into_iter().flatten() {
                let Some(RefOr::T(body)) = operation.request_body else {
                    continue;
                };
                if let Some(RefOr::T(content)) = body.content.get("application/json")
                    && let Some(shape) = &content.schema
                {
                    bodies += 1;
                    close_one(&mut shape.clone(), &mut waiting);
                }
            }
        }
        assert!(bodies > 80, "{bodies} bodies");
        let mut open = Vec::new();
        let mut seen = BTreeSet::new();
        while let Some(name) = waiting.pop_first() {
            if READ_BY_THE_CORE.contains(&name.as_str()) || !seen.insert(name.clone()) {
                continue;
            }
            let shape = components.schemas.get(&name).unwrap();
            if !is_closed(shape) {
                open.push(name);
            }
            close_one(&mut shape.clone(), &mut waiting);
        }
        assert_eq!(open, Vec::<String>::new());
    }
}
