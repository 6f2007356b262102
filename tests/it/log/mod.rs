//! The log: one order, nothing lost, nothing twice.

mod clock;
mod full;
mod grants;
mod guards;
mod keys;
mod lost_reply;
mod order;
mod poison;
mod proxy;
mod reconnecting;
mod stale;
mod standby;
mod starting;
mod terms;
pub mod writers;
