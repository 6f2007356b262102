//! What is wrong with how needs are stated: the parts that they come from, and the codes that these come to.

use crate::fault::{self, Codes, Fault, pointer};
use crate::need::Urgency;
use crate::phrase::{Phrase, expected};
use crate::questionnaire::conditions::Requirement;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::types::{
    ColumnName, CompoundType, FieldType, Part, PartType, QuestionType, RowSource,
};
use crate::questionnaire::{Question, Questionnaire};

use super::{NeedPart, NeedSource, NeedStatement, ROW};

/// The codes that there are, beside those of the questionnaire itself.
#[derive(Clone, Copy)]
pub struct KnownCodes<'a> {
    /// Whether there is a category with a code.
    pub category: &'a dyn Fn(&str) -> bool,
    /// Whether there is a standard with a code.
    pub standard: &'a dyn Fn(&str) -> bool,
    /// Whether the list of types of needs offers one with a code.
    pub need_type: &'a dyn Fn(&str) -> bool,
}

impl Questionnaire {
    /// The faults of codes that its needs come to. Pointers are into the questionnaire's own JSON.
    pub fn need_code_faults(&self, known: &KnownCodes<'_>) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (at, question) in self.placed_questions() {
            let Some(statement) = question.need() else {
                continue;
            };
            let sources = Sources::of(question, |code| options_in(self, code));
            let at = pointer(&at, "need");
            let attributes = [
                ("type", Some(&statement.kind), Attribute::Type),
                ("category", statement.category.as_ref(), Attribute::Category),
                ("standard", statement.standard.as_ref(), Attribute::Standard),
            ];
            for (member, source, attribute) in attributes {
                let Some(source) = source else { continue };
                let check = |code: &str| attribute.fault(code, known);
                let found = sources.codes(source, &pointer(&at, member), check);
                let found = found.into_iter();
                faults.extend(found.map(|fault| fault.of_question(&question.code)));
            }
        }
        faults
    }
}

fn options_in(questionnaire: &Questionnaire, code: &str) -> Vec<String> {
    let mut questions = questionnaire.questions();
    let found = questions.find(|question| question.code == code);
    let kind = found.and_then(Question::field);
    kind.map_or_else(Vec::new, values)
}

fn values(kind: &FieldType) -> Vec<String> {
    let choices = kind.choices().iter();
    choices.map(|option| option.value.clone()).collect()
}

/// What of a need a code says.
#[derive(Clone, Copy)]
enum Attribute {
    Type,
    Category,
    Standard,
}

impl Attribute {
    fn fault(self, code: &str, known: &KnownCodes<'_>) -> Option<Fault> {
        let (is_known, kind) = match self {
            Self::Type => ((known.need_type)(code), fault::UNKNOWN_NEED_TYPE),
            Self::Category => ((known.category)(code), fault::UNKNOWN_CATEGORY),
            Self::Standard => ((known.standard)(code), fault::UNKNOWN_STANDARD),
        };
        (!is_known).then(|| kind.at("").arg("code", code))
    }
}

/// What is wrong with how a question states needs, but for codes that stand elsewhere.
pub(in crate::questionnaire) fn need_faults(
    question: &Question,
    definition: &Definition<'_>,
    at: &str,
) -> Vec<Fault> {
    let Some(statement) = question.need() else {
        return Vec::new();
    };
    let at = pointer(at, "need");
    if question.conditions.personal {
        return vec![
            fault::NEED_FROM_PERSONAL
                .at(at)
                .arg("address", &question.code),
        ];
    }
    let options = |code: &str| definition.options_of(code);
    Sources::of(question, options).faults(statement, &at)
}

/// The parts of a row, an entry or a group, from which a need can come.
struct Sources<'a> {
    question: &'a Question,
    parts: Vec<SourcePart<'a>>,
    /// The codes of its rows, where it has some.
    rows: Option<Vec<String>>,
}

struct SourcePart<'a> {
    code: String,
    kind: &'a FieldType,
    is_personal: bool,
    is_required: bool,
}

impl<'a> Sources<'a> {
    /// Those of a question. `options` are those of another question of choices.
    fn of(question: &'a Question, options: impl Fn(&str) -> Vec<String>) -> Self {
        let mut sources = Self {
            question,
            parts: Vec::new(),
            rows: None,
        };
        let QuestionType::Compound(kind) = &question.kind else {
            return sources;
        };
        match kind {
            CompoundType::Table(table) => {
                let columns = table.columns.iter();
                let columns = columns.filter_map(|column| match &column.name {
                    ColumnName::Code(code) => Some(SourcePart {
                        code: code.clone(),
                        kind: &column.kind,
                        is_personal: column.conditions.personal,
                        is_required: column.conditions.required == Requirement::Always,
                    }),
                    ColumnName::YearsBack(_) => None,
                });
                sources.parts = columns.collect();
                sources.rows = Some(match &table.rows {
                    RowSource::Rows(rows) => rows.iter().map(|row| row.code.clone()).collect(),
                    RowSource::RowsOf(code) => options(code),
                });
            }
            CompoundType::Group(group) => sources.parts = of_parts(&group.parts),
            CompoundType::List(list) => sources.parts = of_parts(&list.parts),
            CompoundType::LegalReference(_) | CompoundType::Note(_) => {}
        }
        sources
    }

