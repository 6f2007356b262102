//! Every fault of a rule is one of the table, and is told in both languages, wholly.

use std::collections::{BTreeMap, BTreeSet};

use rules::{
    Circle, Expected, FaultKind, Kind, PatternFault, Place, Rule, Schema, Scope, Span, Type, Wanted,
};

use super::super::rule_fault::{circle_fault, rule_fault};
use crate::phrase::PlaceholderValue;
use crate::testing::assert_faults;
use crate::{Fault, Texts};

fn texts() -> BTreeMap<String, Texts> {
    let json = include_str!("../../../../../data/texts.json");
    serde_json::from_str(json).expect("texts are read")
}

/// What a text says with its placeholders filled, all of which must be.
#[track_caller]
fn filled(text: &str, args: &BTreeMap<&str, String>) -> String {
    let mut parts = text.split('{');
    let mut said = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').expect("a placeholder ends");
        said += args.get(name).unwrap_or_else(|| panic!("{name} in {text}"));
        said += rest;
    }
    said
}

#[track_caller]
fn told(texts: &BTreeMap<String, Texts>, fault: &Fault, lang: crate::Lang) -> String {
    let text = |key: &str| {
        let found = texts.get(key).and_then(|texts| texts.get(lang));
        found
            .unwrap_or_else(|| panic!("{key} in {lang}"))
            .to_owned()
    };
    let args = fault.args.iter().map(|(name, value)| {
        let value = match value {
            PlaceholderValue::Same(said) => said.clone(),
            PlaceholderValue::Words(words) => {
                filled(&text(&words.text()), &words.args.iter().cloned().collect())
            }
            PlaceholderValue::Texts(_) => panic!("a rule has no texts"),
        };
        (*name, value)
    });
    filled(
        &text(&format!("problem.{}", fault.code)),
        &args.collect::<BTreeMap<_, _>>(),
    )
}

fn schema() -> Schema {
    let mut schema = Schema::default();
    for (address, holds) in [
        ("N1", Type::Whole),
        ("B1", Type::Bool),
        ("B2", Type::choice(["yes", "no"])),
        ("B3", Type::Money),
        ("B4", Type::Text),
        ("B5", Type::choices(["prison", "fine"])),
        ("B9", Type::choice(["first", "second"])),
        ("F1", Type::Opaque),
        ("P1.theft.y2024", Type::Whole),
    ] {
        schema.add(address, holds).expect("the field is added");
    }
    let parts = [("title", Type::Text)];
    schema.add_list("L1", parts).expect("the list is added");
    schema
}

/// Rules with a fault of each kind.
fn wrong() -> Vec<String> {
    let long = "é".repeat(3_000);
    let large = format!("1{}", " + 1".repeat(600));
    let deep = "(".repeat(40);
    let regular = ["B4.matches(\"a\")"; 9].join(" || ");
    let cells = ["count(cells(\"P1.*.*\")) > 1"; 33].join(" || ");
    let rules = [
        &long,
        &large,
        &deep,
        &regular,
        &cells,
        "",
        "N1 = 1",
        "N1 § 1",
        "N1 > \u{a0}1",
        "B4 == \"a",
        "B4 == \"\\q\"",
        "N1 > 5kg",
        "N1 > 1234567890123456789012345678901234567890",
        "N1 N1",
        "(N1",
        "N1 >",
        "[1 2]",
        "N1.2",
        "if",
        "null",
        "N1 == N2",
        "Zz1",
        "B3.value > 1",
        "N1.value",
        "sums([1])",
        "frobnicate()",
        "abs()",
        "cells()",
        "field(B4)",
        "B4.matches(B4)",
        "B1 && N1",
        "B4 + 1",
        "B4 < B4",
        "F1 == F1",
        "[1] == [1]",
        "size(N1)",
        "sum(B5)",
        "max([B4])",
        "distinct(N1)",
        "L1",
        "has(1)",
        "has(L1)",
        "N1 == B4",
        "B2 == 1",
        "B5 == B5",
        "N1 % 1.5",
        "N1 / B3",
        "B3 + 1",
        "B2 == \"yess\"",
        "B2 == \"x\"",
        "B2 == B9",
        "count(cells(\"Q1.*\")) > 1",
        "count(cells(\"*.a\")) > 1",
        "B1 ? 1 : \"a\"",
        "B4.matches(\"(\")",
        "B4.matches(\"[a&&b]\")",
        "B4.matches(\"a{1000}\")",
        "date(\"2023-02-29\") == date(\"2024\")",
        "round(N1, 31)",
        "missing(N1, \"lost\")",
        "this",
        "row.a",
        "entry.a",
        "cells(\"P1.*.*\").all(B4, true)",
    ];
    let pattern = format!("B4.matches(\"{}\")", "a".repeat(201));
    rules
        .into_iter()
        .map(str::to_owned)
        .chain([pattern])
        .collect()
}

fn faults_of(source: &str) -> Vec<rules::Fault> {
    Rule::compile(source, &schema(), &Scope::of_none(), None).expect_err(source)
}

