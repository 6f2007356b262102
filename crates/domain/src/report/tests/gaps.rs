//! What is missing before a publication.

use super::*;

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

    // What was not read lets nothing pass.
    let unread = Context {
        grounds: None,
        ..context()
    };
    given::<Report>(ready())
        .when(&unread, publish(5))
        .refused("report_changed", &[]);
    let unreleased = on(PublicationGrounds {
        unreleased: vec![COLLECTION],
        ..grounds()
    });
    given::<Report>(ready())
        .when(&unreleased, publish(5))
        .refused("figures_not_released", &[("no_release", "/collections/0")]);
    let elsewhere = [
        None,
        sitting(MeetingKind::CommissionSession, 16),
        sitting(MeetingKind::Congress, 15),
    ];
    for meeting in elsewhere {
        let elsewhere = on(PublicationGrounds {
            meeting,
            ..grounds()
        });
        given::<Report>(ready())
            .when(&elsewhere, publish(5))
            .refused("not_that_session", &[]);
    }
    let moved = on(PublicationGrounds {
        has_moved: true,
        ..grounds()
    });
    given::<Report>(ready())
        .when(&moved, publish(5))
        .refused("report_changed", &[]);
    let cancelled = on(PublicationGrounds {
        meeting: grounds().meeting.map(|meeting| Sitting {
            is_cancelled: true,
            ..meeting
        }),
        ..grounds()
    });
    let wrong = Command::Publish {
        meeting: MEETING,
        document: Some(DocumentId::from_symbol("E/CN.15/2006/9")),
        on: date(2006, 4, 24),
        today: date(2006, 4, 23),
        body: content(30),
        made_of: 5,
    };
    given::<Report>(ready()).when(&cancelled, wrong).refused(
        "report_faulty",
        &[
            ("meeting_was_cancelled", "/meeting"),
            ("no_such_document", "/document"),
            ("day_in_the_future", "/on"),
        ],
    );
    given::<Report>(ready())
        .when(&context(), publish(5))
        .then([published().into()]);
}
