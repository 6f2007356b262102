//! Pairs of a generated rule and made-up answers, with what the rule comes to.

use std::error::Error;

use rules::limits::MAX_STEPS;
use rules::{Reason, Rule, Schema, Situation};
use serde_json::{Value as Json, json};

use crate::frames::Stand;
use crate::questionnaire;
use crate::random::Random;
use crate::sheet::{Sheet, value_json};
use crate::writer::Writer;

type Line = Result<Json, Box<dyn Error>>;

/// So many pairs.
pub(crate) fn lines(count: usize, seed: u64) -> Result<impl Iterator<Item = Line>, Box<dyn Error>> {
    let schema = questionnaire::schema()?;
    let mut random = Random::new(seed);
    Ok((0..count).map(move |_| {
        loop {
            // What grew too large is written anew.
            if let Some(line) = pair(&schema, &mut random).transpose() {
                return line;
            }
        }
    }))
}

fn pair(schema: &Schema, random: &mut Random) -> Result<Option<Json>, Box<dyn Error>> {
    let now = Sheet::made_up(schema, random);
    let last = random.percent(80).then(|| Sheet::made_up(schema, random));
    let stand = Stand::made_up(schema, &now, random);
    let source = Writer::new(random, &stand).rule();
    line(schema, &source, &stand, &now, last.as_ref())
}

/// A rule, its answers, and what it comes to; `None` where it is too large to be one, or takes too long.
pub(crate) fn line(
    schema: &Schema,
    source: &str,
    stand: &Stand,
    now: &Sheet,
    last: Option<&Sheet>,
) -> Result<Option<Json>, Box<dyn Error>> {
    let rule = match Rule::compile(source, schema, &stand.scope(schema)?, None) {
        Ok(rule) => rule,
        Err(faults) if faults.iter().all(|fault| is_of_size(fault.code())) => return Ok(None),
        Err(faults) => return Err(format!("{source}: {faults:?}").into()),
    };
    let row = stand.row(schema)?;
    let situation = Situation {
        now,
        last,
        frame: stand.frame(schema, &row),
    };
    let (result, steps) = rule.evaluate_counted(&situation);
    let expected = match result {
        Ok(value) => value_json(&value),
        Err(why) if why.reason == Reason::TooManySteps || steps >= MAX_STEPS => return Ok(None),
        Err(why) => json!({ "unknown": why.reason.to_string() }),
    };
    Ok(Some(json!({
        "rule": source,
        "stands_on": stand.as_json(),
        "answers": now.as_json(schema),
        "last": last.map(|last| last.as_json(schema)),
        "expected": expected,
    })))
}

fn is_of_size(code: &str) -> bool {
    matches!(
        code,
        "rule_too_long"
            | "rule_too_large"
            | "rule_too_deep"
            | "rule_too_many_cells"
            | "rule_too_many_patterns"
    )
}
