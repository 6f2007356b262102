//! Releases of figures.

use super::*;

pub(super) fn released(release: u32, position: u64) -> Event {
    FiguresReleased {
        release,
        position,
        counted: 8,
        newly_counted: 3,
    }
    .into()
}

fn release(position: u64) -> Command {
    Command::Release { position }
}

fn newly(newly_counted: u32) -> Context {
    let counted = Counted {
        counted: 8,
        newly_counted,
    };
    Context {
        counted,
        ..APPROVED
    }
}

#[test]
fn releases_are_numbered_and_never_go_back() {
    let opened: Event = opened().into();
    let before = "release_before_last";
    let new = "figures_released";
    assert_table::<Collection, 4>(
        &APPROVED,
        [
            Vec::new(),
            vec![opened.clone()],
            vec![opened.clone(), released(1, 40)],
            vec![opened.clone(), released(1, 40), closed()],
        ],
        [
            (release(39), ["unknown_collection", new, before, before]),
            (release(40), ["unknown_collection", new, new, new]),
            (release(41), ["unknown_collection", new, new, new]),
        ],
    );
    given::<Collection>([opened, released(1, 40)])
        .when(&APPROVED, release(50))
        .then([released(2, 50)]);
}

#[test]
fn a_release_needs_as_many_newly_counted_replies_as_the_collection_says() {
    let strict = CollectionOpened {
        release_threshold: 5,
        ..opened()
    };
    for (opening, needed) in [(opened(), 3), (strict, 5)] {
        let too_few = newly(needed - 1);
        given::<Collection>([opening.clone().into()])
            .when(&too_few, release(40))
            .refused(
                "too_few_newly_counted",
                &[("newly_counted_below_threshold", "")],
            );
        let decided = Collection::decide(
            &evolved::<Collection>([opening.into()]),
            &newly(needed),
            release(40),
        );
        assert_eq!(decided.unwrap().len(), 1);
    }
}

#[test]
fn a_threshold_is_never_below_three() {
    for release_threshold in 0..6 {
        let opening = CollectionOpened {
            release_threshold,
            ..opened()
        };
        let invited = Vec::new();
        let command = Command::Open { opening, invited };
        let then = given::<Collection>([]).when(&APPROVED, command.clone());
        if release_threshold < 3 {
            let fault = ("release_threshold_too_low", "/release_threshold");
            then.refused("collection_faulty", &[fault]);
        } else {
            assert!(Collection::decide(&None, &APPROVED, command).is_ok());
        }
    }
}
