//! What is "subject to the availability of extrabudgetary resources" (paragraphs 11 to 13 and 15 of the resolution) says how
//! it stands with them.

code_enum! {
    /// How it stands with the resources that something is subject to.
    pub enum ResourcesState {
        /// They are asked for.
        Sought = "sought",
        /// They are there.
        Secured = "secured",
        /// They were asked for in vain.
        NotAvailable = "not_available",
    }
}
