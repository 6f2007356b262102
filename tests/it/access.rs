//! Who may do what: the policy's table, walked over HTTP.

use std::collections::{BTreeSet, HashMap};

use access::Role;
use domain::{DocumentId, PartyId};
use mail::{LetterKind, NewLetter};
use rapporteur::http::openapi;
use rapporteur::http::policy::{self, Rule, TABLE};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool};

use crate::support::{Answer, Call, World, forwarding, opening, questionnaire};

/// A request that succeeds for whoever may send it.
struct SampleRequest {
    operation: &'static str,
    method: Method,
    path: String,
    body: Option<Value>,
    success: u16,
}

/// The body of a request that sends a file.
const A_FILE: &str = "a file";
/// The body of a request that sends a list of invitations.
const A_LIST: &str = "party,name,address,language,role\nFIN,L,l@example.org,en,focal_point\n";

/// What the requests of a walk are about: objects of Finland's, or, to be refused, of Sweden's.
struct Ids {
    instrument: String,
    draft: String,
    collection: String,
    reply: String,
    /// Brazil's, which the Secretariat enters from paper.
    entered: String,
    /// Words of Sweden's.
    content: String,
    letter: String,
    person: String,
    /// A person.
    nominee: String,
    /// A token of the role that walks, to be revoked.
    token: String,
    /// A token of somebody else's.
    foreign_token: String,
    link: String,
    consulted: ConsultationFixture,
    /// Finland's needs: one to share and confirm, and others to merge, decline and let lapse. The last is Sweden's.
    needs: [String; 5],
    /// The need that is drafted beside Finland's reply.
    drafted_need: String,
    assisted: AssistanceFixture,
    /// Meetings of experts: one to hold, one to cancel.
    met: [String; 2],
    /// Reports: one being drafted, one that can be published, one that is; and their session.
    reports: [String; 3],
    session: String,
    /// Lists of invitations: to the collection, and to the open consultation.
    lists: [String; 2],
}

/// Instruments on which there are consultations, each named by its path.
struct ConsultationFixture {
    /// On this one all comments can be disposed of.
    instrument: String,
    /// Its consultation, which is closed.
    closed: String,
    /// Finland's comment there.
    comment: String,
    /// Another instrument's consultation, which is open.
    open: String,
    /// That instrument's id.
    other: String,
    /// Comments there that the Secretariat entered for Finland: one to correct and one to take back.
    entered: [String; 2],
    /// Sweden's comment there.
    theirs: String,
    /// Somebody who comments there for Finland.
    commenter: String,
    meeting: String,
}

impl ConsultationFixture {
    async fn begin(world: &World) -> Self {
        let on = || json!({"instrument": true});
        let instrument = world.revised_instrument("intersessional").await;
        let closed = world.forward(&instrument, 1, &["FIN"]).await;
        let finland = world.focal_point("FIN").await;
        let comment = world.comment(&closed, &finland, on(), "A comment.").await;
        world.close_consultation(&closed).await;
        let other = world.revised_instrument("intersessional").await;
        let open = world.forward(&other, 1, &["FIN", "SWE"]).await;
        let mut entered = Vec::new();
        for _ in 0..2 {
            let made = world.post(&format!("{open}/parties/FIN/comments"));
            let made = made.token(&world.officer).json(&on_paper());
            let made = made.expect(201).await;
            entered.push(format!("/v1/comments/{}", made["id"].as_str().unwrap()));
        }
        let sweden = world.focal_point("SWE").await;
        Self {
            commenter: {
                world
                    .commenter(&closed, "FIN", "commenter@example.org")
                    .await;
                world.commenter(&open, "FIN", "commenter@example.org").await;
                world.commenter(&open, "FIN", "d@example.org").await
            },
            theirs: world.comment(&open, &sweden, on(), "Another.").await,
            meeting: world.meeting("intersessional").await,
            other: other.rsplit('/').next().unwrap().to_owned(),
            entered: entered.try_into().unwrap(),
            instrument,
            closed,
            comment,
            open,
        }
    }
}

/// Contributions, projects, a material and requests, each by its path.
struct AssistanceFixture {
    /// One to receive, one to cancel.
    contributions: [String; 2],
    /// One to go all the way, one to cancel.
    projects: [String; 2],
    material: String,
    /// Finland's: one to accept, one to decline, one to withdraw. The last is Sweden's.
    requests: [String; 4],
}

impl AssistanceFixture {
    /// Finland and Sweden ask for their first and last needs.
    async fn begin(world: &World, needs: &[String], [finland, sweden]: [&String; 2]) -> Self {
        let add = async |path: &str, token: &str, body: Value| {
            let added = world.post(path).token(token).json(&body).expect(201).await;
            format!("{path}/{}", added["id"].as_str().unwrap())
        };
        let officer = &world.officer;
        let mut requests = Vec::new();
        for (token, need) in [
            (finland, &needs[0]),
            (finland, &needs[0]),
            (finland, &needs[0]),
            (sweden, &needs[4]),
        ] {
            requests.push(add("/v1/requests", token, asking(need)).await);
        }
        Self {
            contributions: [
                add("/v1/contributions", officer, pledging()).await,
                add("/v1/contributions", officer, pledging()).await,
            ],
            projects: [
                add("/v1/projects", officer, proposing()).await,
                add("/v1/projects", officer, proposing()).await,
            ],
            material: add("/v1/materials", officer, reviewing()).await,
            requests: requests.try_into().unwrap(),
        }
    }
}

fn pledging() -> Value {
    json!({"from": "FIN", "to": {"office": true}, "what": {"money": {"amount": "100", "currency": "EUR"}}, "on": "2005-01-01"})
}

fn proposing() -> Value {
    json!({"plan": {"title": {"en": "A project"}}, "on": "2005-01-01"})
}

fn reviewing() -> Value {
    json!({"kind": "manual", "title": {"en": "A manual"}, "on": "2005-01-01"})
}

fn asking(need: &str) -> Value {
    json!({"needs": [need.rsplit('/').next()], "text": {"text": "Help.", "lang": "en"}})
}

/// A comment that was received on paper.
fn on_paper() -> Value {
    json!({"on": {"instrument": true}, "lang": "en", "text": "A comment.", "source": "A note", "received_on": "2004-06-01"})
}

fn need() -> Value {
    json!({"category": "I", "type": "legislation", "urgency": "high", "description": {"text": "A need", "lang": "en"}})
}

