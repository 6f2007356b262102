//! Answers, as the API's document shows them; they are read by the core, which knows a field's type.

#![expect(
    dead_code,
    reason = "only the schemas are used; the types themselves are the core's"
)]

use utoipa::openapi::schema::{AdditionalProperties, AnyOfBuilder, ArrayBuilder, SchemaType};
use utoipa::openapi::{ObjectBuilder, OneOfBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::WordsShape;
use domain::questionnaire::{Flag, MissingKind};

/// An answer: a value, or that there is no such information.
#[derive(ToSchema)]
#[schema(as = Answer)]
pub struct AnswerShape {
    /// What was answered, by the field's type.
    value: Option<AnswerValue>,
    /// Why there is no value, instead of one: an answer, and not a blank.
    missing: Option<MissingKind>,
    /// `true`, where `missing` is `not_available`; taken for it, too.
    not_available: Option<bool>,
    /// What is said of the figure.
    flags: Option<Vec<Flag>>,
    /// What is said beside it. An answer that is put without one has none any more; one that is patched keeps it, unless this
    /// is null.
    comment: Option<WordsShape>,
}

/// What stands in an answer.
struct AnswerValue;

impl PartialSchema for AnswerValue {
    fn schema() -> RefOr<Schema> {
        let text = ObjectBuilder::new().schema_type(Type::String);
        let text = text.description(Some(
            "An option's value; a date, `2011-03-08`; a month, `2011-03`; the address of a page; a decimal; a whole number beyond 2^53. Numbers are digits 0-9, before them \
             at most one sign, among them at most one point.",
        ));
        let number = ObjectBuilder::new().schema_type(Type::Number);
        let number = number.description(Some(
            "A whole number or a year. A decimal is taken so, and answered as a text, which is exact.",
        ));
        let values = ArrayBuilder::new().items(ObjectBuilder::new().schema_type(Type::String));
        let values = values.description(Some(
            "The values of several options, of a ranking in its order; the ids of files.",
        ));
        let string = || ObjectBuilder::new().schema_type(Type::String);
        let money = ObjectBuilder::new()
            .property(
                "amount",
                ObjectBuilder::new().schema_type(SchemaType::AnyValue),
            )
            .required("amount")
            .property("currency", string())
            .required("currency")
            .additional_properties(Some(AdditionalProperties::FreeForm(false)))
            .description(Some("An amount, a decimal, in a currency of ISO 4217."));
        let entry = ObjectBuilder::new()
            .property(
                "order",
                ObjectBuilder::new().schema_type(SchemaType::AnyValue),
            )
            .required("order")
            .additional_properties(Some(AdditionalProperties::FreeForm(false)))
            .description(Some("An entry of a list: where it stands among the others, a decimal. It may be left out where an entry is added after the others."));
        // An entry and words of which nothing can be shown are alike.
        AnyOfBuilder::new()
            .item(text)
            .item(number)
            .item(values)
            .item(money)
            .item(entry)
            .item(utoipa::openapi::Ref::from_schema_name(WordsShape::name()))
            .description(Some("By the question's type."))
            .into()
    }
}

impl ToSchema for AnswerValue {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((WordsShape::name().into_owned(), WordsShape::schema()));
        WordsShape::schemas(schemas);
    }
}

/// What becomes of an answer: it is this one, or, where it is null, there is none any more.
pub struct AnswerPatch;

impl PartialSchema for AnswerPatch {
    fn schema() -> RefOr<Schema> {
        OneOfBuilder::new()
            .item(utoipa::openapi::Ref::from_schema_name(AnswerShape::name()))
            .item(ObjectBuilder::new().schema_type(Type::Null))
            .description(Some(
                "What becomes of an answer: it is this one, or, where it is null, there is none any more.",
            ))
            .into()
    }
}

impl ToSchema for AnswerPatch {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((AnswerShape::name().into_owned(), AnswerShape::schema()));
        AnswerShape::schemas(schemas);
    }
}
