//! How a cell of a table says in one box what other fields say in several: the signs of statistical offices. `:` there is no such
//! figure, `:z` there is no such thing, `:n` it is not collected, `:c` it is confidential; `p` or `e` after a figure: provisional,
//! estimated (Eurostat's flags and special values).

use super::input::FieldInput;
use domain::questionnaire::{Field, FieldPlace, Flag, MissingKind};

/// Whether a field is shown in one box.
pub fn is_cell(field: &Field) -> bool {
    matches!(field.place, FieldPlace::Cell { .. })
}

/// The sign of a way of being missing.
pub const fn sign(kind: MissingKind) -> &'static str {
    match kind {
        MissingKind::NotAvailable => ":",
        MissingKind::NotApplicable => ":z",
        MissingKind::NotCollected => ":n",
        MissingKind::Confidential => ":c",
    }
}

/// The letter of a flag.
pub const fn letter(flag: Flag) -> char {
    match flag {
        Flag::Provisional => 'p',
        Flag::Estimated => 'e',
    }
}

/// What stands in the box of a cell.
pub fn show(input: &FieldInput) -> String {
    if let Some(kind) = input.missing {
        return sign(kind).to_owned();
    }
    let mut shown = input.value().to_owned();
    for (index, flag) in input.flags.iter().enumerate() {
        if index == 0 && !shown.is_empty() {
            shown.push('\u{a0}');
        }
        shown.push(letter(*flag));
    }
    shown
}

/// What a cell's box says; of any other field what it said already.
pub fn read(mut input: FieldInput, field: &Field) -> FieldInput {
    if !is_cell(field) {
        return input;
    }
    let typed = input.value().trim().to_owned();
    let missing = field.missing.iter().find(|kind| sign(**kind) == typed);
    if let Some(kind) = missing {
        input.missing = Some(*kind);
        input.values.clear();
        return input;
    }
    if field.flags.is_empty() {
        return input;
    }
    let mut rest = typed.as_str();
    while let Some(flag) = field
        .flags
        .iter()
        .find(|flag| rest.ends_with(letter(**flag)))
    {
        input.flags.insert(*flag);
        rest = rest.trim_end_matches(letter(*flag)).trim_end();
    }
    input.values = Some(rest.to_owned())
        .filter(|rest| !rest.is_empty())
        .into_iter()
        .collect();
    input
}

#[cfg(test)]
mod tests {
    use domain::questionnaire::Form;

    use super::*;

    #[test]
    fn a_box_reads_back_as_it_is_shown() {
        let questionnaire = serde_json::json!({
            "title": {"en": "T"},
            "sections": [{"code": "A", "title": {"en": "A"}, "questions": [{
                "code": "A1", "type": "table", "heading": "application", "text": {"en": "T"},
                "missing": ["not_available", "confidential"], "flags": ["provisional", "estimated"],
                "rows": [{"code": "r", "text": {"en": "R"}}],
                "columns": [{"code": "c", "type": "whole_number", "text": {"en": "C"}}]
            }]}]
        });
        let form = Form::from(
            serde_json::from_value::<domain::questionnaire::Questionnaire>(questionnaire).unwrap(),
        );
        let field = form.field("A1.r.c").unwrap().field;
        let typed = |text: &str| {
            let values = vec![text.to_owned()];
            read(
                FieldInput {
                    values,
                    ..FieldInput::default()
                },
                field,
            )
        };
        for (text, value, missing, flags, shown) in [
            ("12", "12", None, vec![], "12"),
            ("12 e", "12", None, vec![Flag::Estimated], "12\u{a0}e"),
            (
                "12pe",
                "12",
                None,
                vec![Flag::Provisional, Flag::Estimated],
                "12\u{a0}pe",
            ),
            (":", "", Some(MissingKind::NotAvailable), vec![], ":"),
            (":c", "", Some(MissingKind::Confidential), vec![], ":c"),
            // Not one of the ways in which this one may be missing: the API says so.
            (":n", ":n", None, vec![], ":n"),
            ("a dozen", "a dozen", None, vec![], "a dozen"),
        ] {
            let input = typed(text);
            assert_eq!(input.value(), value, "{text}");
            assert_eq!(input.missing, missing, "{text}");
            assert_eq!(
                input.flags.iter().copied().collect::<Vec<_>>(),
                flags,
                "{text}"
            );
            assert_eq!(show(&input), shown);
            assert_eq!(typed(shown), input);
        }
    }
}
