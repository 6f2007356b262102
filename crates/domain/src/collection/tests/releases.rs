//! Releases of figures.

use super::*;

pub(super) fn released(release: u32, position: u64) -> Event {
    FiguresReleased {
        release,
        position,
        replied: Some(9),
        counted: 8,
        newly_counted: 3,
        consent_as_of: Some(41),
    }
    .into()
}

fn release(position: u64) -> Command {
    Command::Release { position }
}

fn newly(newly_counted: u32) -> Context {
    Context {
        counted: Some(ReleaseCount {
            newly_counted,
            ..COUNTED
        }),
        ..APPROVED
    }
}

fn on(basis: Basis, release_threshold: Option<u16>) -> CollectionOpened {
    CollectionOpened {
        basis,
        release_threshold,
        reference_year: None,
        ..opened()
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
fn a_release_on_all_needs_as_many_newly_counted_replies_as_the_collection_says() {
    for (threshold, needed) in [(None, 3), (Some(5), 5)] {
        let opening = on(Basis::All, threshold);
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
fn a_release_on_whoever_consents_needs_none() {
    let released = FiguresReleased {
        release: 1,
        position: 40,
        replied: Some(9),
        counted: 8,
        newly_counted: 0,
        consent_as_of: Some(41),
    };
    // One that was opened with a threshold before there was a basis, too.
    for threshold in [None, Some(5)] {
        given::<Collection>([on(Basis::Consenting, threshold).into()])
            .when(&newly(0), release(40))
            .then([released.clone().into()]);
    }
}

#[test]
fn the_same_figures_are_released_once() {
    let again = Context {
        counted: Some(ReleaseCount {
            is_unchanged: true,
            newly_counted: 0,
            ..COUNTED
        }),
        ..APPROVED
    };
    let uncounted = Context {
        counted: None,
        ..APPROVED
    };
    given::<Collection>([opened().into()])
        .when(&uncounted, release(50))
        .refused("too_few_newly_counted", &[]);
    given::<Collection>([opened().into(), released(1, 40)])
        .when(&again, release(50))
        .refused("release_unchanged", &[]);
}

#[test]
fn a_threshold_is_for_figures_on_all_and_never_below_three() {
    let open = |basis, threshold| Command::Open {
        opening: on(basis, Some(threshold)),
        invited: Vec::new(),
    };
    for threshold in 0..6 {
        let all = open(Basis::All, threshold);
        if threshold < 3 {
            let fault = ("release_threshold_too_low", "/release_threshold");
            given::<Collection>([])
                .when(&APPROVED, all)
                .refused("collection_faulty", &[fault]);
        } else {
            assert!(Collection::decide(&None, &APPROVED, all).is_ok());
        }
        let fault = ("release_threshold_without_all", "/release_threshold");
        given::<Collection>([])
            .when(&APPROVED, open(Basis::Consenting, threshold))
            .refused("collection_faulty", &[fault]);
    }
}
