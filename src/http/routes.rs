//! Every route. Paths stand beside their handlers; the API's document is collected from this very list.

use actix_web::http::Method;
use pastey::paste;

use super::router::{Router, Routes};
use super::*;

/// Enters handlers, those of a module after its name.
macro_rules! enter {
    ($routes:expr; $($module:tt: $($handler:ident)+;)+) => {
        $($(enter!(@one $routes, $module, $handler);)+)+
    };
    (@one $routes:expr, ($($module:ident)::+), $handler:ident) => {
        paste! { $routes.operation($($module)::+::$handler, $($module)::+::[<__path_ $handler>]) }
    };
}

/// What stands in the API's document.
pub fn operations(api: &mut impl Routes) {
    enter! { api;
        // reference lists
        (reference::parties): list_parties register_party get_party regroup_party;
        (reference::classification): list_regional_groups list_categories list_standards extend_classification;
        (reference::classification_versions): list_classification_versions publish_classification_version;
        // meetings and documents
        (meetings): list_meetings convene_meeting get_seats get_meeting;
        (meetings::life): allocate_seats record_participants reschedule_meeting hold_meeting cancel_meeting
            record_agenda_item record_outcome record_meeting_resources;
        (documents): list_documents record_document get_document amend_document;
        (documents::links): link_document unlink_document;
        // contributions, projects, materials and requests
        (reference::currencies): list_currencies;
        (assistance::contributions): list_contributions;
        (assistance::contribution_totals): get_contribution_totals;
        (assistance::contributing): pledge_contribution;
        (assistance::contributions): get_contribution;
        (assistance::contributing): correct_contribution receive_contribution cancel_contribution;
        (assistance::projects): list_projects;
        (assistance::project_life): propose_project;
        (assistance::projects): get_project;
        (assistance::project_life): edit_project fund_project begin_project complete_project cancel_project
            record_project_resources;
        (assistance::materials): list_materials;
        (assistance::material_life): take_up_material;
        (assistance::materials): get_material;
        (assistance::material_life): edit_material revise_material issue_material review_material
            record_material_resources;
        (assistance::requests): list_requests;
        (assistance::requesting): make_request;
        (assistance::entering): enter_request;
        (assistance::requests): get_request;
        (assistance::requesting): accept_request decline_request withdraw_request;
        // instruments
        (instruments): list_instruments draft_instrument get_instrument;
        (instruments::drafts): get_draft save_draft;
        (instruments::translations): get_translations get_translation translate_instrument;
        (instruments::corrections): correct_instrument;
        (instruments::modules): take_over_sections;
        (instruments::revisions): revise_instrument get_revision;
        (instruments::differences): get_differences;
        (instruments::presentations): present_revision approve_revision return_revision withdraw_instrument;
        // consultations and comments
        (consultations): list_consultations;
        (consultations::forwarding): open_consultation;
        (consultations): get_consultation;
        (consultations::asked_parties): list_asked_parties;
        (consultations::forwarding): ask_parties extend_consultation close_consultation reopen_consultation
            publish_comments;
        (commenters): list_commenters invite_commenter end_commenter;
        (comments): list_comments;
        (comments::commenting): make_comment enter_comment;
        (comments): get_comment;
        (comments::commenting): correct_comment withdraw_comment dispose_comment;
        (comments::document): get_comments_document;
        // collections
        (collections): list_collections;
        (collections::openings): open_collection;
        (collections): get_collection;
        (collections::corrections): correct_collection list_corrections;
        (collections::extensions): extend_deadline list_extensions;
        (collections): close_collection reopen_collection;
        (collections::invitation_lists): list_invitations get_invitation;
        (collections::invitations): invite_parties;
        (invitation_lists): send_invitation_list get_invitation_list send_comment_invitation_list
            get_comment_invitation_list;
        (invitation_lists::proposals): get_invitation_proposals get_comment_invitation_proposals;
        // delegations
        (delegations::lists): list_delegations list_offices;
        (delegations): get_delegation name_focal_point end_focal_point nominate_focal_point admit_contributor
            dismiss_contributor;
        (delegations::invitees): invite_focal_point invite_contributor;
        (collections::reminders): send_reminders;
        (collections::reminder_lists): list_reminders;
        // sessions
        (access::sessions): get_session open_session end_session;
        (access::sign_in_links): ask_for_link;
        // replies
        (replies): list_replies start_reply get_reply;
        (replies::answers): list_answers get_answer save_answers save_answer clear_answer;
        (replies::files): list_files attach_file get_file remove_file;
        (replies::previous): get_previous_answers carry_answers_over confirm_carried_answers;
        (replies::checks): check_reply;
        (replies::submissions): submit_reply;
        (replies::entries): enter_reply;
        (replies::versions): list_versions get_version;
        (replies::version_differences): compare_versions;
        (replies::publications): get_publication decide_publication;
        (contents::redactions): redact_content;
        (contents::translations): list_translations translate_content withdraw_translation;
        // review and amendment of replies
        (replies::clarifications): request_clarification list_clarifications answer_clarification
            withdraw_clarification;
        (replies::hand_backs): list_hand_backs hand_back_section return_section;
        (replies::reviews): accept_reply;
        (replies::amendments): begin_amendment discard_amendment withdraw_reply;
        // needs for assistance
        (reference::need_types): list_need_types revise_need_types;
        (needs): list_reply_needs;
        (needs::drafts): draft_need;
        (needs): list_needs indicate_need;
        (assistance::entering): enter_need;
        (needs): get_need;
        (needs::drafts): edit_need drop_need;
        (needs::life): share_need confirm_need merge_need decline_need fulfil_need lapse_need;
        // figures
        (figures::participation): get_participation;
        (figures::tallies): get_tally;
        (figures::field_figures): get_figures;
        (figures::cross_tables): get_cross_table;
        (figures::text_answers): list_texts;
        (figures::over_time): get_figures_over_time;
        (figures::changes): get_changes;
        (datasets): get_dataset_catalogue get_dataset get_data_package;
        (figures::releases): release_figures list_releases get_release;
        (log::head): get_head;
        (log::events): list_events;
        (log::timelines): get_timeline;
        (log::mandates): get_mandate;
        // reports
        (reports): list_reports get_report;
        (reports::life): begin_report revise_report abandon_report;
        (reports::drafts): compile_report get_compilation draft_narrative drop_narrative;
        (reports::publication): publish_report;
        (reports::body): get_report_body get_report_page;
        // persons and letters
        (persons::me): get_me correct_me erase_me;
        (persons::work): get_digest set_digest list_work;
        (persons): add_person get_person correct_person erase_person;
        (persons::answers): list_person_answers;
        (persons::access): get_access end_access;
        (persons::letters): list_letters get_letter retry_letter;
        // access
        (access::tokens): make_token list_tokens get_token revoke_token;
        (access::audit): list_reads;
    }
}

