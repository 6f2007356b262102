//! The reference of types of questions, docs/question-types.md: what each says, from the API's own document, and what its fields
//! take, from the core.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::http::openapi;
use crate::http::schemas::QUESTION_SHAPES;
use domain::Lang;
use domain::fault::Codes;
use domain::phrase::Phrase;
use domain::questionnaire::{
    self, Counting, Field, Form, MissingKind, Questionnaire, TypeCode, types,
};

/// The page as it is committed.
///
/// # Errors
/// Never in practice: the API's document has a JSON form, and every example is a questionnaire.
pub fn markdown() -> anyhow::Result<String> {
    let document = serde_json::to_value(openapi::document())?;
    let schemas = &document["components"]["schemas"];
    let mut page = String::from(
        "# Types of questions\n\nWhat each type of question says, and what its fields take. Generated from the code: `scripts/generate`. How to \
         write a questionnaire is in [questionnaires.md](questionnaires.md), how to write a rule in [rules.md](rules.md).\n",
    );
    page += "\n## What every question says\n\n";
    page += "Parts of groups and lists say it too, but for `heading` and `standards`, and so do columns, which have a `code` or a `year` and \
             neither `number`, `help` nor `guidance`.\n\n";
    page += &members(
        &schemas["QuestionCommon"]["properties"],
        &schemas["QuestionCommon"]["required"],
    );
    for code in TypeCode::CODES {
        let kind: TypeCode = code.parse()?;
        page += &section(kind, schemas)?;
    }
    page += "\n## What stands within\n";
    for (title, name) in [
        ("An option", "Choice"),
        ("A row of a table", "TableRow"),
        ("A check", "Check"),
        ("A code list", "CodeList"),
    ] {
        let shape = &schemas[name];
        page += &format!(
            "\n### {title}\n\n{}",
            members(&shape["properties"], &shape["required"])
        );
    }
    page += &limits();
    Ok(page)
}

/// All of a type.
fn section(kind: TypeCode, schemas: &Value) -> anyhow::Result<String> {
    let shape = QUESTION_SHAPES
        .iter()
        .find(|(code, _)| *code == kind.as_str());
    let shape = shape.map_or(&Value::Null, |(_, name)| &schemas[*name]);
    let said = shape["description"].as_str().unwrap_or_default();
    let own = &shape["allOf"][1];
    let mut section = format!("\n## {kind}\n\n{said}\n");
    let members = members(&own["properties"], &own["required"]);
    section += if members.is_empty() {
        "\nIt says nothing of its own.\n"
    } else {
        "\n"
    };
    section += &members;
    let example = example(kind);
    let form = form(kind, &example.members)?;
    let fields: Vec<&Field> = form
        .fields()
        .iter()
        .filter(|field| &*field.question == "Q1")
        .collect();
    if fields.is_empty() {
        return Ok(section + "\nIt has no answer.\n");
    }
    section += &format!(
        "\nThe fields of a question `Q1` that says `{}`:\n\n| field | an answer | rules see | counted | missing, if nothing is said |\n| --- | --- | --- | --- | --- |\n",
        example.members
    );
    for field in fields {
        section += &row(field, example.answer(&field.address));
    }
    Ok(section)
}

/// A field, as a line of the table.
fn row(field: &Field, answer: Option<&Value>) -> String {
    let kind = field.value_type();
    let answer = match (kind, answer) {
        (Some(kind), Some(answer)) if kind.is_derived() => format!("none; it comes to `{answer}`"),
        (Some(kind), Some(answer)) => {
            format!("{}: `{}`", told(&kind.expected()), json!({"value": answer}))
        }
        (None, Some(answer)) => format!("an entry: `{}`", json!({"value": answer})),
        (Some(kind), None) if kind.is_derived() => "none; it follows from others".to_owned(),
        (Some(kind), None) => told(&kind.expected()),
        (None, None) => "none; it is the list as a whole".to_owned(),
    };
    let rules = match kind {
        Some(kind) => format!("`{}`", kind.rule_type().kind()),
        None => "how many entries there are".to_owned(),
    };
    let counted = match field.counting() {
        Counting::Nothing if field.personal => "no: it is about a person",
        Counting::Nothing => "no: there are several of it",
        Counting::Presence => "how many answered",
        Counting::Options => "how many answered, and how many chose each option",
    };
    let missing: Vec<_> = field
        .missing
        .iter()
        .map(|kind| format!("`{kind}`"))
        .collect();
    let missing = if missing.is_empty() {
        "never".to_owned()
    } else {
        missing.join(", ")
    };
    format!(
        "| `{}` | {answer} | {rules} | {counted} | {missing} |\n",
        field.address
    )
}

