use super::*;
use crate::domain::PartyId;

mod attacker;
mod properties;

fn reply(name: &str) -> ReplyId {
    ReplyId(PartyId::of(name).0)
}

/// A counted reply: its name, version, regional group and region.
fn counted(name: &str, version: u32, group: &str, region: &str) -> CountedReply {
    let groups = [
        (Breakdown::RegionalGroup, Some(group.to_owned())),
        (Breakdown::Region, Some(region.to_owned())),
    ];
    CountedReply {
        reply: reply(name),
        version,
        groups: groups.into(),
    }
}

/// So many replies of each group, each group being a region too: `weog-0`, `weog-1`.
fn of_groups(sizes: &[(&str, usize)]) -> Vec<CountedReply> {
    let replies = sizes.iter().flat_map(|(group, size)| {
        (0..*size).map(move |number| counted(&format!("{group}-{number}"), 1, group, "world"))
    });
    replies.collect()
}

fn group(code: &str) -> Cell {
    Cell::Group(Breakdown::RegionalGroup, Some(code.to_owned()))
}

#[track_caller]
fn assert_withheld(history: &History, release: u32, cells: &[Cell]) {
    assert_eq!(history.withheld(release), cells.iter().cloned().collect());
}

#[test]
fn nothing_is_withheld_where_every_group_has_three() {
    let mut history = History::default();
    history.released(1, &of_groups(&[("african", 3), ("weog", 4), ("grulac", 3)]));
    assert_withheld(&history, 1, &[]);
}

#[test]
fn nothing_is_withheld_of_nothing() {
    let mut history = History::default();
    history.released(1, &[]);
    assert_withheld(&history, 1, &[]);
}

#[test]
fn nothing_is_withheld_where_all_consent() {
    let mut history = History::default();
    let replies = of_groups(&[("african", 1), ("weog", 2)]);
    history.decided(replies.iter().map(|counted| (counted.reply, true)));
    history.released(1, &replies);
    assert_withheld(&history, 1, &[]);
}

#[test]
fn a_small_group_is_withheld_with_the_smallest_other_and_not_with_the_total() {
    let mut history = History::default();
    history.released(1, &of_groups(&[("african", 1), ("weog", 6), ("grulac", 4)]));
    assert_withheld(&history, 1, &[group("african"), group("grulac")]);
}

#[test]
fn two_small_groups_that_are_three_replies_together_protect_each_other() {
    let mut history = History::default();
    history.released(1, &of_groups(&[("african", 1), ("weog", 6), ("grulac", 2)]));
    assert_withheld(&history, 1, &[group("african"), group("grulac")]);
}

#[test]
fn two_groups_of_one_need_a_third() {
    let mut history = History::default();
    let replies = of_groups(&[("african", 1), ("weog", 6), ("grulac", 1), ("asia", 3)]);
    history.released(1, &replies);
    let cells = [group("african"), group("asia"), group("grulac")];
    assert_withheld(&history, 1, &cells);
}

#[test]
fn those_who_consent_hide_nobody() {
    let mut history = History::default();
    let replies = of_groups(&[("african", 3), ("weog", 6), ("grulac", 4)]);
    history.decided([(reply("african-0"), true)]);
    history.released(1, &replies);
    assert_withheld(&history, 1, &[group("african"), group("grulac")]);
}

#[test]
fn the_total_is_shown_even_where_withholding_it_would_leave_more_groups() {
    let mut history = History::default();
    let mut replies: Vec<CountedReply> = (0..5)
        .map(|number| counted(&format!("weog-{number}"), 1, "weog", "Europe"))
        .collect();
    replies.push(counted("african-0", 1, "african", "Africa"));
    history.released(1, &replies);
    let withheld = history.withheld(1);
    assert_eq!(withheld.len(), 4);
    assert!(!withheld.contains(&Cell::Total));
}

#[test]
fn so_few_that_all_is_withheld() {
    let mut history = History::default();
    history.released(1, &of_groups(&[("african", 2)]));
    assert_eq!(history.withheld(1).len(), 3);
}

#[test]
fn what_changed_between_two_releases_is_not_shown_if_it_is_one_reply() {
    let mut history = History::default();
    let before = of_groups(&[("african", 3), ("weog", 6)]);
    history.released(1, &before);
    assert_withheld(&history, 1, &[]);
    // Two new replies in one group and one in the other: the differences would be theirs.
    history.released(2, &of_groups(&[("african", 5), ("weog", 7)]));
    assert_withheld(&history, 2, &[group("african"), group("weog")]);
    // Three more: again enough for the one group, but the other is as it was.
    history.released(3, &of_groups(&[("african", 8), ("weog", 7)]));
    assert_withheld(&history, 3, &[group("african"), group("weog")]);
    // Five more than at the first release; but three of the five are the totals' difference from the second to the third.
    history.released(4, &of_groups(&[("african", 8), ("weog", 10)]));
    assert_withheld(&history, 4, &[group("african"), group("weog")]);
}

#[test]
fn groups_that_all_grow_by_three_are_shown_again() {
    let mut history = History::default();
    history.released(1, &of_groups(&[("african", 3), ("weog", 6)]));
    history.released(2, &of_groups(&[("african", 6), ("weog", 9)]));
    assert_withheld(&history, 2, &[]);
}

#[test]
fn a_reply_that_was_submitted_anew_is_another_individual() {
    let mut history = History::default();
    history.released(1, &of_groups(&[("african", 3), ("weog", 6)]));
    let mut after = of_groups(&[("african", 6), ("weog", 6)]);
    after[3 + 3].version = 2;
    history.released(2, &after);
    // The group of six whose one reply changed would tell the change.
    assert!(history.withheld(2).contains(&group("weog")));
}

#[test]
fn a_change_of_mind_is_heeded_at_once() {
    let mut history = History::default();
    history.released(1, &of_groups(&[("african", 3), ("weog", 6), ("grulac", 4)]));
    assert_withheld(&history, 1, &[]);
    history.decided([(reply("african-0"), true)]);
    assert_withheld(&history, 1, &[group("african"), group("grulac")]);
    history.decided([(reply("african-1"), true), (reply("african-2"), true)]);
    assert_withheld(&history, 1, &[]);
    history.decided([(reply("african-1"), false)]);
    assert_withheld(&history, 1, &[group("african"), group("grulac")]);
}

#[test]
fn what_was_withheld_to_hide_something_stays_withheld_when_another_could_do_it_too() {
    let mut history = History::default();
    let replies = of_groups(&[("african", 2), ("weog", 4), ("grulac", 3)]);
    history.released(1, &replies);
    assert_withheld(&history, 1, &[group("african"), group("grulac")]);
    // Now `weog` is the smaller one to withhold; but whoever kept what it was would have both.
    history.decided([(reply("weog-0"), true), (reply("weog-1"), true)]);
    assert!(history.withheld(1).contains(&group("grulac")));
}