/// The router of all routes.
pub fn router() -> Router {
    let mut router = Router::default();
    router.operations(&openapi::document(), |api| operations(api));
    open_pages(&mut router);
    public_pages(&mut router);
    judged_pages(&mut router);
    router.problem_page = Some(pages::problem_page::problem_page);
    router
}

/// What does not, and is open to all: pages for people, and what the operator's tools read.
fn open_pages(site: &mut Router) {
    site.open(Method::GET, "/openapi.json", site::document);
    site.open(Method::GET, "/docs", site::documentation_redirect);
    site.open(Method::GET, "/docs/", site::documentation_page);
    site.open(Method::GET, "/docs/openapi.json", site::document);
    site.open(Method::GET, "/docs/{*file}", site::documentation);
    site.open(Method::GET, "/healthz", site::healthz);
    site.open(Method::GET, "/readyz", site::readyz);
    site.open(Method::GET, "/pages.css", pages::frame::style);
    site.open(Method::GET, "/pages.js", pages::frame::script);
    site.open(Method::GET, "/section.js", pages::frame::section_script);
    site.open(Method::GET, "/join/{secret}", pages::join::link_page);
    site.open(Method::POST, "/join/{secret}", pages::join::use_link);
    site.open(Method::GET, "/sign-in", pages::sign_in::ask_page);
    site.open(Method::POST, "/sign-in", pages::sign_in::ask);
    site.open(Method::GET, "/signed-in", pages::sign_in::signed_in);
    site.open(Method::POST, "/sign-out", pages::sign_in::sign_out);
    site.open(Method::GET, "/sso/callback", pages::sso::come_back);
    site.open(Method::GET, "/sso/{issuer}", pages::sso::button_page);
    site.open(Method::POST, "/sso/{issuer}", pages::sso::set_out);
}

/// Pages that show everybody what anybody may see of the operation that each names.
fn public_pages(site: &mut Router) {
    use pages::public;
    site.public_page("/", "get_mandate", public::front::front_page);
    site.public_page("/mandate", "get_mandate", public::mandate::mandate_page);
    site.public_page(
        "/collections",
        "list_collections",
        public::collections::collections_page,
    );
    site.public_page(
        "/collections/{collection}",
        "get_participation",
        public::collection::collection_page,
    );
    site.public_page(
        "/published/{reply}",
        "list_answers",
        public::published::published_page,
    );
    site.public_page("/reports", "list_reports", public::reports::reports_page);
    site.public_page("/needs", "list_needs", public::needs::needs_page);
}

