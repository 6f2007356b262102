use super::*;

fn held(events: impl IntoIterator<Item = Event>) -> InstrumentState {
    evolved::<Instrument>(events).unwrap()
}

type InstrumentState = super::super::Instrument;

#[test]
fn a_draft_that_is_translated_can_be_frozen_anew() {
    let instrument = held([
        drafted().into(),
        saved(1).into(),
        revised(1).into(),
        translated(None).into(),
    ]);
    assert_eq!(instrument.draft, Some(content(8)));
    assert!(instrument.draft_changed);
    assert_eq!(*instrument.revisions[0].shown(), content(1));
}

#[test]
fn a_revision_that_is_translated_asks_what_it_asked_and_the_draft_that_it_came_of_has_the_language_too()
 {
    let instrument = held([
        drafted().into(),
        saved(1).into(),
        revised(1).into(),
        translated(Some(1)).into(),
    ]);
    let revision = &instrument.revisions[0];
    assert_eq!(revision.questionnaire, content(1));
    assert_eq!(*revision.shown(), content(8));
    assert_eq!(revision.languages, [Lang::En, Lang::Fr, Lang::Es]);
    assert_eq!(instrument.draft, Some(content(8)));
    assert!(!instrument.draft_changed);
    assert!(instrument.translations.contains_key(&Lang::Es));
}

#[test]
fn a_draft_that_moved_on_is_not_translated_with_the_revision() {
    let instrument = held([
        drafted().into(),
        saved(1).into(),
        revised(1).into(),
        saved(2).into(),
        translated(Some(1)).into(),
    ]);
    assert_eq!(instrument.draft, Some(content(2)));
    assert!(instrument.translations.is_empty());
}

#[test]
fn a_revision_is_complete_in_a_language_once_no_text_is_missing() {
    let some = InstrumentTranslated {
        translated: 3,
        ..translated(Some(1))
    };
    let instrument = held([
        drafted().into(),
        saved(1).into(),
        revised(1).into(),
        some.into(),
    ]);
    assert_eq!(instrument.revisions[0].languages, [Lang::En, Lang::Fr]);
}

#[test]
fn a_revision_says_in_which_languages_it_is_complete_and_what_was_behind() {
    let mut json = questionnaire_json();
    fn add(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(members) => {
                if members.contains_key("en") {
                    members.insert("es".into(), json!("x"));
                    return;
                }
                members.values_mut().for_each(add);
            }
            serde_json::Value::Array(elements) => elements.iter_mut().for_each(add),
            _ => {}
        }
    }
    add(&mut json);
    let context = Context {
        draft: Some(Arc::new(Questionnaire::read(&json).unwrap())),
        ..context()
    };
    let behind = |lang, behind| InstrumentDraftSaved {
        translations: BTreeMap::from([(
            lang,
            Translation {
                record: content(6),
                behind,
            },
        )]),
        ..saved(1)
    };
    let languages = |saved: InstrumentDraftSaved| {
        let state = evolved::<Instrument>([drafted().into(), saved.into()]);
        let events = Instrument::decide(&state, &context, revise()).unwrap();
        let Event::InstrumentRevised(revised) = &events[0] else {
            panic!("{events:?}")
        };
        (revised.languages.clone(), revised.behind.clone())
    };
    let all = vec![Lang::En, Lang::Fr, Lang::Es];
    assert_eq!(languages(saved(1)), (all.clone(), BTreeMap::new()));
    let fr = BTreeMap::from([(Lang::Fr, 1)]);
    assert_eq!(languages(behind(Lang::Fr, 1)), (all, fr));
    let es = BTreeMap::from([(Lang::Es, 1)]);
    assert_eq!(
        languages(behind(Lang::Es, 1)),
        (vec![Lang::En, Lang::Fr], es)
    );
}

#[test]
fn what_is_there_already_is_no_event() {
    given::<Instrument>([drafted().into(), saved(1).into(), translated(None).into()])
        .when(&context(), Command::Translate(translated(None)))
        .then([]);
}
