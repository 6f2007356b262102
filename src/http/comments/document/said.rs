//! What both pages say in the same words: translations, and who answered.

use serde_json::Value;

use crate::reading::consultations::AskedKind;
use domain::Lang;

/// The translations of words as they are shown, the reader's languages first.
pub(super) fn translations<'a>(said: &'a Value, languages: &[Lang]) -> Vec<&'a Value> {
    let Some(translations) = said["translations"].as_object() else {
        return Vec::new();
    };
    let mut sorted: Vec<_> = translations.iter().collect();
    let place = |lang: &str| languages.iter().position(|read| read.as_str() == lang);
    sorted.sort_by_key(|(lang, _)| place(lang).unwrap_or(usize::MAX));
    sorted
        .into_iter()
        .map(|(_, translation)| translation)
        .collect()
}

/// Into which language a translation is, and who made it.
pub(super) fn translated(translation: &Value, languages: &[Lang]) -> String {
    let part = |key: &str| translation[key].as_str().unwrap_or_default();
    let by = texts::text::<&str>(&format!("translator.{}", part("by")), languages, &[]);
    let args = [("lang", part("lang")), ("by", by.as_str())];
    texts::text("comments_document.translation", languages, &args)
}

/// How many parties of a kind were asked, answered, and answered late.
pub(super) fn answered(kind: &AskedKind, languages: &[Lang]) -> String {
    let name = texts::text::<&str>(&format!("kind.{}", kind.kind), languages, &[]);
    let [asked, answered, late] = [kind.asked, kind.answered, kind.late].map(|n| n.to_string());
    let args = [
        ("kind", name.as_str()),
        ("asked", &asked),
        ("answered", &answered),
        ("late", &late),
    ];
    texts::text("comments_document.answered", languages, &args)
}
