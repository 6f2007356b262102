//! Why serde could not read a value, kept as what it is and not as an English sentence.

use std::fmt::{self, Display};

use serde::de;

use domain::decimal::NotADecimal;
use domain::fault::{self, Fault, pointer};
use domain::phrase::{Phrase, expected};

/// What a value lacks or has too much, or that it is another one than is taken.
#[derive(Debug)]
pub enum Misread {
    /// A member is missing.
    Missing(&'static str),
    /// A member means nothing here; which do.
    Unknown(String, &'static [&'static str]),
    /// The JSON value is of another kind.
    Kind(Phrase),
    /// It is of the right kind, and is another one than is taken.
    Value(Phrase),
    /// It is no decimal.
    Decimal,
}

impl Misread {
    /// The fault, where `place` is that of the value.
    pub fn fault(&self, place: &str) -> Fault {
        // Where a member is at fault, serde may have got as far as the member or not.
        let member = |field: &str| {
            let own = pointer("", field);
            if place.ends_with(&own) {
                place.to_owned()
            } else {
                pointer(place, field)
            }
        };
        match self {
            Self::Missing(field) => fault::MISSING_FIELD
                .at(pointer(place, field))
                .arg("field", field),
            Self::Unknown(field, known) => fault::UNKNOWN_FIELD
                .at(member(field))
                .arg("field", field)
                .arg("known", known.join(", ")),
            Self::Kind(expected) => fault::WRONG_JSON_TYPE
                .at(place)
                .words("expected", expected.clone()),
            Self::Value(expected) => fault::NOT_AS_EXPECTED
                .at(place)
                .words("expected", expected.clone()),
            // What was written there is not known here.
            Self::Decimal => fault::NOT_AS_EXPECTED
                .at(place)
                .words("expected", expected::DECIMAL),
        }
    }
}

/// What serde and the types of ours say that they expect, as words of ours.
fn words_for(expecting: &str) -> Phrase {
    let between = |least: &dyn Display, most: &dyn Display| {
        let between = expected::WHOLE_NUMBER_BETWEEN.with("least", least);
        between.with("most", most)
    };
    match expecting {
        "a string" | "a borrowed string" | "a character" => expected::TEXT,
        "a boolean" => expected::BOOLEAN,
        "f32" | "f64" => expected::NUMBER,
        "u8" => between(&u8::MIN, &u8::MAX),
        "u16" => between(&u16::MIN, &u16::MAX),
        "u32" => between(&u32::MIN, &u32::MAX),
        "u64" | "usize" => between(&u64::MIN, &u64::MAX),
        "i16" => between(&i16::MIN, &i16::MAX),
        "i32" => between(&i32::MIN, &i32::MAX),
        "i64" => between(&i64::MIN, &i64::MAX),
        "a sequence" => expected::LIST,
        "a map" | "an object" => expected::OBJECT,
        other if other.starts_with("struct ") => expected::OBJECT,
        other if other.contains("UUID string") => expected::ID,
        _ => expected::AS_DOCUMENTED,
    }
}

impl de::Error for Misread {
    /// What types say themselves: those of ours say a [`Phrase`].
    fn custom<T: Display>(said: T) -> Self {
        let said = said.to_string();
        if let Some(phrase) = expected::read(&said) {
            return Self::Value(phrase);
        }
        if said == NotADecimal.to_string() {
            Self::Decimal
        } else if said.starts_with("UUID parsing failed") {
            Self::Value(expected::ID)
        } else {
            Self::Value(expected::AS_DOCUMENTED)
        }
    }

    fn invalid_type(_: de::Unexpected<'_>, expecting: &dyn de::Expected) -> Self {
        Self::Kind(words_for(&expecting.to_string()))
    }

    fn invalid_value(_: de::Unexpected<'_>, expecting: &dyn de::Expected) -> Self {
        Self::Value(words_for(&expecting.to_string()))
    }

    fn unknown_variant(_: &str, known: &'static [&'static str]) -> Self {
        Self::Value(expected::ONE_OF.codes(known.iter().copied()))
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self::Unknown(field.to_owned(), known)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }
}

impl Display for Misread {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, out)
    }
}

impl std::error::Error for Misread {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::{Value, json};
    use uuid::Uuid;

    use crate::http::handling::json::Reading;
    use domain::questionnaire::JsonTrue;
    use domain::{Decimal, Lang};

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Sample {
        #[serde(rename = "type")]
        kind: Option<Lang>,
        number: Option<u16>,
        id: Option<Uuid>,
        amount: Option<Decimal>,
        only: Option<JsonTrue>,
        texts: Option<BTreeMap<Lang, String>>,
        list: Option<Vec<bool>>,
        inner: Option<Box<Sample>>,
        must: Option<Must>,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Must {
        be: String,
    }

    fn told(value: Value) -> (&'static str, String) {
        let read = serde_path_to_error::deserialize::<_, Sample>(Reading(value));
        let error = read.unwrap_err();
        let place = crate::http::handling::body::pointer_at(error.path());
        let fault = error.inner().fault(&place);
        (fault.code, fault.pointer)
    }

    #[test]
    fn what_serde_finds_has_a_code_of_ours_and_a_place() {
        for (value, code, place) in [
            (json!({"type": "de"}), "not_as_expected", "/type"),
            (json!({"type": 1}), "wrong_json_type", "/type"),
            (json!({"type": {"en": null}}), "wrong_json_type", "/type"),
            (json!({"number": 65_536}), "not_as_expected", "/number"),
            (json!({"number": -1}), "not_as_expected", "/number"),
            (json!({"number": 1.5}), "wrong_json_type", "/number"),
            (json!({"number": "1"}), "wrong_json_type", "/number"),
            (json!({"id": "1"}), "not_as_expected", "/id"),
            (json!({"id": 1}), "wrong_json_type", "/id"),
            (json!({"amount": "1,5"}), "not_as_expected", "/amount"),
            (json!({"amount": true}), "wrong_json_type", "/amount"),
            (json!({"only": false}), "not_as_expected", "/only"),
            (json!({"texts": {"de": "x"}}), "not_as_expected", "/texts"),
            (json!({"texts": {"en": 1}}), "wrong_json_type", "/texts"),
            (json!({"texts": []}), "wrong_json_type", "/texts"),
            (json!({"list": {}}), "wrong_json_type", "/list"),
            (json!({"list": [true, 1]}), "wrong_json_type", "/list/1"),
            (json!({"inner": {"a/b": 1}}), "unknown_field", "/inner/a~1b"),
            (
                json!({"inner": {"inner": {"type": ""}}}),
                "not_as_expected",
                "/inner/inner/type",
            ),
            (json!({"must": {}}), "missing_field", "/must/be"),
            (json!({"must": []}), "wrong_json_type", "/must"),
            (json!([]), "wrong_json_type", ""),
        ] {
            let expected = (code, place.to_owned());
            assert_eq!(told(value.clone()), expected, "{value}");
        }
    }
}
