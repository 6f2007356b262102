//! Every route. Paths stand beside their handlers; the API's document is collected from this very list.

use actix_web::dev::HttpServiceFactory;
use utoipa_actix_web::OpenApiFactory;
use utoipa_actix_web::service_config::ServiceConfig;

use super::*;

/// What stands in the API's document.
pub fn documented(api: &mut ServiceConfig) {
    enter(api);
}

/// What takes routes: the server, and a test that looks at each by itself.
pub trait Routes {
    /// Takes one.
    fn service<F>(&mut self, route: F) -> &mut Self
    where
        F: HttpServiceFactory + OpenApiFactory + 'static;
}

impl Routes for ServiceConfig<'_> {
    fn service<F>(&mut self, route: F) -> &mut Self
    where
        F: HttpServiceFactory + OpenApiFactory + 'static,
    {
        ServiceConfig::service(self, route)
    }
}

/// Enters each.
pub fn enter(api: &mut impl Routes) {
    // reference lists
    api.service(reference::parties::list_parties)
        .service(reference::parties::register_party)
        .service(reference::parties::get_party)
        .service(reference::parties::regroup_party)
        .service(reference::classification::list_regional_groups)
        .service(reference::classification::list_categories)
        .service(reference::classification::list_standards)
        .service(reference::classification::extend_classification)
        .service(reference::classification_versions::list_classification_versions)
        .service(reference::classification_versions::publish_classification_version);
    // meetings and documents
    api.service(meetings::list_meetings)
        .service(meetings::convene_meeting)
        .service(meetings::get_seats)
        .service(meetings::get_meeting)
        .service(meetings::life::allocate_seats)
        .service(meetings::life::record_participants)
        .service(meetings::life::reschedule_meeting)
        .service(meetings::life::hold_meeting)
        .service(meetings::life::cancel_meeting)
        .service(meetings::life::record_agenda_item)
        .service(meetings::life::record_outcome)
        .service(meetings::life::record_meeting_resources);
    api.service(documents::list_documents)
        .service(documents::record_document)
        .service(documents::get_document)
        .service(documents::amend_document)
        .service(documents::links::link_document)
        .service(documents::links::unlink_document);
    // contributions, projects, materials and requests
    api.service(reference::currencies::list_currencies)
        .service(assistance::contributions::list_contributions)
        .service(assistance::contribution_totals::get_contribution_totals)
        .service(assistance::contributing::pledge_contribution)
        .service(assistance::contributions::get_contribution)
        .service(assistance::contributing::correct_contribution)
        .service(assistance::contributing::receive_contribution)
        .service(assistance::contributing::cancel_contribution);
    api.service(assistance::projects::list_projects)
        .service(assistance::project_life::propose_project)
        .service(assistance::projects::get_project)
        .service(assistance::project_life::edit_project)
        .service(assistance::project_life::fund_project)
        .service(assistance::project_life::begin_project)
        .service(assistance::project_life::complete_project)
        .service(assistance::project_life::cancel_project)
        .service(assistance::project_life::record_project_resources);
    api.service(assistance::materials::list_materials)
        .service(assistance::material_life::take_up_material)
        .service(assistance::materials::get_material)
        .service(assistance::material_life::edit_material)
        .service(assistance::material_life::revise_material)
        .service(assistance::material_life::issue_material)
        .service(assistance::material_life::review_material)
        .service(assistance::material_life::record_material_resources);
    api.service(assistance::requests::list_requests)
        .service(assistance::requesting::make_request)
        .service(assistance::entering::enter_request)
        .service(assistance::requests::get_request)
        .service(assistance::requesting::accept_request)
        .service(assistance::requesting::decline_request)
        .service(assistance::requesting::withdraw_request);
    // instruments
    api.service(instruments::list_instruments)
        .service(instruments::draft_instrument)
        .service(instruments::get_instrument)
        .service(instruments::drafts::get_draft)
        .service(instruments::drafts::save_draft)
        .service(instruments::revisions::revise_instrument)
        .service(instruments::revisions::get_revision)
        .service(instruments::differences::get_differences)
        .service(instruments::presentations::present_revision)
        .service(instruments::presentations::approve_revision)
        .service(instruments::presentations::return_revision)
        .service(instruments::presentations::withdraw_instrument);
    // consultations and comments
    api.service(consultations::list_consultations)
        .service(consultations::forwarding::open_consultation)
        .service(consultations::get_consultation)
        .service(consultations::asked_parties::list_asked_parties)
        .service(consultations::forwarding::ask_parties)
        .service(consultations::forwarding::extend_consultation)
        .service(consultations::forwarding::close_consultation)
        .service(consultations::forwarding::reopen_consultation)
        .service(consultations::forwarding::publish_comments);
    api.service(comments::list_comments)
        .service(comments::commenting::make_comment)
        .service(comments::commenting::enter_comment)
        .service(comments::get_comment)
        .service(comments::commenting::correct_comment)
        .service(comments::commenting::withdraw_comment)
        .service(comments::commenting::dispose_comment)
        .service(comments::document::get_comments_document);
    // collections
    api.service(collections::list_collections)
        .service(collections::openings::open_collection)
        .service(collections::get_collection)
        .service(collections::extensions::extend_deadline)
        .service(collections::extensions::list_extensions)
        .service(collections::close_collection)
        .service(collections::reopen_collection)
        .service(collections::invitation_lists::list_invitations)
        .service(collections::invitation_lists::get_invitation)
        .service(collections::invitations::invite_parties);
    // delegations
    api.service(delegations::lists::list_delegations)
        .service(delegations::lists::list_offices)
        .service(delegations::get_delegation)
        .service(delegations::name_focal_point)
        .service(delegations::end_focal_point)
        .service(delegations::nominate_focal_point)
        .service(delegations::admit_contributor)
        .service(delegations::dismiss_contributor);
    api.service(delegations::invitees::invite_focal_point)
        .service(delegations::invitees::invite_contributor)
        .service(collections::reminders::send_reminders)
        .service(collections::reminder_lists::list_reminders);
    // sessions
    api.service(access::sessions::get_session)
        .service(access::sessions::open_session)
        .service(access::sessions::end_session)
        .service(access::sign_in_links::ask_for_link);
    // replies
    api.service(replies::list_replies)
        .service(replies::start_reply)
        .service(replies::get_reply)
        .service(replies::answers::list_answers)
        .service(replies::answers::get_answer)
        .service(replies::answers::save_answers)
        .service(replies::answers::save_answer)
        .service(replies::answers::clear_answer)
        .service(replies::files::list_files)
        .service(replies::files::attach_file)
        .service(replies::files::get_file)
        .service(replies::files::remove_file)
        .service(replies::submissions::submit_reply)
        .service(replies::entries::enter_reply)
        .service(replies::versions::list_versions)
        .service(replies::versions::get_version)
        .service(replies::version_differences::compare_versions)
        .service(replies::publications::get_publication)
        .service(replies::publications::decide_publication)
        .service(contents::redactions::redact_content)
        .service(contents::translations::list_translations)
        .service(contents::translations::translate_content)
        .service(contents::translations::withdraw_translation);
    // review and amendment of replies
    api.service(replies::clarifications::request_clarification)
        .service(replies::clarifications::list_clarifications)
        .service(replies::clarifications::answer_clarification)
        .service(replies::clarifications::withdraw_clarification)
        .service(replies::reviews::accept_reply)
        .service(replies::amendments::begin_amendment)
        .service(replies::amendments::discard_amendment)
        .service(replies::amendments::withdraw_reply);
    // needs for assistance
    api.service(reference::need_types::list_need_types)
        .service(reference::need_types::revise_need_types)
        .service(needs::list_reply_needs)
        .service(needs::drafts::draft_need)
        .service(needs::list_needs)
        .service(needs::indicate_need)
        .service(assistance::entering::enter_need)
        .service(needs::get_need)
        .service(needs::drafts::edit_need)
        .service(needs::drafts::drop_need)
        .service(needs::life::share_need)
        .service(needs::life::confirm_need)
        .service(needs::life::merge_need)
        .service(needs::life::decline_need)
        .service(needs::life::fulfil_need)
        .service(needs::life::lapse_need);
    // figures
    api.service(figures::participation::get_participation)
        .service(figures::tallies::get_tally)
        .service(figures::releases::release_figures)
        .service(figures::releases::list_releases)
        .service(figures::releases::get_release)
        .service(log::head::get_head)
        .service(log::events::list_events)
        .service(log::timelines::get_timeline)
        .service(log::mandates::get_mandate);
    // reports
    api.service(reports::list_reports)
        .service(reports::get_report)
        .service(reports::life::begin_report)
        .service(reports::life::revise_report)
        .service(reports::life::abandon_report)
        .service(reports::drafts::compile_report)
        .service(reports::drafts::get_compilation)
        .service(reports::drafts::draft_narrative)
        .service(reports::drafts::drop_narrative)
        .service(reports::publication::publish_report)
        .service(reports::body::get_report_body)
        .service(reports::body::get_report_page);
    // persons and letters
    api.service(persons::me::get_me)
        .service(persons::me::correct_me)
        .service(persons::me::erase_me)
        .service(persons::add_person)
        .service(persons::get_person)
        .service(persons::correct_person)
        .service(persons::erase_person)
        .service(persons::access::get_access)
        .service(persons::access::end_access);
    api.service(persons::letters::list_letters)
        .service(persons::letters::get_letter)
        .service(persons::letters::retry_letter);
    // access
    api.service(access::tokens::make_token)
        .service(access::tokens::list_tokens)
        .service(access::tokens::get_token)
        .service(access::tokens::revoke_token)
        .service(access::audit::list_reads);
}

/// What does not: pages for people, and what the operator's tools read.
pub fn routes(site: &mut actix_web::web::ServiceConfig) {
    site.service(site::front_page)
        .service(site::document)
        .service(site::shown_document)
        .service(site::documentation)
        .service(site::healthz)
        .service(site::readyz)
        .service(pages::join::link_page)
        .service(pages::join::use_link)
        .service(pages::sign_in::ask_page)
        .service(pages::sign_in::ask)
        .service(pages::sign_in::signed_in_page)
        .service(pages::sign_in::sign_out)
        .service(pages::style);
}