/// Pages for people, each judged as the operation that it shows or does.
#[rustfmt::skip]
fn judged_pages(site: &mut Router) {
    use pages::comments::{commenting, consultation, correcting};
    use pages::{home, reply, trying};
    site.page(Method::GET, "/home", "get_me", home::home_page);
    site.page(Method::POST, "/collections/{collection}/reply", "start_reply", home::begin_reply);
    site.page(Method::GET, "/replies/{reply}", "get_reply", reply::hub::hub_page);
    site.page(Method::GET, "/replies/{reply}/sections/{section}", "list_answers", reply::section::section_page);
    site.page(Method::POST, "/replies/{reply}/sections/{section}", "save_answers", reply::saving::save_section);
    site.page(Method::GET, "/replies/{reply}/sections/{section}/entries/{entry}", "list_answers", reply::entry::removal_page);
    site.page(Method::POST, "/replies/{reply}/sections/{section}/entries/{entry}", "save_answers", reply::entry::remove);
    site.page(Method::GET, "/replies/{reply}/sections/{section}/hand-back", "hand_back_section", reply::handing_back::hand_back_page);
    site.page(Method::POST, "/replies/{reply}/sections/{section}/hand-back", "hand_back_section", reply::handing_back::hand_back);
    site.page(Method::POST, "/replies/{reply}/sections/{section}/return", "return_section", reply::handing_back::give_back);
    site.page(Method::GET, "/replies/{reply}/check", "check_reply", reply::check::check_page);
    site.page(Method::POST, "/replies/{reply}/check", "submit_reply", reply::check::submit);
    for form in [
        "/replies/{reply}/explanations", "/replies/{reply}/amendment", "/replies/{reply}/colleagues/{person}",
        "/replies/{reply}/sections/{section}/return", "/replies/{reply}/files/{file}/remove", "/replies/{reply}/clarifications/{clarification}/answer",
    ] {
        site.page(Method::GET, form, "get_reply", reply::way_back::way_back);
    }
    site.page(Method::POST, "/replies/{reply}/explanations", "save_answers", reply::explaining::explain);
    site.page(Method::GET, "/replies/{reply}/versions", "list_versions", reply::version::versions_page);
    site.page(Method::GET, "/replies/{reply}/versions/{version}", "get_version", reply::version::version_page);
    site.page(Method::GET, "/replies/{reply}/versions/{version}/differences", "compare_versions", reply::difference::differences_page);
    site.page(Method::GET, "/replies/{reply}/files", "list_files", reply::files::files_page);
    site.page(Method::POST, "/replies/{reply}/files", "attach_file", reply::files::attach_page);
    site.page(Method::POST, "/replies/{reply}/files/{file}/remove", "remove_file", reply::files::remove_page);
    site.page(Method::GET, "/replies/{reply}/clarifications", "list_clarifications", reply::clarifications::clarifications_page);
    site.page(Method::POST, "/replies/{reply}/clarifications/{clarification}/answer", "answer_clarification", reply::clarifications::answer_page);
    site.page(Method::POST, "/replies/{reply}/amendment", "begin_amendment", reply::life::amend);
    site.page(Method::GET, "/replies/{reply}/discard", "discard_amendment", reply::life::discard_page);
    site.page(Method::POST, "/replies/{reply}/discard", "discard_amendment", reply::life::discard);
    site.page(Method::GET, "/replies/{reply}/withdraw", "withdraw_reply", reply::life::withdraw_page);
    site.page(Method::POST, "/replies/{reply}/withdraw", "withdraw_reply", reply::life::withdraw);
    site.page(Method::GET, "/replies/{reply}/colleagues", "get_delegation", reply::colleagues::colleagues_page);
    site.page(Method::POST, "/replies/{reply}/colleagues", "invite_contributor", reply::colleagues::invite);
    site.page(Method::POST, "/replies/{reply}/colleagues/{person}", "admit_contributor", reply::colleagues::change);
    // Judged as those who read its comments are, whose reads are recorded.
    site.page(Method::GET, "/consultations/{consultation}", "list_comments", consultation::consultation_page);
    site.page(Method::GET, "/consultations/{consultation}/comment", "make_comment", commenting::comment_page);
    site.page(Method::POST, "/consultations/{consultation}/comment", "make_comment", commenting::comment);
    site.page(Method::GET, "/comments/{comment}", "get_comment", correcting::correction_page);
    site.page(Method::POST, "/comments/{comment}", "correct_comment", correcting::correction);
    site.page(Method::GET, "/comments/{comment}/withdrawal", "get_comment", correcting::withdrawal_page);
    site.page(Method::POST, "/comments/{comment}/withdrawal", "withdraw_comment", correcting::withdrawal);
    site.page(Method::GET, "/instruments/{instrument}/revisions/{revision}/try", "get_revision", trying::pages::hub_page);
    site.page(Method::POST, "/instruments/{instrument}/revisions/{revision}/try", "get_revision", trying::pages::hub_again);
    site.page(Method::GET, "/instruments/{instrument}/revisions/{revision}/try/{section}", "get_revision", trying::pages::section_page);
    site.page(Method::POST, "/instruments/{instrument}/revisions/{revision}/try/{section}", "get_revision", trying::pages::section_again);
}
