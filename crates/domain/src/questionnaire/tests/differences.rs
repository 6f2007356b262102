//! Two questionnaires: what differs, and that this is all that does.

use proptest::prelude::*;

use super::*;
use crate::questionnaire::difference::{Difference, Differences, Part};

/// The differences of a changed sample from the sample: each code with its ways and parts.
fn found(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut json = questionnaire_json();
    change(&mut json);
    let (was, is) = (questionnaire(), Questionnaire::read(&json).unwrap());
    let differences = was.differences(&is);
    assert_eq!(apply(&was, &differences), is);
    let sections = differences.sections.iter().map(shown);
    sections
        .chain(differences.questions.iter().map(shown))
        .collect()
}

fn shown<T>(difference: &Difference<'_, T>) -> String {
    let ways = difference.ways().into_iter().map(|way| way.to_string());
    let parts = difference.parts.iter().map(ToString::to_string);
    let all: Vec<String> = ways.chain(parts).collect();
    format!("{} {}", difference.code, all.join(" "))
}

fn moved(json: &mut Value, from: (usize, usize), to: (usize, usize)) {
    let questions =
        |json: &mut Value, section: usize| json["sections"][section]["questions"].take();
    let mut list = questions(json, from.0);
    let question = list.as_array_mut().unwrap().remove(from.1);
    json["sections"][from.0]["questions"] = list;
    let mut list = questions(json, to.0);
    list.as_array_mut().unwrap().insert(to.1, question);
    json["sections"][to.0]["questions"] = list;
}

type Change = Box<dyn Fn(&mut Value)>;

#[test]
fn every_kind_of_difference_is_found_and_nothing_else() {
    assert_eq!(found(|_| {}), Vec::<String>::new());
    let question = |json: &mut Value, section: usize, place: usize| {
        json["sections"][section]["questions"][place].take()
    };
    let table: [(&str, Change, &[&str]); 13] = [
        (
            "a text",
            Box::new(|json| {
                json["sections"][0]["questions"][0]["text"]["fr"] = json!("Est-ce une loi ?")
            }),
            &["P1 changed text"],
        ),
        (
            "several parts",
            Box::new(|json| {
                json["sections"][0]["questions"][0]["required"] = json!(false);
                json["sections"][0]["questions"][0]["heading"] = json!("practices");
                json["sections"][0]["questions"][0]["help"] = json!({"en": "Any law"});
                json["sections"][0]["questions"][0]["standards"] = json!([]);
            }),
            &["P1 changed help heading required standards"],
        ),
        (
            "options",
            Box::new(|json| {
                json["sections"][0]["questions"][1]["options"][0]["label"]["en"] = json!("Cash")
            }),
            &["P2 changed answer"],
        ),
        (
            "a limit",
            Box::new(|json| json["sections"][1]["questions"][3]["max"] = json!(2040)),
            &["N4 changed answer"],
        ),
        (
            "one that is gone",
            Box::new(move |json| {
                let mut list = json["sections"][0]["questions"].take();
                list.as_array_mut().unwrap().remove(1);
                json["sections"][0]["questions"] = list;
            }),
            &["P2 removed"],
        ),
        (
            "one that is new",
            Box::new(move |json| {
                let mut new = json["sections"][0]["questions"][2].clone();
                new["code"] = json!("P9");
                let mut list = json["sections"][0]["questions"].take();
                list.as_array_mut().unwrap().insert(0, new);
                json["sections"][0]["questions"] = list;
            }),
            &["P9 added"],
        ),
        (
            "to the front",
            Box::new(|json| moved(json, (0, 3), (0, 0))),
            &["P4 moved"],
        ),
        (
            "to the end",
            Box::new(|json| moved(json, (0, 0), (0, 3))),
            &["P1 moved"],
        ),
        (
            "to another section",
            Box::new(|json| moved(json, (0, 1), (1, 2))),
            &["P2 moved"],
        ),
        (
            "moved and changed",
            Box::new(move |json| {
                json["sections"][0]["questions"][1]["required"] = json!(false);
                moved(json, (0, 1), (1, 0));
            }),
            &["P2 changed moved required"],
        ),
        (
            "a section's title",
            Box::new(|json| json["sections"][1]["title"]["en"] = json!("Numbers")),
            &["B changed title"],
        ),
        (
            "sections in another order",
            Box::new(|json| json["sections"].as_array_mut().unwrap().reverse()),
            &["A moved"],
        ),
        (
            "a section that is gone, a question of which stays",
            Box::new(move |json| {
                let kept = question(json, 1, 0);
                json["sections"].as_array_mut().unwrap().remove(1);
                json["sections"][0]["questions"]
                    .as_array_mut()
                    .unwrap()
                    .push(kept);
            }),
            &[
                "B removed",
                "N1 moved",
                "N2 removed",
                "N3 removed",
                "N4 removed",
            ],
        ),
    ];
    for (what, change, expected) in table {
        assert_eq!(found(change), expected, "{what}");
    }
}

