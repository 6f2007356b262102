use jiff::civil::date;

use super::*;
use crate::Decider;
use crate::Lang;
use crate::testing::{assert_table, evolved, given, stored};

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

fn version() -> NewVersion {
    NewVersion {
        title: Texts::from([(Lang::En, "Compendium of 2006")]),
        on: date(2006, 7, 1),
        today: date(2026, 1, 2),
        categories: Vec::new(),
        standards: Vec::new(),
        renamed: Vec::new(),
        regrouped: Vec::new(),
        retired: Vec::new(),
    }
}

/// Category II is new, takes the standard over from category I, which is given up.
fn regrouping() -> NewVersion {
    NewVersion {
        categories: vec![category("II")],
        regrouped: vec![("bangkok-rules".into(), "II".into())],
        retired: vec!["I".into()],
        ..version()
    }
}

#[test]
fn every_command_in_every_state() {
    let with_category = vec![category("I").into()];
    let with_standard = vec![category("I").into(), standard("bangkok-rules", "I").into()];
    let state = evolved::<Classification>(with_standard.clone());
    let regrouped = Classification::decide(&state, &(), Command::Publish(regrouping())).unwrap();
    let regrouped = [with_standard.clone(), regrouped].concat();
    let faulty = "classification_faulty";
    let published = "classification_version_published category_renamed";
    assert_table::<Classification, 4>(
        &(),
        [Vec::new(), with_category, with_standard, regrouped],
        [
            (extend(&[], &[]), ["", "", "", ""]),
            (
                extend(&[category("I")], &[]),
                ["category_added", faulty, faulty, faulty],
            ),
            (
                extend(&[], &[standard("bangkok-rules", "I")]),
                [faulty, "standard_added", faulty, faulty],
            ),
            (
                extend(&[category("III")], &[standard("extradition", "III")]),
                ["category_added standard_added"; 4],
            ),
            (Command::Publish(version()), [faulty; 4]),
            (
                Command::Publish(NewVersion {
                    renamed: vec![("I".into(), category("I").title)],
                    ..version()
                }),
                [faulty, published, published, faulty],
            ),
            (
                Command::Publish(regrouping()),
                [
                    faulty,
                    faulty,
                    "classification_version_published category_added standard_regrouped category_retired",
                    faulty,
                ],
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
fn every_fault_of_a_version_is_listed() {
    let faulty = NewVersion {
        title: Texts::default(),
        on: date(2026, 1, 3),
        categories: vec![category("I")],
        standards: vec![standard("rules", "II")],
        renamed: vec![
            ("V".into(), Texts::default()),
            ("I".into(), category("I").title),
            ("I".into(), category("I").title),
        ],
        regrouped: vec![
            ("bangkok-rules".into(), "I".into()),
            ("no-such".into(), "V".into()),
            ("bangkok-rules".into(), "II".into()),
        ],
        retired: vec!["I".into(), "II".into(), "II".into(), "V".into()],
        ..version()
    };
    given::<Classification>([
        category("I").into(),
        category("II").into(),
        standard("bangkok-rules", "I").into(),
        standard("others", "I").into(),
    ])
    .when(&(), Command::Publish(faulty))
    .refused(
        "classification_faulty",
        &[
            ("blank", "/title"),
            ("day_in_the_future", "/on"),
            ("category_exists", "/categories/0/code"),
            ("unknown_category", "/standards/0/category"),
            ("unknown_category", "/renamed/0/code"),
            ("blank", "/renamed/0/title"),
            ("category_listed_twice", "/renamed/2/code"),
            ("standard_there_already", "/regrouped/0/standard"),
            ("unknown_category", "/regrouped/0/category"),
            ("unknown_standard", "/regrouped/1/standard"),
            ("unknown_category", "/regrouped/1/category"),
            ("standard_listed_twice", "/regrouped/2/standard"),
            ("unknown_category", "/regrouped/2/category"),
            ("category_not_empty", "/retired/0"),
            ("category_not_empty", "/retired/1"),
            ("category_listed_twice", "/retired/2"),
            ("category_not_empty", "/retired/2"),
            ("unknown_category", "/retired/3"),
        ],
    );
}

#[test]
fn a_version_changes_something_and_comes_after_the_one_before() {
    let start = [category("I").into(), standard("bangkok-rules", "I").into()];
    given::<Classification>(start.clone())
        .when(&(), Command::Publish(version()))
        .refused("classification_faulty", &[("version_changes_nothing", "")]);
    let second: [Event; 1] = [published(2).into()];
    let earlier = NewVersion {
        on: date(2006, 6, 30),
        ..regrouping()
    };
    given::<Classification>(start.into_iter().chain(second))
        .when(&(), Command::Publish(earlier))
        .refused("classification_faulty", &[("before_last_version", "/on")]);
}

#[test]
fn earlier_versions_stay_as_they_were_at_their_end() {
    let start = vec![category("I").into(), standard("bangkok-rules", "I").into()];
    let state = evolved::<Classification>(start);
    let events = Classification::decide(&state, &(), Command::Publish(regrouping())).unwrap();
    let first = state.clone();
    let second = events.iter().fold(state, Classification::evolve);
    assert_eq!(second.edition(1), Some(&first));
    assert_eq!(second.edition(2), Some(&second));
    assert_eq!(second.edition(3), None);
    assert_eq!(second.standards["bangkok-rules"].category, "II");
    assert!(!second.categories.contains_key("I") && second.has_had_category("I"));
    // The code of a category that was given up is not used again.
    given::<Classification>([category("I").into(), retired().into()])
        .when(&(), extend(&[category("I")], &[]))
        .refused(
            "classification_faulty",
            &[("category_exists", "/categories/0/code")],
        );
}

fn published(version: u32) -> ClassificationVersionPublished {
    ClassificationVersionPublished {
        version,
        title: Texts::from([(Lang::En, "Compendium of 2006")]),
        on: date(2006, 7, 1),
    }
}

fn retired() -> CategoryRetired {
    CategoryRetired {
        code: "I".into(),
        version: 2,
    }
}

#[test]
fn stored_events() {
    let unconfirmed = StandardAdded {
        years: vec![1990, 1997],
        confidence: Confidence::Unconfirmed,
        ..standard("extradition", "II")
    };
    let renamed = CategoryRenamed {
        code: "II".into(),
        title: Texts::from([(Lang::En, "Cooperation")]),
        version: 2,
    };
    let regrouped = StandardRegrouped {
        code: "bangkok-rules".into(),
        from: "I".into(),
        category: "II".into(),
        version: 2,
    };
    let samples: [Event; 7] = [
        category("I").into(),
        standard("bangkok-rules", "I").into(),
        unconfirmed.into(),
        published(2).into(),
        renamed.into(),
        regrouped.into(),
        retired().into(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    category_added {"code":"I","title":{"en":"Custody","fr":"Détention"}}
    standard_added {"adopted_by":"GA 65/229","category":"I","code":"bangkok-rules","confidence":"cited","title":{"en":"Bangkok Rules"},"years":[2010]}
    standard_added {"adopted_by":"GA 65/229","category":"II","code":"extradition","confidence":"unconfirmed","title":{"en":"Bangkok Rules"},"years":[1990,1997]}
    classification_version_published {"on":"2006-07-01","title":{"en":"Compendium of 2006"},"version":2}
    category_renamed {"code":"II","title":{"en":"Cooperation"},"version":2}
    standard_regrouped {"category":"II","code":"bangkok-rules","from":"I","version":2}
    category_retired {"code":"I","version":2}
    "#);
}
