use super::*;
use crate::domain::Lang;
use crate::domain::testing::{assert_table, given, stored};

mod properties;

fn category(code: &str) -> CategoryAdded {
    CategoryAdded {
        code: code.into(),
        title: Texts::from([(Lang::En, "Custody"), (Lang::Fr, "Détention")]),
    }
}

fn standard(code: &str, category: &str) -> StandardAdded {
    StandardAdded {
        code: code.into(),
        category: category.into(),
        title: Texts::from([(Lang::En, "Bangkok Rules")]),
        adopted_by: "GA 65/229".into(),
        years: vec![2010],
        confidence: Confidence::Cited,
    }
}

fn extend(categories: &[CategoryAdded], standards: &[StandardAdded]) -> Command {
    Command::Extend {
        categories: categories.to_vec(),
        standards: standards.to_vec(),
    }
}

#[test]
fn every_command_in_every_state() {
    let with_category = vec![category("I").into()];
    let with_standard = vec![category("I").into(), standard("bangkok-rules", "I").into()];
    let faulty = "classification_faulty";
    assert_table::<Classification, 3>(
        &(),
        [Vec::new(), with_category, with_standard],
        [
            (extend(&[], &[]), ["", "", ""]),
            (
                extend(&[category("I")], &[]),
                ["category_added", faulty, faulty],
            ),
            (
                extend(&[], &[standard("bangkok-rules", "I")]),
                [faulty, "standard_added", faulty],
            ),
            (
                extend(&[category("II")], &[standard("extradition", "II")]),
                ["category_added standard_added"; 3],
            ),
        ],
    );
}

#[test]
fn every_fault_of_the_additions_is_listed() {
    let categories = [
        category("I"),
        category("a b"),
        CategoryAdded {
            title: Texts::default(),
            ..category("II")
        },
    ];
    let standards = [
        standard("rules", "V"),
        StandardAdded {
            adopted_by: String::new(),
            years: vec![1955, 55],
            ..standard("rules", "II")
        },
        StandardAdded {
            title: Texts::from([(Lang::En, "")]),
            ..standard(&"x".repeat(41), "I")
        },
    ];
    given::<Classification>([category("I").into()])
        .when(&(), extend(&categories, &standards))
        .refused(
            "classification_faulty",
            &[
                ("category_exists", "/categories/0/code"),
                ("bad_code", "/categories/1/code"),
                ("blank", "/categories/2/title"),
                ("unknown_category", "/standards/0/category"),
                ("standard_exists", "/standards/1/code"),
                ("blank", "/standards/1/adopted_by"),
                ("bad_year", "/standards/1/years/1"),
                ("bad_code", "/standards/2/code"),
                ("missing_text", "/standards/2/title"),
            ],
        );
}

#[test]
fn stored_events() {
    let unconfirmed = StandardAdded {
        years: vec![1990, 1997],
        confidence: Confidence::Unconfirmed,
        ..standard("extradition", "II")
    };
    let samples: [Event; 3] = [
        category("I").into(),
        standard("bangkok-rules", "I").into(),
        unconfirmed.into(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    category_added {"code":"I","title":{"en":"Custody","fr":"Détention"}}
    standard_added {"adopted_by":"GA 65/229","category":"I","code":"bangkok-rules","confidence":"cited","title":{"en":"Bangkok Rules"},"years":[2010]}
    standard_added {"adopted_by":"GA 65/229","category":"II","code":"extradition","confidence":"unconfirmed","title":{"en":"Bangkok Rules"},"years":[1990,1997]}
    "#);
}
