//! How codes, ids and texts show in the API's document, so that each body that holds them says by itself what it takes.

use std::borrow::Cow;

use utoipa::openapi::schema::{AdditionalProperties, KnownFormat, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{Object, ObjectBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::fault::Codes;
use super::{Decimal, Lang, Texts, WholeNumber};

/// One of a few codes, each with what it means.
pub fn codes(description: &[&str], codes: &[(&str, &[&str])]) -> RefOr<Schema> {
    let mut text = joined(description);
    for (code, meaning) in codes {
        text.push_str(&format!("\n- `{code}`: {}", joined(meaning)));
    }
    let codes = codes.iter().map(|(code, _)| *code);
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(codes))
        .description(Some(text))
        .into()
}

/// One of the codes of a type of another crate.
pub fn codes_of<T: Codes>(description: &str) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(T::CODES.iter().copied()))
        .description(Some(description))
        .into()
}

/// An id.
pub fn id(description: &[&str]) -> RefOr<Schema> {
    text(KnownFormat::Uuid, &joined(description)).into()
}

/// The lines of a doc comment.
fn joined(lines: &[&str]) -> String {
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    lines.join(" ")
}

fn text(format: KnownFormat, description: &str) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(format)))
        .description(Some(description))
        .build()
}

/// A schema under a name.
macro_rules! named_schema {
    ($($type:ty = $name:literal, $schema:expr;)+) => {
        $(
            impl PartialSchema for $type {
                fn schema() -> RefOr<Schema> {
                    $schema.into()
                }
            }

            impl ToSchema for $type {
                fn name() -> Cow<'static, str> {
                    Cow::Borrowed($name)
                }
            }
        )+
    };
}

named_schema! {
    Texts = "Texts", ObjectBuilder::new()
        .schema_type(Type::Object)
        .property_names(Some(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(Lang::CODES.iter().copied()))))
        .additional_properties(Some(AdditionalProperties::RefOr(Object::with_type(Type::String).into())))
        .description(Some("A text by language: ar, zh, en, fr, ru, es."));
    Decimal = "Decimal", ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Number]))
        .format(Some(SchemaFormat::Custom("decimal".to_owned())))
        .description(Some("A decimal with as many digits as it has: a text, or a JSON number. It is answered as a text."));
    WholeNumber = "WholeNumber", ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::Integer, Type::String]))
        .description(Some("A whole number: a JSON number as far as 2^53, a text beyond."));
}
