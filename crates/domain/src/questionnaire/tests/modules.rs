//! What is taken over from another questionnaire.

use uuid::Uuid;

use super::*;
use crate::InstrumentId;
use crate::testing::draw::draws;
use crate::testing::drawn_questionnaire;
use proptest::prelude::*;

const OTHER: InstrumentId = InstrumentId(Uuid::from_u128(7));
const OWN: InstrumentId = InstrumentId(Uuid::from_u128(1));

/// A questionnaire with nothing in it that any other has.
fn empty() -> Questionnaire {
    Questionnaire::read(&json!({"title": {"en": "Own"}, "sections": []})).unwrap()
}

proptest! {
    #[test]
    fn all_sections_are_taken_over_as_they_are(mut draw in draws(600)) {
        let source = Arc::new(drawn_questionnaire::questionnaire(&mut draw));
        let all: Vec<String> = source.sections.iter().map(|section| section.code.clone()).collect();
        let taken = empty().with_sections_of(&source, &all, (OTHER, OWN)).unwrap();
        let form = Form::new(Arc::new(taken.clone()), None);
        prop_assert!(form.rules().is_ok(), "{:#?}", form.rules());
        // Whatever is read is there, and nothing that is not.
        prop_assert!(taken.variables.iter().all(|taken| source.variables.contains(taken)));
        let copied = source.copied_from(OTHER);
        prop_assert_eq!(&copied.sections, &taken.sections);
        let same = |question: &Question| question.same_as.is_some() || question.type_code() == TypeCode::Note;
        prop_assert!(taken.questions().all(same));
        // Within one instrument the codes say it.
        let own = empty().with_sections_of(&source, &all, (OWN, OWN)).unwrap();
        prop_assert_eq!(&own.sections, &source.sections);
    }

    #[test]
    fn a_section_alone_is_taken_over_whole_or_refused_with_what_it_reads(mut draw in draws(600)) {
        let source = Arc::new(drawn_questionnaire::questionnaire(&mut draw));
        for section in &source.sections {
            match empty().with_sections_of(&source, std::slice::from_ref(&section.code), (OTHER, OWN)) {
                Ok(taken) => {
                    let form = Form::new(Arc::new(taken), None);
                    prop_assert!(form.rules().is_ok(), "{:#?}", form.rules());
                }
                Err(faults) => {
                    prop_assert!(faults.iter().all(|fault| fault.code == "rules_read_outside" && fault.pointer == "/sections/0"));
                }
            }
        }
    }
}

#[test]
fn a_code_that_is_taken_is_told_with_its_section() {
    let source = Arc::new(questionnaire());
    let twice = ["A".to_owned(), "A".to_owned()];
    let faults = empty()
        .with_sections_of(&source, &twice, (OTHER, OWN))
        .unwrap_err();
    let count = source.sections[0].all_questions().count();
    assert_eq!(faults.len(), 1 + count);
    assert!(
        faults
            .iter()
            .all(|fault| fault.code == "code_is_taken" && fault.pointer == "/sections/1")
    );
}
