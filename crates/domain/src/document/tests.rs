use jiff::civil::date;
use uuid::Uuid;

use super::checks::{SYMBOL_CHARS, is_symbol, is_url};
use super::*;
use crate::testing::{assert_table, given, stored};
use crate::{Lang, Texts};

mod properties;

const MEETING: Target = Target::Meeting(MeetingId(Uuid::from_u128(1)));
const INSTRUMENT: Target = Target::Instrument(InstrumentId(Uuid::from_u128(2)));
const SYMBOL: &str = "E/CN.15/2004/9/Add.1";

fn particulars(title: &str) -> Particulars {
    Particulars {
        title: Texts::from([(Lang::En, title)]),
        date: date(2004, 4, 5),
        kind: Some(DocumentKind::Report),
        url: Some("https://undocs.org/E/CN.15/2004/9/Add.1".into()),
    }
}

fn recorded() -> DocumentRecorded {
    DocumentRecorded {
        symbol: SYMBOL.into(),
        particulars: particulars("Report on the meeting"),
    }
}

fn linked(to: Target, how: DocumentRelation) -> DocumentLinked {
    let symbol = SYMBOL.into();
    DocumentLinked { symbol, to, how }
}

const THERE: Context = Context { target: Some(true) };

#[test]
fn every_command_in_every_state() {
    let (to, how) = (MEETING, DocumentRelation::ReportOf);
    let unlinked = DocumentUnlinked {
        symbol: SYMBOL.into(),
        to,
        how,
    };
    let states = [
        vec![],
        vec![recorded().into()],
        vec![recorded().into(), linked(to, how).into()],
        vec![recorded().into(), linked(to, how).into(), unlinked.into()],
    ];
    let unknown = "document_not_recorded";
    let already = "document_already_recorded";
    let is_not = "document_not_linked";
    #[rustfmt::skip]
    assert_table::<Document, 4>(&THERE, states, [
        (Command::Record(recorded()), ["document_recorded", already, already, already]),
        (Command::Amend(particulars("Report on the meeting")), [unknown, "", "", ""]),
        (Command::Amend(particulars("Corrected")), [unknown, "document_amended", "document_amended", "document_amended"]),
        (Command::Link { to, how }, [unknown, "document_linked", "document_already_linked", "document_linked"]),
        (Command::Link { to, how: DocumentRelation::About }, [unknown, "document_linked", "document_linked", "document_linked"]),
        (Command::Unlink { to, how }, [unknown, is_not, "document_unlinked", is_not]),
    ]);
}

#[test]
fn every_fault_of_a_document_is_listed() {
    let faulty = DocumentRecorded {
        symbol: "e/cn.15".into(),
        particulars: Particulars {
            title: Texts::default(),
            url: Some("ftp://example.org".into()),
            ..particulars("")
        },
    };
    given::<Document>([])
        .when(&THERE, Command::Record(faulty))
        .refused(
            "document_faulty",
            &[
                ("bad_symbol", "/symbol"),
                ("blank", "/title"),
                ("bad_url", "/url"),
            ],
        );
    let blank = Command::Amend(particulars(" "));
    given::<Document>([recorded().into()])
        .when(&THERE, blank)
        .refused("document_faulty", &[("missing_text", "/title")]);
}

#[test]
fn symbols_are_those_of_the_united_nations() {
    for symbol in [
        "E/CN.15/2004/9",
        "E/CN.15/2004/9/Add.1",
        "A/CONF.203/18",
        "A/CONF.203/RPM.1/1",
        "E/RES/2004/28",
        "ST/SGB/2004/1",
        "UNODC/CCPCJ/EG.6/2012/CRP.1",
        "CU/2011/26",
        "E/2004/30-E/CN.15/2004/16",
    ] {
        assert!(is_symbol(symbol), "{symbol}");
    }
    let long = format!("E/{}", "1".repeat(SYMBOL_CHARS));
    for symbol in [
        "",
        "E",
        "E/",
        "/E/1",
        "E//1",
        "E/CN.15/",
        "E/CN",
        "e/cn.15/1",
        "E/CN 15/1",
        "E/.1",
        "E/1.",
        "E/1/é",
        "E/1\n",
        &long,
    ] {
        assert!(!is_symbol(symbol), "{symbol}");
    }
}

