//! Lists that others refer to: parties, classification, types of needs, currencies.

pub mod classification;
pub mod classification_versions;
pub mod currencies;
pub mod need_types;
pub mod parties;
