use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::domain::testing::{assert_table, given, stored};
use crate::domain::{ContentId, ReplyId};

mod properties;

const COLLECTION: CollectionId = CollectionId(Uuid::from_u128(1));
const MEETING: MeetingId = MeetingId(Uuid::from_u128(2));
const REPLY: ReplyId = ReplyId(Uuid::from_u128(3));

fn content(number: u128) -> ContentRef {
    ContentRef {
        content: ContentId(Uuid::from_u128(number)),
        commitment: format!("{number:064x}"),
    }
}

fn begun() -> ReportBegun {
    ReportBegun {
        title: Texts::from([(Lang::En, "Report on category I")]),
        session: 15,
        collections: vec![COLLECTION],
        instruments: Vec::new(),
    }
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
        headings: Heading::NEEDED.to_vec(),
        body: content(30),
    }
}

fn context() -> Context {
    Context {
        collections: [COLLECTION].into(),
        answers: [link("A1")].into(),
        session: Some(15),
        ..Context::default()
    }
}

/// Begun, compiled, and with all that it needs.
fn ready() -> Vec<Event> {
    let narratives = Heading::NEEDED.map(|heading| narrative(heading).into());
    let start: [Event; 2] = [begun().into(), compiled().into()];
    start.into_iter().chain(narratives).collect()
}

#[test]
fn every_command_in_every_state_is_accepted_or_refused_with_its_code() {
    let mut over = ready();
    over.push(published().into());
    let states = [vec![], vec![begun().into()], ready(), over];
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
    assert_table::<Report, 4>(&context(), states, [
        (Command::Begin(begun()), ["report_begun", "report_already_exists", "report_already_exists", "report_already_exists"]),
        (Command::Compile(compiled()), ["unknown_report", "report_compiled", "", "report_published"]),
        (Command::Compile(other), ["unknown_report", "report_compiled", "report_compiled", "report_published"]),
        (Command::Draft(narrative(Heading::Practices)), ["unknown_report", "narrative_drafted", "", "report_published"]),
        (Command::Draft(rewritten), ["unknown_report", "narrative_drafted", "narrative_drafted", "report_published"]),
        (drop(Heading::Practices), ["unknown_report", "unknown_narrative", "narrative_dropped", "report_published"]),
        (drop(Heading::Introduction), ["unknown_report", "unknown_narrative", "unknown_narrative", "report_published"]),
        (publish(5), ["unknown_report", "report_not_compiled", "report_published", "report_published"]),
        (publish(4), ["unknown_report", "report_not_compiled", "report_changed", "report_published"]),
    ]);
}

#[test]
fn a_report_is_about_what_there_is() {
    let nothing = ReportBegun {
        collections: vec![],
        session: 0,
        ..begun()
    };
    let unknown = CollectionId(Uuid::from_u128(99));
    let wrong = ReportBegun {
        collections: vec![COLLECTION, unknown, COLLECTION],
        instruments: vec![InstrumentId(Uuid::from_u128(98))],
        title: Texts::default(),
        ..begun()
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
        rests_on: vec![link("A1"), link("Z9")],
        ..narrative(Heading::Difficulties)
    };
    given::<Report>([begun().into()])
        .when(&context(), Command::Draft(wrong))
        .refused("report_faulty", &[("no_such_answer", "/rests_on/1")]);
}

#[test]
fn what_is_missing_before_publication_is_named() {
    let two: [Event; 3] = [
        begun().into(),
        compiled().into(),
        narrative(Heading::Difficulties).into(),
    ];
    let missing = ("no_narrative", "/narratives");
    given::<Report>(two)
        .when(&context(), publish(2))
        .refused("headings_missing", &[missing, missing, missing]);

    // Each heading has its words, but not all in one language.
    let french = NarrativeDrafted {
        lang: Lang::Fr,
        ..narrative(Heading::Practices)
    };
    let drop = NarrativeDropped {
        heading: Heading::Practices,
        lang: Lang::En,
    };
    let mixed = ready().into_iter().chain([french.into(), drop.into()]);
    given::<Report>(mixed)
        .when(&context(), publish(7))
        .refused("headings_missing", &[("no_whole_language", "/narratives")]);

    let unreleased = Context {
        unreleased: vec![COLLECTION],
        ..context()
    };
    given::<Report>(ready())
        .when(&unreleased, publish(5))
        .refused("figures_not_released", &[("no_release", "/collections/0")]);
    let elsewhere = Context {
        session: Some(16),
        ..context()
    };
    given::<Report>(ready())
        .when(&elsewhere, publish(5))
        .refused("not_that_session", &[]);
    let document = Command::Publish {
        meeting: MEETING,
        document: Some(DocumentId::of("E/CN.15/2006/9")),
        on: date(2006, 4, 24),
        body: content(30),
        made_of: 5,
    };
    given::<Report>(ready())
        .when(&context(), document)
        .refused("report_faulty", &[("no_such_document", "/document")]);
    given::<Report>(ready())
        .when(&context(), publish(5))
        .then([published().into()]);
}

#[test]
fn stored_events_keep_their_shape() {
    let drop = NarrativeDropped {
        heading: Heading::Practices,
        lang: Lang::En,
    };
    let events: [Event; 5] = [
        begun().into(),
        compiled().into(),
        narrative(Heading::Practices).into(),
        drop.into(),
        published().into(),
    ];
    insta::assert_snapshot!(stored(&events), @r#"
    report_begun {"collections":["00000000-0000-0000-0000-000000000001"],"session":15,"title":{"en":"Report on category I"}}
    report_compiled {"compilation":{"commitment":"000000000000000000000000000000000000000000000000000000000000000a","content":"00000000-0000-0000-0000-00000000000a"},"position":40}
    narrative_drafted {"heading":"practices","lang":"en","rests_on":[{"question":"A1","reply":"00000000-0000-0000-0000-000000000003"}],"text":{"commitment":"0000000000000000000000000000000000000000000000000000000000000014","content":"00000000-0000-0000-0000-000000000014"}}
    narrative_dropped {"heading":"practices","lang":"en"}
    report_published {"body":{"commitment":"000000000000000000000000000000000000000000000000000000000000001e","content":"00000000-0000-0000-0000-00000000001e"},"headings":["application","difficulties","assistance","practices"],"languages":["en"],"meeting":"00000000-0000-0000-0000-000000000002","on":"2006-04-24","session":15}
    "#);
}
