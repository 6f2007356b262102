//! What a field begins with: an answer that a rule gives when a reply begins.

use super::{FieldType, MoneyAnswer};
use crate::questionnaire::AnswerValue;
use crate::{Decimal, WholeNumber};
use rules::Value;

impl FieldType {
    /// Whether a rule can give its first answer. Words and files are somebody's, and what is calculated is nobody's.
    pub const fn can_begin(&self) -> bool {
        match self {
            Self::OneChoice(_)
            | Self::SeveralChoices(_)
            | Self::Rank(_)
            | Self::WholeNumber(_)
            | Self::Decimal(_)
            | Self::Percentage(_)
            | Self::Money(_)
            | Self::Date(_)
            | Self::Month(_)
            | Self::Year(_) => true,
            Self::Text(_)
            | Self::Email(_)
            | Self::File(_)
            | Self::Link(_)
            | Self::Calculated(_) => false,
        }
    }

    /// The answer that what a rule came to is; none where the field cannot take it.
    pub(in crate::questionnaire) fn initial_answer(&self, value: &Value) -> Option<AnswerValue> {
        let answer = match self {
            Self::OneChoice(_) => AnswerValue::Choice(text(value)?),
            Self::SeveralChoices(_) => {
                let chosen = texts(value)?;
                let options = self.choices().iter().map(|option| &option.value);
                let in_order = options.filter(|option| chosen.contains(option));
                AnswerValue::Choices(in_order.cloned().collect())
            }
            Self::Rank(_) => AnswerValue::Ranking(texts(value)?),
            Self::WholeNumber(_) => AnswerValue::WholeNumber(WholeNumber(number(value)?)),
            Self::Decimal(_) | Self::Percentage(_) => {
                AnswerValue::Decimal(number::<Decimal>(value)?)
            }
            Self::Year(_) => AnswerValue::Year(number(value)?),
            Self::Money(_) => match value {
                Value::Money(amount, currency) => AnswerValue::Money(MoneyAnswer {
                    amount: amount.to_string().parse().ok()?,
                    currency: currency.as_str().to_owned(),
                }),
                _ => return None,
            },
            Self::Date(_) => match value {
                Value::Date(date) => AnswerValue::Date(*date),
                _ => return None,
            },
            Self::Month(_) => match value {
                Value::Month(month) => AnswerValue::Month((*month).into()),
                _ => return None,
            },
            Self::Text(_)
            | Self::Email(_)
            | Self::File(_)
            | Self::Link(_)
            | Self::Calculated(_) => return None,
        };
        (self.takes(&answer) && self.value_faults(&answer).is_empty()).then_some(answer)
    }
}

fn number<T: std::str::FromStr>(value: &Value) -> Option<T> {
    match value {
        Value::Number(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_string()),
        _ => None,
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Choices(codes) => Some(codes.iter().map(ToString::to_string).collect()),
        _ => None,
    }
}
