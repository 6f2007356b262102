//! The stored shape of every event. It is never changed: fields are added, with a default.

use super::*;
use crate::questionnaire::{EmailAnswer, Flag, LinkAnswer, MissingKind, MoneyAnswer};
use crate::testing::stored;

#[test]
fn stored_events() {
    let answers = [
        yes(),
        hindered(&["money", "staff"]),
        words(7),
        answer("N1", number(12)),
        answer("N1", number(9_007_199_254_740_993)),
        answer("N2", decimal("12.50")),
        answer("N3", AnswerValue::Date(date(2011, 3, 8))),
        answer("N4", AnswerValue::Year(2011)),
        answer("P4", AnswerValue::NotAvailable(JsonTrue)),
        comments::commented(5),
    ];
    let files = [
        files::file(1),
        ReplyFileAttached {
            question: Some("P1".into()),
            ..files::file(2)
        },
    ];
    let removed = ReplyFileRemoved {
        file: files[0].file,
    };
    let cleared = ReplyCleared {
        codes: vec!["P1".into()],
        ..ReplyCleared::default()
    }
    .into();
    let everything = Some(Consent::All(JsonTrue));
    let consented = [everything, sections(&["A", "B"]), None].map(|publication| {
        let version = 2;
        let submitted = ReplySubmitted {
            unconfirmed: 0,
            revision: None,
            version,
            publication: publication.clone(),
            source: None,
            needs: Vec::new(),
        };
        let decided = PublicationDecided {
            publication,
            source: None,
        };
        [submitted.into(), decided.into()]
    });
    let before = [
        started(),
        answered(&answers),
        cleared,
        submitted(),
        files[0].clone().into(),
        files[1].clone().into(),
        removed.into(),
        ReplyFilesDeleted {
            contents: vec![files[0].content.content, files[0].name.content],
        }
        .into(),
    ];
    let lives = [
        lives::entered(),
        lives::filed(),
        lives::asked(1, None),
        lives::asked(2, Some("P1")),
        lives::answered_it(1),
        lives::took_it_back(2),
        lives::accepted(),
        lives::begun(None),
        lives::begun(Some(lives::source())),
        AmendmentBegun {
            source: None,
            begun_by: Some(SOMEBODY),
            set_aside: Vec::new(),
        }
        .into(),
        lives::discarded(),
        lives::withdrawn(),
        SectionHandedBack {
            section: "B".into(),
            by: SOMEBODY,
            remark: None,
        }
        .into(),
        SectionHandedBack {
            section: "A".into(),
            by: SOMEBODY,
            remark: Some(lives::remark(12)),
        }
        .into(),
        SectionReturned {
            section: "A".into(),
            to: vec![SOMEBODY],
            remark: Some(lives::remark(15)),
        }
        .into(),
        PublicationDecided {
            publication: None,
            source: Some(lives::source()),
        }
        .into(),
        ReplyAnswered {
            answers: vec![yes()],
            commented: vec!["P1".into()],
            uncommented: vec!["P1".into()],
        }
        .into(),
        ReplyCleared {
            codes: vec!["P1".into()],
            uncommented: vec!["P1".into()],
        }
        .into(),
    ];
    let figures = AnswerValue::Money(MoneyAnswer {
        amount: "12.5".parse().unwrap(),
        currency: "EUR".into(),
    });
    let link = AnswerValue::Link(LinkAnswer {
        content: content(9),
        length: 18,
    });
    let fields = [
        Answer {
            flags: Flags([Flag::Provisional, Flag::Estimated].into()),
            ..answer("R2.police.y2023", figures)
        },
        answer(
            "R2.prisons.y2023",
            AnswerValue::missing(MissingKind::Confidential),
        ),
        answer(
            "D1",
            AnswerValue::Ranking(vec!["money".into(), "law".into()]),
        ),
        answer("L1.e1", AnswerValue::Entry("1.5".parse().unwrap())),
        answer(
            "L1.e1.since",
            AnswerValue::Month("2024-03".parse().unwrap()),
        ),
        answer("L1.e1.link", link),
        answer("L1.e1.file", AnswerValue::Files(vec![files[0].file])),
    ];
    let evaluated = ReplyEvaluated {
        version: 2,
        rules: 1,
        irrelevant: vec!["A2".into(), "P1.theft".into()],
        calculated: vec![answer("X4", decimal("104.25"))],
    };
    let email = AnswerValue::Email(EmailAnswer {
        content: content(10),
        length: 16,
    });
    let email = answered(&[answer("L1.e1.email", email)]);
    let fields = [answered(&fields), evaluated.into()];
    let rounds = [
        rounds::begun(),
        rounds::carried(&["P1", "P2"]),
        needs_stated().into(),
        email,
        corrections::submitted_as(2, Some(4)),
    ];
    let samples = [
        before.as_slice(),
        consented.as_flattened(),
        &lives,
        &fields,
        &rounds,
    ]
    .concat();
    insta::assert_snapshot!(stored(&samples), @r#"
    reply_started {"begun_by":"00000000-0000-0000-0000-000000000003","collection":"00000000-0000-0000-0000-000000000007","instrument":"00000000-0000-0000-0000-000000000001","party":"9d4bc12d-4226-5a7e-821a-46ea584b0221","revision":3}
    reply_answered {"answers":[{"choice":"yes","code":"P1"},{"choices":["money","staff"],"code":"P2"},{"code":"P3","text":{"commitment":"0909090909090909090909090909090909090909090909090909090909090909","content":"00000000-0000-0000-0000-000000000009","lang":"fr","length":7}},{"code":"N1","whole_number":12},{"code":"N1","whole_number":"9007199254740993"},{"code":"N2","decimal":"12.5"},{"code":"N3","date":"2011-03-08"},{"code":"N4","year":2011},{"code":"P4","not_available":true},{"choice":"yes","code":"P1","comment":{"commitment":"0505050505050505050505050505050505050505050505050505050505050505","content":"00000000-0000-0000-0000-000000000005","lang":"en","length":5}}]}
    reply_cleared {"codes":["P1"]}
    reply_submitted {"version":1}
    reply_file_attached {"commitment":"0303030303030303030303030303030303030303030303030303030303030303","content":"00000000-0000-0000-0000-000000000003","file":"00000000-0000-0000-0000-000000000001","media_type":"application/pdf","name":{"commitment":"0404040404040404040404040404040404040404040404040404040404040404","content":"00000000-0000-0000-0000-000000000004"},"size":4096}
    reply_file_attached {"commitment":"0303030303030303030303030303030303030303030303030303030303030303","content":"00000000-0000-0000-0000-000000000003","file":"00000000-0000-0000-0000-000000000002","media_type":"application/pdf","name":{"commitment":"0404040404040404040404040404040404040404040404040404040404040404","content":"00000000-0000-0000-0000-000000000004"},"question":"P1","size":4096}
    reply_file_removed {"file":"00000000-0000-0000-0000-000000000001"}
    reply_files_deleted {"contents":["00000000-0000-0000-0000-000000000003","00000000-0000-0000-0000-000000000004"]}
    reply_submitted {"publication":{"all":true},"version":2}
    publication_decided {"publication":{"all":true}}
    reply_submitted {"publication":{"sections":["A","B"]},"version":2}
    publication_decided {"publication":{"sections":["A","B"]}}
    reply_submitted {"version":2}
    publication_decided {"publication":null}
    reply_started {"collection":"00000000-0000-0000-0000-000000000007","instrument":"00000000-0000-0000-0000-000000000001","party":"9d4bc12d-4226-5a7e-821a-46ea584b0221","revision":3,"source":{"kind":"paper","received_on":"2011-06-28","reference":"NV/2011/114"}}
    reply_submitted {"source":{"kind":"paper","received_on":"2011-06-28","reference":"NV/2011/114"},"version":1}
    clarification_requested {"clarification":1,"text":{"commitment":"0808080808080808080808080808080808080808080808080808080808080808","content":"00000000-0000-0000-0000-000000000008","lang":"en","length":20}}
    clarification_requested {"clarification":2,"question":"P1","text":{"commitment":"0808080808080808080808080808080808080808080808080808080808080808","content":"00000000-0000-0000-0000-000000000008","lang":"en","length":20}}
    clarification_answered {"clarification":1,"text":{"commitment":"0808080808080808080808080808080808080808080808080808080808080808","content":"00000000-0000-0000-0000-000000000008","lang":"en","length":9}}
    clarification_withdrawn {"clarification":2}
    reply_accepted {"version":1}
    amendment_begun {}
    amendment_begun {"source":{"kind":"paper","received_on":"2011-06-28","reference":"NV/2011/114"}}
    amendment_begun {"begun_by":"00000000-0000-0000-0000-000000000003"}
    amendment_discarded {"version":1}
    reply_withdrawn {"reason":{"commitment":"0808080808080808080808080808080808080808080808080808080808080808","content":"00000000-0000-0000-0000-000000000008","lang":"en","length":30},"version":1}
    section_handed_back {"by":"00000000-0000-0000-0000-000000000003","section":"B"}
    section_handed_back {"by":"00000000-0000-0000-0000-000000000003","remark":{"commitment":"0808080808080808080808080808080808080808080808080808080808080808","content":"00000000-0000-0000-0000-000000000008","lang":"en","length":12},"section":"A"}
    section_returned {"remark":{"commitment":"0808080808080808080808080808080808080808080808080808080808080808","content":"00000000-0000-0000-0000-000000000008","lang":"en","length":15},"section":"A","to":["00000000-0000-0000-0000-000000000003"]}
    publication_decided {"publication":null,"source":{"kind":"paper","received_on":"2011-06-28","reference":"NV/2011/114"}}
    reply_answered {"answers":[{"choice":"yes","code":"P1"}],"commented":["P1"],"uncommented":["P1"]}
    reply_cleared {"codes":["P1"],"uncommented":["P1"]}
    reply_answered {"answers":[{"code":"R2.police.y2023","flags":["provisional","estimated"],"money":{"amount":"12.5","currency":"EUR"}},{"code":"R2.prisons.y2023","missing":"confidential"},{"code":"D1","ranking":["money","law"]},{"code":"L1.e1","entry":"1.5"},{"code":"L1.e1.since","month":"2024-03"},{"code":"L1.e1.link","link":{"commitment":"0909090909090909090909090909090909090909090909090909090909090909","content":"00000000-0000-0000-0000-000000000009","length":18}},{"code":"L1.e1.file","files":["00000000-0000-0000-0000-000000000001"]}]}
    reply_evaluated {"calculated":[{"code":"X4","decimal":"104.25"}],"irrelevant":["A2","P1.theft"],"rules":1,"version":2}
    reply_started {"begun_by":"00000000-0000-0000-0000-000000000003","collection":"00000000-0000-0000-0000-000000000007","instrument":"00000000-0000-0000-0000-000000000001","party":"9d4bc12d-4226-5a7e-821a-46ea584b0221","previous":[{"collection":"00000000-0000-0000-0000-000000000006","instrument":"00000000-0000-0000-0000-000000000001","reply":"00000000-0000-0000-0000-000000000005","version":2}],"revision":3}
    reply_carried_over {"addresses":["P1","P2"]}
    reply_needs_stated {"ended":[{"need":"00000000-0000-0000-0000-000000000017","status":"lapsed"},{"need":"00000000-0000-0000-0000-000000000018"}],"party":"9d4bc12d-4226-5a7e-821a-46ea584b0221","stated":[{"at":"T2.training","category":"I","description":{"commitment":"0808080808080808080808080808080808080808080808080808080808080808","content":"00000000-0000-0000-0000-000000000008","lang":"en","length":5},"need":"00000000-0000-0000-0000-000000000015","status":"indicated","type":"legislation","types_version":1,"urgency":"high"},{"at":"T2.training","category":"I","need":"00000000-0000-0000-0000-000000000016","type":"legislation","types_version":1,"urgency":"high"}],"version":2}
    reply_answered {"answers":[{"code":"L1.e1.email","email":{"commitment":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","content":"00000000-0000-0000-0000-00000000000a","length":16}}]}
    reply_submitted {"revision":4,"version":2}
    "#);
}

fn needs_stated() -> ReplyNeedsStated {
    let about = crate::need::NeedParticulars {
        category: Some("I".into()),
        standard: None,
        kind: "legislation".into(),
        types_version: 1,
        urgency: crate::need::Urgency::High,
        description: Some(lives::remark(5)),
        obstacle: None,
    };
    let need = |number| crate::NeedId(uuid::Uuid::from_u128(number));
    let stated = |number, status, description: Option<Words>| StatedNeed {
        need: need(number),
        at: "T2.training".into(),
        status,
        about: crate::need::NeedParticulars {
            description,
            ..about.clone()
        },
    };
    let ended = |number, status| EndedNeed {
        need: need(number),
        status,
    };
    let (is, was) = (crate::need::Status::Indicated, crate::need::Status::Lapsed);
    ReplyNeedsStated {
        version: 2,
        party: finland(),
        stated: vec![
            stated(21, Some(is), about.description.clone()),
            stated(22, None, None),
        ],
        ended: vec![ended(23, Some(was)), ended(24, None)],
    }
}
