//! Every type of question side by side, a row each: what a definition says and what is refused of it, which answers are taken
//! and which are not, what rules see of them, and how they are counted.

use super::*;
use crate::fault::Codes;
use crate::questionnaire::fields::Taking;

mod choices;
mod compounds;
mod numbers;
mod times;
mod words;

/// Faults, by code and place.
type Faults = &'static [(&'static str, &'static str)];

/// What is known of a type. Places in definitions are below the question, those in answers below the answer.
struct TypeRow {
    kind: TypeCode,
    /// Definitions that have no fault, by what they say beside what every question does. The first is the one that is answered.
    allows: Vec<Value>,
    /// Definitions that have faults.
    refuses: Vec<(Value, Faults)>,
    /// The fields that it has: address below the question's, what rules take it for, how it is counted, how an answer may be
    /// missing if nothing is said.
    fields: &'static [(&'static str, &'static str, Counting, &'static [MissingKind])],
    /// Answers: address below the question's, what is sent, what is stored, what rules see of it.
    takes: Vec<(&'static str, Value, Value, &'static str)>,
    /// Answers that no draft of a reply can hold.
    refuses_answers: Vec<(&'static str, Value, Faults)>,
    /// Values that a draft can hold, stored as they are, and that cannot be submitted.
    refuses_submission: Vec<(&'static str, Value, &'static str)>,
}

/// How an answer may be missing where its question says nothing of it.
const USUAL: &[MissingKind] = &[MissingKind::NotAvailable];

/// The row of each type: one that has none does not compile.
fn row(kind: TypeCode) -> TypeRow {
    match kind {
        TypeCode::OneChoice => choices::one_choice(),
        TypeCode::SeveralChoices => choices::several_choices(),
        TypeCode::Rank => choices::rank(),
        TypeCode::Text => words::text(),
        TypeCode::Link => words::link(),
        TypeCode::Email => words::email(),
        TypeCode::File => words::file(),
        TypeCode::LegalReference => words::legal_reference(),
        TypeCode::Note => words::note(),
        TypeCode::WholeNumber => numbers::whole_number(),
        TypeCode::Decimal => numbers::decimal(),
        TypeCode::Percentage => numbers::percentage(),
        TypeCode::Money => numbers::money(),
        TypeCode::Calculated => numbers::calculated(),
        TypeCode::Date => times::date(),
        TypeCode::Month => times::month(),
        TypeCode::Year => times::year(),
        TypeCode::Table => compounds::table(),
        TypeCode::Group => compounds::group(),
        TypeCode::List => compounds::list(),
    }
}

fn rows() -> Vec<TypeRow> {
    let codes = TypeCode::CODES.iter();
    let rows: Vec<TypeRow> = codes.map(|code| row(code.parse().unwrap())).collect();
    for (row, code) in rows.iter().zip(TypeCode::CODES) {
        assert_eq!(row.kind.as_str(), *code);
    }
    rows
}

/// Words in the two languages of the sample.
fn words() -> Value {
    json!({"en": "?", "fr": "?"})
}

/// Options with these values.
fn options(values: &[&str]) -> Value {
    let options = values.iter();
    options
        .map(|value| json!({"value": value, "label": words()}))
        .collect()
}

/// The question Q1 with these members, after a choice C1 and a whole number N1.
fn definition(kind: TypeCode, members: &Value) -> Value {
    let question = |code: &str, kind: &str, members: &Value| {
        let mut question =
            json!({"code": code, "type": kind, "heading": "practices", "text": words()});
        let members = members.as_object().unwrap().clone();
        question.as_object_mut().unwrap().extend(members);
        question
    };
    json!({"title": words(),
    "code_lists": [{"code": "own", "entries": options(&["A-1", "b.2"])}],
    "sections": [{"code": "A", "title": words(), "questions": [
        question("Q1", kind.as_str(), members),
        question("N1", "whole_number", &json!({})),
    ]}, {"code": "B", "title": words(), "questions": [
        question("C1", "several_choices", &json!({"options": options(&["theft", "fraud"])})),
        question("T1", "table", &json!({"rows_of": "C1", "columns": [
            {"code": "n", "type": "year", "text": words()}]})),
    ]}]})
}

