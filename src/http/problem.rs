//! Every error that the API answers: RFC 9457 problems, from one table.

use std::sync::OnceLock;

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderName;
use actix_web::{HttpResponse, ResponseError};

use domain::phrase::{Phrase, PlaceholderValue};
use domain::{Fault, Lang, fault};

mod causes;
mod telling;

pub use telling::{FaultBody, ProblemBody};

/// Code and status of each problem. Its text is `problem.<code>` in data/texts.json.
#[rustfmt::skip]
pub const TABLE: &[(&str, u16)] = &[
    // The request as such
    ("bad_json", 400), ("bad_parameter", 400), ("unknown_parameter", 400), ("bad_cursor", 400), ("bad_if_match", 400),
    ("bad_idempotency_key", 400), ("several_credentials", 400), ("missing_token", 401), ("unknown_token", 401), ("session_over", 401), ("cross_site_request", 403), ("not_allowed", 403), ("scope_missing", 403), ("basic_only_reads", 403),
    ("not_found", 404), ("no_such_route", 404), ("before_it_existed", 404), ("method_not_allowed", 405),
    ("not_acceptable", 406), ("format_not_offered", 406), ("repeated_header", 400), ("form_outdated", 409), ("packed_body", 415), ("body_cut_off", 400), ("body_too_large", 413), ("unsupported_media_type", 415), ("too_many_requests", 429), ("body_too_slow", 408), ("target_too_long", 414), ("headers_too_large", 431),
    ("wrong_body", 422), ("forbidden_character", 422), ("inexact_number", 422), ("too_many_items", 422),
    ("future_position", 422), ("future_time", 422),
    // Single sign-on: what of the token does not hold, then what its claims do not give
    ("token_malformed", 401), ("token_kind_refused", 401), ("token_algorithm_refused", 401), ("token_issuer_unknown", 401),
    ("token_key_unknown", 401), ("token_signature_wrong", 401), ("token_audience_wrong", 401), ("token_expired", 401),
    ("token_not_yet_valid", 401), ("token_claim_missing", 401), ("issuer_unavailable", 503),
    ("identity_without_role", 403), ("identity_with_several_roles", 403), ("identity_without_party", 403),
    ("identity_with_several_parties", 403), ("identity_with_unknown_party", 403), ("identity_erased", 403),
    // Two who want something at once
    ("stale_if_match", 412), ("key_reused", 422), ("too_many_retries", 409),
    // The log
    ("event_too_large", 422), ("busy", 503), ("no_room", 503), ("not_recorded", 503), ("views_differ", 503), ("clock_jumped", 503),
    ("database_unavailable", 503), ("internal", 500),
    // Parties and classification
    ("party_already_registered", 409), ("unknown_party", 404), ("party_faulty", 422), ("party_already_in_group", 409),
    ("classification_faulty", 422), ("unknown_version", 404),
    // Instruments
    ("instrument_already_exists", 409), ("unknown_instrument", 404), ("instrument_faulty", 422), ("no_draft", 409),
    ("nothing_to_revise", 409), ("questionnaire_faulty", 422), ("unknown_revision", 404), ("revision_superseded", 409),
    ("revision_already_approved", 409), ("correction_contradicts", 409), ("revision_already_asked", 409), ("revision_not_approved", 409), ("sections_not_taken", 422),
    // Meetings and documents
    ("meeting_already_convened", 409), ("unknown_meeting", 404), ("meeting_faulty", 422), ("meeting_already_held", 409),
    ("meeting_not_held", 409), ("meeting_is_cancelled", 409), ("no_seats_to_allocate", 409),
    ("document_already_recorded", 409), ("document_not_recorded", 404), ("document_faulty", 422),
    ("document_already_linked", 409), ("document_not_linked", 409),
    ("revision_not_presented", 409), ("revision_returned", 409), ("instrument_presented", 409), ("instrument_withdrawn", 409),
    ("consultations_open", 409), ("comments_undisposed", 409), ("comments_not_taken_up", 409),
    // Consultations and comments
    ("consultation_already_exists", 409), ("unknown_consultation", 404), ("consultation_faulty", 422),
    ("party_already_asked", 409), ("consultation_closed", 409), ("consultation_open", 409),
    ("comments_already_published", 409), ("comment_already_exists", 409), ("unknown_comment", 404), ("unknown_commenter", 404), ("too_many_commenters", 409), ("comment_faulty", 422),
    ("party_not_asked", 409), ("comment_withdrawn", 409), ("comment_has_disposition", 409), ("comment_of_the_party", 403),
    ("disposition_faulty", 422), ("disposition_fixed", 409), ("comment_taken_up", 409),
    // Collections
    ("collection_already_exists", 409), ("unknown_collection", 404), ("collection_faulty", 422),
    ("party_already_invited", 409), ("collection_closed", 409), ("collection_open", 409),
    ("release_before_last", 409), ("release_unchanged", 409), ("too_few_newly_counted", 409), ("not_released", 404), ("breakdown_not_released", 404),
    // Figures
    ("format_too_small", 422), ("too_many_periods", 422), ("no_common_question", 422), ("filter_unknown_name", 422), ("filter_unknown_value", 422),
    // Delegations
    ("not_focal_point", 403), ("section_not_assigned", 403), ("not_contributor", 403), ("section_already_handed_back", 409), ("section_not_handed_back", 409), ("is_focal_point", 409), ("no_focal_point", 409),
    ("unknown_contributor", 404), ("too_many_contributors", 409), ("delegation_faulty", 422), ("unknown_person", 422),
    // Replies
    ("reply_already_started", 409), ("reply_not_submitted", 409), ("unknown_section", 422), ("unknown_reply", 404), ("party_not_invited", 409), ("reply_submitted", 409),
    ("unknown_question", 422), ("question_not_counted", 422), ("too_many_answers", 422), ("wrong_answer_type", 422), ("reply_incomplete", 422), ("answers_faulty", 422),
    // Their review, amendment and withdrawal, and what the Secretariat enters
    ("only_secretariat", 403), ("reply_not_entered", 403), ("reply_entered", 409), ("source_faulty", 422), ("remark_faulty", 422),
    ("reply_withdrawn", 409), ("reply_already_accepted", 409), ("reply_version_superseded", 409), ("amendment_open", 409), ("no_amendment", 409), ("no_previous_round", 409),
    ("clarification_open", 409), ("unknown_clarification", 404), ("clarification_not_open", 409), ("too_many_clarifications", 409),
    // Needs for assistance
    ("need_types_faulty", 422), ("unknown_need", 404), ("need_already_exists", 409), ("too_many_needs", 409), ("need_faulty", 422),
    ("need_not_drafted", 409), ("need_not_indicated", 409), ("need_already_confirmed", 409), ("need_not_confirmed", 409),
    ("need_not_matched", 409), ("need_is_matched", 409), ("need_over", 409),
    // Files on a reply
    ("file_type_not_allowed", 415), ("file_empty", 422), ("file_too_large", 413), ("too_many_files", 409), ("reply_full", 413), ("file_deleted", 410), ("day_used_up", 429), ("consent_not_said", 422), ("consent_changed_too_often", 409), ("unknown_file", 404),
    ("bad_file_name", 400), ("file_type_differs", 422),
    // Reports
    ("report_already_exists", 409), ("unknown_report", 404), ("report_faulty", 422), ("report_published", 409), ("report_not_compiled", 409),
    ("headings_missing", 409), ("figures_not_released", 409), ("unknown_narrative", 404), ("not_that_session", 409), ("report_changed", 409),
    ("report_abandoned", 409),
    // Contributions, projects, materials and requests
    ("contribution_already_pledged", 409), ("unknown_contribution", 404), ("contribution_faulty", 422),
    ("contribution_already_received", 409), ("contribution_is_cancelled", 409),
    ("project_already_proposed", 409), ("unknown_project", 404), ("project_faulty", 422), ("project_already_funded", 409),
    ("project_not_funded", 409), ("project_already_under_way", 409), ("project_not_under_way", 409),
    ("project_is_completed", 409), ("project_is_cancelled", 409),
    ("material_already_taken_up", 409), ("unknown_material", 404), ("material_faulty", 422), ("material_under_review", 409),
    ("material_not_revised", 409), ("material_already_revised", 409), ("material_not_issued", 409),
    ("material_already_issued", 409),
    ("request_already_made", 409), ("unknown_request", 404), ("request_faulty", 422), ("not_a_state", 403),
    ("request_already_decided", 409), ("request_is_withdrawn", 409),
    // Redaction
    ("unknown_content", 404), ("content_already_redacted", 409), ("content_not_redactable", 409), ("redacted", 410),
    // Translations
    ("content_not_translatable", 409), ("unknown_translation", 404), ("translation_faulty", 422),
    // Invitations, links and sessions
    ("unknown_link", 404), ("invitation_list_faulty", 422), ("account_not_chosen", 409), ("asked_too_often", 429),
    // Persons and letters
    ("person_faulty", 422), ("address_taken", 409), ("address_change_refused", 403), ("letter_not_retried", 409), ("reminder_faulty", 422),
    // Access
    ("token_faulty", 422), ("read_not_recorded", 503),
];

