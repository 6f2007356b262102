//! What the API's document says more exactly than the types that it is made from: which codes a text can be, how it is written,
//! from where to where a number goes. Bodies and parameters are looked through by it (`handling/shape.rs`).

use serde_json::Value;
use utoipa::Number;
use utoipa::openapi::path::ParameterIn;
use utoipa::openapi::schema::{ArrayItems, KnownFormat, Object, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{OpenApi, RefOr, Schema};

use crate::http::assistance::contributions::{FORMS, RECIPIENTS};
use crate::http::assistance::projects::FUNDS;
use crate::http::collections::invitation_lists::Sources;
use crate::http::comments::document::form::FORMATS;
use crate::http::figures::GROUPINGS;
use crate::http::handling::shape::format;
use access::{Role, Scope};
use domain::fault::Codes;
use domain::party::{PartyKind, RegionalGroup};
use domain::{
    Lang, comment, contribution, document, instrument, material, meeting, need, project, redaction,
    reply, report, request, translation,
};
use mail::{LetterKind, LetterState};

/// How a value is narrowed.
#[derive(Clone, Copy)]
enum To {
    /// These codes; a list's elements are.
    Codes(&'static [&'static str]),
    /// Texts that are written so; a list's elements are.
    Written(Format),
    /// A position as a number or a text, a time or a day.
    AsOf,
    /// Whole numbers in this range.
    Between(usize, usize),
    /// Whole numbers.
    Whole,
    /// `true` or `false`.
    Boolean,
}

#[derive(Clone, Copy)]
enum Format {
    Id,
    AsOf,
    DayOrTime,
    Language,
}

fn codes<T: Codes>() -> To {
    To::Codes(T::CODES)
}

/// What is said by exactly one of its members.
const ONE_MEMBER: [&str; 6] = [
    "ConsentShape",
    "LinkTarget",
    "NewForm",
    "NewRecipient",
    "ObstacleShape",
    "OnShape",
];

/// Members of bodies, by schema.
fn members() -> Vec<(&'static str, &'static str, To)> {
    let lang = codes::<Lang>();
    let id = To::Written(Format::Id);
    vec![
        ("NewWords", "lang", lang),
        ("NewComment", "lang", lang),
        ("ReceivedComment", "lang", lang),
        ("RequestClarification", "lang", lang),
        ("InviteFocalPoint", "language", lang),
        ("InviteContributor", "language", lang),
        ("AddPerson", "language", lang),
        ("CorrectPerson", "language", lang),
        ("DraftInstrument", "languages", lang),
        ("DraftInstrument", "route", codes::<instrument::Route>()),
        ("MakeToken", "scopes", codes::<Scope>()),
        ("MakeToken", "role", codes::<Role>()),
        ("Whom", "kinds", codes::<PartyKind>()),
        ("Whom", "regional_groups", codes::<RegionalGroup>()),
        ("InviteParties", "kinds", codes::<PartyKind>()),
        ("InviteParties", "regional_groups", codes::<RegionalGroup>()),
        ("OpenConsultation", "audiences", codes::<PartyKind>()),
        (
            "DisposeComment",
            "disposition",
            codes::<comment::Disposition>(),
        ),
        ("NewRedaction", "reason", codes::<redaction::Reason>()),
        ("Translate", "by", codes::<translation::Translator>()),
        ("LinkDocument", "as", codes::<document::LinkAs>()),
        ("RecordDocument", "kind", codes::<document::DocumentKind>()),
        ("NewParticipant", "capacity", codes::<meeting::Capacity>()),
        (
            "RecordResources",
            "resources",
            codes::<meeting::ResourcesState>(),
        ),
        ("NewNeed", "urgency", codes::<need::Urgency>()),
        ("EditNeed", "urgency", codes::<need::Urgency>()),
        ("ShareNeed", "with", codes::<need::Sharing>()),
        ("ReportInput", "purpose", codes::<report::Purpose>()),
        ("TakeUpMaterial", "kind", codes::<material::MaterialKind>()),
        ("TakeUpMaterial", "needs", id),
        ("EditMaterial", "needs", id),
        ("MakeRequest", "needs", id),
        ("ProjectPlan", "requests", id),
        ("ProjectPlan", "needs", id),
        ("ProjectPlan", "replies", id),
        ("ReleaseFigures", "as_of", To::AsOf),
        ("CompileReport", "as_of", To::AsOf),
    ]
}