    fn part(&self, code: &str) -> Option<&SourcePart<'a>> {
        self.parts.iter().find(|part| part.code == code)
    }

    fn faults(&self, statement: &NeedStatement, at: &str) -> Vec<Fault> {
        let sources = [
            ("type", Some(&statement.kind)),
            ("category", statement.category.as_ref()),
            ("standard", statement.standard.as_ref()),
            ("urgency", Some(&statement.urgency)),
        ];
        let mut faults = Vec::new();
        for (member, source) in sources {
            if let Some(NeedSource::Part(part)) = source {
                faults.extend(self.part_faults(part, &pointer(at, member)));
            }
        }
        let urgency = pointer(at, "urgency");
        faults.extend(self.codes(&statement.urgency, &urgency, |code| {
            let is_known = Urgency::CODES.contains(&code);
            let wrong = fault::NOT_AS_EXPECTED.at("");
            let codes = expected::ONE_OF.codes(Urgency::CODES.iter().copied());
            (!is_known).then(|| wrong.words("expected", codes))
        }));
        if self.may_lack(&statement.urgency) {
            faults.push(fault::NEED_WITHOUT_URGENCY.at(urgency));
        }
        if statement.when.is_none() && !is_chosen(&statement.kind) {
            faults.push(fault::NEED_WITHOUT_WHEN.at(at));
        }
        if let Some(remark) = &statement.remark {
            faults.extend(self.remark_fault(remark, &pointer(at, "remark")));
        }
        faults
    }

    fn part_faults(&self, source: &NeedPart, at: &str) -> Option<Fault> {
        let of = pointer(at, "of");
        if source.of == ROW && self.rows.is_some() {
            return None;
        }
        let Some(part) = self.part(&source.of) else {
            return Some(self.unknown(&source.of, of));
        };
        if part.is_personal {
            return Some(self.personal(part, of));
        }
        let is_choice = matches!(part.kind, FieldType::OneChoice(_));
        let wrong = fault::NEED_FROM_NO_CHOICE.at(of).arg("code", &part.code);
        (!is_choice).then(|| wrong.arg("type", part.kind.code()))
    }

    fn remark_fault(&self, code: &str, at: &str) -> Option<Fault> {
        let Some(part) = self.part(code) else {
            return Some(self.unknown(code, at.to_owned()));
        };
        if part.is_personal {
            return Some(self.personal(part, at.to_owned()));
        }
        let is_text = matches!(part.kind, FieldType::Text(_));
        let wrong = fault::NEED_REMARK_NO_TEXT.at(at).arg("code", &part.code);
        (!is_text).then(|| wrong.arg("type", part.kind.code()))
    }

    fn unknown(&self, code: &str, at: String) -> Fault {
        let known = self.parts.iter().map(|part| part.code.as_str());
        let known = known.chain(self.rows.as_ref().map(|_| ROW));
        let fault = fault::NEED_FROM_NO_PART.at(at).arg("code", code);
        fault.words("known", Phrase::codes_if_any(known))
    }

    fn personal(&self, part: &SourcePart<'_>, at: String) -> Fault {
        let address = format!("{}.{}", self.question.code, part.code);
        fault::NEED_FROM_PERSONAL.at(at).arg("address", address)
    }

    /// Whether it can happen that nothing gives it where a need is stated.
    fn may_lack(&self, source: &NeedSource) -> bool {
        let NeedSource::Part(source) = source else {
            return false;
        };
        let is_row = source.of == ROW && self.rows.is_some();
        let part = self.part(&source.of);
        source.otherwise.is_none() && !is_row && part.is_none_or(|part| !part.is_required)
    }

    /// What is wrong with the codes that a source can come to, each at its place.
    fn codes(
        &self,
        source: &NeedSource,
        at: &str,
        check: impl Fn(&str) -> Option<Fault>,
    ) -> Vec<Fault> {
        let placed =
            |code: &str, pointer: String| check(code).map(|fault| Fault { pointer, ..fault });
        let source = match source {
            NeedSource::Fixed(code) => return placed(code, at.to_owned()).into_iter().collect(),
            NeedSource::Part(source) => source,
        };
        let options = match (&self.rows, self.part(&source.of)) {
            (Some(rows), _) if source.of == ROW => rows.clone(),
            (_, Some(part)) => values(part.kind),
            (_, None) => return Vec::new(),
        };
        let mut faults = Vec::new();
        let codes = pointer(at, "as");
        for (option, code) in &source.codes {
            let at = pointer(&codes, option);
            if options.contains(option) {
                faults.extend(placed(code, at));
            } else {
                faults.push(fault::NEED_FROM_NO_OPTION.at(at).arg("value", option));
            }
        }
        // The first says enough: of a long list it would be thousands.
        let mut own = options.iter();
        let own = own
            .find(|option| !source.codes.contains_key(*option) && check(option.as_str()).is_some());
        if let Some(option) = own {
            let at = pointer(at, "of");
            faults.push(
                fault::NEED_OPTION_STANDS_FOR_NOTHING
                    .at(at)
                    .arg("value", option),
            );
        }
        if let Some(code) = &source.otherwise {
            faults.extend(placed(code, pointer(at, "otherwise")));
        }
        faults
    }
}

fn of_parts(parts: &[Part]) -> Vec<SourcePart<'_>> {
    let fields = parts.iter().filter_map(|part| match &part.kind {
        PartType::Field(kind) => Some(SourcePart {
            code: part.code.clone(),
            kind,
            is_personal: part.conditions.personal,
            is_required: part.conditions.required == Requirement::Always,
        }),
        PartType::Compound(_) => None,
    });
    fields.collect()
}

/// Whether a source is a choice that somebody makes.
fn is_chosen(source: &NeedSource) -> bool {
    matches!(source, NeedSource::Part(part) if part.of != ROW)
}