/// How many faults a problem lists at most.
pub(super) const MOST_FAULTS: usize = 100;

/// The placeholder of a text for what was refused.
const REFUSED: &str = "refused";

/// Is shown every problem on its way out. The tests look through each in all its languages.
pub static WATCH: OnceLock<fn(&Problem)> = OnceLock::new();

/// A problem on its way out; its words are chosen when the reader's language is known.
#[derive(Clone, Debug)]
pub struct Problem {
    code: &'static str,
    args: Vec<(&'static str, PlaceholderValue)>,
    /// The first of them.
    faults: Box<[Fault]>,
    /// How many there are.
    faults_total: usize,
    /// The problem of each parameter at fault, by its name.
    parameters: Box<[(String, Self)]>,
    pointer: Option<Box<str>>,
    headers: Vec<(HeaderName, String)>,
}

impl Problem {
    /// The problem with this code, which must stand in [`TABLE`].
    pub fn new(code: &'static str) -> Self {
        Self {
            code,
            args: Vec::new(),
            faults: Box::default(),
            faults_total: 0,
            parameters: Box::default(),
            pointer: None,
            headers: Vec::new(),
        }
    }

    /// Something that is not there, or that the caller may not see.
    pub fn not_found(what: &'static str) -> Self {
        Self::new("not_found").words("what", Phrase::new("thing", what))
    }

