//! What is told of a group of replies.

domain::code_enum! {
    /// What is told of a group of replies.
    pub enum Measure {
        /// Replies of the parties that were asked for, at their submitted version.
        Replied = "replied",
        /// Of these, those whose answers are counted.
        Counted = "counted",
        /// Of those counted, with an answer.
        Answered = "answered",
        /// Of those counted, with "not available".
        NotAvailable = "not_available",
        /// Of those counted, with "not applicable".
        NotApplicable = "not_applicable",
        /// Of those counted, with "not collected".
        NotCollected = "not_collected",
        /// Of those counted, with "confidential".
        Confidential = "confidential",
        /// Of those counted, those that were not asked.
        NotRelevant = "not_relevant",
        /// Of those counted, with nothing.
        Blank = "blank",
        /// Of those answered, with a figure that may still change.
        Provisional = "provisional",
        /// Of those answered, with a figure that is estimated.
        Estimated = "estimated",
        /// Of those answered, those that chose an option, or that answered in a year.
        Chosen = "chosen",
        /// The same as a share of those answered, to four places.
        Share = "share",
        /// Of those answered, those whose number is in a class.
        InClass = "in_class",
        /// The smallest number.
        Minimum = "min",
        /// The number that a quarter does not exceed.
        FirstQuartile = "first_quartile",
        /// The number that a half does not exceed.
        Median = "median",
        /// The number that three quarters do not exceed.
        ThirdQuartile = "third_quartile",
        /// The largest number.
        Maximum = "max",
        /// The arithmetic mean, to ten places.
        Mean = "mean",
        /// The sum.
        Sum = "sum",
    }
}
