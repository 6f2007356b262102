//! Made-up texts, from which answers in words are chosen.

use std::collections::BTreeMap;

use anyhow::Context;
use serde::Deserialize;
use serde_json::{Value, json};

use super::random::Random;
use domain::Lang;

const FREE_TEXTS: &str = include_str!("../../../data/demonstration/free_texts.json");

/// Where a text for any field stands.
const ANY: &str = "*";
/// Where explanations of checks stand.
const EXPLANATION: &str = "checks";
/// Where comments stand.
pub const COMMENT: &str = "comment";

/// Texts to choose from: by address and language.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct MadeUpTexts(BTreeMap<String, BTreeMap<Lang, Vec<String>>>);

impl MadeUpTexts {
    /// Reads the data.
    ///
    /// # Errors
    /// They are not as they should be.
    pub fn read() -> anyhow::Result<Self> {
        serde_json::from_str(FREE_TEXTS).context("free_texts.json")
    }

    /// Those for an address: its own; those of any row; those of whatever ends like it; or those that fit everywhere.
    pub fn at(&self, address: &str) -> Option<&BTreeMap<Lang, Vec<String>>> {
        let mut parts: Vec<&str> = address.split('.').collect();
        let last = parts.last().copied().unwrap_or_default();
        let of_any_end = format!("*.{last}");
        if parts.len() > 2
            && let Some(row) = parts.get_mut(1)
        {
            *row = "*";
        }
        let of_any_row = parts.join(".");
        let names = [address, &of_any_row, &of_any_end, ANY];
        names.iter().find_map(|name| self.0.get(*name))
    }

    /// Words that explain why a check does not hold.
    pub fn explain(&self, check: &str, lang: Lang, random: &mut Random) -> Option<Value> {
        let own = format!("{EXPLANATION}.{check}");
        let texts = self.0.get(&own).or_else(|| self.0.get(EXPLANATION))?;
        Some(json!({"text": random.one_of(texts.get(&lang)?)?, "lang": lang}))
    }

    /// A text for an address as the API takes it, of at most so many characters; none where there is none that fits.
    pub fn choose(
        &self,
        address: &str,
        lang: Lang,
        max_length: Option<u32>,
        random: &mut Random,
    ) -> Option<Value> {
        let most = max_length.map_or(usize::MAX, |most| most as usize);
        let texts = self.at(address)?.get(&lang)?;
        let fitting: Vec<&String> = texts
            .iter()
            .filter(|text| text.chars().count() <= most)
            .collect();
        Some(json!({"text": random.one_of(&fitting)?, "lang": lang}))
    }
}
