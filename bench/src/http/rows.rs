//! What is measured over HTTP, and beside what.

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A bare actix-web application that sends the bytes of the smallest route, 64 connections.
    Bare,
    /// The smallest route, 64 connections.
    Smallest,
    /// The log's own appends in process, views inline, 64 writers.
    Log,
    /// One answer saved, 1 connection.
    SaveAlone,
    /// One answer saved, 64 connections.
    Save,
    /// A whole reply of sixty answers (begun, saved at once, submitted), 8 connections.
    Reply8,
    /// A submission of sixty answers to ODK Central, 8 connections.
    OdkSubmission,
    /// The same as [`Row::Reply8`], 64 connections.
    Reply64,
    /// Participation read again, 64 connections.
    Participation,
    /// A tally read again, 64 connections.
    Tally,
    /// A list's page of one item, 64 connections.
    List,
    /// The hub of a reply of sixty answers as a page, 64 connections.
    Hub,
    /// The page of its section of sixty questions, 64 connections.
    Section,
    /// The API's document, 8 connections.
    Document,
    /// A reply that was saved twenty times, read by its party, 8 connections.
    PartyFew,
    /// One that was saved 20,000 times.
    PartyMany,
    /// A published reply that was saved twenty times, read by anybody, 8 connections.
    PublicFew,
    /// One that was saved 20,000 times.
    PublicMany,
    /// The versions of a reply that was saved twenty times, read by its party, 8 connections.
    VersionsFew,
    /// Of one that was saved 20,000 times.
    VersionsMany,
    /// The submission of a reply that was saved twenty times.
    SubmissionFew,
    /// Of one that was saved 20,000 times.
    SubmissionMany,
    /// One answer saved, 1 connection, on a server that bounds each address.
    Alone,
    /// The same while a stranger asks for all that it may.
    Beside,
    /// Submissions of sixty answers exported by ODK Central as CSV, 1 connection: so many submissions.
    OdkExport,
}

/// All of them, in the order in which they are measured.
pub const ROWS: [Row; 25] = [
    Row::Bare,
    Row::Smallest,
    Row::Log,
    Row::SaveAlone,
    Row::Save,
    Row::Reply8,
    Row::OdkSubmission,
    Row::Reply64,
    Row::Participation,
    Row::Tally,
    Row::List,
    Row::Hub,
    Row::Section,
    Row::Document,
    Row::PartyFew,
    Row::PartyMany,
    Row::PublicFew,
    Row::PublicMany,
    Row::VersionsFew,
    Row::VersionsMany,
    Row::SubmissionFew,
    Row::SubmissionMany,
    Row::Alone,
    Row::Beside,
    Row::OdkExport,
];

impl Row {
    /// As the table names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare actix-web, 64 connections",
            Self::Smallest => "/healthz, 64 connections",
            Self::Log => "the log in process, 64 writers",
            Self::SaveAlone => "one answer saved, 1 connection",
            Self::Save => "one answer saved, 64 connections",
            Self::Reply8 => "a whole reply of 60 answers, 8 connections",
            Self::OdkSubmission => "ODK Central, a submission of 60 answers, 8 connections",
            Self::Reply64 => "a whole reply of 60 answers, 64 connections",
            Self::Participation => "participation read again, 64 connections",
            Self::Tally => "a tally read again, 64 connections",
            Self::List => "/v1/parties?limit=1, 64 connections",
            Self::Hub => "a reply's hub as a page, 64 connections",
            Self::Section => "a section of 60 questions as a page, 64 connections",
            Self::Document => "/openapi.json, 8 connections",
            Self::PartyFew => "a reply saved 20 times, read by its party, 8 connections",
            Self::PartyMany => "the same, saved 20,000 times",
            Self::PublicFew => "a published reply saved 20 times, read by anybody, 8 connections",
            Self::PublicMany => "a published reply saved 20,000 times",
            Self::VersionsFew => "versions of a reply saved 20 times, 8 connections",
            Self::VersionsMany => "versions of a reply saved 20,000 times",
            Self::SubmissionFew => "the submission of a reply saved 20 times, once",
            Self::SubmissionMany => "the submission of a reply saved 20,000 times, once",
            Self::Alone => "one answer saved, 1 connection, limits on",
            Self::Beside => "one answer saved beside a stranger who asks for all that it may",
            Self::OdkExport => {
                "ODK Central, submissions of 60 answers exported as CSV, 1 connection"
            }
        }
    }

    /// Whether it needs replies that were saved often.
    pub fn is_of_history(self) -> bool {
        matches!(
            self,
            Self::PartyFew
                | Self::PartyMany
                | Self::PublicFew
                | Self::PublicMany
                | Self::VersionsFew
                | Self::VersionsMany
                | Self::SubmissionFew
                | Self::SubmissionMany
        )
    }

    /// Whether it is measured on a server that bounds each address.
    pub fn is_limited(self) -> bool {
        matches!(self, Self::Alone | Self::Beside)
    }

    /// Whether ODK Central is measured.
    pub fn is_of_odk(self) -> bool {
        matches!(self, Self::OdkSubmission | Self::OdkExport)
    }
}
