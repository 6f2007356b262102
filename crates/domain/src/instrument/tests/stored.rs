use super::life::{approved_by, returned, withdrawn};
use super::*;
use crate::testing::stored;

#[test]
fn stored_events() {
    let taking_up = InstrumentRevised {
        takes_up: vec![comment(7)],
        questions: Vec::new(),
        ..revised(2)
    };
    let behind = Translation {
        record: content(6),
        behind: 2,
    };
    let samples: [Event; 17] = [
        drafted().into(),
        saved(1).into(),
        revised(1).into(),
        approved(1).into(),
        taking_up.into(),
        presented(1).into(),
        InstrumentPresented {
            progress_report: Some(DocumentId::from_symbol("E/CN.15/2007/11")),
            ..presented(1)
        }
        .into(),
        approved_by(1).into(),
        returned(1).into(),
        withdrawn().into(),
        approved(2).into(),
        RevisionQuestionsListed {
            revision: 1,
            after: 7,
            questions: revised(1).questions.split_off(7),
        }
        .into(),
        translated(None).into(),
        translated(Some(1)).into(),
        InstrumentDraftSaved {
            translations: BTreeMap::from([(Lang::Fr, behind)]),
            ..saved(2)
        }
        .into(),
        InstrumentRevised {
            behind: BTreeMap::from([(Lang::Fr, 2)]),
            questions: Vec::new(),
            ..revised(2)
        }
        .into(),
        correcting::corrected(2).into(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    instrument_drafted {"category":"I","languages":["en","fr"],"route":"intersessional","title":{"en":"Prisoners","fr":"Détenus"}}
    instrument_draft_saved {"draft":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001"},"questions":8}
    instrument_revised {"languages":["en","fr"],"questionnaire":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001"},"questions":[{"code":"P1","heading":"application","options":["yes","in_part","no"],"required":true,"section":"A","standards":["bangkok-rules"],"type":"one_choice"},{"code":"P2","heading":"difficulties","options":["money","staff","none"],"required":true,"section":"A","type":"several_choices"},{"code":"P3","heading":"practices","required":false,"section":"A","type":"text"},{"code":"P4","heading":"assistance","options":["given","sought"],"required":false,"section":"A","type":"one_choice"},{"code":"N1","heading":"application","required":false,"section":"B","type":"whole_number"},{"code":"N2","heading":"application","required":false,"section":"B","type":"decimal"},{"code":"N3","heading":"application","required":false,"section":"B","type":"date"},{"code":"N4","heading":"application","required":false,"section":"B","type":"year"}],"revision":1}
    instrument_approved {"date":"2004-10-01","decision":"Approved by consensus","meeting":"Intersessional meeting","revision":1,"route":"intersessional"}
    instrument_revised {"languages":["en","fr"],"questionnaire":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001"},"questions":[],"revision":2,"takes_up":["00000000-0000-0000-0000-000000000007"]}
    instrument_presented {"meeting":"00000000-0000-0000-0000-00000000000b","on":"2004-09-01","revision":1}
    instrument_presented {"meeting":"00000000-0000-0000-0000-00000000000b","on":"2004-09-01","progress_report":"d12b3a85-2575-569d-9550-c88c75ec99f5","revision":1}
    instrument_approved {"date":"2004-10-01","decision":"Approved by consensus","meeting":"Intersessional meeting","meeting_id":"00000000-0000-0000-0000-00000000000b","revision":1,"route":"intersessional"}
    instrument_returned {"lang":"en","meeting":"00000000-0000-0000-0000-00000000000b","on":"2004-09-02","remarks":{"commitment":"1515151515151515151515151515151515151515151515151515151515151515","content":"00000000-0000-0000-0000-000000000015"},"revision":1}
    instrument_withdrawn {"lang":"fr","reason":{"commitment":"1616161616161616161616161616161616161616161616161616161616161616","content":"00000000-0000-0000-0000-000000000016"}}
    instrument_approved {"date":"2004-10-01","decision":"Approved by consensus","meeting":"Intersessional meeting","revision":2,"route":"intersessional"}
    revision_questions_listed {"after":7,"questions":[{"code":"N4","heading":"application","required":false,"section":"B","type":"year"}],"revision":1}
    instrument_translated {"behind":0,"lang":"es","questionnaire":{"commitment":"0808080808080808080808080808080808080808080808080808080808080808","content":"00000000-0000-0000-0000-000000000008"},"record":{"commitment":"0707070707070707070707070707070707070707070707070707070707070707","content":"00000000-0000-0000-0000-000000000007"},"texts":20,"translated":20}
    instrument_translated {"behind":0,"lang":"es","questionnaire":{"commitment":"0808080808080808080808080808080808080808080808080808080808080808","content":"00000000-0000-0000-0000-000000000008"},"record":{"commitment":"0707070707070707070707070707070707070707070707070707070707070707","content":"00000000-0000-0000-0000-000000000007"},"revision":1,"texts":20,"translated":20}
    instrument_draft_saved {"draft":{"commitment":"0202020202020202020202020202020202020202020202020202020202020202","content":"00000000-0000-0000-0000-000000000002"},"questions":8,"translations":{"fr":{"behind":2,"record":{"commitment":"0606060606060606060606060606060606060606060606060606060606060606","content":"00000000-0000-0000-0000-000000000006"}}}}
    instrument_revised {"behind":{"fr":2},"languages":["en","fr"],"questionnaire":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001"},"questions":[],"revision":2}
    revision_corrected {"approval":{"date":"2004-10-01","decision":"Approved by consensus","meeting":"Intersessional meeting","revision":1,"route":"intersessional"},"corrects":1,"reason":{"commitment":"0909090909090909090909090909090909090909090909090909090909090909","content":"00000000-0000-0000-0000-000000000009","lang":"en","length":20},"revision":2}
    "#);
}
