//! Code lists: options that many questions share, too many to be written into each. Some come with the product, others with the
//! questionnaire.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Serialize;
use serde_json::Value;

use super::super::fault::{self, Fault, pointer};
use super::super::phrase::expected;
use super::super::{Lang, Texts};
use super::object_reader::ObjectReader;
use super::types::{Choice, OptionList};

/// The most entries of a code list.
pub const MAX_CODE_LIST_ENTRIES: usize = 5_000;

/// A code list that comes with a questionnaire.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CodeList {
    /// What choices name it by: `[a-z][a-z0-9_]{0,39}`.
    pub code: String,
    /// Its entries, in order.
    pub entries: OptionList,
}

/// The code lists that a questionnaire's choices can name: its own, and those that come with the product.
#[derive(Clone, Debug, Default)]
pub struct CodeLists {
    own: HashMap<String, OptionList>,
}

impl CodeLists {
    /// Those of a questionnaire, before those that come with the product.
    pub fn new(own: &[CodeList]) -> Self {
        let own = own.iter();
        Self {
            own: own
                .map(|list| (list.code.clone(), list.entries.clone()))
                .collect(),
        }
    }

    /// The entries of a list.
    pub fn entries(&self, code: &str) -> Option<OptionList> {
        self.own
            .get(code)
            .or_else(|| STANDARD_LISTS.get(code))
            .cloned()
    }

    /// What lists there are.
    pub fn codes(&self) -> Vec<&str> {
        let own = self.own.keys().map(String::as_str);
        let mut codes: Vec<&str> = own.chain(STANDARD_LISTS.keys().copied()).collect();
        codes.sort_unstable();
        codes
    }
}

/// Reads a code list that comes with a questionnaire.
pub(super) fn code_list(json: &Value, at: &str, lists: &CodeLists) -> Result<CodeList, Vec<Fault>> {
    let mut reader = ObjectReader::from_json(json, at, lists)?;
    let code = reader.required("code", expected::TEXT);
    let entries = reader.each("entries", entry);
    let list = code.zip(entries).map(|(code, entries)| CodeList {
        code,
        entries: entries.into_iter().collect(),
    });
    reader.finish(list)
}

fn entry(json: &Value, at: &str, lists: &CodeLists) -> Result<Choice, Vec<Fault>> {
    let mut reader = ObjectReader::from_json(json, at, lists)?;
    let value: Option<String> = reader.required("value", expected::TEXT);
    let label = reader.required("label", expected::TEXTS);
    reader.finish(
        value
            .zip(label)
            .map(|(value, label)| Choice::plain(value, label)),
    )
}

/// The faults of a code list. Labels need one language only: a list of five thousand names is seldom translated whole.
pub(super) fn code_list_faults(list: &CodeList, at: &str, max_text: usize) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !super::is_part_code(&list.code) {
        faults.push(
            fault::BAD_PART_CODE
                .at(pointer(at, "code"))
                .arg("code", &list.code),
        );
    }
    let at = pointer(at, "entries");
    if list.entries.len() > MAX_CODE_LIST_ENTRIES {
        let fault = fault::TOO_MANY_CODE_LIST_ENTRIES.at(at);
        return vec![fault.arg("max", MAX_CODE_LIST_ENTRIES)];
    }
    let mut seen = std::collections::HashSet::new();
    for (index, entry) in list.entries.iter().enumerate() {
        let at = pointer(&at, index);
        let value = pointer(&at, "value");
        if !is_entry_value(&entry.value) {
            faults.push(
                fault::BAD_OPTION_VALUE
                    .at(&value)
                    .arg("value", &entry.value),
            );
        }
        if !seen.insert(&entry.value) {
            faults.push(fault::DUPLICATE_OPTION.at(value).arg("value", &entry.value));
        }
        faults.extend(entry.label.faults(&pointer(&at, "label"), &[], max_text));
    }
    faults
}

/// Codes of others are kept as they are: `AFG`, `0101`.
fn is_entry_value(value: &str) -> bool {
    fault::is_code(value, 1..=40, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
    })
}

/// A list that comes with the product, from a file of reference data: the column of the code, and that of each language's name.
fn standard_list(file: &str, code: &str, names: &[(Lang, &str)]) -> OptionList {
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let Ok(headers) = reader.headers().cloned() else {
        return OptionList::from_iter([]);
    };
    let column = |name: &str| headers.iter().position(|header| header == name);
    let names: Vec<(Lang, usize)> = names
        .iter()
        .filter_map(|(lang, name)| Some((*lang, column(name)?)))
        .collect();
    let Some(code) = column(code) else {
        return OptionList::from_iter([]);
    };
    let rows = reader.records().filter_map(Result::ok);
    let entries = rows.filter_map(|row| {
        let labels = names
            .iter()
            .filter_map(|(lang, column)| Some((*lang, row.get(*column)?)));
        let labels: BTreeMap<Lang, String> =
            labels.map(|(lang, text)| (lang, text.to_owned())).collect();
        Some(Choice::plain(row.get(code)?.to_owned(), Texts(labels)))
    });
    entries.collect()
}

const SIX_NAMES: &[(Lang, &str)] = &[
    (Lang::Ar, "name_ar"),
    (Lang::Zh, "name_zh"),
    (Lang::En, "name_en"),
    (Lang::Fr, "name_fr"),
    (Lang::Ru, "name_ru"),
    (Lang::Es, "name_es"),
];
const TWO_NAMES: &[(Lang, &str)] = &[(Lang::En, "name_en"), (Lang::Fr, "name_fr")];
const TWO_LABELS: &[(Lang, &str)] = &[(Lang::En, "label_en"), (Lang::Fr, "label_fr")];

static STANDARD_LISTS: LazyLock<BTreeMap<&'static str, OptionList>> = LazyLock::new(|| {
    macro_rules! file {
        ($name:literal) => {
            include_str!(concat!("../../../../data/reference/", $name, ".csv"))
        };
    }
    BTreeMap::from([
        (
            "currencies",
            standard_list(file!("currencies"), "code", TWO_NAMES),
        ),
        (
            "languages",
            standard_list(file!("languages"), "code", SIX_NAMES),
        ),
        (
            "member_states",
            standard_list(file!("member_states"), "iso3", SIX_NAMES),
        ),
        (
            "need_types",
            standard_list(file!("need_types"), "code", TWO_LABELS),
        ),
        (
            "regional_groups",
            standard_list(file!("regional_groups"), "code", TWO_LABELS),
        ),
    ])
});

/// The codes of the currencies.
pub(super) fn is_currency(code: &str) -> bool {
    let currencies = STANDARD_LISTS.get("currencies");
    currencies.is_some_and(|list| list.place(code).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_that_come_with_the_product_are_whole() {
        let lists = CodeLists::default();
        let count = |code| lists.entries(code).map_or(0, |entries| entries.len());
        assert_eq!(count("member_states"), 193);
        assert_eq!(count("regional_groups"), 5);
        assert_eq!(count("languages"), 7);
        assert!(count("currencies") > 150 && count("need_types") > 3);
        for code in lists.codes() {
            let entries = lists.entries(code).unwrap();
            for entry in entries.iter() {
                assert!(is_entry_value(&entry.value), "{}", entry.value);
                assert!(entry.label.get(Lang::Fr).is_some(), "{}", entry.value);
            }
        }
        assert!(is_currency("EUR") && !is_currency("EURO"));
    }
}
