//! What letters say: data/letters, in the reader's language.

use serde_json::{Map, Value};

use super::{LetterKind, moments};
use domain::collection::Basis;
use domain::{Lang, Texts};

/// A letter's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// In which they are: the reader's language.
    pub language: Lang,
    /// One line.
    pub subject: String,
    /// Plain text; its lines end with a line feed.
    pub body: String,
    /// Whether its link's secret was [withheld](withhold).
    pub is_withheld: bool,
}

/// What is in a file a language: a letter of a kind, or what one says.
macro_rules! in_each_language {
    ($file:literal, $lang:expr) => {
        match $lang {
            Lang::Ar => include_str!(concat!("../../../data/letters/", $file, ".ar.txt")),
            Lang::Zh => include_str!(concat!("../../../data/letters/", $file, ".zh.txt")),
            Lang::En => include_str!(concat!("../../../data/letters/", $file, ".en.txt")),
            Lang::Fr => include_str!(concat!("../../../data/letters/", $file, ".fr.txt")),
            Lang::Ru => include_str!(concat!("../../../data/letters/", $file, ".ru.txt")),
            Lang::Es => include_str!(concat!("../../../data/letters/", $file, ".es.txt")),
        }
    };
}

/// The text of a kind, in every language: a file that is missing does not compile.
fn source(kind: LetterKind, lang: Lang) -> &'static str {
    match kind {
        LetterKind::Invitation => in_each_language!("invitation", lang),
        LetterKind::ContributorInvitation => in_each_language!("contributor_invitation", lang),
        LetterKind::CommentInvitation => in_each_language!("comment_invitation", lang),
        LetterKind::SignInLink => in_each_language!("sign_in_link", lang),
        LetterKind::Reminder => in_each_language!("reminder", lang),
        LetterKind::Clarification => in_each_language!("clarification", lang),
        LetterKind::Extension => in_each_language!("extension", lang),
        LetterKind::Correction => in_each_language!("correction", lang),
        LetterKind::Receipt => in_each_language!("receipt", lang),
        LetterKind::HandBack => in_each_language!("hand_back", lang),
        LetterKind::SectionReturn => in_each_language!("section_return", lang),
        LetterKind::Digest => in_each_language!("digest", lang),
    }
}

/// A letter in words: to somebody of this name, who reads this language. Links begin with `public_url`. A line that names
/// what nothing fills is left out: not every letter has a contact, and what was redacted is told no more.
pub fn text(
    kind: LetterKind,
    language: Lang,
    name: &str,
    args: &Map<String, Value>,
    public_url: &str,
) -> Text {
    let text = source(kind, language);
    let path = args.get("path").and_then(Value::as_str).unwrap_or_default();
    let mut filled: Vec<(&str, String)> = args
        .iter()
        .map(|(name, value)| (name.as_str(), argument_text(value, language)))
        .collect();
    filled.retain(|(name, _)| *name != "basis");
    filled.push(("basis", basis(args, language).to_owned()));
    filled.push(("name", name.to_owned()));
    // Whoever reads the letter in a language reads the page that it opens in the same, whatever their browser asks for.
    let read_in = match path.starts_with("/join/") {
        true => format!("?lang={language}"),
        false => String::new(),
    };
    filled.push((
        "link",
        format!("{}{path}{read_in}", public_url.trim_end_matches('/')),
    ));
    let (subject, body) = text.split_once('\n').unwrap_or((text, ""));
    Text {
        language,
        subject: one_line(&texts::fill(subject, &filled)),
        body: texts::fill(&without_empty_lines(body, &filled), &filled),
        is_withheld: false,
    }
}

/// The lines of a text that name nothing which is not filled; of several blank ones in a row, one.
fn without_empty_lines(text: &str, filled: &[(&str, String)]) -> String {
    let says = |name: &str| {
        filled
            .iter()
            .any(|(known, said)| *known == name && !said.is_empty())
    };
    let mut kept: Vec<&str> = Vec::new();
    for line in text.trim_start().lines() {
        let is_second = line.is_empty() && kept.last().is_some_and(|last| last.is_empty());
        if !is_second && texts::placeholders(line).all(says) {
            kept.push(line);
        }
    }
    kept.join("\n") + "\n"
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
fn basis(args: &Map<String, Value>, language: Lang) -> &'static str {
    let basis = args.get("basis").and_then(Value::as_str);
    let basis = basis.and_then(|code| code.parse::<Basis>().ok());
    let said = match basis.unwrap_or_default() {
        Basis::Consenting => in_each_language!("basis_consenting", language),
        Basis::All => in_each_language!("basis_all", language),
    };
    said.trim_end()
}