#[test]
fn titles_and_introductions_differ_as_a_whole() {
    let mut json = questionnaire_json();
    json["title"]["en"] = json!("Prisoners");
    json["introduction"] = json!({"en": "Read me"});
    let (was, is) = (questionnaire(), Questionnaire::read(&json).unwrap());
    let differences = was.differences(&is);
    assert_eq!(differences.title, Some((&was.title, &is.title)));
    assert_eq!(
        differences.introduction,
        Some((None, is.introduction.as_ref()))
    );
    assert!(differences.sections.is_empty() && differences.questions.is_empty());
    assert!(!differences.is_empty());
}

/// The first questionnaire with the differences made in it: what they say is enough to come to the second.
fn apply(was: &Questionnaire, differences: &Differences<'_>) -> Questionnaire {
    let mut now = was.clone();
    if let Some((_, title)) = differences.title {
        now.title = title.clone();
    }
    if let Some((_, introduction)) = differences.introduction {
        now.introduction = introduction.cloned();
    }
    let leaves = |code: &str| {
        let mut sections = differences.sections.iter();
        sections.any(|section| section.code == code && (section.to.is_none() || section.moved))
    };
    now.sections.retain(|section| !leaves(&section.code));
    for difference in &differences.sections {
        let Some(to) = difference.to else { continue };
        if difference.from.is_none() || difference.moved {
            let mut section = to.item.clone();
            let mut known = was.sections.iter();
            let known = known.find(|section| section.code == difference.code);
            section.questions = known.map_or_else(Vec::new, |known| known.questions.clone());
            now.sections.insert(to.place, section);
        }
        now.sections[to.place].title = to.item.title.clone();
    }
    let arrives = |difference: &&Difference<'_, Question>| {
        difference.to.is_some() && (difference.from.is_none() || difference.moved)
    };
    for section in &mut now.sections {
        section.questions.retain(|question| {
            let mut questions = differences.questions.iter();
            !questions.any(|gone| gone.code == question.code && (gone.to.is_none() || gone.moved))
        });
        for question in &mut section.questions {
            let mut questions = differences.questions.iter();
            if let Some(changed) = questions.find(|changed| changed.code == question.code) {
                *question = changed.to.unwrap().item.clone();
            }
        }
        for difference in differences.questions.iter().filter(arrives) {
            let to = difference.to.unwrap();
            if to.section == Some(section.code.as_str()) {
                section.questions.insert(to.place, to.item.clone());
            }
        }
    }
    now
}

/// Some of the sample's questions, in some variants, in some order, dealt to some sections.
fn any_questionnaire() -> impl Strategy<Value = Questionnaire> {
    let variants = prop::collection::vec((any::<bool>(), any::<bool>(), 0..3_usize), 8);
    let order = Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle();
    let sections = Just(vec!["A", "B", "C"]).prop_shuffle();
    (variants, order, sections, 1..4_usize, any::<bool>()).prop_map(
        |(variants, order, sections, count, other_title)| {
            let sample = questionnaire();
            let all: Vec<Question> = sample.questions().cloned().collect();
            let mut now = Questionnaire {
                sections: Vec::new(),
                ..sample
            };
            for code in &sections[..count] {
                now.sections.push(Section {
                    code: (*code).to_owned(),
                    title: Texts::from([(Lang::En, if other_title { "Other" } else { "Same" })]),
                    questions: Vec::new(),
                    ..questionnaire().sections[0].clone()
                });
            }
            for index in order {
                let (is_there, is_required, section) = variants[index];
                if is_there {
                    let mut question = all[index].clone();
                    question.asked.conditions.required = if is_required {
                        Requirement::Always
                    } else {
                        Requirement::Never
                    };
                    now.sections[section % count].questions.push(question);
                }
            }
            now
        },
    )
}

proptest! {
    #[test]
    fn a_questionnaire_does_not_differ_from_itself(one in any_questionnaire()) {
        prop_assert!(one.differences(&one.clone()).is_empty());
    }

    #[test]
    fn the_differences_made_in_the_first_give_the_second(one in any_questionnaire(), other in any_questionnaire()) {
        let differences = one.differences(&other);
        prop_assert_eq!(apply(&one, &differences), other.clone());
        prop_assert_eq!(differences.is_empty(), one == other);
        for question in &differences.questions {
            let find = |of: &Questionnaire| of.questions().find(|asked| asked.code == question.code).cloned();
            let (was, is) = (find(&one), find(&other));
            prop_assert_eq!(question.from.map(|from| from.item.clone()), was);
            prop_assert_eq!(question.to.map(|to| to.item.clone()), is);
            prop_assert!(!question.parts.contains(&Part::Title));
        }
    }
}