fn told(phrase: &Phrase) -> String {
    texts::text(&phrase.text(), &[Lang::En], &phrase.args)
}

/// Members of a shape, a line each.
fn members(properties: &Value, required: &Value) -> String {
    let none = Map::new();
    let properties = properties.as_object().unwrap_or(&none);
    let own = properties.iter().filter(|(name, _)| *name != "type");
    let lines: Vec<String> = own
        .map(|(name, property)| {
            let must = required
                .as_array()
                .is_some_and(|all| all.iter().any(|one| one == name));
            let must = if must { "yes" } else { "" };
            format!(
                "| `{name}` | {must} | {} | {} |\n",
                shape_of(property),
                description(property)
            )
        })
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    format!(
        "| member | must be there | what it is | what it says |\n| --- | --- | --- | --- |\n{}",
        lines.concat()
    )
}

/// What a property says of itself, wherever that stands in its schema.
fn description(property: &Value) -> String {
    let inner = property["oneOf"].as_array().into_iter().flatten();
    let mut places = std::iter::once(property).chain(inner);
    let said = places.find_map(|place| place["description"].as_str());
    said.unwrap_or_default()
        .replace('\n', " ")
        .replace('|', "\\|")
}

/// What a property is, in a word or two.
fn shape_of(property: &Value) -> String {
    if let Some(name) = property["$ref"]
        .as_str()
        .and_then(|path| path.rsplit('/').next())
    {
        return match name {
            "Texts" => "words, by language".to_owned(),
            "WholeNumber" => "a whole number".to_owned(),
            "Decimal" => "a decimal, as a text".to_owned(),
            "Requirement" => "true, false or a rule".to_owned(),
            "TotalOf" => "`\"rest\"`, or a list of codes".to_owned(),
            _ => format!("`{name}`"),
        };
    }
    if let Some(one) = property["oneOf"].as_array() {
        let mut one = one.iter().filter(|shape| shape["type"] != "null");
        return one.next().map(shape_of).unwrap_or_default();
    }
    let kind = match &property["type"] {
        Value::Array(kinds) => kinds
            .iter()
            .filter_map(Value::as_str)
            .find(|kind| *kind != "null"),
        kind => kind.as_str(),
    };
    match kind {
        Some("array") => format!("a list: {}", shape_of(&property["items"])),
        Some("integer") => "a whole number".to_owned(),
        Some("boolean") => "true or false".to_owned(),
        Some("string") => "a text".to_owned(),
        other => other.unwrap_or("an object").to_owned(),
    }
}

