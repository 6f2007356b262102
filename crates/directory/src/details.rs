//! What the directory may hold of a person, and what is wrong with it where it may not.

use super::address;
use domain::fault::{BAD_EMAIL, BAD_LINE, BAD_TELEPHONE, BLANK, TEXT_TOO_LONG};
use domain::{Fault, Lang, blank};

/// The most characters of a name, and of a function.
const LINE: usize = 200;
/// The most characters of a telephone number, with its extension.
const TELEPHONE: usize = 40;

/// What is known of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// As they write it.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Where they can be called.
    pub telephone: Option<String>,
    /// What they are, and where.
    pub function: Option<String>,
    /// In which they are written to.
    pub language: Lang,
}

impl Details {
    /// The same without what cannot be seen around, and the address in its one form; or what is wrong with it: pointers are into an object with these members.
    ///
    /// # Errors
    /// Every fault.
    pub fn checked(self) -> Result<Self, Vec<Fault>> {
        let trimmed = |text: String| blank::trimmed(&text).to_owned();
        let details = Self {
            name: trimmed(self.name),
            email: address::normal_form(&self.email).unwrap_or_else(|| trimmed(self.email)),
            telephone: self.telephone.map(trimmed),
            function: self.function.map(trimmed),
            language: self.language,
        };
        let function = details.function.as_deref();
        let telephone = details.telephone.as_deref();
        let faults: Vec<Fault> = [
            of_line(&details.name, "/name"),
            of_email(&details.email),
            telephone.and_then(of_telephone),
            function.and_then(|function| of_line(function, "/function")),
        ]
        .into_iter()
        .flatten()
        .collect();
        if faults.is_empty() {
            Ok(details)
        } else {
            Err(faults)
        }
    }
}

fn of_length(text: &str, at: &str, most: usize) -> Option<Fault> {
    if blank::is_blank(text) {
        Some(BLANK.at(at))
    } else if text.chars().count() > most {
        Some(TEXT_TOO_LONG.at(at).arg("max", most))
    } else {
        None
    }
}

/// A name or a function: one line of what people write.
fn of_line(text: &str, at: &str) -> Option<Fault> {
    of_length(text, at, LINE).or_else(|| text.chars().any(is_unfit).then(|| BAD_LINE.at(at)))
}

/// What ends a line or turns the direction of what follows; marks that join letters (U+200C, U+200D) are part of names.
fn is_unfit(character: char) -> bool {
    character.is_control()
        || blank::turns(character)
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

fn of_email(email: &str) -> Option<Fault> {
    let is_none = address::normal_form(email).is_none();
    of_length(email, "/email", address::LONGEST)
        .or_else(|| is_none.then(|| BAD_EMAIL.at("/email").arg("email", email)))
}

fn of_telephone(telephone: &str) -> Option<Fault> {
    let is_number = || {
        let digits = telephone.chars().filter(char::is_ascii_digit).count();
        let is_fit =
            |character: char| character.is_ascii_digit() || "+-()/. ,;#*extEXT".contains(character);
        digits >= 3 && telephone.chars().all(is_fit)
    };
    of_length(telephone, "/telephone", TELEPHONE)
        .or_else(|| (!is_number()).then(|| BAD_TELEPHONE.at("/telephone")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details() -> Details {
        Details {
            name: " Åsa Öberg-Þórsdóttir ".to_owned(),
            email: "asa.oberg@example.org".to_owned(),
            telephone: Some("+43 (1) 260 60-0 ext. 12".to_owned()),
            function: Some("Head of unit, Ministry of Justice".to_owned()),
            language: Lang::En,
        }
    }

    fn found(details: Details) -> Vec<(&'static str, String)> {
        let faults = details.checked().err().unwrap_or_default();
        faults
            .into_iter()
            .map(|fault| (fault.code, fault.pointer))
            .collect()
    }

    #[test]
    fn what_people_are_called_is_taken() {
        assert_eq!(details().checked().unwrap().name, "Åsa Öberg-Þórsdóttir");
        for name in [
            "王小明",
            "عبد الرحمن",
            "می‌خواهم",
            "Ÿ",
            "O’Brien, Ph.D. (ret.)",
            &"x".repeat(200),
        ] {
            assert_eq!(
                found(Details {
                    name: name.to_owned(),
                    ..details()
                }),
                [],
                "{name}"
            );
        }
        for email in [
            "a@b.example",
            "o'brien+tag@sub.example.org",
            "用户@例子.example",
            &format!("{}@example.org", "x".repeat(60)),
        ] {
            assert_eq!(
                found(Details {
                    email: email.to_owned(),
                    ..details()
                }),
                [],
                "{email}"
            );
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for name in [
            "a\nb",
            "a\r\nBcc: x@example.org",
            "a\u{202e}b",
            "a\u{0}",
            "a\u{2028}b",
            "a\tb",
            "a\u{85}b",
        ] {
            let found = found(Details {
                name: name.to_owned(),
                ..details()
            });
            assert_eq!(found, [("bad_line", "/name".to_owned())], "{name:?}");
        }
        for email in [
            "a",
            "a@",
            "@b",
            "a b@example.org",
            "a@example.org\r\nBcc: b",
            "A <a@example.org>",
            "a@b@example.org",
            "\"a b\"@example.org",
            "a@[127.0.0.1]",
            "a@example.org,b@example.org",
            "a@exa mple.org",
            "a@127.0.0.1",
            "a@ex_ample.org",
            "a\u{202e}@example.org",
        ] {
            let found = found(Details {
                email: email.to_owned(),
                ..details()
            });
            assert_eq!(found, [("bad_email", "/email".to_owned())], "{email:?}");
        }
        for telephone in ["ask her", "12", "+43 1 <script>", "１２３４"] {
            let found = found(Details {
                telephone: Some(telephone.to_owned()),
                ..details()
            });
            assert_eq!(
                found,
                [("bad_telephone", "/telephone".to_owned())],
                "{telephone:?}"
            );
        }
        let all = Details {
            name: " ".to_owned(),
            email: format!("{}@example.org", "x".repeat(250)),
            telephone: Some("1".repeat(41)),
            function: Some("x".repeat(201)),
            language: Lang::Ar,
        };
        let (blank, long) = ("blank", "text_too_long");
        let expected = [
            (blank, "/name"),
            (long, "/email"),
            (long, "/telephone"),
            (long, "/function"),
        ];
        assert_eq!(
            found(all),
            expected.map(|(code, pointer)| (code, pointer.to_owned()))
        );
    }
}
