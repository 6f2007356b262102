//! How a need comes to be.

use super::super::entered;
use super::super::party::PartyKind;
use super::{
    Command, Context, Event, MAX_NEEDS, NeedDrafted, NeedIndicated, Refusal, checks, draft_context,
    unless_faulty,
};

/// A draft beside a reply, or a need that is indicated outside of any.
pub(super) fn begin(context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Draft {
            party,
            reply,
            number,
            about,
        } => {
            let beside = draft_context::open(context)?;
            of_a_state(context)?;
            if number > MAX_NEEDS {
                return Err(Refusal::TooManyNeeds);
            }
            let about = checks::checked_need(about, context, Some(&beside.form))?;
            let drafted = NeedDrafted {
                party,
                reply,
                number,
                about,
            };
            Ok(vec![drafted.into()])
        }
        Command::Indicate { party, about } => {
            of_a_state(context)?;
            let about = checks::checked_need(about, context, None)?;
            let indicated = NeedIndicated {
                party,
                about,
                entered_on_behalf: None,
            };
            Ok(vec![indicated.into()])
        }
        Command::Enter {
            party,
            about,
            from,
            today,
        } => {
            of_a_state(context)?;
            let about = checks::checked_need(about, context, None)?;
            let faults = entered::faults(Some(&from), None, today);
            let indicated = NeedIndicated {
                party,
                about,
                entered_on_behalf: Some(from),
            };
            unless_faulty(faults, indicated)
        }
        _ => Err(Refusal::UnknownNeed),
    }
}

/// Others who reply may tell of what States need; a need of their own they do not indicate.
fn of_a_state(context: &Context) -> Result<(), Refusal> {
    let is_state = context.party.is_some_and(PartyKind::is_state);
    is_state.then_some(()).ok_or(Refusal::NotAState)
}
