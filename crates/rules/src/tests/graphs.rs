use proptest::prelude::*;

use super::*;

/// Fields F0, F1, … and rules of what they read and give.
fn rules(of: &[(&[usize], &[usize])]) -> (Vec<FieldId>, Vec<NamedRule>) {
    let mut schema = Schema::default();
    let ids: Vec<_> = (0..100)
        .map(|number| schema.add(&format!("F{number}"), Type::Whole).unwrap())
        .collect();
    let fields = |numbers: &[usize]| numbers.iter().map(|number| ids[*number]).collect();
    let rules = of
        .iter()
        .enumerate()
        .map(|(number, (reads, gives))| NamedRule {
            name: format!("r{number}"),
            reads: fields(reads),
            gives: fields(gives),
        });
    let rules = rules.collect();
    (ids, rules)
}

fn circles(of: &[(&[usize], &[usize])]) -> Vec<String> {
    let told = Graph::new(&rules(of).1).err().unwrap_or_default();
    told.iter().map(|circle| circle.names.join(" ")).collect()
}

#[test]
fn rules_come_after_those_that_give_what_they_read() {
    let (ids, rules) = rules(&[
        (&[1], &[2]),
        (&[0], &[1]),
        (&[5], &[6]),
        (&[2, 1], &[]),
        (&[0], &[7]),
    ]);
    let graph = Graph::new(&rules).unwrap();
    assert_eq!(graph.order(), [1, 0, 2, 3, 4]);
    assert_eq!(graph.affected(&[ids[0]]), [1, 0, 3, 4]);
    assert_eq!(graph.affected(&[ids[2]]), [3]);
    assert_eq!(graph.affected(&[ids[5], ids[2]]), [2, 3]);
    assert_eq!(graph.affected(&[ids[99]]), [0_usize; 0]);
    assert_eq!(Graph::new(&[]).unwrap().order(), [0_usize; 0]);
}

#[test]
fn a_circle_is_named() {
    assert_eq!(circles(&[(&[0], &[0])]), ["r0 r0"]);
    assert_eq!(
        circles(&[(&[0], &[1]), (&[1], &[2]), (&[2], &[0])]),
        ["r0 r1 r2 r0"]
    );
    // The shorter of two circles, and another that has nothing to do with it; what only follows from them is not told.
    assert_eq!(
        circles(&[
            (&[0], &[1]),
            (&[1], &[2]),
            (&[2, 1], &[0]),
            (&[10], &[11]),
            (&[11], &[10]),
            (&[11], &[12]),
        ]),
        ["r0 r2 r0", "r3 r4 r3"]
    );
    let circle = Graph::new(&rules(&[(&[0], &[0])]).1).unwrap_err().remove(0);
    assert_eq!(
        circle.to_string(),
        "these rules wait for each other: r0 → r0"
    );
}

#[test]
fn a_rule_gives_its_dependencies_to_the_graph() {
    let schema = schema();
    let field = |address| schema.field(address).unwrap();
    let rule =
        compiled("sum(cells(\"P1.*.y2024\", \"P1.all.*\")) > last.N1 && has(B1) || size(L1) > N1");
    let mut wanted = [
        "P1.theft.y2024",
        "P1.robbery.y2024",
        "P1.fraud.y2024",
        "B1",
        "L1",
        "N1",
    ]
    .map(field);
    wanted.sort_unstable();
    assert_eq!(rule.fields(&Frame::default()), wanted);
    let scope = Scope::of_none()
        .this(Type::Whole)
        .row([("y2023", Type::Whole)]);
    let rule = Rule::compile("this > row.y2023", &schema, &scope, None).unwrap();
    let row = [field("P1.theft.y2023")];
    let frame = Frame {
        this: Some(field("P1.theft.y2024")),
        row: &row,
        entry: None,
    };
    assert_eq!(
        rule.fields(&frame),
        [field("P1.theft.y2023"), field("P1.theft.y2024")]
    );
}

#[test]
fn thousands_of_rules_that_wait_for_each_other_are_put_in_order() {
    let mut schema = Schema::default();
    let ids: Vec<_> = (0..=20_000)
        .map(|number| schema.add(&format!("F{number}"), Type::Whole).unwrap())
        .collect();
    let mut rules: Vec<_> = ids
        .windows(2)
        .rev()
        .map(|pair| NamedRule {
            name: String::new(),
            reads: vec![pair[0]],
            gives: vec![pair[1]],
        })
        .collect();
    let graph = Graph::new(&rules).unwrap();
    assert_eq!(graph.affected(&ids[..1]).len(), 20_000);
    rules.push(NamedRule {
        name: String::new(),
        reads: vec![ids[20_000]],
        gives: vec![ids[0]],
    });
    assert_eq!(Graph::new(&rules).unwrap_err()[0].rules.len(), 20_001);
}

fn any_rules() -> impl Strategy<Value = Vec<(Vec<usize>, Vec<usize>)>> {
    let fields = prop::collection::vec(0..30_usize, 0..3);
    prop::collection::vec((fields.clone(), fields), 0..25)
}

proptest! {
    #[test]
    fn the_order_is_right_or_a_circle_is_one(of in any_rules(), changed in prop::collection::vec(0..30_usize, 0..4)) {
        let of: Vec<_> = of.iter().map(|(reads, gives)| (reads.as_slice(), gives.as_slice())).collect();
        let (ids, rules) = rules(&of);
        let follows = |one: usize, other: usize| of[other].0.iter().any(|read| of[one].1.contains(read));
        match Graph::new(&rules) {
            Ok(graph) => {
                let rank = |rule: usize| graph.order().iter().position(|at| *at == rule).unwrap();
                for one in 0..of.len() {
                    for other in 0..of.len() {
                        prop_assert!(!follows(one, other) || rank(one) < rank(other));
                    }
                }
                // What is affected, found the long way.
                let mut affected: Vec<bool> = of.iter().map(|(reads, _)| reads.iter().any(|read| changed.contains(read))).collect();
                for _ in 0..of.len() {
                    for one in 0..of.len() {
                        for other in 0..of.len() {
                            affected[other] |= affected[one] && follows(one, other);
                        }
                    }
                }
                let changed: Vec<_> = changed.iter().map(|number| ids[*number]).collect();
                let found = graph.affected(&changed);
                prop_assert!(found.windows(2).all(|pair| rank(pair[0]) < rank(pair[1])));
                for (rule, affected) in affected.iter().enumerate() {
                    prop_assert_eq!(found.contains(&rule), *affected);
                }
            }
            Err(circles) => {
                prop_assert!(!circles.is_empty());
                for circle in circles {
                    for (at, rule) in circle.rules.iter().enumerate() {
                        let next = circle.rules[(at + 1) % circle.rules.len()];
                        prop_assert!(follows(*rule, next));
                    }
                }
            }
        }
    }
}
