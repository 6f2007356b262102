use super::*;
use crate::domain::questionnaire::Comment;

fn said(n: u8) -> Comment {
    Comment {
        content: content(n),
        lang: Lang::En,
        length: 5,
    }
}

pub fn commented(n: u8) -> Answer {
    Answer {
        comment: Some(said(n)),
        ..yes()
    }
}

fn comments(events: &[Event]) -> Vec<Comment> {
    let reply = evolved::<Reply>(events.iter().cloned()).unwrap();
    reply.comments.into_values().collect()
}

#[test]
fn a_comment_goes_with_its_answer() {
    assert_eq!(comments(&[started(), answered(&[commented(5)])]), [said(5)]);
    let anew = [started(), answered(&[commented(5)]), answered(&[yes()])];
    assert_eq!(comments(&anew), [], "an answer saved without one has none");
    let cleared = ReplyCleared {
        codes: vec!["P1".into()],
    };
    let cleared = [started(), answered(&[commented(5)]), cleared.into()];
    assert_eq!(comments(&cleared), []);
}

#[test]
fn only_what_changes_is_an_event() {
    let held = || given::<Reply>([started(), answered(&[commented(5)])]);
    held().when(&open(), save(&[commented(5)], &[])).then([]);
    for changed in [yes(), commented(6)] {
        held()
            .when(&open(), save(std::slice::from_ref(&changed), &[]))
            .then([answered(&[changed])]);
    }
}
