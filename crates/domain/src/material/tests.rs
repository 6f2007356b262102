use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::classification::{Confidence, StandardAdded};
use crate::testing::{assert_table, evolved, given, stored};
use crate::{Lang, Texts};

mod properties;

const TODAY: Date = date(2006, 1, 1);
const NEED: NeedId = NeedId(Uuid::from_u128(1));
const STANDARD: &str = "bangkok-rules";

fn subject_of(title: &str) -> Subject {
    Subject {
        title: Texts::from([(Lang::En, title)]),
        needs: vec![NEED],
        standards: vec![STANDARD.into()],
    }
}

fn taken_up() -> MaterialTakenUp {
    MaterialTakenUp {
        kind: MaterialKind::Manual,
        subject: subject_of("A manual"),
        on: date(2005, 1, 1),
    }
}

fn revised() -> Event {
    let on = date(2005, 2, 1);
    MaterialRevised { on }.into()
}

fn issued() -> Event {
    let on = date(2005, 3, 1);
    MaterialIssued { on }.into()
}

fn reviewed() -> Event {
    let on = date(2005, 4, 1);
    MaterialReviewBegun { on }.into()
}

fn resources(resources: ResourcesState) -> MaterialResourcesRecorded {
    MaterialResourcesRecorded {
        resources,
        on: date(2005, 1, 5),
    }
}

fn record(resources: MaterialResourcesRecorded) -> Command {
    Command::RecordResources {
        resources,
        today: TODAY,
    }
}

fn context() -> Context {
    let category = classification_event(
        "category_added",
        serde_json::json!({"code": "I", "title": {"en": "Custody"}}),
    );
    let standard = StandardAdded {
        code: STANDARD.into(),
        category: "I".into(),
        title: Texts::from([(Lang::En, "Rules")]),
        adopted_by: "GA 65/229".into(),
        years: vec![2010],
        confidence: Confidence::Cited,
    };
    Context {
        classification: Arc::new(evolved::<Classification>([category, standard.into()])),
        needs: [(NEED, need::Status::Indicated)].into(),
    }
}

fn classification_event(kind: &str, data: serde_json::Value) -> crate::classification::Event {
    use crate::DomainEvent;
    crate::classification::Event::from_stored(kind, data).unwrap()
}

fn take_up(material: MaterialTakenUp) -> Command {
    let today = TODAY;
    Command::TakeUp { material, today }
}

fn step(to: Status) -> Command {
    Command::Advance {
        to,
        on: date(2005, 5, 1),
        today: TODAY,
    }
}

#[test]
fn every_command_in_every_state() {
    let first = || taken_up().into();
    let states = [
        vec![],
        vec![first()],
        vec![first(), revised()],
        vec![first(), revised(), issued()],
        vec![first(), revised(), issued(), reviewed()],
    ];
    let unknown = "unknown_material";
    let there = "material_already_taken_up";
    let issued = "material_already_issued";
    let review = "material_under_review";
    let sought = record(resources(ResourcesState::Sought));
    let recorded = "material_resources_recorded";
    #[rustfmt::skip]
    assert_table::<Material, 5>(&context(), states, [
        (take_up(taken_up()), ["material_taken_up", there, there, there, there]),
        (Command::Edit(subject_of("A manual")), [unknown, "", "", issued, ""]),
        (Command::Edit(subject_of("Another")), [unknown, "material_edited", "material_edited", issued, "material_edited"]),
        (step(Status::Revised), [unknown, "material_revised", "material_already_revised", issued, "material_revised"]),
        (step(Status::Issued), [unknown, "material_not_revised", "material_issued", issued, "material_not_revised"]),
        (step(Status::UnderReview), [unknown, review, "material_not_issued", "material_review_begun", review]),
        (sought, [unknown, recorded, recorded, recorded, recorded]),
    ]);
}

#[test]
fn every_fault_of_a_material_is_listed() {
    let faulty = MaterialTakenUp {
        subject: Subject {
            title: Texts::from([(Lang::En, " ")]),
            needs: vec![NEED, NeedId(Uuid::from_u128(9))],
            standards: vec![STANDARD.into(), STANDARD.into(), "none".into()],
        },
        on: date(2006, 1, 2),
        ..taken_up()
    };
    given::<Material>([])
        .when(&context(), take_up(faulty))
        .refused(
            "material_faulty",
            &[
                ("missing_text", "/title"),
                ("not_there", "/needs/1"),
                ("listed_twice", "/standards/1"),
                ("unknown_standard", "/standards/2"),
                ("day_in_the_future", "/on"),
            ],
        );
    let early = Command::Advance {
        to: Status::Revised,
        on: date(2004, 12, 31),
        today: TODAY,
    };
    given::<Material>([taken_up().into()])
        .when(&context(), early)
        .refused("material_faulty", &[("before_what_it_follows", "/on")]);
}

#[test]
fn a_need_that_was_named_before_stays_good() {
    let over = Context {
        needs: [(NEED, need::Status::Met)].into(),
        ..context()
    };
    let subject = subject_of("Renamed");
    given::<Material>([taken_up().into()])
        .when(&over, Command::Edit(subject.clone()))
        .then([MaterialEdited { subject }.into()]);
    given::<Material>([])
        .when(&over, take_up(taken_up()))
        .refused("material_faulty", &[("need_is_over", "/needs/0")]);
}

#[test]
fn stored_events() {
    let law = MaterialTakenUp {
        kind: MaterialKind::ModelLaw,
        subject: Subject {
            needs: Vec::new(),
            standards: Vec::new(),
            ..subject_of("A model law")
        },
        ..taken_up()
    };
    let edited = MaterialEdited {
        subject: subject_of("Another"),
    };
    let samples = [
        taken_up().into(),
        law.into(),
        edited.into(),
        revised(),
        issued(),
        reviewed(),
        resources(ResourcesState::Secured).into(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    material_taken_up {"kind":"manual","needs":["00000000-0000-0000-0000-000000000001"],"on":"2005-01-01","standards":["bangkok-rules"],"title":{"en":"A manual"}}
    material_taken_up {"kind":"model_law","on":"2005-01-01","title":{"en":"A model law"}}
    material_edited {"needs":["00000000-0000-0000-0000-000000000001"],"standards":["bangkok-rules"],"title":{"en":"Another"}}
    material_revised {"on":"2005-02-01"}
    material_issued {"on":"2005-03-01"}
    material_review_begun {"on":"2005-04-01"}
    material_resources_recorded {"on":"2005-01-05","resources":"secured"}
    "#);
}
