//! Questionnaires, as the API's document shows them; they are read by the core.

#![expect(
    dead_code,
    reason = "only the schemas are used; the types themselves are the core's"
)]

mod tables;

use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use super::need_statement::NeedStatementShape;
use domain::questionnaire::types::Detail;
use domain::questionnaire::{CheckKind, Flag, Heading, MissingKind, Scale};
use domain::{Decimal, Texts, WholeNumber};
use tables::{RowShape, TotalOfShape};

/// A questionnaire: sections of questions.
#[derive(ToSchema)]
#[schema(as = Questionnaire)]
pub struct QuestionnaireShape {
    /// What it is called.
    title: Texts,
    /// What whoever answers should know first.
    introduction: Option<Texts>,
    /// The code lists that come with it; those that come with the product are `currencies`, `languages`, `member_states`,
    /// `need_types`, `regional_groups`.
    code_lists: Option<Vec<CodeListShape>>,
    /// What its rules name beside fields.
    variables: Option<Vec<VariableShape>>,
    /// What must hold of a reply as a whole.
    checks: Option<Vec<CheckShape>>,
    /// Its sections, in order.
    sections: Vec<SectionShape>,
}

/// A code list: options that many questions share.
#[derive(ToSchema)]
#[schema(as = CodeList)]
struct CodeListShape {
    /// What choices name it by.
    code: String,
    /// Its entries, in order; at most 5,000.
    entries: Vec<CodeListEntryShape>,
}

/// An entry of a code list.
#[derive(ToSchema)]
#[schema(as = CodeListEntry)]
struct CodeListEntryShape {
    /// What is stored.
    value: String,
    /// What people read.
    label: Texts,
}

/// What rules name beside fields: a value that several of them need.
#[derive(ToSchema)]
#[schema(as = Variable)]
struct VariableShape {
    /// Its name.
    code: String,
    /// What it is: a rule.
    rule: String,
}