fn asked(
    operation: &'static str,
    method: Method,
    path: impl Into<String>,
    body: Option<Value>,
    success: u16,
) -> SampleRequest {
    SampleRequest {
        operation,
        method,
        path: path.into(),
        body,
        success,
    }
}

/// Every operation, in an order in which each finds what it needs.
#[rustfmt::skip]
fn requests(id: &Ids) -> Vec<SampleRequest> {
    let Ids {
        lists,
        instrument,
        draft,
        collection,
        reply,
        entered,
        needs,
        drafted_need,
        content,
        letter,
        person,
        nominee,
        token,
        link,
        consulted,
        assisted,
        met,
        reports: [drafted, ready, published],
        session,
        foreign_token: _,
    } = id;
    let (get, post, put) = (|| Method::GET, || Method::POST, || Method::PUT);
    let draft = format!("/v1/instruments/{draft}");
    let path = format!("/v1/collections/{collection}");
    let reply = format!("/v1/replies/{reply}");
    let filed = format!("/v1/replies/{entered}");
    let finland = format!("{path}/parties/FIN");
    let by = |person: &str| json!({ "person": person });
    let party = json!({"code": "ICPO", "kind": "igo", "names": {"en": "N"}});
    let regroup = json!({"regional_group": "weog", "on": "2025-01-01", "reason": "A test."});
    let extension = json!({"categories": [{"code": "V", "title": {"en": "A fifth"}}]});
    let new = json!({"title": {"en": "A"}, "category": "I", "route": "presentation", "languages": ["en"]});
    let approval = json!({"meeting": "M", "decision": "D", "date": "2011-02-01"});
    let yes = json!({"value": "yes"});
    let words = json!({"text": "Words.", "lang": "en"});
    let paper = json!({"collection": collection, "party": "BRA", "source": source()});
    let mut clearer = questionnaire();
    clearer["title"]["en"] = json!("Clearer");
    let more_time = json!({"deadline": {"at": "3000-12-31", "time_zone": "Europe/Vienna"}, "reason": words});
    let ConsultationFixture { closed, comment, open, entered, commenter, .. } = consulted;
    let forwarding = forwarding(&consulted.other, 1, &json!(["KEN"]));
    let said = json!({"on": {"instrument": true}, "lang": "en", "text": "A comment."});
    let noted = json!({"disposition": "noted", "reason": {"text": "So.", "lang": "en"}});
    let later = json!({"deadline": {"at": "3000-01-01", "time_zone": "Europe/Vienna"}});
    let decided_on = format!("{}/revisions/1", consulted.instrument);
    let presented = json!({"meeting": consulted.meeting, "on": "2004-10-01"});
    let returned = json!({"on": "2004-10-02", "remarks": {"text": "Shorter.", "lang": "en"}});
    let withdrawn = json!({"reason": {"text": "Not needed.", "lang": "en"}});
    let opening = opening(instrument, "2999-12-31", &json!({}));
    let [held, cancelled] = met.each_ref().map(|meeting| format!("/v1/meetings/{meeting}"));
    let version = json!({"title": {"en": "A second version"}, "on": "2006-07-01", "renamed": [{"code": "IV", "title": {"en": "A"}}]});
    let days = json!({"starts_on": "2004-03-16", "ends_on": "2004-03-18"});
    let convening = json!({"kind": "congress", "title": {"en": "C"}, "session": 11, "starts_on": "2005-04-18", "ends_on": "2005-04-25"});
    let participants = json!({"participants": [{"party": "FIN", "capacity": "expert", "persons": 1}]});
    let document = format!("/v1/documents/{}", DocumentId::from_symbol("E/CN.15/2004/9/Add.1"));
    let recording = json!({"symbol": "E/CN.15/2004/9/Add.1", "title": {"en": "D"}, "date": "2004-04-05"});
    let amendment = json!({"title": {"en": "Corrected"}, "date": "2004-04-05", "kind": "report"});
    let AssistanceFixture { contributions, projects, material, requests } = assisted;
    let mut corrected = json!({"pledge": pledging(), "reason": {"text": "So.", "lang": "en"}});
    corrected["pledge"]["on"] = json!("2004-01-14");
    let replanned = json!({"title": {"en": "Another"}, "requests": [], "needs": [], "replies": [], "budget": [], "partners": []});
    let on = json!({"on": "2005-06-01"});
    let because = json!({"reason": {"text": "So.", "lang": "en"}});
    let given_up = json!({"on": "2005-06-01", "reason": {"text": "So.", "lang": "en"}});
    let sought = json!({"resources": "sought", "on": "2005-01-01"});
    let link_to = json!({"to": {"meeting": met[0]}, "as": "about"});
    vec![
        asked("list_parties", get(), "/v1/parties", None, 200),
        asked("get_party", get(), "/v1/parties/FIN", None, 200),
        asked("register_party", post(), "/v1/parties", Some(party), 201),
        asked("regroup_party", post(), "/v1/parties/KEN/regional-group", Some(regroup), 200),
        asked("list_regional_groups", get(), "/v1/regional-groups", None, 200),
        asked("list_categories", get(), "/v1/categories", None, 200),
        asked("list_standards", get(), "/v1/standards", None, 200),
        asked("extend_classification", post(), "/v1/classification", Some(extension), 200),
        asked("list_classification_versions", get(), "/v1/classification/versions", None, 200),
        asked("publish_classification_version", post(), "/v1/classification/versions", Some(version), 200),
        asked("list_meetings", get(), "/v1/meetings", None, 200),
        asked("get_seats", get(), "/v1/meetings/seats?seats=40", None, 200),
        asked("convene_meeting", post(), "/v1/meetings", Some(convening), 201),
        asked("allocate_seats", put(), format!("{held}/seats"), Some(json!({"seats": 40})), 200),
        asked("record_participants", put(), format!("{held}/participants"), Some(participants), 200),
        asked("reschedule_meeting", put(), format!("{held}/dates"), Some(days.clone()), 200),
        asked("record_agenda_item", post(), format!("{held}/agenda-items"), Some(json!({"number": "8", "title": {"en": "I"}})), 200),
        asked("record_meeting_resources", put(), format!("{held}/resources"), Some(json!({"resources": "secured", "on": "2004-01-01"})), 200),
        asked("hold_meeting", post(), format!("{held}/holding"), Some(days), 200),
        asked("record_outcome", post(), format!("{held}/outcome"), Some(json!({"decision": "A decision"})), 200),
        asked("get_meeting", get(), held.clone(), None, 200),
        asked("cancel_meeting", post(), format!("{cancelled}/cancellation"), Some(json!({"reason": {"text": "So.", "lang": "en"}})), 200),
        asked("list_currencies", get(), "/v1/currencies", None, 200),
        asked("list_contributions", get(), "/v1/contributions", None, 200),
        asked("get_contribution_totals", get(), "/v1/contributions/totals?to=office", None, 200),
        asked("pledge_contribution", post(), "/v1/contributions", Some(pledging()), 201),
        asked("correct_contribution", put(), contributions[0].clone(), Some(corrected), 200),
        asked("receive_contribution", post(), format!("{}/receipt", contributions[0]), Some(on.clone()), 200),
        asked("cancel_contribution", post(), format!("{}/cancellation", contributions[1]), Some(given_up.clone()), 200),
        asked("get_contribution", get(), contributions[0].clone(), None, 200),
        asked("list_projects", get(), "/v1/projects", None, 200),
        asked("propose_project", post(), "/v1/projects", Some(proposing()), 201),
        asked("edit_project", put(), projects[0].clone(), Some(replanned), 200),
        asked("record_project_resources", put(), format!("{}/resources", projects[0]), Some(sought.clone()), 200),
        asked("fund_project", post(), format!("{}/funding", projects[0]), Some(on.clone()), 200),
        asked("begin_project", post(), format!("{}/start", projects[0]), Some(on.clone()), 200),
        asked("complete_project", post(), format!("{}/completion", projects[0]), Some(on.clone()), 200),
        asked("cancel_project", post(), format!("{}/cancellation", projects[1]), Some(given_up), 200),
        asked("get_project", get(), projects[0].clone(), None, 200),
        asked("list_materials", get(), "/v1/materials", None, 200),
        asked("take_up_material", post(), "/v1/materials", Some(reviewing()), 201),
        asked("edit_material", put(), material.clone(), Some(json!({"title": {"en": "Another"}, "needs": [], "standards": []})), 200),
        asked("record_material_resources", put(), format!("{material}/resources"), Some(sought), 200),
        asked("revise_material", post(), format!("{material}/revision"), Some(on.clone()), 200),
        asked("issue_material", post(), format!("{material}/issue"), Some(on.clone()), 200),
        asked("review_material", post(), format!("{material}/review"), Some(on), 200),
        asked("get_material", get(), material.clone(), None, 200),
        asked("list_requests", get(), "/v1/requests", None, 200),
        asked("make_request", post(), "/v1/requests", Some(asking(&needs[0])), 201),
        asked("enter_request", post(), "/v1/parties/FIN/requests", Some(json!({"request": asking(&needs[0]), "source": "A note", "received_on": "2005-02-01"})), 201),
        asked("accept_request", post(), format!("{}/acceptance", requests[0]), Some(because.clone()), 200),
        asked("decline_request", post(), format!("{}/declination", requests[1]), Some(because), 200),
        asked("withdraw_request", post(), format!("{}/withdrawal", requests[2]), None, 200),
        asked("get_request", get(), requests[0].clone(), None, 200),
        asked("record_document", post(), "/v1/documents", Some(recording), 201),
        asked("list_documents", get(), "/v1/documents", None, 200),
        asked("amend_document", put(), document.clone(), Some(amendment), 200),
        asked("link_document", post(), format!("{document}/links"), Some(link_to), 200),
        asked("get_document", get(), document.clone(), None, 200),
        asked("unlink_document", Method::DELETE, format!("{document}/links/meeting/{}/about", met[0]), None, 200),
        asked("list_instruments", get(), "/v1/instruments", None, 200),
        asked("draft_instrument", post(), "/v1/instruments", Some(new), 201),
        asked("get_instrument", get(), draft.clone(), None, 200),
        asked("save_draft", put(), format!("{draft}/draft"), Some(questionnaire()), 200),
        asked("get_draft", get(), format!("{draft}/draft"), None, 200),
        asked("translate_instrument", put(), format!("{draft}/translations/es"), Some(json!({"texts": {"title": "Una muestra"}})), 200),
        asked("take_over_sections", post(), format!("{draft}/draft/sections"), Some(json!({"instrument": instrument, "revision": 1, "sections": ["M"]})), 422),
        asked("get_translations", get(), format!("{draft}/translations"), None, 200),
        asked("get_translation", get(), format!("{draft}/translations/es"), None, 200),
        asked("revise_instrument", post(), format!("{draft}/revisions"), None, 201),
        asked("get_revision", get(), format!("{draft}/revisions/1"), None, 200),
        asked("get_differences", get(), format!("{draft}/revisions/1/differences?from=1"), None, 200),
        asked("approve_revision", post(), format!("{draft}/revisions/1/approval"), Some(approval), 201),
        asked("list_asked_parties", get(), format!("{open}/parties"), None, 200),
        asked("ask_parties", post(), format!("{open}/parties"), Some(json!({"parties": ["KEN"]})), 200),
        asked("extend_consultation", post(), format!("{open}/extension"), Some(later), 200),
        asked("make_comment", post(), format!("{open}/comments"), Some(said.clone()), 201),
        asked("enter_comment", post(), format!("{open}/parties/FIN/comments"), Some(on_paper()), 201),
        asked("correct_comment", put(), entered[0].clone(), Some(said), 200),
        asked("withdraw_comment", post(), format!("{}/withdrawal", entered[1]), None, 200),
        asked("close_consultation", post(), format!("{open}/closure"), None, 200),
        asked("reopen_consultation", post(), format!("{open}/reopening"), Some(json!({"reason": {"text": "So.", "lang": "en"}})), 200),
        asked("open_consultation", post(), "/v1/consultations", Some(forwarding), 201),
        asked("dispose_comment", post(), format!("{comment}/disposition"), Some(noted), 201),
        asked("publish_comments", post(), format!("{closed}/publication"), Some(json!({"on": "2004-09-01"})), 201),
        // Published by now; Sweden's is not.
        asked("list_consultations", get(), "/v1/consultations", None, 200),
        asked("get_consultation", get(), closed.clone(), None, 200),
        asked("list_comments", get(), format!("{closed}/comments"), None, 200),
        asked("get_comment", get(), comment.clone(), None, 200),
        asked("get_comments_document", get(), format!("{}/comments-document", consulted.instrument), None, 200),
        asked("present_revision", post(), format!("{decided_on}/presentation"), Some(presented), 201),
        asked("return_revision", post(), format!("{decided_on}/return"), Some(returned), 201),
        asked("withdraw_instrument", post(), format!("{}/withdrawal", consulted.instrument), Some(withdrawn), 201),
        asked("list_collections", get(), "/v1/collections", None, 200),
        asked("open_collection", post(), "/v1/collections", Some(opening), 201),
        asked("get_collection", get(), path.clone(), None, 200),
        asked("list_invitations", get(), format!("{path}/invitations"), None, 200),
        asked("get_invitation", get(), format!("{finland}/invitation"), None, 200),
        asked("invite_parties", post(), format!("{path}/invitations"), Some(json!({"parties": ["BRA"]})), 200),
        asked("send_reminders", post(), format!("{path}/reminders"), None, 202),
        asked("list_reminders", get(), format!("{path}/reminders"), None, 200),
        asked("extend_deadline", post(), format!("{path}/extension"), Some(more_time), 200),
        asked("list_extensions", get(), format!("{path}/extensions"), None, 200),
        asked("save_draft", put(), format!("/v1/instruments/{instrument}/draft"), Some(clearer), 200),
        asked("correct_instrument", post(), format!("/v1/instruments/{instrument}/corrections"), Some(json!({"reason": words})), 201),
        asked("correct_collection", post(), format!("{path}/correction"), Some(json!({"revision": 2, "reason": [words]})), 200),
        asked("list_corrections", get(), format!("{path}/corrections"), None, 200),
        asked("close_collection", post(), format!("{path}/closure"), None, 200),
        asked("reopen_collection", post(), format!("{path}/reopening"), Some(json!({"reason": words})), 200),
        asked("get_participation", get(), format!("{path}/participation"), None, 200),
        asked("release_figures", post(), format!("{path}/releases"), None, 201),
        asked("list_releases", get(), format!("{path}/releases"), None, 200),
        asked("get_release", get(), format!("{path}/releases/1"), None, 200),
        asked("list_reports", get(), "/v1/reports", None, 200),
        asked("begin_report", post(), "/v1/reports", Some(json!({"title": {"en": "R"}, "session": 15, "instruments": [instrument]})), 201),
        asked("get_report", get(), published, None, 200),
        asked("revise_report", put(), drafted, Some(json!({"title": {"en": "R"}, "session": 15, "instruments": [instrument]})), 200),
        asked("compile_report", post(), format!("{drafted}/compilation"), None, 200),
        asked("get_compilation", get(), format!("{drafted}/compilation"), None, 200),
        asked("draft_narrative", put(), format!("{drafted}/narratives/practices/fr"), Some(json!({"text": "T"})), 200),
        asked("drop_narrative", Method::DELETE, format!("{drafted}/narratives/practices/fr"), None, 200),
        asked("abandon_report", Method::DELETE, drafted, None, 200),
        asked("publish_report", post(), format!("{ready}/publication"), Some(json!({"meeting": session, "on": "2006-04-24"})), 201),
        asked("get_report_body", get(), format!("{published}/body"), None, 200),
        asked("get_report_page", get(), format!("{published}/page"), None, 200),
        asked("get_timeline", get(), format!("/v1/timelines/{collection}"), None, 200),
        asked("get_mandate", get(), "/v1/mandates/2004-28", None, 200),
        asked("get_tally", get(), format!("{path}/tallies?question=A1"), None, 200),
        asked("get_figures", get(), format!("{path}/figures"), None, 200),
        asked("get_cross_table", get(), format!("{path}/cross-tables?rows=A1&columns=A2"), None, 200),
        asked("list_texts", get(), format!("{path}/texts?question=D1"), None, 200),
        asked("get_figures_over_time", get(), format!("{path}/figures-over-time"), None, 200),
        asked("get_changes", get(), format!("{path}/changes?since={collection}"), None, 200),
        asked("get_dataset_catalogue", get(), "/v1/datasets".to_owned(), None, 200),
        asked("get_dataset", get(), format!("{path}/datasets/replies"), None, 200),
        asked("get_data_package", get(), format!("{path}/datapackage"), None, 200),
        asked("nominate_focal_point", post(), format!("{finland}/nomination"), Some(by(nominee)), 200),
        asked("start_reply", post(), format!("{path}/replies"), None, 201),
        asked("enter_reply", post(), "/v1/replies", Some(paper), 201),
        asked("save_answers", Method::PATCH, format!("{reply}/answers"), Some(json!({"answers": {"A1": yes}})), 200),
        asked("clear_answer", Method::DELETE, format!("{reply}/answers/A1"), None, 200),
        asked("save_answer", put(), format!("{reply}/answers/A1"), Some(yes), 200),
        asked("attach_file", post(), format!("{reply}/files?question=A1"), Some(json!(A_FILE)), 201),
        asked("list_files", get(), format!("{reply}/files"), None, 200),
        asked("remove_file", Method::DELETE, format!("{reply}/files/THE_FILE"), None, 200),
        asked("attach_file", post(), format!("{reply}/files?question=A1"), Some(json!(A_FILE)), 201),
        asked("draft_need", post(), format!("{reply}/needs"), Some(need()), 201),
        asked("list_reply_needs", get(), format!("{reply}/needs"), None, 200),
        asked("edit_need", Method::PATCH, drafted_need.clone(), Some(json!({"urgency": "low"})), 200),
        asked("drop_need", Method::DELETE, drafted_need.clone(), None, 200),
        asked("get_previous_answers", get(), format!("{reply}/previous"), None, 200),
        asked("carry_answers_over", post(), format!("{reply}/carry-over"), None, 409),
        asked("confirm_carried_answers", post(), format!("{reply}/carry-over/confirmation"), None, 409),
        asked("hand_back_section", post(), format!("{reply}/sections/A/hand-back"), None, 201),
        asked("list_hand_backs", get(), format!("{reply}/hand-backs"), None, 200),
        asked("return_section", post(), format!("{reply}/sections/A/return"), None, 201),
        asked("check_reply", post(), format!("{reply}/check"), None, 200),
        asked("submit_reply", post(), format!("{reply}/submission"), None, 201),
        asked("get_file", get(), format!("{reply}/files/THE_FILE"), None, 200),
        asked("list_versions", get(), format!("{reply}/versions"), None, 200),
        asked("get_version", get(), format!("{reply}/versions/1"), None, 200),
        asked("compare_versions", get(), format!("{reply}/versions/1/differences"), None, 200),
        asked("request_clarification", post(), format!("{reply}/clarifications"), Some(words.clone()), 201),
        asked("request_clarification", post(), format!("{filed}/clarifications"), Some(words.clone()), 201),
        asked("list_clarifications", get(), format!("{reply}/clarifications"), None, 200),
        asked("answer_clarification", post(), format!("{reply}/clarifications/1/answer"), Some(words.clone()), 201),
        asked("request_clarification", post(), format!("{reply}/clarifications"), Some(words.clone()), 201),
        asked("withdraw_clarification", Method::DELETE, format!("{reply}/clarifications/2"), None, 200),
        asked("accept_reply", post(), format!("{reply}/acceptance"), None, 201),
        asked("begin_amendment", post(), format!("{reply}/amendment"), None, 201),
        asked("discard_amendment", Method::DELETE, format!("{reply}/amendment"), None, 200),
        asked("decide_publication", put(), format!("{reply}/publication"), Some(json!({"publication": {"all": true}})), 200),
        asked("get_publication", get(), format!("{reply}/publication"), None, 200),
        // Finland's is published by now, Sweden's is not.
        asked("list_replies", get(), format!("{path}/replies"), None, 200),
        asked("get_reply", get(), reply.clone(), None, 200),
        asked("list_answers", get(), format!("{reply}/answers"), None, 200),
        asked("get_answer", get(), format!("{reply}/answers/A1"), None, 200),
        asked("withdraw_reply", post(), format!("{reply}/withdrawal"), Some(json!({"reason": words})), 201),
        asked("translate_content", put(), format!("/v1/contents/{content}/translations/fr"), Some(json!({"text": "T", "by": "party"})), 200),
        asked("list_translations", get(), format!("/v1/contents/{content}/translations"), None, 200),
        asked("withdraw_translation", Method::DELETE, format!("/v1/contents/{content}/translations/fr"), None, 200),
        asked("redact_content", post(), format!("/v1/contents/{content}/redaction"), Some(json!({"reason": "names_a_person"})), 200),
        asked("list_need_types", get(), "/v1/need-types", None, 200),
        asked("indicate_need", post(), "/v1/needs", Some(need()), 201),
        asked("enter_need", post(), "/v1/parties/FIN/needs", Some(json!({"need": need(), "source": "A note", "received_on": "2005-02-01"})), 201),
        asked("share_need", put(), format!("{}/sharing", needs[0]), Some(json!({"with": "all"})), 200),
        // Shared with all by now; Sweden's is not.
        asked("list_needs", get(), "/v1/needs", None, 200),
        asked("get_need", get(), needs[0].clone(), None, 200),
        asked("confirm_need", post(), format!("{}/confirmation", needs[0]), None, 200),
        asked("merge_need", post(), format!("{}/merger", needs[1]), Some(json!({"into": needs[0].rsplit('/').next()})), 200),
        asked("decline_need", post(), format!("{}/declination", needs[2]), Some(json!({"reason": {"text": "A reason", "lang": "en"}})), 200),
        asked("lapse_need", post(), format!("{}/lapse", needs[3]), Some(json!({"on": "2006-05-01"})), 200),
        // A request for it was accepted.
        asked("fulfil_need", post(), format!("{}/fulfilment", needs[0]), Some(json!({"on": "2006-05-01"})), 200),
        asked("revise_need_types", post(), "/v1/need-types", Some(json!({"types": [{"code": "other", "label": {"en": "Other", "fr": "Autre"}}]})), 200),
        asked("list_delegations", get(), format!("{path}/delegations"), None, 200),
        asked("list_offices", get(), "/v1/me/offices", None, 200),
        asked("get_delegation", get(), format!("{finland}/delegation"), None, 200),
        asked("admit_contributor", put(), format!("{finland}/contributors/{nominee}"), Some(json!({"sections": ["A"]})), 200),
        asked("dismiss_contributor", Method::DELETE, format!("{finland}/contributors/{nominee}"), None, 200),
        asked("invite_commenter", post(), format!("{open}/parties/FIN/invitation"), Some(json!({"name": "C", "email": "c@example.org"})), 201),
        asked("list_commenters", get(), format!("{open}/parties/FIN/commenters"), None, 200),
        asked("end_commenter", Method::DELETE, format!("{open}/parties/FIN/commenters/{commenter}"), None, 200),
        asked("send_invitation_list", post(), format!("{path}/invitation-lists?check=true"), Some(json!(A_LIST)), 200),
        asked("get_invitation_list", get(), format!("{path}/invitation-lists/{}", lists[0]), None, 200),
        asked("get_invitation_proposals", get(), format!("{path}/invitation-proposals"), None, 200),
        asked("send_comment_invitation_list", post(), format!("{open}/invitation-lists?check=true"), Some(json!(A_LIST)), 200),
        asked("get_comment_invitation_list", get(), format!("{open}/invitation-lists/{}", lists[1]), None, 200),
        asked("get_comment_invitation_proposals", get(), format!("{open}/invitation-proposals"), None, 200),
        asked("get_digest", get(), "/v1/me/digest", None, 200),
        asked("set_digest", put(), "/v1/me/digest", Some(json!({"every": "daily"})), 200),
        asked("list_work", get(), "/v1/work", None, 200),
        asked("invite_contributor", post(), format!("{finland}/contributors"), Some(json!({"name": "B", "email": "b@example.org", "sections": ["A"]})), 201),
        asked("invite_focal_point", post(), format!("{finland}/invitation"), Some(json!({"name": "A", "email": "a@example.org"})), 201),
        asked("name_focal_point", put(), format!("{finland}/focal-point"), Some(by(nominee)), 200),
        asked("end_focal_point", Method::DELETE, format!("{finland}/focal-point"), None, 200),
        asked("get_session", get(), "/v1/session", None, 200),
        asked("open_session", post(), "/v1/session", Some(json!({"link": link})), 201),
        asked("end_session", Method::DELETE, "/v1/session", None, 204),
        asked("ask_for_link", post(), "/v1/sign-in-links", Some(json!({"email": "a@example.org"})), 202),
        asked("get_head", get(), "/v1/log/head", None, 200),
        asked("list_events", get(), "/v1/events", None, 200),
        asked("list_letters", get(), "/v1/letters", None, 200),
        asked("get_letter", get(), letter.clone(), None, 200),
        asked("retry_letter", post(), format!("{letter}/retry"), None, 200),
        asked("add_person", post(), "/v1/persons", Some(json!({"name": "N", "email": "new@example.org"})), 201),
        asked("get_person", get(), person.clone(), None, 200),
        asked("list_person_answers", get(), format!("{person}/answers"), None, 200),
        asked("correct_person", Method::PATCH, person.clone(), Some(json!({"function": "Tester"})), 200),
        asked("get_access", get(), format!("{person}/access"), None, 200),
        asked("end_access", Method::DELETE, format!("{person}/access"), None, 200),
        asked("erase_person", Method::DELETE, person.clone(), None, 204),
        asked("get_me", get(), "/v1/me", None, 200),
        asked("correct_me", Method::PATCH, "/v1/me", Some(json!({"telephone": "+43 1 260 60"})), 200),
        asked("make_token", post(), "/v1/tokens", Some(json!({"name": "A walk"})), 201),
        asked("list_tokens", get(), "/v1/tokens", None, 200),
        asked("get_token", get(), format!("/v1/tokens/{token}"), None, 200),
        asked("revoke_token", Method::DELETE, format!("/v1/tokens/{token}"), None, 200),
        asked("list_reads", get(), "/v1/audit/reads", None, 200),
        // Last: whoever is erased has no token any more.
        asked("erase_me", Method::DELETE, "/v1/me", None, 204),
    ]
}

