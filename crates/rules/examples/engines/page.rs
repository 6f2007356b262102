//! The fields, for a client; and the examples of docs/rules.md, with the answers that stand there.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;

use rules::{Answer, Currency, Missing, Month, Schema, Value};
use serde_json::Value as Json;

use crate::frames::Stand;
use crate::pairs;
use crate::questionnaire;
use crate::sheet::Sheet;

const PAGE: &str = include_str!("../../../../docs/rules.md");

/// The fields, then a line for each example.
pub(crate) fn lines() -> Result<impl Iterator<Item = Result<Json, Box<dyn Error>>>, Box<dyn Error>>
{
    let schema = questionnaire::schema()?;
    let (now, last) = (answers(&schema)?, last_answers(&schema)?);
    let blocks = PAGE.split("```cel\n").skip(1);
    let rules = blocks.flat_map(|block| block.split("```").next().unwrap_or_default().lines());
    let examples = rules.map(move |rule| {
        let line = pairs::line(&schema, rule, &Stand::Nowhere, &now, Some(&last))?;
        line.ok_or_else(|| format!("{rule} is too large").into())
    });
    Ok(std::iter::once(Ok(questionnaire::as_json())).chain(examples))
}

fn number(written: &str) -> Result<Value, Box<dyn Error>> {
    Ok(Value::Number(written.parse()?))
}

fn text(written: &str) -> Value {
    Value::Text(Arc::from(written))
}

fn answers(schema: &Schema) -> Result<Sheet, Box<dyn Error>> {
    let euro = Currency::new("EUR").ok_or("no currency")?;
    let month = Month::read("2024-02").ok_or("no month")?;
    let chosen: Arc<[Arc<str>]> = ["prison", "fine"].into_iter().map(Arc::from).collect();
    let mut given = BTreeMap::from([
        ("B1", Value::Bool(true)),
        ("B2", text("in_part")),
        ("B3", Value::Money("1200.50".parse()?, euro)),
        ("B4", text("Schöffen")),
        ("B5", Value::Choices(chosen)),
        ("B7", Value::Date("2024-02-29".parse()?)),
        ("B8", Value::Month(month)),
    ]);
    for (address, written) in [
        ("B6", "0.1"),
        ("N1", "7"),
        ("Y1", "2024"),
        ("P1.theft.y2023", "10"),
        ("P1.theft.y2024", "12"),
        ("P1.robbery.y2023", "3"),
        ("P1.robbery.y2024", "4"),
        ("P1.fraud.y2023", "2"),
        ("P1.all.y2023", "15"),
        ("P1.all.y2024", "16"),
    ] {
        given.insert(address, number(written)?);
    }
    let mut sheet = Sheet::default();
    for (address, value) in given {
        let field = questionnaire::field(schema, address)?;
        sheet.fields.insert(field, Answer::Given(value));
    }
    let field = |address| questionnaire::field(schema, address);
    let fields = &mut sheet.fields;
    fields.insert(field("N2")?, Answer::Missing(Missing::NotAvailable));
    fields.insert(field("N3")?, Answer::NotRelevant);
    sheet.counts.insert(field("L1")?, 2);
    let both = |one, other| vec![Answer::Given(one), other];
    let title = both(text("Act"), Answer::Given(text("Decree")));
    let cost = both(number("1.5")?, Answer::Given(number("2.25")?));
    let kind = both(text("law"), Answer::Blank);
    sheet.parts.insert(field("L1.*.title")?, title);
    sheet.parts.insert(field("L1.*.cost")?, cost);
    sheet.parts.insert(field("L1.*.kind")?, kind);
    Ok(sheet)
}

fn last_answers(schema: &Schema) -> Result<Sheet, Box<dyn Error>> {
    let mut sheet = Sheet::default();
    let theft = questionnaire::field(schema, "P1.theft.y2023")?;
    sheet.fields.insert(theft, Answer::Given(number("8")?));
    Ok(sheet)
}
