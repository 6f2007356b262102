use proptest::prelude::*;

use super::*;
use crate::testing::play;

fn heading() -> impl Strategy<Value = Heading> {
    prop::sample::select(Heading::ALL)
}

fn lang() -> impl Strategy<Value = Lang> {
    prop::sample::select(vec![Lang::En, Lang::Fr])
}

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        1 => Just(Command::Begin(particulars())),
        1 => prop_oneof![Just(particulars()), Just(on_progress())].prop_map(Command::Revise),
        1 => Just(Command::Abandon),
        2 => (40..43_u64).prop_map(|position| Command::Compile(ReportCompiled { position, ..compiled() })),
        8 => (heading(), lang(), 20..22_u128).prop_map(|(heading, lang, text)| {
            Command::Draft(NarrativeDrafted { lang, text: content(text), ..narrative(heading) })
        }),
        1 => (heading(), lang()).prop_map(|(heading, lang)| Command::Drop { heading, lang }),
        4 => (0..30_u32).prop_map(publish),
    ]
}

proptest! {
    #[test]
    fn what_is_published_is_whole_and_changes_no_more(commands in prop::collection::vec(command(), 0..80)) {
        play::<Report>(&context(), commands, |before, events, after| {
            let is_over = |report: &Report| report.published.is_some() || report.abandoned;
            assert!(!before.as_ref().is_some_and(is_over) || events.is_empty());
            assert_eq!(events.is_empty(), before == after, "an event says what changes");
            let Some(report) = after else { return };
            if let Some(published) = &report.published {
                assert!(report.compiled.is_some() && !published.languages.is_empty());
                let needed = report.particulars.purpose.needed();
                assert!(needed.iter().all(|heading| published.headings.contains(heading)));
            }
        });
    }
}
