//! Texts shown to people, in English and French: data/texts.json. Those that somebody meets who replies, comments or signs in are
//! there in all six languages.

pub mod passage;
pub mod sentences;
pub mod words;

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use domain::phrase::PlaceholderValue;
use domain::{Lang, Texts};

/// The languages that every text of ours is in.
const OURS: [Lang; 2] = [Lang::En, Lang::Fr];

static TEXTS: LazyLock<HashMap<String, Texts>> = LazyLock::new(|| {
    // A test reads the file too: a malformed one never leaves the developer's machine.
    serde_json::from_str(include_str!("../../../data/texts.json")).unwrap_or_default()
});

/// Is told what a text lacks on its way to people: a placeholder that nobody filled, or itself. The tests look at it, since in
/// what people read an ellipsis that stands for a placeholder is like any other.
pub static WATCH: OnceLock<fn(&str)> = OnceLock::new();

/// The text under a key in all its languages.
pub fn texts(key: &str) -> Option<&'static Texts> {
    TEXTS.get(key)
}

/// The text under a key for a reader of these languages, with its placeholders filled; the key itself where there is none.
pub fn text<V: AsRef<str>>(key: &str, wanted: &[Lang], args: &[(&str, V)]) -> String {
    chosen(key, wanted, args).1
}

/// As [`text`], and the language that it is in.
pub fn chosen<V: AsRef<str>>(key: &str, wanted: &[Lang], args: &[(&str, V)]) -> (Lang, String) {
    let found = texts(key).and_then(|texts| texts.pick(wanted));
    if let Some(watch) = WATCH.get() {
        match found {
            Some((_, text)) => {
                unfilled(text, args).for_each(|name| watch(&format!("{key}: {{{name}}}")))
            }
            None => watch(key),
        }
    }
    match found {
        Some((lang, text)) => (lang, fill(text, args)),
        None => (Lang::En, key.to_owned()),
    }
}

/// The placeholders of a text.
pub fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let names = text.split('{').skip(1);
    names.filter_map(|rest| Some(rest.split_once('}')?.0))
}

/// The placeholders of a text that nobody fills.
fn unfilled<'a, V>(text: &'a str, args: &[(&str, V)]) -> impl Iterator<Item = &'a str> {
    placeholders(text).filter(|name| args.iter().all(|(known, _)| known != name))
}

/// The language in which texts of ours are for a reader of these languages: all of them are in the same ones.
pub fn language(wanted: &[Lang]) -> Lang {
    Lang::served(wanted, |lang| OURS.contains(&lang)).unwrap_or(Lang::En)
}