/// From what Brazil's reply is entered.
fn source() -> Value {
    json!({"kind": "paper", "reference": "NV/1", "received_on": "2011-06-28"})
}

fn send(
    world: &World,
    method: &Method,
    path: &str,
    body: Option<&Value>,
    token: Option<&str>,
) -> Call {
    let call = world.call(method.clone(), path);
    let call = token.iter().fold(call, |call, token| call.token(token));
    body.iter().fold(call, |call, body| match body {
        body if *body == A_FILE => call.file("text/plain", "a.txt", "A file."),
        body if *body == A_LIST => call.body("text/csv", A_LIST),
        body => call.json(body),
    })
}

/// A letter to a person that could not be sent.
async fn failed_letter(world: &World, person: &str) -> String {
    let new = NewLetter {
        person: person.parse().unwrap(),
        kind: LetterKind::Reminder,
        about: None,
        args: serde_json::Map::new(),
        valid_for: None,
    };
    let pool = world.server.services.log().pool();
    let id = world
        .server
        .services
        .outbox
        .enqueue(pool, &new)
        .await
        .unwrap();
    let fail = "update mail.letter set state = 'failed', why = 'refused'";
    sqlx::raw_sql(fail).execute(pool).await.unwrap();
    format!("/v1/letters/{id}")
}

