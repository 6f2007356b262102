//! The answers of a round, for this crate and as a client sees them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rules::{Answer, Currency, FieldId, Missing, Month, Round, Schema, Type, Value};
use serde_json::{Map, Value as Json, json};

use crate::questionnaire::{FIELDS, LISTS};
use crate::random::Random;

static BLANK: Answer = Answer::Blank;

/// The answers of a round. Unlike `RoundAnswers` it has lists that are not relevant.
#[derive(Default)]
pub(crate) struct Sheet {
    pub(crate) fields: BTreeMap<FieldId, Answer>,
    pub(crate) parts: BTreeMap<FieldId, Vec<Answer>>,
    /// How many entries each list has that is relevant.
    pub(crate) counts: BTreeMap<FieldId, usize>,
}

impl Round for Sheet {
    fn answer(&self, field: FieldId) -> &Answer {
        self.fields.get(&field).unwrap_or(&BLANK)
    }

    fn entries(&self, part: FieldId) -> &[Answer] {
        self.parts.get(&part).map_or(&[], Vec::as_slice)
    }

    fn entry_count(&self, list: FieldId) -> Option<usize> {
        self.counts.get(&list).copied()
    }
}

impl Sheet {
    /// Whatever somebody may have answered.
    pub(crate) fn made_up(schema: &Schema, random: &mut Random) -> Self {
        let mut sheet = Self::default();
        let single = FIELDS.iter().filter(|(address, _)| !address.contains('*'));
        for (address, holds) in single {
            if let (Some(field), true) = (schema.field(address), holds() != Type::Entries) {
                sheet.fields.insert(field, answer(&holds(), random));
            }
        }
        for (list, parts) in LISTS {
            let Some(list_id) = schema.field(list).filter(|_| random.percent(90)) else {
                continue;
            };
            let count = random.below(4);
            sheet.counts.insert(list_id, count);
            for part in parts {
                let address = format!("{list}.*.{part}");
                let holds = crate::questionnaire::holds(&address);
                if let (Some(part), Some(holds)) = (schema.field(&address), holds) {
                    let answers = (0..count).map(|_| answer(&holds, random)).collect();
                    sheet.parts.insert(part, answers);
                }
            }
        }
        sheet
    }

    /// As a client sees it: what is blank is not there.
    pub(crate) fn as_json(&self, schema: &Schema) -> Json {
        let mut answers = Map::new();
        for (field, answer) in &self.fields {
            if *answer != Answer::Blank {
                answers.insert(schema.address(*field).to_owned(), answer_json(answer));
            }
        }
        for (list, count) in &self.counts {
            let entries = json!({ "entries": count });
            answers.insert(schema.address(*list).to_owned(), entries);
        }
        for (part, entries) in &self.parts {
            let entries: Vec<_> = entries.iter().map(answer_json).collect();
            answers.insert(schema.address(*part).to_owned(), Json::Array(entries));
        }
        Json::Object(answers)
    }
}

fn answer_json(answer: &Answer) -> Json {
    match answer {
        Answer::Blank => json!({}),
        Answer::NotRelevant => json!({ "not_relevant": true }),
        Answer::Missing(reason) => json!({ "missing": reason.code() }),
        Answer::Given(value) => json!({ "value": value_json(value) }),
    }
}

/// A value with its type.
pub(crate) fn value_json(value: &Value) -> Json {
    match value {
        Value::Bool(truth) => json!({ "bool": truth }),
        Value::Number(number) => json!({ "number": number.to_string() }),
        Value::Money(amount, currency) => {
            json!({ "money": { "amount": amount.to_string(), "currency": currency.as_str() } })
        }
        Value::Text(text) => json!({ "text": &**text }),
        Value::Choices(codes) => {
            let codes: Vec<&str> = codes.iter().map(|code| &**code).collect();
            json!({ "texts": codes })
        }
        Value::Date(day) => json!({ "text": day.to_string() }),
        Value::Month(month) => json!({ "text": format!("{:04}-{:02}", month.year, month.month) }),
        Value::Opaque => json!({ "text": "a file" }),
    }
}

fn answer(holds: &Type, random: &mut Random) -> Answer {
    match random.below(100) {
        0..12 => Answer::Blank,
        12..19 => Answer::NotRelevant,
        19..26 => {
            let reason = Missing::ALL.get(random.below(4)).copied();
            Answer::Missing(reason.unwrap_or(Missing::Confidential))
        }
        _ => value(holds, random).map_or(Answer::Blank, Answer::Given),
    }
}

const TEXTS: [&str; 12] = [
    "Schöffen",
    "",
    "a",
    "ab",
    "Act 12",
    "x_1 y",
    "١٢٣",
    "𝒜b\u{1d49e}",
    "line\nbreak",
    "\ttab",
    "EUR",
    "a.b\\d\"'",
];

fn value(holds: &Type, random: &mut Random) -> Option<Value> {
    let one_of = |options: &Arc<[Arc<str>]>, random: &mut Random| {
        options.get(random.below(options.len())).cloned()
    };
    Some(match holds {
        Type::Bool => Value::Bool(random.percent(50)),
        Type::Whole => Value::Number(whole(random).parse().ok()?),
        Type::Decimal => Value::Number(decimal(random).parse().ok()?),
        Type::Year => Value::Number((1990 + random.below(40)).to_string().parse().ok()?),
        Type::Money => {
            let currency = random.one(&["EUR", "EUR", "EUR", "USD"], "EUR");
            Value::Money(decimal(random).parse().ok()?, Currency::new(currency)?)
        }
        Type::Text => Value::Text(Arc::from(random.one(&TEXTS, ""))),
        Type::Choice(options) => Value::Text(one_of(options, random)?),
        Type::Choices(options) => {
            let chosen = options.iter().filter(|_| random.percent(50));
            Value::Choices(chosen.cloned().collect())
        }
        Type::Date => Value::Date(day(random).parse().ok()?),
        Type::Month => Value::Month(Month::read(day(random).get(..7)?)?),
        Type::Opaque => Value::Opaque,
        Type::List(_) | Type::Entries => return None,
    })
}

fn sign(random: &mut Random) -> &'static str {
    if random.percent(20) { "-" } else { "" }
}

fn whole(random: &mut Random) -> String {
    let digits = match random.below(100) {
        0..15 => return "0".to_owned(),
        15..85 => 1 + random.below(3),
        85..95 => 1 + random.below(19),
        _ => 1 + random.below(38),
    };
    format!("{}{}", sign(random), random.digits(digits))
}

fn decimal(random: &mut Random) -> String {
    if random.percent(25) {
        return whole(random);
    }
    let (before, after) = match random.below(100) {
        0..85 => (1 + random.below(3), 1 + random.below(2)),
        85..95 => (1 + random.below(12), 1 + random.below(12)),
        _ => (1 + random.below(8), 1 + random.below(30)),
    };
    let before = random.digits(before);
    let zero = random.percent(30);
    let whole = if zero { "0" } else { &before };
    format!("{}{whole}.{}", sign(random), random.digits(after))
}

/// A day, often one at the end of a month.
pub(crate) fn day(random: &mut Random) -> String {
    let days = [
        "2024-02-29",
        "2023-12-31",
        "2024-01-01",
        "2024-01-31",
        "0001-01-01",
        "9999-12-31",
        "2000-02-29",
    ];
    if random.percent(30) {
        return random.one(&days, "2024-01-31").to_owned();
    }
    let (year, month, day) = (
        1990 + random.below(40),
        1 + random.below(12),
        1 + random.below(28),
    );
    format!("{year:04}-{month:02}-{day:02}")
}
