use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::testing::{assert_table, content, given, stored};
use crate::{Lang, need, request};

mod properties;

const TODAY: Date = date(2005, 6, 1);
const REQUEST: RequestId = RequestId(Uuid::from_u128(1));
const NEED: NeedId = NeedId(Uuid::from_u128(2));
const REPLY: ReplyId = ReplyId(Uuid::from_u128(3));

fn partner() -> PartyId {
    PartyId::from_code("UNDP")
}

fn words(length: u32) -> Words {
    Words {
        content: content(1),
        lang: Lang::En,
        length,
    }
}

fn money(amount: &str, currency: &str) -> Money {
    Money {
        amount: amount.parse().unwrap(),
        currency: currency.into(),
    }
}

fn bare(title: &str) -> NewPlan {
    NewPlan {
        title: Texts::from([(Lang::En, title)]),
        requests: Vec::new(),
        needs: Vec::new(),
        replies: Vec::new(),
        budget: Vec::new(),
        post_conflict: false,
        partners: Vec::new(),
        starts_on: None,
        ends_on: None,
    }
}

fn whole() -> NewPlan {
    NewPlan {
        requests: vec![REQUEST],
        needs: vec![NEED],
        replies: vec![REPLY],
        budget: vec![money("25000.5", "EUR"), money("100000", "JPY")],
        post_conflict: true,
        partners: vec![partner()],
        starts_on: Some(date(2005, 7, 1)),
        ends_on: Some(date(2006, 7, 1)),
        ..bare("Courts after the conflict")
    }
}

fn plan() -> Plan {
    let new = whole();
    Plan {
        title: new.title,
        requests: new.requests,
        needs: new.needs,
        replies: new.replies,
        budget: new.budget,
        post_conflict: true,
        partners: vec![Partner {
            party: partner(),
            kind: PartyKind::UnEntity,
        }],
        starts_on: new.starts_on,
        ends_on: new.ends_on,
    }
}

fn proposed() -> Event {
    ProjectProposed {
        plan: plan(),
        on: date(2005, 1, 1),
    }
    .into()
}

fn funded() -> Event {
    let on = date(2005, 2, 1);
    ProjectFunded { on }.into()
}

fn begun() -> Event {
    let on = date(2005, 3, 1);
    ProjectBegun { on }.into()
}

fn completed() -> Event {
    let on = date(2005, 4, 1);
    ProjectCompleted { on }.into()
}

fn cancelled() -> Event {
    ProjectCancelled {
        on: date(2005, 4, 1),
        reason: words(7),
    }
    .into()
}

fn context() -> Context {
    let currencies = [("EUR".to_owned(), 2), ("JPY".to_owned(), 0)];
    Context {
        parties: [(partner(), PartyKind::UnEntity)].into(),
        requests: [(REQUEST, request::Status::Accepted)].into(),
        needs: [(NEED, need::Status::Confirmed)].into(),
        replies: [REPLY].into(),
        currencies: Arc::new(Currencies(currencies.into())),
    }
}

fn propose(plan: NewPlan) -> Command {
    Command::Propose {
        plan,
        on: date(2005, 1, 1),
        today: TODAY,
    }
}

fn step(to: Step) -> Command {
    Command::Advance {
        to,
        on: date(2005, 5, 1),
        today: TODAY,
    }
}

fn cancel() -> Command {
    Command::Cancel {
        on: date(2005, 5, 1),
        reason: words(7),
        today: TODAY,
    }
}

fn resources(resources: ResourcesState) -> ProjectResourcesRecorded {
    ProjectResourcesRecorded {
        resources,
        on: date(2005, 1, 5),
    }
}

fn record(resources: ProjectResourcesRecorded) -> Command {
    Command::RecordResources {
        resources,
        today: TODAY,
    }
}

#[test]
fn every_command_in_every_state() {
    let states = [
        vec![],
        vec![proposed()],
        vec![proposed(), funded()],
        vec![proposed(), funded(), begun()],
        vec![proposed(), funded(), begun(), completed()],
        vec![proposed(), cancelled()],
    ];
    let unknown = "unknown_project";
    let there = "project_already_proposed";
    let funds = "project_already_funded";
    let (done, over) = ("project_is_completed", "project_is_cancelled");
    let sought = record(resources(ResourcesState::Sought));
    let recorded = "project_resources_recorded";
    #[rustfmt::skip]
    assert_table::<Project, 6>(&context(), states, [
        (propose(whole()), ["project_proposed", there, there, there, there, there]),
        (Command::Edit(whole()), [unknown, "", "", "", done, over]),
        (Command::Edit(bare("Another")), [unknown, "project_edited", "project_edited", "project_edited", done, over]),
        (step(Step::Fund), [unknown, "project_funded", funds, funds, done, over]),
        (step(Step::Begin), [unknown, "project_not_funded", "project_begun", "project_already_under_way", done, over]),
        (step(Step::Complete), [unknown, "project_not_funded", "project_not_under_way", "project_completed", done, over]),
        (cancel(), [unknown, "project_cancelled", "project_cancelled", "project_cancelled", done, over]),
        (sought, [unknown, recorded, recorded, recorded, done, over]),
    ]);
}

