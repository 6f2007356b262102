//! Who may do what: one table, a row for every operation of the API's document, a column for every role.

mod row;

use access::Role;
use row::row_of;
pub use row::{Row, Rule};

/// The row of an operation.
pub fn row(operation: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.operation == operation)
}

/// The table as Markdown, for docs/access.md: an operation a line, a role a column.
pub fn markdown() -> String {
    let roles = Role::ALL.map(|role| role.as_str().replace('_', " "));
    let mut table = format!(
        "| operation | {} |\n|{}\n",
        roles.join(" | "),
        " --- |".repeat(roles.len() + 1)
    );
    for row in TABLE {
        let rules = row.rules.map(|rule| match rule {
            Rule::No => "",
            Rule::Yes => "yes",
            Rule::Own => "own party’s",
            Rule::Mine => "one’s own",
            Rule::Published => "published",
            Rule::Sections => "own sections’",
            Rule::Entered => "what it enters",
        });
        table += &format!("| `{}` | {} |\n", row.operation, rules.join(" | "));
    }
    table
}

use Rule::{Entered as Entr, Mine, No, Own, Published as Publ, Sections, Yes};

/// The table.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    //                               administrator officer focal p. contrib.  mission donor anonymous
    row_of("list_parties",           [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("get_party",              [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("register_party",         [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("regroup_party",          [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("list_regional_groups",   [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("list_categories",        [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("list_standards",         [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("extend_classification",  [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("list_classification_versions",[Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("publish_classification_version",[Yes,      Yes,      No,       No,       No,       No,       No      ]),
    // Meetings and documents
    row_of("list_meetings",           [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("get_meeting",             [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("get_seats",               [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("convene_meeting",         [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("allocate_seats",          [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("record_participants",     [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("reschedule_meeting",      [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("hold_meeting",            [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("cancel_meeting",          [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("record_agenda_item",      [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("record_outcome",          [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("record_meeting_resources",[Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("list_documents",          [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("get_document",            [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("record_document",         [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("amend_document",          [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("link_document",           [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("unlink_document",         [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    // Instruments
    row_of("list_instruments",       [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      No      ]).figure(),
    row_of("draft_instrument",       [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_instrument",         [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      No      ]),
    row_of("get_draft",              [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("save_draft",             [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("take_over_sections",     [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_translations",       [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_translation",        [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("translate_instrument",   [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("revise_instrument",      [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("correct_instrument",     [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_revision",           [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      No      ]).figure().commenting(Own),
    row_of("get_differences",        [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      No      ]).figure(),
    row_of("present_revision",       [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("approve_revision",       [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("return_revision",        [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("withdraw_instrument",    [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    // Consultations and comments
    row_of("list_consultations",     [Yes,      Yes,      Yes,      Yes,      Yes,      Publ,     Publ    ]).commenting(Publ),
    row_of("open_consultation",      [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_consultation",       [Yes,      Yes,      Yes,      Yes,      Yes,      Publ,     Publ    ]).commenting(Publ),
    row_of("list_asked_parties",     [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("ask_parties",            [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("extend_consultation",    [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("close_consultation",     [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("reopen_consultation",    [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("publish_comments",       [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("list_commenters",        [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("invite_commenter",       [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("end_commenter",          [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("list_comments",          [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).audited("consultation"),
    row_of("make_comment",           [No,       No,       Own,      No,       Own,      No,       No      ]).commenting(Own),
    row_of("enter_comment",          [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_comment",            [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).audited("comment"),
    row_of("correct_comment",        [Yes,      Yes,      Own,      No,       Own,      No,       No      ]).commenting(Own),
    row_of("withdraw_comment",       [Yes,      Yes,      Own,      No,       Own,      No,       No      ]).commenting(Own),
    row_of("dispose_comment",        [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_comments_document",  [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).audited("instrument"),
    // Collections
    row_of("list_collections",       [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("open_collection",        [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_collection",         [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("list_invitations",       [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_invitation",         [Yes,      Yes,      Own,      Own,      Own,      No,       No      ]),
    row_of("invite_parties",         [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("send_invitation_list",    [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_invitation_list",     [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_invitation_proposals", [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("send_comment_invitation_list", [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_comment_invitation_list", [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_comment_invitation_proposals", [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("extend_deadline",        [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("list_extensions",        [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("correct_collection",     [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("list_corrections",       [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("close_collection",       [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("reopen_collection",      [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    // Delegations
    row_of("list_delegations",       [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("list_offices",           [Yes,      Yes,      Own,      Own,      Own,      Own,      No      ]).commenting(Own),
    row_of("get_delegation",         [Yes,      Yes,      Own,      Own,      Own,      No,       No      ]),
    row_of("name_focal_point",       [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("end_focal_point",        [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("nominate_focal_point",   [No,       No,       No,       No,       Own,      No,       No      ]),
    row_of("admit_contributor",      [Yes,      Yes,      Own,      No,       No,       No,       No      ]),
    row_of("dismiss_contributor",    [Yes,      Yes,      Own,      No,       No,       No,       No      ]),
    row_of("invite_focal_point",     [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("invite_contributor",     [Yes,      Yes,      Own,      No,       No,       No,       No      ]),
    row_of("send_reminders",         [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("list_reminders",         [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    // Contributions, projects, materials and requests
    row_of("list_currencies",        [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("list_contributions",     [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("get_contribution_totals", [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("get_contribution",       [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("pledge_contribution",    [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("correct_contribution",   [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("receive_contribution",   [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("cancel_contribution",    [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("list_projects",          [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("get_project",            [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("propose_project",        [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("edit_project",           [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("fund_project",           [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("begin_project",          [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("complete_project",       [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("cancel_project",         [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("record_project_resources", [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("list_materials",         [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("get_material",           [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("take_up_material",       [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("edit_material",          [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("revise_material",        [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("issue_material",         [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("review_material",        [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("record_material_resources", [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("list_requests",          [Yes,      Yes,      Own,      No,       Own,      No,       No      ]).audited(""),
    row_of("get_request",            [Yes,      Yes,      Own,      No,       Own,      No,       No      ]).audited("request"),
    row_of("make_request",           [No,       No,       Own,      No,       Own,      No,       No      ]),
    row_of("enter_request",          [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("withdraw_request",       [No,       No,       Own,      No,       Own,      No,       No      ]),
    row_of("accept_request",         [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("decline_request",        [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    // Sessions
    row_of("get_session",            [Mine,     Mine,     Mine,     Mine,     Mine,     Mine,     No      ]).commenting(Mine),
    row_of("open_session",           [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("end_session",            [Mine,     Mine,     Mine,     Mine,     Mine,     Mine,     No      ]).commenting(Mine),
    row_of("ask_for_link",           [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    // Replies
    row_of("list_replies",           [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).audited("collection"),
    row_of("start_reply",            [No,       No,       Own,      No,       No,       No,       No      ]),
    row_of("get_reply",              [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).audited("reply"),
    row_of("list_answers",           [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).audited("reply"),
    row_of("get_answer",             [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).audited("reply"),
    row_of("enter_reply",            [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("save_answers",           [Entr,     Entr,     Own,      Sections, No,       No,       No      ]),
    row_of("save_answer",            [Entr,     Entr,     Own,      Sections, No,       No,       No      ]),
    row_of("clear_answer",           [Entr,     Entr,     Own,      Sections, No,       No,       No      ]),
    row_of("get_previous_answers",   [Yes,      Yes,      Own,      Sections, Own,      No,       No      ]).audited("reply"),
    row_of("carry_answers_over",     [Entr,     Entr,     Own,      Sections, No,       No,       No      ]),
    row_of("confirm_carried_answers", [Entr,    Entr,     Own,      Sections, No,       No,       No      ]),
    row_of("check_reply",            [Entr,     Entr,     Own,      Sections, No,       No,       No      ]),
    row_of("submit_reply",           [Entr,     Entr,     Own,      No,       No,       No,       No      ]),
    row_of("list_versions",          [Yes,      Yes,      Own,      Sections, Own,      No,       No      ]).audited("reply"),
    row_of("get_version",            [Yes,      Yes,      Own,      Sections, Own,      No,       No      ]).audited("reply"),
    row_of("compare_versions",       [Yes,      Yes,      Own,      Sections, Own,      No,       No      ]).audited("reply"),
    row_of("list_hand_backs",        [No,       No,       Own,      Sections, No,       No,       No      ]).audited("reply"),
    row_of("hand_back_section",      [No,       No,       No,       Sections, No,       No,       No      ]),
    row_of("return_section",         [No,       No,       Own,      No,       No,       No,       No      ]),
    row_of("request_clarification",  [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("list_clarifications",    [Yes,      Yes,      Own,      Sections, Own,      No,       No      ]).audited("reply"),
    row_of("answer_clarification",   [Entr,     Entr,     Own,      No,       No,       No,       No      ]),
    row_of("withdraw_clarification", [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("accept_reply",           [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("begin_amendment",        [Entr,     Entr,     Own,      No,       No,       No,       No      ]),
    row_of("discard_amendment",      [Entr,     Entr,     Own,      No,       No,       No,       No      ]),
    row_of("withdraw_reply",         [Entr,     Entr,     Own,      No,       No,       No,       No      ]),
    row_of("get_publication",        [Yes,      Yes,      Own,      Sections, Own,      No,       No      ]).audited("reply"),
    row_of("decide_publication",     [Entr,     Entr,     Own,      No,       No,       No,       No      ]),
    // Words and files beside the log
    row_of("list_files",             [Yes,      Yes,      Own,      Sections, Own,      No,       No      ]).audited("reply"),
    row_of("attach_file",            [Entr,     Entr,     Own,      Sections, No,       No,       No      ]),
    row_of("get_file",               [Yes,      Yes,      Own,      Sections, Own,      No,       No      ]).audited("reply"),
    row_of("remove_file",            [Entr,     Entr,     Own,      Sections, No,       No,       No      ]),
    row_of("redact_content",         [Yes,      No,       No,       No,       No,       No,       No      ]),
    row_of("list_translations",      [Yes,      Yes,      No,       No,       No,       No,       No      ]).audited("content"),
    row_of("translate_content",      [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("withdraw_translation",   [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    // Needs for assistance
    row_of("list_need_types",        [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("revise_need_types",      [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("list_reply_needs",       [Yes,      Yes,      Own,      Sections, Own,      No,       No      ]).audited("reply"),
    row_of("draft_need",             [Entr,     Entr,     Own,      No,       No,       No,       No      ]),
    row_of("list_needs",             [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).audited(""),
    row_of("indicate_need",          [No,       No,       Own,      No,       No,       No,       No      ]),
    row_of("enter_need",             [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_need",               [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).audited("need"),
    row_of("edit_need",              [Entr,     Entr,     Own,      No,       No,       No,       No      ]),
    row_of("drop_need",              [Entr,     Entr,     Own,      No,       No,       No,       No      ]),
    row_of("share_need",             [No,       No,       Own,      No,       No,       No,       No      ]),
    row_of("confirm_need",           [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("merge_need",             [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("decline_need",           [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("fulfil_need",            [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("lapse_need",             [Yes,      Yes,      Own,      No,       No,       No,       No      ]),
    // Figures
    row_of("get_participation",      [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("get_tally",              [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).figure().audited("collection"),
    row_of("get_figures",            [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).figure().audited("collection"),
    row_of("get_cross_table",        [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).figure().audited("collection"),
    row_of("list_texts",             [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).figure().audited("collection"),
    row_of("get_figures_over_time",  [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).figure().audited("collection"),
    row_of("get_changes",            [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).figure().audited("collection"),
    row_of("get_dataset_catalogue",  [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]).figure(),
    row_of("get_dataset",            [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).figure().audited("collection"),
    row_of("get_data_package",       [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).figure(),
    row_of("release_figures",        [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("list_releases",          [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("get_release",            [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("get_head",               [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    row_of("list_events",            [Yes,      Yes,      No,       No,       No,       No,       No      ]).audited(""),
    row_of("get_timeline",           [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]).audited("object"),
    row_of("get_mandate",            [Yes,      Yes,      Yes,      Yes,      Yes,      Yes,      Yes     ]),
    // Reports
    row_of("list_reports",           [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]),
    row_of("begin_report",           [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_report",             [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]),
    row_of("revise_report",          [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("abandon_report",         [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("compile_report",         [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_compilation",        [Yes,      Yes,      No,       No,       No,       No,       No      ]).audited("report"),
    row_of("draft_narrative",        [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("drop_narrative",         [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("publish_report",         [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_report_body",        [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]),
    row_of("get_report_page",        [Yes,      Yes,      Publ,     Publ,     Publ,     Publ,     Publ    ]),
    // Persons and letters
    row_of("get_me",                 [Mine,     Mine,     Mine,     Mine,     Mine,     Mine,     No      ]).commenting(Mine),
    row_of("correct_me",             [Mine,     Mine,     Mine,     Mine,     Mine,     Mine,     No      ]).commenting(Mine),
    row_of("erase_me",               [Mine,     Mine,     Mine,     Mine,     Mine,     Mine,     No      ]).commenting(Mine),
    row_of("get_digest",             [Mine,     Mine,     No,       No,       No,       No,       No      ]),
    row_of("set_digest",             [Mine,     Mine,     No,       No,       No,       No,       No      ]),
    row_of("list_work",              [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("add_person",             [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_person",             [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("list_person_answers",    [Yes,      Yes,      No,       No,       No,       No,       No      ]).audited("person"),
    row_of("correct_person",         [Yes,      No,       No,       No,       No,       No,       No      ]),
    row_of("erase_person",           [Yes,      No,       No,       No,       No,       No,       No      ]),
    row_of("get_access",             [Yes,      No,       No,       No,       No,       No,       No      ]),
    row_of("end_access",             [Yes,      No,       No,       No,       No,       No,       No      ]),
    row_of("list_letters",           [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    row_of("get_letter",             [Yes,      Yes,      No,       No,       No,       No,       No      ]).letting_in().audited("letter"),
    row_of("retry_letter",           [Yes,      Yes,      No,       No,       No,       No,       No      ]),
    // Access: one's own tokens; an administrator's rights reach those of others
    row_of("make_token",             [Yes,      Mine,     Mine,     Mine,     Mine,     Mine,     No      ]).commenting(Mine),
    row_of("list_tokens",            [Yes,      Mine,     Mine,     Mine,     Mine,     Mine,     No      ]).commenting(Mine),
    row_of("get_token",              [Yes,      Mine,     Mine,     Mine,     Mine,     Mine,     No      ]).commenting(Mine),
    row_of("revoke_token",           [Yes,      Mine,     Mine,     Mine,     Mine,     Mine,     No      ]).commenting(Mine),
    row_of("list_reads",             [Yes,      No,       No,       No,       No,       No,       No      ]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_that_writes_has_a_text_for_its_refusal() {
        for row in TABLE {
            let key = format!("refused.{}", row.operation);
            let reads = ["get_", "list_", "compare_"];
            let is_read = reads.iter().any(|read| row.operation.starts_with(read));
            assert_eq!(texts::texts(&key).is_some(), !is_read, "{key}");
        }
    }
}
