//! The report to the Commission: what is compiled of the log as of a position, what of it is published, and its page for
//! people. The lifecycle is `domain/report.rs`.
//!
//! A compilation depends on its position and nothing else, so the same position gives the same bytes. It is the
//! Secretariat's. What is published is made from it, with the figures that were released by then, which stand on those
//! on whom the collection's public figures do.

mod body;
mod compilation;
mod counting;
mod figures;
mod page;
mod readable;

pub use body::{Body, Link, Narrative};
pub use compilation::{Compilation, Compiler, Progress};
pub use figures::CollectionFigures;
pub use page::page;
pub use readable::{ReadableReport, gap_in_words};