/// An example of a type.
struct Example {
    /// What a question of it says beside what every question does.
    members: Value,
    /// Answers, by their fields.
    answers: Vec<(&'static str, Value)>,
}

impl Example {
    fn answer(&self, address: &str) -> Option<&Value> {
        let mut answers = self.answers.iter();
        answers
            .find(|(of, _)| *of == address)
            .map(|(_, answer)| answer)
    }
}

/// What an example is of each type: one that has none does not compile.
fn example(kind: TypeCode) -> Example {
    let words = json!({"en": "…"});
    let text = json!({"text": "Half of them are old.", "lang": "en"});
    let options = json!([{"value": "law", "label": words}, {"value": "other", "label": words, "detail": "must"}]);
    let part = |code: &str, kind: &str| json!({"code": code, "type": kind, "text": words});
    let (members, answers) = match kind {
        TypeCode::OneChoice => (
            json!({"options": options}),
            vec![("Q1", json!("other")), ("Q1.other", text)],
        ),
        TypeCode::SeveralChoices => (
            json!({"options": options}),
            vec![("Q1", json!(["law", "other"])), ("Q1.other", text)],
        ),
        TypeCode::Rank => (
            json!({"options": options, "top": 2}),
            vec![("Q1", json!(["other", "law"])), ("Q1.other", text)],
        ),
        TypeCode::Text => (json!({}), vec![("Q1", text)]),
        TypeCode::WholeNumber => (json!({}), vec![("Q1", json!(1204))]),
        TypeCode::Decimal => (json!({}), vec![("Q1", json!("2.5"))]),
        TypeCode::Percentage => (json!({}), vec![("Q1", json!("31.4"))]),
        TypeCode::Money => (
            json!({}),
            vec![("Q1", json!({"amount": "12.50", "currency": "EUR"}))],
        ),
        TypeCode::Date => (json!({}), vec![("Q1", json!("2024-02-29"))]),
        TypeCode::Month => (json!({}), vec![("Q1", json!("2024-02"))]),
        TypeCode::Year => (json!({}), vec![("Q1", json!(2024))]),
        TypeCode::Link => (json!({}), vec![("Q1", json!("https://www.un.org"))]),
        TypeCode::Email => (json!({}), vec![("Q1", json!("name@example.org"))]),
        // It is attached, not sent.
        TypeCode::File | TypeCode::Note | TypeCode::LegalReference => (json!({}), Vec::new()),
        TypeCode::Calculated => (json!({"rule": "N1 / 3", "places": 1}), Vec::new()),
        TypeCode::Table => (
            json!({"rows": [{"code": "theft", "text": words}], "columns": [{"year": 0, "type": "whole_number"}, part("spent", "money")], "currency": true}),
            vec![
                ("Q1.currency", json!("EUR")),
                ("Q1.theft.y2024", json!(150)),
                ("Q1.theft.spent", json!("1200")),
            ],
        ),
        TypeCode::Group => (
            json!({"parts": [part("from", "date"), part("who", "text")]}),
            vec![("Q1.from", json!("2024-01-31"))],
        ),
        TypeCode::List => (
            json!({"parts": [part("title", "text")], "least": 1}),
            vec![("Q1.*", json!({"order": "2"})), ("Q1.*.title", text)],
        ),
    };
    Example { members, answers }
}

/// The example as it is asked in 2024, after a whole number N1.
fn form(kind: TypeCode, members: &Value) -> anyhow::Result<Form> {
    let words = json!({"en": "…"});
    let mut question = json!({"code": "Q1", "type": kind, "heading": "practices", "text": words});
    if let (Some(question), Some(members)) = (question.as_object_mut(), members.as_object()) {
        question.extend(members.clone());
    }
    let number =
        json!({"code": "N1", "type": "whole_number", "heading": "practices", "text": words});
    let json = json!({"title": words, "sections": [{"code": "A", "title": words, "questions": [question, number]}]});
    let read = Questionnaire::read(&json);
    let read =
        read.map_err(|faults| anyhow::anyhow!("the example of {kind} has faults: {faults:?}"))?;
    Ok(Form::new(Arc::new(read), Some(2024)))
}

/// What there is at most.
fn limits() -> String {
    let limits = [
        ("questions of a questionnaire", questionnaire::MAX_QUESTIONS),
        (
            "fields of a questionnaire, without those of lists' entries",
            questionnaire::MAX_FIELDS,
        ),
        (
            "options of a question, where they are its own",
            questionnaire::MAX_OPTIONS,
        ),
        (
            "entries of a code list",
            questionnaire::MAX_CODE_LIST_ENTRIES,
        ),
        ("rows of a table", questionnaire::MAX_ROWS),
        ("columns of a table", questionnaire::MAX_COLUMNS),
        (
            "parts of a group, or of a list's entry",
            questionnaire::MAX_PARTS,
        ),
        ("entries of a list", types::MAX_LIST_ENTRIES as usize),
        (
            "characters of a text of a questionnaire",
            questionnaire::MAX_TEXT_CHARS,
        ),
        (
            "characters of an official number",
            questionnaire::MAX_NUMBER_CHARS,
        ),
        (
            "characters of an answer in words",
            questionnaire::MAX_ANSWER_CHARS,
        ),
        ("characters of a link", questionnaire::MAX_LINK_CHARS),
        (
            "characters of a comment on an answer",
            questionnaire::MAX_COMMENT_CHARS,
        ),
    ];
    let lines = limits.map(|(of, most)| format!("| {of} | {most} |\n"));
    let missing = MissingKind::CODES.iter().map(|code| format!("`{code}`"));
    let missing = missing.collect::<Vec<_>>().join(", ");
    format!(
        "\n## Limits\n\n| | at most |\n| --- | --- |\n{}\nAn answer may be missing as {missing}, where its question takes that way.\n",
        lines.concat()
    )
}

#[cfg(test)]
mod tests {
    use domain::questionnaire::{Extent, parse};

    use super::*;

    #[test]
    fn the_committed_page_is_the_one_that_the_code_makes() {
        let committed = include_str!("../../docs/question-types.md");
        assert!(
            committed == markdown().unwrap(),
            "docs/question-types.md is stale: run scripts/generate"
        );
    }

    #[test]
    fn every_example_of_an_answer_is_taken() {
        for code in TypeCode::CODES {
            let kind = code.parse().unwrap();
            let example = example(kind);
            let form = form(kind, &example.members).unwrap();
            for (address, answer) in &example.answers {
                let field = form
                    .fields()
                    .iter()
                    .find(|field| &*field.address == *address);
                let field = field.unwrap_or_else(|| panic!("{address}"));
                let read = parse(field, &json!({"value": answer}), Extent::Whole, "");
                assert!(read.is_ok(), "{kind} {address}: {read:?}");
            }
        }
    }
}
