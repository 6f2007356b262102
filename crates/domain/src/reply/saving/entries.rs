//! Entries of lists as answers are saved: who answers a part of one adds it, and what is taken away goes with its parts.

use std::collections::{BTreeMap, BTreeSet};

use super::{AnswerChange, NewValue};
use crate::Decimal;
use crate::fault::{self, pointer};
use crate::questionnaire::types::MAX_LIST_ENTRIES;
use crate::questionnaire::{AnswerValue, Change, FieldPlace, Form};
use crate::reply::{Refusal, Reply};

/// Where entries stand that are added: each after all others of its list.
pub(super) struct NextOrder<'a> {
    reply: &'a Reply,
    last: BTreeMap<String, Decimal>,
}

impl<'a> NextOrder<'a> {
    /// After those held, and those that the same save puts somewhere.
    pub(super) fn of(reply: &'a Reply, changes: &BTreeMap<String, AnswerChange>) -> Self {
        let mut last: BTreeMap<String, Decimal> = BTreeMap::new();
        for (code, change) in changes {
            let (NewValue::Becomes(AnswerValue::Entry(order)), Some((list, _))) =
                (&change.value, code.rsplit_once('.'))
            else {
                continue;
            };
            let held = || {
                let entries = Form::entries(list, &reply.answers);
                entries.last().map(|(order, _)| (*order).clone())
            };
            let before = last.get(list).cloned().or_else(held);
            let greatest = before.map_or(order.clone(), |before| before.max(order.clone()));
            last.insert(list.to_owned(), greatest);
        }
        Self { reply, last }
    }

    /// The answer by which the entry at this address is there.
    pub(super) fn entry(&mut self, address: &str) -> AnswerValue {
        let list = address.rsplit_once('.').map_or(address, |(list, _)| list);
        let last = self.last.get(list).cloned().or_else(|| {
            let entries = Form::entries(list, &self.reply.answers);
            entries.last().map(|(order, _)| (*order).clone())
        });
        let next = last.map_or_else(|| Decimal::from(1), |last| after(&last));
        self.last.insert(list.to_owned(), next.clone());
        AnswerValue::Entry(next)
    }
}

/// The next whole number; the same where there is none, and ids decide.
fn after(order: &Decimal) -> Decimal {
    let number: Option<rules::Number> = order.as_str().parse().ok();
    let next = number.and_then(|number| number.rounded(0).plus(1.into()).ok());
    let next = next.and_then(|next| next.to_string().parse().ok());
    next.unwrap_or_else(|| order.clone())
}

/// Adds the entries of which a part is answered and that are not there, and refuses more than a list can have.
pub(super) fn add_missing(
    reply: &Reply,
    form: &Form,
    changes: &mut BTreeMap<String, AnswerChange>,
    clear: &BTreeSet<String>,
) -> Result<(), Refusal> {
    let mut added: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut explained = Vec::new();
    for (code, change) in changes.iter() {
        // What stays as it is of an entry that another has taken away does not bring it back.
        if change.value == NewValue::Stays {
            continue;
        }
        let Some(located) = form.field(code) else {
            continue;
        };
        let Some((entry, list)) = located.entry.zip(form.list_of(located.index)) else {
            continue;
        };
        let Some(list) = form.fields().get(list) else {
            continue;
        };
        let address = format!("{}.{entry}", list.address);
        if reply.answers.contains_key(&address) {
            continue;
        }
        if matches!(located.field.place, FieldPlace::Check(_)) {
            let fault = fault::NO_SUCH_ENTRY.at(pointer("/answers", code));
            let fault = fault.of_question(&list.question).arg("entry", entry);
            explained.push((address, fault));
            continue;
        }
        added
            .entry(list.address.to_string())
            .or_default()
            .insert(address);
    }
    // An explanation adds no entry; it can come together with one that is added.
    let added_now = added.values().flatten();
    explained.retain(|(address, _)| !added_now.clone().any(|added| added == address));
    let unknown = explained.into_iter().map(|(_, fault)| fault).collect();
    fault::none(unknown).map_err(Refusal::AnswersFaulty)?;
    let mut full = Vec::new();
    for (list, addresses) in added {
        let held = Form::entries(&list, &reply.answers).into_iter();
        let stays = |id: &str| !clear.contains(&list) && !clear.contains(&format!("{list}.{id}"));
        let held = held.filter(|(_, id)| stays(id)).count();
        if held + addresses.len() > MAX_LIST_ENTRIES as usize {
            let fault = fault::TOO_MANY_ENTRIES.at(pointer("/answers", &list));
            full.push(fault.of_question(&list).arg("max", MAX_LIST_ENTRIES));
        }
        for address in addresses {
            let entry = AnswerChange {
                code: address.clone(),
                value: NewValue::IsThere,
                flags: Change::Goes,
                comment: Change::Stays,
            };
            changes.entry(address).or_insert(entry);
        }
    }
    fault::none(full).map_err(Refusal::AnswersFaulty)
}

/// What is cleared, with the parts of the entries among it, and the entries of the lists: but what is answered meanwhile.
pub(super) fn with_parts(
    reply: &Reply,
    form: &Form,
    clear: BTreeSet<String>,
    changes: &BTreeMap<String, AnswerChange>,
) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for code in clear {
        let place = form.field(&code).map(|located| &located.field.place);
        if matches!(place, Some(FieldPlace::List | FieldPlace::Entry)) {
            let prefix = format!("{code}.");
            let from = reply.answers.range(prefix.clone()..);
            let below = from.take_while(|(address, _)| address.starts_with(&prefix));
            all.extend(below.map(|(address, _)| address.clone()));
            let carried = reply.carried.range(prefix.clone()..);
            let below = carried.take_while(|address| address.starts_with(&prefix));
            all.extend(below.cloned());
            all.extend(explanations(reply, form, &code));
        }
        all.insert(code);
    }
    all.retain(|code| {
        let part = format!("{code}.");
        let from = changes.range(code.clone()..).map(|(changed, _)| changed);
        let mut of_it = from.take_while(|changed| changed.starts_with(code.as_str()));
        !of_it.any(|changed| changed == code || changed.starts_with(&part))
    });
    all
}

/// Whether an address is of something within what is cleared: a part of an entry, an entry of a list.
pub(super) fn is_below(address: &str, clear: &BTreeSet<String>) -> bool {
    let dots = address.match_indices('.').map(|(at, _)| at);
    let mut above = dots.filter_map(|end| address.get(..end));
    above.any(|part| clear.contains(part))
}

/// What explains checks on an entry, or on those of a list: it goes with them.
fn explanations(reply: &Reply, form: &Form, code: &str) -> Vec<String> {
    let (list, entry) = code
        .split_once('.')
        .map_or((code, None), |(l, e)| (l, Some(e)));
    let list = form.field(list).map(|located| located.index);
    let held = reply
        .answers
        .range("checks.".to_owned().."checks/".to_owned());
    let of_entry = held.filter(|(address, _)| {
        form.field(address).is_some_and(|located| {
            let is_of_list = form.list_of(located.index) == list;
            is_of_list
                && located.entry.is_some()
                && entry.is_none_or(|id| located.entry == Some(id))
        })
    });
    of_entry.map(|(address, _)| address.clone()).collect()
}
