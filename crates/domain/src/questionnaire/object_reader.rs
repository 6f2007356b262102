//! Reading JSON objects so that every fault is noted and none stops the reading.

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::super::fault::{self, Fault, pointer};
use super::super::phrase::{Phrase, expected};
use super::super::{WholeNumber, times};
use super::code_list::CodeLists;

/// One JSON object being read.
pub(super) struct ObjectReader<'a> {
    members: &'a Map<String, Value>,
    at: String,
    lists: &'a CodeLists,
    read: Vec<&'static str>,
    takes_any: bool,
    pub(super) faults: Vec<Fault>,
}

impl<'a> ObjectReader<'a> {
    /// The object at a place, or the fault that it is none. Its choices can name these code lists.
    pub(super) fn from_json(
        json: &'a Value,
        at: &str,
        lists: &'a CodeLists,
    ) -> Result<Self, Vec<Fault>> {
        let members = json
            .as_object()
            .ok_or_else(|| vec![wrong(expected::OBJECT, at)])?;
        Ok(Self {
            members,
            at: at.to_owned(),
            lists,
            read: Vec::new(),
            takes_any: false,
            faults: Vec::new(),
        })
    }

    /// The same object, whose choices can name these code lists instead.
    pub(super) fn with_lists(self, lists: &'a CodeLists) -> Self {
        Self { lists, ..self }
    }

    /// A member that must be there. `expected` says what it must be.
    pub(super) fn required<T: DeserializeOwned>(
        &mut self,
        field: &'static str,
        expected: Phrase,
    ) -> Option<T> {
        let value = self.present(field)?;
        self.value(value, field, expected)
    }

    /// A member that may be absent.
    pub(super) fn optional<T: DeserializeOwned>(
        &mut self,
        field: &'static str,
        expected: Phrase,
    ) -> Option<T> {
        let value = self.member(field)?;
        self.value(value, field, expected)
    }

    /// A whole number that may be absent, written as every number is. `beyond` is the fault, at its place, of one that the type
    /// does not hold.
    pub(super) fn whole<T: TryFrom<i64>>(
        &mut self,
        field: &'static str,
        beyond: impl FnOnce(&str, WholeNumber) -> Fault,
    ) -> Option<T> {
        let number: WholeNumber = self.optional(field, expected::WHOLE_NUMBER)?;
        let read = T::try_from(number.0);
        if read.is_err() {
            self.faults.push(beyond(&self.at(field), number));
        }
        read.ok()
    }

    /// A day that may be absent, in its one spelling.
    pub(super) fn day(&mut self, field: &'static str) -> Option<Date> {
        let text: String = self.optional(field, expected::DAY)?;
        let day = times::day(&text);
        if day.is_none() {
            let fault = times::day_fault(&text, &self.at(field));
            self.faults.push(fault);
        }
        day
    }

    /// An object that may be absent, read on its own.
    pub(super) fn inner_if_any<T>(
        &mut self,
        field: &'static str,
        read: impl Fn(&Value, &str, &CodeLists) -> Result<T, Vec<Fault>>,
    ) -> Option<T> {
        let at = pointer(&self.at, field);
        let read = read(self.member(field)?, &at, self.lists);
        read.map_err(|faults| self.faults.extend(faults)).ok()
    }

    /// The elements of an array that must be there, each read on its own.
    pub(super) fn each<T>(
        &mut self,
        field: &'static str,
        read: impl Fn(&Value, &str, &CodeLists) -> Result<T, Vec<Fault>>,
    ) -> Option<Vec<T>> {
        self.present(field)?;
        self.each_if_any(field, read)
    }

    /// The elements of an array that may be absent, which is as if it were empty.
    pub(super) fn each_if_any<T>(
        &mut self,
        field: &'static str,
        read: impl Fn(&Value, &str, &CodeLists) -> Result<T, Vec<Fault>>,
    ) -> Option<Vec<T>> {
        let at = pointer(&self.at, field);
        let elements = match self.member(field) {
            None => return Some(Vec::new()),
            Some(Value::Array(elements)) => elements,
            Some(_) => {
                self.faults.push(wrong(expected::LIST, &at));
                return None;
            }
        };
        let mut all = Vec::with_capacity(elements.len());
        for (index, element) in elements.iter().enumerate() {
            match read(element, &pointer(&at, index), self.lists) {
                Ok(read) => all.push(read),
                Err(faults) => self.faults.extend(faults),
            }
        }
        (all.len() == elements.len()).then_some(all)
    }

    /// The code lists that its choices can name.
    pub(super) const fn lists(&self) -> &'a CodeLists {
        self.lists
    }

    /// Whether a member is there.
    pub(super) fn has(&self, field: &str) -> bool {
        self.members.contains_key(field)
    }

    /// Takes every member as it is: nothing tells which of them belong here.
    pub(super) fn take_rest(&mut self) {
        self.takes_any = true;
    }

    /// The pointer to a member.
    pub(super) fn at(&self, field: &str) -> String {
        pointer(&self.at, field)
    }

    /// What was read, when nothing was wrong: members that nobody asked for are faults too.
    pub(super) fn finish<T>(mut self, read: Option<T>) -> Result<T, Vec<Fault>> {
        let unread = self
            .members
            .keys()
            .filter(|field| !self.takes_any && !self.read.contains(&field.as_str()));
        let unknown = unread.map(|field| {
            fault::UNKNOWN_FIELD
                .at(pointer(&self.at, field))
                .arg("field", field)
                .arg("known", self.read.join(", "))
        });
        self.faults.extend(unknown);
        match read {
            Some(read) if self.faults.is_empty() => Ok(read),
            _ => Err(self.faults),
        }
    }

    fn member(&mut self, field: &'static str) -> Option<&'a Value> {
        if !self.read.contains(&field) {
            self.read.push(field);
        }
        self.members.get(field)
    }

    fn present(&mut self, field: &'static str) -> Option<&'a Value> {
        let member = self.member(field);
        if member.is_none() {
            let missing = fault::MISSING_FIELD.at(pointer(&self.at, field));
            self.faults.push(missing.arg("field", field));
        }
        member
    }

    fn value<T: DeserializeOwned>(
        &mut self,
        value: &Value,
        field: &str,
        expected: Phrase,
    ) -> Option<T> {
        let read = T::deserialize(value);
        if read.is_err() {
            self.faults.push(wrong(expected, &pointer(&self.at, field)));
        }
        read.ok()
    }
}

fn wrong(expected: Phrase, at: &str) -> Fault {
    fault::WRONG_JSON_TYPE.at(at).words("expected", expected)
}
