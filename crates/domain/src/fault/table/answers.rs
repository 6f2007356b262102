//! Faults of answers: when they are saved, and when a reply is submitted.

use super::FaultCode;

fault_codes! {
    ANSWERS:

    // Saving answers.
    MALFORMED_ANSWER = "malformed_answer" [], "An answer is {\"value\": ...} or {\"missing\": \"not_available\"}.";
    COMMENT_WITHOUT_ANSWER = "comment_without_answer" [], "A comment stands beside an answer, and the question is blank.";
    STRAY_CHARACTER = "stray_character" ["value", "character", "place"],
        "A code, a number or a day has a character that cannot be seen there, or a digit of another script.";
    MALFORMED_COMMENT = "malformed_comment" [], "A comment is {\"text\": ..., \"lang\": ...}.";
    EMPTY_ANSWER = "empty_answer" [], "An empty answer is none: clear the answer instead.";
    NO_SUCH_QUESTION = "no_such_question" ["code"], "The questionnaire has no question with this code.";
    ANSWER_OF_WRONG_TYPE = "answer_of_wrong_type" ["expected"],
        "The question takes another type of answer.";
    BAD_DECIMAL = "bad_decimal" ["value", "max"],
        "A decimal is digits 0-9, before them at most one sign, among them at most one point; as a JSON number or a string.";
    BAD_DATE = "bad_date" ["value"], "A date is a day of the calendar, written YYYY-MM-DD.";
    BAD_WHOLE_NUMBER = "bad_whole_number" ["value"],
        "A whole number is digits 0-9, before them at most one sign; 12.0 is 12. It fits 64 bits.";
    UNKNOWN_OPTION = "unknown_option" ["value", "options"], "The question has no such option.";
    UNKNOWN_LANGUAGE = "unknown_language" ["language", "known"], "The text's language is none of the six.";

    // Answers of parts.
    NO_SUCH_FIELD = "no_such_field" ["address"], "The question has no cell or part with this address.";
    NO_SUCH_ENTRY = "no_such_entry" ["entry"], "The list has no entry with this id.";
    TOO_FEW_ENTRIES = "too_few_entries" ["min"], "The list has fewer entries than the question asks for.";
    TOO_MANY_ENTRIES = "too_many_entries" ["max"], "The list has more entries than the question takes.";
    TOO_MANY_STATED_NEEDS = "too_many_stated_needs" ["max"],
        "The rows and entries of the reply state more needs for assistance than a reply may.";

    // Answers of other types.
    BAD_MONTH = "bad_month" ["value"], "A month is written YYYY-MM.";
    BAD_LINK = "bad_link" ["value"], "A link begins with https:// or http://, and has no blanks.";
    TOO_FEW_CHOSEN = "too_few_chosen" ["min"], "Fewer options are chosen than the question asks for.";
    TOO_MANY_CHOSEN = "too_many_chosen" ["max"], "More options are chosen than the question takes.";
    RANKED_TWICE = "ranked_twice" ["value"], "The option stands twice in the ranking.";
    OPTION_NOT_OFFERED = "option_not_offered" ["value"],
        "The question has the option, and does not offer it with the other answers as they are: it is not relevant.";
    TAKES_NO_ANSWER = "takes_no_answer" [], "The question is calculated, or a note, and takes no answer.";
    ANSWER_BY_FILE = "answer_by_file" [], "The question is answered by attaching files, and by nothing else.";

    // What stands in place of a value, and beside it.
    UNKNOWN_MISSING_KIND = "unknown_missing_kind" ["kind", "allowed"],
        "The question does not take this reason in place of an answer.";
    FLAG_NOT_TAKEN = "flag_not_taken" ["flag", "allowed"], "The question does not take this flag.";
    FLAG_WITHOUT_VALUE = "flag_without_value" [], "A flag stands beside a value, and there is none.";

    // Checks of the questionnaire.
    CHECK_REFUSES = "check_refuses" ["check", "text"],
        "A check of the questionnaire does not hold, and is one that must: the text is the check's own.";
    EXPLANATION_MISSING = "explanation_missing" ["check", "text"],
        "A check of the questionnaire does not hold, and asks for an explanation: an answer in words at the pointer's address.";

    // Submitting a reply.
    REQUIRED_QUESTION_BLANK = "required_question_blank" [],
        "The question must be answered, or marked not available.";
    ANSWER_NOT_CONFIRMED = "answer_not_confirmed" [],
        "What was carried over from the last round must be confirmed, or answered anew.";
    OUT_OF_RANGE = "out_of_range" ["value", "range"], "The answer is below the minimum or above the maximum.";
    TOO_MANY_PLACES = "too_many_places" ["value", "places"],
        "The decimal has more places than the question takes.";
    TOO_LONG = "too_long" ["length", "max"], "The text has more characters than the question takes.";
    MORE_FILES_THAN_TAKEN = "more_files_than_taken" ["max"], "More files are attached to the question than it takes.";
    EXCLUSIVE_OPTION = "exclusive_option" ["value"],
        "The option excludes all others, and another is chosen beside it.";
}
