//! Questionnaires and answers, as the API's document shows them; they are read by the core, which knows a question's type.

#![expect(
    dead_code,
    reason = "only the schemas are used; the types themselves are the core's"
)]

use utoipa::openapi::schema::ArrayBuilder;
use utoipa::openapi::{ObjectBuilder, OneOfBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::WordsShape;
use domain::questionnaire::{Heading, Scale};
use domain::{Decimal, Texts, WholeNumber};

/// A questionnaire: sections of questions.
#[derive(ToSchema)]
#[schema(as = Questionnaire)]
pub struct QuestionnaireShape {
    /// What it is called.
    title: Texts,
    /// What whoever answers should know first.
    introduction: Option<Texts>,
    /// Its sections, in order.
    sections: Vec<SectionShape>,
}

/// A part of a questionnaire.
#[derive(ToSchema)]
#[schema(as = Section)]
struct SectionShape {
    /// Unique in the questionnaire.
    #[schema(example = "A")]
    code: String,
    /// What it is about.
    title: Texts,
    /// Its questions, in order.
    questions: Vec<QuestionShape>,
}

/// A question, by its type.
#[derive(ToSchema)]
#[schema(as = Question, discriminator(property_name = "type", mapping(
    ("one_choice" = "#/components/schemas/OneChoiceQuestion"),
    ("several_choices" = "#/components/schemas/SeveralChoicesQuestion"),
    ("text" = "#/components/schemas/TextQuestion"),
    ("whole_number" = "#/components/schemas/WholeNumberQuestion"),
    ("decimal" = "#/components/schemas/DecimalQuestion"),
    ("date" = "#/components/schemas/DateQuestion"),
    ("year" = "#/components/schemas/YearQuestion"),
)))]
#[serde(untagged)]
enum QuestionShape {
    /// One of several options.
    OneChoice(OneChoiceQuestion),
    /// Any number of several options.
    SeveralChoices(SeveralChoicesQuestion),
    /// Words, in a language.
    Text(TextQuestion),
    /// A whole number.
    WholeNumber(WholeNumberQuestion),
    /// An exact decimal.
    Decimal(DecimalQuestion),
    /// A day.
    Date(DateQuestion),
    /// A year.
    Year(YearQuestion),
}

/// The type of each question. A schema of its own for each, since what programs make of a document tells shapes apart by a member
/// that each of them has itself.
macro_rules! question_types {
    ($($name:ident: $code:literal,)+) => {
        $(
            struct $name;

            impl PartialSchema for $name {
                fn schema() -> RefOr<Schema> {
                    ObjectBuilder::new().schema_type(Type::String).enum_values(Some([$code])).into()
                }
            }

            impl ToSchema for $name {}
        )+
    };
}

question_types! {
    OneChoiceType: "one_choice",
    SeveralChoicesType: "several_choices",
    TextType: "text",
    WholeNumberType: "whole_number",
    DecimalType: "decimal",
    DateType: "date",
    YearType: "year",
}

/// What every question has. Its code stays the same over revisions.
#[derive(ToSchema)]
struct QuestionCommon {
    /// A capital letter, then up to 15 capital letters, digits and underscores.
    #[schema(example = "A1")]
    code: String,
    /// What it serves in the report.
    heading: Heading,
    /// The question itself.
    text: Texts,
    /// How to answer it.
    help: Option<Texts>,
    /// Whether a reply without an answer to it cannot be submitted.
    required: Option<bool>,
    /// Codes of the standards that it is about.
    standards: Option<Vec<String>>,
}

/// A question with one of several options as its answer: its own, or those of a standard scale.
#[derive(ToSchema)]
struct OneChoiceQuestion {
    #[schema(inline)]
    r#type: OneChoiceType,
    #[serde(flatten)]
    common: QuestionCommon,
    /// The standard scale, instead of options.
    scale: Option<Scale>,
    /// What can be chosen.
    options: Option<Vec<ChoiceShape>>,
}

/// A question with any number of several options as its answer.
#[derive(ToSchema)]
struct SeveralChoicesQuestion {
    #[schema(inline)]
    r#type: SeveralChoicesType,
    #[serde(flatten)]
    common: QuestionCommon,
    /// What can be chosen.
    options: Vec<ChoiceShape>,
    /// Values that exclude every other.
    exclusive: Option<Vec<String>>,
}

/// A question that is answered in words.
#[derive(ToSchema)]
struct TextQuestion {
    #[schema(inline)]
    r#type: TextType,
    #[serde(flatten)]
    common: QuestionCommon,
    /// The most characters.
    max_length: Option<u32>,
}

/// A question with a whole number as its answer.
#[derive(ToSchema)]
struct WholeNumberQuestion {
    #[schema(inline)]
    r#type: WholeNumberType,
    #[serde(flatten)]
    common: QuestionCommon,
    /// The least.
    min: Option<WholeNumber>,
    /// The most.
    max: Option<WholeNumber>,
    /// What is counted.
    unit: Option<Texts>,
}

/// A question with a decimal as its answer.
#[derive(ToSchema)]
struct DecimalQuestion {
    #[schema(inline)]
    r#type: DecimalType,
    #[serde(flatten)]
    common: QuestionCommon,
    /// The least.
    min: Option<Decimal>,
    /// The most.
    max: Option<Decimal>,
    /// The most digits after the point.
    places: Option<u32>,
    /// What is measured.
    unit: Option<Texts>,
}

/// A question with a day as its answer.
#[derive(ToSchema)]
struct DateQuestion {
    #[schema(inline)]
    r#type: DateType,
    #[serde(flatten)]
    common: QuestionCommon,
    /// The first.
    #[schema(format = Date)]
    min: Option<String>,
    /// The last.
    #[schema(format = Date)]
    max: Option<String>,
}

/// A question with a year as its answer.
#[derive(ToSchema)]
struct YearQuestion {
    #[schema(inline)]
    r#type: YearType,
    #[serde(flatten)]
    common: QuestionCommon,
    /// The first.
    min: Option<i16>,
    /// The last.
    max: Option<i16>,
}

/// An option.
#[derive(ToSchema)]
#[schema(as = Choice)]
pub struct ChoiceShape {
    /// What is stored.
    value: String,
    /// What people read.
    label: Texts,
}

/// An answer: a value, or that there is no such information.
#[derive(ToSchema)]
#[schema(as = Answer)]
pub struct AnswerShape {
    /// What was answered, by the question's type.
    value: Option<AnswerValue>,
    /// `true`, instead of a value: an answer, and not a blank.
    not_available: Option<bool>,
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
            "An option's value; a date, `2011-03-08`; a decimal; a whole number beyond 2^53. Numbers are digits 0-9, before them \
             at most one sign, among them at most one point.",
        ));
        let number = ObjectBuilder::new().schema_type(Type::Number);
        let number = number.description(Some(
            "A whole number or a year. A decimal is taken so, and answered as a text, which is exact.",
        ));
        let values = ArrayBuilder::new().items(ObjectBuilder::new().schema_type(Type::String));
        let values = values.description(Some("The values of several options."));
        OneOfBuilder::new()
            .item(text)
            .item(number)
            .item(values)
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
