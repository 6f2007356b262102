//! Where a need stands.

code_enum! {
    /// Where a need stands.
    pub enum Status as "NeedStatus" {
        /// Written down beside a reply that is not submitted with it.
        Drafted = "drafted",
        /// Given up before it was indicated.
        Dropped = "dropped",
        /// The State has said that it has the need.
        Indicated = "indicated",
        /// The Secretariat has taken it up.
        Confirmed = "confirmed",
        /// A project or an accepted request is about it. It follows from those, and is no state of the need's own stream.
        Matched = "matched",
        /// Another need stands for it.
        Merged = "merged",
        /// The Secretariat did not take it up.
        Declined = "declined",
        /// It is met.
        Met = "met",
        /// It is there no longer.
        Lapsed = "lapsed",
    }
}

impl Status {
    /// Whether nothing is to be done about it any more.
    pub const fn is_over(self) -> bool {
        match self {
            Self::Merged | Self::Declined | Self::Met | Self::Lapsed | Self::Dropped => true,
            Self::Drafted | Self::Indicated | Self::Confirmed | Self::Matched => false,
        }
    }
}
