//! The types of questions: a file each, and a line each in the table below, from which every dispatch is made.
//!
//! To add a type of field: its file with a struct and its [`FieldKind`], its line in the table, and, where no value of
//! [`AnswerValue`](super::AnswerValue) serves, one of its own. Whatever else must know of it then does not compile.

use serde::Serialize;
use serde_json::Value;

use super::answer_reader::AnswerReader;
use super::definition::Definition;
use super::object_reader::ObjectReader;
use super::{AnswerInput, AnswerValue, OptionView};
use crate::fault::{self, Codes, Fault, pointer};
use crate::phrase::{Phrase, expected};

mod calculated;
mod date;
mod decimal;
mod email;
mod file;
mod group;
mod initial;
mod legal_reference;
mod limits;
mod link;
mod list;
mod money;
mod month;
mod note;
mod one_choice;
mod option_list;
mod options;
mod part;
mod percentage;
mod rank;
mod several_choices;
mod sums;
mod table;
mod text;
mod whole_number;
mod year;

pub use calculated::Calculated;
pub use date::DateQuestion;
pub use decimal::{DecimalLimits, DecimalQuestion};
pub use email::Email;
pub use file::FileQuestion;
pub use group::Group;
pub use legal_reference::LegalReference;
pub use link::Link;
pub use list::{List, MAX_LIST_ENTRIES};
pub use money::{MoneyAnswer, MoneyQuestion};
pub use month::{Month, MonthQuestion};
pub use note::Note;
pub use one_choice::OneChoice;
pub use option_list::OptionList;
pub use options::{Choice, CodeListOptions, Detail, OptionSource};
pub use part::{Part, PartType};
pub use percentage::Percentage;
pub use rank::Rank;
pub use several_choices::SeveralChoices;
pub(super) use sums::{Line, TableSum};
pub use sums::{Sum, SumOf};
pub(super) use table::CURRENCY;
pub use table::{Column, ColumnName, Row, RowSource, Table};
pub use text::TextQuestion;
pub use whole_number::WholeNumberQuestion;
pub use year::YearQuestion;

