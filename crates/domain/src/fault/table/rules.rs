//! Faults of the rules in a questionnaire. Lines and columns are within the rule, from 1.

use super::FaultCode;

fault_codes! {
    RULES:

    // Its size.
    RULE_TOO_LONG = "rule_too_long" ["max", "line", "column"], "A rule's text has more bytes than allowed.";
    RULE_TOO_LARGE = "rule_too_large" ["max", "line", "column"], "A rule has more parts than allowed.";
    RULE_TOO_DEEP = "rule_too_deep" ["max", "line", "column"],
        "A rule's parts stand deeper in each other than allowed.";

    // How it is written.
    RULE_EMPTY = "rule_empty" ["line", "column"], "A rule says something.";
    RULE_CHARACTER = "rule_character" ["found", "hint", "line", "column"],
        "The character stands for nothing there. Where it is one that is often written for another, the text says for which.";
    RULE_TEXT_UNCLOSED = "rule_text_unclosed" ["line", "column"],
        "A text ends with the quotation mark with which it begins, in the same line.";
    RULE_ESCAPE = "rule_escape" ["line", "column"],
        "In a text, a backslash stands before a backslash, a quotation mark, n, r or t, before u with four hexadecimal digits, or before U with eight.";
    RULE_NUMBER_FORM = "rule_number_form" ["line", "column"],
        "A number is digits, with at most one point among them, and nothing that sticks to it.";
    RULE_NUMBER_TOO_LONG = "rule_number_too_long" ["max", "places", "line", "column"],
        "A number has more digits than allowed.";
    RULE_UNEXPECTED = "rule_unexpected" ["found", "expected", "line", "column"],
        "Something else was to come: the rule was read up to there.";
    RULE_RESERVED_WORD = "rule_reserved_word" ["word", "line", "column"],
        "The word is one that names nothing; a field of that name is written field(\"…\").";
    RULE_NULL = "rule_null" ["line", "column"], "A blank is no value: whether a field has one is asked with has(…).";

    // What it names.
    RULE_UNKNOWN_FIELD = "rule_unknown_field" ["name", "hint", "line", "column"],
        "No field has this address. Where one is like it, the text says which.";
    RULE_UNKNOWN_MEMBER = "rule_unknown_member" ["name", "of", "line", "column"],
        "The value has no such part: only money has parts, its amount and its currency.";
    RULE_UNKNOWN_FUNCTION = "rule_unknown_function" ["name", "hint", "line", "column"],
        "There is no such function. Where one is like it, the text says which.";
    RULE_OPTION = "rule_option" ["value", "hint", "options", "line", "column"],
        "The choice has no option with this code. Where one is like it, the text says which.";
    RULE_UNKNOWN_REASON = "rule_unknown_reason" ["code", "known", "line", "column"],
        "There is no such reason for which an answer is missing.";
    RULE_OUT_OF_PLACE = "rule_out_of_place" ["word", "line", "column"],
        "this, row or entry in a rule that does not stand on a field, a table or a list's entry.";
    RULE_NAME_TAKEN = "rule_name_taken" ["name", "line", "column"],
        "The name that all or exists gives to each value has a meaning already.";

    // Functions and types.
    RULE_ARGUMENTS = "rule_arguments" ["form", "line", "column"],
        "The function is not written so: it has too few arguments, too many, or stands in the wrong place.";
    RULE_LITERAL = "rule_literal" ["form", "line", "column"],
        "The argument must be written out as it is, and is something that is computed.";
    RULE_TYPE = "rule_type" ["found", "expected", "line", "column"], "Another type is needed there.";
    RULE_MIXED_TYPES = "rule_mixed_types" ["one", "other", "line", "column"],
        "Values of one type are needed, and there are two.";
    RULE_NO_OPTION_IN_COMMON = "rule_no_option_in_common" ["line", "column"],
        "Two choices are compared that have no option in common, so that they are never equal.";
    RULE_DATE = "rule_date" ["line", "column"],
        "A day that does not exist or is not written YYYY-MM-DD, or a month that is not written YYYY-MM.";
    RULE_PLACES = "rule_places" ["max", "line", "column"],
        "The places to which a number is rounded are a whole number from 0 to the most allowed.";

    // Patterns.
    RULE_NO_CELLS = "rule_no_cells" ["pattern", "line", "column"], "No field has an address that is like the pattern.";
    RULE_TOO_MANY_CELLS = "rule_too_many_cells" ["max", "patterns", "line", "column"],
        "A rule names more cells, or has more patterns of them, than allowed.";
    RULE_CELLS_PATTERN = "rule_cells_pattern" ["pattern", "line", "column"],
        "A pattern of addresses is parts joined by dots, of which any but the first can be a star.";
    RULE_PATTERN = "rule_pattern" ["why", "line", "column"],
        "What matches is given is no regular expression, or too long or too much work a one.";
    RULE_TOO_MANY_PATTERNS = "rule_too_many_patterns" ["max", "line", "column"],
        "A rule has more regular expressions than allowed.";

    // Together with others.
    RULES_READ_TOO_MUCH = "rules_read_too_much" ["max"],
        "All rules together read more cells than can be evaluated in time.";
    RULE_CIRCLE = "rule_circle" ["rules"], "Rules wait for each other: each gives what the next one reads.";
}