/// The faults of a definition, by code and place below the question.
fn faults_of(kind: TypeCode, members: &Value) -> Vec<(&'static str, String)> {
    let read = Questionnaire::read(&definition(kind, members));
    let faults = match read {
        Ok(read) => read.check(&[Lang::En, Lang::Fr], &|_| true),
        Err(faults) => faults,
    };
    let named: Vec<_> = faults
        .iter()
        .map(|f| (f.code, f.pointer.as_str()))
        .collect();
    assert_faults(&faults, &named);
    let at = "/sections/0/questions/0";
    let below = |fault: &crate::Fault| fault.pointer.strip_prefix(at).unwrap_or("?").to_owned();
    faults
        .iter()
        .map(|fault| (fault.code, below(fault)))
        .collect()
}

fn form_of(kind: TypeCode, members: &Value) -> Form {
    let read = Questionnaire::read(&definition(kind, members));
    Form::new(
        Arc::new(read.unwrap_or_else(|faults| panic!("{faults:#?}"))),
        Some(2024),
    )
}

/// What rules see, as text.
fn seen(value: &rules::Value) -> String {
    match value {
        rules::Value::Bool(truth) => truth.to_string(),
        rules::Value::Number(number) => number.to_string(),
        rules::Value::Money(amount, currency) => format!("{amount} {}", currency.as_str()),
        rules::Value::Text(text) => text.to_string(),
        rules::Value::Choices(choices) => choices.join(" "),
        rules::Value::Date(date) => date.to_string(),
        rules::Value::Month(month) => format!("{}-{:02}", month.year, month.month),
        rules::Value::Opaque => "opaque".to_owned(),
    }
}

/// All that is not as its row says, at once.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn note<T: PartialEq + std::fmt::Debug>(&mut self, found: T, expected: T, of: String) {
        if found != expected {
            self.0.push(format!("{of}: {found:?}, not {expected:?}"));
        }
    }

    #[track_caller]
    fn finish(self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}

#[test]
fn what_a_definition_of_each_type_allows_and_what_is_refused_of_it() {
    let mut differences = Differences::default();
    for row in rows() {
        for members in &row.allows {
            differences.note(
                faults_of(row.kind, members),
                Vec::new(),
                format!("{} {members}", row.kind),
            );
            let read = Questionnaire::read(&definition(row.kind, members)).unwrap();
            let written = serde_json::to_value(&read).unwrap();
            assert_eq!(
                Questionnaire::read(&written).unwrap(),
                read,
                "{} {members}",
                row.kind
            );
        }
        let unknown = (
            json!({"colour": "red"}),
            &[("unknown_field", "/colour")][..],
        );
        for (members, expected) in row.refuses.iter().chain([&unknown]) {
            // What is wrong alone: the rest is as in the first that is allowed.
            let mut whole = row.allows[0].clone();
            whole
                .as_object_mut()
                .unwrap()
                .extend(members.as_object().unwrap().clone());
            whole
                .as_object_mut()
                .unwrap()
                .retain(|_, value| !value.is_null());
            let expected = expected.iter().map(|(code, at)| (*code, (*at).to_owned()));
            let expected: Vec<_> = expected.collect();
            differences.note(
                faults_of(row.kind, &whole),
                expected,
                format!("{} {members}", row.kind),
            );
        }
    }
    differences.finish();
}

#[test]
fn which_fields_each_type_has_what_rules_take_them_for_and_how_they_are_counted() {
    let mut differences = Differences::default();
    for row in rows() {
        let form = form_of(row.kind, &row.allows[0]);
        let of_question = form
            .fields()
            .iter()
            .filter(|field| &*field.question == "Q1");
        let found: Vec<_> = of_question
            .map(|field| {
                let kind = match &field.takes {
                    Taking::Value(kind) => kind.rule_type().kind().code(),
                    Taking::Entry | Taking::Nothing => "",
                };
                let below = field.address.strip_prefix("Q1").unwrap_or(&field.address);
                (below, kind, field.counting(), &*field.missing)
            })
            .collect();
        differences.note(&*found, row.fields, row.kind.to_string());
        // What is about persons is counted nowhere.
        let mut members = row.allows[0].clone();
        members["personal"] = json!(true);
        let form = form_of(row.kind, &members);
        let of_question = form
            .fields()
            .iter()
            .filter(|field| &*field.question == "Q1");
        for field in of_question {
            assert_eq!(
                field.counting(),
                Counting::Nothing,
                "{} {}",
                row.kind,
                field.address
            );
        }
    }
    differences.finish();
}

