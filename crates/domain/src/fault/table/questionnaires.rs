//! Faults of instruments and questionnaires.

use super::FaultCode;

fault_codes! {
    QUESTIONNAIRES:

    // Instruments and questionnaires.
    NO_LANGUAGE = "no_language" [], "An instrument has at least one language.";
    DUPLICATE_LANGUAGE = "duplicate_language" ["language"], "The language is listed twice.";
    NO_SECTION = "no_section" [], "A questionnaire has at least one section.";
    NO_QUESTION = "no_question" [], "A section has at least one question.";
    TOO_MANY_QUESTIONS = "too_many_questions" ["max"], "The questionnaire has more questions than allowed.";
    BAD_QUESTION_CODE = "bad_question_code" ["code"],
        "The code of a section or question is a capital letter, then up to 15 capital letters, digits and underscores.";
    DUPLICATE_SECTION = "duplicate_section" ["code"], "Another section has this code.";
    DUPLICATE_QUESTION = "duplicate_question" ["code"], "Another question has this code.";
    SCALE_OR_OPTIONS = "scale_or_options" [],
        "A question of one choice has a scale or options: one of the two.";
    TOO_FEW_OPTIONS = "too_few_options" [], "A choice has at least two options.";
    TOO_MANY_OPTIONS = "too_many_options" ["max"], "The question has more options than allowed.";
    BAD_OPTION_VALUE = "bad_option_value" ["value"],
        "An option's value is a small letter, then up to 39 small letters, digits, underscores and hyphens.";
    DUPLICATE_OPTION = "duplicate_option" ["value"], "Another option of the question has this value.";
    EXCLUSIVE_NOT_AN_OPTION = "exclusive_not_an_option" ["value"],
        "What is marked exclusive is no option of the question.";
    UNKNOWN_STANDARD = "unknown_standard" ["code"], "There is no standard with this code.";
    MIN_ABOVE_MAX = "min_above_max" ["min", "max"], "The minimum is above the maximum.";
    BAD_LIMIT = "bad_limit" ["min", "max"],
        "A limit (length of a text, places of a decimal) is itself out of its range.";
    QUESTION_TYPE_CHANGED = "question_type_changed" ["was", "now"],
        "An earlier revision has a question with this code and another type; a new type needs a new code.";

    SAME_AS_NO_QUESTION = "same_as_no_question" ["code"],
        "No revision of the instrument asks a question with this code.";
    SAME_AS_OTHER_TYPE = "same_as_other_type" ["address", "was", "now"],
        "What the question is said to be the same as is of another type.";
    SAME_AS_OWN = "same_as_own" ["code"],
        "A question is the same as one that its own questionnaire asks: the same code says so over revisions.";
    SAME_AS_TWICE = "same_as_twice" ["code"], "Another question says that it is the same as this one.";

    // What a questionnaire has, and where.
    BAD_PART_CODE = "bad_part_code" ["code"],
        "The code of a row, column, part or option is a small letter, then up to 39 small letters, digits and underscores, and no word that rules keep for themselves.";
    DUPLICATE_PART = "duplicate_part" ["code"], "Another row, column or part of the question has this code.";
    BAD_CHECK_CODE = "bad_check_code" ["code"],
        "The code of a check is a small letter, then up to 39 small letters, digits and underscores.";
    DUPLICATE_CHECK = "duplicate_check" ["code"], "Another check of the questionnaire has this code.";
    DUPLICATE_VARIABLE = "duplicate_variable" ["code"], "Another variable has this code.";
    TOO_MANY_FIELDS = "too_many_fields" ["max"],
        "All questions, cells and parts together are more fields than a questionnaire may have.";
    NO_ROW = "no_row" [], "A table has at least one row.";
    NO_COLUMN = "no_column" [], "A table has at least one column.";
    NO_PART = "no_part" [], "A group, or a list's entry, has at least one part.";
    TOO_MANY_ROWS = "too_many_rows" ["max"], "The table has more rows than allowed.";
    TOO_MANY_COLUMNS = "too_many_columns" ["max"], "The table has more columns than allowed.";
    TOO_MANY_PARTS = "too_many_parts" ["max"], "The group, or the list's entry, has more parts than allowed.";
    UNKNOWN_CODE_LIST = "unknown_code_list" ["code", "known"], "The questionnaire has no code list with this code.";
    DUPLICATE_CODE_LIST = "duplicate_code_list" ["code"], "Another code list has this code.";
    TOO_MANY_CODE_LIST_ENTRIES = "too_many_code_list_entries" ["max"], "The code list has more entries than allowed.";
    SECTIONS_TOO_DEEP = "sections_too_deep" [], "A section within a section has no sections of its own.";
    ROWS_OR_ROWS_OF = "rows_or_rows_of" [],
        "A table has rows, or the options chosen in another question (rows_of): one of the two.";
    ROWS_OF_NO_CHOICES = "rows_of_no_choices" ["code"],
        "rows_of names a question of choices that stands before the table.";
    COLUMN_CODE_OR_YEAR = "column_code_or_year" [],
        "A column has a code, or a year relative to the reference year: one of the two.";
    CALCULATED_FROM_PERSONAL = "calculated_from_personal" ["address"],
        "What is calculated from a question about a person is published, and must be personal too.";
    INITIAL_NOT_TAKEN = "initial_not_taken" ["type"],
        "No rule can give the first answer to a question of this type: words and files are given by people.";
    INITIAL_OF_ENTRIES = "initial_of_entries" [],
        "The parts of a list's entries begin blank: there are none yet when a reply begins.";
    COLUMN_CODE_IS_YEAR = "column_code_is_year" ["code"],
        "The code of a column is what columns of years are called: a y and digits.";
    BAD_RELATIVE_YEAR = "bad_relative_year" ["value"],
        "A year relative to the reference year is a whole number from 0 down to -30.";
    TOTAL_OR_HUNDRED = "total_or_hundred" [],
        "A row or a column is a total of others (total_of), or its shares add up to 100 (adds_to_100): one of the two.";
    UNKNOWN_TOTAL_PART = "unknown_total_part" ["code"],
        "A total is of other rows, or of other columns, of its table, each named once.";
    TOTAL_OF_NO_FIGURES = "total_of_no_figures" [],
        "A total is of figures of one kind: a row of columns of numbers or money, a column of others like itself.";
    HUNDRED_OF_NO_SHARES = "hundred_of_no_shares" [],
        "What adds up to 100 are percentages: a column of them, or at least two of a row.";
    TYPE_NOT_INSIDE = "type_not_inside" ["type"],
        "The type is not one of a cell or a part: a table in a group, say. Such a question stands by itself.";
    LEAST_ABOVE_MOST = "least_above_most" ["least", "most"],
        "The least number of options or entries is above the most.";
    TOP_OUT_OF_RANGE = "top_out_of_range" ["max"],
        "How many options are ranked is a number from 1 to that of the options.";

    // What is taken over from another one.
    CODE_IS_TAKEN = "code_is_taken" ["code"],
        "The draft has the code already, of a section, a question, a check, a variable or another code list: what is taken over keeps its codes.";
    RULES_READ_OUTSIDE = "rules_read_outside" ["address"],
        "Rules of the section read what stands in another, which must be taken over with it.";

    // Needs that its rows, entries and groups state.
    NEED_FROM_NO_PART = "need_from_no_part" ["code", "known"],
        "What is said of a need comes from a part or a column of its question, and this is none.";
    NEED_FROM_NO_CHOICE = "need_from_no_choice" ["code", "type"],
        "A code of a need comes from a part or a column with one choice.";
    NEED_FROM_NO_OPTION = "need_from_no_option" ["value"], "No option and no row is called so.";
    NEED_OPTION_STANDS_FOR_NOTHING = "need_option_stands_for_nothing" ["value"],
        "An option, or a row, is itself no code of that kind, and nothing says which it stands for.";
    NEED_REMARK_NO_TEXT = "need_remark_no_text" ["code", "type"], "A need is described by a part or a column with words.";
    NEED_FROM_PERSONAL = "need_from_personal" ["address"],
        "A need is shown to others, and follows from nothing that is about a person.";
    NEED_WITHOUT_URGENCY = "need_without_urgency" [],
        "How soon help is needed comes from a part that may be blank, and nothing says what it is otherwise.";
    NEED_WITHOUT_WHEN = "need_without_when" [],
        "The type of the need is no choice, and no rule says which rows or entries state one.";

    // Its translations.
    NO_SUCH_TEXT = "no_such_text" ["key"], "The questionnaire has no text with this key.";
    TEXT_IS_FROZEN = "text_is_frozen" ["key"],
        "The revision was frozen with this text in the language. Only what it lacks can be translated.";
    ORIGINAL_DIFFERS = "original_differs" ["line", "key"],
        "The original on this line of the table is not the questionnaire's: it was edited since, or in the table.";
    TEXT_LISTED_TWICE = "text_listed_twice" ["line", "key"], "A line above is of the same text.";
    BAD_TABLE_LINE = "bad_table_line" ["line"],
        "The line cannot be read: it has more or fewer cells than the first, or a quotation mark that is not closed.";
    COLUMN_MISSING = "column_missing" ["column"], "The table's first line names its columns, and this one is not there.";

    // The collection on a questionnaire.
    REFERENCE_YEAR_MISSING = "reference_year_missing" [],
        "A questionnaire with columns of years relative to the reference year is answered in a collection that has one.";
}