/// A world of Finland's and Sweden's replies, walked as one role: what it may do succeeds on its own and is as if it were
/// not there on another's; what it may not is refused, and done by somebody who may, so that the next finds what it needs.
struct Walk {
    world: World,
    ids: Ids,
    /// By role; those of parties act for Finland.
    tokens: HashMap<Role, String>,
    sweden: String,
}

impl Walk {
    async fn begin(role: Role) -> Self {
        let world = World::new().await;
        let invited = json!({"parties": ["FIN", "SWE", "DNK", "ISL", "NOR"]});
        let opened = world.collection(invited).await;
        for party in ["DNK", "ISL", "NOR"] {
            let token = world.focal_point(party).await;
            let yes = json!({"A1": {"value": "yes"}});
            world.submitted(&opened.collection, &token, yes).await;
        }
        let new = json!({"title": {"en": "A", "fr": "A"}, "category": "I", "route": "intersessional", "languages": ["en", "fr"]});
        let draft = world
            .post("/v1/instruments")
            .token(&world.officer)
            .json(&new);
        let draft = draft.expect(201).await["id"].as_str().unwrap().to_owned();
        let mut tokens = HashMap::new();
        for role in Role::ALL {
            if role == Role::Anonymous {
                continue;
            }
            let party = (!role.is_secretariat()).then_some("FIN");
            let email = format!("{}@example.org", role.as_str());
            let (person, token) = world.known_person(role, party, "A person", &email).await;
            if role == Role::Contributor {
                let collection = &opened.collection;
                world.admit(collection, "FIN", &person, &["A"]).await;
            }
            tokens.insert(role, token);
        }
        let theirs = world.focal_point("SWE").await;
        let sweden = world.answered(&opened.collection, &theirs).await;
        let content = world.words(&sweden, &theirs, "D1", "Words.").await;
        let files = format!("/v1/replies/{sweden}/files?question=A1");
        let file = send(
            &world,
            &Method::POST,
            &files,
            Some(&json!(A_FILE)),
            Some(&theirs),
        );
        file.send().await.expect(201);
        let other = (Role::Mission, Some("SWE"), "Another person");
        let (person, _) = world
            .known_person(other.0, other.1, other.2, "other@example.org")
            .await;
        let letter = failed_letter(&world, &person).await;
        let collection = opened.collection.parse().unwrap();
        let known = world.server.services.desk.ids().clone();
        let reply = known.reply(collection, PartyId::from_code("FIN"));
        let entered = known.reply(collection, PartyId::from_code("BRA"));
        let made = world
            .post("/v1/tokens")
            .json(&json!({"name": "To be revoked"}));
        let made = match tokens.get(&role) {
            Some(token) => made.token(token),
            None => made.token(&world.officer),
        };
        let token = made.expect(201).await["id"].as_str().unwrap().to_owned();
        let made = world.post("/v1/tokens").token(&theirs);
        let made = made.json(&json!({"name": "Sweden's"})).expect(201).await;
        let foreign_token = made["id"].as_str().unwrap().to_owned();
        let session = world.session(15).await;
        let [drafted, ready, published] = [
            world.ready_report(&opened.instrument).await,
            world.ready_report(&opened.instrument).await,
            world.ready_report(&opened.instrument).await,
        ];
        world.publish(&published, &session).await;
        let mut needs = Vec::new();
        for token in [[&tokens[&Role::FocalPoint]; 4].as_slice(), &[&theirs]].concat() {
            let made = world.post("/v1/needs").token(token).json(&need());
            let made = made.expect(201).await;
            needs.push(format!("/v1/needs/{}", made["id"].as_str().unwrap()));
        }
        let of_parties = [&tokens[&Role::FocalPoint], &theirs];
        let assisted = AssistanceFixture::begin(&world, &needs, of_parties).await;
        let consulted = ConsultationFixture::begin(&world).await;
        let mut lists = Vec::new();
        for (of, party, role) in [
            (
                format!("/v1/collections/{}", opened.collection),
                "DNK",
                "focal_point",
            ),
            (consulted.open.clone(), "SWE", "commenter"),
        ] {
            let list =
                format!("party,name,address,language,role\n{party},L,l@example.org,en,{role}\n");
            let sent = world.post(&format!("{of}/invitation-lists"));
            let sent = sent.token(&world.officer).body("text/csv", list);
            lists.push(sent.expect(202).await["id"].as_str().unwrap().to_owned());
        }
        let ids = Ids {
            lists: lists.try_into().unwrap(),
            assisted,
            reports: [drafted, ready, published],
            session,
            needs: needs.try_into().unwrap(),
            drafted_need: format!("/v1/needs/{}", known.need(reply, 1)),
            consulted,
            met: [
                world.meeting("expert_group").await,
                world.meeting("expert_group").await,
            ],
            foreign_token,
            instrument: opened.instrument,
            draft,
            collection: opened.collection,
            reply: reply.to_string(),
            entered: entered.to_string(),
            content,
            letter,
            person: format!("/v1/persons/{person}"),
            nominee: world.person().await,
            token,
            link: world
                .sign_in_link(&world.account("focal_point", "SWE").await)
                .await,
        };
        Self {
            world,
            ids,
            tokens,
            sweden,
        }
    }