#[test]
fn addresses_are_those_of_the_web() {
    for url in ["https://undocs.org/E/2004/30", "http://example.org"] {
        assert!(is_url(url), "{url}");
    }
    for url in [
        "",
        "undocs.org",
        "https://",
        "https:// a",
        "javascript:alert(1)",
        "https://a\" b",
        "https:///a",
    ] {
        assert!(!is_url(url), "{url}");
    }
}

#[test]
fn a_link_leads_to_something_that_can_be_so_related() {
    let link = |to, how| Command::Link { to, how };
    let nothing = Context { target: None };
    given::<Document>([recorded().into()])
        .when(&nothing, link(INSTRUMENT, DocumentRelation::About))
        .refused("document_faulty", &[("no_such_object", "/to/instrument")]);
    let collection = Target::Collection(CollectionId(Uuid::from_u128(3)));
    for (to, how) in [
        (INSTRUMENT, DocumentRelation::BeforeTheMeeting),
        (INSTRUMENT, DocumentRelation::Outcome),
        (collection, DocumentRelation::ProgressReport),
        (MEETING, DocumentRelation::TextOf),
    ] {
        given::<Document>([recorded().into()])
            .when(&THERE, link(to, how))
            .refused("document_faulty", &[("not_for_this_target", "/as")]);
    }
    for (to, how) in [
        (MEETING, DocumentRelation::BeforeTheMeeting),
        (INSTRUMENT, DocumentRelation::ProgressReport),
        (collection, DocumentRelation::About),
    ] {
        given::<Document>([recorded().into()])
            .when(&THERE, link(to, how))
            .then([linked(to, how).into()]);
    }
}

#[test]
fn every_kind_of_target_reads_back() {
    for kind in Target::KINDS {
        let target = Target::from_stream(kind, Uuid::from_u128(5)).unwrap();
        assert_eq!(
            (target.kind(), target.stream()),
            (*kind, Uuid::from_u128(5))
        );
    }
    assert_eq!(Target::from_stream("party", Uuid::nil()), None);
}

#[test]
fn stored_events() {
    let bare = DocumentRecorded {
        symbol: "E/RES/2004/28".into(),
        particulars: Particulars {
            kind: None,
            url: None,
            ..particulars("A resolution")
        },
    };
    let amended = DocumentAmended {
        symbol: SYMBOL.into(),
        particulars: particulars("Corrected"),
    };
    let unlinked = DocumentUnlinked {
        symbol: SYMBOL.into(),
        to: MEETING,
        how: DocumentRelation::Outcome,
    };
    let samples: [Event; 5] = [
        recorded().into(),
        bare.into(),
        amended.into(),
        linked(INSTRUMENT, DocumentRelation::ProgressReport).into(),
        unlinked.into(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    document_recorded {"date":"2004-04-05","kind":"report","symbol":"E/CN.15/2004/9/Add.1","title":{"en":"Report on the meeting"},"url":"https://undocs.org/E/CN.15/2004/9/Add.1"}
    document_recorded {"date":"2004-04-05","symbol":"E/RES/2004/28","title":{"en":"A resolution"}}
    document_amended {"date":"2004-04-05","kind":"report","symbol":"E/CN.15/2004/9/Add.1","title":{"en":"Corrected"},"url":"https://undocs.org/E/CN.15/2004/9/Add.1"}
    document_linked {"as":"progress_report","symbol":"E/CN.15/2004/9/Add.1","to":{"instrument":"00000000-0000-0000-0000-000000000002"}}
    document_unlinked {"as":"outcome","symbol":"E/CN.15/2004/9/Add.1","to":{"meeting":"00000000-0000-0000-0000-000000000001"}}
    "#);
}
