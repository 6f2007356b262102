//! Faults of a corrected revision: what an answer already given could contradict.

use super::FaultCode;

fault_codes! {
    CORRECTIONS:

    CORRECTION_TAKES_AWAY = "correction_takes_away" ["code"],
        "What is corrected has it, and an answer given there would lose its place: it stays.";
    CORRECTION_CHANGES_TYPE = "correction_changes_type" ["was", "now"],
        "Answers already given are of the type that it had: it keeps it.";
    CORRECTION_MOVES = "correction_moves" ["code", "was", "now"],
        "A question stays in its section: who answers it, and what is published, is said by section.";
    CORRECTION_NARROWS = "correction_narrows" [],
        "The limit is tighter than in what is corrected, and an answer already given may lie beyond it: it stays, or is loosened.";
    CORRECTION_REORDERS = "correction_reorders" [],
        "Where several options can be chosen, those that there were keep their order. Others may stand between them.";
    CORRECTION_REQUIRES = "correction_requires" ["address"],
        "It must be answered, and need not be in what is corrected, where a reply may have left it blank: it need not be.";
    CORRECTION_CHANGES_PERSONAL = "correction_changes_personal" ["address"],
        "Whether it is about a person was promised when it was answered: that stays.";
    CORRECTION_FORBIDS = "correction_forbids" ["address", "code"],
        "A way of being missing, or a flag, that answers may already have: it stays.";
    CORRECTION_CHANGES_RULE = "correction_changes_rule" [],
        "The rule is another, or reads more than it did, so that something else may follow from answers already given: it stays.";
    CORRECTION_ADDS_CHECK = "correction_adds_check" ["check"],
        "The check is new, or asks for more than in what is corrected, and answers already given may fail it: it is left out.";
    CORRECTION_CHANGES_SOURCE = "correction_changes_source" [],
        "Where options or rows come from, or whether the table asks its currency, is another than in what is corrected: it stays.";
    CORRECTION_CHANGES_UNIT = "correction_changes_unit" [],
        "Figures already given are in the unit that was said: it stays, and may be translated.";
}