    /// The id of the file that was attached last to a reply, whose files are listed at this path.
    async fn file(&self, files: &str) -> String {
        let reply = files.split('/').nth(3).unwrap();
        let attached = format!(
            "select envelope::json #>> '{{data,file}}' from log.event
              where stream = '{reply}' and kind = 'reply_file_attached' order by position desc limit 1"
        );
        self.world.sql(&attached).await
    }

    async fn send(&self, asked: &SampleRequest, path: &str, role: Role) -> Answer {
        let path = &match path.strip_suffix("/THE_FILE") {
            Some(files) => format!("{files}/{}", self.file(files).await),
            None => path.to_owned(),
        };
        // A commenter reads the revision that it is asked about.
        let path = &match (asked.operation, role) {
            ("get_revision", Role::Commenter) => {
                format!("/v1/instruments/{}/revisions/1", self.ids.consulted.other)
            }
            _ => path.clone(),
        };
        let token = self.tokens.get(&role).map(String::as_str);
        let call = send(&self.world, &asked.method, path, asked.body.as_ref(), token);
        call.send().await
    }

    /// The same on the reply that the Secretariat enters, by this role if it is the Secretariat's.
    async fn enter(&self, asked: &SampleRequest, role: Role) {
        let role = if role.is_secretariat() {
            role
        } else {
            Role::Officer
        };
        let path = asked.path.replace(&self.ids.reply, &self.ids.entered);
        let drafted = self
            .world
            .server
            .services
            .desk
            .ids()
            .need(self.ids.entered.parse().unwrap(), 1);
        let drafted = format!("/v1/needs/{drafted}");
        let mut path = path.replace(&self.ids.drafted_need, &drafted);
        if let Some(files) = path.strip_suffix("/THE_FILE") {
            path = format!("{files}/{}", self.file(files).await);
        }
        let body = match asked.operation {
            "begin_amendment" => Some(json!({"source": source()})),
            "decide_publication" => Some(json!({"publication": null, "source": source()})),
            _ => asked.body.clone(),
        };
        let token = self.tokens.get(&role).map(String::as_str);
        let call = send(&self.world, &asked.method, &path, body.as_ref(), token);
        let answer = call.send().await;
        assert_eq!(
            answer.status, asked.success,
            "{} as {role:?} on what is entered: {answer:#?}",
            asked.operation
        );
    }

