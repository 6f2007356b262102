use super::*;

const PAGE: &str = include_str!("../../../../docs/rules.md");

/// The examples of docs/rules.md: a rule a line, and behind it what it comes to.
fn examples() -> impl Iterator<Item = (&'static str, &'static str)> {
    let blocks = PAGE.split("```cel\n").skip(1);
    let lines = blocks.flat_map(|block| block.split("```").next().unwrap_or_default().lines());
    lines.map(|line| {
        let (rule, result) = line.split_once("//").unwrap_or_else(|| panic!("{line}"));
        (rule.trim(), result.trim())
    })
}

#[test]
fn the_page_says_what_rules_come_to() {
    assert!(examples().count() > 50);
    for (rule, result) in examples() {
        assert_eq!(evaluated(rule), result, "{rule}");
    }
}

#[test]
fn the_page_has_every_function_and_reserved_word() {
    for (function, _) in FUNCTIONS {
        let is_there = PAGE.contains(&format!("{function}("));
        assert!(is_there, "{function}");
    }
    for word in crate::parser::RESERVED {
        assert!(
            PAGE.contains(&format!(" {word} ")) || PAGE.contains(&format!("{word}`")),
            "{word}"
        );
    }
    for limit in [
        "4,096 bytes",
        "500 parts",
        "32 deep",
        "10,000 steps",
        "10,000 cells",
        "32 `cells`",
        "of 200 bytes",
    ] {
        assert!(PAGE.contains(limit), "{limit}");
    }
}