/// Query parameters by operation; of every operation that has one of the name, where none is said.
fn parameters() -> Vec<(&'static str, &'static str, To)> {
    let id = To::Written(Format::Id);
    vec![
        ("", "lang", To::Written(Format::Language)),
        ("", "as_of", To::Written(Format::AsOf)),
        ("", "received_by", To::Written(Format::DayOrTime)),
        ("", "since", To::Written(Format::DayOrTime)),
        ("", "limit", To::Between(1, 500)),
        ("list_events", "limit", To::Between(1, 1000)),
        ("list_events", "wait", To::Between(0, 30)),
        ("list_events", "after", To::Whole),
        ("", "seats", To::Between(1, 1000)),
        ("", "session", To::Between(0, u16::MAX as usize)),
        ("get_differences", "from", To::Between(0, u32::MAX as usize)),
        (
            "compare_versions",
            "from",
            To::Between(0, u32::MAX as usize),
        ),
        ("", "version", To::Between(0, u32::MAX as usize)),
        ("", "release", To::Between(0, u32::MAX as usize)),
        ("", "all", To::Boolean),
        ("", "answered", To::Boolean),
        ("", "asked_of_me", To::Boolean),
        ("", "disposed", To::Boolean),
        ("", "nominated", To::Boolean),
        ("", "overdue", To::Boolean),
        ("", "post_conflict", To::Boolean),
        ("", "without_funds", To::Boolean),
        ("", "without_project", To::Boolean),
        ("", "object", id),
        ("list_consultations", "instrument", id),
        ("list_documents", "meeting", id),
        ("list_documents", "instrument", id),
        ("list_documents", "consultation", id),
        ("list_documents", "collection", id),
        ("list_documents", "report", id),
        ("list_reads", "reply", id),
        ("list_reads", "collection", id),
        ("list_reads", "letter", id),
        ("list_reads", "principal", id),
        ("", "disposition", codes::<comment::Disposition>()),
        ("", "regional_group", codes::<RegionalGroup>()),
        ("", "of", codes::<Sources>()),
        ("", "to", To::Codes(&RECIPIENTS)),
        ("", "form", To::Codes(&FORMS)),
        ("", "funds", To::Codes(&FUNDS)),
        ("", "format", To::Codes(&FORMATS)),
        ("", "group_by", To::Codes(&GROUPINGS)),
        ("", "state", codes::<LetterState>()),
        ("list_letters", "kind", codes::<LetterKind>()),
        ("list_documents", "kind", codes::<document::DocumentKind>()),
        ("list_meetings", "kind", codes::<meeting::MeetingKind>()),
        ("list_materials", "kind", codes::<material::MaterialKind>()),
        ("list_parties", "kind", codes::<PartyKind>()),
        ("list_asked_parties", "kind", codes::<PartyKind>()),
        ("list_replies", "status", codes::<reply::Status>()),
        ("list_meetings", "status", codes::<meeting::Status>()),
        ("list_needs", "status", codes::<need::Status>()),
        ("list_requests", "status", codes::<request::Status>()),
        (
            "list_contributions",
            "status",
            codes::<contribution::Status>(),
        ),
        ("list_projects", "status", codes::<project::Status>()),
        ("list_materials", "status", codes::<material::Status>()),
    ]
}

/// Narrows what the tables name. What they name must be there.
pub fn narrow(document: &mut OpenApi) {
    let components = document.components.get_or_insert_default();
    for (schema, member, to) in members() {
        if let Some(RefOr::T(Schema::Object(schema))) = components.schemas.get_mut(schema)
            && let Some(shape) = schema.properties.get_mut(member)
        {
            to.narrow(shape);
        }
    }
    for schema in ONE_MEMBER {
        if let Some(RefOr::T(Schema::Object(shape))) = components.schemas.get_mut(schema) {
            shape.min_properties = Some(1);
            shape.max_properties = Some(1);
        }
    }
    for item in document.paths.paths.values_mut() {
        let operations = [
            &mut item.get,
            &mut item.post,
            &mut item.put,
            &mut item.patch,
            &mut item.delete,
        ];
        for operation in operations.into_iter().flatten() {
            let id = operation.operation_id.clone().unwrap_or_default();
            for (of, name, to) in parameters() {
                if !of.is_empty() && of != id {
                    continue;
                }
                for parameter in operation.parameters.iter_mut().flatten() {
                    if let RefOr::T(parameter) = parameter
                        && parameter.parameter_in == ParameterIn::Query
                        && parameter.name == name
                        && let Some(shape) = &mut parameter.schema
                    {
                        to.narrow(shape);
                    }
                }
            }
        }
    }
}

