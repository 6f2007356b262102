use super::*;
use crate::DomainEvent;
use crate::classification::ClassificationVersionPublished;

#[test]
fn an_instrument_keeps_the_version_of_the_classification_that_it_was_made_under() {
    let mut later = Classification::evolve(
        classification(),
        &ClassificationVersionPublished {
            version: 2,
            title: Texts::from([(Lang::En, "A later compendium")]),
            on: date(2006, 7, 1),
        }
        .into(),
    );
    let standard = &later.standards["bangkok-rules"];
    let newer = StandardAdded {
        code: "newer-rules".into(),
        ..standard.clone()
    };
    later.standards.insert("newer-rules".into(), newer);
    let mut asked = questionnaire();
    asked.sections[0].questions[0].standards = vec!["newer-rules".into()];
    let context = Context {
        classification: Arc::new(later),
        draft: Some(Arc::new(asked)),
        ..context()
    };
    let made_later = InstrumentDrafted {
        classification_version: 2,
        ..drafted()
    };
    given::<Instrument>([])
        .when(&context, Command::Draft(drafted()))
        .then([made_later.clone().into()]);
    let revise = Command::Revise {
        takes_up: Vec::new(),
    };
    given::<Instrument>([drafted().into(), saved(1).into()])
        .when(&context, revise.clone())
        .refused(
            "questionnaire_faulty",
            &[("unknown_standard", "/sections/0/questions/0/standards/0")],
        );
    let state = evolved::<Instrument>([made_later.into(), saved(1).into()]);
    assert!(Instrument::decide(&state, &context, revise).is_ok());
}

#[test]
fn the_version_is_stored_where_it_is_not_the_first() {
    let made_later: Event = InstrumentDrafted {
        classification_version: 2,
        ..drafted()
    }
    .into();
    let data = made_later.to_data();
    assert_eq!(data["classification_version"], 2);
    assert_eq!(
        Event::from_stored("instrument_drafted", data).unwrap(),
        made_later
    );
    let before_there_were_versions = Event::from(drafted()).to_data();
    assert_eq!(
        before_there_were_versions.get("classification_version"),
        None
    );
}
