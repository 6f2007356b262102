//! Tables and lists, whose rules name what is beside them.

use serde_json::{Value, json};

use super::{Drawn, words};
use crate::testing::draw::Draw;
use crate::testing::drawn_rule::{Holds, Known, condition};

impl Drawn {
    pub(super) fn table(&mut self, draw: &mut Draw, code: &str) -> Value {
        let mut table = json!({"type": "table", "currency": draw.chance(30)});
        let mut rows: Vec<String> = ["r0", "r1", "currency"]
            .iter()
            .take(1 + draw.below(3))
            .map(|row| (*row).to_owned())
            .collect();
        if table["currency"] == true {
            // A row of this code would have the currency's address.
            rows.retain(|row| row != "currency");
        }
        let mut columns = Vec::new();
        let mut in_row: Vec<(String, Holds)> = Vec::new();
        for index in 0..1 + draw.below(3) {
            let mut known = self.known.clone();
            known.extend(in_row.iter().map(|(column, holds)| Known {
                name: format!("row.{column}"),
                holds: holds.clone(),
            }));
            let name = format!("k{index}");
            let (mut column, mut holds) = self.field(draw, &name, &known, "row");
            let members = column.as_object_mut().unwrap();
            let name = if draw.chance(30) {
                members.insert("year".into(), json!(-(index as i64)));
                format!("y{index}")
            } else {
                members.insert("code".into(), json!(name));
                members.insert("text".into(), words());
                name
            };
            self.conditions(draw, members, &known);
            if table["currency"] == true && matches!(holds, Holds::Money) {
                holds = Holds::Number;
            }
            in_row.push((name, holds));
            columns.push(column);
        }
        for column in &mut columns {
            if column["type"] == "percentage" && draw.chance(50) {
                column["adds_to_100"] = json!(true);
            }
        }
        let is_number = |column: &Value| {
            let numbers = ["whole_number", "decimal"];
            numbers.iter().any(|kind| column["type"] == *kind)
        };
        let adds = columns.iter().any(&is_number);
        if columns.iter().filter(|column| is_number(column)).count() > 1 && draw.chance(50) {
            let total = columns.iter_mut().find(|column| is_number(column)).unwrap();
            // What is calculated is a number too.
            total["total_of"] = json!("rest");
        }
        table["columns"] = json!(columns);
        if draw.chance(40) && !self.choices.is_empty() {
            // Which options there are is not noted: what is in such a table is named by no rule.
            table["rows_of"] = json!(draw.one(&self.choices));
            return table;
        }
        let mut own = Vec::new();
        for row in &rows {
            let mut json = json!({"code": row, "text": words()});
            if row == "r1" && adds && draw.chance(60) {
                json["total_of"] = json!(["r0"]);
                json["sum_kind"] = json!(draw.one(&["refuse", "explain"]));
            }
            if draw.chance(40) {
                json["relevant"] = json!(condition(draw, &self.known));
            }
            if draw.chance(20) {
                json["required"] = json!(condition(draw, &self.known));
            }
            for (column, holds) in &in_row {
                self.know(&format!("{code}.{row}.{column}"), holds.clone());
            }
            own.push(json);
        }
        for (column, holds) in in_row {
            if matches!(holds, Holds::Number) {
                self.know(&format!("{code}.*.{column}"), Holds::Numbers);
            }
        }
        table["rows"] = json!(own);
        table
    }

    pub(super) fn list(&mut self, draw: &mut Draw, code: &str) -> Value {
        let mut parts = Vec::new();
        let mut in_entry: Vec<(String, Holds)> = Vec::new();
        for index in 0..1 + draw.below(4) {
            let mut known = self.known.clone();
            known.extend(in_entry.iter().map(|(part, holds)| Known {
                name: format!("entry.{part}"),
                holds: holds.clone(),
            }));
            let name = format!("p{index}");
            let (part, holds) = self.part(draw, &name, &known, "entry");
            in_entry.extend(holds.map(|holds| (name, holds)));
            parts.push(part);
        }
        self.know(code, Holds::Entries);
        for (part, holds) in in_entry {
            if matches!(holds, Holds::Number) {
                self.know(&format!("{code}.*.{part}"), Holds::Numbers);
            }
        }
        let least = 1 + draw.below(2);
        json!({"type": "list", "parts": parts, "least": least, "most": 1 + least})
    }
}