impl To {
    fn narrow(self, shape: &mut RefOr<Schema>) {
        match shape {
            RefOr::T(Schema::Object(shape)) => self.narrow_one(shape),
            RefOr::T(Schema::Array(list)) => {
                if let ArrayItems::RefOrSchema(shape) = &mut list.items {
                    self.narrow(shape);
                }
            }
            _ => {}
        }
    }

    fn narrow_one(self, shape: &mut Object) {
        let null = match &shape.schema_type {
            SchemaType::Array(types) => types.contains(&Type::Null),
            _ => false,
        };
        let null_too = |types: &[Type]| match (types, null) {
            ([one], false) => SchemaType::Type(one.clone()),
            (types, _) => types
                .iter()
                .cloned()
                .chain(null.then_some(Type::Null))
                .collect(),
        };
        let (least, most) = match self {
            Self::Codes(codes) => {
                let codes = codes.iter().map(|code| Value::from(*code));
                shape.enum_values = Some(codes.chain(null.then_some(Value::Null)).collect());
                return;
            }
            Self::Written(format) => {
                shape.format = Some(format.of());
                return;
            }
            Self::AsOf => {
                shape.schema_type = null_too(&[Type::String, Type::Integer]);
                shape.format = Some(Format::AsOf.of());
                return;
            }
            Self::Boolean => {
                shape.schema_type = null_too(&[Type::Boolean]);
                return;
            }
            Self::Whole => (0, None),
            Self::Between(least, most) => (least, Some(most)),
        };
        shape.schema_type = null_too(&[Type::Integer]);
        shape.format = Some(SchemaFormat::KnownFormat(KnownFormat::Int64));
        shape.minimum = Some(Number::UInt(least));
        shape.maximum = most.map(Number::UInt);
    }
}

impl Format {
    fn of(self) -> SchemaFormat {
        match self {
            Self::Id => SchemaFormat::KnownFormat(KnownFormat::Uuid),
            Self::AsOf => SchemaFormat::Custom(format::AS_OF.to_owned()),
            Self::DayOrTime => SchemaFormat::Custom(format::DAY_OR_TIME.to_owned()),
            Self::Language => SchemaFormat::Custom(format::LANGUAGE.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::openapi;

    #[test]
    fn what_the_tables_name_is_in_the_document() {
        let document = serde_json::to_value(openapi::document()).unwrap();
        for (schema, member, _) in members() {
            let place = format!("/components/schemas/{schema}/properties/{member}");
            assert!(document.pointer(&place).is_some(), "{schema}.{member}");
        }
        for schema in ONE_MEMBER {
            let place = format!("/components/schemas/{schema}/maxProperties");
            assert!(document.pointer(&place).is_some(), "{schema}");
        }
        let texts = &document["components"]["schemas"]["Texts"]["propertyNames"]["enum"];
        assert_eq!(texts[0], "ar");
        let paths = document["paths"].as_object().unwrap();
        let operations = paths.values().flat_map(|item| item.as_object().unwrap());
        let operations: Vec<_> = operations.map(|(_, operation)| operation).collect();
        for (of, name, _) in parameters() {
            let found = operations.iter().any(|operation| {
                let parameters = operation["parameters"].as_array();
                let mut parameters = parameters.into_iter().flatten();
                (of.is_empty() || operation["operationId"] == of)
                    && parameters
                        .any(|parameter| parameter["name"] == name && parameter["in"] == "query")
            });
            assert!(found, "{of} {name}");
        }
    }

    #[test]
    fn every_query_parameter_that_is_read_as_something_else_than_text_is_narrowed() {
        let document = serde_json::to_value(openapi::document()).unwrap();
        /// Codes of what there is, cursors and words.
        const TEXTS: &[&str] = &[
            "category",
            "consultation",
            "cursor",
            "from",
            "kind",
            "party",
            "question",
            "standard",
            "symbol",
            "type",
        ];
        for item in document["paths"].as_object().unwrap().values() {
            for operation in item.as_object().unwrap().values() {
                for parameter in operation["parameters"].as_array().unwrap() {
                    let name = parameter["name"].as_str().unwrap();
                    let schema = &parameter["schema"];
                    let is_bare = schema["type"] == "string"
                        && schema.get("enum").is_none()
                        && schema.get("format").is_none();
                    assert!(
                        parameter["in"] != "query" || !is_bare || TEXTS.contains(&name),
                        "{} {name}",
                        operation["operationId"]
                    );
                }
            }
        }
    }
}
