//! What letters say: data/letters, in the reader's language.

use serde_json::{Map, Value};

use super::LetterKind;
use domain::collection::Basis;
use domain::{Lang, Texts};

/// A letter's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// In which they are: the reader's language where there is a text in it, English otherwise.
    pub language: Lang,
    /// One line.
    pub subject: String,
    /// Plain text; its lines end with a line feed.
    pub body: String,
    /// Whether its link's secret was [withheld](withhold).
    pub is_withheld: bool,
}

macro_rules! letters {
    ($($kind:ident $lang:ident $file:literal,)+) => {
        /// The text of a kind in this very language.
        fn source(kind: LetterKind, lang: Lang) -> Option<&'static str> {
            match (kind, lang) {
                $((LetterKind::$kind, Lang::$lang) => Some(include_str!(concat!("../../../data/letters/", $file))),)+
                _ => None,
            }
        }
    };
}

letters! {
    Invitation En "invitation.en.txt",
    Invitation Fr "invitation.fr.txt",
    ContributorInvitation En "contributor_invitation.en.txt",
    ContributorInvitation Fr "contributor_invitation.fr.txt",
    CommentInvitation En "comment_invitation.en.txt",
    CommentInvitation Fr "comment_invitation.fr.txt",
    SignInLink En "sign_in_link.en.txt",
    SignInLink Fr "sign_in_link.fr.txt",
    Reminder En "reminder.en.txt",
    Reminder Fr "reminder.fr.txt",
    Clarification En "clarification.en.txt",
    Clarification Fr "clarification.fr.txt",
    Extension En "extension.en.txt",
    Extension Fr "extension.fr.txt",
    Correction Ar "correction.ar.txt",
    Correction Zh "correction.zh.txt",
    Correction En "correction.en.txt",
    Correction Fr "correction.fr.txt",
    Correction Ru "correction.ru.txt",
    Correction Es "correction.es.txt",
}

/// The language in which a letter is written to somebody who reads this one.
pub fn written_in(kind: LetterKind, language: Lang) -> Lang {
    Lang::served(&[language], |lang| source(kind, lang).is_some()).unwrap_or(Lang::En)
}

/// A letter in words: to somebody of this name, who reads this language. Links begin with `public_url`.
pub fn text(
    kind: LetterKind,
    language: Lang,
    name: &str,
    args: &Map<String, Value>,
    public_url: &str,
) -> Text {
    let language = written_in(kind, language);
    let text = source(kind, language).unwrap_or_default();
    let path = args.get("path").and_then(Value::as_str).unwrap_or_default();
    let mut filled: Vec<(&str, String)> = args
        .iter()
        .map(|(name, value)| (name.as_str(), argument_text(value, language)))
        .collect();
    filled.retain(|(name, _)| *name != "basis");
    filled.push(("basis", basis(args, language)));
    filled.push(("name", name.to_owned()));
    filled.push((
        "link",
        format!("{}{path}", public_url.trim_end_matches('/')),
    ));
    let (subject, body) = text.split_once('\n').unwrap_or((text, ""));
    Text {
        language,
        subject: one_line(&texts::fill(subject, &filled)),
        body: texts::fill(body.trim_start(), &filled),
        is_withheld: false,
    }
}

/// Takes the secret out of the link that a letter is filled with; answers whether there was one.
pub fn withhold(args: &mut Map<String, Value>) -> bool {
    let Some(path) = args.get_mut("path") else {
        return false;
    };
    let begins = path.as_str().and_then(|path| path.rsplit_once('/'));
    let begins = begins.map_or("", |(begins, _)| begins);
    *path = format!("{begins}/[withheld]").into();
    true
}

/// On whom the public figures of a collection stand. A letter that was queued before collections said so is of one whose
/// figures stand on whoever consents.
fn basis(args: &Map<String, Value>, language: Lang) -> String {
    let basis = args.get("basis").and_then(Value::as_str);
    let basis = basis.and_then(|code| code.parse::<Basis>().ok());
    let key = format!("notice.basis_{}", basis.unwrap_or_default());
    texts::text::<&str>(&key, &[language], &[])
}

/// An argument for a reader of this language.
fn argument_text(value: &Value, language: Lang) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(_) => serde_json::from_value::<Texts>(value.clone())
            .ok()
            .and_then(|texts| Some(texts.pick(&[language])?.1.to_owned()))
            .unwrap_or_default(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A text without anything that could end a line: what stands in a header cannot begin another.
pub fn one_line(text: &str) -> String {
    let ends =
        |character: char| character.is_control() || matches!(character, '\u{2028}' | '\u{2029}');
    let words = text.split(|character| ends(character) || character == ' ');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn args() -> Map<String, Value> {
        let args = json!({"party": "Finland", "path": "/in/secret", "sections": "A, B",
            "consultation": "A sample", "deadline": "31 December 2011",
            "reason": {"en": "An option was forgotten.", "fr": "Une option manquait."},
            "collection": {"en": "Treatment of prisoners", "fr": "Traitement des détenus"}});
        args.as_object().unwrap().clone()
    }

    #[test]
    fn every_letter_is_there_in_english_and_french_with_nothing_left_open() {
        for kind in LetterKind::ALL {
            for lang in [Lang::En, Lang::Fr] {
                let text = text(*kind, lang, "Åsa", &args(), "https://r.example/");
                assert_eq!(text.language, lang);
                assert!(!text.subject.is_empty() && text.body.contains("Åsa"));
                let all = format!("{}{}", text.subject, text.body);
                assert!(!all.contains('…') && !all.contains('{'), "{all}");
                assert!(all.contains("https://r.example/in/secret\n"), "{all}");
            }
        }
    }

    #[test]
    fn letters_of_invitation_say_on_whom_public_figures_stand() {
        for kind in [LetterKind::Invitation, LetterKind::ContributorInvitation] {
            // One that was queued before collections said so is of one whose figures stand on whoever consents.
            for (basis, en, fr) in [
                (None, "count only versions", "ne comptent que les versions"),
                (
                    Some("consenting"),
                    "count only versions",
                    "ne comptent que les versions",
                ),
                (
                    Some("all"),
                    "totals can reveal",
                    "les totaux peuvent révéler",
                ),
            ] {
                let mut args = args();
                args.extend(basis.map(|basis| ("basis".to_owned(), json!(basis))));
                for (lang, says) in [(Lang::En, en), (Lang::Fr, fr)] {
                    let text = text(kind, lang, "Åsa", &args, "https://r.example");
                    assert!(text.body.contains(says), "{}", text.body);
                }
            }
        }
    }

    #[test]
    fn a_reader_of_a_language_without_a_text_gets_english_throughout() {
        let text = text(
            LetterKind::Reminder,
            Lang::Zh,
            "李",
            &args(),
            "https://r.example",
        );
        assert_eq!(text.language, Lang::En);
        assert!(text.subject.contains("Treatment of prisoners"));
    }

    #[test]
    fn a_subject_is_one_line_whatever_it_is_filled_with() {
        let mut args = args();
        args.insert(
            "party".into(),
            json!("Fin\r\nBcc: x@example.org\u{2028}land"),
        );
        let text = text(LetterKind::Invitation, Lang::En, "Å", &args, "");
        assert!(
            text.subject.starts_with("Fin Bcc: x@example.org land:"),
            "{text:?}"
        );
    }
}