/// What must hold of answers.
#[derive(ToSchema)]
#[schema(as = Check)]
struct CheckShape {
    /// Unique in the questionnaire: a small letter, then up to 39 small letters, digits and underscores. What is explained is
    /// an answer in words at `checks.` and this.
    code: String,
    /// Whether what does not hold is refused or explained.
    kind: CheckKind,
    /// What must hold: a rule. What is not known passes.
    rule: String,
    /// What whoever answers is told.
    text: Texts,
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
    /// What whoever answers it should know first.
    help: Option<Texts>,
    /// When it is asked: a rule.
    relevant: Option<String>,
    /// What must hold of its answers.
    checks: Option<Vec<CheckShape>>,
    /// Its questions, in order.
    questions: Vec<QuestionShape>,
    /// Its sub-sections, which have none.
    #[schema(no_recursion)]
    sections: Option<Vec<SectionShape>>,
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

/// The shape of a question of each type: what it says beside what every question has.
macro_rules! question_shapes {
    ($($(#[doc = $doc:literal])+ $shape:ident, $type:ident, $variant:ident = $code:literal {
        $($(#[doc = $member_doc:literal])+ $(#[schema($($attr:tt)+)])? $member:ident: $of:ty,)*
    })+) => {
        question_types! { $($type: $code,)+ }

        /// The types of questions, each with the name of its shape.
        pub const QUESTION_SHAPES: &[(&str, &str)] = &[$(($code, stringify!($shape)),)+];

        /// A question, by its type.
        #[derive(ToSchema)]
        #[schema(as = Question, discriminator(property_name = "type"))]
        #[serde(untagged)]
        enum QuestionShape {
            $($(#[doc = $doc])+ $variant($shape),)+
        }

        $(
            $(#[doc = $doc])+
            #[derive(ToSchema)]
            struct $shape {
                #[schema(inline)]
                r#type: $type,
                #[serde(flatten)]
                common: QuestionCommon,
                $($(#[doc = $member_doc])+ $(#[schema($($attr)+)])? $member: $of,)*
            }
        )+
    };
}

/// What every question has. Its code stays the same over revisions.
#[derive(ToSchema)]
struct QuestionCommon {
    /// A capital letter, then up to 15 capital letters, digits and underscores. Of a part or a column a small letter, then up to
    /// 39 small letters, digits and underscores.
    #[schema(example = "A1")]
    code: Option<String>,
    /// A column's year in place of its code: 0 is the collection's reference year, -1 the one before.
    year: Option<i16>,
    /// The number that people cite it by.
    number: Option<String>,
    /// What it serves in the report: of questions, but for notes and calculations, it must be said.
    heading: Option<Heading>,
    /// The question itself; a column of a year needs none.
    text: Option<Texts>,
    /// How to answer it.
    help: Option<Texts>,
    /// What is printed beside it.
    guidance: Option<Texts>,
    /// Of a question: the one of another instrument that it is the same as. What a party answered to that is shown beside it.
    same_as: Option<SameAsShape>,
    /// When it is asked: a rule.
    relevant: Option<String>,
    /// Whether a reply without an answer to it cannot be submitted: yes, no, or a rule.
    required: Option<RequirementShape>,
    /// What it is answered with when a reply begins, and may be changed: a rule.
    initial: Option<String>,
    /// The ways in which an answer may be missing: not available, if left out.
    missing: Option<Vec<MissingKind>>,
    /// What may be said of a figure.
    flags: Option<Vec<Flag>>,
    /// Whether it is about a person: then it is in no figure and no publication.
    personal: Option<bool>,
    /// What must hold of it.
    checks: Option<Vec<CheckShape>>,
    /// Codes of the standards that it is about.
    standards: Option<Vec<String>>,
    /// Of a column, that it is a total, row by row: of the columns with these codes, or of the `rest`, which is all others of its
    /// kind that are no totals.
    total_of: Option<TotalOfShape>,
    /// Of a column of percentages, that they come to 100, as near as they were rounded.
    adds_to_100: Option<bool>,
    /// Of a column that is a total or comes to 100, what becomes of a reply in which it does not: an explanation is asked for, if
    /// left out.
    sum_kind: Option<CheckKind>,
}

/// The question of another instrument that one is the same as.
#[derive(ToSchema)]
#[schema(as = SameAs)]
struct SameAsShape {
    /// The instrument.
    instrument: Uuid,
    /// The question's code there.
    #[schema(example = "A1")]
    question: String,
}

/// Whether something must be answered: yes, no, or by a rule.
#[derive(ToSchema)]
#[schema(as = Requirement)]
#[serde(untagged)]
enum RequirementShape {
    /// Always, or never.
    Always(bool),
    /// By a rule.
    Rule(String),
}

question_shapes! {
    /// A question with one of several options as its answer: its own, those of a standard scale, or of a code list.
    OneChoiceQuestion, OneChoiceType, OneChoice = "one_choice" {
        /// The standard scale, instead of options.
        scale: Option<Scale>,
        /// The code list, instead of options.
        list: Option<String>,
        /// What can be chosen.
        options: Option<Vec<ChoiceShape>>,
    }
    /// A question with any number of several options as its answer.
    SeveralChoicesQuestion, SeveralChoicesType, SeveralChoices = "several_choices" {
        /// The code list, instead of options.
        list: Option<String>,
        /// What can be chosen.
        options: Option<Vec<ChoiceShape>>,
        /// Values that exclude every other.
        exclusive: Option<Vec<String>>,
        /// How many are chosen at least.
        least: Option<u32>,
        /// How many are chosen at most.
        most: Option<u32>,
    }
    /// A question whose answer is several of several options, put in order.
    RankQuestion, RankType, Rank = "rank" {
        /// The code list, instead of options.
        list: Option<String>,
        /// What can be put in order.
        options: Option<Vec<ChoiceShape>>,
        /// How many are, at most.
        top: u32,
    }
    /// A question that is answered in words.
    TextQuestion, TextType, Text = "text" {
        /// The most characters.
        max_length: Option<u32>,
    }
    /// A question with a whole number as its answer.
    WholeNumberQuestion, WholeNumberType, WholeNumber = "whole_number" {
        /// The least.
        min: Option<WholeNumber>,
        /// The most.
        max: Option<WholeNumber>,
        /// What is counted.
        unit: Option<Texts>,
    }
    /// A question with a decimal as its answer.
    DecimalQuestion, DecimalType, Decimal = "decimal" {
        /// The least.
        min: Option<Decimal>,
        /// The most.
        max: Option<Decimal>,
        /// The most digits after the point.
        places: Option<u32>,
        /// What is measured.
        unit: Option<Texts>,
    }
    /// A question with a share of a hundred as its answer.
    PercentageQuestion, PercentageType, Percentage = "percentage" {
        /// The least: 0, if left out.
        min: Option<Decimal>,
        /// The most: 100, if left out.
        max: Option<Decimal>,
        /// The most digits after the point.
        places: Option<u32>,
    }
    /// A question with an amount in a currency as its answer.
    MoneyQuestion, MoneyType, Money = "money" {
        /// The least.
        min: Option<Decimal>,
        /// The most.
        max: Option<Decimal>,
    }
    /// A question with a day as its answer.
    DateQuestion, DateType, Date = "date" {
        /// The first.
        #[schema(format = Date)]
        min: Option<String>,
        /// The last.
        #[schema(format = Date)]
        max: Option<String>,
    }
    /// A question with a month as its answer.
    MonthQuestion, MonthType, Month = "month" {
        /// The first.
        min: Option<String>,
        /// The last.
        max: Option<String>,
    }
    /// A question with a year as its answer.
    YearQuestion, YearType, Year = "year" {
        /// The first.
        min: Option<i16>,
        /// The last.
        max: Option<i16>,
    }
    /// A question that is answered by attaching files to its address.
    FileQuestion, FileType, File = "file" {
        /// How many, at most: 1, if left out.
        most: Option<u32>,
    }
    /// A question with the address of a page as its answer: http or https.
    LinkQuestion, LinkType, Link = "link" {}
    /// A question with an address of e-mail as its answer. It is about a person, unless it is an office's.
    EmailQuestion, EmailType, Email = "email" {
        /// Whether the address is an office's, and not a person's.
        office: Option<bool>,
    }
    /// A number that follows from other answers, and that nobody gives.
    CalculatedQuestion, CalculatedType, Calculated = "calculated" {
        /// By what rule.
        rule: String,
        /// To how many digits after the point it is rounded.
        places: Option<u32>,
        /// What it measures.
        unit: Option<Texts>,
    }
    /// Rows by columns; each cell is a field.
    TableQuestion, TableType, Table = "table" {
        /// Its rows.
        rows: Option<Vec<RowShape>>,
        /// The code of a question of choices before it, instead of rows: a row for each option that is chosen there.
        rows_of: Option<String>,
        /// Its columns: each a field of any type.
        #[schema(no_recursion)]
        columns: Vec<QuestionShape>,
        /// Whether it asks its currency once.
        currency: Option<bool>,
        /// How each of its rows states a need for technical assistance.
        need: Option<NeedStatementShape>,
    }
    /// Several parts that are asked once.
    GroupQuestion, GroupType, Group = "group" {
        /// Its parts: each a field of any type, a legal reference or a note.
        #[schema(no_recursion)]
        parts: Vec<QuestionShape>,
        /// How it states a need for technical assistance.
        need: Option<NeedStatementShape>,
    }
    /// Entries that whoever answers adds, each with the same parts.
    ListQuestion, ListType, List = "list" {
        /// The parts of an entry.
        #[schema(no_recursion)]
        parts: Vec<QuestionShape>,
        /// How many entries there are at least.
        least: Option<u32>,
        /// How many there are at most: 500, if left out.
        most: Option<u32>,
        /// How each of its entries states a need for technical assistance.
        need: Option<NeedStatementShape>,
    }
    /// A law or another text of law: its title, article, the day since which it is in force, a link or a file, its language.
    LegalReferenceQuestion, LegalReferenceType, LegalReference = "legal_reference" {}
    /// Words to whoever answers, and no answer.
    NoteQuestion, NoteType, Note = "note" {}
}

/// An option.
#[derive(ToSchema)]
#[schema(as = Choice)]
pub struct ChoiceShape {
    /// What is stored.
    value: String,
    /// What people read.
    label: Texts,
    /// Whether whoever chooses it may or must say more, in words at the question's address and this value: `B2.other`.
    detail: Option<Detail>,
    /// When it is offered: a rule.
    relevant: Option<String>,
}