    /// A body of the wrong shape.
    pub fn wrong_body(faults: Vec<Fault>) -> Self {
        let problem = Self::new("wrong_body");
        let problem = match faults.as_slice() {
            [only] => problem.at(only.pointer.clone()),
            _ => problem,
        };
        problem.faults(faults)
    }

    /// A body whose member there is another one than is taken.
    pub fn not_as_expected(pointer: &str, expected: Phrase) -> Self {
        let fault = fault::NOT_AS_EXPECTED.at(pointer);
        Self::wrong_body(vec![fault.words("expected", expected)])
    }

    /// A parameter that is another one than is taken.
    pub fn bad_parameter(name: impl ToString, expected: Phrase, got: impl ToString) -> Self {
        Self::new("bad_parameter")
            .arg("parameter", name)
            .words("expected", expected)
            .arg("got", got)
    }

    /// Parameters, each with its problem: that of the first, which lists the first of them, and how many there are.
    ///
    /// # Errors
    /// There is one.
    pub fn of_parameters(mut wrong: Vec<(String, Self)>) -> Result<(), Self> {
        match wrong.first() {
            None => Ok(()),
            Some((_, first)) => {
                let mut problem = first.clone();
                problem.faults_total = wrong.len();
                wrong.truncate(MOST_FAULTS);
                problem.parameters = wrong.into();
                Err(problem)
            }
        }
    }

    /// What was looked for; none where it is not there for the caller. That the database is away is no such answer.
    ///
    /// # Errors
    /// Every other problem.
    pub fn optional<T>(found: Result<T, Self>) -> Result<Option<T>, Self> {
        match found {
            Ok(found) => Ok(Some(found)),
            Err(problem) if problem.code == "not_found" => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// Fills a placeholder of its text with what is the same in every language: a number, a code, what the caller wrote.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args
            .push((name, PlaceholderValue::same(value.to_string())));
        self
    }

    /// Fills a placeholder of its text with words.
    #[must_use]
    pub fn words(mut self, name: &'static str, words: Phrase) -> Self {
        self.args.push((name, PlaceholderValue::Words(words)));
        self
    }

    /// Where in the body.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into().into());
        self
    }

    /// With these faults, of which the first are told, and how many there are.
    #[must_use]
    pub fn faults(mut self, mut faults: Vec<Fault>) -> Self {
        self.faults_total = faults.len();
        faults.truncate(MOST_FAULTS);
        self.faults = faults.into_boxed_slice();
        self
    }

    /// The same, each fault placed anew: `place` answers where it is in the request, or nothing where it is right already.
    #[must_use]
    pub fn remap_pointers(mut self, place: impl Fn(&str) -> Option<String>) -> Self {
        for fault in &mut self.faults {
            if let Some(pointer) = place(&fault.pointer) {
                fault.pointer = pointer;
            }
        }
        if let Some(pointer) = self.pointer.as_deref().and_then(place) {
            self.pointer = Some(pointer.into());
        }
        self
    }

    /// With a header in the answer.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: impl ToString) -> Self {
        self.headers.push((name, value.to_string()));
        self
    }

    /// The same, of the operation that was refused: several share a code, and its text says which it was.
    #[must_use]
    pub fn of_operation(self, operation: Option<&'static str>) -> Self {
        let refused = operation.map(|operation| Phrase::new("refused", operation));
        match refused.filter(|refused| texts::texts(&refused.text()).is_some()) {
            Some(refused) => self.words(REFUSED, refused),
            None => self,
        }
    }

    /// Headers of its answer.
    pub fn headers(&self) -> &[(HeaderName, String)] {
        &self.headers
    }

    /// Its faults, each with its place.
    pub fn all_faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Its stable code.
    pub fn code(&self) -> &'static str {
        self.code
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.code)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        TABLE
            .iter()
            .find(|(code, _)| *code == self.code)
            .and_then(|(_, status)| StatusCode::from_u16(*status).ok())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        self.response(&[Lang::En], None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_of_the_core_is_in_the_table_and_every_row_has_a_text() {
        for (code, _) in domain::refusals() {
            assert!(
                TABLE.iter().any(|(known, _)| *known == code),
                "{code} is not in the table"
            );
        }
        for (code, status) in TABLE {
            for key in [format!("problem.{code}"), format!("status.{status}")] {
                assert!(texts::texts(&key).is_some(), "{key} has no text");
            }
        }
    }
}
