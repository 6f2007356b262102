//! Options, made once and shared by all fields that have them: in their order, by their values, and as rules know them.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::options::Choice;

/// Options, in order. To copy them is to count another who has them.
#[derive(Clone, Debug)]
pub struct OptionList(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    choices: Box<[Choice]>,
    values: rules::Options,
    /// Where each stands; of two with one value, which is a fault, the first.
    places: HashMap<Arc<str>, usize>,
}

impl OptionList {
    /// Where among them the option with this value stands.
    pub fn place(&self, value: &str) -> Option<usize> {
        self.0.places.get(value).copied()
    }

    /// Their values.
    pub fn values(&self) -> &rules::Options {
        &self.0.values
    }
}

impl FromIterator<Choice> for OptionList {
    fn from_iter<T: IntoIterator<Item = Choice>>(choices: T) -> Self {
        let choices: Box<[Choice]> = choices.into_iter().collect();
        let values = choices
            .iter()
            .map(|choice| Arc::from(choice.value.as_str()));
        let values: rules::Options = values.collect();
        let places = values.iter().cloned().enumerate().rev();
        let places = places.map(|(place, value)| (value, place)).collect();
        Self(Arc::new(Shared {
            choices,
            values,
            places,
        }))
    }
}

impl Deref for OptionList {
    type Target = [Choice];

    fn deref(&self) -> &[Choice] {
        &self.0.choices
    }
}

impl PartialEq for OptionList {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.choices == other.0.choices
    }
}

impl Serialize for OptionList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.choices.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use crate::questionnaire::fields::Taking;
    use crate::questionnaire::{Form, Questionnaire};

    #[test]
    fn all_cells_of_a_code_list_share_its_options_and_those_of_a_column_their_type() {
        let text = json!({"en": "?"});
        let row = |code: &str| json!({"code": code, "text": text});
        let column = |code: &str| json!({"code": code, "text": text, "type": "one_choice", "list": "member_states"});
        let json = json!({"title": text, "sections": [{"code": "A", "title": text, "questions": [
            {"code": "A1", "heading": "practices", "type": "table", "text": text,
             "rows": [row("a"), row("b")], "columns": [column("c"), column("d")]}]}]});
        let form = Form::from(Questionnaire::read(&json).unwrap());
        let values = form
            .fields()
            .iter()
            .map(|field| field.value_type().unwrap());
        let values = values.map(|kind| kind.option_source().unwrap().values());
        let values: Vec<rules::Options> = values.collect();
        assert_eq!((values.len(), values[0].len()), (4, 193));
        assert!(values.iter().all(|other| Arc::ptr_eq(other, &values[0])));
        let kinds: Vec<_> = form.fields().iter().map(|field| &field.takes).collect();
        match (kinds[0], kinds[2]) {
            (Taking::Value(one), Taking::Value(other)) => assert!(Arc::ptr_eq(one, other)),
            others => panic!("{others:?}"),
        }
    }
}