#[test]
fn the_same_resources_again_leave_no_trace() {
    let sought = resources(ResourcesState::Sought);
    given::<Project>([proposed(), sought.clone().into()])
        .when(&context(), record(sought.clone()))
        .then([]);
    let secured = resources(ResourcesState::Secured);
    given::<Project>([proposed(), sought.clone().into()])
        .when(&context(), record(secured.clone()))
        .then([secured.into()]);
    // What was recorded last says how it stands, so the days follow one another.
    for (on, code) in [
        (date(2005, 1, 4), "before_what_it_follows"),
        (date(2005, 6, 2), "day_in_the_future"),
    ] {
        let wrong = ProjectResourcesRecorded {
            on,
            ..resources(ResourcesState::Secured)
        };
        given::<Project>([proposed(), sought.clone().into()])
            .when(&context(), record(wrong))
            .refused("project_faulty", &[(code, "/on")]);
    }
}

#[test]
fn every_fault_of_a_plan_is_listed() {
    let other = RequestId(Uuid::from_u128(9));
    let (over, drafted) = (NeedId(Uuid::from_u128(8)), NeedId(Uuid::from_u128(7)));
    let mut context = context();
    context.requests.insert(other, request::Status::Made);
    context.needs.insert(over, need::Status::Lapsed);
    context.needs.insert(drafted, need::Status::Drafted);
    context
        .parties
        .insert(PartyId::from_code("FIN"), PartyKind::MemberState);
    let faulty = NewPlan {
        title: Texts::default(),
        requests: vec![REQUEST, other, RequestId(Uuid::from_u128(99))],
        needs: vec![NEED, NEED, over, drafted],
        replies: vec![ReplyId(Uuid::from_u128(99))],
        budget: vec![money("1", "EUR"), money("2", "EUR"), money("0.5", "JPY")],
        post_conflict: true,
        partners: vec![PartyId::from_code("FIN"), PartyId::from_code("NOBODY")],
        starts_on: Some(date(2006, 1, 1)),
        ends_on: Some(date(2005, 1, 1)),
    };
    given::<Project>([])
        .when(&context, propose(faulty))
        .refused(
            "project_faulty",
            &[
                ("blank", "/title"),
                ("request_not_accepted", "/requests/1"),
                ("not_there", "/requests/2"),
                ("listed_twice", "/needs/1"),
                ("need_is_over", "/needs/2"),
                ("not_there", "/needs/3"),
                ("not_a_submitted_reply", "/replies/0"),
                ("listed_twice", "/budget/1/currency"),
                ("amount_too_fine", "/budget/2/amount"),
                ("no_partner_entity", "/partners/0"),
                ("no_such_party", "/partners/1"),
                ("ends_before_it_starts", "/ends_on"),
            ],
        );
    let alone = NewPlan {
        post_conflict: true,
        ..bare("Alone")
    };
    given::<Project>([])
        .when(&context, propose(alone))
        .refused("project_faulty", &[("partner_required", "/partners")]);
}

#[test]
fn what_a_plan_named_before_stays_good() {
    let nothing_left = Context {
        parties: BTreeMap::new(),
        requests: BTreeMap::new(),
        needs: BTreeMap::new(),
        replies: BTreeSet::new(),
        currencies: context().currencies,
    };
    let renamed = NewPlan {
        title: Texts::from([(Lang::En, "Renamed")]),
        ..whole()
    };
    let edited = Plan {
        title: renamed.title.clone(),
        ..plan()
    };
    given::<Project>([proposed()])
        .when(&nothing_left, Command::Edit(renamed))
        .then([ProjectEdited { plan: edited }.into()]);
}

#[test]
fn days_follow_one_another_and_are_not_still_to_come() {
    let on = |on| Command::Advance {
        to: Step::Fund,
        on,
        today: TODAY,
    };
    given::<Project>([proposed()])
        .when(&context(), on(date(2004, 12, 31)))
        .refused("project_faulty", &[("before_what_it_follows", "/on")]);
    given::<Project>([proposed()])
        .when(&context(), on(date(2005, 6, 2)))
        .refused("project_faulty", &[("day_in_the_future", "/on")]);
    let silent = Command::Cancel {
        on: date(2005, 5, 1),
        reason: words(0),
        today: TODAY,
    };
    given::<Project>([proposed()])
        .when(&context(), silent)
        .refused("project_faulty", &[("blank", "/reason")]);
}

#[test]
fn stored_events() {
    let edited = ProjectEdited {
        plan: Plan {
            requests: Vec::new(),
            needs: Vec::new(),
            replies: Vec::new(),
            budget: Vec::new(),
            post_conflict: false,
            partners: Vec::new(),
            starts_on: None,
            ends_on: None,
            ..plan()
        },
    };
    let samples = [
        proposed(),
        edited.into(),
        funded(),
        begun(),
        completed(),
        cancelled(),
        resources(ResourcesState::NotAvailable).into(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    project_proposed {"budget":[{"amount":"25000.5","currency":"EUR"},{"amount":"100000","currency":"JPY"}],"ends_on":"2006-07-01","needs":["00000000-0000-0000-0000-000000000002"],"on":"2005-01-01","partners":[{"kind":"un_entity","party":"b2ad19e4-7f01-5bab-bc08-7c91170adf17"}],"post_conflict":true,"replies":["00000000-0000-0000-0000-000000000003"],"requests":["00000000-0000-0000-0000-000000000001"],"starts_on":"2005-07-01","title":{"en":"Courts after the conflict"}}
    project_edited {"post_conflict":false,"title":{"en":"Courts after the conflict"}}
    project_funded {"on":"2005-02-01"}
    project_begun {"on":"2005-03-01"}
    project_completed {"on":"2005-04-01"}
    project_cancelled {"on":"2005-04-01","reason":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":7}}
    project_resources_recorded {"on":"2005-01-05","resources":"not_available"}
    "#);
}
