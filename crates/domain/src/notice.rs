//! What whoever gave a command is told with its answer: nothing that is refused, since it may be meant, and nothing that was
//! meant to be overlooked. Each kind, and why it is no refusal, is in docs/notices.md.
//!
//! Notices follow from what was recorded and when, and from nothing that comes later: the answer to a repeated command has
//! the same ones.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::CommentId;
use super::collection::{self, Collection, Deadline, ReceiptTime};
use super::consultation::{self, Consultation};
use super::meeting::Meeting;

/// A deadline that is nearer than this is told: within it, hardly a ministry answers.
pub const NEAR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A notice: its text is `notice.<code>` of data/texts.json.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandNotice {
    /// Stable, for programs.
    pub code: &'static str,
    /// What its text is filled with.
    pub args: Vec<(&'static str, String)>,
}

macro_rules! notices {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)+) => {
        $($(#[$doc])* pub const $name: &str = $code;)+

        /// Every code.
        pub const ALL: &[&str] = &[$($code,)+];
    };
}

notices! {
    /// A meeting's decision is recorded, and the meeting is not recorded as held.
    MEETING_NOT_HELD = "meeting_not_held";
    /// A report is published before the session, or the Congress, that it goes to.
    SESSION_TO_COME = "session_to_come";
    /// A revision takes up comments on what it leaves as it was.
    TAKEN_UP_UNCHANGED = "taken_up_unchanged";
    /// A deadline is past already as it is set.
    DEADLINE_PASSED = "deadline_passed";
    /// A deadline leaves less than a week.
    DEADLINE_NEAR = "deadline_near";
    /// What is closed had time left.
    CLOSED_BEFORE_DEADLINE = "closed_before_deadline";
    /// Whoever accepts a reply entered it.
    OWN_ENTRY = "own_entry";
    /// A clarification is asked for after the close: it can be answered in words alone.
    ANSWER_IN_WORDS_ALONE = "answer_in_words_alone";
}

impl CommandNotice {
    /// A notice without arguments.
    pub const fn new(code: &'static str) -> Self {
        Self {
            code,
            args: Vec::new(),
        }
    }

    /// The same, with what fills a placeholder of its text.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// A deadline that is set.
fn deadline(deadline: &Deadline, recorded: Timestamp) -> Option<CommandNotice> {
    let day = deadline.day_of(deadline.at);
    let code = if deadline.is_over(ReceiptTime::At(recorded)) {
        DEADLINE_PASSED
    } else if deadline.last_moment().duration_since(recorded) < NEAR {
        DEADLINE_NEAR
    } else {
        return None;
    };
    Some(CommandNotice::new(code).arg("deadline", day))
}

/// Something that is closed.
fn closing(deadline: &Deadline, recorded: Timestamp) -> Option<CommandNotice> {
    let day = deadline.day_of(deadline.at);
    (!deadline.is_over(ReceiptTime::At(recorded)))
        .then(|| CommandNotice::new(CLOSED_BEFORE_DEADLINE).arg("deadline", day))
}

/// What happened to a collection, which then is so.
pub fn of_collection(
    events: &[collection::Event],
    now: &Collection,
    recorded: Timestamp,
) -> Vec<CommandNotice> {
    use collection::Event;
    // Of all that parties were given, the latest.
    let own = now.own_deadlines.values();
    let latest = own
        .chain([&now.deadline])
        .max_by_key(|deadline| deadline.at);
    let latest = latest.unwrap_or(&now.deadline);
    let notices = events.iter().filter_map(|event| match event {
        Event::CollectionOpened(opened) => deadline(&opened.deadline, recorded),
        Event::DeadlineExtended(extended) => deadline(&extended.deadline, recorded),
        Event::CollectionReopened(_) => deadline(latest, recorded),
        Event::CollectionClosed(_) => closing(latest, recorded),
        _ => None,
    });
    notices.collect()
}

/// What happened to a consultation, which then is so.
pub fn of_consultation(
    events: &[consultation::Event],
    now: &Consultation,
    recorded: Timestamp,
) -> Vec<CommandNotice> {
    use consultation::Event;
    let notices = events.iter().filter_map(|event| match event {
        Event::ConsultationOpened(_)
        | Event::ConsultationExtended(_)
        | Event::ConsultationReopened(_) => deadline(&now.until, recorded),
        Event::ConsultationClosed(_) => closing(&now.until, recorded),
        _ => None,
    });
    notices.collect()
}

/// A meeting's decision on what was before it; the meeting as it was when the decision was recorded.
pub fn of_decision(meeting: &Meeting) -> Option<CommandNotice> {
    let notice = || CommandNotice::new(MEETING_NOT_HELD).arg("starts_on", meeting.starts_on);
    (!meeting.was_held()).then(notice)
}

/// A report that is published on a day, to a meeting that begins on another.
pub fn of_publication(on: Date, starts_on: Date) -> Option<CommandNotice> {
    (on < starts_on).then(|| CommandNotice::new(SESSION_TO_COME).arg("starts_on", starts_on))
}

/// Comments that a revision takes up, on what it leaves as it was.
pub fn of_taken_up(unchanged: &[CommentId]) -> Option<CommandNotice> {
    let comments: Vec<String> = unchanged.iter().map(ToString::to_string).collect();
    let notice = || CommandNotice::new(TAKEN_UP_UNCHANGED).arg("comments", comments.join(", "));
    (!unchanged.is_empty()).then(notice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_told_where_it_is_past_or_leaves_less_than_a_week() {
        let held = Deadline {
            at: "2011-06-30T21:59:59Z".parse().unwrap(),
            time_zone: "Europe/Vienna".into(),
        };
        for (recorded, code) in [
            ("2011-06-23T21:59:59Z", None),
            ("2011-06-23T22:00:00Z", Some(DEADLINE_NEAR)),
            ("2011-06-30T21:59:58Z", Some(DEADLINE_NEAR)),
            // The day's last second is of the day.
            ("2011-06-30T21:59:59.5Z", Some(DEADLINE_NEAR)),
            ("2011-06-30T21:59:59.999999Z", Some(DEADLINE_NEAR)),
            ("2011-06-30T22:00:00Z", Some(DEADLINE_PASSED)),
            ("2012-01-01T00:00:00Z", Some(DEADLINE_PASSED)),
        ] {
            let recorded = recorded.parse().unwrap();
            let told = deadline(&held, recorded);
            assert_eq!(told.as_ref().map(|told| told.code), code, "{recorded}");
            let days: Vec<_> = told.iter().flat_map(|told| &told.args).collect();
            assert!(days.iter().all(|(_, day)| day == "2011-06-30"), "{days:?}");
            let is_early = closing(&held, recorded).is_some();
            assert_eq!(is_early, code != Some(DEADLINE_PASSED), "{recorded}");
        }
    }

    #[test]
    fn a_report_that_is_before_its_session_says_so() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let told = of_publication(day("2006-04-23"), day("2006-04-24"));
        assert_eq!(told.unwrap().code, SESSION_TO_COME);
        assert_eq!(of_publication(day("2006-04-24"), day("2006-04-24")), None);
    }
}
