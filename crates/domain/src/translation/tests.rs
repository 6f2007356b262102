use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::testing::{assert_table, play, stored};

const CONTENT: ContentId = ContentId(Uuid::from_u128(1));

fn translated(lang: Lang, text: u128) -> TextTranslated {
    TextTranslated {
        content: CONTENT,
        lang,
        text: ContentRef {
            content: ContentId(Uuid::from_u128(text)),
            commitment: format!("{text:064x}"),
        },
        by: Translator::Secretariat,
    }
}

fn withdraw(lang: Lang) -> Command {
    Command::Withdraw {
        content: CONTENT,
        lang,
    }
}

#[test]
fn every_command_in_every_state_is_accepted_or_refused_with_its_code() {
    let known = translated(Lang::Fr, 2);
    let gone = TranslationWithdrawn {
        content: CONTENT,
        lang: Lang::Fr,
    };
    let states = || {
        [
            vec![],
            vec![known.clone().into()],
            vec![known.clone().into(), gone.clone().into()],
        ]
    };
    #[rustfmt::skip]
    assert_table::<Translations, 3>(&Context::Words, states(), [
        (Command::Translate(known.clone()), ["text_translated", "", "text_translated"]),
        (Command::Translate(translated(Lang::Fr, 3)), ["text_translated", "text_translated", "text_translated"]),
        (Command::Translate(translated(Lang::Es, 4)), ["text_translated", "text_translated", "text_translated"]),
        (withdraw(Lang::Fr), ["unknown_translation", "translation_withdrawn", "unknown_translation"]),
        (withdraw(Lang::Es), ["unknown_translation", "unknown_translation", "unknown_translation"]),
    ]);
    for (context, code) in [
        (Context::Nothing, "unknown_content"),
        (Context::Translation, "content_not_translatable"),
        (Context::Other, "content_not_translatable"),
    ] {
        // What is deleted is translated no more; a translation that there is can still be withdrawn.
        #[rustfmt::skip]
        assert_table::<Translations, 3>(&context, states(), [
            (Command::Translate(known.clone()), [code, code, code]),
            (withdraw(Lang::Fr), ["unknown_translation", "translation_withdrawn", "unknown_translation"]),
        ]);
    }
}

proptest! {
    #[test]
    fn there_is_one_translation_a_language_the_latest(
        commands in prop::collection::vec((prop::sample::select(Lang::ALL), 2..5_u128, any::<bool>()), 0..40),
    ) {
        let commands = commands.into_iter().map(|(lang, text, add)| match add {
            true => Command::Translate(translated(lang, text)),
            false => withdraw(lang),
        });
        play::<Translations>(&Context::Words, commands, |before, events, after| {
            assert_eq!(events.is_empty(), before == after, "an event says what changes");
            assert!(after.held.values().all(|held| after.ever.contains(&held.text.content)));
            for event in events {
                match event {
                    Event::TextTranslated(event) => assert_eq!(after.held.get(&event.lang), Some(event)),
                    Event::TranslationWithdrawn(event) => assert!(!after.held.contains_key(&event.lang)),
                }
            }
        });
    }
}

#[test]
fn stored_events() {
    let machine = TextTranslated {
        by: Translator::Machine,
        ..translated(Lang::Fr, 2)
    };
    let gone = TranslationWithdrawn {
        content: CONTENT,
        lang: Lang::Fr,
    };
    insta::assert_snapshot!(stored::<Event>(&[translated(Lang::Es, 3).into(), machine.into(), gone.into()]), @r#"
    text_translated {"by":"secretariat","content":"00000000-0000-0000-0000-000000000001","lang":"es","text":{"commitment":"0000000000000000000000000000000000000000000000000000000000000003","content":"00000000-0000-0000-0000-000000000003"}}
    text_translated {"by":"machine","content":"00000000-0000-0000-0000-000000000001","lang":"fr","text":{"commitment":"0000000000000000000000000000000000000000000000000000000000000002","content":"00000000-0000-0000-0000-000000000002"}}
    translation_withdrawn {"content":"00000000-0000-0000-0000-000000000001","lang":"fr"}
    "#);
}
