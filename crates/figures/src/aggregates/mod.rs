//! What is computed over replies: each aggregate is a file, and makes the columns and rows of a [`Table`](crate::Table).

mod base;
mod change;
mod classes;
mod cross_table;
mod field_figures;
mod figure_rows;
mod filter;
mod grouping;
mod inquiry;
mod measure;
mod numbers;
mod over_time;
mod subject;
mod words;

pub use base::Base;
pub use change::{SameSubject, change};
pub use classes::{Classes, NoClasses};
pub use cross_table::cross_table;
pub use field_figures::{FieldTally, field_figures, field_tallies};
pub use filter::{Condition, Filter, FilterFault};
pub use grouping::{ALL, Attribute, NONE};
pub use inquiry::Inquiry;
pub use measure::Measure;
pub use numbers::Summary;
pub use over_time::{DatedReply, Interval, MOST_PERIODS, Period, figures_over_time};
pub use subject::{Extent, Measurement, Subject, measurement};
pub use words::word;