/// The text under a key, its placeholders filled with what is the same in every language and with words, which are in the
/// reader's like the text itself.
pub fn filled_text(
    key: &str,
    wanted: &[Lang],
    args: &[(&'static str, PlaceholderValue)],
) -> String {
    let args = args.iter().map(|(name, said)| {
        let said = match said {
            PlaceholderValue::Same(said) => said.clone(),
            PlaceholderValue::Words(words) => text(&words.text(), wanted, &words.args),
            PlaceholderValue::Texts(texts) => {
                let (_, text) = texts.pick(wanted).unwrap_or((Lang::En, ""));
                text.to_owned()
            }
        };
        (*name, said)
    });
    text(key, wanted, &args.collect::<Vec<_>>())
}

/// A text with its placeholders `{name}` filled; one that nobody fills shows `…`.
pub fn fill<V: AsRef<str>>(text: &str, args: &[(&str, V)]) -> String {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}') {
            Some((name, after)) => {
                match args.iter().find(|(known, _)| *known == name) {
                    Some((_, value)) => filled.push_str(value.as_ref()),
                    None => filled.push('…'),
                }
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_english_and_french_or_in_all_six() {
        let all: HashMap<String, Texts> =
            serde_json::from_str(include_str!("../../../data/texts.json")).unwrap();
        assert!(all.len() > 50);
        // These fill others or stand beside them, so that a sentence would be in two languages.
        let fill = [
            "expected.",
            "listed.",
            "need.",
            "refused.",
            "status.",
            "thing.",
        ];
        for (key, texts) in all {
            let is_in_six = texts.languages().eq(Lang::ALL.iter().copied());
            let fills = fill.iter().any(|of| key.starts_with(of));
            assert!(is_in_six || (!fills && texts.languages().eq(OURS)), "{key}");
            for lang in texts.languages() {
                assert!(
                    texts.get(lang).is_some_and(|text| !text.trim().is_empty()),
                    "{key} in {lang}"
                );
            }
        }
    }

    #[test]
    fn every_code_of_the_core_has_a_text() {
        for code in domain::all_codes() {
            assert!(
                texts(&format!("problem.{code}")).is_some(),
                "problem.{code}"
            );
        }
    }

    #[test]
    fn what_fills_the_text_of_a_fault_is_in_its_row() {
        for row in domain::fault::all() {
            let texts = texts(&format!("problem.{}", row.code));
            let text = texts.and_then(|texts| texts.get(Lang::En)).unwrap();
            for name in placeholders(text) {
                assert!(row.args.contains(&name), "{name} of {}", row.code);
            }
        }
    }

    #[test]
    fn what_somebody_wrote_in_several_languages_is_told_in_the_readers() {
        let own = Texts::from([(Lang::En, "No total."), (Lang::Fr, "Total absent.")]);
        let fault = domain::fault::CHECK_REFUSES.at("").arg("check", "total");
        let fault = fault.texts("text", own);
        for (lang, told) in [
            (Lang::Fr, "Total absent. (contrôle «\u{a0}total\u{a0}»)"),
            (Lang::Ru, "No total. (проверка «total»)"),
        ] {
            let said = filled_text("problem.check_refuses", &[lang], &fault.args);
            assert_eq!(said, told);
        }
    }

    #[test]
    fn every_expectation_has_a_text() {
        use domain::phrase::{LISTED_CODES, LISTED_NONE, expected, rule};
        let listed = [LISTED_CODES, LISTED_NONE];
        let all = expected::ALL
            .iter()
            .chain(rule::ALL)
            .chain(&listed)
            .cloned();
        for phrase in all.chain(rule::forms()) {
            assert!(texts(&phrase.text()).is_some(), "{}", phrase.text());
        }
    }

    #[test]
    fn codes_that_problems_tell_of_are_words() {
        use domain::need::Status;
        for reason in domain::redaction::Reason::ALL {
            assert!(texts(&format!("term.{reason}")).is_some(), "{reason}");
        }
        for over in [
            Status::Merged,
            Status::Declined,
            Status::Met,
            Status::Lapsed,
        ] {
            assert!(texts(&format!("need.{over}")).is_some(), "{over}");
        }
    }

    #[test]
    fn words_are_filled_in_the_readers_language() {
        let expected = domain::phrase::expected::WHOLE_NUMBER_BETWEEN;
        let expected = expected.with("least", 1).with("most", 500);
        let args = [
            ("parameter", PlaceholderValue::Same("limit".to_owned())),
            ("got", PlaceholderValue::Same("0".to_owned())),
            ("expected", PlaceholderValue::Words(expected)),
        ];
        assert_eq!(
            filled_text("problem.bad_parameter", &[Lang::Fr], &args),
            "Le paramètre «\u{a0}limit\u{a0}» ne peut pas valoir «\u{a0}0\u{a0}». Valeur attendue\u{a0}: un nombre entier de 1 à 500."
        );
    }

    #[test]
    fn the_placeholders_of_a_text_are_the_same_in_every_language() {
        for (key, texts) in TEXTS.iter() {
            let of = |lang| {
                let text = texts.get(lang).unwrap_or_default();
                let mut names: Vec<_> = placeholders(text).collect();
                names.sort_unstable();
                names
            };
            for lang in texts.languages() {
                assert_eq!(of(Lang::En), of(lang), "{key} in {lang}");
            }
        }
    }

    #[test]
    fn every_notice_of_a_command_has_a_text_and_its_place_in_the_documents() {
        let table = include_str!("../../../docs/notices.md");
        for code in domain::notice::ALL {
            assert!(texts(&format!("notice.{code}")).is_some(), "{code}");
            assert!(table.contains(&format!("| `{code}` |")), "{code}");
        }
    }

    #[test]
    fn a_placeholder_that_nobody_fills_is_seen() {
        let text = "{a} and {b}, {a} {not one";
        for (filled, lacking) in [
            (&[][..], &["a", "b", "a"][..]),
            (&[("a", "1")], &["b"]),
            (&[("a", "…"), ("b", ""), ("c", "")], &[]),
        ] {
            assert_eq!(unfilled(text, filled).collect::<Vec<_>>(), lacking);
        }
        assert_eq!(fill(text, &[("a", "1")]), "1 and …, 1 {not one");
    }

    #[test]
    fn placeholders_are_filled() {
        let filled = text(
            "problem.unknown_parameter",
            &[Lang::En],
            &[("parameter", "x"), ("known", "lang")],
        );
        assert!(
            filled.contains('x') && filled.contains("lang") && !filled.contains('{'),
            "{filled}"
        );
    }
}
