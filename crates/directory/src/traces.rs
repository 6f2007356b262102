//! Whether words tell who somebody is: by the name, the address or the telephone that the directory has of them.

use unicode_normalization::UnicodeNormalization;

use crate::{Person, address};

/// The fewest digits by which a telephone is told from another figure.
const TELEPHONE_DIGITS: usize = 7;

/// By what a person is recognized.
#[derive(Clone, Debug)]
pub struct Traces {
    /// The words of the name.
    name: Vec<String>,
    email: String,
    /// The digits of the telephone.
    telephone: Option<String>,
}

impl Traces {
    /// Those of a person. What they are, and where, is said of others too.
    pub fn of(person: &Person) -> Self {
        let telephone = person.telephone.as_deref().map(digits);
        Self {
            name: words(&person.name),
            email: person.email.clone(),
            telephone: telephone.filter(|digits| digits.len() >= TELEPHONE_DIGITS),
        }
    }

    /// Whether a text names the person: with all words of the name, in whatever order and with whatever title; with the address; or with
    /// the telephone, however its digits are put. A name of one word must be all that the text says.
    pub fn are_in(&self, text: &str) -> bool {
        self.names(text) || self.address_is_in(text) || self.calls(text)
    }

    fn names(&self, text: &str) -> bool {
        let said = words(text);
        match self.name.as_slice() {
            [] => false,
            [_] => said == self.name,
            name => name.iter().all(|word| said.contains(word)),
        }
    }

    /// Whether a text has the person's address, which nobody gives themself.
    pub fn address_is_in(&self, text: &str) -> bool {
        let is_around = |character: char| {
            character.is_whitespace() || "<>()[]{},;:\"'/?&=|".contains(character)
        };
        let mut parts = text.split(is_around);
        parts.any(|part| {
            part.contains('@') && address::is_same(part.trim_end_matches('.'), &self.email)
        })
    }

    fn calls(&self, text: &str) -> bool {
        let telephone = self.telephone.as_deref();
        telephone.is_some_and(|telephone| digits(text).contains(telephone))
    }
}

/// The words of a text, in one form.
fn words(text: &str) -> Vec<String> {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    let words = folded.split(|character: char| !character.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The digits of a text, without the zeros by which one calls abroad.
fn digits(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use domain::{Lang, PersonId};

    use super::*;

    fn person(name: &str) -> Person {
        Person {
            id: PersonId(sqlx::types::Uuid::nil()),
            name: name.to_owned(),
            email: "aino.virtanen@example.org".to_owned(),
            telephone: Some("+358 9 1234 567".to_owned()),
            function: Some("Head of unit".to_owned()),
            language: Lang::En,
        }
    }

    #[test]
    fn a_person_is_told_by_name_address_and_telephone() {
        let traces = Traces::of(&person("Aino Åsa Virtanen"));
        for text in [
            "Aino Åsa Virtanen",
            "VIRTANEN, Aino A\u{30a}sa",
            "Ms. Aino-Åsa Virtanen (head of unit)",
            "Aino.Virtanen@EXAMPLE.org",
            "write to <aino.virtanen@example.org>.",
            "mailto:aino.virtanen@example.org?subject=x",
            "+358-9-1234567",
            "00358 9 12 34 567 ext. 3",
        ] {
            assert!(traces.are_in(text), "{text}");
        }
        for text in [
            "",
            "Aino Virtanen",
            "Ainola Åsa Virtanen",
            "Head of unit",
            "aina.virtanen@example.org",
            "xaino.virtanen@example.org",
            "1234567",
        ] {
            assert!(!traces.are_in(text), "{text}");
        }
    }

    #[test]
    fn a_name_of_one_word_is_all_that_is_said() {
        let traces = Traces::of(&person("Bo"));
        assert!(traces.are_in(" bo. "));
        assert!(!traces.are_in("Bo Li"));
        assert!(!Traces::of(&person("-")).are_in("-"));
    }
}
