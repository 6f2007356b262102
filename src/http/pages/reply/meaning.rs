//! What people mean by what they type, where it is not what they typed.

use domain::questionnaire::types::FieldType;

/// What people mean who type a sign that the field stands for, or leave out what every link begins with; none where it is what
/// they typed.
pub fn meant(kind: &FieldType, typed: &str) -> Option<String> {
    match kind {
        FieldType::Percentage(_) => {
            let figure = typed.trim_end().strip_suffix(['%', '٪', '％'])?;
            Some(figure.trim_end().to_owned())
        }
        FieldType::Link(_) => {
            let is_site = typed.split_once('.').is_some_and(|(name, rest)| {
                let is_name = |character: char| character.is_alphanumeric() || character == '-';
                !name.is_empty() && name.chars().all(is_name) && !rest.is_empty()
            });
            let is_one = !typed.contains(char::is_whitespace) && !typed.contains("://");
            (is_site && is_one).then(|| format!("https://{typed}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use domain::questionnaire::Form;

    use super::*;

    #[test]
    fn a_share_has_its_sign_and_a_link_its_beginning_and_nothing_else_is_touched() {
        let question = |code: &str, kind: &str| serde_json::json!({"code": code, "type": kind, "heading": "application", "text": {"en": "T"}});
        let questionnaire = serde_json::json!({
            "title": {"en": "T"},
            "sections": [{"code": "A", "title": {"en": "A"}, "questions": [
                question("A1", "percentage"), question("A2", "link"), question("A3", "text")
            ]}]
        });
        let form = Form::from(
            serde_json::from_value::<domain::questionnaire::Questionnaire>(questionnaire).unwrap(),
        );
        for (address, typed, means) in [
            ("A1", "60%", Some("60")),
            ("A1", "60,5 ٪", Some("60,5")),
            ("A1", "60", None),
            (
                "A2",
                "www.example.org/law",
                Some("https://www.example.org/law"),
            ),
            ("A2", "example.org", Some("https://example.org")),
            ("A2", "http://example.org", None),
            ("A2", "the law of 2011. See there", None),
            ("A2", "anna@example.org", None),
            ("A3", "60%", None),
        ] {
            let kind = form.field(address).unwrap().field.value_type().unwrap();
            assert_eq!(meant(kind, typed).as_deref(), means, "{typed}");
        }
    }
}