#[test]
fn which_answers_each_type_takes_and_what_rules_see_of_them() {
    let mut differences = Differences::default();
    for row in rows() {
        let form = form_of(row.kind, &row.allows[0]);
        for (below, sent, stored, expected) in &row.takes {
            let address = format!("Q1{below}");
            let value = taken(&form, &address, sent);
            let held = serde_json::to_value(&value).unwrap();
            differences.note(&held, stored, format!("{} {sent}", row.kind));
            let field = form.field(&address).unwrap().field;
            let value_seen = field.value_type().and_then(|kind| {
                assert!(
                    kind.takes(&value),
                    "{}: what is read can be saved: {sent}",
                    row.kind
                );
                assert_eq!(kind.value_faults(&value), [], "{} {sent}", row.kind);
                assert_eq!(kind.chosen(&value).is_empty(), kind.choices().is_empty());
                kind.rule_value(&value)
            });
            let value_seen = value_seen.as_ref().map(seen).unwrap_or_default();
            differences.note(&*value_seen, *expected, format!("{} {sent}", row.kind));
        }
        for field in form
            .fields()
            .iter()
            .filter(|field| &*field.question == "Q1")
        {
            // Each way of being missing that it takes is an answer, and no other.
            for kind in MissingKind::CODES {
                let read = parse(field, &json!({"missing": kind}), Extent::Whole, "");
                let takes = field.missing.iter().any(|taken| taken.as_str() == *kind);
                differences.note(read.is_ok(), takes, format!("{} {kind}", field.address));
            }
        }
    }
    differences.finish();
}

/// The answer as it is stored.
fn taken(form: &Form, address: &str, sent: &Value) -> AnswerValue {
    let field = form
        .field(address)
        .unwrap_or_else(|| panic!("{address}"))
        .field;
    let read = parse(field, &json!({"value": sent}), Extent::Whole, "");
    let Change::Becomes(input) = read.unwrap_or_else(|why| panic!("{sent}: {why:?}")).value else {
        panic!("{sent} is an answer");
    };
    input.into_value(&mut |_| content(1))
}

#[test]
fn which_answers_each_type_refuses_when_they_are_saved_and_which_when_they_are_submitted() {
    let mut differences = Differences::default();
    for row in rows() {
        let form = form_of(row.kind, &row.allows[0]);
        for (below, sent, expected) in &row.refuses_answers {
            let address = format!("Q1{below}");
            let field = form
                .field(&address)
                .unwrap_or_else(|| panic!("{address}"))
                .field;
            let read = parse(field, &json!({"value": sent}), Extent::Whole, "");
            let faults = read.err().unwrap_or_default();
            let found: Vec<_> = faults
                .iter()
                .map(|f| (f.code, f.pointer.as_str()))
                .collect();
            assert_faults(&faults, &found);
            differences.note(&*found, *expected, format!("{} {sent}", row.kind));
        }
        for field in form
            .fields()
            .iter()
            .filter(|field| &*field.question == "Q1")
        {
            // What says nothing is no answer, of whatever type.
            for blank in [json!(null), json!(" "), json!([])] {
                let read = parse(field, &json!({"value": blank}), Extent::Whole, "");
                let codes: Vec<_> = read.unwrap_err().iter().map(|fault| fault.code).collect();
                assert_eq!(codes, ["empty_answer"], "{} {blank}", field.address);
            }
        }
        for (below, held, expected) in &row.refuses_submission {
            let address = format!("Q1{below}");
            let value: AnswerValue = serde_json::from_value(held.clone()).unwrap();
            let field = form.field(&address).unwrap().field;
            if let Some(kind) = field.value_type() {
                assert!(kind.takes(&value), "{} holds {held}", row.kind);
            }
            let answers = [(address.clone(), value)].into_iter().collect();
            let faults = check_submission(&form, &answers, None).faults;
            let found: Vec<_> = faults.iter().map(|fault| fault.code).collect();
            differences.note(found, vec![*expected], format!("{} {held}", row.kind));
        }
    }
    differences.finish();
}
