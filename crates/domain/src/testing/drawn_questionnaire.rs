//! Questionnaires of every type of question, whose rules name what stands earlier.

use serde_json::{Map, Value, json};

use super::draw::Draw;
use super::drawn_rule::{Holds, Known, condition, number};
use crate::Lang;
use crate::questionnaire::Questionnaire;

/// A questionnaire that has no faults.
pub fn questionnaire(draw: &mut Draw) -> Questionnaire {
    let json = Drawn::default().whole(draw);
    let read = Questionnaire::read(&json).unwrap_or_else(|faults| panic!("{faults:#?} {json:#}"));
    let faults = read.check(&[Lang::En], &|_| true);
    assert!(faults.is_empty(), "{faults:#?} {json:#}");
    read
}

/// What was made so far.
#[derive(Default)]
struct Drawn {
    known: Vec<Known>,
    variables: Vec<Value>,
    /// The questions whose options can be a table's rows.
    choices: Vec<String>,
    questions: usize,
    checks: usize,
}

fn words() -> Value {
    json!({"en": "?"})
}

impl Drawn {
    fn whole(mut self, draw: &mut Draw) -> Value {
        let count = 1 + draw.below(3);
        let sections: Vec<Value> = (0..count)
            .map(|index| self.section(draw, &format!("S{index}"), true))
            .collect();
        let checks = self.checks(draw, &self.known.clone());
        json!({
            "title": words(), "sections": sections, "variables": self.variables, "checks": checks,
            "code_lists": [{"code": "own", "entries": [
                {"value": "A-1", "label": words()}, {"value": "b.2", "label": words()}]}],
        })
    }

    fn section(&mut self, draw: &mut Draw, code: &str, is_outer: bool) -> Value {
        let mut section = Map::new();
        section.insert("code".into(), json!(code));
        section.insert("title".into(), words());
        if draw.chance(30) {
            section.insert("relevant".into(), json!(condition(draw, &self.known)));
        }
        let count = 1 + draw.below(4);
        let questions: Vec<Value> = (0..count).map(|_| self.question(draw)).collect();
        section.insert("questions".into(), json!(questions));
        if is_outer && draw.chance(40) {
            let inner = self.section(draw, &format!("{code}A"), false);
            section.insert("sections".into(), json!([inner]));
        }
        let known = self.known.clone();
        section.insert("checks".into(), self.checks(draw, &known));
        Value::Object(section)
    }

    fn question(&mut self, draw: &mut Draw) -> Value {
        if draw.chance(15) {
            self.variable(draw);
        }
        self.questions += 1;
        let code = format!("Q{}", self.questions);
        let earlier = self.known.clone();
        let mut question = match draw.below(12) {
            0 => self.table(draw, &code),
            1 => self.group(draw, &code),
            2 | 3 => self.list(draw, &code),
            4 => json!({"type": draw.one(&["note", "legal_reference"])}),
            _ => {
                let (field, holds) = self.field(draw, &code, &earlier, "");
                if let Holds::Choice(options) | Holds::Choices(options) = &holds
                    && !options.iter().any(|option| option == "A-1")
                {
                    self.choices.push(code.clone());
                }
                self.know(&code, holds);
                field
            }
        };
        let members = question.as_object_mut().unwrap();
        members.insert("code".into(), json!(code));
        members.insert("text".into(), words());
        members.insert("heading".into(), json!("practices"));
        if members.contains_key("parts") || members.contains_key("columns") {
            let when = condition(draw, &earlier);
            let need =
                json!({"when": when, "type": "other", "urgency": draw.one(&["low", "high"])});
            members.insert("need".into(), need);
        }
        self.conditions(draw, members, &earlier);
        question
    }

    fn know(&mut self, name: &str, holds: Holds) {
        let name = name.to_owned();
        self.known.push(Known { name, holds });
    }

    /// A name for a rule over what there is.
    fn variable(&mut self, draw: &mut Draw) {
        let code = format!("v{}", self.variables.len());
        let (rule, holds) = match draw.chance(50) {
            true => (condition(draw, &self.known), Holds::Truth),
            false => (number(draw, &self.known), Holds::Number),
        };
        self.variables.push(json!({"code": code, "rule": rule}));
        self.know(&code, holds);
    }

    /// What it is asked under. What stands in the members already is left.
    fn conditions(&mut self, draw: &mut Draw, members: &mut Map<String, Value>, known: &[Known]) {
        if draw.chance(35) {
            members.insert("relevant".into(), json!(condition(draw, known)));
        }
        match draw.below(5) {
            3 => drop(members.insert("required".into(), json!(true))),
            4 => drop(members.insert("required".into(), json!(condition(draw, known)))),
            _ => {}
        }
        if draw.chance(30) {
            let missing = ["not_available", "not_collected", "confidential"];
            members.insert("missing".into(), json!(draw.some(&missing)));
        }
        if draw.chance(20) {
            let flags = ["provisional", "estimated"];
            members.insert("flags".into(), json!(draw.some(&flags)));
        }
        if !members.contains_key("checks") {
            let checks = self.checks(draw, known);
            members.insert("checks".into(), checks);
        }
    }

