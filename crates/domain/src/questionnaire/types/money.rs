//! An amount in a currency.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::FieldKind;
use super::limits::{narrowed, order, range};
use crate::Decimal;
use crate::fault::{self, Fault};
use crate::phrase::{Phrase, expected};
use crate::questionnaire::answer_reader::AnswerReader;
use crate::questionnaire::code_list::is_currency;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{AnswerInput, AnswerValue};

/// An amount in a currency of ISO 4217.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MoneyQuestion {
    /// The least amount that it can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<Decimal>,
    /// The most that it can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Decimal>,
}

/// Money as an answer: `{"amount": "12.5", "currency": "EUR"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyAnswer {
    /// How much, which may be nothing or less.
    pub amount: Decimal,
    /// The ISO 4217 code of its currency.
    pub currency: String,
}

impl FieldKind for MoneyQuestion {
    fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        Some(Self {
            min: reader.optional("min", expected::DECIMAL),
            max: reader.optional("max", expected::DECIMAL),
        })
    }

    fn faults(&self, _: &Definition<'_>, at: &str) -> Vec<Fault> {
        let order = order(self.min.as_ref(), self.max.as_ref(), at);
        order.into_iter().collect()
    }

    fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        narrowed(
            (self.min.as_ref(), self.max.as_ref()),
            (corrected.min.as_ref(), corrected.max.as_ref()),
            at,
        )
    }

    fn expected(&self) -> Phrase {
        expected::MONEY
    }

    fn parse(&self, reader: &mut AnswerReader<'_>, json: &Value) -> Option<AnswerInput> {
        let wrong = reader.wrong_type(self.expected());
        let members = reader.note(json.as_object().ok_or(wrong.clone()))?;
        let at = reader.at("/value");
        reader.only(members, &["amount", "currency"], &at);
        let (amount, currency) = (members.get("amount"), members.get("currency"));
        let given = amount.zip(currency.and_then(Value::as_str));
        let (amount, currency) = reader.note(given.ok_or(wrong))?;
        let amount = reader.decimal_at(amount, "/value/amount");
        if !is_currency(currency) {
            let fault = fault::UNKNOWN_CURRENCY.at(reader.at("/value/currency"));
            reader.faults.push(fault.arg("currency", currency));
        }
        let money = MoneyAnswer {
            amount: amount?,
            currency: currency.to_owned(),
        };
        Some(AnswerValue::Money(money).into())
    }

    fn takes(&self, value: &AnswerValue) -> bool {
        matches!(value, AnswerValue::Money(money) if is_currency(&money.currency))
    }

    fn value_faults(&self, value: &AnswerValue) -> Vec<Fault> {
        match value {
            AnswerValue::Money(money) => range(&money.amount, self.min.as_ref(), self.max.as_ref())
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }

    fn rule_type(&self) -> rules::Type {
        rules::Type::Money
    }

    fn rule_value(&self, value: &AnswerValue) -> Option<rules::Value> {
        let AnswerValue::Money(money) = value else {
            return None;
        };
        let amount = money.amount.as_str().parse().ok()?;
        let currency = rules::Currency::new(&money.currency)?;
        Some(rules::Value::Money(amount, currency))
    }
}
