//! What the Secretariat enters for a State.

use super::*;

#[test]
fn a_need_that_is_entered_says_from_what() {
    let from = || note("Note verbale 7/2006");
    given::<Need>([])
        .when(&open(), enter(from()))
        .then([NeedIndicated {
            party: PARTY,
            about: about(),
            entered_on_behalf: Some(from()),
        }
        .into()]);
    let future = EnteredOnBehalf {
        received_on: date(2006, 6, 2),
        ..note(" ")
    };
    given::<Need>([]).when(&open(), enter(future)).refused(
        "need_faulty",
        &[("blank", "/source"), ("day_in_the_future", "/received_on")],
    );
}
