//! Trying a revision as a respondent would see it. Nothing is recorded: what is typed travels in the form itself.

pub mod list;
pub mod pages;
pub mod trial;