/// What every type of field knows of itself.
pub(super) trait FieldKind: Sized {
    /// Reads what it allows from its question's JSON. Faults are noted with the reader; none: something that it needs is not there.
    fn read(reader: &mut ObjectReader<'_>) -> Option<Self>;

    /// What is wrong with what it allows.
    fn faults(&self, definition: &Definition<'_>, at: &str) -> Vec<Fault>;

    /// What of it an answer already given could contradict in a corrected revision that allows this: a limit that is tighter, an
    /// option that is gone. Words may be others.
    fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault>;

    /// What an answer to it is, in words.
    fn expected(&self) -> Phrase;

    /// Reads the value of an answer. Faults are noted with the reader.
    fn parse(&self, reader: &mut AnswerReader<'_>, json: &Value) -> Option<AnswerInput>;

    /// Whether a value is of this type, with options that it has. Ranges and lengths are looked at on submission only, so that a
    /// draft can hold what is not right yet.
    fn takes(&self, value: &AnswerValue) -> bool;

    /// What stands in the way of submitting a value of this type, at no place: whoever asks knows it.
    fn value_faults(&self, value: &AnswerValue) -> Vec<Fault>;

    /// What rules take it for.
    fn rule_type(&self) -> rules::Type;

    /// What rules take a value for.
    fn rule_value(&self, value: &AnswerValue) -> Option<rules::Value>;

    /// Whether it is about a person, whatever its question says.
    fn is_personal(&self) -> bool {
        false
    }

    /// What can be chosen, and the texts that belong to it.
    fn options(&self) -> Option<&OptionSource> {
        None
    }

    /// The options that a value chooses.
    fn chosen<'a>(&self, _value: &'a AnswerValue) -> &'a [String] {
        &[]
    }
}

/// The fault of a corrected revision that takes answers of another type.
fn type_changed(was: TypeCode, now: TypeCode, at: &str) -> Fault {
    let fault = fault::CORRECTION_CHANGES_TYPE.at(pointer(at, "type"));
    fault.arg("was", was).arg("now", now)
}

macro_rules! question_types {
    (
        fields { $($(#[doc = $doc:literal])* $name:ident($kind:ident) = $code:literal,)+ }
        compounds { $($(#[doc = $compound_doc:literal])* $compound:ident($compound_kind:ident) = $compound_code:literal,)+ }
    ) => {
        code_enum! {
            /// The name of a type of question.
            pub enum TypeCode as "QuestionType" {
                $($(#[doc = $doc])* $name = $code,)+
                $($(#[doc = $compound_doc])* $compound = $compound_code,)+
            }
        }

        /// A type of field, with what it allows.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(tag = "type")]
        pub enum FieldType {
            $($(#[doc = $doc])* #[serde(rename = $code)] $name($kind),)+
        }

        /// A type of question: one field, several, or none.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum QuestionType {
            /// One field.
            Field(FieldType),
            /// Several fields, or none.
            Compound(CompoundType),
        }

        /// A type of question that is no single field.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(tag = "type")]
        pub enum CompoundType {
            $($(#[doc = $compound_doc])* #[serde(rename = $compound_code)] $compound($compound_kind),)+
        }

        impl QuestionType {
            /// Its name.
            pub const fn code(&self) -> TypeCode {
                match self {
                    Self::Field(field) => field.code(),
                    $(Self::Compound(CompoundType::$compound(_)) => TypeCode::$compound,)+
                }
            }

            /// Reads the type of whatever has such a member, with what it allows.
            pub(super) fn of_member(reader: &mut ObjectReader<'_>) -> Option<Self> {
                let types = expected::ONE_OF.codes(TypeCode::CODES.iter().copied());
                let Some(code) = reader.required("type", types) else {
                    reader.take_rest();
                    return None;
                };
                Self::read(code, reader)
            }

            /// Reads what the type of this name allows.
            fn read(code: TypeCode, reader: &mut ObjectReader<'_>) -> Option<Self> {
                match code {
                    $(TypeCode::$name => $kind::read(reader).map(FieldType::$name).map(Self::Field),)+
                    $(TypeCode::$compound => {
                        $compound_kind::read(reader).map(CompoundType::$compound).map(Self::Compound)
                    })+
                }
            }

            /// What is wrong with what it allows.
            pub(super) fn faults(&self, definition: &Definition<'_>, at: &str) -> Vec<Fault> {
                match self {
                    Self::Field(field) => field.faults(definition, at),
                    $(Self::Compound(CompoundType::$compound(kind)) => kind.faults(definition, at),)+
                }
            }

            /// What of it an answer already given could contradict in a corrected revision.
            pub(super) fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
                let changed = || vec![type_changed(self.code(), corrected.code(), at)];
                match self {
                    Self::Field(was) => match corrected {
                        Self::Field(is) => was.contradictions(is, at),
                        Self::Compound(_) => changed(),
                    },
                    $(Self::Compound(CompoundType::$compound(was)) => match corrected {
                        Self::Compound(CompoundType::$compound(is)) => was.contradictions(is, at),
                        Self::Compound(_) | Self::Field(_) => changed(),
                    },)+
                }
            }
        }

        impl FieldType {
            /// Its name.
            pub const fn code(&self) -> TypeCode {
                match self { $(Self::$name(_) => TypeCode::$name,)+ }
            }

            pub(super) fn faults(&self, definition: &Definition<'_>, at: &str) -> Vec<Fault> {
                match self { $(Self::$name(kind) => kind.faults(definition, at),)+ }
            }

            /// What of it an answer already given could contradict in a corrected revision.
            pub(super) fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
                match self {
                    $(Self::$name(was) => match corrected {
                        Self::$name(is) => was.contradictions(is, at),
                        other => vec![type_changed(self.code(), other.code(), at)],
                    },)+
                }
            }

            /// What an answer to it is, in words.
            pub fn expected(&self) -> Phrase {
                match self { $(Self::$name(kind) => kind.expected(),)+ }
            }

            pub(super) fn parse(&self, reader: &mut AnswerReader<'_>, json: &Value) -> Option<AnswerInput> {
                match self { $(Self::$name(kind) => kind.parse(reader, json),)+ }
            }

            /// Whether a value is of this type, with options that it has. A way of being missing is none.
            pub fn takes(&self, value: &AnswerValue) -> bool {
                match self { $(Self::$name(kind) => kind.takes(value),)+ }
            }

            pub(crate) fn value_faults(&self, value: &AnswerValue) -> Vec<Fault> {
                match self { $(Self::$name(kind) => kind.value_faults(value),)+ }
            }

            /// What rules take it for.
            pub fn rule_type(&self) -> rules::Type {
                match self { $(Self::$name(kind) => kind.rule_type(),)+ }
            }

            pub(super) fn rule_value(&self, value: &AnswerValue) -> Option<rules::Value> {
                match self { $(Self::$name(kind) => kind.rule_value(value),)+ }
            }

            /// Whether it is about a person, whatever its question says.
            pub fn is_personal(&self) -> bool {
                match self { $(Self::$name(kind) => kind.is_personal(),)+ }
            }

            /// What can be chosen.
            pub fn option_source(&self) -> Option<&OptionSource> {
                match self { $(Self::$name(kind) => kind.options(),)+ }
            }

            /// The options that a value chooses.
            pub fn chosen<'a>(&self, value: &'a AnswerValue) -> &'a [String] {
                match self { $(Self::$name(kind) => kind.chosen(value),)+ }
            }
        }
    };
}

question_types! {
    fields {
        /// One of several options.
        OneChoice(OneChoice) = "one_choice",
        /// Any number of several options.
        SeveralChoices(SeveralChoices) = "several_choices",
        /// Words, in a language.
        Text(TextQuestion) = "text",
        /// A whole number.
        WholeNumber(WholeNumberQuestion) = "whole_number",
        /// An exact decimal.
        Decimal(DecimalQuestion) = "decimal",
        /// A day.
        Date(DateQuestion) = "date",
        /// A year.
        Year(YearQuestion) = "year",
        /// A share of a hundred.
        Percentage(Percentage) = "percentage",
        /// An amount in a currency.
        Money(MoneyQuestion) = "money",
        /// A month of a year.
        Month(MonthQuestion) = "month",
        /// Several of several options, put in order.
        Rank(Rank) = "rank",
        /// Files that are attached.
        File(FileQuestion) = "file",
        /// The address of a page in the web.
        Link(Link) = "link",
        /// An address of e-mail.
        Email(Email) = "email",
        /// A number that follows from other answers.
        Calculated(Calculated) = "calculated",
    }
    compounds {
        /// Rows by columns.
        Table(Table) = "table",
        /// Several parts, asked once.
        Group(Group) = "group",
        /// Entries that whoever answers adds, each with the same parts.
        List(List) = "list",
        /// A law or another text of law: its title, article, day, place and language.
        LegalReference(LegalReference) = "legal_reference",
        /// Words to whoever answers, and no answer.
        Note(Note) = "note",
    }
}

impl FieldType {
    /// What can be chosen, in order. Empty for fields without options.
    pub fn options(&self) -> Vec<OptionView<'_>> {
        self.option_source()
            .map_or_else(Vec::new, OptionSource::views)
    }

    /// The options themselves.
    pub fn choices(&self) -> &[Choice] {
        self.option_source().map_or(&[], |source| source.choices())
    }

    /// Whether nobody answers it: it follows from other answers.
    pub const fn is_derived(&self) -> bool {
        matches!(self, Self::Calculated(_))
    }
}
