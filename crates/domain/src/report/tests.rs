use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::testing::{assert_table, given, stored};
use crate::{ContentId, ReplyId, Texts};

mod gaps;
mod properties;

const COLLECTION: CollectionId = CollectionId(Uuid::from_u128(1));
const INSTRUMENT: InstrumentId = InstrumentId(Uuid::from_u128(4));
const MEETING: MeetingId = MeetingId(Uuid::from_u128(2));
const REPLY: ReplyId = ReplyId(Uuid::from_u128(3));

fn content(number: u128) -> ContentRef {
    ContentRef {
        content: ContentId(Uuid::from_u128(number)),
        commitment: format!("{number:064x}"),
    }
}

fn particulars() -> Particulars {
    Particulars {
        title: Texts::from([(Lang::En, "Report on category I")]),
        purpose: Purpose::Findings,
        session: 15,
        collections: vec![COLLECTION],
        instruments: Vec::new(),
    }
}

/// On progress in preparing an instrument, to the sixteenth session.
fn on_progress() -> Particulars {
    Particulars {
        purpose: Purpose::Progress,
        session: 16,
        collections: Vec::new(),
        instruments: vec![INSTRUMENT],
        ..particulars()
    }
}

fn begun() -> ReportBegun {
    ReportBegun {
        particulars: particulars(),
    }
}

fn sitting(kind: MeetingKind, session: u16) -> Option<Sitting> {
    Some(Sitting {
        kind,
        session: Some(session),
        is_cancelled: false,
    })
}

fn compiled() -> ReportCompiled {
    ReportCompiled {
        position: 40,
        compilation: content(10),
    }
}

fn narrative(heading: Heading) -> NarrativeDrafted {
    NarrativeDrafted {
        heading,
        lang: Lang::En,
        text: content(20),
        rests_on: vec![link("A1")],
    }
}

fn link(question: &str) -> AnswerLink {
    AnswerLink {
        reply: REPLY,
        question: question.into(),
    }
}

fn publish(made_of: u32) -> Command {
    Command::Publish {
        meeting: MEETING,
        document: None,
        on: date(2006, 4, 24),
        today: date(2006, 4, 24),
        body: content(30),
        made_of,
    }
}

fn published() -> ReportPublished {
    ReportPublished {
        session: 15,
        meeting: MEETING,
        document: None,
        on: date(2006, 4, 24),
        languages: vec![Lang::En],
        headings: Purpose::Findings.needed().to_vec(),
        body: content(30),
    }
}

fn grounds() -> PublicationGrounds {
    PublicationGrounds {
        meeting: sitting(MeetingKind::CommissionSession, 15),
        is_document_recorded: false,
        unreleased: Vec::new(),
        has_moved: false,
    }
}

/// Where a publication rests on these.
fn on(grounds: PublicationGrounds) -> Context {
    Context {
        grounds: Some(grounds),
        ..context()
    }
}

fn context() -> Context {
    Context {
        collections: [COLLECTION].into(),
        answers: [link("A1")].into(),
        instruments: [INSTRUMENT].into(),
        grounds: Some(grounds()),
    }
}

/// Begun, compiled, and with all that it needs.
fn ready() -> Vec<Event> {
    let narratives = Purpose::Findings.needed().iter();
    let narratives = narratives.map(|heading| narrative(*heading).into());
    let start: [Event; 2] = [begun().into(), compiled().into()];
    start.into_iter().chain(narratives).collect()
}

#[test]
fn every_command_in_every_state_is_accepted_or_refused_with_its_code() {
    let [mut over, mut given_up] = [ready(), ready()];
    over.push(published().into());
    given_up.push(ReportAbandoned {}.into());
    let states = [vec![], vec![begun().into()], ready(), over, given_up];
    let drop = |heading| Command::Drop {
        heading,
        lang: Lang::En,
    };
    let other = ReportCompiled {
        position: 50,
        ..compiled()
    };
    let rewritten = NarrativeDrafted {
        text: content(21),
        ..narrative(Heading::Practices)
    };
    #[rustfmt::skip]
    assert_table::<Report, 5>(&context(), states, [
        (Command::Begin(particulars()), ["report_begun", "report_already_exists", "report_already_exists", "report_already_exists", "report_already_exists"]),
        (Command::Revise(particulars()), ["unknown_report", "", "", "report_published", "report_abandoned"]),
        (Command::Revise(on_progress()), ["unknown_report", "report_revised", "report_revised", "report_published", "report_abandoned"]),
        (Command::Compile(compiled()), ["unknown_report", "report_compiled", "", "report_published", "report_abandoned"]),
        (Command::Compile(other), ["unknown_report", "report_compiled", "report_compiled", "report_published", "report_abandoned"]),
        (Command::Draft(narrative(Heading::Practices)), ["unknown_report", "narrative_drafted", "", "report_published", "report_abandoned"]),
        (Command::Draft(rewritten), ["unknown_report", "narrative_drafted", "narrative_drafted", "report_published", "report_abandoned"]),
        (drop(Heading::Practices), ["unknown_report", "unknown_narrative", "narrative_dropped", "report_published", "report_abandoned"]),
        (drop(Heading::Introduction), ["unknown_report", "unknown_narrative", "unknown_narrative", "report_published", "report_abandoned"]),
        (publish(5), ["unknown_report", "report_not_compiled", "report_published", "report_published", "report_abandoned"]),
        (publish(4), ["unknown_report", "report_not_compiled", "report_changed", "report_published", "report_abandoned"]),
        (Command::Abandon, ["unknown_report", "report_abandoned", "report_abandoned", "report_published", "report_abandoned"]),
    ]);
}

