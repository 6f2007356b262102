//! The address of a page in the web.

use serde::Serialize;
use serde_json::Value;

use super::FieldKind;
use crate::fault::{self, Fault};
use crate::phrase::{Phrase, expected};
use crate::questionnaire::answer_reader::AnswerReader;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{AnswerInput, AnswerValue, MAX_LINK_CHARS};

/// The address of a page: http or https, and nothing else that a browser would run or open.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Link {}

impl FieldKind for Link {
    fn read(_: &mut ObjectReader<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn faults(&self, _: &Definition<'_>, _: &str) -> Vec<Fault> {
        Vec::new()
    }

    fn contradictions(&self, _: &Self, _: &str) -> Vec<Fault> {
        Vec::new()
    }

    fn expected(&self) -> Phrase {
        expected::LINK
    }

    fn parse(&self, reader: &mut AnswerReader<'_>, json: &Value) -> Option<AnswerInput> {
        let wrong = reader.wrong_type(self.expected());
        let text = reader.note(json.as_str().ok_or(wrong))?.trim();
        let length = text.chars().count();
        if length > MAX_LINK_CHARS {
            let fault = fault::TOO_LONG.at(reader.at("/value"));
            let fault = fault.arg("length", length).arg("max", MAX_LINK_CHARS);
            return reader.note(Err(fault));
        }
        let fault = fault::BAD_LINK.at(reader.at("/value")).arg("value", text);
        reader.note(is_link(text).then_some(()).ok_or(fault))?;
        Some(AnswerInput::Link(text.to_owned()))
    }

    fn takes(&self, value: &AnswerValue) -> bool {
        matches!(value, AnswerValue::Link(_))
    }

    fn value_faults(&self, _: &AnswerValue) -> Vec<Fault> {
        Vec::new()
    }

    /// As words, it stands beside the log.
    fn rule_type(&self) -> rules::Type {
        rules::Type::Opaque
    }

    fn rule_value(&self, _: &AnswerValue) -> Option<rules::Value> {
        Some(rules::Value::Opaque)
    }
}

/// Whether a text is the address of a page: a scheme that a browser reads pages by, a host, and nothing that cannot be seen.
fn is_link(text: &str) -> bool {
    let (scheme, rest) = text.split_once("://").unwrap_or_default();
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A name before an @ is taken for the host by whoever reads it.
    let is_host = host.chars().any(char::is_alphanumeric) && !host.contains('@');
    let is_visible = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    is_web && is_host && is_visible && !text.contains(['<', '>', '"', '\\'])
}

#[cfg(test)]
mod tests {
    use super::is_link;

    #[test]
    fn only_pages_of_the_web_are_links() {
        for good in [
            "https://www.un.org/en/",
            "http://ministry.example/loi?id=1#a",
            "HTTPS://例え.jp/",
        ] {
            assert!(is_link(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "ftp://a.example/",
            "https://",
            "www.un.org",
            "https://un.org@evil.example/",
            "https://a b.example/",
            "data://text",
            "https:///path",
        ] {
            assert!(!is_link(bad), "{bad}");
        }
    }
}