    fn checks(&mut self, draw: &mut Draw, known: &[Known]) -> Value {
        let count = draw.below(5).saturating_sub(3);
        let checks = (0..count).map(|_| {
            self.checks += 1;
            json!({"code": format!("c{}", self.checks), "kind": draw.one(&["refuse", "explain"]),
                "rule": condition(draw, known), "text": words()})
        });
        checks.collect()
    }

    /// A field, and what it holds; what is named `entry.` or `row.` within stands before its name.
    fn field(
        &mut self,
        draw: &mut Draw,
        name: &str,
        known: &[Known],
        within: &str,
    ) -> (Value, Holds) {
        let own = |draw: &mut Draw| {
            let values = ["one", "two", "three"];
            let options = values.map(|value| {
                let mut option = json!({"value": value, "label": words()});
                if draw.chance(25) {
                    option["detail"] = json!(draw.one(&["may", "must"]));
                }
                if draw.chance(15) {
                    option["relevant"] = json!(condition(draw, known));
                }
                option
            });
            (json!(options), values.map(str::to_owned).to_vec())
        };
        let (min, max) = (draw.below(3), 5 + draw.below(4));
        match draw.below(15) {
            0 => (
                json!({"type": "one_choice", "scale": "yes_in_part_no"}),
                Holds::Choice(["yes", "in_part", "no"].map(str::to_owned).to_vec()),
            ),
            1 | 2 => {
                let (options, values) = own(draw);
                (
                    json!({"type": "one_choice", "options": options}),
                    Holds::Choice(values),
                )
            }
            3 => {
                let (options, values) = own(draw);
                (
                    json!({"type": "several_choices", "options": options, "exclusive": ["three"], "most": 2}),
                    Holds::Choices(values),
                )
            }
            4 => {
                let (options, values) = own(draw);
                (
                    json!({"type": "rank", "options": options, "top": 2}),
                    Holds::Choices(values),
                )
            }
            5 => (
                json!({"type": "one_choice", "list": "own"}),
                Holds::Choice(vec!["A-1".to_owned(), "b.2".to_owned()]),
            ),
            6 => (json!({"type": "text", "max_length": 3 + min}), Holds::Other),
            7 => (
                json!({"type": "whole_number", "min": min, "max": max}),
                Holds::Number,
            ),
            8 => (
                json!({"type": "decimal", "min": min.to_string(), "places": 1}),
                Holds::Number,
            ),
            9 => (json!({"type": "percentage"}), Holds::Number),
            10 => (json!({"type": "money", "min": "1"}), Holds::Money),
            11 => (json!({"type": "date", "min": "2024-01-03"}), Holds::Day),
            12 => (json!({"type": "month"}), Holds::Month),
            13 => match *draw.one(&["link", "file", "email"]) {
                // What is calculated may read it, and is about nobody.
                "email" => (json!({"type": "email", "office": true}), Holds::Other),
                kind => (json!({"type": kind}), Holds::Other),
            },
            _ => {
                let in_scope: Vec<Known> = known
                    .iter()
                    .filter(|known| within.is_empty() || known.name != name)
                    .cloned()
                    .collect();
                (
                    json!({"type": "calculated", "rule": number(draw, &in_scope)}),
                    Holds::Number,
                )
            }
        }
    }

    /// A part of a group or an entry.
    fn part(
        &mut self,
        draw: &mut Draw,
        code: &str,
        known: &[Known],
        within: &str,
    ) -> (Value, Option<Holds>) {
        if draw.chance(10) {
            let mut part = json!({"type": draw.one(&["note", "legal_reference"]), "code": code, "text": words()});
            self.conditions(draw, part.as_object_mut().unwrap(), known);
            return (part, None);
        }
        let (mut part, holds) = self.field(draw, code, known, within);
        let members = part.as_object_mut().unwrap();
        members.insert("code".into(), json!(code));
        members.insert("text".into(), words());
        self.conditions(draw, members, known);
        (part, Some(holds))
    }

    fn group(&mut self, draw: &mut Draw, code: &str) -> Value {
        let count = 1 + draw.below(4);
        let parts = (0..count).map(|index| {
            let known = self.known.clone();
            let (part, holds) = self.part(draw, &format!("p{index}"), &known, "");
            if let Some(holds) = holds {
                self.know(&format!("{code}.p{index}"), holds);
            }
            part
        });
        let parts: Vec<Value> = parts.collect();
        json!({"type": "group", "parts": parts})
    }
}

mod rows;