#[test]
fn every_fault_of_a_rule_is_one_of_the_table_and_told_wholly() {
    let texts = texts();
    let mut codes = BTreeSet::new();
    for source in wrong() {
        for told_by_rules in faults_of(&source) {
            let fault = rule_fault(&told_by_rules, "/variables/0/rule");
            assert_eq!(fault.code, told_by_rules.code(), "one code for both");
            codes.insert(fault.code);
            assert_faults(
                std::slice::from_ref(&fault),
                &[(fault.code, "/variables/0/rule")],
            );
            let [english, french] =
                [crate::Lang::En, crate::Lang::Fr].map(|lang| told(&texts, &fault, lang));
            assert_ne!(english, french);
            for said in [english, french] {
                assert!(!said.contains("undefined") && said.len() < 1_500, "{said}");
            }
            for (_, value) in &fault.args {
                let words = match value {
                    PlaceholderValue::Words(words) => words.key,
                    _ => continue,
                };
                assert!(
                    !["one_of", "several_of"].contains(&words),
                    "what {source:?} needs has words of its own"
                );
            }
        }
    }
    let all: BTreeSet<_> = FaultKind::CODES.iter().copied().collect();
    assert_eq!(codes, all, "every kind of fault is among the samples");
}

#[test]
fn a_fault_of_a_rule_says_where_it_is_and_what_would_be_right() {
    let texts = texts();
    for (source, english, french) in [
        (
            "B1 &&\n  sums([1]) > 2",
            "Line 2, column 3: there is no function “sums”. Is “sum” meant?",
            "Ligne 2, colonne 3\u{a0}: il n’y a pas de fonction «\u{a0}sums\u{a0}». S’agit-il de «\u{a0}sum\u{a0}»\u{a0}?",
        ),
        (
            "B4 < B4",
            "Line 1, column 1: a text, where a number, an amount of money, a date or a month is needed. Correct the rule, or name another field.",
            "Ligne 1, colonne 1\u{a0}: un texte, là où il faut un nombre, un montant, une date ou un mois. Corriger la règle, ou désigner un autre champ.",
        ),
        (
            "(N1 > 1",
            "Line 1, column 8: the end of the rule, where “)” should stand. Correct what stands here or before it.",
            "Ligne 1, colonne 8\u{a0}: la fin de la règle, là où devrait figurer «\u{a0})\u{a0}». Corriger ce qui se trouve à cet endroit ou avant.",
        ),
        (
            "N1 = 1",
            "Line 1, column 4: “=” means nothing here. Write “==” instead.",
            "Ligne 1, colonne 4\u{a0}: «\u{a0}=\u{a0}» n’a pas de sens ici. Écrire plutôt «\u{a0}==\u{a0}».",
        ),
        (
            "round() > 1",
            "Line 1, column 1: the function is not written so. Write “round(number)” or “round(number, places)”.",
            "Ligne 1, colonne 1\u{a0}: la fonction ne s’écrit pas ainsi. Écrire «\u{a0}round(nombre)\u{a0}» ou «\u{a0}round(nombre, décimales)\u{a0}».",
        ),
    ] {
        let faults = faults_of(source);
        let fault = rule_fault(&faults[0], "");
        assert_eq!(told(&texts, &fault, crate::Lang::En), english);
        assert_eq!(told(&texts, &fault, crate::Lang::Fr), french);
    }
}

/// What no rule of today gives is told too: a type that is needed and has no words of its own.
#[test]
fn whatever_else_rules_may_tell_has_words() {
    let texts = texts();
    let place = Place::of(Span::default(), "");
    let expected = [
        Expected::OneOf(&[Kind::Date, Kind::Month]),
        Expected::ListOf(&[Kind::Date, Kind::Month]),
        Expected::ListOf(Kind::ORDERED),
        Expected::Type(Type::choice((0..30).map(|_| "code"))),
        Expected::List,
    ];
    let kinds = expected.into_iter().map(|expected| FaultKind::WrongType {
        expected,
        found: Kind::Entries,
    });
    let others = [
        FaultKind::WrongArguments { form: "odd(x)" },
        FaultKind::BadPattern {
            why: PatternFault::TooLong,
        },
        FaultKind::Unexpected {
            found: Some("\u{202e}".to_owned()),
            expected: Wanted::Name,
        },
    ];
    for kind in kinds.chain(others) {
        let fault = rule_fault(&rules::Fault { place, kind }, "");
        assert_faults(std::slice::from_ref(&fault), &[(fault.code, "")]);
        for lang in [crate::Lang::En, crate::Lang::Fr] {
            let said = told(&texts, &fault, lang);
            assert!(!said.contains('\u{202e}'), "{said}");
        }
    }
}

#[test]
fn rules_in_a_circle_are_named_as_long_as_one_can_read_them() {
    let circle = |count: usize| {
        let names = (0..count).map(|number| format!("C{number}"));
        let circle = Circle {
            names: names.chain(["C0".to_owned()]).collect(),
            rules: (0..count).collect(),
        };
        let fault = circle_fault(&circle, "/sections/0");
        assert_faults(
            std::slice::from_ref(&fault),
            &[("rule_circle", "/sections/0")],
        );
        told(&texts(), &fault, crate::Lang::Fr)
    };
    assert!(circle(2).contains("«\u{a0}C0 → C1 → C0\u{a0}»"));
    assert!(circle(400).contains("C19 → … → C0\u{a0}»"));
}
