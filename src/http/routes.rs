//! Every route. Paths stand beside their handlers; the API's document is collected from this very list.

use utoipa_actix_web::service_config::ServiceConfig;

use super::*;

/// What stands in the API's document.
pub fn documented(api: &mut ServiceConfig) {
    // reference lists
    api.service(parties::list_parties)
        .service(parties::register_party)
        .service(parties::get_party)
        .service(parties::regroup_party)
        .service(classification::list_regional_groups)
        .service(classification::list_categories)
        .service(classification::list_standards)
        .service(classification::extend_classification)
        .service(classification_versions::list_classification_versions)
        .service(classification_versions::publish_classification_version);
    // meetings and documents
    api.service(meetings::list_meetings)
        .service(meetings::convene_meeting)
        .service(meetings::get_seats)
        .service(meetings::get_meeting)
        .service(meeting_life::allocate_seats)
        .service(meeting_life::record_participants)
        .service(meeting_life::reschedule_meeting)
        .service(meeting_life::hold_meeting)
        .service(meeting_life::cancel_meeting)
        .service(meeting_life::record_agenda_item)
        .service(meeting_life::record_outcome)
        .service(meeting_life::record_meeting_resources);
    api.service(documents::list_documents)
        .service(documents::record_document)
        .service(documents::get_document)
        .service(documents::amend_document)
        .service(document_links::link_document)
        .service(document_links::unlink_document);
    // contributions, projects, materials and requests
    api.service(currencies::list_currencies)
        .service(contributions::list_contributions)
        .service(contribution_totals::get_contribution_totals)
        .service(contributing::pledge_contribution)
        .service(contributions::get_contribution)
        .service(contributing::correct_contribution)
        .service(contributing::receive_contribution)
        .service(contributing::cancel_contribution);
    api.service(projects::list_projects)
        .service(project_life::propose_project)
        .service(projects::get_project)
        .service(project_life::edit_project)
        .service(project_life::fund_project)
        .service(project_life::begin_project)
        .service(project_life::complete_project)
        .service(project_life::cancel_project)
        .service(project_life::record_project_resources);
    api.service(materials::list_materials)
        .service(material_life::take_up_material)
        .service(materials::get_material)
        .service(material_life::edit_material)
        .service(material_life::revise_material)
        .service(material_life::issue_material)
        .service(material_life::review_material)
        .service(material_life::record_material_resources);
    api.service(requests::list_requests)
        .service(requesting::make_request)
        .service(entering::enter_request)
        .service(requests::get_request)
        .service(requesting::accept_request)
        .service(requesting::decline_request)
        .service(requesting::withdraw_request);
    // instruments
    api.service(instruments::list_instruments)
        .service(instruments::draft_instrument)
        .service(instruments::get_instrument)
        .service(drafts::get_draft)
        .service(drafts::save_draft)
        .service(revisions::revise_instrument)
        .service(revisions::get_revision)
        .service(differences::get_differences)
        .service(presentations::present_revision)
        .service(presentations::approve_revision)
        .service(presentations::return_revision)
        .service(presentations::withdraw_instrument);
    // consultations and comments
    api.service(consultations::list_consultations)
        .service(forwarding::open_consultation)
        .service(consultations::get_consultation)
        .service(asked_parties::list_asked_parties)
        .service(forwarding::ask_parties)
        .service(forwarding::extend_consultation)
        .service(forwarding::close_consultation)
        .service(forwarding::reopen_consultation)
        .service(forwarding::publish_comments);
    api.service(comments::list_comments)
        .service(commenting::make_comment)
        .service(commenting::enter_comment)
        .service(comments::get_comment)
        .service(commenting::correct_comment)
        .service(commenting::withdraw_comment)
        .service(commenting::dispose_comment)
        .service(comments_document::get_comments_document);
    // collections
    api.service(collections::list_collections)
        .service(openings::open_collection)
        .service(collections::get_collection)
        .service(extensions::extend_deadline)
        .service(extensions::list_extensions)
        .service(collections::close_collection)
        .service(collections::reopen_collection)
        .service(invitation_lists::list_invitations)
        .service(invitation_lists::get_invitation)
        .service(invitations::invite_parties);
    // delegations
    api.service(delegation_lists::list_delegations)
        .service(delegation_lists::list_offices)
        .service(delegations::get_delegation)
        .service(delegations::name_focal_point)
        .service(delegations::end_focal_point)
        .service(delegations::nominate_focal_point)
        .service(delegations::admit_contributor)
        .service(delegations::dismiss_contributor);
    api.service(invitees::invite_focal_point)
        .service(invitees::invite_contributor)
        .service(reminders::send_reminders)
        .service(reminder_lists::list_reminders);
    // sessions
    api.service(sessions::get_session)
        .service(sessions::open_session)
        .service(sessions::end_session)
        .service(sign_in_links::ask_for_link);
    // replies
    api.service(replies::list_replies)
        .service(replies::start_reply)
        .service(replies::get_reply)
        .service(answers::list_answers)
        .service(answers::get_answer)
        .service(answers::save_answers)
        .service(answers::save_answer)
        .service(answers::clear_answer)
        .service(files::list_files)
        .service(files::attach_file)
        .service(files::get_file)
        .service(files::remove_file)
        .service(submissions::submit_reply)
        .service(entries::enter_reply)
        .service(versions::list_versions)
        .service(versions::get_version)
        .service(version_differences::compare_versions)
        .service(publications::get_publication)
        .service(publications::decide_publication)
        .service(redactions::redact_content)
        .service(translations::list_translations)
        .service(translations::translate_content)
        .service(translations::withdraw_translation);
    // review and amendment of replies
    api.service(clarifications::request_clarification)
        .service(clarifications::list_clarifications)
        .service(clarifications::answer_clarification)
        .service(clarifications::withdraw_clarification)
        .service(reviews::accept_reply)
        .service(amendments::begin_amendment)
        .service(amendments::discard_amendment)
        .service(amendments::withdraw_reply);
    // needs for assistance
    api.service(need_types::list_need_types)
        .service(need_types::revise_need_types)
        .service(needs::list_reply_needs)
        .service(need_drafts::draft_need)
        .service(needs::list_needs)
        .service(needs::indicate_need)
        .service(entering::enter_need)
        .service(needs::get_need)
        .service(need_drafts::edit_need)
        .service(need_drafts::drop_need)
        .service(need_life::share_need)
        .service(need_life::confirm_need)
        .service(need_life::merge_need)
        .service(need_life::decline_need)
        .service(need_life::fulfil_need)
        .service(need_life::lapse_need);
    // figures
    api.service(participation::get_participation)
        .service(tallies::get_tally)
        .service(releases::release_figures)
        .service(releases::list_releases)
        .service(releases::get_release)
        .service(events::list_events)
        .service(timelines::get_timeline)
        .service(mandates::get_mandate);
    // reports
    api.service(reports::list_reports)
        .service(reports::get_report)
        .service(report_life::begin_report)
        .service(report_life::revise_report)
        .service(report_life::abandon_report)
        .service(report_drafts::compile_report)
        .service(report_drafts::get_compilation)
        .service(report_drafts::draft_narrative)
        .service(report_drafts::drop_narrative)
        .service(report_publication::publish_report)
        .service(report_body::get_report_body)
        .service(report_body::get_report_page);
    // persons and letters
    api.service(me::get_me)
        .service(me::correct_me)
        .service(me::erase_me)
        .service(persons::add_person)
        .service(persons::get_person)
        .service(persons::correct_person)
        .service(persons::erase_person)
        .service(person_access::get_access)
        .service(person_access::end_access);
    api.service(letters::list_letters)
        .service(letters::get_letter)
        .service(letters::retry_letter);
    // access
    api.service(tokens::make_token)
        .service(tokens::list_tokens)
        .service(tokens::get_token)
        .service(tokens::revoke_token)
        .service(audit::list_reads);
}

/// What does not: pages for people, and what the operator's tools read.
pub fn routes(site: &mut actix_web::web::ServiceConfig) {
    site.service(site::front_page)
        .service(site::document)
        .service(site::healthz)
        .service(site::readyz)
        .service(site::metrics)
        .service(pages::join::link_page)
        .service(pages::join::use_link)
        .service(pages::sign_in::ask_page)
        .service(pages::sign_in::ask)
        .service(pages::sign_in::signed_in_page)
        .service(pages::sign_in::sign_out)
        .service(pages::style);
}
