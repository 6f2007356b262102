//! The table of faults: each with its code, what fills its text, and what it means.

use super::FaultCode;

macro_rules! fault_codes {
    ($list:ident: $($name:ident = $code:literal [$($arg:literal),*], $doc:literal;)+) => {
        $(#[doc = $doc] pub const $name: FaultCode = FaultCode { code: $code, args: &[$($arg),*], meaning: $doc };)+

        pub(super) const $list: &[FaultCode] = &[$($name,)+];
    };
}

mod answers;
mod corrections;
mod questionnaires;
mod rules;

pub use answers::*;
pub use corrections::*;
pub use questionnaires::*;
pub use rules::*;

/// Every kind of fault.
pub fn all() -> impl Iterator<Item = &'static FaultCode> {
    [GENERAL, QUESTIONNAIRES, CORRECTIONS, RULES, ANSWERS]
        .into_iter()
        .flatten()
}

fault_codes! {
    GENERAL:

    // Any request.
    MISSING_FIELD = "missing_field" ["field"],
        "The object lacks a member that it must have. The pointer is that of the member.";
    UNKNOWN_FIELD = "unknown_field" ["field", "known"], "The object has a member that means nothing there.";
    WRONG_JSON_TYPE = "wrong_json_type" ["expected"], "The JSON value is of another kind than expected.";
    NOT_AS_EXPECTED = "not_as_expected" ["expected"],
        "The value is of the right kind, and is not written as it must be, or not one of those that there are.";
    BLANK = "blank" [], "The text must say something.";
    TEXT_TOO_LONG = "text_too_long" ["max"], "The text has more characters than the most allowed.";
    MISSING_TEXT = "missing_text" ["language"], "The text is missing, or blank, in a language.";
    TOO_LARGE = "too_large" ["max"], "What would be stored has more bytes than one event holds.";

    // Parties.
    BAD_STATE_CODE = "bad_state_code" ["code"],
        "A State's code is its ISO 3166-1 alpha-3 code: three capital letters.";
    BAD_PARTY_CODE = "bad_party_code" ["code"],
        "A party's code is 2 to 20 capital letters, digits and hyphens.";
    BAD_ISO2 = "bad_iso2" ["code"], "An ISO 3166-1 alpha-2 code is two capital letters.";
    BAD_M49 = "bad_m49" ["code"], "An M49 code is three digits.";
    REGIONAL_GROUP_REQUIRED = "regional_group_required" [], "A Member State belongs to a regional group.";
    REGIONAL_GROUP_NOT_ALLOWED = "regional_group_not_allowed" ["kind"],
        "Only States belong to regional groups.";

    // Classification.
    BAD_CODE = "bad_code" ["code"], "A code is 1 to 40 letters, digits and hyphens.";
    CATEGORY_EXISTS = "category_exists" ["code"], "There is a category with this code already.";
    STANDARD_EXISTS = "standard_exists" ["code"], "There is a standard with this code already.";
    UNKNOWN_CATEGORY = "unknown_category" ["code"], "There is no category with this code.";
    BAD_YEAR = "bad_year" ["value"], "A year is a whole number with four digits.";
    BEFORE_LAST_VERSION = "before_last_version" ["on"], "The day lies before that of the version before.";
    VERSION_CHANGES_NOTHING = "version_changes_nothing" [], "A version of the classification changes something.";
    STANDARD_LISTED_TWICE = "standard_listed_twice" ["code"], "The standard is listed twice.";
    STANDARD_THERE_ALREADY = "standard_there_already" ["code", "category"], "The standard is in this category already.";
    CATEGORY_NOT_EMPTY = "category_not_empty" ["code", "standards"],
        "A category is given up only when no standard is left in it.";

    // Persons.
    BAD_LINE = "bad_line" [], "The text is one line, without control characters and marks that turn its direction.";
    BAD_EMAIL = "bad_email" ["email"], "An address is name@host, and nothing else.";
    BAD_TELEPHONE = "bad_telephone" [],
        "A telephone number is at least three digits, with + - ( ) / . # * and ext between.";

    // Meetings.
    ENDS_BEFORE_IT_STARTS = "ends_before_it_starts" ["starts_on"], "The last day lies before the first.";
    SESSION_REQUIRED = "session_required" ["kind"], "A session of the Commission and a Congress have a number.";
    CATEGORY_LISTED_TWICE = "category_listed_twice" ["code"], "The category is listed twice.";
    NO_SUCH_PARAGRAPH = "no_such_paragraph" ["paragraph", "last"],
        "The resolution has no operative paragraph with this number.";
    BAD_NUMBER_OF_SEATS = "bad_number_of_seats" ["seats", "max"], "A meeting of experts has at least one seat.";
    NOBODY = "nobody" [], "A party that takes part sends at least one person.";
    NO_SUCH_PARTY = "no_such_party" [], "There is no such party.";
    EXPERT_WITHOUT_GROUP = "expert_without_group" [],
        "An expert takes a seat of a regional group, so the party is a State in one; others are observers.";
    MEMBER_IS_NO_MEMBER_STATE = "member_is_no_member_state" ["kind"], "Only a Member State takes part as a member.";
    AGENDA_FULL = "agenda_full" ["max"], "The agenda has more items than allowed.";
    NO_SUCH_INSTRUMENT = "no_such_instrument" ["instrument"], "There is no such instrument.";
    NO_SUCH_REVISION = "no_such_revision" ["revision"], "The instrument has no revision with this number.";
    REVISION_LISTED_TWICE = "revision_listed_twice" ["revision"], "The revision is listed twice.";
    OUTCOME_SAYS_NOTHING = "outcome_says_nothing" [],
        "An outcome is revisions, a decision or a summary: at least one of them.";

    // Documents.
    BAD_SYMBOL = "bad_symbol" ["symbol"],
        "A symbol is capital letters, then parts after strokes: E/CN.15/2004/9/Add.1.";
    BAD_URL = "bad_url" [], "An address begins with https:// or http://, and has no blanks.";
    NO_SUCH_OBJECT = "no_such_object" ["target"], "There is nothing of this kind with this id.";
    NOT_FOR_THIS_TARGET = "not_for_this_target" ["as", "target"],
        "A document cannot stand in this relation to an object of this kind.";

    // Instruments before meetings, and the comments on them.
    NO_SUCH_MEETING = "no_such_meeting" ["meeting"], "There is no such meeting.";
    MEETING_NOT_OF_THE_ROUTE = "meeting_not_of_the_route" ["route"],
        "An intersessional meeting decides on instruments of the intersessional route, a session on those of the other.";
    MEETING_WAS_CANCELLED = "meeting_was_cancelled" [], "The meeting was cancelled, and decides on nothing.";
    PROGRESS_REPORT_MISSING = "progress_report_missing" [],
        "An instrument that is presented to a session comes with a report on progress.";
    NO_SUCH_DOCUMENT = "no_such_document" [], "There is no document with this symbol.";
    NOT_THE_MEETING = "not_the_meeting" [], "The revision is before another meeting, and that one decides on it.";
    BEFORE_PRESENTATION = "before_presentation" ["presented_on"], "The day lies before that of the presentation.";
    BEFORE_THE_MEETING = "before_the_meeting" ["starts_on"], "The day lies before the meeting's first.";
    TOO_MANY_COMMENTS = "too_many_comments" ["max"], "A revision names more comments than allowed.";
    COMMENT_LISTED_TWICE = "comment_listed_twice" ["comment"], "The comment is listed twice.";
    NO_SUCH_COMMENT = "no_such_comment" ["comment"], "There is no such comment.";
    COMMENT_ON_ANOTHER_INSTRUMENT = "comment_on_another_instrument" ["comment"], "The comment is on another instrument.";
    COMMENT_NOT_ACCEPTED = "comment_not_accepted" ["comment"],
        "Only a comment that is accepted, at least in part, can be taken up.";
    CONSULTATION_STILL_OPEN = "consultation_still_open" ["consultation"],
        "The consultation is open: comments may still come. The pointer names it.";
    COMMENT_WITHOUT_DISPOSITION = "comment_without_disposition" ["comment", "party"],
        "The comment has no disposition. The pointer names it.";
    COMMENT_NOT_TAKEN_UP = "comment_not_taken_up" ["comment", "party"],
        "The comment is accepted, at least in part, and no revision takes it up. The pointer names it.";

    // Consultations and dispositions.
    AUDIENCE_LISTED_TWICE = "audience_listed_twice" ["kind"], "The kind of party is listed twice.";
    ASKED_ALREADY = "asked_already" ["party"], "The party was asked already.";
    NO_EXTENSION = "no_extension" ["until"], "An extension ends later than what it extends.";
    BEFORE_OPENING = "before_opening" ["opened_on"], "The day lies before that of the opening.";
    DAY_IN_THE_FUTURE = "day_in_the_future" [], "The day is still to come.";
    REVISION_TAKES_NOTHING_UP = "revision_takes_nothing_up" ["disposition"],
        "Only what is accepted, at least in part, has a revision that takes it up.";
    REVISION_NOT_LATER = "revision_not_later" ["first", "last"],
        "The revision that takes a comment up is later than the one commented on, and at most the next one.";

    // Collections.
    UNKNOWN_TIME_ZONE = "unknown_time_zone" ["time_zone"], "The time zone database has no zone with this name.";
    NO_SUCH_LOCAL_TIME = "no_such_local_time" ["given", "time_zone", "next"],
        "The clocks of the zone never show this time, or leave the day out.";
    LOCAL_TIME_TWICE = "local_time_twice" ["given", "time_zone", "first", "second"],
        "The clocks of the zone show this time twice, when they are put back.";
    DEADLINE_BEFORE_OPENING = "deadline_before_opening" ["opened_on"], "The deadline lies before the opening.";
    BAD_SESSION = "bad_session" ["session"], "A session of the Commission has a number from 1 to 999.";
    RELEASE_THRESHOLD_TOO_LOW = "release_threshold_too_low" ["threshold", "min"],
        "A release of figures on all replies needs at least three newly counted ones; a collection can ask for more, never for fewer.";
    RELEASE_THRESHOLD_WITHOUT_ALL = "release_threshold_without_all" [],
        "Releases need newly counted replies only where public figures stand on all replies.";
    NEWLY_COUNTED_BELOW_THRESHOLD = "newly_counted_below_threshold" ["counted", "needed"],
        "Fewer replies of Member States were newly counted since the last release than a release needs.";
    PARTY_LISTED_TWICE = "party_listed_twice" ["party"], "The party is listed twice.";
    INVITED_ALREADY = "invited_already" ["party"], "The party is invited already.";
    NOT_INVITED = "not_invited" ["party"], "The party is not invited to reply in the collection.";
    LETTER_BEFORE_OPENING = "letter_before_opening" ["opened_on"],
        "A letter that invites more parties is of the day of the collection's opening or later.";
    DEADLINE_NOT_LATER = "deadline_not_later" ["deadline"], "An extension sets a later deadline than holds already.";
    RECEIVED_BEFORE_OPENING = "received_before_opening" ["opened_on"],
        "What is entered was received on the day of the collection's opening or later.";
    RECEIVED_IN_FUTURE = "received_in_future" ["today"], "What is entered was received today or earlier.";

    // Delegations.
    NO_SUCH_SECTION = "no_such_section" ["code"], "The questionnaire has no section with this code.";
    SECTION_OF_OTHERS = "section_of_others" ["section"],
        "The question is in a section to which the contributor was not admitted.";

    // Invitations by list.
    NOT_ASKED = "not_asked" ["party"], "The party was not asked for its comments in the consultation.";
    COLUMN_UNKNOWN = "column_unknown" ["column", "columns"], "The table's first line names a column that lists of invitations do not have.";
    BAD_CELL = "bad_cell" ["column", "value", "expected"], "The cell says something else than its column can.";
    SECTIONS_WITHOUT_CONTRIBUTOR = "sections_without_contributor" [], "Only contributors are invited to sections.";
    INVITEE_LISTED_TWICE = "invitee_listed_twice" ["line"], "The person is listed for this party before.";
    FOCAL_POINT_LISTED_TWICE = "focal_point_listed_twice" ["line", "party"], "A party has one focal point, and the list names another before.";

    // Files on a reply.
    FILE_NAME_IS_PATH = "file_name_is_path" ["name"], "A file's name is a name and no path: without strokes, and not `.` or `..`.";
    STRAY_IN_FILE_NAME = "stray_in_file_name" ["name", "character", "place"],
        "A file's name has a character that cannot be seen, or turns the direction of what follows.";
    FILE_NAME_RESERVED = "file_name_reserved" ["name", "character", "place"],
        "A file's name has a character that some systems keep for themselves: \" * : < > ? |.";
    FILE_NAME_END = "file_name_end" ["name"], "A file's name neither begins with a space nor ends with a space or a point.";
    FILE_NAME_OF_DEVICE = "file_name_of_device" ["name"], "Some systems take the name for a device's: CON, NUL, COM1, and the like.";
    FILE_NAME_TOO_LONG = "file_name_too_long" ["bytes", "max"], "A file's name has at most 255 bytes in UTF-8.";
    FILE_EXTENSION = "file_extension" ["name", "media_type", "expected"], "A file's name ends as those of its media type do.";
    FILE_IS_OF_ANOTHER_TYPE = "file_is_of_another_type" ["media_type", "found"], "The bytes are those of another type than was said.";
    FILE_IS_NOT_OF_ITS_TYPE = "file_is_not_of_its_type" ["media_type"], "The bytes are not those of the type that was said.";
    NO_ROOM = "no_room" ["max", "left"], "All files of a reply together have no more bytes than that.";

    // Consent to publication.
    CONSENT_GIVEN_TOO_OFTEN = "consent_given_too_often" ["given", "hours", "from"],
        "Consent was given as often as it may be within some hours.";

    // Contributions and projects.
    NOT_POSITIVE = "not_positive" [], "The amount is more than nothing.";
    UNKNOWN_CURRENCY = "unknown_currency" ["currency"], "There is no currency with this ISO 4217 code.";
    AMOUNT_TOO_FINE = "amount_too_fine" ["currency", "places"],
        "The amount has more digits after the point than the currency has minor units.";
    TAKES_NO_CONTRIBUTIONS = "takes_no_contributions" [], "The meeting or project was cancelled, and takes nothing.";
    REQUEST_NOT_ACCEPTED = "request_not_accepted" ["id"], "A project answers requests that are accepted.";
    NEED_IS_OVER = "need_is_over" ["id", "status"], "The need was merged, declined or met, or has lapsed.";
    NOT_A_SUBMITTED_REPLY = "not_a_submitted_reply" ["id"], "What a project cites is a reply that was submitted.";
    NO_PARTNER_ENTITY = "no_partner_entity" ["kind"],
        "Partners are entities of the United Nations system and intergovernmental organizations.";
    PARTNER_REQUIRED = "partner_required" [], "A project after a conflict has at least one partner.";
    NO_NEED = "no_need" [], "A request names at least one need.";
    BEFORE_WHAT_IT_FOLLOWS = "before_what_it_follows" ["day"], "The day lies before that of what it follows.";
    AFTER_WHAT_FOLLOWS = "after_what_follows" ["day"], "The day lies after that of what follows it.";
    CORRECTS_NOTHING = "corrects_nothing" [], "A correction says something else than what is recorded.";

    // Needs for assistance, and what answers them.
    BAD_NEED_TYPE = "bad_need_type" ["code"],
        "The code of a type of need is 1 to 40 small letters, digits and underscores.";
    DUPLICATE_NEED_TYPE = "duplicate_need_type" ["code"], "Another type of need in the list has this code.";
    NO_AREA = "no_area" [], "A need is about a category, a standard, or both.";
    STANDARD_OF_OTHER_CATEGORY = "standard_of_other_category" ["code", "category"],
        "The standard is in another category than the one that is named with it.";
    UNKNOWN_NEED_TYPE = "unknown_need_type" ["code"], "The list of types of needs has no such type.";
    NOT_A_DIFFICULTY = "not_a_difficulty" ["code"],
        "An obstacle is a question under the heading of difficulties, of the questionnaire that the reply answers; or words.";
    BAD_MERGE_TARGET = "bad_merge_target" [],
        "A need is merged into another need of the same party that is indicated and not over.";
    PROJECT_DID_NOT_MEET = "project_did_not_meet" [],
        "What meets a need is a completed project that is about it.";
    // Reports.
    REPORTS_NOTHING = "reports_nothing" [], "A report is about collections, or instruments, or both.";
    NO_INSTRUMENTS = "no_instruments" [], "A report on progress in preparing instruments is about at least one.";
    NO_SUCH_ANSWER = "no_such_answer" ["reply"],
        "No submitted reply in the report's collections has an answer to this question.";
    NO_NARRATIVE = "no_narrative" ["heading"], "The heading has no narrative.";
    NO_WHOLE_LANGUAGE = "no_whole_language" [], "In no language do all the headings have a narrative.";
    NO_RELEASE = "no_release" ["collection"],
        "No figures of the collection were released by the position that the report was compiled as of.";

    // Lists of what there is.
    LIST_EMPTY = "list_empty" [], "The list has at least one element.";
    NOT_THERE = "not_there" ["id"], "There is nothing of that kind with this id.";
    LISTED_TWICE = "listed_twice" ["id"], "It is listed twice.";
    TOO_MANY_LISTED = "too_many_listed" ["max"], "The list has more elements than allowed.";

    // Access.
    BAD_END_OF_TOKEN = "bad_end_of_token" ["latest"],
        "A token's end is given once, as a time or in days, lies in the future, and not after the latest allowed.";
    PARTY_AND_ROLE = "party_and_role" [],
        "A role of the Secretariat acts for no party, and any other role for one.";
}
