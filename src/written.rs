//! How members and parameters are written that are read as texts: by what is named in `value_type` the API's document shows it, and a
//! caller is told every fault at once (`http/handling/shape.rs`), where a type of its own would have serde stop at the first.
//!
//! Patterns are for whoever makes a client of the document. What does not match is refused, or not found, by whatever knows the code.

use std::borrow::Cow;

use utoipa::openapi::schema::{Object, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// How much of money for a project can be there.
pub const FUNDS: [&str; 3] = ["none", "pledged", "received"];
/// For what contributions can be.
pub const RECIPIENTS: [&str; 3] = ["office", "meeting", "project"];
/// In what form a contribution can be given.
pub const FORMS: [&str; 3] = ["money", "staff", "in_kind"];
/// What figures are grouped by, as it is asked for.
pub const GROUPINGS: [&str; 3] = ["regional_group", "region", "none"];
/// By what replies are grouped, as it is asked for.
pub const ATTRIBUTE_GROUPINGS: [&str; 6] = [
    "none",
    "regional_group",
    "region",
    "sub_region",
    "kind",
    "party",
];
/// By which day a reply counts, as `by=` has it.
pub const COUNTED_DAYS: [&str; 2] = ["recorded", "received"];
/// What stands in cells of codes, as `labels=` has it.
pub const LABELLINGS: [&str; 3] = ["codes", "labels", "both"];
/// The forms of a document, as `format=` has them.
pub const FORMATS: [&str; 3] = ["html", "markdown", "json"];
/// The forms of a translation, as `format=` has them.
pub const TRANSLATION_FORMATS: [&str; 2] = ["json", "csv"];
/// How the office of a focal point can stand.
pub const OFFICES: [&str; 3] = ["unfilled", "held", "vacant"];

/// The formats of texts that the document has beside those of JSON Schema.
pub mod format {
    /// A decimal.
    pub const DECIMAL: &str = "decimal";
    /// A position, or a time, or a day.
    pub const AS_OF: &str = "position-or-time";
    /// A day or a time.
    pub const DAY_OR_TIME: &str = "day-or-time";
    /// A day and a time as the clocks of a zone show it.
    pub const LOCAL_TIME: &str = "local-date-time";
    /// A time, a day and a time as the clocks of a zone show it, or a day.
    pub const MOMENT: &str = "moment";
    /// A language tag (BCP 47) of which the base language is one of the six.
    pub const LANGUAGE: &str = "language-tag";
}

macro_rules! written {
    ($($(#[doc = $doc:literal])+ $name:ident = $schema:expr;)+) => {
        $(
            $(#[doc = $doc])+
            pub struct $name;

            impl PartialSchema for $name {
                fn schema() -> RefOr<Schema> {
                    let mut schema: Object = $schema;
                    schema.description = Some([$($doc),+].map(str::trim).join(" "));
                    schema.into()
                }
            }

            impl ToSchema for $name {
                fn name() -> Cow<'static, str> {
                    Cow::Borrowed(stringify!($name))
                }
            }
        )+
    };
}

written! {
    /// A position, or a time, or a day.
    PositionOrTime = of_format(Type::String.into(), format::AS_OF);
    /// A position, as a number or a text, or a time, or a day.
    PositionOrTimeInput = of_format(SchemaType::from_iter([Type::String, Type::Integer]), format::AS_OF);
    /// A day or a time.
    DayOrTime = of_format(Type::String.into(), format::DAY_OR_TIME);
    /// A party, by its code or its id.
    PartyNamed = matching("^[A-Za-z0-9-]{2,36}$");
    /// RFC 3339; or a date and time as the clocks of a zone show it; or a date, to its end.
    Moment = of_format(Type::String.into(), format::MOMENT);
    /// A day and a time as the clocks of a zone show it, without its offset.
    LocalTime = of_format(Type::String.into(), format::LOCAL_TIME);
    /// The address of a field: a question's code, what is below it joined by dots.
    FieldAddress = matching("^[A-Za-z][A-Za-z0-9_.*-]{0,240}$");
    /// Addresses of fields or codes of questions, joined by commas.
    FieldAddresses = matching("^[A-Za-z][A-Za-z0-9_.*,-]{0,4000}$");
    /// Codes of sections, joined by commas.
    SectionCodes = matching("^[A-Za-z0-9_,-]{1,2000}$");
    /// Kinds of parties, joined by commas.
    PartyKinds = matching("^[a-z_,]{1,200}$");
    /// How many classes there are, or their bounds, joined by commas.
    NumberClasses = matching("^[0-9., -]{1,1000}$");
    /// The format of a table: json, jsonl, csv, xlsx, parquet, json-stat.
    TableFormat = matching("^[a-z-]{1,20}$");
    /// The code of a category, such as `I`, or of a standard.
    ClassificationCode = matching("^[A-Za-z0-9-]{1,40}$");
    /// The code of a type of needs.
    NeedTypeCode = matching("^[a-z0-9_]{1,40}$");
    /// What the list gave as `next`.
    Cursor = matching("^[A-Za-z0-9_-]+$");
    /// SHA-256, in hexadecimal digits.
    Sha256Hex = matching("^[0-9a-f]{64}$");
    /// An ISO 4217 code.
    CurrencyCode = matching("^[A-Z]{3}$");
    /// How much of money is there for a project.
    Funds = one_of(&FUNDS);
    /// For what a contribution is given.
    Recipient = one_of(&RECIPIENTS);
    /// In what form a contribution is given.
    ContributionForm = one_of(&FORMS);
    /// By what Member States are grouped.
    Grouping = one_of(&GROUPINGS);
    /// By what replies are grouped.
    AttributeGrouping = one_of(&ATTRIBUTE_GROUPINGS);
    /// By which day a reply counts.
    CountedDay = one_of(&COUNTED_DAYS);
    /// What stands in cells of codes.
    Labelling = one_of(&LABELLINGS);
    /// The form of a document.
    DocumentForm = one_of(&FORMATS);
    /// The form of a translation.
    TranslationForm = one_of(&TRANSLATION_FORMATS);
    /// Whether somebody holds the office of a focal point.
    OfficeState = one_of(&OFFICES);
}

/// Money in answers: what is read as a number too is always answered as a text.
#[expect(dead_code, reason = "only its schema is used")]
#[derive(ToSchema)]
pub struct MoneyView {
    /// How much, as a decimal in a text.
    amount: String,
    /// The ISO 4217 code of its currency.
    #[schema(value_type = CurrencyCode)]
    currency: String,
}

fn one_of(codes: &[&'static str]) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(codes.iter().copied()))
        .build()
}

fn of_format(kind: SchemaType, format: &str) -> Object {
    let format = SchemaFormat::Custom(format.to_owned());
    ObjectBuilder::new()
        .schema_type(kind)
        .format(Some(format))
        .build()
}

fn matching(pattern: &str) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(pattern))
        .build()
}
