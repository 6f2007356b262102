use proptest::prelude::*;

use super::*;

fn shares(seats: &Seats) -> Vec<u16> {
    RegionalGroup::ALL
        .iter()
        .map(|group| seats.for_group(*group))
        .collect()
}

#[test]
fn forty_seats_are_those_of_the_commission() {
    assert_eq!(commission().total(), 40);
    assert_eq!(commission().apportion(40), commission());
    assert_eq!(shares(&commission().apportion(80)), [24, 18, 8, 16, 14]);
}

#[test]
fn what_is_left_goes_to_the_largest_remainders() {
    // Quotas 7.5, 5.625, 2.5, 5, 4.375: after 7, 5, 2, 5, 4 the Asia-Pacific States' .625 comes first, then, of the two
    // halves, that of the African States, who have more seats on the Commission.
    assert_eq!(shares(&commission().apportion(25)), [8, 6, 2, 5, 4]);
    assert_eq!(shares(&commission().apportion(1)), [1, 0, 0, 0, 0]);
    assert_eq!(shares(&commission().apportion(5)), [2, 1, 0, 1, 1]);
    assert_eq!(shares(&commission().apportion(0)), [0; 5]);
}

#[test]
fn where_the_commission_has_no_seats_nobody_has() {
    assert_eq!(Seats::default().apportion(40), Seats::default());
}

proptest! {
    #[test]
    fn the_seats_are_all_shared_out_fairly(
        seats in 0..=seats::MOST,
        of in prop::collection::btree_map(prop::sample::select(RegionalGroup::ALL), 0..50_u16, 1..6),
    ) {
        let of = Seats(of);
        prop_assume!(of.total() > 0);
        let shared = of.apportion(seats);
        prop_assert_eq!(shared.total(), u32::from(seats));
        for (group, share) in &of.0 {
            // The quota, rounded down or up.
            let quota = u32::from(seats) * u32::from(*share);
            let got = u32::from(shared.for_group(*group));
            prop_assert!(got >= quota / of.total());
            prop_assert!(got <= quota.div_ceil(of.total()));
            // No group overtakes one with more seats on the Commission.
            for (other, more) in &of.0 {
                if more > share {
                    prop_assert!(shared.for_group(*other) >= shared.for_group(*group));
                }
            }
        }
    }

    #[test]
    fn whole_multiples_of_the_commission_are_exact(times in 0..=25_u16) {
        let shared = commission().apportion(40 * times);
        for (group, share) in commission().0 {
            prop_assert_eq!(shared.for_group(group), share * times);
        }
    }
}
