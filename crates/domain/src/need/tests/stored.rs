//! The stored form of every event.

use super::*;
use crate::testing::stored;

#[test]
fn stored_events() {
    let full = NeedParticulars {
        standard: Some("rules".into()),
        obstacle: Some(Obstacle::Question("P2".into())),
        ..about()
    };
    let bare = NeedParticulars {
        category: None,
        standard: Some("rules".into()),
        obstacle: Some(Obstacle::Words(words(3))),
        ..about()
    };
    let samples: [Event; 15] = [
        drafted(),
        NeedDrafted {
            party: PARTY,
            reply: REPLY,
            number: 2,
            about: full,
        }
        .into(),
        NeedEdited { about: bare }.into(),
        NeedDropped {}.into(),
        indicated(),
        NeedIndicated {
            party: PARTY,
            about: about(),
            entered_on_behalf: Some(note("Note verbale 7/2006")),
        }
        .into(),
        NeedConfirmed {}.into(),
        NeedMerged { into: OTHER }.into(),
        NeedDeclined { reason: words(5) }.into(),
        met().into(),
        NeedMet {
            on: date(2006, 5, 1),
            project: Some(crate::ProjectId(Uuid::from_u128(5))),
            note: None,
        }
        .into(),
        lapsed().into(),
        NeedLapsed {
            reason: Some(words(5)),
            ..lapsed()
        }
        .into(),
        NeedShared {
            with: Sharing::Donors,
        }
        .into(),
        NeedStated {
            party: PARTY,
            reply: REPLY,
            at: "T2.training".into(),
        }
        .into(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    need_drafted {"category":"I","description":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":12},"number":1,"party":"00000000-0000-0000-0000-000000000008","reply":"00000000-0000-0000-0000-000000000007","type":"legislation","types_version":1,"urgency":"high"}
    need_drafted {"category":"I","description":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":12},"number":2,"obstacle":{"question":"P2"},"party":"00000000-0000-0000-0000-000000000008","reply":"00000000-0000-0000-0000-000000000007","standard":"rules","type":"legislation","types_version":1,"urgency":"high"}
    need_edited {"description":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":12},"obstacle":{"words":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":3}},"standard":"rules","type":"legislation","types_version":1,"urgency":"high"}
    need_dropped {}
    need_indicated {"category":"I","description":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":12},"party":"00000000-0000-0000-0000-000000000008","type":"legislation","types_version":1,"urgency":"high"}
    need_indicated {"category":"I","description":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":12},"entered_on_behalf":{"received_on":"2006-05-01","source":"Note verbale 7/2006"},"party":"00000000-0000-0000-0000-000000000008","type":"legislation","types_version":1,"urgency":"high"}
    need_confirmed {}
    need_merged {"into":"00000000-0000-0000-0000-000000000009"}
    need_declined {"reason":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":5}}
    need_met {"note":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":5},"on":"2006-05-01"}
    need_met {"on":"2006-05-01","project":"00000000-0000-0000-0000-000000000005"}
    need_lapsed {"on":"2006-05-01"}
    need_lapsed {"on":"2006-05-01","reason":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":5}}
    need_shared {"with":"donors"}
    need_stated {"at":"T2.training","party":"00000000-0000-0000-0000-000000000008","reply":"00000000-0000-0000-0000-000000000007"}
    "#);
}