/// An argument for a reader of this language: texts by language, an instant, whom to ask, or several of any of these.
fn argument_text(value: &Value, language: Lang) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => {
            let said = values.iter().map(|value| argument_text(value, language));
            said.collect::<Vec<_>>().join(", ")
        }
        Value::Object(_) => moments::of_argument(value, language)
            .or_else(|| contact(value))
            .or_else(|| {
                let texts = serde_json::from_value::<Texts>(value.clone()).ok()?;
                Some(texts.pick(&[language])?.1.to_owned())
            })
            .unwrap_or_default(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Whom to ask: an office, and its address.
fn contact(value: &Value) -> Option<String> {
    let office = value.get("office")?.as_str()?;
    let email = value.get("email")?.as_str()?;
    Some(format!("{office}, {email}"))
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
        let args = json!({"party": "Finland", "path": "/in/secret", "sections": "A, B", "section": {"en": "Application", "fr": "Application"}, "reference": "CU/2011/26",
            "deadline": {"at": "2011-06-30T21:59:59Z", "time_zone": "Europe/Vienna"},
            "contact": {"office": "Justice Section", "email": "justice@example.org"},
            "question": {"en": "Since when?"}, "receipt": "0123456789ab", "version": 2, "answers": 60, "position": 4711,
            "leaf": "ab".repeat(32), "time": {"at": "2011-06-01T08:00:00Z", "time_zone": "UTC"},
            "reason": {"en": "An option was forgotten.", "fr": "Une option manquait."},
            "replies": [{"en": "Finland"}, {"en": "Sweden"}], "replies_count": 2, "amendments": ["A"], "amendments_count": 1,
            "answers_count": 1, "comments": ["A"], "comments_count": 1, "requests": ["A"], "requests_count": 1,
            "consultation": {"en": "Treatment of prisoners"},
            "collection": {"en": "Treatment of prisoners", "fr": "Traitement des détenus"}});
        args.as_object().unwrap().clone()
    }

    #[test]
    fn every_letter_is_there_in_every_language_with_nothing_left_open() {
        for kind in LetterKind::ALL {
            for lang in Lang::ALL {
                let text = text(*kind, *lang, "Åsa", &args(), "https://r.example/");
                assert_eq!(text.language, *lang);
                assert!(!text.subject.is_empty() && text.body.contains("Åsa"));
                let all = format!("{}\n{}", text.subject, text.body);
                assert!(!all.contains('…') && !all.contains('{'), "{all}");
                assert!(all.contains("https://r.example/in/secret\n"), "{all}");
                // As many lines as the file has: nothing was left out.
                let lines = source(*kind, *lang).lines().count();
                assert_eq!(all.lines().count(), lines - 1, "{all}");
                if ![LetterKind::SignInLink, LetterKind::Digest].contains(kind) {
                    for said in ["CU/2011/26", "Justice Section, justice@example.org"] {
                        assert!(all.contains(said), "{kind} in {lang}: {all}");
                    }
                }
                let has_deadline = source(*kind, *lang).contains("{deadline}");
                assert_eq!(all.contains("23:59 (Europe/Vienna; UTC"), has_deadline);
            }
        }
    }

    #[test]
    fn a_link_that_lets_in_leads_to_a_page_in_the_language_of_the_letter() {
        let mut args = args();
        args.insert("path".into(), json!("/join/5ec2e7"));
        for lang in Lang::ALL {
            let text = text(
                LetterKind::Invitation,
                *lang,
                "Åsa",
                &args,
                "https://r.example",
            );
            let link = format!("https://r.example/join/5ec2e7?lang={lang}\n");
            assert!(text.body.contains(&link), "{}", text.body);
        }
    }

    /// Each language's file of a kind says the same.
    #[test]
    fn a_letter_tells_the_same_in_every_language() {
        for kind in LetterKind::ALL {
            let told = |lang: Lang| {
                let mut named: Vec<_> = texts::placeholders(source(*kind, lang)).collect();
                named.sort_unstable();
                named.dedup();
                named
            };
            for lang in Lang::ALL {
                assert_eq!(told(*lang), told(Lang::En), "{kind} in {lang}");
            }
        }
    }

    #[test]
    fn a_line_that_nothing_fills_is_left_out() {
        let mut args = args();
        args.remove("contact");
        args.insert("question".into(), json!({}));
        let text = text(LetterKind::Clarification, Lang::En, "Åsa", &args, "");
        assert!(!text.body.contains("Contact") && !text.body.contains("What is asked:"));
        assert!(!text.body.contains("\n\n\n"), "{}", text.body);
    }

    #[test]
    fn letters_of_invitation_say_on_whom_public_figures_stand() {
        for kind in [LetterKind::Invitation, LetterKind::ContributorInvitation] {
            // One that was queued before collections said so is of one whose figures stand on whoever consents.
            for basis in [None, Some(Basis::Consenting), Some(Basis::All)] {
                let mut args = args();
                args.extend(basis.map(|basis| ("basis".to_owned(), json!(basis.as_str()))));
                let key = format!("notice.basis_{}", basis.unwrap_or_default());
                for lang in [Lang::En, Lang::Fr] {
                    let text = text(kind, lang, "Åsa", &args, "https://r.example");
                    let said = texts::text::<&str>(&key, &[lang], &[]);
                    assert!(text.body.contains(&said), "{}", text.body);
                }
            }
        }
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