    async fn step(&self, asked: &SampleRequest, role: Role) {
        let row = policy::row(asked.operation);
        let row = row.unwrap_or_else(|| panic!("{} has no row", asked.operation));
        let rule = row.rule(role);
        let theirs = asked.path.replace(&self.ids.reply, &self.sweden);
        let mut theirs = theirs.replace("/parties/FIN/", "/parties/SWE/");
        theirs = theirs.replace(&self.ids.token, &self.ids.foreign_token);
        let consulted = &self.ids.consulted;
        for comment in consulted.entered.iter().chain([&consulted.comment]) {
            theirs = theirs.replace(comment, &consulted.theirs);
        }
        let [ours @ .., sweden] = &self.ids.needs;
        for need in ours.iter().chain([&self.ids.drafted_need]) {
            theirs = theirs.replace(need, sweden);
        }
        let [ours @ .., sweden] = &self.ids.assisted.requests;
        for request in ours {
            theirs = theirs.replace(request, sweden);
        }
        let is_bounded = matches!(
            rule,
            Rule::Own | Rule::Mine | Rule::Published | Rule::Sections
        );
        if is_bounded && theirs != asked.path {
            let answer = self.send(asked, &theirs, role).await;
            answer.problem(404, "not_found");
        }
        if row.rule(Role::Officer) == Rule::Entered {
            self.enter(asked, role).await;
        }
        let answer = self.send(asked, &asked.path, role).await;
        match rule {
            Rule::Yes | Rule::Own | Rule::Mine | Rule::Published | Rule::Sections => {
                assert_eq!(
                    answer.status, asked.success,
                    "{} as {role:?}: {answer:#?}",
                    asked.operation
                );
                let shows_others = answer.text.contains(&self.ids.foreign_token);
                assert!(rule != Rule::Mine || !shows_others, "{answer:#?}");
                return;
            }
            // What it does not enter is the party's own; to amend it, or say what may be published, the Secretariat names from
            // what.
            Rule::Entered
                if ["begin_amendment", "decide_publication"].contains(&asked.operation) =>
            {
                answer.problem(422, "source_faulty")
            }
            // A draft of the party's is not there for it.
            Rule::Entered if ["edit_need", "drop_need"].contains(&asked.operation) => {
                answer.problem(404, "not_found")
            }
            Rule::Entered => answer.problem(403, "reply_not_entered"),
            Rule::No if role == Role::Anonymous => answer.problem(401, "missing_token"),
            Rule::No if asked.method == Method::GET => answer.problem(404, "not_found"),
            Rule::No => answer.problem(403, "not_allowed"),
        };
        let may = |role: &&Role| !matches!(row.rule(**role), Rule::No | Rule::Entered);
        let able = Role::ALL.iter().find(may);
        let answer = self.send(asked, &asked.path, *able.unwrap()).await;
        assert_eq!(
            answer.status, asked.success,
            "{}: {answer:#?}",
            asked.operation
        );
    }
}

