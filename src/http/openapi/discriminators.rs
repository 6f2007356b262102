//! By what shapes are told apart: which value of a member names which of them.

use utoipa::openapi::schema::Discriminator;
use utoipa::openapi::{OpenApi, RefOr, Schema};

use crate::http::schemas::QUESTION_SHAPES;

/// Says of each type of question which shape it has, so that generated clients know it by its `type`.
pub fn complete(document: &mut OpenApi) {
    let components = document.components.as_mut();
    let question = components.and_then(|components| components.schemas.get_mut("Question"));
    if let Some(RefOr::T(Schema::OneOf(question))) = question {
        let shapes = QUESTION_SHAPES.iter();
        let mapping = shapes.map(|(code, shape)| (*code, format!("#/components/schemas/{shape}")));
        question.discriminator = Some(Discriminator::with_mapping("type", mapping));
    }
}