#[test]
fn a_report_is_about_what_there_is() {
    let nothing = Particulars {
        collections: vec![],
        session: 0,
        ..particulars()
    };
    let no_progress = Particulars {
        instruments: vec![],
        collections: vec![COLLECTION],
        ..on_progress()
    };
    given::<Report>([begun().into()])
        .when(&context(), Command::Revise(no_progress))
        .refused("report_faulty", &[("no_instruments", "/instruments")]);
    let unknown = CollectionId(Uuid::from_u128(99));
    let wrong = Particulars {
        collections: vec![COLLECTION, unknown, COLLECTION],
        instruments: vec![InstrumentId(Uuid::from_u128(98))],
        title: Texts::default(),
        ..particulars()
    };
    given::<Report>([])
        .when(&context(), Command::Begin(nothing))
        .refused(
            "report_faulty",
            &[
                ("bad_session", "/session"),
                ("reports_nothing", "/collections"),
            ],
        );
    given::<Report>([])
        .when(&context(), Command::Begin(wrong))
        .refused(
            "report_faulty",
            &[
                ("blank", "/title"),
                ("not_there", "/collections/1"),
                ("listed_twice", "/collections/2"),
                ("not_there", "/instruments/0"),
            ],
        );
}

#[test]
fn a_narrative_rests_on_answers_that_there_are() {
    let wrong = NarrativeDrafted {
        rests_on: vec![link("A1"), link("Z9"), link("A1")],
        ..narrative(Heading::Difficulties)
    };
    given::<Report>([begun().into()])
        .when(&context(), Command::Draft(wrong))
        .refused(
            "report_faulty",
            &[
                ("no_such_answer", "/rests_on/1"),
                ("listed_twice", "/rests_on/2"),
            ],
        );
}

#[test]
fn what_a_report_is_for_says_its_headings_and_its_meeting() {
    let of = |particulars, narratives: &[Heading]| -> Vec<Event> {
        let narratives = narratives.iter().map(|heading| narrative(*heading).into());
        let start: [Event; 2] = [ReportBegun { particulars }.into(), compiled().into()];
        start.into_iter().chain(narratives).collect()
    };
    let to_the_congress = Particulars {
        purpose: Purpose::Congress,
        session: 11,
        ..particulars()
    };
    let cases = [
        (
            on_progress(),
            Heading::Progress,
            MeetingKind::CommissionSession,
        ),
        (to_the_congress, Heading::Application, MeetingKind::Congress),
    ];
    for (particulars, needed, kind) in cases {
        let context = on(PublicationGrounds {
            meeting: sitting(kind, particulars.session),
            ..grounds()
        });
        given::<Report>(of(particulars.clone(), &[]))
            .when(&context, publish(1))
            .refused("headings_missing", &[("no_narrative", "/narratives")]);
        let published = ReportPublished {
            session: particulars.session,
            headings: vec![needed],
            ..published()
        };
        given::<Report>(of(particulars, &[needed]))
            .when(&context, publish(2))
            .then([published.into()]);
    }
}

#[test]
fn only_languages_that_are_whole_are_published() {
    let french = NarrativeDrafted {
        lang: Lang::Fr,
        ..narrative(Heading::Conclusions)
    };
    given::<Report>(ready().into_iter().chain([french.into()]))
        .when(&context(), publish(6))
        .then([published().into()]);
}

#[test]
fn figures_are_compiled_anew_where_the_report_is_something_else() {
    let revised = ReportRevised {
        particulars: Particulars {
            instruments: vec![INSTRUMENT],
            ..particulars()
        },
    };
    let revised = || ready().into_iter().chain([revised.clone().into()]);
    given::<Report>(revised())
        .when(&context(), publish(6))
        .refused("report_not_compiled", &[]);
    given::<Report>(revised().chain([compiled().into()]))
        .when(&context(), publish(7))
        .then([published().into()]);
}

#[test]
fn stored_events_keep_their_shape() {
    let drop = NarrativeDropped {
        heading: Heading::Practices,
        lang: Lang::En,
    };
    let revised = ReportRevised {
        particulars: on_progress(),
    };
    let events: [Event; 7] = [
        begun().into(),
        revised.into(),
        compiled().into(),
        narrative(Heading::Practices).into(),
        drop.into(),
        published().into(),
        ReportAbandoned {}.into(),
    ];
    insta::assert_snapshot!(stored(&events), @r#"
    report_begun {"collections":["00000000-0000-0000-0000-000000000001"],"session":15,"title":{"en":"Report on category I"}}
    report_revised {"collections":[],"instruments":["00000000-0000-0000-0000-000000000004"],"purpose":"progress","session":16,"title":{"en":"Report on category I"}}
    report_compiled {"compilation":{"commitment":"000000000000000000000000000000000000000000000000000000000000000a","content":"00000000-0000-0000-0000-00000000000a"},"position":40}
    narrative_drafted {"heading":"practices","lang":"en","rests_on":[{"question":"A1","reply":"00000000-0000-0000-0000-000000000003"}],"text":{"commitment":"0000000000000000000000000000000000000000000000000000000000000014","content":"00000000-0000-0000-0000-000000000014"}}
    narrative_dropped {"heading":"practices","lang":"en"}
    report_published {"body":{"commitment":"000000000000000000000000000000000000000000000000000000000000001e","content":"00000000-0000-0000-0000-00000000001e"},"headings":["application","difficulties","assistance","practices"],"languages":["en"],"meeting":"00000000-0000-0000-0000-000000000002","on":"2006-04-24","session":15}
    report_abandoned {}
    "#);
}
