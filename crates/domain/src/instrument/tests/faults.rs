//! Every fault of what is said of an instrument.

use super::*;

#[test]
fn every_fault_of_an_instrument_is_listed() {
    let faulty = InstrumentDrafted {
        title: Texts::from([(Lang::En, "Prisoners")]),
        category: "V".into(),
        languages: vec![Lang::Fr, Lang::Fr],
        ..drafted()
    };
    given::<Instrument>([])
        .when(&context(), Command::Draft(faulty))
        .refused(
            "instrument_faulty",
            &[
                ("missing_text", "/title"),
                ("missing_text", "/title"),
                ("unknown_category", "/category"),
                ("duplicate_language", "/languages/1"),
            ],
        );
    let wordless = InstrumentDrafted {
        languages: Vec::new(),
        ..drafted()
    };
    given::<Instrument>([])
        .when(&context(), Command::Draft(wordless))
        .refused("instrument_faulty", &[("no_language", "/languages")]);
    let silent = Command::Approve {
        revision: 1,
        by: Approver::Named(" ".into()),
        decision: String::new(),
        date: date(2004, 1, 1),
    };
    given::<Instrument>([drafted().into(), saved(1).into(), revised(1).into()])
        .when(&context(), silent)
        .refused(
            "instrument_faulty",
            &[("blank", "/meeting"), ("blank", "/decision")],
        );
}
