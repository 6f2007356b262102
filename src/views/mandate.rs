//! What the mandate tracker is computed from.

use domain::mandate;
use event_log::views::View;

/// The view. The tracker itself is the API's; nothing of this is public.
pub const VIEW: View = View {
    name: "mandate",
    kinds: mandate::KINDS,
    sql: include_str!("mandate.sql"),
    facts: &[],
    public: &[],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_view_takes_the_kinds_that_the_rules_read() {
        let taken: Vec<&str> = VIEW
            .sql
            .split("kind in (")
            .nth(1)
            .unwrap()
            .split('\'')
            .collect();
        let taken: Vec<&str> = taken.into_iter().skip(1).step_by(2).collect();
        assert_eq!(taken, mandate::KINDS);
    }
}