#[tokio::test]
async fn every_role_may_do_what_the_table_says_and_nothing_else() {
    let table: BTreeSet<&str> = TABLE.iter().map(|row| row.operation).collect();
    for role in Role::ALL {
        let walk = Walk::begin(role).await;
        let mut walked = BTreeSet::new();
        for asked in requests(&walk.ids) {
            walk.step(&asked, role).await;
            walked.insert(asked.operation);
        }
        assert_eq!(walked, table, "every row of the table is walked");
    }
}

#[test]
fn the_table_and_the_document_name_the_same_operations() {
    let document: Value = serde_json::from_str(&openapi::json().unwrap()).unwrap();
    let mut documented = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            let row = policy::row(id).unwrap_or_else(|| panic!("{method} {path}: {id} has no row"));
            assert!(documented.insert(id.to_owned()), "{id} is there twice");
            assert_eq!(
                operation.get("security").is_some(),
                !row.is_public(),
                "{id}"
            );
        }
    }
    let table: Vec<&str> = TABLE.iter().map(|row| row.operation).collect();
    assert_eq!(table.len(), documented.len(), "no row is there twice");
    for operation in table {
        assert!(
            documented.contains(operation),
            "{operation} is not in the document"
        );
    }
}

#[test]
fn the_page_on_access_shows_the_table() {
    let page = include_str!("../../docs/access.md");
    assert!(
        page.contains(&policy::markdown()),
        "docs/access.md is stale: run scripts/generate"
    );
}

