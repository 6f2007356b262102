//! Parameters that no argument of a handler shows: what a path names, and what every operation takes.

use utoipa::PartialSchema;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, SchemaFormat, Type};
use utoipa::openapi::{ObjectBuilder, RefOr, Required, Schema};

use crate::written::format;
use crate::written::{FieldAddress, PartyNamed};
use domain::document::{DocumentRelation, Target};
use domain::{Lang, report};

/// Adds them.
pub(super) fn complete(path: &str, is_read: bool, operation: &mut Operation) {
    let parameters = operation.parameters.get_or_insert_default();
    parameters.retain(|parameter| !is_in(parameter, ParameterIn::Path) && !is_lang(parameter));
    let names = path.split('{').skip(1);
    let names = names.filter_map(|rest| rest.split('}').next());
    let named = names.map(|name| in_path(name).into());
    parameters.splice(0..0, named);
    if !is_read {
        let key = "sent again with the same key, the request is done once";
        let key = with(
            ParameterIn::Header,
            "Idempotency-Key",
            key,
            text().max_length(Some(255)),
        );
        let tag =
            "the ETag that the change is made to; refused with 412 where it is no longer that";
        let tag = with(ParameterIn::Header, "If-Match", tag, text());
        parameters.extend([key.into(), tag.into()]);
    }
    // Errors have a language too.
    let lang = "ar, zh, en, fr, ru, es; instead of Accept-Language";
    let tag = text().format(Some(SchemaFormat::Custom(format::LANGUAGE.to_owned())));
    parameters.push(with(ParameterIn::Query, "lang", lang, tag).into());
}

fn is_lang(parameter: &RefOr<Parameter>) -> bool {
    matches!(parameter, RefOr::T(parameter) if parameter.name == "lang")
}

fn is_in(parameter: &RefOr<Parameter>, place: ParameterIn) -> bool {
    matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == place)
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn with(place: ParameterIn, name: &str, said: &str, schema: impl Into<RefOr<Schema>>) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .description(Some(said))
        .schema(Some(schema))
        .build()
}

/// What stands in a path under a name.
fn in_path(name: &str) -> Parameter {
    let id = || text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
    let number = |least: i64| {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
            .minimum(Some(least))
    };
    let (said, schema): (_, RefOr<Schema>) = match name {
        "language" => ("A language", Lang::schema()),
        "heading" => ("A heading of the report", report::Heading::schema()),
        "relation" => ("How it is linked", DocumentRelation::schema()),
        "target" => ("What it is linked to", one_of(Target::KINDS)),
        "resolution" => ("A resolution", one_of(&["2004-28"])),
        "revision" => ("The revision's number: 1, 2, 3", number(1).into()),
        "version" => ("The version's number: 1, 2, 3", number(1).into()),
        "release" => ("The release's number: 1, 2, 3", number(1).into()),
        "clarification" => ("The clarification's number: 1, 2, 3", number(1).into()),
        "question" => (
            "The address of a field: a question's code, a cell `P1.theft.y2024`, a part of an entry `L1.e1.title`",
            FieldAddress::schema(),
        ),
        "party" => ("A party's code or id", PartyNamed::schema()),
        _ => ("", id().into()),
    };
    let said = match said {
        "" => format!("The id of the {name}"),
        said => said.to_owned(),
    };
    let mut parameter = with(ParameterIn::Path, name, &said, schema);
    parameter.required = Required::True;
    parameter
}

fn one_of(codes: &[&'static str]) -> RefOr<Schema> {
    text().enum_values(Some(codes.iter().copied())).into()
}