#[tokio::test]
async fn another_partys_reply_is_as_little_there_as_an_unknown_one() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let finland = world.focal_point("FIN").await;
    let sweden = world.focal_point("SWE").await;
    let reply = world.answered(&opened.collection, &finland).await;
    let yes = json!({"value": "no"});
    let many = json!({"answers": {"A1": yes}});
    let before = world.head().await;
    for (method, what, body) in [
        (Method::GET, "", None),
        (Method::GET, "/answers", None),
        (Method::GET, "?as_of=0", None),
        (Method::PATCH, "/answers", Some(&many)),
        (Method::PUT, "/answers/A1", Some(&yes)),
        (Method::PUT, "/answers/Z9", Some(&yes)),
        (Method::DELETE, "/answers/A1", None),
        (Method::POST, "/submission", None),
    ] {
        let theirs = send(
            &world,
            &method,
            &format!("/v1/replies/{reply}{what}"),
            body,
            Some(&sweden),
        );
        let theirs = theirs.send().await.anonymous_problem(404, "not_found");
        let unknown = format!("/v1/replies/0190b5f0-0000-7000-8000-000000000000{what}");
        let unknown = send(&world, &method, &unknown, body, Some(&sweden));
        assert_eq!(
            theirs,
            unknown.send().await.anonymous_problem(404, "not_found"),
            "{method} {what}"
        );
    }
    assert_eq!(world.head().await, before);
    let listed = world.get(&format!("/v1/collections/{}/replies", opened.collection));
    assert_eq!(listed.token(&sweden).expect(200).await["items"], json!([]));
}

#[tokio::test]
async fn an_encoded_path_does_not_get_past_the_gate() {
    let world = World::new().await;
    let before = world.head().await;
    for path in [
        "/%761/events",
        "/v%31/events",
        "/%76%31/%65vents",
        "/v1/%65vents",
        "/v1/event%73?after=0",
    ] {
        world.get(path).problem(401, "missing_token").await;
    }
    let party = json!({"code": "ICPO", "kind": "igo", "names": {"en": "N"}});
    for path in ["/%761/parties", "/v1/partie%73"] {
        world
            .post(path)
            .json(&party)
            .problem(401, "missing_token")
            .await;
    }
    for path in [
        "/v1%2Fevents",
        "//v1/events",
        "/V1/events",
        "/./v1/events",
        "/v1/events/",
        "/v1;/events",
        "/v1/events%00",
    ] {
        let answer = world.get(path).send().await;
        assert!([401, 404].contains(&answer.status), "{path}: {answer:#?}");
    }
    assert_eq!(world.head().await, before);
}

#[tokio::test]
async fn a_token_that_is_revoked_or_has_expired_opens_nothing() {
    let world = World::new().await;
    let pool = PgPool::connect_with(world.database.owner.clone())
        .await
        .unwrap();
    for end in [
        "revoked_at = now()",
        "expires_at = now() - interval '1 second'",
    ] {
        let token = world.token(Role::Officer, None).await;
        let statement = format!(
            "update access.token set {end} where id = (select id from access.token order by id desc limit 1)"
        );
        let ended = sqlx::raw_sql(AssertSqlSafe(statement))
            .execute(&pool)
            .await
            .unwrap();
        assert_eq!(ended.rows_affected(), 1);
        world
            .get("/v1/events")
            .token(&token)
            .problem(401, "unknown_token")
            .await;
    }
    pool.close().await;
    world
        .get("/v1/events")
        .token(&world.officer)
        .expect(200)
        .await;
}

#[tokio::test]
async fn what_is_public_says_nothing_of_replies() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let answers =
        json!({"A1": {"value": "yes"}, "D1": {"value": {"text": "A secret.", "lang": "en"}}});
    let reply = world.submitted(&opened.collection, &finland, answers).await;
    let path = format!("/v1/collections/{}", opened.collection);
    for open in ["/v1/collections", &path, &format!("{path}/participation")] {
        let answer = world.get(open).send().await;
        answer.expect(200);
        assert!(
            !answer.text.contains("A secret.") && !answer.text.contains(&reply),
            "{answer:#?}"
        );
    }
    // Who of those invited has replied is told by number, not by name.
    world
        .get(&format!("{path}/invitations"))
        .problem(401, "missing_token")
        .await;
    // Not even the event feed carries the words: they are contents beside the log.
    let events = world
        .get("/v1/events?limit=1000")
        .token(&world.officer)
        .send()
        .await;
    assert!(!events.text.contains("A secret."));
}
